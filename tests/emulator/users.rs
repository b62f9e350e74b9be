//! Users: created, found, changed, deleted.

use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::{Asker, CREATE};

#[test]
fn a_created_user_has_the_documented_defaults() {
    let ask = Asker::new();
    let user = ask.create(json!({ "username": "bob", "email": "Bob@Example.com" }));
    let id = user["id"].as_str().unwrap();
    assert_eq!(id.len(), 24);
    assert_eq!(user["arn"], format!("arn:cn:authing:{}:user:{id}", ask.pool.id()));
    assert_eq!(user["email"], "bob@example.com");
    assert_eq!(user["status"], "Activated");
    assert_eq!(user["registerSource"], json!(["import:manual"]));
    assert_eq!(user["loginsCount"], 0);
    assert_eq!(user["identities"], json!([]));
    assert!(user["photo"].as_str().unwrap().starts_with("https://"));
    assert!(user["createdAt"].as_str().unwrap().ends_with("+00:00"));
}

#[test]
fn detail_is_the_rest_user_and_null_for_nobody() {
    let ask = Asker::new();
    let id = ask.user("bob");
    let user = ask.rest_data(Method::Get, &format!("/api/v2/users/{id}?with_custom_data=1"), None);
    assert_eq!(user["username"], "bob");
    assert_eq!(user["customData"], json!([]));
    assert!(user["createdAt"].as_str().unwrap().ends_with('Z'));
    assert!(user.get("lastIp").is_some() && user.get("lastIP").is_some());
    for nobody in ["613872b19c90be7d4da44466", "xxx"] {
        assert_eq!(ask.rest_data(Method::Get, &format!("/api/v2/users/{nobody}"), None), Value::Null);
    }
}

#[test]
fn the_same_identifier_twice_is_refused() {
    let ask = Asker::new();
    ask.create(json!({ "username": "bob", "email": "a@b.c", "phone": "1", "externalId": "x" }));
    for taken in [
        json!({ "username": "bob" }),
        json!({ "email": "A@B.C" }),
        json!({ "phone": "1" }),
        json!({ "externalId": "x" }),
    ] {
        assert_eq!(ask.code(CREATE, json!({ "info": taken })), 2026, "{taken}");
    }
    // Usernames differ in case.
    ask.user("Bob");
}

#[test]
fn a_deleted_user_is_gone_and_archived() {
    let ask = Asker::new();
    let id = ask.user("bob");
    let deleted =
        ask.data("mutation ($id: String!) { deleteUser(id: $id) { code message } }", json!({ "id": id }));
    assert_eq!(deleted["deleteUser"]["code"], 200);
    assert_eq!(ask.rest_data(Method::Get, &format!("/api/v2/users/{id}"), None), Value::Null);
    let archived = ask.data("{ archivedUsers { totalCount list { id status } } }", json!({}));
    assert_eq!(
        archived["archivedUsers"],
        json!({ "totalCount": 1, "list": [{ "id": id, "status": "Archived" }] })
    );
    ask.user("bob");
}

#[test]
fn pages_are_newest_first_and_whole() {
    let ask = Asker::new();
    for number in 0..25 {
        ask.user(&format!("user{number}"));
    }
    let list = |page: i64, sort: &str| {
        let answer = ask.data(
            "query ($page: Int, $sort: SortByEnum) { users(page: $page, limit: 10, sortBy: $sort) { totalCount list { username } } }",
            json!({ "page": page, "sort": sort }),
        );
        assert_eq!(answer["users"]["totalCount"], 25);
        let list = answer["users"]["list"].as_array().unwrap();
        list.iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list(1, "CREATEDAT_DESC").first().unwrap(), "user24");
    assert_eq!(list(3, "CREATEDAT_DESC"), ["user4", "user3", "user2", "user1", "user0"]);
    assert_eq!(list(1, "CREATEDAT_ASC").first().unwrap(), "user0");
    assert!(list(4, "CREATEDAT_DESC").is_empty());
}
