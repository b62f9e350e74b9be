//! The guarantees of a call, tested with a closure as the transport and a clock that stands still.

mod attempts;
mod limits;
#[cfg(feature = "password")]
mod password;
mod rejected;
mod together;
mod token;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

use crate::client::{Client, ClientBuilder};
use crate::clock::fake::FakeClock;
use crate::error::Error;
use crate::transport::{Delivered, Method, Request, Response, Transport, TransportError, TransportErrorKind};

const TOKEN: &str = r#"{"data":{"accessToken":{"accessToken":"T","iat":1,"exp":1296001}}}"#;
const FINE: &str = r#"{"code":200,"data":1}"#;

type Answer = Result<Response, TransportError>;

fn builder(clock: &FakeClock, transport: impl Transport + 'static) -> ClientBuilder {
    Client::builder().user_pool_id("POOL").secret("SECRET").clock(clock.clone()).transport(transport)
}

/// A transport that returns tokens, and passes every other request with its number, starting at 1, to a
/// closure.
fn numbered(
    answer: impl Fn(u32, &Request) -> Answer + Send + Sync + 'static,
) -> (Arc<AtomicU32>, impl Transport) {
    let sent = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&sent);
    let transport = move |request: &Request| match request.operation() {
        "accessToken" => Ok(Response::new(200, TOKEN)),
        _ => answer(counted.fetch_add(1, SeqCst) + 1, request),
    };
    (sent, transport)
}

fn read(client: &Client) -> Result<i64, Error> {
    client.rest(Method::Get, "/").send()
}

fn change(client: &Client) -> Result<i64, Error> {
    client.rest(Method::Post, "/").send()
}

fn broken(kind: TransportErrorKind, delivered: Delivered) -> Answer {
    Err(TransportError::new(kind, delivered))
}

/// The token with that number.
fn token(number: u32) -> Answer {
    Ok(Response::new(200, TOKEN.replace("\"T\"", &format!("\"T{number}\""))))
}
