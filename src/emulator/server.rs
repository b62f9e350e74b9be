//! The pool over HTTP: hyper on one thread.
//!
//! Requests are handled on the thread that reads them. Handling takes microseconds, less than passing the
//! work to another thread and back. Only an injected delay waits, without blocking other requests.

mod limits;
mod payload;

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request as HttpRequest, Response as HttpResponse, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, oneshot};

use self::limits::{Chosen, Limits};
use self::payload::Payload;
use super::answer::Answer;
use super::ask::Ask;
use super::faults::Delivery;
use super::inner::Inner;
use super::pool::Pool;

use crate::transport::Method;

impl Pool {
    /// Serves the pool over HTTP on a loopback address until the [`Server`] is dropped.
    ///
    /// Port 0 selects any free port.
    pub fn serve(&self, addr: impl ToSocketAddrs) -> io::Result<Server> {
        self.server().bind(addr)
    }

    /// Returns a builder to configure a server.
    pub fn server(&self) -> ServerBuilder {
        ServerBuilder::new(self.clone())
    }
}

/// The time left for the current response when the time of a connection is over.
const LAST_RESPONSE: Duration = Duration::from_secs(10);

/// The settings of a [`Server`].
#[derive(Debug, Clone)]
pub struct ServerBuilder {
    pool: Pool,
    remote: bool,
    chosen: Chosen,
}

impl ServerBuilder {
    pub(crate) fn new(pool: Pool) -> Self {
        Self { pool, remote: false, chosen: Chosen::default() }
    }

    /// Allows an address that other machines can reach. There is no encryption, and anyone who knows the
    /// secret has full access; do not store data of real people in such a pool.
    #[must_use]
    pub fn allow_remote(mut self) -> Self {
        self.remote = true;
        self
    }

    /// Sets how many connections are served at once; further ones wait until one ends. At least 1. Defaults
    /// to 1024, or 256 on an address that other machines can reach.
    #[must_use]
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.chosen.connections = Some(connections);
        self
    }

    /// Sets how long a client may take to send the head of its next request, including the idle time of a
    /// connection before it. Defaults to no limit, or ten seconds on an address that other machines can
    /// reach.
    #[must_use]
    pub fn header_timeout(mut self, timeout: Option<Duration>) -> Self {
        self.chosen.header_time = Some(timeout);
        self
    }

    /// Sets how long a client may take to send the body of a request; after that, the response has status
    /// 408. Defaults to no limit, or 30 seconds on an address that other machines can reach.
    #[must_use]
    pub fn body_timeout(mut self, timeout: Option<Duration>) -> Self {
        self.chosen.body_time = Some(timeout);
        self
    }

    /// Sets how long a connection is kept. It is closed after the current response. Defaults to no limit, or
    /// ten minutes on an address that other machines can reach.
    #[must_use]
    pub fn connection_timeout(mut self, timeout: Option<Duration>) -> Self {
        self.chosen.connection_time = Some(timeout);
        self
    }

    /// Sets the maximum size of the head of a request in bytes; a larger one is rejected with status 431. At
    /// least 8 KiB. Defaults to 64 KiB, or 16 KiB on an address that other machines can reach.
    #[must_use]
    pub fn max_header_bytes(mut self, bytes: usize) -> Self {
        self.chosen.header_bytes = Some(bytes);
        self
    }

    /// Sets the maximum size of the body of a request in bytes; a larger one is rejected with status 413.
    /// Defaults to 16 MiB, or 4 MiB on an address that other machines can reach.
    #[must_use]
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.chosen.body_bytes = Some(bytes);
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    ///
    /// Returns an error if the address cannot be bound, or if it is not a loopback address and
    /// [`allow_remote`](Self::allow_remote) was not called.
    pub fn bind(self, addr: impl ToSocketAddrs) -> io::Result<Server> {
        let addrs: Vec<_> = addr.to_socket_addrs()?.collect();
        if let Some(addr) = addrs.iter().find(|addr| !self.remote && !addr.ip().is_loopback()) {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                format!("{addr} is not a loopback address; an emulated pool is served to this machine only"),
            ));
        }
        let listener = TcpListener::bind(addrs.as_slice())?;
        let addr = listener.local_addr()?;
        let limits = self.chosen.limits(addr.ip().is_loopback());
        listener.set_nonblocking(true)?;
        let counters = Arc::new(Counters::default());
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (inner, counted) = (Arc::clone(&self.pool.0), Arc::clone(&counters));
        let thread = std::thread::Builder::new().name("authing-pool".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::spawn(accept(listener, inner, counted, limits));
                let _ = stopped.await;
            });
            // Connections that wait for another request end with the runtime.
            runtime.shutdown_background();
        })?;
        Ok(Server { addr, counters, stop: Some(stop), thread: Some(thread) })
    }
}

