//! Groups and roles.

use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::Asker;

fn groups_of(ask: &Asker, id: &str) -> Value {
    let query = "query ($id: String!) { user(id: $id) { groups { totalCount list { code name } } } }";
    ask.data(query, json!({ "id": id }))["user"]["groups"].take()
}

fn roles_of(ask: &Asker, id: &str) -> Value {
    let query =
        "query ($id: String!) { user(id: $id) { roles { totalCount list { code parent { code } } } } }";
    ask.data(query, json!({ "id": id }))["user"]["roles"].take()
}

#[test]
fn users_enter_and_leave_groups() {
    let ask = Asker::new();
    let id = ask.user("bob");
    ask.data(r#"mutation { createGroup(code: "eng", name: "Engineering") { code } }"#, json!({}));
    let add =
        "mutation ($ids: [String!]!, $code: String) { addUserToGroup(userIds: $ids, code: $code) { code } }";
    ask.data(add, json!({ "ids": [id], "code": "eng" }));
    let expected = json!({ "totalCount": 1, "list": [{ "code": "eng", "name": "Engineering" }] });
    assert_eq!(groups_of(&ask, &id), expected);
    assert_eq!(ask.code(add, json!({ "ids": [id], "code": "none" })), 404);
    assert_eq!(ask.code(add, json!({ "ids": ["nobody"], "code": "eng" })), 2004);
    let users = ask.data(
        r#"{ group(code: "eng") { users(page: 1, limit: 1) { totalCount list { username } } } }"#,
        json!({}),
    );
    assert_eq!(users["group"]["users"], json!({ "totalCount": 1, "list": [{ "username": "bob" }] }));
    ask.data(r#"mutation { updateGroup(code: "eng", newCode: "dev") { code } }"#, json!({}));
    let remove = "mutation ($ids: [String!]!) { removeUserFromGroup(userIds: $ids, code: \"dev\") { code } }";
    for _ in 0..2 {
        ask.data(remove, json!({ "ids": [id] }));
    }
    assert_eq!(groups_of(&ask, &id)["totalCount"], 0);
    ask.data(r#"mutation { deleteGroups(codeList: ["dev"]) { code } }"#, json!({}));
    assert_eq!(ask.data(r#"{ group(code: "dev") { code } }"#, json!({})), json!({ "group": null }));
}

#[test]
fn users_get_and_lose_roles() {
    let ask = Asker::new();
    let id = ask.user("bob");
    ask.data(r#"mutation { createRole(code: "boss") { id } }"#, json!({}));
    ask.data(r#"mutation { createRole(code: "clerk", parent: "boss") { id } }"#, json!({}));
    assert_eq!(ask.code(r#"mutation { createRole(code: "clerk") { id } }"#, json!({})), 409);
    let assign = "mutation ($ids: [String!], $roles: [String]) { assignRole(userIds: $ids, roleCodes: $roles) { code } }";
    ask.data(assign, json!({ "ids": [id], "roles": ["clerk"] }));
    let expected = json!({ "totalCount": 1, "list": [{ "code": "clerk", "parent": { "code": "boss" } }] });
    assert_eq!(roles_of(&ask, &id), expected);
    let has =
        |code: &str| ask.rest_data(Method::Get, &format!("/api/v2/users/{id}/has-role?code={code}"), None);
    assert_eq!((has("clerk"), has("boss"), has("none")), (json!(true), json!(false), json!(false)));
    // All or nothing.
    assert_eq!(ask.code(assign, json!({ "ids": [id], "roles": ["boss", "none"] })), 404);
    assert_eq!(roles_of(&ask, &id)["totalCount"], 1);
    let renamed = ask.data(r#"mutation { updateRole(code: "boss", newCode: "chief") { code } }"#, json!({}));
    assert_eq!(renamed["updateRole"]["code"], "chief");
    assert_eq!(roles_of(&ask, &id)["list"][0]["parent"]["code"], "chief");
    let revoke =
        "mutation ($ids: [String!]) { revokeRole(userIds: $ids, roleCodes: [\"clerk\", \"none\"]) { code } }";
    ask.data(revoke, json!({ "ids": [id] }));
    assert_eq!(roles_of(&ask, &id)["totalCount"], 0);
    ask.data(r#"mutation { deleteRoles(codeList: ["chief", "clerk"]) { code } }"#, json!({}));
    assert_eq!(ask.data(r#"{ role(code: "clerk") { code } }"#, json!({})), json!({ "role": null }));
}

#[test]
fn a_role_of_an_unknown_namespace_is_refused() {
    let ask = Asker::new();
    assert_eq!(ask.code(r#"mutation { createRole(namespace: "shop", code: "x") { id } }"#, json!({})), 404);
    ask.data(r#"mutation { createRole(namespace: "default", code: "x") { id } }"#, json!({}));
}

#[test]
fn a_deleted_user_is_in_no_group_and_no_role() {
    let ask = Asker::new();
    let id = ask.user("bob");
    ask.data(
        r#"mutation { createGroup(code: "eng", name: "E") { code } createRole(code: "r") { id } }"#,
        json!({}),
    );
    ask.data(
        r#"mutation ($ids: [String!]!) { addUserToGroup(userIds: $ids, code: "eng") { code } assignRole(userIds: $ids, roleCode: "r") { code } }"#,
        json!({ "ids": [id] }),
    );
    ask.data("mutation ($id: String!) { deleteUser(id: $id) { code } }", json!({ "id": id }));
    let left = ask.data(
        r#"{ group(code: "eng") { users { totalCount } } role(code: "r") { users { totalCount } } }"#,
        json!({}),
    );
    assert_eq!(left["group"]["users"]["totalCount"], 0);
    assert_eq!(left["role"]["users"]["totalCount"], 0);
}
