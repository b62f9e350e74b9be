//! Serves an emulated user pool over HTTP, for clients in any language.
//!
//! ```sh
//! cargo run --example emulator -- --addr 127.0.0.1:8080 --users 1000
//! ```
//!
//! The first three lines of its output are the environment variables that this crate and the official SDKs
//! read.
//!
//! - `--seed FILE` fills the pool from a file in the format of `Pool::from_seed`.
//! - `--foreign-passwords` accepts passwords that were encrypted with the key of the cloud service, which is
//!   built into the official Python SDK.
//! - `--error-code NAME=CODE` sets the code of an error for which the service's own code is unknown. `Guess`
//!   lists the names.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::thread;

use anyhow::{Context, bail};
use authing::emulator::{Guess, Pool};

#[derive(Default)]
struct Options {
    addr: String,
    seed: Option<String>,
    users: usize,
    foreign_passwords: bool,
    error_codes: Vec<(Guess, i64)>,
}

fn options() -> anyhow::Result<Options> {
    let mut options = Options { addr: "127.0.0.1:0".to_owned(), ..Options::default() };
    let mut given = env::args().skip(1);
    while let Some(name) = given.next() {
        let mut value = || given.next().with_context(|| format!("{name} needs a value"));
        match name.as_str() {
            "--addr" => options.addr = value()?,
            "--seed" => options.seed = Some(value()?),
            "--users" => options.users = value()?.parse().context("--users takes a number")?,
            "--foreign-passwords" => options.foreign_passwords = true,
            "--error-code" => {
                let given = value()?;
                let (guess, code) = given.split_once('=').context("--error-code takes NAME=CODE")?;
                options.error_codes.push((guess.parse()?, code.parse().context("a code is a number")?));
            }
            _ => bail!(
                "unknown option {name}: there are --addr, --seed, --users, --foreign-passwords and --error-code"
            ),
        }
    }
    Ok(options)
}

fn main() -> anyhow::Result<()> {
    let options = options()?;
    let mut builder = Pool::builder();
    if options.users > 0 {
        builder = builder.generated_users(options.users, 1);
    }
    if options.foreign_passwords {
        builder = builder.accept_foreign_passwords();
    }
    for (guess, code) in options.error_codes {
        builder = builder.error_code(guess, code);
    }
    let pool = match &options.seed {
        None => builder.build(),
        Some(file) => {
            let seed = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
            builder.build_from(&seed).with_context(|| file.clone())?
        }
    };
    let server =
        pool.serve(options.addr.as_str()).with_context(|| format!("cannot listen on {}", options.addr))?;

    let mut out = io::stdout().lock();
    writeln!(out, "AUTHING_HOST={}", server.url())?;
    writeln!(out, "AUTHING_USERPOOL_ID={}", pool.id())?;
    writeln!(out, "AUTHING_USERPOOL_SECRET={}", pool.secret().expose())?;
    writeln!(out, "\nServing until interrupted.")?;
    out.flush()?;
    drop(out);
    loop {
        thread::park();
    }
}
