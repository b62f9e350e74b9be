//! How to handle errors.

use std::error::Error as _;
use std::time::Duration;

use anyhow::Result;
use authing::emulator::Pool;
use authing::transport::{Delivered, Request, TransportError, TransportErrorKind};
use authing::{Client, Error, Retry};

fn main() -> Result<()> {
    let client = Pool::new().client();
    let users = client.users();
    users.create().username("bob").send()?;

    // Rejected before anything is sent. The error names the field.
    explain(users.list().page(0).send().map(drop));
    explain(users.create().nickname("nobody").send().map(drop));

    // Rejected by the service. The error has the service's own code and message.
    explain(users.create().username("bob").send().map(drop));
    explain(users.list_roles("613872b19c90be7d4da44466").send().map(drop));

    // No response: the outcome is unknown.
    let broken = Client::builder()
        .user_pool_id("POOL")
        .secret("SECRET")
        .retry(Retry::none())
        .deadline(Duration::from_secs(1))
        .transport(|request: &Request| {
            let delivered =
                if request.operation() == "accessToken" { Delivered::No } else { Delivered::Maybe };
            let cause = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
            Err(TransportError::new(TransportErrorKind::Interrupted, delivered).with_source(cause))
        })
        .build()?;
    explain(broken.users().delete("613872b19c90be7d4da44466").send().map(drop));
    Ok(())
}

fn explain(result: Result<(), Error>) {
    let Err(error) = result else { return println!("success") };
    println!("{error}");
    let mut cause = error.source();
    while let Some(next) = cause {
        println!("  because: {next}");
        cause = next.source();
    }
    let advice = match &error {
        error if error.is_not_found() => "no such user".to_owned(),
        error if error.is_conflict() => "look up the existing one".to_owned(),
        error if error.is_invalid_input() => format!("correct {:?}", error.field()),
        error if error.may_have_happened() => "the outcome is unknown: check before trying again".to_owned(),
        error if error.is_retryable() => format!("try again later, after {:?}", error.retry_after()),
        error => format!("{:?}", error.kind()),
    };
    println!("  {advice} (attempts: {})", error.attempts());
}
