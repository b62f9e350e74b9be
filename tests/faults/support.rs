//! A server that speaks HTTP by hand, so that it can stop doing so at any byte.
//!
//! It answers out of an emulated pool until it is armed; from then on it plays a fault to the requests that
//! are aimed at.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use authing::clock::Clock;
use authing::emulator::Pool;
use authing::transport::{Method, Request, Transport, UreqTransport};
use authing::{Client, ClientBuilder};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;

use super::fault::{Aim, Cut, Ending, Play, Point};

/// Longer than any call of these tests, so that a server that waits for its client ends too.
const PATIENCE: Duration = Duration::from_secs(20);
const DRIP_EVERY: Duration = Duration::from_millis(20);

/// One request that the server has seen, or part of one.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) operation: String,
    /// On the pool's clock.
    pub(crate) at: Duration,
}

/// What the server plays once it is armed.
#[derive(Clone)]
pub(crate) struct Script {
    pub(crate) play: Play,
    pub(crate) aim: Aim,
    /// How many times; after that it answers as it should.
    pub(crate) times: usize,
    /// Whether the request is carried out before the fault.
    pub(crate) carried_out: bool,
    /// Whether connections are closed after each good answer.
    pub(crate) closes: bool,
    /// Served over TLS: before it is armed, and from then on.
    pub(crate) tls: Option<(Arc<ServerConfig>, Arc<ServerConfig>)>,
}

pub(crate) struct Server {
    pub(crate) addr: SocketAddr,
    pub(crate) pool: Pool,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

struct Shared {
    pool: Pool,
    script: Script,
    armed: AtomicBool,
    stopped: AtomicBool,
    played: AtomicUsize,
    connections: AtomicUsize,
    seen: Mutex<Vec<Seen>>,
    carried_out: Mutex<Vec<String>>,
}

impl Server {
    pub(crate) fn start(pool: Pool, script: Script) -> Self {
        let (listener, reserved) = listen();
        let addr = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            pool: pool.clone(),
            script,
            armed: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            played: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
            seen: Mutex::default(),
            carried_out: Mutex::default(),
        });
        let serving = Arc::clone(&shared);
        let accepting = thread::spawn(move || {
            // Keeps the port from others after the listener is gone.
            let _reserved = reserved;
            accept(listener, &serving);
            while !serving.stopped.load(Ordering::SeqCst) {
                thread::park();
            }
        });
        Self { addr, pool, shared, accepting: Some(accepting) }
    }

    pub(crate) fn arm(&self) {
        self.shared.connections.store(0, Ordering::SeqCst);
        self.shared.seen.lock().unwrap().clear();
        self.shared.carried_out.lock().unwrap().clear();
        self.shared.armed.store(true, Ordering::SeqCst);
        if matches!(self.shared.script.play, Play::Refused) {
            let _ = TcpStream::connect(self.addr);
            while TcpStream::connect(self.addr).is_ok() {
                thread::sleep(Duration::from_millis(1));
            }
        }
    }

    pub(crate) fn disarm(&self) {
        self.shared.armed.store(false, Ordering::SeqCst);
    }

    pub(crate) fn url(&self) -> String {
        let scheme = if self.shared.script.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.addr)
    }

    /// A client of this server that has its own connections and goes by the pool's clock.
    pub(crate) fn client(&self, transport: UreqTransport) -> ClientBuilder {
        Client::builder()
            .user_pool_id(self.pool.id())
            .secret(self.pool.secret().clone())
            .host(self.url())
            .transport(transport)
            .clock(self.pool.clock().clone())
    }

    /// Connections since it was armed.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Requests since it was armed.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// Operations that reached the pool since it was armed.
    pub(crate) fn carried_out(&self, operation: &str) -> usize {
        self.shared.carried_out.lock().unwrap().iter().filter(|name| *name == operation).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.addr);
        if let Some(thread) = self.accepting.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

/// A listener on any free port, and a socket that holds the port without listening.
fn listen() -> (TcpListener, socket2::Socket) {
    let socket = || {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        #[cfg(all(unix, not(any(target_os = "solaris", target_os = "illumos"))))]
        socket.set_reuse_port(true).unwrap();
        socket
    };
    let listener = socket();
    listener.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
    listener.listen(256).unwrap();
    let reserved = socket();
    // Without `SO_REUSEPORT` this fails, and the port is merely likely to stay free.
    let _ = reserved.bind(&listener.local_addr().unwrap());
    (listener.into(), reserved)
}

