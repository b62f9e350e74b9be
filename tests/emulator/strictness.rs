//! What the service's stack refuses is refused here, with a reason that names the culprit.

use authing::emulator::{Guess, Pool};
use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::{Asker, CREATE};

#[test]
fn an_unknown_input_field_fails_the_whole_call() {
    let ask = Asker::new();
    let refusal = ask.refusal(CREATE, json!({ "info": { "username": "bob", "city": "Beijing" } }));
    assert_eq!(
        refusal,
        "Variable \"$info\" got invalid value at \"info\"; Field \"city\" is not defined by type \"CreateUserInput\"."
    );
    let refusal =
        ask.refusal(r#"mutation { createUser(userInfo: { username: "b", city: "B" }) { id } }"#, json!({}));
    assert!(refusal.contains("city"), "{refusal}");
    assert_eq!(ask.data("{ users { totalCount } }", json!({}))["users"]["totalCount"], 0);
}

#[test]
fn a_wrong_type_is_refused() {
    let ask = Asker::new();
    let cases = [
        (json!({ "info": { "username": 1 } }), "String cannot represent a non string value: 1"),
        (
            json!({ "info": { "username": "b", "loginsCount": "2" } }),
            "Int cannot represent non-integer value: \"2\"",
        ),
        (
            json!({ "info": { "username": "b", "loginsCount": 3_000_000_000_i64 } }),
            "Int cannot represent non 32-bit",
        ),
        (
            json!({ "info": { "username": "b", "blocked": 1 } }),
            "Boolean cannot represent a non boolean value: 1",
        ),
        (json!({ "info": null }), "not to be null"),
        (json!({}), "of required type \"CreateUserInput!\" was not provided"),
        (json!({ "info": { "username": "b" }, "keep": "yes" }), "Boolean cannot represent"),
    ];
    for (variables, reason) in cases {
        let refusal = ask.refusal(CREATE, variables);
        assert!(refusal.contains(reason), "{refusal}");
    }
    let refusal = ask.refusal("{ users(page: \"1\") { totalCount } }", json!({}));
    assert!(refusal.contains("Int"), "{refusal}");
}

#[test]
fn an_unknown_enum_value_is_refused() {
    let ask = Asker::new();
    let query = "query ($sort: SortByEnum) { users(sortBy: $sort) { totalCount } }";
    let refusal = ask.refusal(query, json!({ "sort": "NAME_ASC" }));
    assert!(refusal.contains("\"NAME_ASC\" does not exist in \"SortByEnum\""), "{refusal}");
    ask.refusal("{ users(sortBy: NAME_ASC) { totalCount } }", json!({}));
    ask.refusal("query ($t: WhitelistType!) { whitelist(type: $t) { value } }", json!({ "t": "Email" }));
}

#[test]
fn unknown_arguments_fields_and_broken_documents_are_refused() {
    let ask = Asker::new();
    for (query, culprit) in [
        ("{ users(sort: CREATEDAT_ASC) { totalCount } }", "sort"),
        ("{ users { total } }", "total"),
        ("{ nothing }", "nothing"),
        ("{ users }", ""),
        ("{ users { totalCount }", ""),
        ("query ($x: Int) { users { totalCount } }", "x"),
        ("query ($x: String) { users(page: $x) { totalCount } }", "x"),
        ("{ users { ...Missing } }", "Missing"),
        ("subscription { users { totalCount } }", ""),
        ("query A { users { totalCount } } query B { users { totalCount } }", ""),
    ] {
        let refusal = ask.refusal(query, json!({}));
        assert!(refusal.contains(culprit), "{query}: {refusal}");
    }
}

#[test]
fn a_request_that_is_no_request_is_refused() {
    let ask = Asker::new();
    for body in [
        json!([]),
        json!({}),
        json!({ "query": 1 }),
        json!({ "query": "{ users { totalCount } }", "variables": [] }),
        json!({ "query": "{ users { totalCount } }", "more": 1 }),
    ] {
        assert_eq!(ask.send(Method::Post, "/graphql/v2", Some(&body)).status(), 400, "{body}");
    }
    assert_eq!(ask.send(Method::Get, "/graphql/v2", None).status(), 405);
}

#[test]
fn undeclared_variables_are_tolerated_and_null_is_not_absence() {
    let ask = Asker::new();
    let query = "query ($page: Int) { roles(page: $page) { totalCount } }";
    ask.data(query, json!({ "page": 1, "query": "what one SDK sends" }));
    ask.data(query, json!({ "page": null }));
    ask.data(query, json!({}));
}

#[test]
fn rest_parameters_that_are_not_known_are_refused() {
    let ask = Asker::new();
    let cases = [
        (Method::Get, "/api/v2/users/x?with_customdata=1", None, "with_customdata"),
        (Method::Get, "/api/v2/users/x?with_custom_data=yes", None, "no boolean"),
        (Method::Get, "/api/v2/users/x?with_custom_data=1&with_custom_data=1", None, "twice"),
        (Method::Post, "/api/v2/users/kick", Some(json!({ "userIds": ["x"], "appId": "y" })), "appId"),
        (Method::Post, "/api/v2/users/kick", Some(json!({ "userIds": "x" })), "userIds"),
        (Method::Post, "/api/v2/users/kick", Some(json!({})), "userIds is required"),
        (Method::Post, "/api/v2/users", Some(json!({ "userInfo": { "city": "x" } })), "city"),
        (Method::Post, "/api/v2/users/x/suspend", Some(json!({ "why": 1 })), "why"),
        (Method::Get, "/api/v2/users/search?query=x&limit=many", None, "limit"),
    ];
    for (method, path, body, culprit) in cases {
        let answer = ask.rest(method, path, body);
        assert_eq!(answer["code"], 2231, "{path}: {answer}");
        assert!(answer["message"].as_str().unwrap().contains(culprit), "{path}: {answer}");
        assert_eq!(answer["data"], Value::Null);
    }
    let response = ask.send(Method::Delete, "/api/v2/users", None);
    assert_eq!(response.status(), 404);
}

#[test]
fn limits_and_pages_are_checked() {
    let ask = Asker::new();
    for arguments in ["page: 0", "limit: 0", "limit: -1"] {
        assert_eq!(ask.code(&format!("{{ users({arguments}) {{ totalCount }} }}"), json!({})), 2231);
    }
    let ids: Vec<_> = (0..81).map(|number| number.to_string()).collect();
    let query = "query ($ids: [String!]!) { userBatch(ids: $ids) { id } }";
    assert_eq!(ask.code(query, json!({ "ids": ids })), 2030);
    assert_eq!(ask.data(query, json!({ "ids": ids[..80] })), json!({ "userBatch": [] }));
}

#[test]
fn what_is_not_supported_says_so() {
    let ask = Asker::new();
    let answer = ask.graphql("mutation { refreshUserpoolSecret }", json!({}));
    let message = answer["errors"][0]["message"]["message"].as_str().unwrap();
    assert_eq!(message, "refreshUserpoolSecret is not supported by the emulator");
    let response = ask.send(Method::Get, "/api/v3/metadata/get-row?modelId=device", None);
    assert_eq!(response.status(), 501);
    let answer: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(answer["message"], "GET /api/v3/metadata/get-row is not supported by the emulator");
    let response = ask.send(Method::Get, "/api/v2/tennants", None);
    assert_eq!(response.status(), 404);
}

#[test]
fn introspection_answers_in_full() {
    let mut ask = Asker::new();
    ask.token = None;
    let query =
        "query { __schema { queryType { name } types { name fields { name args { name } } } } __typename }";
    for _ in 0..2 {
        let answer = ask.data(query, json!({}));
        assert_eq!(answer["__typename"], "Query");
        assert_eq!(answer["__schema"]["queryType"]["name"], "Query");
        let types = answer["__schema"]["types"].as_array().unwrap();
        assert!(types.iter().any(|ty| ty["name"] == "CreateUserInput"));
    }
    for name in ["User", "Role"] {
        let query = "query ($name: String!) { __type(name: $name) { name } }";
        assert_eq!(ask.data(query, json!({ "name": name }))["__type"]["name"], name);
    }
}

#[test]
fn fragments_aliases_and_directives_work() {
    let ask = Asker::new();
    ask.user("bob");
    let query = "query ($more: Boolean!) {
        first: users(limit: 1) { ...P list { name: username status @skip(if: $more) } }
        users { totalCount }
    }
    fragment P on PaginatedUsers { totalCount list { ... on User { email @include(if: $more) } } }";
    let answer = ask.data(query, json!({ "more": true }));
    assert_eq!(answer["first"], json!({ "totalCount": 1, "list": [{ "email": null, "name": "bob" }] }));
    let answer = ask.data(query, json!({ "more": false }));
    assert_eq!(answer["first"]["list"], json!([{ "name": "bob", "status": "Activated" }]));
    assert_eq!(answer["users"]["totalCount"], 1);
}

