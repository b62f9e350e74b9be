//! Putting back what was applied.

use std::fs;

use authing::bulk::{StopHandle, UpsertKey};
use authing::emulator::{Fault, Pool};
use authing::plan::{Missing, Undo};
use authing::{Client, User, UserField, UserInput, UserStatus};
use serde_json::json;

use crate::support::{File, changes, pool_of, row, users_of};

const BY: UpsertKey = UpsertKey::ExternalId;

fn rows() -> impl Iterator<Item = (String, UserInput)> {
    let unchanged = (0..4).map(row);
    let changed = (4..12).map(|n| match n % 4 {
        0 => row(n).nickname("New").gender("F").blocked(true).name("Name").photo("https://x/y"),
        1 => row(n).email(format!("new{n}@example.com")).username(format!("new{n}")).phone(format!("188{n}")),
        2 => row(n).custom_data("level", 2).custom_data("city", "Leiden").custom_data("remote", true),
        _ => row(n)
            .company("New")
            .last_login("2020-10-15T17:55:37.5Z")
            .custom_data("since", "2020-10-15T17:55:37Z"),
    });
    let new = (30..36).map(|n| row(n).password("planted-1").oauth("planted-2").custom_data("level", 4));
    let all = unchanged.chain(changed).chain(new);
    all.enumerate().map(|(n, input)| (format!("k{n}"), input))
}

/// The user with that external id.
fn user(client: &Client, external_id: &str) -> User {
    client.users().find().external_id(external_id).send().unwrap().unwrap()
}

#[test]
fn undo_puts_the_pool_back_field_by_field() {
    let pool = pool_of(16);
    let client = pool.client();
    // A suspended user stays one.
    client.users().suspend(user(&client, "e15").id).send().unwrap();
    let before = users_of(&pool);
    for faults in [false, true] {
        let undo = File::new();
        let plan = client.users().plan(BY, rows).missing(Missing::Suspend { at_most: 9 }).send().unwrap();
        assert_eq!(
            (plan.summary().create, plan.summary().change, plan.summary().suspend),
            (6, 8, 3),
            "{plan}"
        );
        if faults {
            pool.faults().times(2, "createUser", Fault::reset().after_carrying_out());
            pool.faults().times(2, "createUser", Fault::status(503).after_carrying_out());
            pool.faults().times(2, "updateUser", Fault::reset().after_carrying_out());
            pool.faults().times(1, "setUdvBatch", Fault::reset());
        }
        let done = plan.apply().concurrency(4).undo(undo.path()).send().unwrap();
        pool.faults().clear();
        assert!(done.is_success(), "{done}");
        assert!(client.users().plan(BY, rows).send().unwrap().is_empty());
        assert_ne!(users_of(&pool), before);
        assert!(!undo.text().contains("planted"), "{}", undo.text());
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;

            assert_eq!(fs::metadata(undo.path()).unwrap().mode() & 0o077, 0);
        }

        let opened = Undo::open(undo.path()).unwrap();
        assert_eq!(
            opened.to_string().lines().next().unwrap(),
            "8 users to change back, 6 to delete, 3 to activate, 0 to create again"
        );
        let losses: Vec<String> = opened.cannot().iter().map(ToString::to_string).collect();
        assert_eq!(losses, ["3 users: they were suspended, and have to sign in again"]);
        let undone = client.users().undo(undo.path()).concurrency(4).send().unwrap();
        assert!(undone.is_success(), "{undone}");
        assert_eq!((undone.changed, undone.done), (8, 9));
        assert_eq!(users_of(&pool), before);
        // The second time it is the same.
        assert!(client.users().undo(undo.path()).send().unwrap().is_success());
        assert_eq!(users_of(&pool), before);
    }
}

