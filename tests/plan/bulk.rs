//! Bulk runs on the pool: custom data, roles, keys of upserts, throttling, and what a stopped run leaves
//! behind.

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;
#[cfg(target_os = "linux")]
use std::time::{Duration, Instant};

use authing::bulk::{StopHandle, UpsertKey, UserChange, UserValues, read_rows};
#[cfg(target_os = "linux")]
use authing::emulator::Fault;
use authing::emulator::Pool;
#[cfg(target_os = "linux")]
use authing::transport::UreqTransport;
use authing::transport::{Request, Response, Transport};
use authing::{Client, CustomDataInput, Retry, UserInput, UserPatch};
use serde_json::json;

use crate::support::{define_fields, pool_of, requests, row, users_of};

#[test]
fn custom_data_of_many_is_set_and_failed_rows_can_be_read_again() {
    let pool = pool_of(100);
    let client = pool.client();
    let ids: Vec<String> = client.users().list().iter().map(|user| user.unwrap().id).collect();
    let values = ids.iter().enumerate().map(|(n, id)| {
        let value = if n == 7 { "no number".into() } else { authing::CustomValue::from(n as u64) };
        (id.clone(), UserValues::new(id, CustomDataInput::new().value("level", value).value("remote", true)))
    });
    pool.clear_requests();
    let mut failed = Vec::new();
    let summary = client.bulk().set_custom_data(values).for_each(|row| {
        if !row.outcome.is_success() {
            row.write_row(&mut failed).unwrap();
        }
    });
    let summary = summary.unwrap();
    assert_eq!((summary.done, summary.failed), (99, 1), "{summary}");
    let users = users_of(&pool);
    // The list is that of creation, oldest first.
    assert_eq!(users["e5"]["customData"], json!({"level": 5, "remote": true}));
    assert_eq!(users["e99"]["customData"], json!({"level": 99, "remote": true, "city": "Utrecht"}));
    assert_eq!(users["e7"]["customData"], json!({}));
    let failed = String::from_utf8(failed).unwrap().replace("\"no number\"", "70");
    let again = client.bulk().set_custom_data(read_rows::<UserValues, _>(failed.as_bytes())).send().unwrap();
    assert_eq!(again.done, 1);
    assert_eq!(users_of(&pool)["e7"]["customData"], json!({"level": 70, "remote": true}));
}

#[test]
fn roles_are_given_and_taken() {
    let pool = pool_of(100);
    let client = pool.client();
    client.roles().create("auditor").send().unwrap();
    let ids: Vec<String> = client.users().list().iter().map(|user| user.unwrap().id).collect();
    assert_eq!(client.bulk().add_role("auditor", &ids).send().unwrap().done, 100);
    let count = || client.roles().list_users("auditor").send().unwrap().total_count;
    assert_eq!(count(), 100);
    pool.clear_requests();
    assert_eq!(client.bulk().remove_role("auditor", &ids[..90]).send().unwrap().done, 90);
    assert_eq!((count(), requests(&pool, "revokeRole")), (10, 2));
}

#[test]
fn users_are_upserted_by_email_phone_and_external_id_with_their_custom_data() {
    type Named = fn(UserInput, usize) -> UserInput;
    let keys: [(UpsertKey, Named); 3] = [
        (UpsertKey::Email, |input, n| input.email(format!("A{n}@Example.com"))),
        (UpsertKey::Phone, |input, n| input.phone(format!("188000{n}"))),
        (UpsertKey::ExternalId, |input, n| input.external_id(format!("x{n}"))),
    ];
    for (by, with_key) in keys {
        let pool = Pool::new();
        let client = pool.client();
        define_fields(&client);
        let rows = |nickname: &'static str, level: i32| {
            (0..50).map(move |n| {
                let input = UserInput::new().nickname(nickname).custom_data("level", level);
                (n.to_string(), with_key(input, n))
            })
        };
        let upsert = |nickname, level| client.bulk().upsert(by, rows(nickname, level)).send().unwrap();
        let summary = upsert("A", 1);
        assert_eq!((summary.created, summary.total()), (50, 50), "{by:?} {summary}");
        assert_eq!(upsert("A", 1).unchanged, 50, "{by:?}");
        assert_eq!(upsert("B", 1).changed, 50);
        pool.clear_requests();
        assert_eq!(upsert("B", 2).changed, 50);
        // Only custom data differs.
        assert_eq!((requests(&pool, "updateUser"), requests(&pool, "setUdvBatch")), (0, 50));
        let users = users_of(&pool);
        assert_eq!(users.len(), 50);
        assert!(users.values().all(|user| user["nickname"] == "B" && user["customData"]["level"] == 2));
    }
}

