//! A complete transport over another HTTP library, here attohttpc, used with a served pool.
//!
//! A transport must send exactly the given request, return responses with any status unchanged, not follow
//! redirects, respect the timeout, limit the size of the body, and report whether a failed request may have
//! been delivered.

use std::io::{self, Read};
use std::time::Duration;

use anyhow::Result;
use attohttpc::header::HeaderName;
use attohttpc::{ErrorKind, RequestBuilder};
use authing::emulator::Pool;
use authing::transport::{Delivered, Request, Response, Transport, TransportError, TransportErrorKind};

const MAX_BODY: u64 = 16 * 1024 * 1024;

struct AttoTransport;

impl Transport for AttoTransport {
    fn send(&self, request: &Request) -> Result<Response, TransportError> {
        let (status, headers, body) =
            exchange(request).map_err(|error| explain(error).with_peer(request.url()))?;
        let mut bytes = Vec::new();
        // One byte more, to detect a larger body.
        body.take(MAX_BODY + 1).read_to_end(&mut bytes).map_err(|error| {
            let error =
                TransportError::new(TransportErrorKind::Interrupted, Delivered::Maybe).with_source(error);
            error.with_peer(request.url())
        })?;
        if bytes.len() as u64 > MAX_BODY {
            return Err(TransportError::new(TransportErrorKind::BodyTooLarge, Delivered::Maybe));
        }
        let response = Response::new(status.as_u16(), bytes);
        Ok(headers.iter().fold(response, |response, (name, value)| {
            response.with_header(name.as_str(), String::from_utf8_lossy(value.as_bytes()))
        }))
    }
}

type Answer = (attohttpc::StatusCode, attohttpc::header::HeaderMap, attohttpc::ResponseReader);

fn exchange(request: &Request) -> attohttpc::Result<Answer> {
    // Half of the attempt's timeout is for connecting, half for the rest.
    let half = request.timeout().unwrap_or(Duration::from_secs(60)) / 2;
    let method = request.method().as_str().parse().map_err(|_| io::Error::other("no such method"))?;
    let mut builder = RequestBuilder::try_new(method, request.url())?
        .follow_redirects(false)
        .connect_timeout(half)
        .read_timeout(half)
        .timeout(half);
    for (name, value) in request.headers() {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(io::Error::other)?;
        builder = builder.try_header(name, value)?;
    }
    Ok(builder.bytes(request.body().unwrap_or_default()).send()?.split())
}

/// Only failures that certainly happen before anything is sent count as not delivered.
fn explain(error: attohttpc::Error) -> TransportError {
    let (kind, delivered) = match error.kind() {
        ErrorKind::Io(error) => match error.kind() {
            io::ErrorKind::ConnectionRefused => (TransportErrorKind::Connect, Delivered::No),
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => {
                (TransportErrorKind::Timeout, Delivered::Maybe)
            }
            _ => (TransportErrorKind::Interrupted, Delivered::Maybe),
        },
        ErrorKind::ConnectError { .. } => (TransportErrorKind::Connect, Delivered::No),
        ErrorKind::Http(_) | ErrorKind::InvalidBaseUrl | ErrorKind::InvalidUrlHost => {
            (TransportErrorKind::Request, Delivered::No)
        }
        ErrorKind::InvalidResponse(_) => (TransportErrorKind::Protocol, Delivered::Maybe),
        _ => (TransportErrorKind::Other, Delivered::Maybe),
    };
    TransportError::new(kind, delivered).with_source(error)
}

fn main() -> Result<()> {
    let pool = Pool::new();
    let server = pool.serve("127.0.0.1:0")?;
    let client = pool.client_builder().host(server.url()).transport(AttoTransport).build()?;

    let bob = client.users().create().username("bob").nickname("Bob").send()?;
    println!("created {}", bob.id);
    for user in client.users().list().iter() {
        println!("listed {:?}", user?.nickname);
    }
    client.users().delete(&bob.id).send()?;
    anyhow::ensure!(client.users().find().username("bob").send()?.is_none());

    // Nothing listens there, so the request was certainly not delivered.
    let refused = pool.client_builder().host("http://127.0.0.1:1").transport(AttoTransport).build()?;
    match refused.users().create().username("ann").send() {
        Ok(ann) => anyhow::bail!("{} was created by nobody", ann.id),
        Err(error) => println!("{error}, retryable: {}", error.is_retryable()),
    }
    Ok(())
}
