//! Grants and policies: who may do what.

use authing::emulator::Pool;
use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::Asker;

const ANN: &str = "613872b19c90be7d4da40001";
const ROOT: &str = "6142c2c4f8abf18c6c970001";
const SALES: &str = "6142c2c4f8abf18c6c970002";

/// Ann is in the group `staff` and in the department Sales, and nobody is permitted anything.
fn asker() -> Asker {
    let seed = json!({
        "version": 1,
        "users": [{ "id": ANN, "username": "ann" }],
        "namespaces": [{ "code": "shop", "name": "Shop" }],
        "groups": [{ "code": "staff", "name": "Staff", "users": [ANN] }],
        "orgs": [{ "root": { "id": ROOT, "name": "Acme", "children": [
            { "id": SALES, "name": "Sales", "members": [{ "userId": ANN }] }
        ] } }],
        "roles": [
            { "code": "direct", "users": [ANN] },
            { "code": "by-group", "groups": ["staff"] },
            { "code": "by-department", "nodes": [ROOT] },
            { "code": "direct", "namespace": "shop" }
        ],
    });
    Asker::of(Pool::from_seed(&seed.to_string()).unwrap())
}

fn authorize(ask: &Asker, namespace: &str, resource: &str, kind: &str, target: &str) {
    ask.data(
        "mutation ($ns: String, $resource: String, $opts: [AuthorizeResourceOpt]) {
            authorizeResource(namespace: $ns, resource: $resource, opts: $opts) { code }
        }",
        json!({
            "ns": namespace,
            "resource": resource,
            "opts": [{ "targetType": kind, "targetIdentifier": target, "actions": ["books:read"] }],
        }),
    );
}

fn allowed(ask: &Asker, namespace: &str, resource: &str) -> bool {
    let answer = ask.data(
        "query ($id: String!, $ns: String, $resource: String!) {
            isActionAllowed(userId: $id, namespace: $ns, resource: $resource, action: \"books:read\")
        }",
        json!({ "id": ANN, "ns": namespace, "resource": resource }),
    );
    answer["isActionAllowed"].as_bool().unwrap()
}

#[test]
fn a_user_is_permitted_what_it_belongs_to_is_permitted() {
    for (kind, target) in [
        ("USER", ANN),
        ("GROUP", "staff"),
        ("ORG", SALES),
        ("ORG", ROOT),
        ("ROLE", "direct"),
        ("ROLE", "by-group"),
        ("ROLE", "by-department"),
    ] {
        let ask = asker();
        assert!(!allowed(&ask, "default", "books:1"), "{kind} {target}");
        authorize(&ask, "default", "books:*", kind, target);
        assert!(allowed(&ask, "default", "books:1"), "{kind} {target}");
        assert!(!allowed(&ask, "shop", "books:1"), "{kind} {target}");
        assert!(!allowed(&ask, "default", "orders:1"), "{kind} {target}");
    }
}

#[test]
fn a_role_of_another_namespace_is_another_role() {
    let ask = asker();
    authorize(&ask, "shop", "books:*", "ROLE", "direct");
    assert!(!allowed(&ask, "shop", "books:1"));
    let assign = "mutation ($ids: [String!]) {
        assignRole(namespace: \"shop\", roleCode: \"direct\", userIds: $ids) { code }
    }";
    ask.data(assign, json!({ "ids": [ANN] }));
    assert!(allowed(&ask, "shop", "books:1"));
}

#[test]
fn grants_go_with_their_target() {
    let ask = asker();
    authorize(&ask, "default", "books:*", "GROUP", "staff");
    ask.data("mutation { updateGroup(code: \"staff\", newCode: \"crew\") { code } }", json!({}));
    assert!(allowed(&ask, "default", "books:1"));
    ask.data("mutation { deleteGroups(codeList: [\"crew\"]) { code } }", json!({}));
    assert!(!allowed(&ask, "default", "books:1"));
    ask.data("mutation { createGroup(code: \"crew\", name: \"Crew\") { code } }", json!({}));
    let join = "mutation ($ids: [String!]!) { addUserToGroup(code: \"crew\", userIds: $ids) { code } }";
    ask.data(join, json!({ "ids": [ANN] }));
    assert!(!allowed(&ask, "default", "books:1"), "a group of the same code is a new group");
}