#[test]
fn a_code_that_is_a_guess_is_named_and_can_be_set() {
    let resource = "/api/v2/resources/by-code/none?namespace=none";
    for (ask, code) in [
        (Asker::new(), 404),
        (
            Asker::of(
                Pool::builder()
                    .error_code(Guess::PolicyNotFound, 7001)
                    .error_code(Guess::NamespaceNotFound, 7001)
                    .build(),
            ),
            7001,
        ),
    ] {
        let query = r#"mutation { deletePolicy(code: "none") { code } }"#;
        assert_eq!(ask.code(query, json!({})), code);
        let response = ask.send(Method::Post, "/graphql/v2", Some(&json!({ "query": query })));
        assert_eq!(response.header("x-authing-emulator-guess"), Some("policy-not-found"));
        let response = ask.send(Method::Get, resource, None);
        let answer: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(answer["code"], code, "{answer}");
        assert_eq!(response.header("x-authing-emulator-guess"), Some("namespace-not-found"));
        // The log has the same code.
        let log = ask.rest_data(Method::Get, "/api/v2/analysis/audit", None);
        assert_eq!(log["list"][0]["eventResultCode"], code);
    }
    // What is known is not marked.
    let ask = Asker::new();
    let response =
        ask.send(Method::Post, "/graphql/v2", Some(&json!({ "query": "{ users { totalCount } }" })));
    assert_eq!(response.header("x-authing-emulator-guess"), None);
}
