//! The pool over real sockets.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use authing::emulator::{Fault, Pool};

#[test]
fn a_served_pool_answers_over_http_and_stops() {
    let pool = Pool::new();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let addr = server.addr();
    let mut stream = TcpStream::connect(addr).unwrap();
    for _ in 0..2 {
        stream.write_all(b"GET /api/v2/.well-known HTTP/1.1\r\nhost: pool\r\n\r\n").unwrap();
        let mut buffer = [0; 4096];
        let read = stream.read(&mut buffer).unwrap();
        let text = String::from_utf8_lossy(&buffer[..read]).into_owned();
        assert!(text.starts_with("HTTP/1.1 200 OK"), "{text}");
        assert!(text.contains("BEGIN PUBLIC KEY"), "{text}");
    }
    assert_eq!((server.connections(), server.requests()), (1, 2));
    drop(server);
    assert!(TcpStream::connect(addr).is_err());
}

#[test]
fn an_address_for_others_needs_permission() {
    let pool = Pool::new();
    let refused = pool.serve("0.0.0.0:0").unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::PermissionDenied);
    pool.server().allow_remote().bind("0.0.0.0:0").unwrap().stop();
}

/// What comes until the server closes.
fn all(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    text
}

const WELL_KNOWN: &[u8] = b"GET /api/v2/.well-known HTTP/1.1\r\nhost: pool\r\nconnection: close\r\n\r\n";

#[test]
fn slow_clients_do_not_keep_others_out() {
    let pool = Pool::new();
    let short = Some(Duration::from_millis(50));
    let server = pool
        .server()
        .max_connections(2)
        .header_timeout(short)
        .body_timeout(short)
        .connection_timeout(Some(Duration::from_secs(5)))
        .bind("127.0.0.1:0")
        .unwrap();
    let connect = || TcpStream::connect(server.addr()).unwrap();
    let (mut slow_head, mut slow_body) = (connect(), connect());
    slow_head.write_all(b"GET /api/v2/.well-known HTTP/1.1\r\nhost: ").unwrap();
    slow_body.write_all(b"POST /graphql/v2 HTTP/1.1\r\nhost: pool\r\ncontent-length: 10\r\n\r\n{").unwrap();
    let mut waits = connect();
    waits.write_all(WELL_KNOWN).unwrap();
    assert!(all(&mut waits).contains("BEGIN PUBLIC KEY"));
    assert!(!all(&mut slow_head).contains("200 OK"));
    assert!(all(&mut slow_body).starts_with("HTTP/1.1 408"));
}

#[test]
fn heads_and_bodies_that_are_too_long_are_refused() {
    let pool = Pool::new();
    let server = pool.server().max_header_bytes(0).max_body_bytes(100).bind("127.0.0.1:0").unwrap();
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    let _ = stream.write_all(format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "x".repeat(20_000)).as_bytes());
    let answer = all(&mut stream);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    let body = "x".repeat(200);
    let head = "POST /graphql/v2 HTTP/1.1\r\nhost: pool\r\nconnection: close\r\ncontent-length: 200\r\n\r\n";
    stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    assert!(all(&mut stream).starts_with("HTTP/1.1 413"));
}

#[test]
fn a_connection_ends_with_the_response_it_is_on() {
    let pool = Pool::new();
    let server =
        pool.server().connection_timeout(Some(Duration::from_millis(50))).bind("127.0.0.1:0").unwrap();
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    stream.write_all(b"GET /api/v2/.well-known HTTP/1.1\r\nhost: pool\r\n\r\n").unwrap();
    // The server closes; the client never asked for it.
    assert!(all(&mut stream).contains("BEGIN PUBLIC KEY"));
}

#[test]
fn a_panic_leaves_the_server_and_the_connection() {
    let pool = Pool::new();
    let server = pool.serve("127.0.0.1:0").unwrap();
    pool.faults().next("*", Fault::panic());
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    for expected in ["500", "200"] {
        stream.write_all(b"GET /api/v2/.well-known HTTP/1.1\r\nhost: pool\r\n\r\n").unwrap();
        let mut buffer = [0; 4096];
        let read = stream.read(&mut buffer).unwrap();
        let text = String::from_utf8_lossy(&buffer[..read]).into_owned();
        assert!(text.starts_with(&format!("HTTP/1.1 {expected}")), "{text}");
    }
}
