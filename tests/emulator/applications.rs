//! Applications, the pool's own settings, and what keeps the log.

use authing::emulator::Pool;
use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::Asker;

const ANN: &str = "613872b19c90be7d4da40001";
const APP: &str = "6139c4d24e78a4d706b70001";
const KEY: &str = "61418fad9d4357a5308e0001";

fn seed() -> Value {
    json!({
        "version": 1,
        "users": [{ "id": ANN, "username": "ann", "createdAt": "2021-09-08T08:00:00.000Z" }],
        "namespaces": [{ "code": "shop", "name": "Shop" }],
        "applications": [{
            "id": APP, "name": "Shop", "identifier": "shop", "redirectUris": ["https://shop.example"],
            "agreements": [{ "id": 7, "title": "Terms" }, { "id": 9, "title": "Privacy" }],
            "accessKeys": [{ "id": KEY, "secret": "s" }],
        }],
        "groups": [{ "code": "staff", "name": "Staff", "users": [ANN] }],
        "orgs": [{ "root": { "name": "Acme", "children": [{ "name": "Sales", "members": [{ "userId": ANN }] }] } }],
        "roles": [{ "code": "clerk", "namespace": APP }],
        "resources": [
            { "code": "books", "type": "API", "apiIdentifier": "/books", "actions": [{ "name": "read" }] }
        ],
        "policies": [{ "code": "reader", "statements": [
            { "resource": "books:*", "actions": ["books:read"], "effect": "DENY",
              "condition": [{ "param": "p", "operator": "o", "value": { "any": 1 } }] }
        ] }],
        "policyAssignments": [
            { "policy": "reader", "targetType": "GROUP", "targetIdentifier": "staff", "enabled": false }
        ],
        "grants": [
            { "namespace": APP, "resource": "books", "actions": ["*"], "targetType": "ROLE", "targetIdentifier": "clerk" }
        ],
        "applicationAccess": [
            { "application": APP, "targetType": "AK_SK", "targetIdentifier": KEY, "allows": false }
        ],
        "settings": [{ "name": "Mine", "tokenExpiresAfter": 60, "whitelist": { "emailEnabled": true } }],
        "allowLists": [{ "type": "EMAIL", "values": ["Ann@Example.com", "bob@example.com"] }],
        "environment": [{ "key": "OLD", "value": "1" }, { "key": "NEW", "value": "2" }],
        "principals": [{ "userId": ANN, "type": "P", "name": "Ann", "idCard": "1", "ext": "2" }],
    })
}

fn asker() -> Asker {
    Asker::of(Pool::from_seed(&seed().to_string()).unwrap())
}

#[test]
fn a_snapshot_brings_everything_back() {
    let ask = asker();
    let snapshot = ask.pool.snapshot();
    let copy = Pool::from_seed(&snapshot).unwrap();
    assert_eq!(copy.snapshot(), snapshot);
    let written: Value = serde_json::from_str(&snapshot).unwrap();
    for section in seed().as_object().unwrap().keys() {
        assert!(written.get(section).is_some(), "{section} is not in the snapshot");
    }
    ask.rest_data(Method::Delete, &format!("/api/v2/applications/{APP}"), None);
    assert_ne!(ask.pool.snapshot(), snapshot);
    ask.pool.restore(&snapshot).unwrap();
    assert_eq!(ask.pool.snapshot(), snapshot);
}

#[test]
fn a_seed_says_where_it_is_wrong() {
    for (section, item, place) in [
        (
            "grants",
            json!({ "resource": "a:1", "actions": [], "targetType": "USER", "targetIdentifier": "x" }),
            "grants[0]",
        ),
        ("policies", json!({ "code": "a", "statements": [], "colour": 1 }), "policies[0]"),
        ("orgs", json!({ "root": { "name": "a", "members": [{ "userId": "x" }] } }), "orgs[0]"),
        ("applications", json!({ "id": "short", "name": "a", "identifier": "a" }), "applications[0]"),
        ("settings", json!({ "colour": 1 }), "settings[0]"),
        ("allowLists", json!({ "type": "Email", "values": [] }), "allowLists[0].type"),
    ] {
        let error = Pool::from_seed(&json!({ "version": 1, section: [item] }).to_string()).unwrap_err();
        assert_eq!(error.place(), place, "{error}");
    }
}

