//! What goes wrong, and how to ask the error about it.

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

    // Found before anything is sent: the field is named.
    explain(users.list().page(0).send().map(drop));
    explain(users.create().nickname("nobody").send().map(drop));

    // Refused by the service: its own code and message.
    explain(users.create().username("bob").send().map(drop));
    explain(users.list_roles("613872b19c90be7d4da44466").send().map(drop));

    // No answer at all: may it have happened?
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
    let Err(error) = result else { return println!("went well") };
    println!("{error}");
    let mut cause = error.source();
    while let Some(next) = cause {
        println!("  because: {next}");
        cause = next.source();
    }
    let advice = match &error {
        error if error.is_not_found() => "nobody by that id".to_owned(),
        error if error.is_conflict() => "look the other one up".to_owned(),
        error if error.is_invalid_input() => format!("mend {:?}", error.field()),
        error if error.may_have_happened() => "look before trying again".to_owned(),
        error if error.is_retryable() => format!("try again later, after {:?}", error.retry_after()),
        error => format!("{:?}", error.kind()),
    };
    println!("  {advice} (attempts: {})", error.attempts());
}