#[test]
fn a_role_that_is_renamed_keeps_its_grants() {
    let ask = asker();
    authorize(&ask, "default", "books:*", "ROLE", "direct");
    ask.data("mutation { updateRole(code: \"direct\", newCode: \"straight\") { code } }", json!({}));
    assert!(allowed(&ask, "default", "books:1"));
}

fn policy(ask: &Asker, code: &str, effect: &str) {
    let create = "mutation ($code: String!, $statements: [PolicyStatementInput!]!) {
        createPolicy(code: $code, statements: $statements) { code assignmentsCount statements { effect } }
    }";
    let statement = json!({ "resource": "books:*", "actions": ["books:*"], "effect": effect });
    ask.data(create, json!({ "code": code, "statements": [statement] }));
}

fn assign(ask: &Asker, code: &str, kind: &str, target: &str, inherit: bool) {
    ask.data(
        "mutation ($code: String!, $kind: PolicyAssignmentTargetType!, $target: String!, $inherit: Boolean) {
            addPolicyAssignments(
                policies: [$code], targetType: $kind, targetIdentifiers: [$target], inheritByChildren: $inherit
            ) { code }
        }",
        json!({ "code": code, "kind": kind, "target": target, "inherit": inherit }),
    );
}

#[test]
fn a_policy_of_a_department_reaches_those_below_when_it_says_so() {
    for inherit in [false, true] {
        let ask = asker();
        policy(&ask, "reader", "ALLOW");
        assign(&ask, "reader", "ORG", ROOT, inherit);
        assert_eq!(allowed(&ask, "default", "books:1"), inherit);
    }
}

#[test]
fn what_denies_beats_what_allows_until_it_is_disabled() {
    let ask = asker();
    authorize(&ask, "default", "books:*", "USER", ANN);
    policy(&ask, "censor", "DENY");
    assign(&ask, "censor", "ROLE", "direct", false);
    assert!(!allowed(&ask, "default", "books:1"));
    let denied = ask.data(
        "query ($id: String!) { isActionDenied(userId: $id, resource: \"books:1\", action: \"books:read\") }",
        json!({ "id": ANN }),
    );
    assert_eq!(denied["isActionDenied"], true);
    let listed = "query ($id: String) { user(id: $id) { authorizedResources { totalCount } } }";
    let count = ask.data(listed, json!({ "id": ANN }));
    assert_eq!(count["user"]["authorizedResources"]["totalCount"], 0);
    ask.data(
        "mutation {
            disbalePolicyAssignment(policy: \"censor\", targetType: ROLE, targetIdentifier: \"direct\") { code }
        }",
        json!({}),
    );
    assert!(allowed(&ask, "default", "books:1"));
}

#[test]
fn a_decision_that_hangs_on_a_condition_is_refused_rather_than_guessed() {
    let ask = asker();
    let statement = json!({
        "resource": "books:*", "actions": ["books:*"],
        "condition": [{ "param": "UserAgent", "operator": "Equal", "value": "x" }],
    });
    let create = "mutation ($statements: [PolicyStatementInput!]!) {
        createPolicy(code: \"sometimes\", statements: $statements) {
            statements { effect condition { param operator value } }
        }
    }";
    let shown = ask.data(create, json!({ "statements": [statement] }));
    assert_eq!(
        shown["createPolicy"]["statements"][0],
        json!({ "effect": "ALLOW", "condition": [{ "param": "UserAgent", "operator": "Equal", "value": "x" }] })
    );
    assign(&ask, "sometimes", "USER", ANN, false);
    let query = "query ($id: String!) { isActionAllowed(userId: $id, resource: \"books:1\", action: \"books:read\") }";
    let answer = ask.graphql(query, json!({ "id": ANN }));
    let message = answer["errors"][0]["message"]["message"].as_str().unwrap();
    assert!(message.contains("condition") && message.contains("sometimes"), "{message}");
}

#[test]
fn unknown_targets_namespaces_and_policies_are_refused() {
    let ask = asker();
    let authorize = "mutation ($ns: String, $kind: PolicyAssignmentTargetType!, $target: String!) {
        authorizeResource(
            namespace: $ns, resource: \"books:1\", opts: [{ targetType: $kind, targetIdentifier: $target }]
        ) { code }
    }";
    for (namespace, kind, target) in [
        ("nowhere", "USER", ANN),
        ("default", "USER", "613872b19c90be7d4da4ffff"),
        ("default", "ROLE", "nobody"),
        ("default", "GROUP", "nobody"),
        ("default", "ORG", "nowhere"),
        ("default", "AK_SK", "nothing"),
    ] {
        ask.code(authorize, json!({ "ns": namespace, "kind": kind, "target": target }));
    }
    let delete = "mutation { deletePolicies(codeList: [\"nothing\"]) { code } }";
    ask.code(delete, json!({}));
    ask.code(
        "mutation { allow(resource: \"books\", action: \"books:read\", userId: \"x\") { code } }",
        json!({}),
    );
}