#[test]
fn an_application_is_a_namespace_and_takes_it_along() {
    let ask = asker();
    let roles = "query ($ns: String) { roles(namespace: $ns) { totalCount } }";
    assert_eq!(ask.data(roles, json!({ "ns": APP }))["roles"]["totalCount"], 1);
    ask.rest_data(Method::Delete, &format!("/api/v2/applications/{APP}"), None);
    ask.code(roles, json!({ "ns": APP }));
    let answer = ask.rest(Method::Get, &format!("/api/v2/applications/{APP}"), None);
    assert_eq!(answer["code"], 2011);
}

#[test]
fn access_is_switched_for_all_or_for_none() {
    let ask = asker();
    let path = |action: &str| format!("/api/v2/applications/{APP}/authorization/{action}");
    let body =
        |ids: Value| Some(json!({ "targetType": "USER", "targetIdentifiers": ids, "namespace": "shop" }));
    assert_ne!(ask.rest(Method::Post, &path("disable-effect"), body(json!([ANN])))["code"], 200);
    ask.rest_data(Method::Post, &path("deny"), body(json!([ANN])));
    ask.rest_data(Method::Post, &path("disable-effect"), body(json!([ANN])));
    let records = ask.rest_data(Method::Get, &path("records"), None);
    assert_eq!(records["totalCount"], 2);
    let own = records["list"].as_array().unwrap().iter().find(|own| own["targetType"] == "USER").unwrap();
    assert_eq!((&own["effect"], &own["enabled"]), (&json!("DENY"), &json!(false)));
    ask.rest_data(Method::Post, &path("revoke"), body(json!([ANN])));
    assert_eq!(ask.rest_data(Method::Get, &path("records"), None)["totalCount"], 1);
}

