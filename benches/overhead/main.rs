//! The cost of a call through the client, compared with the same call written by hand.
//!
//! The peer, in `peer.rs`, shares nothing with the client but the bytes on the wire: it has its own agent,
//! documents, token, encryption and plain `#[derive(Deserialize)]` structs. The pool runs in a process of its
//! own, and so does each measurement; peer and client alternate. The figure is the CPU time of the whole
//! process, without its start and one warm-up call; for the first response, with its start.
//!
//! `cargo bench --bench overhead` prints the median of each row, and the ratio with its quartiles, under the
//! allocator's defaults and under settings that keep freed memory. The number of rounds is the first
//! argument; further arguments select rows by a part of their name. `benches/instructions` counts
//! instructions instead, which do not vary.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a program"
)]

mod bytes;
mod client;
mod peer;
#[path = "../support/process.rs"]
mod process;
mod side;

use std::io::Write;
use std::process::{Command, Stdio};

use authing::emulator::Pool;
use cpu_time::ProcessTime;

use self::process::Server;
pub(crate) use self::side::{Place, Side};

/// The rows, and the number of repetitions of each.
const ROWS: [(&str, usize); 10] = [
    ("decode users", 200),
    ("decode identities", 200),
    ("decode custom data", 200),
    ("detail", 400),
    ("find", 400),
    ("list 10", 200),
    ("list 200", 40),
    ("export", 1),
    ("create with password", 100),
    ("first response", 0),
];

/// The number of users in the pool.
const USERS: usize = 100_000;

const SETTINGS: [(&str, &[(&str, &str)]); 2] = [
    ("defaults of the allocator", &[]),
    (
        "freed memory is kept",
        &[("MALLOC_TRIM_THRESHOLD_", "268435456"), ("MALLOC_MMAP_THRESHOLD_", "268435456")],
    ),
];

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    match std::env::var("OVERHEAD_ROLE").as_deref() {
        Ok("pool") => serve(),
        Ok("peer") => println!("{}", measure::<peer::Peer>(&arguments.next().unwrap())),
        Ok("client") => println!("{}", measure::<client::Ours>(&arguments.next().unwrap())),
        _ => compare(&arguments.collect::<Vec<_>>()),
    }
}

/// Serves the pool until its input ends.
fn serve() {
    let pool = Pool::builder().generated_users(USERS, 1).build();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let first = pool.client().users().list().limit(1).send().unwrap().list.remove(0);
    println!(
        "{} {} {} {} {}",
        server.url(),
        pool.id(),
        pool.secret().expose(),
        first.id,
        first.username.unwrap()
    );
    std::io::stdin().lines().for_each(drop);
}

/// Returns the CPU microseconds of one repetition.
fn measure<S: Side>(row: &str) -> f64 {
    let place = std::env::var("OVERHEAD_PLACE").unwrap();
    let [url, pool_id, secret, user_id, username] =
        place.split(' ').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap();
    let place = Place { url, pool_id, secret, user_id, username };
    let (_, repeats) = ROWS.into_iter().find(|(name, ..)| *name == row).unwrap();
    let repeats = std::env::var("OVERHEAD_REPEATS").map_or(repeats, |repeats| repeats.parse().unwrap());
    let side = S::new(&place);
    let page = if row.starts_with("decode") { bytes::page(row) } else { Vec::new() };
    let serial = std::process::id();
    let mut count = 0_u32;
    let mut call = || {
        count += 1;
        match row {
            "detail" => assert!(side.detail(&place.user_id)),
            "find" => assert!(side.find(&place.username)),
            "list 10" => assert_eq!(side.list(10), 10),
            "list 200" => assert_eq!(side.list(200), 200),
            "export" => assert!(side.export() >= USERS),
            "create with password" => side.create(&format!("user-{serial}-{count}")),
            "first response" => assert!(side.find(&place.username)),
            _ => assert_eq!(S::decode(&page), 200),
        }
    };
    if row == "first response" {
        call();
        return ProcessTime::now().as_duration().as_secs_f64() * 1e6;
    }
    match row {
        "export" => assert!(side.detail(&place.user_id)),
        _ => call(),
    }
    let started = ProcessTime::now();
    (0..repeats).for_each(|_| call());
    started.elapsed().as_secs_f64() * 1e6 / repeats as f64
}

fn compare(arguments: &[String]) {
    let rounds = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(11);
    let wanted: Vec<_> = arguments.iter().filter(|argument| argument.parse::<usize>().is_err()).collect();
    let this = std::env::current_exe().unwrap();
    let pool = Server::start("OVERHEAD_ROLE", "pool");
    for (setting, environment) in SETTINGS {
        println!("\n{setting}\n{:<22} {:>12} {:>12}   ratio (quartiles)", "", "peer", "client");
        for (row, _) in ROWS {
            if !wanted.is_empty() && !wanted.iter().any(|part| row.contains(part.as_str())) {
                continue;
            }
            let run = |role: &str| -> f64 {
                let output = Command::new(&this)
                    .arg(row)
                    .env("OVERHEAD_ROLE", role)
                    .env("OVERHEAD_PLACE", &pool.line)
                    .envs(environment.iter().copied())
                    .stderr(Stdio::inherit())
                    .output()
                    .unwrap();
                String::from_utf8(output.stdout).unwrap().trim().parse().expect("a measurement failed")
            };
            let (mut peers, mut clients, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..rounds {
                let (peer, client) = (run("peer"), run("client"));
                ratios.push(client / peer);
                peers.push(peer);
                clients.push(client);
            }
            for values in [&mut peers, &mut clients, &mut ratios] {
                values.sort_by(f64::total_cmp);
            }
            let at = |values: &[f64], quarter: usize| values[(values.len() - 1) * quarter / 4];
            println!(
                "{row:<22} {:>9.1} µs {:>9.1} µs   {:.2} ({:.2} to {:.2})",
                at(&peers, 2),
                at(&clients, 2),
                at(&ratios, 2),
                at(&ratios, 1),
                at(&ratios, 3),
            );
            std::io::stdout().flush().unwrap();
        }
    }
}
