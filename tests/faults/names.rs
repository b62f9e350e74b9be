//! Hosts that cannot be found, and proxies that refuse.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use authing::emulator::Pool;
use authing::transport::{Delivered, Effect, Method, Request, Transport, TransportErrorKind, UreqTransport};
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

#[test]
fn an_error_names_the_proxy_and_says_when_it_is_the_proxy_that_cannot_be_found() {
    let unknown = format!("{}.localhost", "a".repeat(64));
    let closed = closed_port();
    let kinds = [
        (
            format!("http://user:planted@{unknown}:3128"),
            format!("host name {unknown} of the proxy http://{unknown}:3128 could not be resolved"),
        ),
        (
            format!("http://user:planted@{closed}"),
            format!("connection to https://idp.example:8443 through the proxy http://{closed} failed"),
        ),
    ];
    for (proxy, message) in kinds {
        let transport = UreqTransport::builder().proxy(&proxy).unwrap().build();
        let request = Request::new(Method::Get, "https://idp.example:8443/planted?planted");
        let error = transport.send(&request.with_timeout(Duration::from_secs(10))).unwrap_err();
        assert_eq!((error.to_string(), error.delivered()), (message, Delivered::No));
        assert!(!format!("{error:?}").contains("planted"), "{error:?}");
    }
}

#[test]
fn a_connection_that_is_refused_is_named_with_host_and_port() {
    let closed = closed_port();
    let transport = UreqTransport::builder().no_proxy().build();
    let request = Request::new(Method::Get, format!("http://{closed}/planted?planted"));
    let error = transport.send(&request.with_timeout(Duration::from_secs(10))).unwrap_err();
    assert_eq!(error.to_string(), format!("connection to http://{closed} failed"));
    assert_eq!(error.peer(), Some(&*format!("http://{closed}")));
}

/// An address at which nobody listens.
pub(crate) fn closed_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Answers one request with that text, and closes the connection.
fn answers_once(text: &'static str) -> (SocketAddr, thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let serving = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = [0; 4096];
        let _ = stream.read(&mut head).unwrap();
        let answer =
            format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{text}", text.len());
        stream.write_all(answer.as_bytes()).unwrap();
    });
    (addr, serving)
}

#[test]
fn an_address_that_refuses_is_looked_up_anew_by_the_next_attempt() {
    let (old, old_serving) = answers_once("old");
    let (new, new_serving) = answers_once("new");
    let moved = Arc::new(AtomicBool::new(false));
    let (has_moved, look_ups) = (Arc::clone(&moved), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&look_ups);
    let transport = UreqTransport::builder()
        .no_proxy()
        .resolver(move |_, _| {
            counted.fetch_add(1, Ordering::SeqCst);
            Ok(vec![if has_moved.load(Ordering::SeqCst) { new } else { old }])
        })
        .build();
    let ask = || {
        let request = Request::new(Method::Get, "http://idp.example/").with_timeout(Duration::from_secs(10));
        transport.send(&request).map(|response| String::from_utf8(response.into_body()).unwrap())
    };
    assert_eq!(ask().unwrap(), "old");
    old_serving.join().unwrap();
    moved.store(true, Ordering::SeqCst);
    // What is remembered refuses.
    assert_eq!(ask().unwrap_err().kind(), TransportErrorKind::Connect);
    assert_eq!(ask().unwrap(), "new");
    new_serving.join().unwrap();
    assert_eq!(look_ups.load(Ordering::SeqCst), 2);
}
