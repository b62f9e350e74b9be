//! Seeds, snapshots, generated users.

use authing::emulator::Pool;
use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::Asker;

const SEED: &str = r#"{
    "version": 1,
    "pool": { "id": "demo", "secret": "demo-secret" },
    "customFields": [
        { "targetType": "USER", "key": "age", "dataType": "NUMBER", "label": "Age" },
        { "targetType": "ROLE", "key": "rr", "dataType": "OBJECT" }
    ],
    "users": [
        { "id": "613872b19c90be7d4da44466", "username": "bob", "password": "123456", "customData": { "age": 7 },
          "identities": [{ "provider": "github", "userIdInIdp": "42" }], "gender": null,
          "lastLogin": "2021-03-11T20:52:50+08:00" },
        { "username": "alice", "status": "Suspended" }
    ],
    "archivedUsers": [{ "username": "carol" }],
    "namespaces": [{ "code": "shop" }],
    "groups": [{ "code": "eng", "users": ["613872b19c90be7d4da44466"] }],
    "roles": [{ "id": "6139e242fd34431069abe95c", "code": "clerk", "namespace": "shop",
                "users": ["613872b19c90be7d4da44466"], "groups": ["eng"] }],
    "customData": [{ "targetType": "ROLE", "targetId": "6139e242fd34431069abe95c", "values": { "rr": { "a": 1 } } }]
}"#;

#[test]
fn a_seeded_pool_holds_what_the_seed_says() {
    let ask = Asker::of(Pool::from_seed(SEED).unwrap());
    assert_eq!((ask.pool.id(), ask.pool.secret().expose()), ("emulated-demo", "demo-secret"));
    let answer = ask.data(
        r#"{ user(id: "613872b19c90be7d4da44466") {
            username gender lastLogin customData { key value } identities { provider }
            groups { list { code } } roles(namespace: "shop") { list { id code } }
        } }"#,
        json!({}),
    );
    let expected = json!({
        "username": "bob", "gender": null, "lastLogin": "2021-03-11T12:52:50+00:00",
        "customData": [{ "key": "age", "value": "7" }], "identities": [{ "provider": "github" }],
        "groups": { "list": [{ "code": "eng" }] },
        "roles": { "list": [{ "id": "6139e242fd34431069abe95c", "code": "clerk" }] },
    });
    assert_eq!(answer["user"], expected);
}

#[test]
fn a_snapshot_restores_the_same_pool() {
    let ask = Asker::of(Pool::from_seed(SEED).unwrap());
    let before = ask.pool.snapshot();
    ask.user("dave");
    ask.data(r#"mutation { deleteUser(id: "613872b19c90be7d4da44466") { code } }"#, json!({}));
    assert_ne!(ask.pool.snapshot(), before);
    ask.user("bob");
    assert_eq!(Pool::from_seed(&ask.pool.snapshot()).unwrap().snapshot(), ask.pool.snapshot());
    ask.pool.restore(&before).unwrap();
    assert_eq!(ask.pool.snapshot(), before);
    let list = ask.data("{ users { list { username } } }", json!({}));
    assert_eq!(list["users"]["list"], json!([{ "username": "alice" }, { "username": "bob" }]));
    assert_eq!(Pool::from_seed(&before).unwrap().snapshot(), before);
}

#[test]
fn a_seed_that_cannot_be_used_says_where() {
    let cases = [
        ("nonsense", "the seed"),
        (r#"{"users": []}"#, "version"),
        (r#"{"version": 1, "uzers": []}"#, "uzers"),
        (r#"{"version": 1, "users": [{"usernam": "x"}]}"#, "users[0].usernam"),
        (r#"{"version": 1, "users": [{"username": "x"}, {"username": "x"}]}"#, "users[1].username"),
        (r#"{"version": 1, "users": [{"id": "x"}]}"#, "users[0].id"),
        (r#"{"version": 1, "users": [{"username": "x", "customData": {"k": 1}}]}"#, "users[0].customData.k"),
        (r#"{"version": 1, "groups": [{"code": "x", "users": ["y"]}]}"#, "groups[0].users[0]"),
        (r#"{"version": 1, "roles": [{"code": "x", "namespace": "y"}]}"#, "roles[0].namespace"),
    ];
    for (seed, place) in cases {
        assert_eq!(Pool::from_seed(seed).unwrap_err().place(), place, "{seed}");
    }
    let pool = Pool::from_seed(SEED).unwrap();
    let before = pool.snapshot();
    assert!(pool.restore(r#"{"version": 1, "users": [{"username": "x"}, {"username": 1}]}"#).is_err());
    assert_eq!(pool.snapshot(), before);
}

#[test]
fn generated_users_are_the_same_for_the_same_seed() {
    let first = Pool::builder().seed(1).generated_users(300, 7).build();
    let again = Pool::builder().seed(1).generated_users(300, 7).build();
    let other = Pool::builder().seed(1).generated_users(300, 8).build();
    assert_eq!(first.snapshot(), again.snapshot());
    assert_ne!(first.snapshot(), other.snapshot());
    let ask = Asker::of(first);
    let answer = ask.data("{ users(limit: 1) { totalCount list { id email } } }", json!({}));
    assert_eq!(answer["users"]["totalCount"], 300);
    let (id, email) = (&answer["users"]["list"][0]["id"], &answer["users"]["list"][0]["email"]);
    let found =
        ask.data("query ($email: String) { findUser(email: $email) { id } }", json!({ "email": email }));
    assert_eq!(&found["findUser"]["id"], id);
    let detail = ask.rest_data(Method::Get, &format!("/api/v2/users/{}", id.as_str().unwrap()), None);
    assert_ne!(detail, Value::Null);
}
