//! The strictness list: what is refused, each with its request and its answer.
//!
//! ```text
//! cargo test --test emulator the_strictness_list -- --nocapture
//! ```

use std::time::Duration;

use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::Asker;

/// Prints a request and what came of it, and checks that the reason is named.
fn show(ask: &Asker, what: &str, method: Method, path: &str, body: Option<Value>, status: u16, reason: &str) {
    let response = ask.send(method, path, body.as_ref());
    let answer = String::from_utf8(response.body().to_vec()).unwrap();
    println!("{what}");
    println!("  > {method} {path} {}", body.map(|body| body.to_string()).unwrap_or_default());
    println!("  < {} {answer}\n", response.status());
    assert_eq!(response.status(), status, "{what}: {answer}");
    assert!(answer.contains(reason), "{what}: {answer}");
}

#[test]
fn the_strictness_list() {
    let mut ask = Asker::new();
    let create = "mutation ($info: CreateUserInput!) { createUser(userInfo: $info) { id } }";
    let graphql = |ask: &Asker, what: &str, query: &str, variables: Value, status: u16, reason: &str| {
        let body = json!({ "query": query, "variables": variables });
        show(ask, what, Method::Post, "/graphql/v2", Some(body), status, reason);
    };
    let unknown = json!({ "info": { "username": "bob", "city": "Beijing" } });
    graphql(&ask, "an unknown input field", create, unknown, 400, "Field \\\"city\\\" is not defined");
    let wrong = json!({ "info": { "username": "bob", "loginsCount": "2" } });
    graphql(&ask, "a wrong type", create, wrong, 400, "Int cannot represent non-integer value");
    let sorted = "query ($sort: SortByEnum) { users(sortBy: $sort) { totalCount } }";
    let value = json!({ "sort": "NAME_ASC" });
    graphql(&ask, "an unknown enum value", sorted, value, 400, "does not exist in \\\"SortByEnum\\\" enum");
    let argument = "{ users(order: CREATEDAT_ASC) { totalCount } }";
    graphql(&ask, "an unknown argument", argument, json!({}), 400, "`order` is not supported");
    graphql(&ask, "an unknown field", "{ users { total } }", json!({}), 400, "does not have a field `total`");
    graphql(&ask, "a missing variable", create, json!({}), 400, "was not provided");
    graphql(&ask, "a null where none may be", create, json!({ "info": null }), 400, "not to be null");

    let path = "/api/v2/users/613872b19c90be7d4da44466?with_customdata=1";
    show(&ask, "an unsupported query parameter", Method::Get, path, None, 200, "with_customdata");
    let kick = Some(json!({ "userIds": ["x"], "appId": "y" }));
    show(&ask, "an unsupported body field", Method::Post, "/api/v2/users/kick", kick, 200, "appId");
    let create = Some(json!({ "userInfo": { "username": "bob", "city": "Beijing" } }));
    show(&ask, "an unknown input field over REST", Method::Post, "/api/v2/users", create, 200, "city");
    show(
        &ask,
        "a path of the service that the pool lacks",
        Method::Get,
        "/api/v3/metadata/get-row",
        None,
        501,
        "not supported",
    );
    show(&ask, "a path that nobody has", Method::Get, "/api/v2/tennants", None, 404, "there is no");

    let list = "{ users { totalCount } }";
    let good = ask.token.take();
    graphql(&ask, "no token", list, json!({}), 200, "2020");
    show(&ask, "no token over REST", Method::Get, "/api/v2/users/x", None, 200, "2020");
    ask.token = Asker::new().token;
    graphql(&ask, "a token of another pool", list, json!({}), 200, "2020");
    ask.token = good;
    ask.pool.clock().advance(Duration::from_secs(16 * 24 * 3600));
    graphql(&ask, "an expired token", list, json!({}), 200, "2020");
}
