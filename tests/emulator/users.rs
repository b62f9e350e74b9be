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

#[test]
fn an_update_sets_clears_and_leaves() {
    let ask = Asker::new();
    let id = ask.create(json!({ "username": "bob", "nickname": "Bobby", "company": "Acme" }))["id"].clone();
    let update = |input: Value| {
        ask.graphql(
            "mutation ($id: String, $input: UpdateUserInput!) {
                updateUser(id: $id, input: $input) { nickname company email phone gender photo city }
            }",
            json!({ "id": id, "input": input }),
        )
    };
    let user =
        update(json!({ "nickname": "Rob", "company": null, "email": "R@X.y", "phone": "1", "city": "Oslo" }));
    let user = &user["data"]["updateUser"];
    assert_eq!(
        (&user["nickname"], &user["company"], &user["email"]),
        (&json!("Rob"), &Value::Null, &json!("r@x.y"))
    );
    assert_eq!((&user["gender"], &user["city"]), (&json!("U"), &json!("Oslo")));
    assert_eq!(update(json!({ "photo": null }))["data"]["updateUser"]["photo"], Value::Null);

    ask.create(json!({ "username": "ann", "email": "ann@x.y", "phone": "2" }));
    for (input, code) in [
        (json!({ "username": "ann" }), 2034),
        (json!({ "email": "ANN@x.y" }), 2200),
        (json!({ "phone": "2" }), 2035),
        (json!({ "username": "" }), 2231),
        (json!({ "username": null, "email": null, "phone": null }), 2231),
    ] {
        assert_eq!(update(input.clone())["errors"][0]["message"]["code"], code, "{input}");
    }
    // The old e-mail address is free again once it has changed, and one's own value is no conflict.
    update(json!({ "email": "new@x.y", "username": "bob" }));
    ask.create(json!({ "email": "r@x.y" }));
    let nobody = r#"mutation { updateUser(id: "613872b19c90be7d4da44466", input: {}) { id } }"#;
    assert_eq!(ask.code(nobody, json!({})), 2004);
    assert_eq!(ask.code("mutation { updateUser(input: {}) { id } }", json!({})), 2004);
}

#[test]
fn updates_move_a_user_in_the_order_of_updates() {
    let ask = Asker::new();
    let first = ask.user("a");
    ask.user("b");
    let order = |sort: &str| {
        let query = format!("{{ users(sortBy: {sort}) {{ list {{ username }} }} }}");
        let answer = ask.data(&query, json!({}));
        answer["users"]["list"]
            .as_array()
            .unwrap()
            .iter()
            .map(|user| user["username"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(order("UPDATEDAT_DESC"), ["b", "a"]);
    for _ in 0..3000 {
        ask.data(
            r#"mutation ($id: String) { updateUser(id: $id, input: { nickname: "x" }) { id } }"#,
            json!({ "id": first }),
        );
    }
    assert_eq!(order("UPDATEDAT_DESC"), ["a", "b"]);
    assert_eq!(order("UPDATEDAT_ASC"), ["b", "a"]);
    assert_eq!(order("CREATEDAT_DESC"), ["b", "a"]);
}

#[test]
fn dates_keep_their_instant_and_epoch_text_is_refused() {
    let ask = Asker::new();
    let user = ask.create(json!({
        "username": "bob", "signedUp": "2020-10-15T17:55:37+08:00", "lastLogin": "2021-01-01T00:00:00.123Z",
    }));
    assert_eq!(user["signedUp"], "2020-10-15T09:55:37+00:00");
    assert_eq!(user["lastLogin"], "2021-01-01T00:00:00+00:00");
    let detail = ask.rest_data(Method::Get, &format!("/api/v2/users/{}", user["id"].as_str().unwrap()), None);
    assert_eq!(detail["lastLogin"], "2021-01-01T00:00:00.123Z");
    assert_eq!(ask.code(CREATE, json!({ "info": { "username": "x", "lastLogin": "1609459200123" } })), 2231);
}

#[test]
fn a_user_needs_a_name() {
    let ask = Asker::new();
    assert_eq!(ask.code(CREATE, json!({ "info": {} })), 2231);
    assert_eq!(ask.code(CREATE, json!({ "info": { "nickname": "x" } })), 2231);
    ask.create(json!({ "unionid": "u" }));
}

#[test]
fn deleting_many_is_all_or_nothing() {
    let ask = Asker::new();
    let ids = [ask.user("a"), ask.user("b")];
    let query = "mutation ($ids: [String!]!) { deleteUsers(ids: $ids) { code } }";
    assert_eq!(ask.code(query, json!({ "ids": [ids[0], "nobody"] })), 2004);
    assert_eq!(ask.code(query, json!({ "ids": [] })), 2231);
    ask.data(query, json!({ "ids": ids }));
    assert_eq!(ask.data("{ users { totalCount } }", json!({}))["users"]["totalCount"], 0);
}

#[test]
fn status_follows_the_life_of_a_user() {
    let ask = Asker::new();
    let id = ask.user("bob");
    let status = || ask.rest_data(Method::Get, &format!("/api/v2/users/{id}"), None)["status"].take();
    for (path, expected) in [("suspend", "Suspended"), ("activate", "Activated"), ("resign", "Resigned")] {
        ask.rest_data(Method::Post, &format!("/api/v2/users/{id}/{path}"), Some(json!({})));
        assert_eq!(status(), expected);
    }
    let answer = ask.rest(Method::Post, "/api/v3/resign-user", Some(json!({ "userId": id })));
    assert_eq!(answer["statusCode"], 200);
    let tenants = ask.rest_data(Method::Get, &format!("/api/v2/users/{id}/tenants"), None);
    assert_eq!((&tenants["username"], &tenants["tenants"]), (&json!("bob"), &json!([])));
}

#[test]
fn pools_are_isolated() {
    let (one, other) = (Asker::new(), Asker::new());
    one.user("bob");
    other.user("bob");
    assert_ne!(one.pool.id(), other.pool.id());
    assert!(one.pool.id().starts_with("emulated-"));
}
