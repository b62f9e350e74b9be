//! Searches, filters, batches.

use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::Asker;

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap()).collect()
}

#[test]
fn a_search_looks_into_the_documented_fields_whatever_the_case() {
    let ask = Asker::new();
    ask.create(json!({ "username": "one", "nickname": "Nicky" }));
    ask.create(json!({ "username": "two", "company": "nickel works" }));
    ask.create(json!({ "username": "three", "website": "nick.example" }));
    let search = |query: &str, fields: Value| {
        let answer = ask.data(
            "query ($q: String!, $f: [String]) { searchUser(query: $q, fields: $f) { totalCount list { username } } }",
            json!({ "q": query, "f": fields }),
        );
        answer["searchUser"]["list"].clone()
    };
    assert_eq!(names(&search("NICK", Value::Null)), ["two", "one"]);
    assert_eq!(names(&search("nick", json!(["website"]))), ["three"]);
    let rest = ask.rest_data(Method::Get, "/api/v2/users/search?query=nick", None);
    assert_eq!(names(&rest["list"]), ["two", "one"]);
    let bad = r#"{ searchUser(query: "x", fields: ["shoeSize"]) { totalCount } }"#;
    assert_eq!(ask.code(bad, json!({})), 2015);
}

#[test]
fn a_search_is_narrowed_by_groups_and_roles() {
    let ask = Asker::new();
    let ids = [ask.user("ann"), ask.user("anna")];
    ask.data(
        r#"mutation { createGroup(code: "g", name: "g") { code } createRole(code: "r") { id } }"#,
        json!({}),
    );
    ask.data(
        r#"mutation ($i: [String!]!) { addUserToGroup(userIds: $i, code: "g") { code } }"#,
        json!({ "i": ids }),
    );
    ask.data(
        r#"mutation ($i: [String!]) { assignRole(userIds: $i, roleCode: "r") { code } }"#,
        json!({ "i": [ids[0]] }),
    );
    let both = r#"{ searchUser(query: "ann", groupOpts: [{ code: "g" }], roleOpts: [{ code: "r" }]) { list { username } } }"#;
    assert_eq!(names(&ask.data(both, json!({}))["searchUser"]["list"]), ["ann"]);
    let none = r#"{ searchUser(query: "ann", groupOpts: [{ code: "none" }]) { totalCount } }"#;
    assert_eq!(ask.code(none, json!({})), 404);
}

#[test]
fn a_batch_keeps_the_order_asked_and_leaves_out_nobody_elses_ids() {
    let ask = Asker::new();
    ask.create(json!({ "username": "a", "email": "A@x.y" }));
    ask.create(json!({ "username": "b", "email": "b@x.y" }));
    let by = |kind: &str, ids: Value| {
        ask.data(
            "query ($i: [String!]!, $t: String) { userBatch(ids: $i, type: $t) { username } }",
            json!({ "i": ids, "t": kind }),
        )
    };
    assert_eq!(names(&by("username", json!(["b", "none", "a"]))["userBatch"]), ["b", "a"]);
    assert_eq!(names(&by("email", json!(["a@X.y"]))["userBatch"]), ["a"]);
    let rest =
        ask.rest_data(Method::Post, "/api/v2/users/batch", Some(json!({ "ids": ["a"], "type": "username" })));
    assert_eq!(names(&rest), ["a"]);
    assert_eq!(ask.code(r#"{ userBatch(ids: ["a"], type: "shoeSize") { id } }"#, json!({})), 2231);
}

#[test]
fn find_and_exists_go_by_every_unique_field() {
    let ask = Asker::new();
    ask.create(json!({ "username": "Bob", "email": "Bob@x.y", "phone": "1", "externalId": "e" }));
    for criterion in [r#"username: "Bob""#, r#"email: "bOB@x.y""#, r#"phone: "1""#, r#"externalId: "e""#] {
        let answer = ask.data(
            &format!("{{ findUser({criterion}) {{ username }} isUserExists({criterion}) }}"),
            json!({}),
        );
        assert_eq!(answer, json!({ "findUser": { "username": "Bob" }, "isUserExists": true }), "{criterion}");
    }
    let answer = ask.data(
        r#"{ findUser(username: "bob") { id } isUserExists(username: "bob", email: null) }"#,
        json!({}),
    );
    assert_eq!(answer, json!({ "findUser": null, "isUserExists": false }));
    assert_eq!(ask.code("{ findUser { id } }", json!({})), 2231);
    assert_eq!(ask.rest_data(Method::Get, "/api/v2/users/is-user-exists?phone=1&username=", None), true);
}

#[test]
fn identities_are_linked_found_and_unlinked() {
    let ask = Asker::new();
    let id = ask.user("bob");
    let link = json!({ "userId": id, "userIdInIdp": "42", "identifier": "github", "isSocial": true });
    ask.rest_data(Method::Post, "/api/v2/users/identity/link", Some(link.clone()));
    assert_eq!(ask.rest(Method::Post, "/api/v2/users/identity/link", Some(link))["code"], 409);
    let find = r#"{ findUser(identity: { provider: "github", userIdInIdp: "42" }) { username identities { provider type } } }"#;
    let expected = json!({ "username": "bob", "identities": [{ "provider": "github", "type": "generic" }] });
    assert_eq!(ask.data(find, json!({}))["findUser"], expected);
    let unlink = json!({ "userId": id, "identifier": "github" });
    ask.rest_data(Method::Post, "/api/v2/users/identity/unlink", Some(unlink));
    assert_eq!(ask.data(find, json!({}))["findUser"], Value::Null);
    ask.data(
        r#"mutation { createUser(userInfo: {}, identity: { provider: "wechat", userIdInIdp: "7" }) { id } }"#,
        json!({}),
    );
    let find = r#"{ findUser(identity: { provider: "wechat", userIdInIdp: "7" }) { id } }"#;
    assert!(ask.data(find, json!({}))["findUser"]["id"].is_string());
}

#[test]
fn users_are_filtered_by_custom_data() {
    let ask = Asker::new();
    let id = ask.user("bob");
    ask.user("ann");
    ask.data(
        r#"mutation { setUdf(targetType: USER, key: "k", dataType: STRING, label: "k") { key } }"#,
        json!({}),
    );
    ask.rest_data(
        Method::Post,
        "/api/v2/udvs",
        Some(json!({ "targetType": "USER", "targetId": id, "data": { "k": "v" } })),
    );
    let filter = |operator: &str| {
        let condition = json!([{ "type": "userDefinedFields", "value": "k" }, operator, "v"]);
        ask.rest_data(Method::Post, "/api/v2/users/filter", Some(json!({ "filter": [condition] })))
    };
    assert_eq!(names(&filter("EQ")["list"]), ["bob"]);
    assert_eq!(names(&filter("NEQ")["list"]), ["ann"]);
}
