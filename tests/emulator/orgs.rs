//! Organisations, departments and their members.

use authing::emulator::Pool;
use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::Asker;

const ANN: &str = "613872b19c90be7d4da40001";
const BOB: &str = "613872b19c90be7d4da40002";
const ORG: &str = "6142c2c41c6e6c6cc3ed0001";
const ROOT: &str = "6142c2c4f8abf18c6c970001";
const SALES: &str = "6142c2c4f8abf18c6c970002";
const EXPORT: &str = "6142c2c4f8abf18c6c970003";

/// Acme with Sales, where Ann is, and below it Export, where Bob is.
fn asker() -> Asker {
    let seed = json!({
        "version": 1,
        "users": [{ "id": ANN, "username": "ann" }, { "id": BOB, "username": "bob" }],
        "orgs": [{ "id": ORG, "root": { "id": ROOT, "name": "Acme", "code": "acme", "children": [
            { "id": SALES, "name": "Sales", "code": "sales", "members": [{ "userId": ANN }], "children": [
                { "id": EXPORT, "name": "Export", "members": [{ "userId": BOB }] }
            ] }
        ] } }],
    });
    Asker::of(Pool::from_seed(&seed.to_string()).unwrap())
}

fn members(ask: &Asker, node: &str, below: Option<bool>) -> Vec<String> {
    let query = "query ($id: String!, $below: Boolean, $page: Int) {
        nodeById(id: $id) { users(page: $page, includeChildrenNodes: $below) { list { username } } }
    }";
    let data = ask.data(query, json!({ "id": node, "below": below, "page": null }));
    let list = data["nodeById"]["users"]["list"].as_array().unwrap();
    list.iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_department_shows_its_way_from_the_root() {
    let ask = asker();
    let query = "query ($id: String!) {
        nodeById(id: $id) { orgId root depth path codePath namePath children createdAt }
    }";
    let node = ask.data(query, json!({ "id": EXPORT }))["nodeById"].take();
    assert_eq!(node["path"], json!([ROOT, SALES, EXPORT]));
    assert_eq!(node["namePath"], json!(["Acme", "Sales", "Export"]));
    assert_eq!(node["codePath"], json!(["acme", "sales", null]));
    assert_eq!((&node["root"], &node["depth"], &node["children"]), (&json!(false), &json!(2), &json!([])));
    assert!(node["createdAt"].as_str().unwrap().ends_with("+00:00"));
}

#[test]
fn members_of_those_below_count_unless_told_otherwise() {
    let ask = asker();
    assert_eq!(members(&ask, ROOT, None), ["bob", "ann"]);
    assert_eq!(members(&ask, SALES, Some(true)), ["bob", "ann"]);
    assert_eq!(members(&ask, SALES, Some(false)), ["ann"]);
}

#[test]
fn a_deleted_user_leaves_its_departments() {
    let ask = asker();
    ask.data("mutation ($id: String!) { deleteUser(id: $id) { code } }", json!({ "id": BOB }));
    assert_eq!(members(&ask, ROOT, None), ["ann"]);
}

#[test]
fn the_main_department_is_one_of_the_users_own() {
    let ask = asker();
    let set = "mutation ($node: String) { setMainDepartment(userId: \"613872b19c90be7d4da40001\", departmentId: $node) { code } }";
    ask.code(set, json!({ "node": EXPORT }));
    ask.data(set, json!({ "node": SALES }));
    let query = "query ($id: String) {
        user(id: $id) { mainDepartmentCode departments { totalCount list { isMainDepartment department { id } } } }
    }";
    let user = ask.data(query, json!({ "id": ANN }))["user"].take();
    assert_eq!(
        user,
        json!({ "mainDepartmentCode": "sales", "departments": { "totalCount": 1, "list": [
            { "isMainDepartment": true, "department": { "id": SALES } }
        ] } })
    );
    let remove =
        "mutation ($node: String, $ids: [String!]!) { removeMember(nodeId: $node, userIds: $ids) { id } }";
    ask.data(remove, json!({ "node": SALES, "ids": [ANN] }));
    assert_eq!(ask.data(query, json!({ "id": ANN }))["user"]["mainDepartmentCode"], Value::Null);
}

#[test]
fn members_move_all_together_or_not_at_all() {
    let ask = asker();
    let moved = "mutation ($ids: [String!]!, $from: String!, $to: String!) {
        moveMembers(userIds: $ids, sourceNodeId: $from, targetNodeId: $to) { code }
    }";
    ask.code(moved, json!({ "ids": [ANN, BOB], "from": SALES, "to": ROOT }));
    assert_eq!(members(&ask, SALES, Some(false)), ["ann"]);
    ask.data(moved, json!({ "ids": [ANN], "from": SALES, "to": EXPORT }));
    assert_eq!(members(&ask, EXPORT, Some(false)), ["bob", "ann"]);
}