#[test]
fn rest_lists_what_is_permitted_in_the_order_asked() {
    let ask = asker();
    authorize(&ask, "default", "orders:*", "USER", ANN);
    authorize(&ask, "default", "books:2", "GROUP", "staff");
    let check = |resources: Value| {
        ask.rest_data(
            Method::Post,
            "/api/v2/acl/check-resource-permission-batch",
            Some(json!({ "userId": ANN, "namespace": "default", "resources": resources })),
        )
    };
    assert_eq!(
        check(json!(["books:1", "books:2", "orders:7", "books:*"])),
        json!([
            { "code": "books:2", "actions": ["books:read"] },
            { "code": "orders:7", "actions": ["books:read"] },
        ])
    );
}

#[test]
fn what_is_open_to_many_targets_comes_in_their_order() {
    let ask = asker();
    for (kind, resource, target, identifier) in [
        ("DATA", "books:1", "USER", ANN),
        ("API", "pages:1", "USER", ANN),
        ("DATA", "maps:*", "GROUP", "staff"),
    ] {
        let resources = json!([{ "code": resource, "actions": ["read"], "resourceType": kind }]);
        let opts =
            json!([{ "targetType": target, "targetIdentifiers": [identifier], "resources": resources }]);
        let body = json!({ "namespace": "shop", "opts": opts });
        ask.rest_data(Method::Post, "/api/v2/acl/authorize-resources", Some(body));
    }
    let path = "/api/v2/acl/list-authorized-resources-batch";
    let (staff, ann) = (
        json!({ "targetType": "GROUP", "targetIdentifier": "staff" }),
        json!({ "targetType": "USER", "targetIdentifier": ANN }),
    );
    let body = json!({ "namespace": "shop", "resourceType": "DATA", "targets": [staff, ann] });
    let maps = json!({ "code": "maps:*", "type": "DATA", "actions": ["read"] });
    let books = json!({ "code": "books:1", "type": "DATA", "actions": ["read"] });
    assert_eq!(
        ask.rest_data(Method::Post, path, Some(body)),
        json!({ "list": [
            { "totalCount": 1, "list": [maps] },
            { "totalCount": 2, "list": [books, maps] },
        ] })
    );
    let one = json!({ "namespace": "shop", "targetType": "USER", "targetIdentifier": ANN });
    let one = ask.rest_data(Method::Post, "/api/v2/acl/list-authorized-resources", Some(one));
    assert_eq!(one["totalCount"], 3);
    for refused in [
        json!({ "namespace": "shop", "targets": [] }),
        json!({ "namespace": "shop", "targets": [{ "targetType": "USER", "targetIdentifier": "x" }] }),
        json!({ "namespace": "shop", "targets": [ann, { "type": "USER" }] }),
        json!({ "namespace": "shop", "resourceType": "CAT", "targets": [ann] }),
    ] {
        assert_ne!(ask.rest(Method::Post, path, Some(refused.clone()))["code"], 200, "{refused}");
    }
}

#[test]
fn single_actions_are_revoked_alone() {
    let ask = asker();
    let opts = |actions: Value| {
        let resources = json!([{ "code": "books:1", "actions": actions }]);
        json!({ "namespace": "default", "opts": [
            { "targetType": "USER", "targetIdentifiers": [ANN], "resources": resources }
        ] })
    };
    let own = || {
        let one = json!({ "targetType": "USER", "targetIdentifier": ANN });
        let own = ask.rest_data(Method::Post, "/api/v2/acl/list-authorized-resources", Some(one));
        own["list"][0]["actions"].clone()
    };
    let post = |path: &str, body: Value| ask.rest_data(Method::Post, path, Some(body));
    post("/api/v2/acl/authorize-resources", opts(json!(["read", "edit", "burn"])));
    post("/api/v2/acl/revoke-resources", opts(json!(["edit"])));
    assert_eq!(own(), json!(["read", "burn"]));
    let one = json!([{ "targetType": "USER", "targetIdentifier": ANN, "actions": ["burn"] }]);
    post("/api/v2/acl/revoke-resource", json!({ "resource": "books:1", "opts": one }));
    assert_eq!(own(), json!(["read"]));
    post("/api/v2/acl/revoke-resources", opts(json!([])));
    assert_eq!(own(), Value::Null);
}

