//! Connections that the server closed while they were idle.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use authing::emulator::Pool;
use authing::transport::{Method, Request, Transport};
use authing::{Client, Retry};

use super::matrix::transport;
use super::support::{answer, reset};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Closing {
    Fin,
    Rst,
}

/// What a server does after its first answer on a connection.
enum Next {
    /// Closes it, whether there is a next request or not.
    CloseAfter(Duration),
    /// Carries out the next request, and closes it without an answer.
    CarryOutAndClose,
}

struct Impatient {
    addr: SocketAddr,
    pool: Pool,
    /// Names of users whose creation reached the pool, as often as it did.
    created: Arc<Mutex<Vec<String>>>,
}

impl Impatient {
    fn start(closing: Closing, after: impl Fn(usize) -> Next + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let (pool, created) = (Pool::new(), Arc::new(Mutex::new(Vec::new())));
        let (serving, count, after) = (pool.clone(), Arc::clone(&created), Arc::new(after));
        thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let (pool, created, after) = (serving.clone(), Arc::clone(&count), Arc::clone(&after));
                thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    stream.set_nodelay(true).unwrap();
                    if serve_one(&mut stream, &pool, &created, true).is_none() {
                        return;
                    }
                    match after(index) {
                        Next::CloseAfter(wait) => {
                            let begun = std::time::Instant::now();
                            while begun.elapsed() < wait {
                                std::hint::spin_loop();
                            }
                        }
                        Next::CarryOutAndClose => drop(serve_one(&mut stream, &pool, &created, false)),
                    }
                    match closing {
                        Closing::Rst => reset(&stream),
                        Closing::Fin => {
                            let _ = stream.shutdown(Shutdown::Both);
                        }
                    }
                });
            }
        });
        Self { addr, pool, created }
    }

    fn client(&self) -> Client {
        let builder = self.pool.client_builder().host(format!("http://{}", self.addr)).transport(transport());
        builder.build().unwrap()
    }
}

/// `None` if the client went away.
fn serve_one(stream: &mut TcpStream, pool: &Pool, created: &Mutex<Vec<String>>, answers: bool) -> Option<()> {
    let mut read = Vec::new();
    let mut buffer = [0; 1 << 14];
    let end = loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        read.extend_from_slice(&buffer[..count]);
    };
    let head = String::from_utf8(read[..end].to_vec()).unwrap();
    let mut headers = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let length = headers.clone().find(|(name, _)| *name == "content-length");
    let length = length.map_or(0, |(_, length)| length.parse().unwrap());
    while read.len() < end + length {
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        read.extend_from_slice(&buffer[..count]);
    }
    let token = headers.find(|(name, _)| *name == "authorization");
    let mut request = Request::new(Method::Post, "http://pool/graphql/v2").with_body(&read[end..]);
    if let Some((name, token)) = token {
        request = request.with_header(name.to_owned(), token);
    }
    let body: serde_json::Value = serde_json::from_slice(&read[end..]).unwrap();
    if let Some(name) = body["variables"]["userInfo"]["username"].as_str() {
        created.lock().unwrap().push(name.to_owned());
    }
    let response = pool.send(&request).unwrap();
    match answers {
        true => stream.write_all(&answer(response.status(), &[], response.body())).ok(),
        false => Some(()),
    }
}

#[test]
fn a_connection_that_was_closed_while_idle_is_replaced_and_nobody_notices() {
    for closing in [Closing::Fin, Closing::Rst] {
        let server = Impatient::start(closing, |_| Next::CloseAfter(Duration::ZERO));
        let client = server.client();
        // The token and a first request, with no time between them.
        client.users().find().username("nobody").send().unwrap();
        for round in 0..5 {
            // Long enough for the news to arrive.
            thread::sleep(Duration::from_millis(20));
            let name = format!("user-{round}");
            let user = client.users().create().username(&name).with_retry(Retry::none()).send().unwrap();
            thread::sleep(Duration::from_millis(20));
            let found = client.users().find().username(&name).with_retry(Retry::none()).send().unwrap();
            assert_eq!(found.unwrap().id, user.id);
            thread::sleep(Duration::from_millis(20));
            client.users().update(&user.id).nickname("N").with_retry(Retry::none()).send().unwrap();
        }
        assert_eq!(server.created.lock().unwrap().len(), 5, "{closing:?}");
    }
}

#[test]
fn a_connection_that_is_closed_under_a_request_loses_no_read_and_doubles_no_create() {
    let _alone = super::alone();
    for closing in [Closing::Fin, Closing::Rst] {
        // From at once to a little later than a client needs to begin the next request.
        let server = Impatient::start(closing, |index| match index % 4 {
            0 => Next::CarryOutAndClose,
            _ => Next::CloseAfter(Duration::from_micros(index as u64 * 7 % 400)),
        });
        let client = server.client();
        let (mut done, mut unsure, mut retried) = (0, 0, 0);
        for round in 0..200 {
            let name = format!("user-{round}");
            match client.users().create().username(&name).send() {
                Ok(_) => done += 1,
                Err(error) => {
                    assert!(error.may_have_happened(), "{error:?}");
                    assert!(!error.is_retryable() && error.is_connection(), "{error:?}");
                    unsure += 1;
                }
            }
            let found = client.users().find().username(&name).send();
            retried += usize::from(found.is_err());
            assert!(found.is_ok(), "a read failed: {found:?}");
        }
        let created = server.created.lock().unwrap();
        let distinct: HashSet<_> = created.iter().collect();
        assert_eq!(distinct.len(), created.len(), "created twice");
        assert!(created.len() >= done, "{} created, {done} said to be", created.len());
        println!(
            "{closing:?} under 400 requests: {done} creates done, {unsure} unsure, {} reached the pool, 0 doubled, \
             {retried} reads failed",
            created.len()
        );
    }
}
