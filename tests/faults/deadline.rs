//! A call returns within its deadline, whatever stalls. In real time, with the system's clock.

use std::io::Read;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use authing::clock::SystemClock;
use authing::emulator::Pool;
use authing::transport::UreqTransport;
use authing::{Client, Error, Retry};

use super::fault::{self, Aim, Cut, Ending, Play, Point};
use super::matrix::transport;
use super::support::{Script, Server, answer, head};

const DEADLINE: Duration = Duration::from_millis(250);
/// What is promised, on a machine that has time.
const PROMISED: Duration = Duration::from_millis(50);
/// What is asserted, on one that may have none.
const ASSERTED: Duration = Duration::from_millis(500);

fn builder(host: String) -> authing::ClientBuilder {
    let pool = Pool::new();
    Client::builder()
        .user_pool_id(pool.id())
        .secret(pool.secret().clone())
        .host(host)
        .transport(transport())
        .clock(SystemClock::new())
        .retry(Retry::standard().attempts(10))
}

/// Creates somebody, and measures how much longer than the deadline that took.
fn overshoot(client: &Client) -> (Duration, Error) {
    let create = client.users().create().username("alice").with_deadline(DEADLINE);
    let begun = Instant::now();
    let result = create.send();
    let took = begun.elapsed();
    (took.saturating_sub(DEADLINE), result.expect_err("nothing answers"))
}

/// A listener whose queue is full: the next connection is neither accepted nor refused.
fn full_queue() -> (TcpListener, Vec<TcpStream>, SocketAddr) {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
    socket.listen(0).unwrap();
    let listener: TcpListener = socket.into();
    let addr = listener.local_addr().unwrap();
    let mut queued = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&addr, Duration::from_millis(100)) {
        queued.push(stream);
        assert!(queued.len() < 64, "the queue has no end here");
    }
    (listener, queued, addr)
}

/// A server that accepts and says nothing.
fn silence() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(move || {
                let mut stream = stream.unwrap();
                let mut buffer = [0; 1024];
                while stream.read(&mut buffer).is_ok_and(|read| read > 0) {}
            });
        }
    });
    addr
}

fn script(aim: Aim, play: Play) -> Script {
    Script { play, aim, times: usize::MAX, carried_out: true, closes: false, tls: None }
}

#[test]
fn a_call_returns_within_its_deadline_wherever_it_stalls() {
    let _alone = super::alone();
    let mut table: Vec<(String, Duration, Error)> = Vec::new();

    let stalled = UreqTransport::builder().no_proxy().resolver(|_, _| {
        loop {
            thread::park();
        }
    });
    let host = "http://stalled.localhost:9".to_owned();
    let (over, error) = overshoot(&builder(host).transport(stalled.build()).build().unwrap());
    assert!(error.is_timeout() && !error.may_have_happened(), "{error:?}");
    table.push(("name look-up".to_owned(), over, error));

    let (_listener, _queued, addr) = full_queue();
    let (over, error) = overshoot(&builder(format!("http://{addr}")).build().unwrap());
    assert!(error.is_timeout() && !error.may_have_happened(), "{error:?}");
    table.push(("connecting".to_owned(), over, error));

    let (over, error) = overshoot(&builder(format!("https://{}", silence())).build().unwrap());
    assert!(error.is_timeout() && !error.may_have_happened(), "{error:?}");
    table.push(("TLS handshake".to_owned(), over, error));

    let cut = |at| Play::Cut(Cut { at, ending: Ending::Silence });
    let bytes = |bytes: fn() -> Vec<u8>, ending| {
        Play::Answer(Arc::new(move |_: &super::support::Good, _: &Pool| (bytes(), ending)))
    };
    let plays = [
        ("request line", cut(Point::RequestLine)),
        ("whole request", cut(Point::WholeBody)),
        ("response headers", cut(Point::ResponseHeaders)),
        ("half the response", cut(Point::HalfResponse)),
        ("headers that drip", bytes(|| b"HTTP/1.1 200 OK\r\nx-slow: ".to_vec(), Ending::Drip(b'a'))),
        ("a body that drips", bytes(|| head(200, &[("content-length", "9999999")]), Ending::Drip(b' '))),
        ("chunks that drip", bytes(|| head(200, &[("transfer-encoding", "chunked")]), Ending::DripChunks)),
        ("reset, and backoff", Play::Cut(Cut { at: Point::WholeBody, ending: Ending::Reset })),
        ("500, and backoff", bytes(|| answer(500, &[], b""), Ending::KeepAlive)),
        ("429, and backoff", bytes(|| answer(429, &[], b""), Ending::KeepAlive)),
        ("429 for a minute", bytes(|| answer(429, &[("retry-after", "60")], b""), Ending::KeepAlive)),
    ];
    for (name, play) in plays {
        for aim in [Aim::Operation, Aim::Token] {
            let server = Server::start(Pool::new(), script(aim, play.clone()));
            let client = server.client(transport()).clock(SystemClock::new());
            let client = client.retry(Retry::standard().attempts(10)).build().unwrap();
            if aim == Aim::Operation {
                client.users().find().username("nobody").send().unwrap();
            }
            server.arm();
            let (over, error) = overshoot(&client);
            table.push((format!("{name} ({aim:?})"), over, error));
        }
    }

    println!("\n{:<34} {:>12}  error", "stalled at", "overshoot");
    for (name, over, error) in &table {
        println!("{name:<34} {over:>12.1?}  {error}");
    }
    let worst = table.iter().map(|(_, over, _)| *over).max().unwrap();
    let late = table.iter().filter(|(_, over, _)| *over > PROMISED).count();
    println!("stall points: {}", table.len());
    println!("later than the deadline and 50 ms: {late}");
    println!("worst overshoot: {worst:.1?}");
    assert!(worst < ASSERTED, "{worst:?}");
    // `fault::all` has no stall that is not here, but for those between the same two bytes.
    assert!(fault::all().iter().filter(|fault| fault.stalls).count() <= table.len());
}

#[test]
fn threads_that_wait_for_one_token_return_within_the_deadline() {
    let _alone = super::alone();
    let server = Server::start(
        Pool::new(),
        script(Aim::Token, Play::Cut(Cut { at: Point::WholeBody, ending: Ending::Silence })),
    );
    let client = server.client(transport()).clock(SystemClock::new()).build().unwrap();
    server.arm();
    let overshoots: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| overshoot(&client).0)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let worst = overshoots.iter().max().unwrap();
    println!("eight threads that wait for a token: worst overshoot {worst:.1?}");
    assert!(*worst < ASSERTED, "{worst:?}");
}
