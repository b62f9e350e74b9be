//! Clients whose transport is a closure, what they sent, and a clock that a test moves.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use authing::clock::Clock;
use authing::transport::{Request, Response, Transport, TransportError};
use authing::{Client, ClientBuilder};
use serde_json::Value;
use time::OffsetDateTime;

/// Fifteen days of token.
pub(crate) const TOKEN: &str =
    r#"{"data":{"accessToken":{"accessToken":"TOKEN","iat":1700000000,"exp":1701296000}}}"#;

/// The requests that a transport was given.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<Request>>>);

impl Log {
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.0.lock().unwrap().clone()
    }

    /// Their operations, in the order in which they were sent.
    pub(crate) fn operations(&self) -> Vec<String> {
        self.requests().iter().map(|request| request.operation().to_owned()).collect()
    }

    pub(crate) fn count(&self, operation: &str) -> usize {
        self.operations().iter().filter(|name| *name == operation).count()
    }

    /// All of them, and all that were not for a token.
    pub(crate) fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    /// The last request.
    pub(crate) fn last(&self) -> Request {
        self.requests().pop().expect("nothing was sent")
    }

    /// The JSON body of the last request.
    pub(crate) fn last_body(&self) -> Value {
        serde_json::from_slice(self.last().body().unwrap()).unwrap()
    }

    /// Writes down what passes through to a transport.
    pub(crate) fn before(
        &self,
        inner: impl Transport + 'static,
    ) -> impl Fn(&Request) -> Result<Response, TransportError> + Send + Sync + 'static {
        let log = self.clone();
        move |request: &Request| {
            log.0.lock().unwrap().push(request.clone());
            inner.send(request)
        }
    }
}

/// Time that stands still until somebody sleeps or moves it.
#[derive(Clone, Default)]
pub(crate) struct FakeClock(Arc<AtomicU64>);

impl FakeClock {
    pub(crate) fn advance(&self, duration: Duration) {
        self.0.fetch_add(u64::try_from(duration.as_nanos()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::SeqCst))
    }

    fn wall(&self) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + self.now()
    }

    fn sleep(&self, duration: Duration) {
        self.advance(duration);
    }
}

/// Settings of a client that gets its token, then whatever `answer` says. Waits take no time.
pub(crate) fn answering(
    log: &Log,
    answer: impl Fn(&Request) -> Response + Send + Sync + 'static,
) -> ClientBuilder {
    let transport = move |request: &Request| {
        Ok(if request.operation() == "accessToken" { Response::new(200, TOKEN) } else { answer(request) })
    };
    Client::builder()
        .user_pool_id("POOL")
        .secret("SECRET")
        .public_key(authing::DEFAULT_PUBLIC_KEY)
        .clock(FakeClock::default())
        .transport(log.before(transport))
}

/// A client that is always given the same answer.
pub(crate) fn always(status: u16, body: impl Into<Vec<u8>>) -> Client {
    let body = body.into();
    answering(&Log::default(), move |_| Response::new(status, body.clone())).build().unwrap()
}
