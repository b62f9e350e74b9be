//! Calls with more ids than one request may have.

use authing::transport::{Request, Response};
use authing::{Client, Error, PolicyTargetType};
use serde_json::Value;

use crate::support::{Log, answering};

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