#[test]
fn trees_cannot_be_broken() {
    let ask = asker();
    let moved = "mutation ($org: String!, $node: String!, $to: String!) {
        moveNode(orgId: $org, nodeId: $node, targetParentId: $to) { nodes { id } }
    }";
    ask.code(moved, json!({ "org": ORG, "node": SALES, "to": EXPORT }));
    ask.code(moved, json!({ "org": ORG, "node": ROOT, "to": SALES }));
    ask.code(moved, json!({ "org": ORG, "node": "nowhere", "to": SALES }));
    let nodes =
        ask.data(moved, json!({ "org": ORG, "node": EXPORT, "to": ROOT }))["moveNode"]["nodes"].take();
    assert_eq!(nodes, json!([{ "id": ROOT }, { "id": SALES }, { "id": EXPORT }]));
}

#[test]
fn a_deleted_department_takes_those_below_along() {
    let ask = asker();
    let delete =
        "mutation ($org: String!, $node: String!) { deleteNode(orgId: $org, nodeId: $node) { code } }";
    ask.code(delete, json!({ "org": ORG, "node": ROOT }));
    ask.data(delete, json!({ "org": ORG, "node": SALES }));
    let gone = ask.data("query ($id: String!) { nodeById(id: $id) { id } }", json!({ "id": EXPORT }));
    assert_eq!(gone["nodeById"], Value::Null);
    assert_eq!(ask.rest_data(Method::Get, &format!("/api/v2/users/{BOB}/orgs"), None), json!([]));
}

#[test]
fn an_imported_tree_is_exported_again() {
    let ask = asker();
    let file =
        json!({ "name": "Feifan", "code": "feifan", "children": [{ "name": "Works", "children": [] }] });
    let body = json!({ "filetype": "json", "file": file.to_string() });
    let tree = ask.rest_data(Method::Post, "/api/v2/orgs/import", Some(body));
    assert_eq!((&tree["children"][0]["name"], &tree["id"]), (&json!("Works"), &tree["orgId"]));
    let path = format!("/api/v2/orgs/export?org_id={}", tree["orgId"].as_str().unwrap());
    let exported = ask.rest_data(Method::Get, &path, None);
    assert_eq!((&exported["id"], &exported["children"]), (&tree["rootNodeId"], &tree["children"]));
}

#[test]
fn an_export_is_imported_as_it_is() {
    let ask = asker();
    let file = json!({
        "name": "Feifan", "code": "feifan", "order": 10, "description": "d",
        "nameI18n": { "en": "Feifan", "ja": "F" }, "descriptionI18n": { "en": "d" },
        "children": [
            { "name": "Low", "order": 10 }, { "name": "None" },
            { "name": "High", "code": "high", "order": 40, "children": [{ "name": "Works", "nameI18n": "w" }] },
        ],
    });
    let import = |file: Value| {
        let body = json!({ "filetype": "json", "file": file });
        let org = ask.rest_data(Method::Post, "/api/v2/orgs/import", Some(body))["id"].take();
        let id = org.as_str().unwrap();
        let found = ask.data("query ($id: String!) { org(id: $id) { id } }", json!({ "id": id }));
        assert_eq!(found["org"]["id"], id, "the answer names the organisation");
        ask.rest_data(Method::Get, &format!("/api/v2/orgs/export?org_id={id}"), None)
    };
    // What stays the same when a tree is made anew.
    fn kept(mut tree: Value) -> Value {
        let object = tree.as_object_mut().unwrap();
        for name in ["id", "orgId", "path", "createdAt", "updatedAt"] {
            object.remove(name);
        }
        for child in object["children"].as_array_mut().unwrap() {
            *child = kept(child.take());
        }
        tree
    }
    let first = import(file.clone());
    assert_eq!(first["nameI18n"], file["nameI18n"]);
    let names: Vec<_> = first["children"].as_array().unwrap().iter().map(|own| own["name"].clone()).collect();
    assert_eq!(names, ["High", "Low", "None"], "the larger order comes first");
    assert_eq!(kept(import(first.clone())), kept(first.clone()));
    assert_eq!(kept(import(json!(first.to_string()))), kept(first));
}

#[test]
fn a_bad_import_leaves_nothing_behind() {
    let ask = asker();
    let mut deep = json!({ "name": "bottom" });
    for _ in 0..70 {
        deep = json!({ "name": "above", "children": [deep] });
    }
    let twins =
        json!({ "name": "top", "children": [{ "name": "a", "code": "x" }, { "name": "b", "code": "x" }] });
    for file in [deep, twins, json!({ "name": "top", "colour": "red" }), json!([])] {
        let body = json!({ "filetype": "json", "file": file.to_string() });
        let answer = ask.rest(Method::Post, "/api/v2/orgs/import", Some(body));
        assert_ne!(answer["code"], 200, "{answer}");
    }
    assert_eq!(ask.rest_data(Method::Get, "/api/v2/orgs/count", None), json!({ "count": 1 }));
}

#[test]
fn nothing_is_connected_to_synchronise_with() {
    let ask = asker();
    for (provider, name) in [("dingtalk", "DingTalk"), ("wechatwork", "WeCom"), ("other", "other")] {
        let path = format!("/connections/enterprise/{provider}/start-sync");
        let answer = ask.rest(Method::Post, &path, Some(json!({})));
        assert!(answer["message"].as_str().unwrap().contains(name), "{answer}");
    }
}
