//! No request costs more than it may, with or without a token.

use authing::emulator::{Fault, Pool};
use authing::transport::{Method, Request, Transport};
use serde_json::{Value, json};

use crate::ask::Asker;

/// Each of twenty fragments spreads the next one twice.
fn doubled() -> String {
    let mut query = "query { users { list { ...F0 } } }".to_owned();
    for number in 0..20 {
        let next = number + 1;
        query += &format!(
            " fragment F{number} on User {{ a: groups {{ list {{ users {{ list {{ ...F{next} }} }} }} }} \
             b: groups {{ list {{ users {{ list {{ ...F{next} }} }} }} }} }}"
        );
    }
    query + " fragment F20 on User { id }"
}

fn refused(ask: &Asker, query: &str) -> String {
    ask.refusal(query, json!({}))
}

#[test]
fn without_a_token_a_document_is_not_planned() {
    let mut ask = Asker::new();
    ask.token = None;
    let wrong = "{ users { total } nothing }";
    let answer = ask.graphql(wrong, json!({}));
    assert_eq!(answer["errors"][0]["message"]["code"], 2020, "{answer}");
    assert_eq!(answer["errors"][1]["path"], json!(["nothing"]));
    assert_eq!(answer["errors"][0]["locations"], json!([{ "line": 1, "column": 3 }]));
    assert_eq!(answer["data"], Value::Null);
    // Nor is a body that is longer than what everybody may ask for.
    let answer = ask.graphql(&" ".repeat(70_000), json!({}));
    assert_eq!(answer["errors"][0]["message"]["code"], 2020, "{answer}");
    // What everybody may ask for is checked as ever.
    assert!(refused(&ask, "{ accessToken(userPoolId: 1) { accessToken } }").contains("secret"));
    // The request is known by its root field all the same.
    let asked = ask.pool.requests();
    assert_eq!(asked[asked.len() - 3].operation(), "users");
}

#[test]
fn a_token_that_is_revoked_on_the_way_does_not_help() {
    let ask = Asker::new();
    ask.pool.faults().next("users", Fault::token_dies());
    assert_eq!(ask.code("{ users { totalCount } }", json!({})), 2020);
}

#[test]
fn documents_over_a_limit_are_refused_with_its_name() {
    let ask = Asker::new();
    let aliases: String = (0..10_000).map(|number| format!(" a{number}:users{{totalCount}}")).collect();
    let deep = "{ users { list ".to_owned() + &"{ groups { list ".repeat(1_000) + "{ id }";
    let fields = "fields { type { ".repeat(6) + "name" + &" } }".repeat(6);
    let few = "fields { type { ".repeat(3) + "name" + &" } }".repeat(3);
    for (query, limit) in [
        (doubled(), "the limit is"),
        (format!("{{ {aliases} }}"), "100000"),
        (deep, "64"),
        (format!("{{ __schema {{ types {{ {fields} }} }} }}"), "500000"),
        (format!("{{ __type(name: \"User\") {{ {few} }} }}"), "introspection depth"),
        ("{ users { totalCount } } ".repeat(1_500), "10000"),
    ] {
        let refusal = refused(&ask, &query);
        assert!(refusal.contains(limit), "{refusal}");
    }
}

#[test]
fn variables_over_a_limit_are_refused_with_its_name() {
    let ask = Asker::new();
    let query = "query ($ids: [String!]!) { userBatch(ids: $ids) { id } }";
    let refusal = ask.refusal(query, json!({ "ids": vec!["x"; 1_000_000] }));
    assert!(refusal.contains("200000"), "{refusal}");
    let deep = "[".repeat(100) + &"]".repeat(100);
    let deep: Value = serde_json::from_str(&deep).unwrap();
    let refusal = ask.refusal(query, json!({ "ids": deep }));
    assert!(refusal.contains("64"), "{refusal}");
    let body =
        format!("{{\"query\": \"{{ users {{ totalCount }} }}\", \"variables\": {}", "[".repeat(10_000));
    let request = Request::new(Method::Post, "http://pool/graphql/v2")
        .with_header("authorization", format!("Bearer {}", ask.token.as_ref().unwrap()))
        .with_body(body);
    assert_eq!(ask.pool.send(&request).unwrap().status(), 400);
}

#[test]
fn an_answer_that_grows_with_the_data_ends_at_a_limit() {
    let ask = Asker::of(Pool::builder().generated_users(50_000, 1).build());
    let query = "{ a: users(limit: 50000) { list { id username } } }";
    ask.data(query, json!({}));
    // Nothing is written of the lists, but they are long.
    let many: String =
        (0..100).map(|number| format!(" a{number}: users(limit: 50000) {{ totalCount }}")).collect();
    let refusal = refused(&ask, &format!("{{ {many} }}"));
    assert!(refusal.contains("4000000"), "{refusal}");
    ask.data("{ users { totalCount } }", json!({}));
}

#[test]
fn a_panic_costs_one_request_and_not_the_pool() {
    let ask = Asker::new();
    ask.user("bob");
    ask.pool.faults().next("users", Fault::panic());
    let answer = ask.graphql("{ users { totalCount } }", json!({}));
    assert_eq!(answer["errors"][0]["message"]["message"], "the emulator panicked");
    ask.pool.faults().next("/api/v2/users/{id}", Fault::panic());
    let response = ask.send(Method::Get, "/api/v2/users/x", None);
    assert_eq!(response.status(), 500);
    assert_eq!(ask.data("{ users { totalCount } }", json!({}))["users"]["totalCount"], 1);
    ask.user("ann");
    ask.pool.snapshot();
}
