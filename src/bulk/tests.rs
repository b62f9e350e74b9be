//! Runs against the in-process emulator.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod journal;

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::*;
use crate::clock::Clock as _;
use crate::emulator::{Fault, Pool};
use crate::model::{CustomTarget, DataType, UserField};
use crate::retry::Retry;
use crate::transport::{Request, Transport};

fn people(count: usize) -> impl Iterator<Item = (String, UserInput)> {
    (0..count).map(|n| (format!("k{n}"), UserInput::new().username(format!("u{n}")).nickname("N")))
}

fn ids(pool: &Pool) -> Vec<String> {
    pool.client().users().list().iter().map(|user| user.unwrap().id).collect()
}

fn usernames(pool: &Pool) -> Vec<String> {
    let users = pool.client().users().list().iter();
    let mut names: Vec<String> = users.map(|user| user.unwrap().username.unwrap()).collect();
    names.sort_by_key(|name| name[1..].parse::<usize>().unwrap());
    names
}

fn expected(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("u{n}")).collect()
}

/// Returns how many requests of that operation the pool received.
fn requests(pool: &Pool, operation: &str) -> usize {
    pool.requests().iter().filter(|request| request.operation() == operation).count()
}

#[test]
fn every_row_is_reported_once_in_its_order_with_what_came_of_it() {
    let pool = Pool::new();
    pool.client().users().create().username("u3").send().unwrap();
    let mut keys = Vec::new();
    let rows = people(40).map(|(key, input)| match key.as_str() {
        "k5" => Err(Unreadable::new("line 6", "{", "torn")),
        "k7" => Ok(Row::new(key, UserInput::new().nickname("nobody"))),
        _ => Ok(Row::new(key, input)),
    });
    let summary = pool.client().bulk().concurrency(8).create(rows).for_each(|row| {
        match row.index {
            3 => assert!(matches!(row.outcome, Outcome::AlreadyThere(_))),
            5 => assert!(matches!(row.outcome, Outcome::Failed(_)) && row.input.is_none()),
            7 => assert!(matches!(row.outcome, Outcome::Failed(_))),
            _ => assert!(matches!(row.outcome, Outcome::Created(_)), "{row:?}"),
        }
        assert!(!row.is_from_journal);
        keys.push(row.key);
    });
    let summary = summary.unwrap();
    let mut expected: Vec<String> = (0..40).map(|n| format!("k{n}")).collect();
    expected[5] = "line 6".into();
    assert_eq!(keys, expected);
    assert_eq!((summary.created, summary.already_there, summary.failed, summary.total()), (37, 1, 2, 40));
    assert_eq!(ids(&pool).len(), 38);
}

#[test]
fn a_run_gives_up_after_failures_and_reports_the_rest_as_not_attempted() {
    let pool = Pool::new();
    let rows = (0..100).map(|n| (n.to_string(), UserInput::new()));
    let summary = pool.client().bulk().concurrency(1).stop_after_failures(3).create(rows).send().unwrap();
    assert!(summary.failed >= 3 && summary.not_attempted > 80, "{summary}");
    assert_eq!(summary.total(), 100);
}

#[test]
fn with_one_request_at_a_time_nothing_is_started_after_the_last_failure_allowed() {
    for _ in 0..20 {
        let pool = Pool::new();
        pool.faults().next("createUser", Fault::error(1001, "no"));
        let run = pool.client().bulk().concurrency(1).stop_after_failures(1).create(people(10));
        let summary = run.send().unwrap();
        assert_eq!((summary.failed, summary.not_attempted), (1, 9), "{summary}");
    }
}

#[test]
fn rows_with_an_unknown_outcome_count_as_failures() {
    let pool = Pool::new();
    pool.faults().always("createUser", Fault::reset());
    pool.faults().always("findUser", Fault::status(400));
    let run = pool.client().bulk().concurrency(1).stop_after_failures(3).create(people(100));
    let summary = run.send().unwrap();
    assert!(summary.unknown >= 3 && summary.not_attempted > 80, "{summary}");
}

