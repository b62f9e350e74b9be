//! A custom transport that prints every request and passes it on.

use std::time::Instant;

use anyhow::Result;
use authing::emulator::Pool;
use authing::transport::{Request, Transport};

fn main() -> Result<()> {
    let pool = Pool::new();
    let inner = pool.clone();
    let client = pool
        .client_builder()
        .transport(move |request: &Request| {
            let started = Instant::now();
            let result = inner.send(request);
            let status = result.as_ref().map_or(0, authing::transport::Response::status);
            println!(
                "{:<12} {:<12} {:<4} -> {status} after {:?}",
                request.operation(),
                format!("{:?}", request.effect()),
                request.method(),
                started.elapsed(),
            );
            result
        })
        .build()?;

    let bob = client.users().create().username("bob").send()?;
    client.users().detail(&bob.id).send()?;
    client.users().delete(&bob.id).send()?;
    Ok(())
}