#[test]
fn fewer_requests_are_in_progress_once_the_service_throttles() {
    const MOST: usize = 2;
    const AT_ONCE: usize = 16;
    let pool = Pool::new();
    let (inner, busy, seen) =
        (pool.clone(), AtomicUsize::new(0), std::sync::Arc::new(Mutex::new(Vec::new())));
    let kept = std::sync::Arc::clone(&seen);
    // The first requests are in progress together, however busy the machine is.
    let (all_at_once, begun) = (Barrier::new(AT_ONCE), AtomicUsize::new(0));
    let transport = move |request: &Request| {
        if request.operation() != "createUser" {
            return inner.send(request);
        }
        let now = busy.fetch_add(1, Ordering::SeqCst) + 1;
        kept.lock().unwrap().push(now);
        if begun.fetch_add(1, Ordering::SeqCst) < AT_ONCE {
            all_at_once.wait();
        }
        // Long enough for the other workers to begin as well.
        (0..2_000).for_each(|_| thread::yield_now());
        let response = match now > MOST {
            true => Ok(Response::new(429, "").with_header("retry-after", "1")),
            false => inner.send(request),
        };
        busy.fetch_sub(1, Ordering::SeqCst);
        response
    };
    let client = pool.client_builder().transport(transport).retry(Retry::none()).build().unwrap();
    let rows = (0..300).map(|n| (n.to_string(), UserInput::new().username(format!("u{n}"))));
    let summary = client.bulk().concurrency(AT_ONCE).create(rows).send().unwrap();
    assert_eq!(summary.created, 300, "{summary}");
    let seen = seen.lock().unwrap();
    let (first, rest) = seen.split_at(AT_ONCE);
    assert_eq!(first.iter().max(), Some(&AT_ONCE));
    let late = &rest[rest.len() / 2..];
    assert!(late.iter().max().unwrap() <= &4, "{late:?}");
    assert!(late.iter().filter(|now| **now > MOST).count() < late.len() / 4, "{late:?}");
}

/// The threads of this process, and its sockets.
#[cfg(target_os = "linux")]
fn held() -> (usize, usize) {
    let threads = std::fs::read_dir("/proc/self/task").unwrap().count();
    let files = std::fs::read_dir("/proc/self/fd").unwrap();
    let links = files.filter_map(|file| std::fs::read_link(file.unwrap().path()).ok());
    (threads, links.filter(|link| link.to_string_lossy().starts_with("socket:")).count())
}

/// Does nothing unless the test below starts it, in a process where nothing else has threads.
#[cfg(target_os = "linux")]
#[test]
fn stopped_child() {
    if std::env::var("PLAN_STOPPED").is_err() {
        return;
    }
    const AT_ONCE: usize = 8;
    let pool = Pool::new();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let journal = crate::support::File::new();
    let before = held();
    // Threads and connections that have ended are gone a moment later.
    let until = |what: &str, is_so: &dyn Fn((usize, usize)) -> bool| {
        let late = Instant::now() + Duration::from_secs(20);
        while !is_so(held()) {
            assert!(Instant::now() < late, "{what}: {before:?} before, {:?} now", held());
            thread::yield_now();
        }
    };
    // Both ends of a connection are in this process.
    let at_most = |connections: usize| {
        until("more than the idle connections", &|now| {
            now.0 == before.0 && now.1 <= before.1 + 2 * connections
        });
    };
    let client = |timeout: Duration| {
        let transport = UreqTransport::builder().max_idle_age(Duration::from_millis(50)).build();
        let client = Client::builder().user_pool_id(pool.id()).secret(pool.secret().clone()).timeout(timeout);
        client.host(server.url()).transport(transport).retry(Retry::none()).build().unwrap()
    };
    let run = |client: &Client, last: u64| {
        let stop = StopHandle::new();
        let rows = (0..10_000).map(|n| (n.to_string(), row(n)));
        let run = client.bulk().concurrency(AT_ONCE).journal(journal.path()).stop(stop.clone()).create(rows);
        let mut during = (0, 0);
        let summary = run.for_each(|row| {
            if row.index == last {
                during = held();
                stop.stop();
            }
        });
        assert!(summary.unwrap().not_attempted > 5_000);
        during
    };

    let patient = client(Duration::from_secs(30));
    let during = run(&patient, 40);
    assert!(during.0 > before.0 + AT_ONCE && during.1 > before.1 + AT_ONCE, "{before:?} {during:?}");
    at_most(AT_ONCE);
    let after = held();
    // Connections that are idle for longer than they are kept are closed by the next call.
    thread::sleep(Duration::from_millis(60));
    patient.users().list().limit(1).send().unwrap();
    at_most(1);
    drop(patient);
    at_most(0);
    println!("threads and sockets: {before:?} before, {during:?} during, {after:?} after");

    // Requests that were given up keep no connection, and others take their place.
    pool.faults().always("createUser", Fault::slow(Duration::from_secs(1)));
    let hasty = client(Duration::from_millis(20));
    let connections = server.connections();
    run(&hasty, 60);
    at_most(AT_ONCE);
    assert!(server.connections() > connections + AT_ONCE, "{}", server.connections() - connections);
    drop(hasty);
    at_most(0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_stopped_leaves_no_threads_and_no_connections_behind() {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "bulk::stopped_child", "--test-threads", "1", "--nocapture"])
        .env("PLAN_STOPPED", "1")
        .output()
        .unwrap();
    assert!(
        child.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&child.stdout),
        String::from_utf8_lossy(&child.stderr)
    );
}

#[test]
fn a_row_without_a_value_of_its_key_fails_alone() {
    let pool = pool_of(3);
    let client = pool.client();
    for empty in ["", " "] {
        let rows = || {
            [row(0), row(1).external_id(empty), row(2)]
                .map(|row| ("k", row.nickname(empty.len().to_string())))
        };
        let summary = client.bulk().upsert(UpsertKey::ExternalId, rows()).send().unwrap();
        assert_eq!((summary.changed, summary.failed), (2, 1), "upsert with `{empty}`: {summary}");
        let ids: Vec<String> = client.users().list().iter().map(|user| user.unwrap().id).collect();
        let patch = || UserPatch::new().company(format!("C{}", empty.len()));
        let changes = [&ids[0], empty, &ids[2]].map(|id: &str| ("k", UserChange::new(id, patch())));
        let summary = client.bulk().update(changes).send().unwrap();
        assert_eq!((summary.changed, summary.failed), (2, 1), "update with `{empty}`: {summary}");
    }
}