#[test]
fn a_throttled_row_waits_as_long_as_the_service_asks() {
    let (pool, clock) = (Pool::new(), crate::clock::fake::FakeClock::default());
    let client = pool.client_builder().clock(clock.clone()).retry(Retry::none()).build().unwrap();
    pool.faults().times(1, "createUser", Fault::status(429).retry_after(30));
    let before = clock.now();
    assert_eq!(client.bulk().create(people(1)).send().unwrap().created, 1);
    assert!(clock.now() - before >= Duration::from_secs(30));
}

#[test]
fn of_rows_that_are_processed_together_only_the_throttled_one_is_processed_again() {
    let pool = Pool::builder().generated_users(3, 1).build();
    let clock = crate::clock::fake::FakeClock::default();
    let client = pool.client_builder().clock(clock).retry(Retry::none()).build().unwrap();
    let change = |id: &String| (id.clone(), UserChange::new(id, UserPatch::new().nickname("N")));
    let rows: Vec<_> = ids(&pool).iter().map(change).collect();
    pool.faults().next("updateUser", Fault::status(429));
    let summary = client.bulk().update(rows).send().unwrap();
    assert_eq!((summary.changed, requests(&pool, "updateUser")), (3, 3 + 1), "{summary}");
}

#[test]
fn the_wait_of_a_throttled_row_ends_when_the_run_is_stopped() {
    let (pool, clock, stop) = (Pool::new(), crate::clock::fake::FakeClock::default(), StopHandle::new());
    let (inner, stopped) = (pool.clone(), stop.clone());
    let transport = move |request: &Request| {
        if request.operation() == "createUser" {
            stopped.stop();
        }
        inner.send(request)
    };
    let client = pool.client_builder().clock(clock.clone()).retry(Retry::none()).transport(transport);
    pool.faults().always("createUser", Fault::status(429).retry_after(30));
    let before = clock.now();
    let summary = client.build().unwrap().bulk().stop(stop).create(people(1)).send().unwrap();
    assert_eq!((summary.failed, clock.now() - before), (1, Duration::ZERO), "{summary}");
}

#[test]
fn a_row_after_one_of_the_same_user_with_an_unknown_outcome_is_compared_with_what_is_there() {
    let pool = Pool::new();
    let client = pool.client_builder().retry(Retry::none()).build().unwrap();
    let id = client.users().create().username("u0").nickname("N").send().unwrap().id;
    pool.faults().times(1, "updateUser", Fault::reset().after_carrying_out());
    let rows = ["A", "N"].map(|name| (name, UserChange::new(&id, UserPatch::new().nickname(name))));
    let summary = client.bulk().update(rows).send().unwrap();
    assert_eq!((summary.unknown, summary.changed), (1, 1), "{summary}");
    assert_eq!(client.users().detail(&id).send().unwrap().unwrap().nickname.as_deref(), Some("N"));
}

#[test]
fn a_run_stops_on_request() {
    let (pool, stop) = (Pool::new(), StopHandle::new());
    let run = pool.client().bulk().concurrency(2).stop(stop.clone()).create(people(500));
    let summary = run
        .for_each(|row| {
            if row.index == 4 {
                stop.stop();
            }
        })
        .unwrap();
    assert_eq!(summary.total(), 500);
    assert!(summary.created >= 5 && summary.not_attempted > 400, "{summary}");
    assert_eq!(u64::try_from(ids(&pool).len()).unwrap(), summary.created);
}

#[test]
fn rows_are_read_no_further_ahead_than_the_workers_need() {
    let (pool, read) = (Pool::new(), Cell::new(0_u64));
    let rows = people(400).inspect(|_| read.set(read.get() + 1));
    let mut progress = Vec::new();
    let run = pool.client().bulk().concurrency(2).on_progress(|p| progress.push((p.done(), p.total)));
    run.create(rows).for_each(|row| assert!(read.get() - row.index <= 18, "{}", read.get())).unwrap();
    assert_eq!(progress.last(), Some(&(400, Some(400))));
}

