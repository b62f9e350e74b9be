//! A process that forks: parent and child share no connection, so each gets the responses to its own
//! requests.

#![cfg(all(feature = "ureq", unix))]
#![allow(unsafe_code, reason = "there is no safe `fork`")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use authing::transport::{Method, Request, Transport, UreqTransport};

const REQUESTS: usize = 300;

/// Answers each request with its path, and keeps connections open.
fn echo() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(move || answer_all(stream.unwrap()));
        }
    });
    addr
}

fn answer_all(mut stream: TcpStream) {
    let mut heard = String::new();
    let mut part = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut part) {
        heard.push_str(&String::from_utf8_lossy(&part[..read]));
        while let Some(end) = heard.find("\r\n\r\n") {
            let path = heard.split(' ').nth(1).unwrap().to_owned();
            heard.drain(..end + 4);
            let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{path}", path.len());
            if stream.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }
}

/// How many requests of this process got another response than their own.
fn mixed_up(transport: &UreqTransport, addr: SocketAddr, who: &str) -> usize {
    (0..REQUESTS)
        .filter(|number| {
            let path = format!("/{who}/{number}");
            let request = Request::new(Method::Get, format!("http://{addr}{path}"));
            let response = transport.send(&request.with_timeout(Duration::from_secs(10)));
            !response.is_ok_and(|response| response.body() == path.as_bytes())
        })
        .count()
}

#[test]
fn parent_and_child_get_the_responses_to_their_own_requests() {
    let addr = echo();
    let transport = UreqTransport::builder().no_proxy().build();
    // So that there is a connection which both would use.
    assert_eq!(mixed_up(&transport, addr, "before"), 0);
    // Threads that are in the middle of something when the process forks.
    let busy: Vec<_> = (0..2)
        .map(|number| {
            let transport = transport.clone();
            thread::spawn(move || mixed_up(&transport, addr, &format!("busy{number}")))
        })
        .collect();
    // SAFETY: the child uses what glibc makes usable after a fork, and ends with `_exit`.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let mixed = mixed_up(&transport, addr, "child");
        // SAFETY: ends this process, without the rest of the test harness.
        unsafe { libc::_exit(i32::try_from(mixed.min(255)).unwrap_or(255)) };
    }
    assert!(child > 0);
    let of_parent = mixed_up(&transport, addr, "parent");
    let mut status = 0;
    // SAFETY: waits for the child made above.
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    assert!(libc::WIFEXITED(status), "the child did not end by itself");
    assert_eq!((of_parent, libc::WEXITSTATUS(status)), (0, 0), "mixed up in the parent and in the child");
    for thread in busy {
        assert_eq!(thread.join().unwrap(), 0);
    }
}
