//! A list of the pool that is not proven to be complete leads to no plan.

use std::sync::atomic::{AtomicUsize, Ordering};

use authing::bulk::UpsertKey;
use authing::emulator::Pool;
use authing::plan::Missing;
use authing::transport::{Request, Response, Transport};
use authing::{Client, UserInput};
use serde_json::Value;

use crate::support::{changes, pool_of, row, users_of};

/// A client of a service that loses one user of each list, or makes them unreadable.
fn client_that_loses(pool: &Pool, lose: fn(&mut Vec<Value>)) -> Client {
    let inner = pool.clone();
    let transport = move |request: &Request| {
        let response = inner.send(request)?;
        if request.operation() != "users" {
            return Ok(response);
        }
        let mut body: Value = serde_json::from_slice(response.body()).unwrap();
        if let Some(list) = body["data"]["users"]["list"].as_array_mut() {
            lose(list);
        }
        Ok(Response::new(200, body.to_string()))
    };
    pool.client_builder().transport(transport).build().unwrap()
}

#[test]
fn a_user_whom_the_list_lacks_is_not_created_and_nobody_is_removed() {
    let pool = pool_of(5);
    let before = users_of(&pool);
    let lacking = |list: &mut Vec<Value>| list.retain(|user| user["externalId"] != "e2");
    let unreadable = |list: &mut Vec<Value>| {
        list.iter_mut().for_each(|user| {
            if user["externalId"] == "e2" {
                user["id"] = Value::Null;
            }
        })
    };
    for lose in [lacking as fn(&mut Vec<Value>), unreadable] {
        let client = client_that_loses(&pool, lose);
        pool.clear_requests();
        for missing in [Missing::Leave, Missing::Suspend { at_most: 9 }, Missing::Delete { at_most: 9 }] {
            let rows = || (1..4).map(|n| (n.to_string(), row(n)));
            let error = client.users().plan(UpsertKey::ExternalId, rows).missing(missing).send().unwrap_err();
            assert!(error.to_string().contains("not proven to be complete"), "{error}");
        }
        assert_eq!(changes(&pool), [] as [&str; 0]);
    }
    assert_eq!(users_of(&pool), before);
}

#[test]
fn a_row_that_two_users_match_is_rejected() {
    let pool = pool_of(3);
    // A service that does not keep the key unique.
    let same = |list: &mut Vec<Value>| {
        list.iter_mut()
            .filter(|user| user["externalId"] == "e2")
            .for_each(|user| user["externalId"] = "e1".into());
    };
    let client = client_that_loses(&pool, same);
    let rows = || (0..2).map(|n| (n.to_string(), row(n).nickname("New")));
    let plan = client.users().plan(UpsertKey::ExternalId, rows).send().unwrap();
    assert_eq!((plan.summary().change, plan.summary().rejected), (1, 1), "{plan}");
    assert!(plan.rejected()[0].to_string().contains("two users have this `external_id`"), "{plan}");
}

#[test]
fn a_list_that_moves_is_read_again_until_it_is_proven() {
    let pool = Pool::builder().generated_users(900, 3).build();
    let users: Vec<_> = pool.client().users().list().limit(200).iter().map(Result::unwrap).collect();
    let (inner, pages) = (pool.clone(), AtomicUsize::new(0));
    let first = users[0].id.clone();
    // The first user is deleted while the list is read, so that everybody moves forward.
    let transport = move |request: &Request| {
        if request.operation() == "users" && pages.fetch_add(1, Ordering::Relaxed) == 2 {
            inner.client().users().delete(&first).send().unwrap();
        }
        inner.send(request)
    };
    let client = pool.client_builder().transport(transport).build().unwrap();
    let rows =
        || users.iter().skip(1).map(|user| (user.id.clone(), UserInput::new().username(&user.username)));
    let plan = client.users().plan(UpsertKey::Username, rows).missing(Missing::Delete { at_most: 9 });
    let plan = plan.send().unwrap();
    assert!(plan.listing().is_complete());
    assert_eq!(
        (plan.summary().unchanged, plan.summary().create, plan.summary().delete),
        (899, 0, 0),
        "{plan}"
    );
}
