//! A plan that is stopped, and goes on.

use authing::bulk::{StopHandle, UpsertKey};
use authing::emulator::{Fault, Pool};
use authing::plan::{Missing, Undo};
use authing::{Retry, UserInput};

use crate::support::{File, pool_of, requests, row, users_of};

const BY: UpsertKey = UpsertKey::ExternalId;
const MISSING: Missing = Missing::Suspend { at_most: 5 };

fn rows() -> impl Iterator<Item = (String, UserInput)> {
    let changed = (0..10).map(|n| row(n).nickname("New").custom_data("level", 5));
    let new = (20..30).map(|n| row(n).custom_data("level", 5));
    changed.chain(new).enumerate().map(|(n, input)| (format!("k{n}"), input))
}

/// Without what differs between two pools.
fn people(pool: &Pool) -> Vec<String> {
    let users = users_of(pool).into_iter().map(|(key, mut user)| {
        for name in ["id", "createdAt"] {
            user.as_object_mut().unwrap().remove(name);
        }
        format!("{key}: {user}")
    });
    users.collect()
}

fn undisturbed() -> Vec<String> {
    let pool = pool_of(12);
    let plan = pool.client().users().plan(BY, rows).missing(MISSING).send().unwrap();
    assert!(plan.apply().send().unwrap().is_success());
    people(&pool)
}

#[test]
fn a_stopped_plan_goes_on_with_its_journal() {
    let expected = undisturbed();
    for stop_at in [0, 3, 9, 15, 19] {
        let (pool, journal, undo) = (pool_of(12), File::new(), File::new());
        let client = pool.client();
        let before = users_of(&pool);
        let plan = client.users().plan(BY, rows).missing(MISSING).send().unwrap();
        let (stop, mut seen) = (StopHandle::new(), 0);
        let apply = plan.apply().concurrency(2).journal(journal.path()).undo(undo.path()).stop(stop.clone());
        let stopped = apply.for_each(|_| {
            if seen == stop_at {
                stop.stop();
            }
            seen += 1;
        });
        let stopped = stopped.unwrap();
        assert_eq!(stopped.total(), 22);
        pool.clear_requests();
        let done = plan.apply().journal(journal.path()).undo(undo.path()).send().unwrap();
        assert!(done.is_success(), "{done}");
        let finished = stopped.total() - stopped.not_attempted;
        assert_eq!((done.total(), done.from_journal), (22, finished), "{stopped}");
        assert_eq!(people(&pool), expected);
        let opened = Undo::open(undo.path()).unwrap();
        let said = "10 users to change back, 10 to delete, 2 to activate, 0 to create again";
        assert_eq!((opened.to_string().lines().next(), opened.cannot().len()), (Some(said), 1), "{opened}");
        let undone = client.users().undo(undo.path()).send().unwrap();
        assert!(undone.is_success(), "{undone}");
        assert_eq!(users_of(&pool), before, "stopped at {stop_at}");
    }
}

#[test]
fn users_whom_a_stopped_plan_did_not_create_are_not_deleted_by_its_undo() {
    let (pool, undo) = (pool_of(1), File::new());
    let client = pool.client();
    let rows = || (0..40).map(|n| (n.to_string(), row(n)));
    for _ in 0..2 {
        let plan = client.users().plan(BY, rows).send().unwrap();
        let stop = StopHandle::new();
        let apply = plan.apply().concurrency(1).undo(undo.path()).stop(stop.clone());
        let stopped = apply.for_each(|_| stop.stop()).unwrap();
        assert!(stopped.not_attempted > 20 && stopped.created > 0, "{stopped}");
        let opened = Undo::open(undo.path()).unwrap();
        assert!(opened.cannot().is_empty(), "{opened}");
    }
    // Somebody else creates one of them.
    client.users().create_from(&row(39)).send().unwrap();
    assert!(client.users().undo(undo.path()).send().unwrap().is_success());
    let left: Vec<String> = users_of(&pool).keys().cloned().collect();
    assert_eq!(left, ["e0", "e39"]);
}

