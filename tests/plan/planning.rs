//! What a plan says, and that applying it does that and nothing else.

use std::cell::Cell;
use std::time::Duration;

use authing::bulk::{Unreadable, UpsertKey};
use authing::emulator::Pool;
use authing::files::Import;
use authing::plan::{Missing, PlannedChange};
use authing::transport::{Request, Response, Transport};
use authing::{UserField, UserInput, UserPatch, UserStatus};
use serde_json::json;

use crate::support::{changes, define_fields, pool_of, requests, row, users_of};

const BY: UpsertKey = UpsertKey::ExternalId;

#[test]
fn a_plan_creates_changes_suspends_and_leaves_alone_and_the_second_has_nothing_to_do() {
    let pool = pool_of(10);
    let client = pool.client();
    let others = client.users().create().username("by hand").send().unwrap();
    // e0 to e5 are unchanged, e6 and e7 changed, e8 and e9 missing; e20 and e21 are new.
    let rows = || {
        let unchanged = (0..6).map(row);
        let changed = [row(6).nickname("New"), row(7).company("New").custom_data("level", 2)];
        let new = [row(20).password("123456"), row(21).custom_data("level", 9)];
        let all = unchanged.chain(changed).chain(new);
        all.enumerate().map(|(n, input)| (format!("k{n}"), input)).collect::<Vec<_>>()
    };
    pool.clear_requests();
    let plan = client.users().plan(BY, rows).missing(Missing::Suspend { at_most: 2 }).send().unwrap();
    assert_eq!(changes(&pool), [] as [&str; 0]);
    let summary = plan.summary();
    assert_eq!((summary.rows, summary.create, summary.change, summary.suspend), (10, 2, 2, 2));
    assert_eq!((summary.unchanged, summary.rejected, summary.missing, summary.without_key), (6, 0, 2, 1));
    let fields: Vec<(&str, u64)> = plan.fields().collect();
    assert_eq!(fields, [("company", 1), ("customData.level", 1), ("nickname", 1)]);
    assert_eq!(plan.requests(), 2 + 1 + 2 + 2);
    assert_eq!(plan.expected_time(Duration::from_millis(20), 4), Duration::from_millis(40));
    let text = plan.to_string();
    assert!(
        text.starts_with("10 rows: 2 to create, 2 to change (company 1, customData.level 1, nickname 1)"),
        "{text}"
    );
    assert!(text.contains("2 users are in no row: 2 to suspend\n7 requests"), "{text}");

    let planned: Vec<PlannedChange> = plan.changes().map(Result::unwrap).collect();
    assert_eq!(planned.len(), 6);
    let PlannedChange::Change { index, key, fields, .. } = &planned[1] else { panic!("{planned:?}") };
    assert_eq!((*index, key.as_str(), fields.len()), (7, "k7", 2));
    assert_eq!(
        (fields[0].name.as_str(), &fields[0].before, &fields[0].after),
        ("company", &json!("Old"), &json!("New"))
    );
    assert_eq!(
        (fields[1].name.as_str(), &fields[1].before, &fields[1].after),
        ("customData.level", &json!(null), &json!(2))
    );
    assert!(planned[0].to_string().ends_with("nickname \"N6\" → \"New\""), "{}", planned[0]);
    assert!(matches!(&planned[2], PlannedChange::Create { key, .. } if key == "k8"));
    assert!(matches!(&planned[5], PlannedChange::Suspend { .. }));

    let before = users_of(&pool);
    pool.clear_requests();
    let mut steps = Vec::new();
    let done =
        plan.apply().concurrency(4).for_each(|step| steps.push((step.key, step.kind.unwrap()))).unwrap();
    assert_eq!((done.changed, done.created, done.done, done.total()), (2, 2, 2, 6));
    assert!(done.is_success());
    let key_requests = requests(&pool, "publicKey") + requests(&pool, ".well-known");
    let sent = changes(&pool).into_iter().filter(|operation| !operation.contains("well")).count();
    assert_eq!(u64::try_from(sent - key_requests).unwrap(), plan.requests(), "{:?}", changes(&pool));
    assert_eq!(steps.len(), 6);
    // Only what differs was sent.
    let patches = pool.requests();
    let patches = patches.iter().filter(|request| request.operation() == "updateUser");
    let mut inputs: Vec<String> =
        patches.map(|request| request.variables().unwrap()["input"].to_string()).collect();
    inputs.sort();
    assert_eq!(inputs, [r#"{"company":"New"}"#, r#"{"nickname":"New"}"#]);
    let after = users_of(&pool);
    for unchanged in ["e0", "e1", "e2", "e3", "e4", "e5", others.id.as_str()] {
        assert_eq!(before[unchanged], after[unchanged], "{unchanged}");
    }
    let status = |id: &str| client.users().find().external_id(id).send().unwrap().unwrap().status;
    assert_eq!((status("e8"), status("e0")), (Some(UserStatus::Suspended), Some(UserStatus::Activated)));

    let again = client.users().plan(BY, rows).missing(Missing::Suspend { at_most: 2 }).send().unwrap();
    assert!(again.is_empty(), "{again}");
    assert_eq!((again.requests(), again.summary().missing, again.changes().count()), (0, 2, 0));
}

/// Every field that can be planned, in forms that the service stores otherwise.
fn odd_forms(n: usize) -> UserInput {
    let json = json!({
        "externalId": format!("e{n}"), "username": format!("U{n}"), "email": format!("Ü{n}.X@EXAMPLE.com"),
        "phone": format!("+86 188{n}"), "phoneCountryCode": "+86", "unionid": format!("un{n}"), "openid": "o",
        "emailVerified": true, "phoneVerified": false, "name": " N ", "givenName": "G", "familyName": "F",
        "middleName": "M", "nickname": "é", "preferredUsername": "p", "photo": "https://x", "profile": "p",
        "website": "w", "gender": "F", "birthdate": "2000-01-01", "zoneinfo": "z", "locale": "l", "company": "c",
        "address": "a", "formatted": "f", "streetAddress": "s", "locality": "l", "region": "r",
        "postalCode": "1", "country": "n", "blocked": true, "loginsCount": 3,
        "lastLogin": "2020-10-15T17:55:37.987+08:00", "lastIP": "203.0.113.7", "browser": "b", "device": "d",
        "isDeleted": false, "signedUp": "2020-10-15T17:55:37.5+08:00", "registerSource": ["hr"],
        "customData": {"level": 3.0, "city": "Utrecht", "remote": false, "since": "2020-10-15T17:55:37+08:00",
            "car": {"b": 1, "a": [1.0, null]}},
    });
    serde_json::from_value(json).unwrap()
}

#[test]
fn values_that_the_service_stores_otherwise_do_not_differ_forever() {
    let pool = Pool::new();
    let client = pool.client();
    define_fields(&client);
    for n in 0..3 {
        client.users().create().external_id(format!("e{n}")).send().unwrap();
    }
    let rows = || (0..6).map(|n| (n.to_string(), odd_forms(n)));
    let plan = client.users().plan(BY, rows).send().unwrap();
    assert_eq!((plan.summary().create, plan.summary().change), (3, 3));
    assert!(plan.apply().send().unwrap().is_success());
    let again = client.users().plan(BY, rows).send().unwrap();
    assert!(again.is_empty(), "{again}\n{:?}", again.changes().collect::<Vec<_>>());
    // What cannot be compared is said, and not planned again and again.
    assert!(
        again.notes().iter().any(|note| note.starts_with("6 ") && note.contains("phone_country_code")),
        "{again}"
    );
    assert!(again.notes().iter().any(|note| note.contains("signed_up")), "{again}");
}

#[test]
fn custom_data_that_is_the_same_is_not_sent_with_what_differs() {
    let pool = pool_of(1);
    let client = pool.client();
    let row = row(0).nickname("New").custom_data("level", 1).custom_data("city", "Utrecht");
    pool.clear_requests();
    let plan = client.users().plan(BY, || [("k", row.clone())]).send().unwrap();
    assert_eq!((plan.summary().change, plan.requests()), (1, 1), "{plan}");
    assert!(plan.apply().send().unwrap().is_success());
    assert_eq!(changes(&pool), ["updateUser"]);
}

#[test]
fn a_plan_of_five_thousand_unchanged_users_costs_as_much_as_an_export() {
    let pool = Pool::builder().generated_users(5_000, 3).build();
    let client = pool.client();
    let users: Vec<_> = client.users().list().limit(200).iter().map(Result::unwrap).collect();
    pool.clear_requests();
    assert_eq!(client.users().list().limit(200).iter().count(), 5_000);
    let export = pool.requests().len();
    let rows = || {
        users.iter().map(|user| {
            let input = UserInput::new().username(&user.username).email(&user.email).phone(&user.phone);
            (user.id.clone(), input.name(&user.name).nickname(&user.nickname).company(&user.company))
        })
    };
    pool.clear_requests();
    let plan = client.users().plan(UpsertKey::Username, rows).prefetch(2).send().unwrap();
    assert_eq!((plan.summary().unchanged, plan.is_empty()), (5_000, true), "{plan}");
    assert!(pool.requests().len() * 10 <= export * 11, "{} {export}", pool.requests().len());
    assert!(plan.listing().is_complete());
}

#[test]
fn rows_that_cannot_be_planned_are_rejected_by_row_before_anything_is_sent() {
    let pool = pool_of(6);
    let client = pool.client();
    let rows = || {
        [
            Ok(row(0).nickname("X")),
            Ok(row(1)),                // 1 and 3 have one key
            Ok(row(2).username("u5")), // u5 is another user
            Ok(row(1).nickname("Y")),
            Err("torn"),
            Ok(UserInput::new().username("nobody")), // no key
            Ok(row(10).email("both@example.com")),
            Ok(row(11).email("Both@example.com")), // the address of the row before
            Ok(row(12).nickname("")),
            Ok(row(13).custom_data("shoes", 43)),
            Ok(row(14).username("u3")), // new, with the name of a user
        ]
        .into_iter()
        .enumerate()
        .map(|(n, input)| match input {
            Ok(input) => Ok(authing::bulk::Row::new(format!("k{n}"), input)),
            Err(text) => Err(Unreadable::new("line 5", text, "is torn")),
        })
    };
    let before = users_of(&pool);
    pool.clear_requests();
    let plan = client.users().plan(BY, rows).missing(Missing::Suspend { at_most: 9 }).send().unwrap();
    let rejected: Vec<(u64, String)> =
        plan.rejected().iter().map(|rejected| (rejected.index, rejected.error.to_string())).collect();
    let indexes: Vec<u64> = rejected.iter().map(|(index, _)| *index).collect();
    assert_eq!(indexes, [1, 2, 3, 4, 5, 7, 8, 9, 10], "{rejected:#?}");
    for (index, reason) in [
        (0, "another row has the same `external_id`"),
        (1, "the `username` of the row belongs to another user"),
        (4, "it is the key of this run"),
        (5, "row 6 has the same `email`"),
        (6, "must not be empty"),
        (7, "custom field `shoes` is not defined"),
        (8, "the `username` of the row belongs to another user"),
    ] {
        assert!(rejected[index].1.contains(reason), "{:?}", rejected[index]);
    }
    let error = plan.apply().send().unwrap_err();
    assert!(error.is_invalid_input() && error.to_string().contains("9 rows are rejected"), "{error}");
    // Nobody is suspended for a row that cannot be read, also if the others are to be applied.
    let error = plan.apply().skip_rejected().send().unwrap_err();
    assert!(error.to_string().contains("cannot be assigned"), "{error}");
    assert_eq!(changes(&pool), [] as [&str; 0]);
    assert_eq!(users_of(&pool), before);

    let plan = client.users().plan(BY, rows).send().unwrap();
    let done = plan.apply().skip_rejected().send().unwrap();
    assert_eq!((done.created, done.changed, done.total()), (1, 1, 2));
}

#[test]
fn rows_of_an_address_that_two_spellings_share_are_one_key() {
    let client = pool_of(2).client();
    let rows = || ["U0@example.com", "u0@EXAMPLE.com"].map(|email| (email, UserInput::new().email(email)));
    let plan = client.users().plan(UpsertKey::Email, rows).send().unwrap();
    assert_eq!((plan.summary().rejected, plan.summary().create), (2, 0));
    let one = || [("1", UserInput::new().email("u0@EXAMPLE.com").nickname("N0"))];
    assert!(client.users().plan(UpsertKey::Email, one).send().unwrap().is_empty());
}

#[test]
fn more_missing_users_than_the_bound_are_an_error_and_nothing_is_done() {
    let pool = pool_of(10);
    let client = pool.client();
    let before = users_of(&pool);
    let rows = || (0..4).map(|n| (n.to_string(), row(n).nickname("New")));
    pool.clear_requests();
    for missing in [Missing::Suspend { at_most: 5 }, Missing::Delete { at_most: 5 }] {
        let error = client.users().plan(BY, rows).missing(missing).send().unwrap_err();
        assert_eq!((error.field(), error.operation()), (Some("missing"), "plan"));
        assert!(error.to_string().contains("6 users") && error.to_string().contains("bound of 5"), "{error}");
    }
    assert_eq!(changes(&pool), [] as [&str; 0]);
    assert_eq!(users_of(&pool), before);
    let plan = client.users().plan(BY, rows).missing(Missing::Delete { at_most: 6 }).send().unwrap();
    assert_eq!((plan.summary().delete, plan.requests()), (6, 4 + 1));
    pool.clear_requests();
    assert_eq!(plan.apply().send().unwrap().done, 6);
    assert_eq!((requests(&pool, "deleteUsers"), users_of(&pool).len()), (1, 4));
}

#[test]
fn passwords_are_set_for_new_users_and_for_others_only_if_asked() {
    let pool = pool_of(1);
    let client = pool.client();
    let rows = || [0, 5].map(|n| (n.to_string(), row(n).password("123456").oauth("{}")));
    let hash = || users_of(&pool)["e0"]["passwordHash"].clone();
    let plan = client.users().plan(BY, rows).send().unwrap();
    assert_eq!((plan.summary().create, plan.summary().change), (1, 0));
    assert!(plan.notes()[0].contains("password") && plan.notes()[1].contains("oauth"), "{plan}");
    assert!(plan.apply().send().unwrap().is_success());
    assert!(hash().is_null() && users_of(&pool)["e5"]["passwordHash"].is_string());
    let plan = client.users().plan(BY, rows).reset_passwords().send().unwrap();
    assert_eq!((plan.summary().change, plan.requests()), (2, 2));
    assert!(plan.changes().all(|change| change.unwrap().to_string().ends_with("password")));
    let mut fields = Vec::new();
    let done = plan.apply().for_each(|step| {
        if let authing::bulk::Outcome::Changed { fields: changed, .. } = step.outcome {
            fields.extend(changed);
        }
    });
    assert_eq!((done.unwrap().changed, fields), (2, vec![UserField::Password; 2]));
    assert!(hash().is_string());
}

#[test]
fn rows_that_are_other_ones_the_second_time_are_an_error() {
    let client = pool_of(3).client();
    let reads = Cell::new(0);
    let changing = || {
        reads.set(reads.get() + 1);
        let extra = reads.get() == 2;
        (0..2).map(move |n| (n.to_string(), if extra { row(n).nickname("Z") } else { row(n) }))
    };
    let error = client.users().plan(BY, changing).send().unwrap_err();
    assert_eq!(error.field(), Some("rows"), "{error}");
    let shorter = Cell::new(4);
    let shrinking = || {
        shorter.set(shorter.get() - 1);
        (0..shorter.get()).map(|n| (n.to_string(), row(n)))
    };
    assert_eq!(client.users().plan(BY, shrinking).send().unwrap_err().field(), Some("rows"));
}

#[test]
fn a_value_that_the_service_stores_otherwise_is_reported() {
    let pool = pool_of(2);
    let inner = pool.clone();
    // A service that stores names in upper case.
    let transport = move |request: &Request| {
        let response = inner.send(request)?;
        let body = String::from_utf8(response.body().to_vec()).unwrap();
        Ok(Response::new(response.status(), body.replace("\"nickname\":\"New\"", "\"nickname\":\"NEW\"")))
    };
    let client = pool.client_builder().transport(transport).build().unwrap();
    let rows = || [row(0).nickname("New").company("C"), row(5).nickname("New")].map(|row| ("k", row));
    let plan = client.users().plan(BY, rows).send().unwrap();
    let mut fields = Vec::new();
    plan.apply().for_each(|step| fields.push(step.stored_otherwise)).unwrap();
    assert_eq!(fields, [[UserField::Nickname], [UserField::Nickname]]);
    assert!(!client.users().plan(BY, rows).send().unwrap().is_empty());
}

#[test]
fn an_exported_file_is_a_plan_with_nothing_to_do() {
    let pool = pool_of(30);
    let client = pool.client();
    let directory = std::env::temp_dir();
    for name in ["ndjson", "csv"] {
        let path = directory.join(format!("authing-plan-{}.{name}", std::process::id()));
        client.users().list().include_custom_data().export(&path).send().unwrap();
        let import = Import::open(&path).unwrap();
        let plan =
            client.users().plan(BY, || import.iter()).missing(Missing::Delete { at_most: 0 }).send().unwrap();
        assert_eq!((plan.summary().unchanged, plan.summary().rejected), (30, 0), "{plan}");
        let other = Pool::new();
        define_fields(&other.client());
        let created = other.client().users().plan(BY, || &import).send().unwrap();
        assert_eq!(created.apply().send().unwrap().created, 30);
        assert!(other.client().users().plan(BY, || &import).send().unwrap().is_empty());
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn users_of_rows_who_are_not_active_are_counted() {
    let pool = pool_of(2);
    let client = pool.client();
    let id = client.users().find().external_id("e1").send().unwrap().unwrap().id;
    client.users().suspend(&id).send().unwrap();
    client.users().update_with(&id, &UserPatch::new().nickname("N1")).send().unwrap();
    let plan = client.users().plan(BY, || (0..2).map(|n| (n.to_string(), row(n)))).send().unwrap();
    assert_eq!((plan.summary().not_active, plan.is_empty()), (1, true));
    assert!(plan.notes()[0].contains("not active"), "{plan}");
}

#[test]
fn nobody_is_removed_for_a_row_whose_key_is_empty() {
    let pool = pool_of(3);
    let client = pool.client();
    for empty in ["", " "] {
        // Whether that row is e1 or e2 is not known.
        let rows = || [row(0), row(1).external_id(empty)].map(|row| ("k", row));
        let plan = client.users().plan(BY, rows).missing(Missing::Delete { at_most: 9 }).send().unwrap();
        assert_eq!((plan.summary().rejected, plan.summary().delete), (1, 2), "{plan}");
        let error = plan.apply().skip_rejected().send().unwrap_err();
        assert!(error.to_string().contains("cannot be assigned"), "{error}");
    }
    assert_eq!(users_of(&pool).len(), 3);
}

#[test]
fn rows_that_are_gone_when_a_plan_is_applied_are_a_failure() {
    let client = pool_of(3).client();
    let count = Cell::new(2);
    let rows = || (0..count.get()).map(|n| (n.to_string(), row(n).nickname("New")));
    let plan = client.users().plan(BY, rows).missing(Missing::Suspend { at_most: 1 }).send().unwrap();
    count.set(1);
    let mut errors = Vec::new();
    let done = plan.apply().for_each(|step| errors.extend(step.outcome.error().map(ToString::to_string)));
    let done = done.unwrap();
    assert_eq!((done.changed, done.failed, done.done), (1, 1, 1), "{done}");
    assert!(errors[0].contains("the rows are not the same"), "{errors:?}");
}
