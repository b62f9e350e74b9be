//! The process of the service, and its capacity without a client that takes time.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use crate::THREADS;
use crate::peer::DOCUMENT_FIELDS;
use crate::process::Server;

pub(crate) struct Service(Server);

impl Service {
    pub(crate) fn start() -> Self {
        Self(Server::start("POOLS_ROLE", "server"))
    }

    pub(crate) fn url(&self) -> &str {
        &self.0.line
    }

    /// Returns its capacity, measured with requests that are written as bytes and responses that are not
    /// read.
    pub(crate) fn can_do(&self) -> String {
        let pages = format!("query {{ users {{ totalCount list {{ {DOCUMENT_FIELDS} }} }} }}");
        let user = format!("query {{ findUser(username: $username) {{ {DOCUMENT_FIELDS} }} }}");
        let (one, bytes) = self.rate(1, &pages, r#"{"page":3,"limit":200}"#);
        let (two, _) = self.rate(2, &pages, r#"{"page":3,"limit":200}"#);
        let (single, _) = self.rate(THREADS, &user, r#"{"username":"user-00000007"}"#);
        format!(
            "{one:.0} pages of 200 users a second on one connection ({:.0} MB/s), {two:.0} on two; \
             {single:.0} single users on {THREADS}",
            one * bytes as f64 / 1e6
        )
    }

    /// Returns the responses per second, and the size of one in bytes.
    fn rate(&self, connections: usize, query: &str, variables: &str) -> (f64, usize) {
        const TIME: Duration = Duration::from_millis(500);
        let body = format!(r#"{{"query":"{query}","variables":{variables}}}"#);
        let request = format!(
            "POST /100000/0/graphql/v2 HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let address = self.url().trim_start_matches("http://");
        let loaded = || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.set_nodelay(true).unwrap();
            let mut buffer = vec![0; 1 << 20];
            let (mut count, mut length, began) = (0, 0, Instant::now());
            while began.elapsed() < TIME {
                stream.write_all(request.as_bytes()).unwrap();
                length = read_response(&mut stream, &mut buffer);
                count += 1;
            }
            (f64::from(count) / began.elapsed().as_secs_f64(), length)
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..connections).map(|_| scope.spawn(loaded)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .fold((0.0, 0), |sum, (rate, length)| (sum.0 + rate, length))
        })
    }
}

/// Returns the length of the body.
fn read_response(stream: &mut TcpStream, buffer: &mut [u8]) -> usize {
    let (mut filled, mut end) = (0, usize::MAX);
    let mut length = 0;
    while filled < end {
        filled += stream.read(&mut buffer[filled..]).unwrap();
        if end == usize::MAX {
            let head = String::from_utf8_lossy(&buffer[..filled.min(512)]);
            let Some((head, _)) = head.split_once("\r\n\r\n") else { continue };
            length = head.rsplit(' ').next().unwrap().parse().unwrap();
            end = head.len() + 4 + length;
        }
    }
    length
}