#[test]
fn a_user_whose_create_was_throttled_to_the_end_is_not_deleted_by_an_undo() {
    let (pool, undo) = (pool_of(1), File::new());
    let client = pool.client_builder().retry(Retry::none()).build().unwrap();
    let plan = client.users().plan(BY, || [("5", row(5))]).send().unwrap();
    pool.faults().always("createUser", Fault::status(429).retry_after(1));
    assert_eq!(plan.apply().undo(undo.path()).send().unwrap().failed, 1);
    pool.faults().clear();
    assert!(Undo::open(undo.path()).unwrap().is_empty());
    // The outcome of a later run counts, however it ends.
    pool.faults().next("createUser", Fault::error(2030, "no"));
    assert_eq!(plan.apply().undo(undo.path()).send().unwrap().failed, 1);
    assert!(Undo::open(undo.path()).unwrap().is_empty());
}

#[test]
fn a_new_plan_of_the_same_rows_goes_on_with_the_journal_and_the_undo_file_of_the_first() {
    let expected = undisturbed();
    for fault in
        [Fault::reset(), Fault::reset().after_carrying_out(), Fault::status(500).after_carrying_out()]
    {
        let (pool, journal, undo) = (pool_of(12), File::new(), File::new());
        let client = pool.client();
        let before = users_of(&pool);
        let plan = client.users().plan(BY, rows).missing(MISSING).send().unwrap();
        // Every third request fails, and so do the look-ups after it.
        pool.faults().every(3, fault.clone());
        let disturbed = plan.apply().concurrency(3).journal(journal.path()).undo(undo.path());
        let disturbed = disturbed.stop_after_failures(4).send();
        pool.faults().clear();
        drop((plan, disturbed));
        let plan = client.users().plan(BY, rows).missing(MISSING).send().unwrap();
        let done = plan.apply().journal(journal.path()).undo(undo.path()).send().unwrap();
        assert!(done.is_success(), "{done}");
        assert_eq!(people(&pool), expected);
        assert!(client.users().plan(BY, rows).missing(MISSING).send().unwrap().is_empty());
        let undone = client.users().undo(undo.path()).send().unwrap();
        assert!(undone.is_success(), "{undone}");
        assert_eq!(users_of(&pool), before);
    }
}

#[test]
fn a_journal_of_other_rows_is_rejected_and_a_row_that_may_have_been_sent_is_looked_up() {
    let (pool, journal) = (pool_of(1), File::new());
    let client = pool.client();
    let rows = || [("5", row(5))];
    let plan = client.users().plan(BY, rows).send().unwrap();
    pool.faults().times(1, "createUser", Fault::reset().after_carrying_out());
    pool.faults().times(9, "findUser", Fault::status(400));
    assert_eq!(plan.apply().journal(journal.path()).send().unwrap().unknown, 1);
    pool.faults().clear();
    assert_eq!(plan.apply().journal(journal.path()).send().unwrap().already_there, 1);
    assert_eq!(requests(&pool, "createUser"), 1 + 1, "one is that of the pool's own user");
    let other = client.users().plan(BY, || [("6", row(6))]).send().unwrap();
    let error = other.apply().journal(journal.path()).send().unwrap_err();
    assert_eq!(error.field(), Some("journal"), "{error}");
}

#[test]
fn what_a_new_plan_contains_is_carried_out_and_undone_again_although_the_files_of_the_first_have_it() {
    let (pool, journal, undo) = (pool_of(2), File::new(), File::new());
    let client = pool.client();
    let before = users_of(&pool);
    let rows = || [row(0).nickname("New"), row(1), row(5)].map(|row| ("k", row));
    for round in 0..3 {
        let plan = client.users().plan(BY, rows).send().unwrap();
        let apply = || plan.apply().journal(journal.path()).undo(undo.path()).send().unwrap();
        let done = apply();
        assert_eq!((done.changed, done.created, done.from_journal), (1, 1, 0), "round {round}: {done}");
        // The same plan is not carried out twice.
        assert_eq!(apply().from_journal, 2, "round {round}");
        assert!(client.users().plan(BY, rows).send().unwrap().is_empty());
        assert!(client.users().undo(undo.path()).send().unwrap().is_success());
        assert_eq!(users_of(&pool), before, "round {round}");
    }
}