#[test]
fn a_deleted_user_is_created_again_and_what_is_lost_is_said_beforehand() {
    let pool = Pool::new();
    let client = pool.client();
    crate::support::define_fields(&client);
    let users = client.users();
    let bob = users.create().external_id("e1").username("bob").password("planted-1").oauth("planted-2");
    let bob =
        bob.email("bob@example.com").last_login("2020-10-15T17:55:37Z").signed_up("2019-10-15T17:55:37Z");
    let bob =
        bob.register_source(["hr"]).custom_data("level", 3).custom_data("since", "2020-10-15T17:55:37Z");
    let bob = bob.send().unwrap();
    users.update(&bob.id).city("Utrecht").province("Utrecht").clear(UserField::Photo).send().unwrap();
    users.suspend(&bob.id).send().unwrap();
    let before = users_of(&pool)["e1"].clone();
    let undo = File::new();
    let plan = users.plan(BY, || [("2", row(2))]).missing(Missing::Delete { at_most: 1 }).send().unwrap();
    assert!(plan.apply().undo(undo.path()).send().unwrap().is_success());
    assert!(!users_of(&pool).contains_key("e1"));
    assert!(!undo.text().contains("planted") && undo.text().contains("bob@example.com"), "{}", undo.text());

    let losses = Undo::open(undo.path()).unwrap().cannot();
    assert_eq!(losses.len(), 1);
    assert!(losses[0].users == 1 && losses[0].what.contains("another id"), "{losses:?}");
    assert!(users.undo(undo.path()).send().unwrap().is_success());
    let mut after = users_of(&pool);
    assert_eq!(after.len(), 1);
    let (mut before, mut after) = (before, after.remove("e1").unwrap());
    assert_eq!(after["status"], json!("Suspended"));
    for lost in ["id", "createdAt", "passwordHash", "oauth", "photo"] {
        before.as_object_mut().unwrap().remove(lost);
        after.as_object_mut().unwrap().remove(lost);
    }
    assert_eq!(before, after);
}

#[test]
fn an_undo_file_of_something_else_is_rejected_and_a_torn_line_is_survived() {
    let pool = pool_of(3);
    let client = pool.client();
    let undo = File::new();
    let apply = |nickname: &'static str, undo: &File| {
        let rows = move || [("1", row(1).nickname(nickname))];
        client.users().plan(BY, rows).send().unwrap().apply().undo(undo.path()).send()
    };
    apply("A", &undo).unwrap();
    let error = apply("B", &undo).unwrap_err();
    assert!(error.field() == Some("undo") && error.to_string().contains("other rows"), "{error}");
    let other = Pool::builder().id("other").build().client();
    let error = other.users().undo(undo.path()).send().unwrap_err();
    assert!(error.to_string().contains("another pool"), "{error}");
    let plan = client.users().plan(BY, || [("1", row(1).nickname("B"))]).send().unwrap();
    let error = plan.apply().undo(undo.path()).journal(undo.path()).send().unwrap_err();
    assert_eq!(error.to_string(), "plan: undo: must be another file than the journal");
    let alien = File::new();
    for text in ["{\"username\": \"bob\"}\n", "id,username\n1,bob\n", "x"] {
        fs::write(alien.path(), text).unwrap();
        assert!(Undo::open(alien.path()).unwrap_err().to_string().contains("is not an undo file"), "{text}");
        assert_eq!(apply("B", &alien).unwrap_err().field(), Some("undo"));
        assert_eq!(alien.text(), text);
    }
    assert_eq!(users_of(&pool)["e1"]["nickname"], json!("A"));
    let whole = undo.text();
    for cut in whole.find('\n').unwrap() + 1..whole.len() {
        fs::write(undo.path(), &whole.as_bytes()[..cut]).unwrap();
        assert!(Undo::open(undo.path()).unwrap().is_empty(), "cut at {cut}");
    }
    // The torn line is cut off before others are appended.
    let undo_of_a = File::new();
    client.users().undo(undo.path()).send().unwrap();
    fs::write(undo_of_a.path(), &whole.as_bytes()[..whole.len() - 3]).unwrap();
    client.users().update(user(&client, "e1").id).nickname("N1").send().unwrap();
    apply("A", &undo_of_a).unwrap();
    assert_eq!(undo_of_a.text(), whole);
}

#[test]
fn a_create_that_was_rejected_because_others_were_faster_is_not_undone() {
    let pool = pool_of(1);
    let client = pool.client();
    let undo = File::new();
    let rows = || [("5", row(5)), ("6", row(6))];
    let plan = client.users().plan(BY, rows).send().unwrap();
    // Between the plan and its application.
    client.users().create().external_id("e5").username("u5").email("u5@example.com").send().unwrap();
    let done = plan.apply().undo(undo.path()).send().unwrap();
    assert_eq!((done.already_there, done.created), (1, 1));
    pool.clear_requests();
    client.users().undo(undo.path()).send().unwrap();
    assert_eq!(changes(&pool), ["deleteUsers"]);
    let left: Vec<String> = users_of(&pool).keys().cloned().collect();
    assert_eq!(left, ["e0", "e5"]);
    assert_eq!(user(&client, "e0").status, Some(UserStatus::Activated));
}

