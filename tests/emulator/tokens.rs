//! Tokens of the pool's owner and of users.

use std::time::Duration;

use authing::emulator::Pool;
use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::Asker;

const USERS: &str = "{ users { totalCount } }";

#[test]
fn a_token_lives_fifteen_days_on_the_pools_clock() {
    let ask = Asker::new();
    ask.data(USERS, json!({}));
    ask.pool.clock().advance(Duration::from_secs(15 * 24 * 3600 - 60));
    ask.data(USERS, json!({}));
    ask.pool.clock().advance(Duration::from_secs(61));
    assert_eq!(ask.code(USERS, json!({})), 2020);
}

#[test]
fn a_token_can_live_shorter() {
    let ask = Asker::of(Pool::builder().token_lifetime(Duration::from_secs(60)).build());
    ask.data(USERS, json!({}));
    ask.pool.clock().advance(Duration::from_secs(61));
    assert_eq!(ask.code(USERS, json!({})), 2020);
}

#[test]
fn without_or_with_a_foreign_token_nothing_is_answered() {
    let mut ask = Asker::new();
    let good = ask.token.take();
    for token in
        [None, Some("nonsense".to_owned()), Asker::new().token, good.map(|token| format!("{token}x"))]
    {
        ask.token = token;
        let answer = ask.graphql(USERS, json!({}));
        assert_eq!(answer["errors"][0]["message"]["code"], 2020, "{answer}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR");
        assert_eq!(answer["errors"][0]["path"], json!(["users"]));
        assert_eq!(answer["data"], Value::Null);
        assert_eq!(ask.rest(Method::Get, "/api/v2/users/x", None)["code"], 2020);
        // A nullable field is null by itself.
        let answer = ask.graphql(r#"{ user(id: "x") { id } }"#, json!({}));
        assert_eq!(answer["data"], json!({ "user": null }));
    }
}

#[test]
fn a_users_own_token_does_not_manage_the_pool() {
    let mut ask = Asker::new();
    let id = ask.user("bob");
    let issued =
        ask.data("mutation ($id: String) { refreshToken(id: $id) { token iat exp } }", json!({ "id": id }));
    ask.token = issued["refreshToken"]["token"].as_str().map(str::to_owned);
    assert_eq!(ask.code(USERS, json!({})), 2020);
}

#[test]
fn wrong_credentials_are_refused() {
    let ask = Asker::new();
    let query = "query ($id: String!, $secret: String!) { accessToken(userPoolId: $id, secret: $secret) { accessToken } }";
    let secret = ask.pool.secret().expose();
    assert_eq!(ask.code(query, json!({ "id": "another", "secret": secret })), 2224);
    assert_eq!(ask.code(query, json!({ "id": ask.pool.id(), "secret": "wrong" })), 1001);
}

#[test]
fn rest_tokens_come_without_an_envelope() {
    let mut ask = Asker::new();
    let (id, secret) = (ask.pool.id().to_owned(), ask.pool.secret().expose().to_owned());
    let by_post = ask.send(
        Method::Post,
        "/api/v2/userpools/access-token",
        Some(&json!({ "userPoolId": id, "secret": secret })),
    );
    assert_eq!(by_post.status(), 201);
    let by_get = ask.rest(
        Method::Get,
        &format!("/api/v2/userpools/accessToken?userPoolId={id}&secret={secret}"),
        None,
    );
    assert_eq!(by_get["exp"].as_i64().unwrap() - by_get["iat"].as_i64().unwrap(), 1_296_000);
    ask.token = by_get["accessToken"].as_str().map(str::to_owned);
    ask.data(USERS, json!({}));
}

#[test]
fn a_users_token_is_checked_kicked_and_expires() {
    let ask = Asker::new();
    let id = ask.user("bob");
    let issue = || {
        let issued =
            ask.data("mutation ($id: String) { refreshToken(id: $id) { token } }", json!({ "id": id }));
        issued["refreshToken"]["token"].as_str().unwrap().to_owned()
    };
    let check = |token: &str| {
        ask.data(
            "query ($t: String) { checkLoginStatus(token: $t) { code status exp data { id } } }",
            json!({ "t": token }),
        )["checkLoginStatus"]
            .take()
    };
    let token = issue();
    assert_eq!(check(&token)["data"], json!({ "id": id }));
    let status = ask.rest_data(Method::Get, &format!("/api/v2/users/login-status?userId={id}"), None);
    assert_eq!(status["isLogin"], true);
    ask.rest_data(Method::Post, "/api/v2/users/kick", Some(json!({ "userIds": [id] })));
    let dead = json!({ "code": 2206, "status": false, "exp": null, "data": null });
    assert_eq!(check(&token), dead);
    let token = issue();
    assert_eq!(ask.rest(Method::Get, &format!("/logout?userId={id}"), None)["code"], 200);
    assert_eq!(check(&token), dead);
    let token = issue();
    ask.data(
        r#"mutation ($id: String) { updateUser(id: $id, input: { tokenExpiredAt: "2020-01-01T00:00:00Z" }) { id } }"#,
        json!({ "id": id }),
    );
    assert_eq!(check(&token), dead);
    let status = ask.rest_data(Method::Get, &format!("/api/v2/users/login-status?userId={id}"), None);
    assert_eq!(status["isLogin"], false);
    ask.data(
        "mutation ($id: String) { updateUser(id: $id, input: { tokenExpiredAt: null }) { id } }",
        json!({ "id": id }),
    );
    assert_eq!(check(&token)["code"], 200);
    ask.pool.clock().advance(Duration::from_secs(16 * 24 * 3600));
    assert_eq!(check(&token), dead);
}

#[test]
fn a_kicked_token_stays_dead_when_another_is_issued_in_the_same_second() {
    // Its calendar stands still, so all of this is in one second.
    let ask = Asker::of(Pool::builder().seed(1).build());
    let id = ask.user("bob");
    let issue = || {
        let issued =
            ask.data("mutation ($id: String) { refreshToken(id: $id) { token } }", json!({ "id": id }));
        issued["refreshToken"]["token"].as_str().unwrap().to_owned()
    };
    let is_live = |token: &str| {
        let query = "query ($t: String) { checkLoginStatus(token: $t) { status } }";
        ask.data(query, json!({ "t": token }))["checkLoginStatus"]["status"] == true
    };
    let (first, second) = (issue(), issue());
    assert_ne!(first, second);
    assert!(is_live(&first) && is_live(&second));
    ask.rest_data(Method::Post, "/api/v2/users/kick", Some(json!({ "userIds": [id] })));
    let third = issue();
    assert!(!is_live(&first) && !is_live(&second) && is_live(&third));
}

#[test]
fn two_pools_with_the_same_number_answer_alike() {
    let transcript = |seed: u64| {
        let ask = Asker::of(Pool::builder().seed(seed).build());
        let id = ask.user("bob");
        let token =
            ask.data("mutation ($id: String) { refreshToken(id: $id) { token iat } }", json!({ "id": id }));
        let role = ask.data(r#"mutation { createRole(code: "admin") { id createdAt } }"#, json!({}));
        json!([ask.pool.id(), ask.pool.secret().expose(), ask.token, id, token, role, ask.pool.snapshot()])
    };
    assert_eq!(transcript(7), transcript(7));
    let (first, other) = (transcript(7), transcript(8));
    for place in 0..7 {
        assert_ne!(first[place], other[place], "{place}");
    }
}
