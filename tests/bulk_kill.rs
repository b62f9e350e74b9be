//! An import that is killed again and again, with faults in between, and goes on by its journal: the pool
//! ends as if nothing had happened. `KILLS` and `ROWS` in the environment ask for more than 20 kills of 400
//! rows.

#![cfg(all(feature = "ureq", unix))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use authing::bulk::Summary;
use authing::emulator::{Fault, Pool};
use authing::{Client, Error, UserInput};

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().map_or(default, |value| value.parse().unwrap())
}

fn import(client: &Client, journal: Option<&Path>, rows: usize) -> Summary {
    try_import(client, journal, rows).unwrap()
}

fn try_import(client: &Client, journal: Option<&Path>, rows: usize) -> Result<Summary, Error> {
    let rows = (0..rows).map(|n| (format!("k{n}"), UserInput::new().username(format!("u{n}")).nickname("N")));
    let bulk = client.bulk().concurrency(4);
    match journal {
        Some(journal) => bulk.journal(journal),
        None => bulk,
    }
    .create(rows)
    .send()
}

/// Does nothing unless the test below starts it.
#[test]
fn child() {
    let Ok(journal) = std::env::var("BULK_KILL_JOURNAL") else { return };
    let client = Client::from_env().unwrap();
    import(&client, Some(&PathBuf::from(journal)), number("ROWS", 0));
}

/// Does nothing unless the test below starts it.
#[test]
fn child_with_a_full_disk() {
    let Ok(journal) = std::env::var("BULK_KILL_JOURNAL") else { return };
    let client = Client::from_env().unwrap();
    let error = try_import(&client, Some(&PathBuf::from(&journal)), number("ROWS", 0)).unwrap_err();
    assert_eq!(error.to_string(), format!("bulk: the journal {journal} cannot be used"));
}

fn start(pool: &Pool, host: &str, journal: &Path, rows: usize) -> Child {
    command(pool, host, journal, rows, Command::new(std::env::current_exe().unwrap()))
        .args(["--exact", "child", "--test-threads", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn command(pool: &Pool, host: &str, journal: &Path, rows: usize, mut command: Command) -> Command {
    command
        .env("BULK_KILL_JOURNAL", journal)
        .env("ROWS", rows.to_string())
        .env("AUTHING_USERPOOL_ID", pool.id())
        .env("AUTHING_USERPOOL_SECRET", pool.secret().expose())
        .env("AUTHING_HOST", host);
    command
}

/// Everybody, without what differs between two pools.
fn users(pool: &Pool) -> Vec<(String, Option<String>)> {
    let users = pool.client().users().list().limit(200).iter();
    let mut users: Vec<_> =
        users.map(|user| user.unwrap()).map(|user| (user.username.unwrap(), user.nickname)).collect();
    users.sort();
    users
}

#[test]
fn a_journal_that_cannot_be_written_any_more_ends_the_run_before_anything_is_sent_without_it() {
    const ROWS: usize = 300;
    if std::env::var("BULK_KILL_JOURNAL").is_ok() {
        return;
    }
    let pool = Pool::new();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let journal = std::env::temp_dir().join(format!("authing-bulk-full-{}.journal", std::process::id()));
    _ = std::fs::remove_file(&journal);
    // No file can become larger than some kilobytes.
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 12; exec \"$0\" \"$@\""]);
    shell.arg(std::env::current_exe().unwrap()).args(["--exact", "child_with_a_full_disk"]);
    let output = command(&pool, &server.url(), &journal, ROWS, shell).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let written = std::fs::read_to_string(&journal).unwrap();
    let intended = written.lines().filter(|line| line.contains(r#" ["i","#) && line.ends_with(']')).count();
    let sent = || pool.requests().iter().filter(|request| request.operation() == "createUser").count();
    assert!(sent() > 0 && sent() <= intended && intended < ROWS, "{} sent, {intended} intended", sent());
    let client = Client::builder().user_pool_id(pool.id()).secret(pool.secret().clone()).host(server.url());
    let summary = import(&client.build().unwrap(), Some(&journal), ROWS);
    std::fs::remove_file(&journal).unwrap();
    assert_eq!((summary.created + summary.already_there, sent()), (ROWS as u64, ROWS), "{summary}");
    let undisturbed = Pool::new();
    import(&undisturbed.client(), None, ROWS);
    assert_eq!(users(&pool), users(&undisturbed));
}

#[test]
fn a_killed_import_goes_on_and_loses_and_doubles_nobody() {
    if std::env::var("BULK_KILL_JOURNAL").is_ok() {
        return;
    }
    let (kills, rows) = (number("KILLS", 20), number("ROWS", 400));
    let undisturbed = Pool::new();
    import(&undisturbed.client(), None, rows);
    let pool = Pool::new();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let journal = std::env::temp_dir().join(format!("authing-bulk-kill-{}.journal", std::process::id()));
    _ = std::fs::remove_file(&journal);
    let mut killed = 0;
    for round in 0..kills {
        pool.faults().clear();
        match round % 4 {
            0 => pool.faults().every(5, Fault::reset()),
            1 => pool.faults().every(7, Fault::reset().after_carrying_out()),
            2 => pool.faults().every(6, Fault::status(503).after_carrying_out()),
            _ => pool.faults().every(9, Fault::truncated_json()),
        };
        let mut child = start(&pool, &server.url(), &journal, rows);
        let until = server.requests() + 2 + (rows / kills.max(1)).max(1) + round % 5;
        let late = Instant::now() + Duration::from_secs(60);
        while server.requests() < until && child.try_wait().unwrap().is_none() && Instant::now() < late {
            thread::sleep(Duration::from_micros(200));
        }
        if child.try_wait().unwrap().is_none() {
            killed += 1;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(users(&pool).len() <= rows);
    }
    pool.faults().clear();
    let client = Client::builder()
        .user_pool_id(pool.id())
        .secret(pool.secret().clone())
        .host(server.url())
        .build()
        .unwrap();
    let summary = import(&client, Some(&journal), rows);
    std::fs::remove_file(&journal).unwrap();
    assert!(summary.is_success(), "{summary}");
    assert_eq!(summary.total(), u64::try_from(rows).unwrap());
    assert!(killed > kills / 2, "{killed} of {kills} were killed at work");
    assert_eq!(users(&pool), users(&undisturbed));
}
