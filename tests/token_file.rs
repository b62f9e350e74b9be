//! Several processes that share a token through a file.
#![cfg(all(feature = "token-file", feature = "ureq"))]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use authing::emulator::{Pool, Server};
use authing::{Client, FileTokenStore, StoredToken, TokenKey, TokenStore};
use time::OffsetDateTime;

const PROCESSES: usize = 20;

struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("authing-token-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Starts this test binary again, as a process that makes one call as soon as its input ends.
fn start(pool: &Pool, server: &Server, directory: &Directory) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "one_process", "--ignored", "--nocapture"])
        .env("AUTHING_USERPOOL_ID", pool.id())
        .env("AUTHING_USERPOOL_SECRET", pool.secret().expose())
        .env("AUTHING_HOST", server.url())
        .env("AUTHING_TEST_TOKENS", &directory.0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets all of them go at once, and waits for them.
fn go(mut children: Vec<Child>) {
    for child in &mut children {
        child.stdin.take().unwrap().write_all(b"go").unwrap();
    }
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
}

#[test]
#[ignore = "a part of the others, which start it"]
fn one_process() {
    let Some(directory) = std::env::var_os("AUTHING_TEST_TOKENS") else { return };
    let client = Client::builder().settings_from_env().unwrap();
    let client = client.token_store(FileTokenStore::new(directory)).build().unwrap();
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    client.users().list().send().unwrap();
}

#[test]
fn twenty_processes_started_at_once_make_one_token_request() {
    let (pool, directory) = (Pool::new(), Directory::new("twenty"));
    let server = pool.serve("127.0.0.1:0").unwrap();
    let began = Instant::now();
    go((0..PROCESSES).map(|_| start(&pool, &server, &directory)).collect());
    println!("{PROCESSES} processes: {} requests in {:?}", server.requests(), began.elapsed());
    assert_eq!(server.requests(), PROCESSES + 1, "one call each, and one token for all");

    // The next run needs none.
    go(vec![start(&pool, &server, &directory)]);
    assert_eq!(server.requests(), PROCESSES + 2);
}

#[test]
fn a_token_that_the_service_rejects_is_replaced_for_all() {
    let (pool, directory) = (Pool::new(), Directory::new("rejected"));
    let server = pool.serve("127.0.0.1:0").unwrap();
    let key = TokenKey::new(server.url(), pool.id());
    let now = OffsetDateTime::now_utc();
    let store = FileTokenStore::new(&directory.0);
    store.put(&key, &StoredToken::new("revoked", now, now + time::Duration::days(15))).unwrap();
    go((0..2).map(|_| start(&pool, &server, &directory)).collect());
    let requests = server.requests();
    // Two calls, one token, and a rejection for each process that had the old token in hand.
    assert!((4..=5).contains(&requests), "{requests} requests");
    assert_ne!(store.get(&key).unwrap().unwrap().token.expose(), "revoked");
}

#[test]
fn a_directory_that_cannot_be_used_does_not_fail_a_call() {
    let (pool, directory) = (Pool::new(), Directory::new("unusable"));
    std::fs::write(&directory.0, "in the way").unwrap();
    let server = pool.serve("127.0.0.1:0").unwrap();
    go(vec![start(&pool, &server, &directory)]);
    assert_eq!(server.requests(), 2);
    std::fs::remove_file(&directory.0).unwrap();
}
