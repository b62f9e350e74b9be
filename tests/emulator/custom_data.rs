//! Custom fields and their values.

use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::{Asker, CREATE};

const SET: &str = "mutation ($id: String!, $key: String!, $value: String!) {
    setUdv(targetType: USER, targetId: $id, key: $key, value: $value) { key value dataType }
}";

fn define(ask: &Asker, key: &str, kind: &str) {
    ask.data(
        "mutation ($key: String!, $kind: UDFDataType!) {
            setUdf(targetType: USER, key: $key, dataType: $kind, label: $key) { key }
        }",
        json!({ "key": key, "kind": kind }),
    );
}

#[test]
fn values_are_json_text_on_the_way_in_and_read_as_documented() {
    let ask = Asker::new();
    let id = ask.user("bob");
    let cases = [
        ("s", "STRING", json!("x"), json!("x")),
        ("n", "NUMBER", json!(18), json!("18")),
        ("b", "BOOLEAN", json!(false), json!("false")),
        ("o", "OBJECT", json!({ "a": 1 }), json!("{\"a\":1}")),
        ("d", "DATETIME", json!("2021-09-27T15:46:26.152634"), json!("2021-09-27T15:46:26.152634")),
    ];
    for (key, kind, value, read) in &cases {
        define(&ask, key, kind);
        let answer = ask.data(SET, json!({ "id": id, "key": key, "value": value.to_string() }));
        let last = answer["setUdv"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(last, json!({ "key": key, "value": read, "dataType": kind }));
    }
    let user = ask.rest_data(Method::Get, &format!("/api/v2/users/{id}?with_custom_data=true"), None);
    assert_eq!(user["customData"].as_array().unwrap().len(), cases.len());
    let removed = ask.data(
        r#"mutation ($id: String!) { removeUdv(targetType: USER, targetId: $id, key: "n") { key } }"#,
        json!({ "id": id }),
    );
    assert_eq!(removed["removeUdv"].as_array().unwrap().len(), cases.len() - 1);
}

#[test]
fn values_of_another_type_are_refused() {
    let ask = Asker::new();
    let id = ask.user("bob");
    define(&ask, "s", "STRING");
    define(&ask, "n", "NUMBER");
    define(&ask, "b", "BOOLEAN");
    define(&ask, "d", "DATETIME");
    for (key, value) in
        [("s", "11"), ("n", "\"18\""), ("b", "\"ok\""), ("d", "\"soon\""), ("s", "bare"), ("x", "1")]
    {
        let code = ask.code(SET, json!({ "id": id, "key": key, "value": value }));
        assert!([2231, 404].contains(&code), "{key} {value}");
    }
    assert_eq!(ask.code(SET, json!({ "id": "nobody", "key": "n", "value": "1" })), 2004);
}

#[test]
fn a_new_user_takes_raw_values_or_none_at_all() {
    let ask = Asker::new();
    define(&ask, "age", "NUMBER");
    let create = |name: &str, params: Value| {
        ask.graphql(CREATE, json!({ "info": { "username": name }, "params": params }))
    };
    let good = create("bob", json!(r#"[{"key": "age", "value": 7}]"#));
    assert_eq!(good["data"]["createUser"]["customData"][0]["value"], "7");
    for (name, params) in [
        ("a", r#"[{"key": "age", "value": "7"}]"#),
        ("b", r#"[{"key": "unknown", "value": 7}]"#),
        ("c", "W3sia2V5IjoiYWdlIn1d"),
        ("d", r#"{"age": 7}"#),
    ] {
        assert!(create(name, json!(params)).get("errors").is_some(), "{params}");
    }
    assert_eq!(ask.data("{ users { totalCount } }", json!({}))["users"]["totalCount"], 1);
}

#[test]
fn batches_are_all_or_nothing() {
    let ask = Asker::new();
    let ids = [ask.user("a"), ask.user("b")];
    define(&ask, "age", "NUMBER");
    let set = "mutation ($input: [SetUdfValueBatchInput!]!) { setUdfValueBatch(targetType: USER, input: $input) { code } }";
    let read = || {
        ask.data(
            "query ($ids: [String]!) { udfValueBatch(targetType: USER, targetIds: $ids) { targetId data { value } } }",
            json!({ "ids": ids }),
        )["udfValueBatch"]
            .take()
    };
    let input = |second: &str| {
        json!({ "input": [
            { "targetId": ids[0], "key": "age", "value": "1" },
            { "targetId": ids[1], "key": "age", "value": second },
        ] })
    };
    ask.code(set, input("\"two\""));
    assert_eq!(read(), json!([{ "targetId": ids[0], "data": [] }, { "targetId": ids[1], "data": [] }]));
    ask.data(set, input("2"));
    assert_eq!(read()[1], json!({ "targetId": ids[1], "data": [{ "value": "2" }] }));
    let raw = json!({ "targetType": "USER", "targetId": ids[0], "data": { "age": 3 } });
    ask.rest_data(Method::Post, "/api/v2/udvs", Some(raw));
    assert_eq!(read()[0]["data"][0]["value"], "3");
    ask.data(r#"mutation { removeUdf(targetType: USER, key: "age") { code } }"#, json!({}));
    assert_eq!(read()[0]["data"], json!([]));
}

#[test]
fn a_select_field_takes_its_options_only() {
    let ask = Asker::new();
    let id = ask.user("bob");
    let define = "mutation ($options: String) {
        setUdf(targetType: USER, key: \"size\", dataType: SELECT, label: \"Size\", options: $options) { options }
    }";
    for wrong in ["S,M", "{}", "[1]", "[{\"label\": \"S\"}]"] {
        assert_ne!(ask.code(define, json!({ "options": wrong })), 200, "{wrong}");
    }
    for options in [r#"["S", "M"]"#, r#"[{"value": "S", "label": "Small"}, {"value": "M"}]"#] {
        ask.data(define, json!({ "options": options }));
        let set = |value: &str| json!({ "id": id, "key": "size", "value": json!(value).to_string() });
        ask.data(SET, set("M"));
        ask.code(SET, set("XL"));
        ask.code(
            CREATE,
            json!({ "info": { "username": "ann" }, "params": r#"[{"key": "size", "value": "XL"}]"# }),
        );
    }
}