#[test]
fn an_upsert_creates_changes_and_leaves_alone_and_the_second_time_only_reads() {
    let pool = Pool::new();
    let client = pool.client();
    client.users().create().username("u1").nickname("old").company("kept").send().unwrap();
    client.users().create().username("u2").nickname("N").send().unwrap();
    let mut fields = Vec::new();
    let run = client.bulk().upsert(UpsertKey::Username, people(100));
    let summary = run
        .for_each(|row| {
            if let Outcome::Changed { fields: changed, before, user, .. } = row.outcome {
                assert_eq!(before.unwrap().nickname.as_deref(), Some("old"));
                assert_eq!(user.company.as_deref(), Some("kept"));
                fields = changed;
            }
        })
        .unwrap();
    assert_eq!((summary.created, summary.changed, summary.unchanged), (98, 1, 1));
    assert_eq!(fields, [UserField::Nickname]);
    let before = client.stats().requests;
    let summary = client.bulk().upsert(UpsertKey::Username, people(100)).send().unwrap();
    assert_eq!((summary.unchanged, client.stats().requests - before), (100, 5));
}

#[test]
fn an_upsert_changes_users_whose_rows_have_fields_that_only_a_create_sets() {
    let pool = Pool::new();
    let client = pool.client();
    client.users().create().username("u1").nickname("old").send().unwrap();
    let row =
        UserInput::new().username("u1").nickname("N").signed_up("2019-10-15T17:55:37Z").is_deleted(false);
    let rows = || [("k", row.clone().register_source(["hr"]))];
    let summary = client.bulk().upsert(UpsertKey::Username, rows()).send().unwrap();
    assert_eq!((summary.changed, summary.total()), (1, 1), "{summary}");
    assert_eq!(client.bulk().upsert(UpsertKey::Username, rows()).send().unwrap().unchanged, 1);
}

#[test]
fn the_outcome_of_a_row_of_which_one_half_was_carried_out_is_unknown() {
    let pool = Pool::new();
    let client = pool.client();
    client.custom_fields().set(CustomTarget::User, "level", DataType::Number, "Level").send().unwrap();
    client.users().create().username("u0").nickname("old").send().unwrap();
    let refuse = || {
        pool.faults().times(1, "updateUser", Fault::error(2030, "no"));
    };
    let upsert = |row: UserInput| client.bulk().upsert(UpsertKey::Username, [("k", row)]).send().unwrap();
    let row = UserInput::new().username("u0").nickname("N");
    refuse();
    let summary = upsert(row.clone().custom_data("level", 1));
    assert_eq!((summary.unknown, summary.failed), (1, 0), "{summary}");
    refuse();
    // Of this row, nothing else was carried out.
    let summary = upsert(row);
    assert_eq!((summary.unknown, summary.failed), (0, 1), "{summary}");
}

#[test]
fn users_are_changed_blocked_and_suspended_by_id() {
    let pool = Pool::new();
    let client = pool.client();
    client.bulk().create(people(30)).send().unwrap();
    let ids = ids(&pool);
    let changes = ids.iter().map(|id| (id, UserChange::new(id, UserPatch::new().clear(UserField::Nickname))));
    let summary = client.bulk().update(changes).send().unwrap();
    assert_eq!(summary.changed, 30);
    let with_nobody = ids.iter().map(String::as_str).chain(["5f718016d8e5f7e9d6d3a1b2"]);
    let summary = client.bulk().block(with_nobody).send().unwrap();
    assert_eq!((summary.changed, summary.failed), (30, 1));
    assert_eq!(client.bulk().block(&ids).send().unwrap().unchanged, 30);
    assert!(client.users().list().iter().all(|user| user.unwrap().blocked == Some(true)));
    assert_eq!(client.bulk().unblock(&ids).send().unwrap().changed, 30);
    assert!(client.users().list().iter().all(|user| user.unwrap().blocked == Some(false)));
    assert_eq!(client.bulk().suspend(&ids).send().unwrap().done, 30);
    let suspended = Some(crate::model::UserStatus::Suspended);
    assert!(client.users().list().iter().all(|user| user.unwrap().status == suspended));
    assert_eq!(client.bulk().activate(&ids).send().unwrap().done, 30);
}

