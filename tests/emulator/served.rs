//! The pool over real sockets.

use std::io::{Read, Write};
use std::net::TcpStream;

use authing::emulator::Pool;

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