#[test]
fn agreements_are_shown_in_the_order_set() {
    let ask = asker();
    let path = format!("/api/v2/applications/{APP}/agreements");
    ask.rest_data(Method::Post, &format!("{path}/sort"), Some(json!({ "ids": ["9", 7] })));
    let ids = |list: Value| {
        list["list"].as_array().unwrap().iter().map(|own| own["id"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ids(ask.rest_data(Method::Get, &path, None)), [9, 7]);
    let new = ask.rest_data(Method::Post, &path, Some(json!({ "title": "Cookies" })));
    assert_eq!((&new["id"], &new["required"], &new["lang"]), (&json!(10), &json!(true), &json!("zh-CN")));
    assert_ne!(ask.rest(Method::Post, &format!("{path}/sort"), Some(json!({ "ids": [8] })))["code"], 200);
}

#[test]
fn settings_are_changed_one_by_one() {
    let ask = asker();
    let update = "mutation ($input: UpdateUserpoolInput!) {
        updateUserpool(input: $input) {
            name tokenExpiresAfter whitelist { emailEnabled phoneEnabled usernameEnabled }
        }
    }";
    let shown = ask.data(update, json!({ "input": { "whitelist": { "phoneEnabled": true } } }));
    assert_eq!(
        shown["updateUserpool"],
        json!({
            "name": "Mine", "tokenExpiresAfter": 60,
            "whitelist": { "emailEnabled": true, "phoneEnabled": true, "usernameEnabled": false },
        })
    );
    ask.code(update, json!({ "input": { "name": null } }));
    ask.refusal(update, json!({ "input": { "colour": "red" } }));
    let token =
        ask.data("mutation ($id: String) { refreshToken(id: $id) { iat exp } }", json!({ "id": ANN }));
    let seconds = |name: &str| token["refreshToken"][name].as_i64().unwrap();
    assert_eq!(seconds("exp") - seconds("iat"), 60);
}

#[test]
fn lists_of_the_pool_have_the_newest_first() {
    let ask = asker();
    let whitelist = ask.data("{ whitelist(type: EMAIL) { value } }", json!({}));
    assert_eq!(
        whitelist["whitelist"],
        json!([{ "value": "bob@example.com" }, { "value": "ann@example.com" }])
    );
    let env = ask.rest_data(Method::Get, "/api/v2/env", None);
    assert_eq!((&env[0]["key"], &env[1]["key"]), (&json!("NEW"), &json!("OLD")));
    assert_ne!(ask.rest(Method::Delete, "/api/v2/env/NONE", None)["code"], 200);
}

#[test]
fn papers_come_in_the_query_or_in_the_body() {
    let ask = asker();
    let path = format!("/api/v2/users/{ANN}/management/principal_authentication");
    let papers = json!({ "type": "E", "name": "Acme", "idCard": "3", "ext": "4" });
    for (path, body) in
        [(format!("{path}?type=E&name=Acme&idCard=3&ext=4"), None), (path.clone(), Some(papers.clone()))]
    {
        ask.rest_data(Method::Post, &path, body);
    }
    assert_eq!(ask.rest_data(Method::Get, &path, None)["type"], "E");
    let answer = ask.rest(Method::Post, &format!("{path}?type=X&name=a&idCard=b&ext=c"), None);
    assert!(answer["message"].as_str().unwrap().contains("P or E"), "{answer}");
}

#[test]
fn the_log_keeps_changes_and_refusals() {
    let ask = asker();
    ask.user("bob");
    ask.code("mutation { deleteUser(id: \"x\") { code } }", json!({}));
    // A read is no change, even when it is a POST.
    ask.rest_data(Method::Post, "/api/v2/password/check", Some(json!({ "password": "123456" })));
    let log = ask.rest_data(Method::Get, "/api/v2/analysis/audit?limit=2", None);
    let seen: Vec<_> =
        log["list"].as_array().unwrap().iter().map(|own| (&own["eventType"], &own["success"])).collect();
    assert_eq!(seen, [(&json!("deleteUser"), &json!(false)), (&json!("createUser"), &json!(true))]);
    for filter in ["operation_name=createGroup", "app_id[]=x", "userId=x", "clientip=192.0.2.1", "end=1"] {
        let log = ask.rest_data(Method::Get, &format!("/api/v2/analysis/audit?{filter}"), None);
        assert_eq!(log["totalCount"], 0, "{filter}");
    }
    let refused = ask.rest(Method::Get, "/api/v2/analysis/audit?colour=red", None);
    assert!(refused["message"].as_str().unwrap().contains("colour"), "{refused}");
}

#[test]
fn mail_needs_somebody_to_go_to() {
    let mut ask = asker();
    let first = "mutation ($app: String!, $user: String!) { sendFirstLoginVerifyEmail(appId: $app, userId: $user) { code } }";
    assert_eq!(ask.code(first, json!({ "app": APP, "user": ANN })), 2028);
    assert_eq!(ask.code(first, json!({ "app": "x", "user": ANN })), 2011);
    ask.token = None;
    let mail = "mutation ($email: String!) { sendEmail(email: $email, scene: CHANGE_EMAIL) { code } }";
    assert_eq!(ask.code(mail, json!({ "email": "nobody" })), 2003);
    assert_eq!(ask.data(mail, json!({ "email": "ann@example.com" }))["sendEmail"]["code"], 200);
    assert_eq!(ask.code(first, json!({ "app": APP, "user": ANN })), 2020);
    assert_eq!(ask.rest(Method::Get, "/api/v2/env", None)["code"], 2020);
}