#[test]
fn five_thousand_memberships_are_sixty_three_requests() {
    let pool = Pool::builder().generated_users(5_000, 7).build();
    let client = pool.client();
    client.groups().create("staff", "Staff").send().unwrap();
    client.roles().create("auditor").send().unwrap();
    let ids = ids(&pool);
    for run in [client.bulk().add_to_group("staff", &ids), client.bulk().add_role("auditor", &ids)] {
        let before = client.stats().requests;
        let summary = run.send().unwrap();
        assert_eq!((summary.done, client.stats().requests - before), (5_000, 63));
    }
    assert_eq!(client.groups().list_users("staff").send().unwrap().total_count, 5_000);
    assert_eq!(client.bulk().remove_from_group("staff", &ids).send().unwrap().done, 5_000);
    assert_eq!(client.groups().list_users("staff").send().unwrap().total_count, 0);
}

#[test]
fn a_role_of_another_namespace_is_assigned_and_removed() {
    let pool = Pool::new();
    let client = pool.client();
    client.access().create_namespace("shop", "Shop").send().unwrap();
    client.roles().create("seller").namespace("shop").send().unwrap();
    client.bulk().create(people(3)).send().unwrap();
    let (ids, in_shop) = (ids(&pool), || client.bulk().namespace("shop"));
    let count = || client.roles().list_users("seller").namespace("shop").send().unwrap().total_count;
    assert_eq!((in_shop().add_role("seller", &ids).send().unwrap().done, count()), (3, 3));
    assert_eq!((in_shop().remove_role("seller", &ids).send().unwrap().done, count()), (3, 0));
    assert_eq!(
        client.bulk().add_role("seller", &ids).send().unwrap().failed,
        3,
        "there is none in `default`"
    );
}

#[test]
fn one_bad_row_of_a_request_fails_alone() {
    let pool = Pool::new();
    let client = pool.client();
    client.bulk().create(people(100)).send().unwrap();
    let ids = ids(&pool);
    let nobody = "5f718016d8e5f7e9d6d3a1b2";
    let rows =
        ids.iter().take(50).map(String::as_str).chain([nobody]).chain(ids[50..].iter().map(String::as_str));
    let summary = client.bulk().delete(rows).for_each(|row| {
        assert_eq!(matches!(row.outcome, Outcome::Failed(_)), row.key == nobody, "{row:?}");
    });
    assert_eq!((summary.unwrap().done, self::ids(&pool).len()), (100, 0));
}

#[test]
fn throttled_rows_are_sent_again_and_no_row_twice() {
    let pool = Pool::new();
    pool.faults().every(3, Fault::status(429).retry_after(1));
    let summary = pool.client().bulk().concurrency(8).create(people(200)).send().unwrap();
    pool.faults().clear();
    assert_eq!(summary.created, 200, "{summary}");
    assert_eq!(usernames(&pool), expected(200));
}

#[test]
fn an_unknown_outcome_is_looked_up_and_never_sent_again() {
    let pool = Pool::new();
    pool.faults().times(1, "createUser", Fault::reset().after_carrying_out());
    pool.faults().times(1, "createUser", Fault::reset());
    let mut outcomes = Vec::new();
    let run = pool.client().bulk().concurrency(1).create(people(3));
    run.for_each(|row| outcomes.push(row.outcome)).unwrap();
    assert!(matches!(outcomes[0], Outcome::AlreadyThere(_)), "{outcomes:?}");
    assert!(matches!(outcomes[1], Outcome::Unknown(_)), "{outcomes:?}");
    assert!(matches!(outcomes[2], Outcome::Created(_)), "{outcomes:?}");
    assert_eq!(requests(&pool, "createUser"), 3);
    let ids = ids(&pool);
    pool.faults().next("deleteUsers", Fault::reset().after_carrying_out());
    assert_eq!(pool.client().bulk().delete(&ids).send().unwrap().done, 2);
    assert_eq!(requests(&pool, "deleteUsers"), 1);
}

#[test]
fn a_transport_that_panics_leaves_the_outcome_unknown_and_the_run_goes_on() {
    let pool = Pool::new();
    let (inner, sent) = (pool.clone(), AtomicUsize::new(0));
    let transport = move |request: &Request| {
        if request.operation() == "createUser" && sent.fetch_add(1, Ordering::Relaxed) == 2 {
            panic!("planted");
        }
        inner.send(request)
    };
    let client = pool.client_builder().transport(transport).build().unwrap();
    let summary = client.bulk().create(people(20)).send().unwrap();
    assert_eq!((summary.unknown, summary.created), (1, 19));
}