/// Closes a connection so that its other end gets a reset.
pub(crate) fn reset(stream: &TcpStream) {
    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
}

fn accept(listener: TcpListener, shared: &Arc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept() else { continue };
        let is_armed = shared.armed.load(Ordering::SeqCst);
        let refuses = is_armed && matches!(shared.script.play, Play::Refused);
        if shared.stopped.load(Ordering::SeqCst) || refuses {
            return;
        }
        shared.connections.fetch_add(1, Ordering::SeqCst);
        if is_armed && matches!(shared.script.play, Play::ResetAtAccept) && shared.is_due() {
            reset(&stream);
            continue;
        }
        let shared = Arc::clone(shared);
        thread::spawn(move || {
            // A client that goes away is what these tests are about.
            let _ = converse(stream, &shared, is_armed);
        });
    }
}

fn converse(stream: TcpStream, shared: &Shared, is_armed: bool) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    if let Play::Handshake(ending) = &shared.script.play {
        if is_armed && shared.is_due() {
            return handshake_fails(&stream, *ending);
        }
    }
    match &shared.script.tls {
        None => Connection { stream: &stream, raw: &stream, shared }.serve(),
        Some((good, armed)) => {
            let config = if is_armed && shared.is_due() { armed } else { good };
            let tls = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
            let raw = stream.try_clone()?;
            Connection { stream: StreamOwned::new(tls, stream), raw: &raw, shared }.serve()
        }
    }
}

/// Reads what the client begins with, and does not go along.
fn handshake_fails(mut stream: &TcpStream, ending: Ending) -> io::Result<()> {
    let mut hello = [0; 512];
    let _ = stream.read(&mut hello)?;
    end(stream, stream, ending)
}

fn end(mut stream: impl Read + Write, raw: &TcpStream, ending: Ending) -> io::Result<()> {
    match ending {
        Ending::Reset => reset(raw),
        Ending::Close => raw.shutdown(std::net::Shutdown::Write)?,
        Ending::Silence => {
            let mut rest = [0; 1024];
            while stream.read(&mut rest)? > 0 {}
        }
        Ending::Drip(byte) => {
            let begun = Instant::now();
            while begun.elapsed() < PATIENCE {
                stream.write_all(&[byte])?;
                stream.flush()?;
                thread::sleep(DRIP_EVERY);
            }
        }
        Ending::DripChunks => {
            let begun = Instant::now();
            while begun.elapsed() < PATIENCE {
                stream.write_all(b"1\r\n \r\n")?;
                stream.flush()?;
                thread::sleep(DRIP_EVERY);
            }
        }
        Ending::Flood(chunk) => {
            let mut bytes = 0;
            while bytes < 1 << 31 {
                stream.write_all(chunk)?;
                bytes += chunk.len();
            }
        }
        Ending::KeepAlive => {}
    }
    Ok(())
}

impl Shared {
    /// Whether the fault is to be played now.
    fn is_due(&self) -> bool {
        self.armed.load(Ordering::SeqCst) && self.played.fetch_add(1, Ordering::SeqCst) < self.script.times
    }

    fn note(&self, operation: &str) {
        let clock = self.pool.clock();
        let seen = Seen { operation: operation.to_owned(), at: clock.now() };
        self.seen.lock().unwrap().push(seen);
    }
}

/// What the pool answers, before anything is done to it.
pub(crate) struct Good {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// An answer as it is written, complete and right.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let length = body.len().to_string();
    let mut all = vec![("content-length", length.as_str())];
    all.extend(headers);
    head(status, &all).into_iter().chain(body.iter().copied()).collect()
}

/// A status line and headers, as they are given.
pub(crate) fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Reason\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

struct Connection<'a, S> {
    stream: S,
    raw: &'a TcpStream,
    shared: &'a Shared,
}

struct Asked {
    request: Request,
    operation: String,
}

