//! The cost of work on whole pools in time, memory and requests, compared with the same work written by hand.
//!
//! The peer is that of the benchmark `overhead`, in `benches/overhead/peer.rs`: a separate client that shares
//! nothing with this one but the bytes on the wire. The service returns prepared bytes, in a process of its
//! own; its capacity is printed first. Each measurement runs in its own process, and the two that are
//! compared alternate.
//!
//! `cargo bench --bench pools` prints the table at full size. It takes about an hour, most of it for the
//! import written by hand. With the argument `quick` it takes about two minutes, with fewer users and fewer
//! rounds. A number sets the rounds, and other arguments select rows by a part of their names. Each figure is
//! a median; for the ratio, the quartiles are printed too.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "a program"
)]

#[path = "../overhead/bytes.rs"]
#[allow(dead_code, reason = "shared")]
mod bytes;
mod client;
mod hand;
mod measure;
#[path = "../overhead/peer.rs"]
#[allow(dead_code, reason = "shared")]
mod peer;
#[path = "../support/process.rs"]
mod process;
mod rows;
mod server;
mod service;
#[path = "../overhead/side.rs"]
#[allow(dead_code, reason = "shared")]
mod side;
mod template;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use self::measure::Measured;
use self::rows::{Figure, Job, Reach, Row, rows};
use self::service::Service;
pub(crate) use self::side::{Place, Side};

/// The number of threads of the rows with more than one.
pub(crate) const THREADS: usize = 8;

pub(crate) fn username(number: usize) -> String {
    format!("user-{number:08}")
}

/// A file that exists during a measurement.
pub(crate) fn scratch(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("pools-{}-{name}", std::process::id()))
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match std::env::var("POOLS_ROLE").as_deref() {
        Ok("server") => server::serve(),
        Ok("peer") => println!("{}", measure(hand::run, &arguments)),
        Ok("client") => println!("{}", measure(client::run, &arguments)),
        _ => compare(&arguments),
    }
}

/// Runs one job in this process.
fn measure(run: fn(&str, usize, &Place) -> Measured, arguments: &[String]) -> Measured {
    let [job, size, url] = arguments else { panic!("a job, its size and a URL") };
    let place = Place {
        url: url.clone(),
        pool_id: "5f718016aaaaaaaaaaaaaaaa".into(),
        secret: "a secret".into(),
        user_id: String::new(),
        username: String::new(),
    };
    run(job, size.parse().unwrap(), &place)
}

/// Runs one job in its own process.
fn measured(job: &Job, latency: u32, service: &Service) -> Option<Measured> {
    let output = Command::new(std::env::current_exe().unwrap())
        .args([job.name, &job.size.to_string(), &format!("{}/{}/{latency}", service.url(), job.size)])
        .env("POOLS_ROLE", if job.is_client { "client" } else { "peer" })
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    Measured::parse(&String::from_utf8(output.stdout).unwrap())
}

fn compare(arguments: &[String]) {
    let is_quick = arguments.iter().any(|argument| argument == "quick");
    let rounds: Option<usize> = arguments.iter().find_map(|argument| argument.parse().ok());
    let is_name = |argument: &&String| *argument != "quick" && argument.parse::<usize>().is_err();
    let names: Vec<&String> = arguments.iter().filter(is_name).collect();
    let service = Service::start();
    println!("peer: benches/overhead/peer.rs; the service: benches/pools/server.rs");
    println!("the service alone: {}\n", service.can_do());
    println!("{:<66} {:>12} {:>12}   {:<23} {:>9}", "", "compared", "client", "ratio (quartiles)", "reach");
    for row in rows(is_quick) {
        if names.is_empty() || names.iter().any(|part| row.name.contains(part.as_str())) {
            match take_turns(&row, rounds.unwrap_or(row.rounds), &service) {
                Some(pairs) => print(&row, &pairs),
                None => println!("{}: FAILED", row.name),
            }
        }
    }
}

/// Returns pairs of the comparison's and the client's figures.
fn take_turns(row: &Row, rounds: usize, service: &Service) -> Option<Vec<(Measured, Measured)>> {
    let base = || measured(&row.base, row.latency, service);
    let client = || measured(&row.job, row.latency, service);
    let pair = |round: usize| {
        // Neither always comes first.
        if round % 2 == 0 {
            let base = base()?;
            Some((base, client()?))
        } else {
            let client = client()?;
            Some((base()?, client))
        }
    };
    (0..rounds).map(pair).collect()
}

fn print(row: &Row, pairs: &[(Measured, Measured)]) {
    for (figure, reach) in &row.figures {
        let quartiles = |value: &dyn Fn(&(Measured, Measured)) -> f64| {
            let mut values: Vec<f64> = pairs.iter().map(value).collect();
            values.sort_by(f64::total_cmp);
            [1, 2, 3].map(|quarter| values[(values.len() - 1) * quarter / 4])
        };
        let base = |pair: &(Measured, Measured)| figure.of(&row.base, &pair.0);
        let client = |pair: &(Measured, Measured)| figure.of(&row.job, &pair.1);
        let [_, other, _] = quartiles(&base);
        let [_, ours, _] = quartiles(&client);
        let [low, ratio, high] = quartiles(&|pair| client(pair) / base(pair));
        let (bound, is_reached) = match reach {
            Reach::Ratio(bound) => (format!("≤ {bound:.2}"), ratio <= *bound),
            Reach::AtLeast(bound) => (format!("≥ {bound:.2}"), ratio >= *bound),
            Reach::Most(bound) => (format!("≤ {bound} {}", figure.unit()), other <= *bound && ours <= *bound),
            Reach::BytesEach(bound) => {
                let users = row.job.size - row.base.size;
                let each = (ours - other) * f64::from(1 << 20) / users as f64;
                (format!("≤ {bound} B each, is {each:.0}"), each <= *bound)
            }
        };
        println!(
            "{:<66} {:>12} {:>12}   {:<23} {bound:>9}  {}",
            format!("{}: {}, against {}", row.name, figure.name(), row.other),
            with_unit(other, *figure),
            with_unit(ours, *figure),
            format!("{ratio:.3} ({low:.3} to {high:.3})"),
            if is_reached { "reached" } else { "NOT REACHED" },
        );
    }
    println!("    {}", row.how);
    std::io::stdout().flush().unwrap();
}

fn with_unit(value: f64, figure: Figure) -> String {
    match figure {
        Figure::Rate | Figure::Requests => format!("{value:.0}{}", figure.unit()),
        _ => format!("{value:.3} {}", figure.unit()),
    }
}
