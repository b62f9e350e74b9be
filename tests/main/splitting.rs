//! Calls with more ids than one request may have.

use authing::transport::{Request, Response};
use authing::users::BatchKey;
use authing::{Client, Error, PolicyTargetType, User};
use serde_json::Value;

use crate::support::{Log, always, answering};

fn client() -> (Client, Log) {
    let log = Log::default();
    let answer = |request: &Request| {
        let body = match request.operation() {
            name if request.url().contains("/graphql") => {
                format!(r#"{{"data":{{"{name}":{{"code":200}}}}}}"#)
            }
            _ => r#"{"code":200,"data":{"id":"t"}}"#.to_owned(),
        };
        Response::new(200, body)
    };
    (answering(&log, answer).build().unwrap(), log)
}

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|id| id.to_string()).collect()
}

/// The number of items in the list at `place` of each request.
fn pieces(log: &Log, place: &str) -> Vec<usize> {
    let length = |body: &Value| body.pointer(place).and_then(Value::as_array).map(Vec::len);
    let bodies =
        log.requests().into_iter().filter_map(|request| serde_json::from_slice(request.body()?).ok());
    bodies.collect::<Vec<Value>>().iter().filter_map(length).collect()
}

#[test]
fn policies_and_signing_out_take_any_number_of_targets() {
    type Call = fn(&Client, Vec<String>) -> Result<(), Error>;
    let calls: [(&str, Call); 4] = [
        ("/userIds", |client, ids| client.users().kick(ids).send().map(drop)),
        ("/userIds", |client, ids| client.tenants().add_users("t", ids).send().map(drop)),
        ("/variables/targetIdentifiers", |client, ids| {
            client.policies().add_assignments(["p"], PolicyTargetType::User, ids).send().map(drop)
        }),
        ("/variables/targetIdentifiers", |client, ids| {
            client.policies().remove_assignments(["p"], PolicyTargetType::User, ids).send().map(drop)
        }),
    ];
    for (place, call) in calls {
        for (count, expected) in [(1, vec![1]), (80, vec![80]), (81, vec![80, 1]), (240, vec![80, 80, 80])] {
            let (client, log) = client();
            call(&client, ids(count)).unwrap();
            assert_eq!(pieces(&log, place), expected);
        }
    }
}

#[test]
fn an_id_given_twice_is_changed_once_so_that_a_later_part_does_not_miss_it() {
    let (client, log) = client();
    let mut doubled = ids(100);
    doubled.push("0".to_owned());
    client.users().delete_many(doubled.clone()).send().unwrap();
    assert_eq!(pieces(&log, "/variables/ids"), [80, 20]);
    // One request is sent as it was given.
    client.users().delete_many(["1", "1"]).send().unwrap();
    assert_eq!(pieces(&log, "/variables/ids"), [80, 20, 2]);

    let pool = authing::emulator::Pool::builder().generated_users(100, 1).build();
    let users = pool.client().users();
    let mut everybody: Vec<String> = users.list().iter().map(|user| user.unwrap().id).collect();
    everybody.extend_from_within(..1);
    users.delete_many(everybody).send().unwrap();
    assert_eq!(users.list().send().unwrap().total_count, 0);
}

#[test]
fn a_read_in_parts_that_failed_half_way_has_what_was_read_and_has_changed_nothing() {
    let asked = std::sync::atomic::AtomicU32::new(0);
    let answer = move |request: &Request| match request.operation() {
        "userBatch" if asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0 => {
            Response::new(499, "{}")
        }
        _ => Response::new(200, r#"{"data":{"userBatch":[{"id":"0"}]}}"#),
    };
    let client = answering(&Log::default(), answer).build().unwrap();
    let error = client.users().batch(ids(100)).send().unwrap_err();
    assert!(!error.may_have_happened(), "{error:?}");
    assert_eq!(error.unfinished(), &ids(100)[80..]);
    assert_eq!(error.partial::<Vec<User>>().map(Vec::len), Some(1));
}

#[test]
fn a_raw_response_is_that_of_one_request() {
    let (client, log) = client();
    let error = client.users().kick(ids(81)).send_raw().unwrap_err();
    assert!(error.is_invalid_input() && error.field() == Some("ids"), "{error:?}");
    assert_eq!(log.count("kickUsers"), 0);
    assert_eq!(client.users().kick(ids(80)).send_raw().unwrap().status(), 200);
}

#[test]
fn a_batch_with_users_who_were_not_requested_or_come_twice_is_unexpected() {
    let batch = |users: &str| {
        let body = format!(r#"{{"data":{{"userBatch":[{users}]}}}}"#);
        always(200, body).users()
    };
    let bob = r#"{"id":"1","username":"bob","phone":"+8618812345678","email":"bob@example.com"}"#;
    let ann = r#"{"id":"2","username":"ann"}"#;
    let both = format!("{ann},{bob}");
    let twice = format!("{bob},{bob}");
    assert_eq!(batch(&both).batch(["1", "2", "3"]).send().unwrap().len(), 2);
    assert_eq!(batch(&twice).batch(["1", "1"]).send().unwrap().len(), 2);
    assert_eq!(batch(bob).batch(["1", "1"]).send().unwrap().len(), 1);
    for (users, ids, said) in [
        (&both, vec!["1", "3"], "`2`, who was not requested"),
        (&twice, vec!["1", "2"], "`1` more than once"),
    ] {
        let error = batch(users).batch(ids).send().unwrap_err();
        assert!(error.is_unexpected_answer() && error.to_string().contains(said), "{error}");
    }
    // In another form than the one that was given.
    for (by, id, other) in [
        (BatchKey::Email, "Bob@Example.com", "ann@example.com"),
        (BatchKey::Phone, "18812345678", "18812345679"),
        (BatchKey::Username, "bob", "ann"),
    ] {
        assert_eq!(batch(bob).batch([id]).by(by.clone()).send().unwrap().len(), 1);
        assert!(batch(bob).batch([other]).by(by).send().unwrap_err().is_unexpected_answer());
    }
    // Without the field, a user may be any of them.
    let some = batch(bob).batch(["x"]).by(BatchKey::ExternalId).send().unwrap();
    assert_eq!(some.len(), 1);
}