#[test]
fn an_undo_that_failed_halfway_is_completed_by_the_next_one() {
    let pool = pool_of(1);
    let client = pool.client();
    let users = client.users();
    let id = user(&client, "e0").id;
    users.update(&id).city("Utrecht").send().unwrap();
    users.suspend(&id).send().unwrap();
    let undo = File::new();
    let plan = users.plan(BY, || [("2", row(2))]).missing(Missing::Delete { at_most: 1 }).send().unwrap();
    assert!(plan.apply().undo(undo.path()).send().unwrap().is_success());
    pool.faults().times(9, "updateUser", Fault::status(400));
    assert_eq!(users.undo(undo.path()).send().unwrap().unknown, 1);
    pool.faults().clear();
    assert!(users.undo(undo.path()).send().unwrap().is_success());
    let user = user(&client, "e0");
    assert_eq!((user.status, user.city.as_deref()), (Some(UserStatus::Suspended), Some("Utrecht")));
}

#[test]
fn the_values_before_the_first_of_several_runs_are_restored_and_losses_are_counted_once() {
    let pool = pool_of(2);
    let client = pool.client();
    let users = client.users();
    let id = user(&client, "e1").id;
    users.update(&id).last_login("2019-10-15T17:55:37Z").send().unwrap();
    let before = users_of(&pool);
    let undo = File::new();
    let rows = || [("1", row(1).nickname("A").last_login("2020-10-15T17:55:37Z").password("123456"))];
    for _ in 0..2 {
        let plan = users.plan(BY, rows).reset_passwords().send().unwrap();
        assert!(plan.apply().undo(undo.path()).send().unwrap().is_success());
        // Somebody changes the user between the runs.
        users.update(&id).nickname("Z").send().unwrap();
    }
    let losses: Vec<String> =
        Undo::open(undo.path()).unwrap().cannot().iter().map(ToString::to_string).collect();
    assert_eq!(
        losses,
        [
            "1 users: their passwords were set, and the old ones are not known",
            "1 users: fractions of a second of `lastLogin`, which responses do not contain",
        ]
    );
    assert!(users.undo(undo.path()).send().unwrap().is_success());
    let mut after = users_of(&pool);
    after["e1"].as_object_mut().unwrap().remove("passwordHash");
    assert_eq!(after, before);
}

/// The lines of an undo file, without those about users who were created.
fn without_created(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.contains("{\"created\"")).collect()
}

#[test]
fn an_undo_file_that_is_damaged_anywhere_restores_nothing() {
    let pool = pool_of(3);
    let client = pool.client();
    let undo = File::new();
    let plan =
        client.users().plan(BY, || (1..4).map(|n| (n.to_string(), row(n).nickname("A")))).send().unwrap();
    plan.apply().undo(undo.path()).send().unwrap();
    let (whole, before) = (undo.text(), users_of(&pool));
    let damaged = [
        // Valid JSON, with another value.
        whole.replacen("\"nickname\":\"", "\"nickname\":\"x", 1),
        whole.replacen("\"e2\"", "\"e3\"", 1),
        // A line of another file.
        whole.replacen('\n', "\n00000000 {\"suspended\":{\"id\":\"1\"}}\n", 1),
        whole.replacen('\n', "\n\n", 1),
        whole.replacen("\"rows\":\"", "\"rows\":\"0", 1),
    ];
    for text in damaged {
        if text == whole {
            continue;
        }
        fs::write(undo.path(), &text).unwrap();
        let error = client.users().undo(undo.path()).send().unwrap_err();
        assert_eq!(error.field(), Some("undo"), "{error}");
        let again = plan.apply().undo(undo.path()).send().unwrap_err();
        assert_eq!(again.field(), Some("undo"), "{again}");
        assert_eq!((undo.text(), users_of(&pool)), (text, before.clone()));
    }
    let first_version =
        "{\"authing_undo\":1,\"pool\":\"p\",\"host\":\"h\",\"by\":\"email\",\"rows\":\"0\"}\n";
    fs::write(undo.path(), first_version).unwrap();
    let error = Undo::open(undo.path()).unwrap_err().to_string();
    assert!(error.contains("is of another version: 1"), "{error}");
}

