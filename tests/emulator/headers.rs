//! What the headers of a request say: language, application, tenant.

use authing::emulator::Pool;
use authing::transport::{Method, Request, Transport};
use serde_json::{Value, json};

use crate::ask::Asker;

const ANN: &str = "613872b19c90be7d4da40001";
const BOB: &str = "613872b19c90be7d4da40002";
const SHOP: &str = "6139c4d24e78a4d706b70001";
const ACME: &str = "619b64fd2cfccd07a8290001";
const ROOT: &str = "6142c2c4f8abf18c6c970001";

fn asker() -> Asker {
    let seed = json!({
        "version": 1,
        "users": [{ "id": ANN, "username": "ann" }, { "id": BOB, "username": "bob" }],
        "applications": [{ "id": SHOP, "name": "Shop", "identifier": "shop" }],
        "tenants": [{ "id": ACME, "name": "Acme", "members": [{ "userId": ANN }] }],
        "orgs": [{ "root": { "id": ROOT, "name": "Other" } }],
    });
    Asker::of(Pool::from_seed(&seed.to_string()).unwrap())
}

fn send(ask: &Asker, header: (&'static str, &'static str), path: &str, body: Option<Value>) -> Value {
    let method = if body.is_some() { Method::Post } else { Method::Get };
    let mut request = Request::new(method, format!("http://pool.invalid{path}"))
        .with_header("authorization", format!("Bearer {}", ask.token.as_deref().unwrap()))
        .with_header(header.0, header.1);
    if let Some(body) = body {
        request = request.with_body(body.to_string());
    }
    serde_json::from_slice(ask.pool.send(&request).unwrap().body()).unwrap()
}

#[test]
fn the_application_must_exist_and_is_noted() {
    let ask = asker();
    let header = "x-authing-app-id";
    let kick = || Some(json!({ "userIds": [ANN] }));
    assert_eq!(send(&ask, (header, "x"), "/api/v2/users/kick", kick())["code"], 2011);
    let query = Some(json!({ "query": "{ users { totalCount } }" }));
    assert_eq!(send(&ask, (header, "x"), "/graphql/v2", query)["errors"][0]["message"]["code"], 2011);
    // Some clients always send the header.
    assert_eq!(send(&ask, (header, ""), "/api/v2/users/kick", kick())["code"], 200);
    assert_eq!(send(&ask, (header, SHOP), "/api/v2/users/kick", kick())["code"], 200);
    let log = |query: &str| ask.rest_data(Method::Get, &format!("/api/v2/analysis/audit?{query}"), None);
    assert_eq!(log(&format!("app_id={SHOP}"))["totalCount"], 1);
    assert_eq!(log("app_id=x")["totalCount"], 0);
    assert_eq!(log("limit=1")["list"][0]["app_id"], SHOP);
}

#[test]
fn in_a_tenant_only_what_belongs_to_it_is_asked_for() {
    let ask = asker();
    let header = "x-authing-app-tenant-id";
    let path = "/api/v2/acl/is-allowed";
    let asked = |id: &str| Some(json!({ "userId": id, "resource": "books:1", "action": "read" }));
    assert_eq!(send(&ask, (header, ACME), path, asked(ANN))["code"], 200);
    assert_eq!(send(&ask, (header, ""), path, asked(BOB))["code"], 200);
    assert_eq!(send(&ask, (header, ACME), path, asked(BOB))["code"], 404);
    assert_eq!(send(&ask, (header, "x"), path, asked(ANN))["code"], 404);
    let mut named = asked(BOB).unwrap();
    named["tenantId"] = json!(ACME);
    assert_eq!(ask.rest(Method::Post, path, Some(named))["code"], 404);
    for (kind, target, code) in [("USER", ANN, 200), ("USER", BOB, 404), ("ORG", ROOT, 404)] {
        let opts = json!([{ "targetType": kind, "targetIdentifiers": [target],
            "resources": [{ "code": "books:1", "actions": ["read"] }] }]);
        for path in ["/api/v2/acl/authorize-resources", "/api/v2/acl/revoke-resources"] {
            assert_eq!(
                send(&ask, (header, ACME), path, Some(json!({ "opts": opts })))["code"],
                code,
                "{kind}"
            );
        }
        let targets = json!([{ "targetType": kind, "targetIdentifier": target }]);
        let body = json!({ "namespace": "default", "targets": targets });
        let path = "/api/v2/acl/list-authorized-resources-batch";
        assert_eq!(send(&ask, (header, ACME), path, Some(body))["code"], code, "{kind}");
    }
}

#[test]
fn refusals_are_in_the_language_that_is_asked_for_and_short() {
    let ask = asker();
    let long = "x".repeat(100_000);
    let cases = [
        ("/api/v2/orgs/children?nodeId=x&depth=y", None),
        ("/api/v2/users/login-status", None),
        ("/api/v2/roles?colour=red", None),
        ("/api/v3/metadata/get-row", None),
        ("/api/v2/nothing", None),
        ("/api/v2/users", Some(json!({ "userInfo": { "username": "a", "city": "b" } }))),
        ("/api/v2/users/kick", Some(json!({ "userIds": { "long": long } }))),
        ("/api/v2/users/kick", Some(json!({ "userIds": [""], (long.as_str()): 1 }))),
        ("/api/v2/resources/bulk", Some(json!({ "bulk": [{ (long.as_str()): 1 }] }))),
        ("/api/v2/users/filter", Some(json!({ "filter": [long] }))),
        ("/api/v2/orgs/import", Some(json!({ "filetype": "json", "file": long }))),
        ("/api/v2/udvs", Some(json!({ "targetType": "USER", "targetId": ANN, "data": long }))),
        ("/api/v2/tenant/x/user", Some(json!({ "userIds": [ANN] }))),
        ("/api/v2/acl/is-allowed", Some(json!({ "userId": long, "resource": "a:b", "action": long }))),
    ];
    for (path, body) in cases {
        for (lang, chinese) in [("zh-CN", true), ("", true), ("en-US", false)] {
            let answer = send(&ask, ("x-authing-lang", lang), path, body.clone());
            let message = answer["message"].as_str().unwrap();
            assert!(message.chars().count() < 600, "{path}: {}", message.len());
            let is_chinese = message.chars().any(|c| ('一'..='鿿').contains(&c));
            assert_eq!(is_chinese, chinese, "{path} {lang}: {message}");
        }
    }
}