#[test]
fn to_whom_a_policy_is_assigned_is_asked_by_kind_of_target() {
    let ask = asker();
    let create =
        "mutation ($s: [PolicyStatementInput!]!) { createPolicy(code: \"reader\", statements: $s) { code } }";
    ask.data(create, json!({ "s": [{ "resource": "books:*", "actions": ["books:read"] }] }));
    let assign = "mutation ($kind: PolicyAssignmentTargetType!, $id: String!) {
        addPolicyAssignments(policies: [\"reader\"], targetType: $kind, targetIdentifiers: [$id]) { code }
    }";
    ask.data(assign, json!({ "kind": "USER", "id": ANN }));
    ask.data(assign, json!({ "kind": "GROUP", "id": "staff" }));
    let path = "/api/v2/policies/assignments/by-target?namespace=default&policy_code=reader&target_type";
    let found = ask.rest_data(Method::Get, &format!("{path}=GROUP"), None);
    assert_eq!((&found["totalCount"], &found["list"][0]["targetIdentifier"]), (&json!(1), &json!("staff")));
    assert_eq!(found["list"][0]["statements"][0]["resource"], "books:*");
    assert_ne!(ask.rest(Method::Get, &format!("{path}=CAT"), None)["code"], 200);
}

#[test]
fn resources_are_registered_many_at_a_time_or_not_at_all() {
    let ask = asker();
    let one = |code: &str| json!({ "code": code, "type": "DATA", "namespace": "shop", "actions": [] });
    let bulk =
        |items: Value| ask.rest(Method::Post, "/api/v2/resources/bulk", Some(json!({ "bulk": items })));
    let count = || ask.rest_data(Method::Get, "/api/v2/resources?namespace=shop", None)["totalCount"].take();
    for refused in
        [json!([]), json!([one("a"), one("a")]), json!([one("a"), { "code": "b" }]), json!([{ "x": 1 }])]
    {
        assert_ne!(bulk(refused)["code"], 200);
    }
    assert_eq!(count(), 0);
    assert_eq!(bulk(json!([one("a"), one("b")]))["data"], true);
    assert_eq!(count(), 2);
}

#[test]
fn the_body_of_a_resource_update_may_repeat_its_code() {
    let ask = asker();
    let one = json!({ "code": "a", "type": "DATA", "namespace": "shop", "actions": [] });
    let two = json!({ "code": "b", "type": "DATA", "namespace": "shop", "actions": [] });
    ask.rest_data(Method::Post, "/api/v2/resources/bulk", Some(json!({ "bulk": [one, two] })));
    let update = |code: &str| {
        let body = json!({ "namespace": "shop", "code": code, "description": "d" });
        ask.rest(Method::Post, "/api/v2/resources/a", Some(body))
    };
    assert_eq!(update("a")["data"]["description"], "d");
    assert_ne!(update("b")["code"], 200);
    assert_eq!(update("c")["data"]["code"], "c");
}

#[test]
fn rest_refuses_what_it_does_not_know_by_name() {
    let ask = asker();
    let cases = [
        (
            "/api/v2/acl/revoke-resource",
            json!({ "resource": "books:1", "opts": [{ "targetType": "USER", "targetIdentifier": ANN, "x": 1 }] }),
            "opts has no field \"x\"",
        ),
        (
            "/api/v2/acl/revoke-resource",
            json!({ "resource": "books:1", "opts": [{ "targetType": "CAT", "targetIdentifier": ANN }] }),
            "\"CAT\" is not a target type",
        ),
        ("/api/v2/acl/is-allowed", json!({ "userId": ANN, "resource": "books:1" }), "action is required"),
        (
            "/api/v2/acl/is-allowed",
            json!({ "userId": ANN, "resource": "books:1", "action": "a", "tenantId": "t" }),
            "tenant \"t\" does not exist",
        ),
    ];
    for (path, body, reason) in cases {
        let answer = ask.rest(Method::Post, path, Some(body));
        let message = answer["message"].as_str().unwrap();
        assert!(message.contains(reason), "{message}");
    }
}
