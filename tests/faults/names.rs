//! Hosts that cannot be found, and proxies that refuse.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use authing::emulator::Pool;
use authing::transport::{Effect, UreqTransport};
use authing::{Client, Error, ErrorKind};

type Send = fn(&Client) -> Result<(), Error>;

fn calls() -> [(Effect, Send); 3] {
    [
        (Effect::Read, |client| client.users().find().username("bob").send().map(drop)),
        (Effect::Idempotent, |client| client.users().update("bob").nickname("Nicky").send().map(drop)),
        (Effect::Mutation, |client| client.users().create().username("alice").send().map(drop)),
    ]
}

/// What is promised of a request that certainly was not delivered.
fn was_not_delivered(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
    assert!(!error.may_have_happened() && error.is_retryable(), "{error:?}");
    assert!(std::error::Error::source(error).is_some(), "{error:?}");
}

#[test]
fn a_name_that_does_not_resolve_is_not_delivered() {
    // A label of more than 63 letters is refused by the resolver itself: no name server is asked.
    let host = format!("http://{}.localhost:9", "a".repeat(64));
    for (effect, send) in calls() {
        let pool = Pool::new();
        let client = pool.client_builder().host(&host).transport(UreqTransport::builder().no_proxy().build());
        let error = send(&client.build().unwrap()).unwrap_err();
        println!("{effect:?}: {error}: {:?}", std::error::Error::source(&error).map(ToString::to_string));
        was_not_delivered(&error);
        let name = format!("host name {}.localhost could not be resolved", "a".repeat(64));
        assert_eq!(error.message(), name);
        assert!(pool.clock().skipped() > std::time::Duration::ZERO, "it was tried again");
    }
}

/// A proxy that goes along with the first connection and plays something else to the others.
struct Proxy {
    addr: SocketAddr,
    refuses: Arc<AtomicBool>,
    refused: Arc<AtomicUsize>,
}

fn proxy(refusal: &'static [u8]) -> Proxy {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let (refuses, refused) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let (is_refusing, count) = (Arc::clone(&refuses), Arc::clone(&refused));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) > 0 {
                head.push(byte[0]);
            }
            let head = String::from_utf8(head).unwrap();
            assert!(head.starts_with("CONNECT "), "{head}");
            assert!(!head.to_lowercase().contains("authorization: bearer"), "{head}");
            if is_refusing.load(Ordering::SeqCst) {
                count.fetch_add(1, Ordering::SeqCst);
                stream.write_all(refusal).unwrap();
                continue;
            }
            stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").unwrap();
            let target = TcpStream::connect(head.split(' ').nth(1).unwrap()).unwrap();
            for (mut from, mut to) in
                [(stream.try_clone().unwrap(), target.try_clone().unwrap()), (target, stream)]
            {
                thread::spawn(move || {
                    let _ = std::io::copy(&mut from, &mut to);
                    let _ = to.shutdown(std::net::Shutdown::Write);
                });
            }
        }
    });
    Proxy { addr, refuses, refused }
}

#[test]
fn a_proxy_that_refuses_to_connect_is_not_delivery() {
    let refusals: [(&str, &'static [u8]); 5] = [
        ("403", b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"),
        ("407", b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"),
        ("502", b"HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\n\r\n<html>no</html>"),
        ("closed", b""),
        ("not HTTP", b"\x05\xff\r\n\r\n"),
    ];
    for (name, refusal) in refusals {
        for (effect, send) in calls() {
            for through_tls in [false, true] {
                let pool = Pool::new();
                let server = pool.serve("127.0.0.1:0").unwrap();
                let proxy = proxy(refusal);
                let transport = UreqTransport::builder()
                    .max_idle_age(std::time::Duration::ZERO)
                    .proxy(&format!("http://{}", proxy.addr))
                    .unwrap()
                    .build();
                let host = server.url();
                let client = pool.client_builder().transport(transport);
                if through_tls {
                    // The pool speaks no TLS, and is not to be asked to.
                    proxy.refuses.store(true, Ordering::SeqCst);
                    let client = client.host(host.replace("http:", "https:")).build().unwrap();
                    assert!(!send(&client).unwrap_err().may_have_happened());
                    assert_eq!((server.connections(), proxy.refused.load(Ordering::SeqCst)), (0, 3));
                    continue;
                }
                let client = client.host(host).build().unwrap();
                assert!(client.users().find().username("bob").send().unwrap().is_none());
                proxy.refuses.store(true, Ordering::SeqCst);
                let before = server.requests();
                let error = send(&client).unwrap_err();
                println!(
                    "{name}, {effect:?}: {error}: {:?}",
                    std::error::Error::source(&error).map(ToString::to_string)
                );
                match name {
                    "not HTTP" => assert!(error.is_unexpected_answer() && !error.may_have_happened()),
                    _ => was_not_delivered(&error),
                }
                assert_eq!(error.attempts(), 3, "{name}, {effect:?}");
                assert_eq!(proxy.refused.load(Ordering::SeqCst), 3, "{name}, {effect:?}");
                assert_eq!(server.requests(), before, "{name}, {effect:?}");
            }
        }
    }
}