#[derive(Debug, Default)]
struct Counters {
    connections: AtomicUsize,
    requests: AtomicUsize,
}

/// A pool that is being served. Dropping it stops the server.
pub struct Server {
    addr: SocketAddr,
    counters: Arc<Counters>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Returns the address on which it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Returns the host for a client, for example `http://127.0.0.1:49152`.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Returns how many connections have been accepted.
    pub fn connections(&self) -> usize {
        self.counters.connections.load(Ordering::SeqCst)
    }

    /// Returns how many requests have been read.
    pub fn requests(&self) -> usize {
        self.counters.requests.load(Ordering::SeqCst)
    }

    /// Stops the server and closes all connections.
    pub fn stop(mut self) {
        self.end();
    }

    /// Serves until the process ends or another thread stops the server, for a program that does nothing
    /// else.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // The thread returns nothing; if it panicked, there is nothing left to wait for.
            let _ = thread.join();
        }
    }

    fn end(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Fails only if the thread has already ended.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("addr", &self.addr).finish_non_exhaustive()
    }
}

async fn accept(
    listener: TcpListener,
    inner: Arc<Inner>,
    counters: Arc<Counters>,
    limits: Limits,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let free = Arc::new(Semaphore::new(limits.connections));
    // The semaphore is never closed.
    while let Ok(permit) = Arc::clone(&free).acquire_owned().await {
        // A connection that broke before it was accepted, or too many open files: both are temporary.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(5)).await;
            continue;
        };
        counters.connections.fetch_add(1, Ordering::SeqCst);
        // Small responses must not wait for the acknowledgement of the previous one.
        let _ = stream.set_nodelay(true);
        let (inner, counters) = (Arc::clone(&inner), Arc::clone(&counters));
        tokio::spawn(async move {
            serve(stream, &inner, &counters, limits).await;
            drop(permit);
        });
    }
    Ok(())
}

async fn serve(stream: TcpStream, inner: &Inner, counters: &Counters, limits: Limits) {
    let service = service_fn(|request| answer(inner, counters, limits, request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_buf_size(limits.header_bytes)
        .keep_alive(true)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    // A client that disconnects is not an error of the pool.
    let Some(time) = limits.connection_time else {
        let _ = connection.await;
        return;
    };
    if tokio::time::timeout(time, connection.as_mut()).await.is_err() {
        connection.as_mut().graceful_shutdown();
        let _ = tokio::time::timeout(LAST_RESPONSE, connection).await;
    }
}

async fn answer(
    inner: &Inner,
    counters: &Counters,
    limits: Limits,
    request: HttpRequest<Incoming>,
) -> Result<HttpResponse<Payload>, Broken> {
    counters.requests.fetch_add(1, Ordering::SeqCst);
    let (head, body) = request.into_parts();
    let body = Limited::new(body, limits.body_bytes).collect();
    let body = match limits.body_time {
        None => body.await,
        Some(time) => match tokio::time::timeout(time, body).await {
            Ok(body) => body,
            Err(_) => return Ok(plain(StatusCode::REQUEST_TIMEOUT, "the body did not come in time")),
        },
    };
    let Ok(body) = body else {
        return Ok(plain(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"));
    };
    let body = body.to_bytes();
    let Some(method) = method(head.method.as_str()) else {
        return Ok(plain(StatusCode::METHOD_NOT_ALLOWED, "this method is not supported"));
    };
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
    let ask = Ask::new(method, target, &body, |name| head.headers.get(name)?.to_str().ok());
    let outcome = inner.exchange(&ask);
    if !outcome.delay.is_zero() {
        tokio::time::sleep(outcome.delay).await;
    }
    match outcome.delivery {
        Delivery::Refused | Delivery::Reset => Err(Broken),
        Delivery::Silence => {
            // Until the client gives up: hyper then drops this future with the connection.
            std::future::pending::<()>().await;
            Err(Broken)
        }
        delivery => Ok(into_http(outcome.answer, delivery)),
    }
}

/// The connection is closed without a response.
#[derive(Debug)]
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("injected fault")
    }
}

impl std::error::Error for Broken {}

fn method(name: &str) -> Option<Method> {
    [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete]
        .into_iter()
        .find(|method| method.as_str() == name)
}

fn into_http(answer: Answer, delivery: Delivery) -> HttpResponse<Payload> {
    let mut response = HttpResponse::new(Payload::new(Bytes::from(answer.body), delivery));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value))
        {
            headers.insert(name, value);
        }
    }
    response
}

fn plain(status: StatusCode, text: &'static str) -> HttpResponse<Payload> {
    let mut response = HttpResponse::new(Payload::new(Bytes::from_static(text.as_bytes()), Delivery::Whole));
    *response.status_mut() = status;
    response
}