#[test]
fn a_user_who_was_created_again_after_an_undo_is_deleted_although_the_run_was_killed() {
    let pool = pool_of(1);
    let users = pool.client().users();
    let before = users_of(&pool);
    let undo = File::new();
    let apply = || {
        let plan = users.plan(BY, || [("5", row(5))]).send().unwrap();
        assert_eq!(plan.apply().undo(undo.path()).send().unwrap().created, 1);
    };
    apply();
    users.undo(undo.path()).send().unwrap();
    apply();
    // The second run ended before the id was written.
    let text = undo.text();
    fs::write(undo.path(), without_created(&text)).unwrap();
    let opened = Undo::open(undo.path()).unwrap();
    assert!(opened.cannot()[0].what.contains("not known whether they were created"), "{opened}");
    assert!(users.undo(undo.path()).send().unwrap().is_success());
    assert_eq!(users_of(&pool), before);
}

#[test]
fn a_user_whom_a_plan_creates_again_without_a_journal_is_deleted_although_the_run_was_killed() {
    let pool = pool_of(1);
    let client = pool.client();
    let before = users_of(&pool);
    let undo = File::new();
    let rows = || (0..40).map(|n| (n.to_string(), row(n)));
    let plan = client.users().plan(BY, rows).send().unwrap();
    let stop = StopHandle::new();
    let stopped = plan.apply().concurrency(1).undo(undo.path()).stop(stop.clone());
    assert!(stopped.for_each(|_| stop.stop()).unwrap().created > 0);
    // Somebody deletes the first user who was created, and the same plan creates the user once more.
    client.users().delete(user(&client, "e1").id).send().unwrap();
    let length = undo.text().len();
    plan.apply().concurrency(1).undo(undo.path()).send().unwrap();
    assert_eq!(users_of(&pool).len(), 40);
    // The second run ended before the id was written.
    let text = undo.text();
    fs::write(undo.path(), format!("{}{}", &text[..length], without_created(&text[length..]))).unwrap();
    assert!(client.users().undo(undo.path()).send().unwrap().is_success());
    assert_eq!(users_of(&pool), before);
}

#[test]
fn a_user_who_may_have_been_created_by_the_first_run_is_deleted_although_the_second_found_the_user() {
    let pool = pool_of(1);
    let client = pool.client();
    let before = users_of(&pool);
    let undo = File::new();
    let plan = client.users().plan(BY, || [("5", row(5))]).send().unwrap();
    pool.faults().next("createUser", Fault::reset().after_carrying_out());
    pool.faults().times(9, "findUser", Fault::status(400));
    assert_eq!(plan.apply().undo(undo.path()).send().unwrap().unknown, 1);
    pool.faults().clear();
    assert_eq!(plan.apply().undo(undo.path()).send().unwrap().already_there, 1);
    assert!(client.users().undo(undo.path()).send().unwrap().is_success());
    assert_eq!(users_of(&pool), before);
}

#[test]
fn a_user_who_is_in_the_file_twice_is_deleted_once() {
    let pool = pool_of(1);
    let undo = File::new();
    let plan = pool.client().users().plan(BY, || [("5", row(5))]).send().unwrap();
    plan.apply().undo(undo.path()).send().unwrap();
    let text = undo.text();
    fs::write(undo.path(), format!("{text}{}", text.split_once('\n').unwrap().1)).unwrap();
    let opened = Undo::open(undo.path()).unwrap().to_string();
    assert_eq!(opened, "0 users to change back, 1 to delete, 0 to activate, 0 to create again");
}

#[test]
fn a_deleted_user_with_an_empty_text_is_created_again() {
    let bob = json!({"id": "613872b19c90be7d4da44466", "externalId": "e1", "nickname": "", "city": ""});
    let pool = Pool::from_seed(&json!({"version": 1, "users": [bob]}).to_string()).unwrap();
    let users = pool.client().users();
    let undo = File::new();
    let plan = users.plan(BY, || [("2", row(2))]).missing(Missing::Delete { at_most: 1 }).send().unwrap();
    plan.apply().undo(undo.path()).send().unwrap();
    assert!(undo.text().contains("\"nickname\":\"\""), "{}", undo.text());
    assert!(users.undo(undo.path()).send().unwrap().is_success());
    assert_eq!(users_of(&pool).keys().collect::<Vec<_>>(), ["e1"]);
}

#[test]
fn an_undo_file_is_used_by_one_run_at_a_time() {
    let pool = pool_of(1);
    let undo = File::new();
    let plan = pool.client().users().plan(BY, || [("5", row(5))]).send().unwrap();
    let apply = || plan.apply().undo(undo.path());
    let mut errors = Vec::new();
    apply().for_each(|_| errors.extend(apply().send().err())).unwrap();
    assert!(errors[0].to_string().contains("is in use by another run"), "{errors:?}");
}
