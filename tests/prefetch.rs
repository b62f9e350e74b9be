//! Listings that read ahead, over real sockets: their threads and connections end with them.
#![cfg(all(feature = "ureq", feature = "emulator", target_os = "linux"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use authing::Client;
use authing::emulator::{Fault, Pool};

/// The threads of this process.
fn threads() -> usize {
    fs::read_dir("/proc/self/task").unwrap().count()
}

/// The sockets of this process. Both ends of a connection are in it.
fn sockets() -> usize {
    let is_socket = |entry: &fs::DirEntry| {
        fs::read_link(entry.path()).is_ok_and(|target| target.to_string_lossy().starts_with("socket:"))
    };
    fs::read_dir("/proc/self/fd").unwrap().flatten().filter(is_socket).count()
}

/// Waits for what other threads do soon.
fn soon(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "{what}: {} threads, {} sockets",
            threads(),
            sockets()
        );
        thread::sleep(Duration::from_millis(1));
    }
}

/// One test alone in its process: it counts all threads.
#[test]
fn a_listing_that_is_dropped_early_leaves_no_thread_and_no_connection() {
    const DEPTH: u32 = 8;
    let pool = Pool::builder().generated_users(600, 1).build();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let (threads_before, sockets_before) = (threads(), sockets());
    let client = Client::builder()
        .user_pool_id(pool.id())
        .secret(pool.secret().clone())
        .host(server.url())
        .build()
        .unwrap();
    let begun = || {
        let mut users = client.users().list().limit(10).iter().prefetch(DEPTH);
        assert_eq!(
            users.by_ref().take(15).filter(Result::is_ok).count(),
            15,
            "the second page came from a thread"
        );
        users
    };
    pool.faults().always("users", Fault::slow(Duration::from_millis(20)));
    let mut most_threads = 0;
    for _ in 0..10 {
        let users = begun();
        most_threads = most_threads.max(threads() - threads_before);
        drop(users);
        soon("threads that go on after their listing", || threads() == threads_before);
    }
    let connections = server.connections();
    println!("10 listings dropped: {most_threads} threads at most, {connections} connections");
    assert_eq!(most_threads, DEPTH as usize);
    assert!(
        connections <= DEPTH as usize + 1,
        "{connections} connections: one for each thread and the reader"
    );

    // Requests that take long are not waited for.
    pool.faults().clear().always("users", Fault::slow(Duration::from_secs(1)));
    let users = begun();
    let began = Instant::now();
    drop(users);
    assert!(began.elapsed() < Duration::from_millis(500), "dropping took {:?}", began.elapsed());

    // Nor do the threads of one that is read to its end outlive it.
    pool.faults().clear();
    soon("threads that wait for a response", || threads() == threads_before);
    let mut users = begun();
    assert_eq!(users.by_ref().count(), 585);
    assert!(users.is_complete());
    soon("threads at the end of the list", || threads() == threads_before);
    drop(users);

    drop(client);
    soon("connections after the client", || sockets() == sockets_before);
    assert_eq!(threads(), threads_before);
}