#[test]
fn shards_share_the_rows_without_overlap() {
    let pool = Pool::new();
    let mut total = 0;
    for part in 0..3 {
        let summary = pool.client().bulk().shard(part, 3).create(people(90)).send().unwrap();
        assert_eq!(summary.total(), summary.created);
        assert!(summary.created > 10);
        total += summary.created;
    }
    assert_eq!((total, usernames(&pool)), (90, expected(90)));
    assert!(pool.client().bulk().shard(3, 3).create(people(1)).send().is_err());
}

#[test]
fn failed_rows_are_written_as_they_are_read() {
    let pool = Pool::new();
    let file = "{\"key\":\"a\",\"input\":{\"nickname\":\"x\"}}\n\n{\"key\":\n{\"key\":\"b\",\"input\":{\"username\":\"b\"}}\n";
    let mut failed = Vec::new();
    let run = pool.client().bulk().create(read_rows::<UserInput, _>(file.as_bytes()));
    let summary = run
        .for_each(|row| {
            if !row.outcome.is_success() {
                row.write_row(&mut failed).unwrap();
            }
        })
        .unwrap();
    assert_eq!((summary.created, summary.failed), (1, 2));
    let lines = String::from_utf8(failed).unwrap();
    assert_eq!(lines, "{\"key\":\"a\",\"input\":{\"nickname\":\"x\"}}\n{\"key\":\n");
}

#[test]
fn a_dry_run_of_every_kind_changes_nothing_and_plans_each_request_once() {
    let pool = Pool::new();
    pool.client().bulk().create(people(100)).send().unwrap();
    let (before, ids) = (pool.snapshot(), ids(&pool));
    let dry_run = crate::transport::DryRun::new(pool.clone());
    let client = pool.client_builder().transport(dry_run.clone()).build().unwrap();
    let values = |id: &String| (id.clone(), UserValues::new(id, CustomDataInput::new().value("age", 7)));
    let others = people(10).map(|(key, _)| (key.clone(), UserInput::new().username(key)));
    for run in [
        client.bulk().delete(&ids).send(),
        client.bulk().block(&ids).send(),
        client.bulk().add_to_group("staff", &ids).send(),
        client.bulk().set_custom_data(ids.iter().map(values)).send(),
    ] {
        assert_eq!(run.unwrap().failed, 100);
    }
    assert_eq!(dry_run.plan().len(), 2 + 100 + 2 + 2);
    dry_run.forget();
    assert_eq!(client.bulk().create(others).send().unwrap().failed, 10);
    assert_eq!(dry_run.plan().len(), 10);
    let untimed =
        |snapshot: String| serde_json::from_str::<serde_json::Value>(&snapshot).unwrap()["users"].take();
    assert_eq!(untimed(pool.snapshot()), untimed(before));
}

#[test]
fn an_id_that_is_given_twice_is_deleted_once_and_done_both_times() {
    let pool = Pool::new();
    pool.client().bulk().create(people(100)).send().unwrap();
    let mut rows = ids(&pool);
    // In the same request, in a later one, and with one that never existed, twice as well.
    let (first, unknown) = (rows[0].clone(), "5f718016d8e5f7e9d6d3a1b2".to_owned());
    rows.insert(1, first.clone());
    rows.extend([first.clone(), unknown.clone(), unknown.clone(), first]);
    let mut failed = Vec::new();
    let summary = pool
        .client()
        .bulk()
        .concurrency(1)
        .delete(rows)
        .for_each(|row| match row.outcome {
            Outcome::Done => {}
            outcome => {
                assert!(outcome.error().unwrap().is_not_found(), "{outcome:?}");
                failed.push(row.input.unwrap());
            }
        })
        .unwrap();
    assert_eq!((summary.done, summary.failed), (103, 2));
    assert_eq!(failed, [unknown.clone(), unknown]);
    assert_eq!(ids(&pool), [""; 0]);
}