impl<S: Read + Write> Connection<'_, S> {
    fn serve(mut self) -> io::Result<()> {
        loop {
            let mut head = Vec::new();
            self.read_until(&mut head, b"\r\n")?;
            let script = &self.shared.script;
            // Before its body is read nobody knows what a request is about. Where that matters the token has
            // been given already, or it is what is aimed at.
            if let Play::Cut(Cut {
                at: at @ (Point::RequestLine | Point::Headers | Point::HalfBody),
                ending,
            }) = &script.play
            {
                if self.shared.is_due() {
                    self.shared.note("?");
                    return self.cut_the_request(head, *at, *ending);
                }
            }
            let asked = self.read_request(head)?;
            if self.shared.armed.load(Ordering::SeqCst) {
                self.shared.note(&asked.operation);
            }
            let is_aimed_at = match script.aim {
                Aim::Token => asked.operation == "accessToken",
                Aim::Operation => asked.operation != "accessToken",
            };
            let plays = matches!(script.play, Play::Cut(_) | Play::Answer(_));
            if plays && is_aimed_at && self.shared.is_due() {
                let good = script.carried_out.then(|| self.carry_out(&asked));
                let good = good.unwrap_or(Good { status: 200, body: Vec::new() });
                match self.play(&good)? {
                    Ending::KeepAlive => continue,
                    ending => return end(&mut self.stream, self.raw, ending),
                }
            }
            let good = self.carry_out(&asked);
            let closes: &[_] = if script.closes { &[("connection", "close")] } else { &[] };
            self.write(&answer(good.status, closes, &good.body))?;
            if script.closes {
                return Ok(());
            }
        }
    }

    fn carry_out(&self, asked: &Asked) -> Good {
        if self.shared.armed.load(Ordering::SeqCst) {
            self.shared.carried_out.lock().unwrap().push(asked.operation.clone());
        }
        let response = self.shared.pool.send(&asked.request).unwrap();
        Good { status: response.status(), body: response.into_body() }
    }

    fn play(&mut self, good: &Good) -> io::Result<Ending> {
        match &self.shared.script.play {
            Play::Answer(make) => {
                let (bytes, ending) = make(good, &self.shared.pool);
                self.write(&bytes)?;
                Ok(ending)
            }
            Play::Cut(Cut { at, ending }) => {
                let bytes = answer(good.status, &[], &good.body);
                let head = bytes.len() - good.body.len();
                let end = match at {
                    Point::WholeBody => 0,
                    Point::ResponseHeaders => head,
                    Point::HalfResponse => head + good.body.len() / 2,
                    Point::RequestLine | Point::Headers | Point::HalfBody => unreachable!(),
                };
                self.write(&bytes[..end])?;
                Ok(*ending)
            }
            Play::Refused | Play::ResetAtAccept | Play::Handshake(_) | Play::Certificate => unreachable!(),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.stream.flush()
    }

    fn cut_the_request(mut self, mut head: Vec<u8>, at: Point, ending: Ending) -> io::Result<()> {
        if at != Point::RequestLine {
            self.read_until(&mut head, b"\r\n\r\n")?;
        }
        if at == Point::HalfBody {
            let mut half = vec![0; content_length(&head) / 2];
            self.stream.read_exact(&mut half)?;
        }
        // What the client has written beyond this point waits in the kernel: it cannot tell whether anybody
        // reads it.
        end(&mut self.stream, self.raw, ending)
    }

    fn read_until(&mut self, read: &mut Vec<u8>, end: &[u8]) -> io::Result<()> {
        let mut byte = [0];
        while !read.ends_with(end) {
            self.stream.read_exact(&mut byte)?;
            read.push(byte[0]);
        }
        Ok(())
    }

    fn read_request(&mut self, mut head: Vec<u8>) -> io::Result<Asked> {
        self.read_until(&mut head, b"\r\n\r\n")?;
        let mut body = vec![0; content_length(&head)];
        self.stream.read_exact(&mut body)?;
        let head = String::from_utf8_lossy(&head).into_owned();
        let mut lines = head.lines();
        let mut words = lines.next().unwrap_or_default().split(' ');
        let method = match words.next() {
            Some("GET") => Method::Get,
            Some("POST") => Method::Post,
            other => return Err(io::Error::other(format!("{other:?}"))),
        };
        let target = words.next().unwrap_or_default();
        let mut request = Request::new(method, format!("http://pool{target}"));
        for line in lines {
            if let Some((name, value)) = line.split_once(": ") {
                request = request.with_header(name.to_owned(), value);
            }
        }
        let operation = serde_json::from_slice::<serde_json::Value>(&body)
            .ok()
            .and_then(|body| body["operationName"].as_str().map(str::to_owned))
            .unwrap_or_else(|| target.split('/').nth(3).unwrap_or_default().to_owned());
        Ok(Asked { request: request.with_body(body), operation })
    }
}

fn content_length(head: &[u8]) -> usize {
    String::from_utf8_lossy(head)
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.trim().parse().unwrap())
}
