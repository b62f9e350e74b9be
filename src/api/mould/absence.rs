//! Tests, for each operation, what is said of things that do not exist, and that other things than the
//! requested ones are rejected.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use crate::error::Error;
use crate::model::WithSecrets;
use crate::model::wire_names::camel_case;
use crate::transport::Effect;
use crate::wire::{Answer, Operation, Wire};

/// Sends the operation, to a service that responds with that status and body.
pub(super) type Send<'a, T> = &'a dyn Fn(u16, &str) -> Result<T, Error>;

/// Code 404, in each form in which a response can have it.
const REST: [(u16, &str); 7] = [
    (200, r#"{"code":404,"message":"no"}"#),
    (200, r#"{"statusCode":404,"message":"no"}"#),
    (404, r#"{"code":404,"message":"no"}"#),
    (404, r#"{"code":"404","message":"no","data":null}"#),
    (404, r#"{"statusCode":404,"message":"no"}"#),
    (404, r#"{"statusCode":404,"apiCode":404,"message":"no"}"#),
    (499, r#"{"statusCode":499,"apiCode":"404","message":"no","data":null}"#),
];
const GRAPHQL: [(u16, &str); 4] = [
    (200, r#"{"errors":[{"message":{"code":404,"message":"no"}}],"data":null}"#),
    (200, r#"{"errors":[{"message":"no","extensions":{"code":404}}],"data":null}"#),
    (400, r#"{"errors":[{"message":{"code":404,"message":"no"}}]}"#),
    (404, r#"{"errors":[{"message":{"code":404,"message":"no"}}],"data":null}"#),
];

/// Whatever does not exist is `None` if the output is an `Option`, and an `is_not_found` error otherwise.
pub(super) fn must_be_told<O: Operation, T: Serialize>(name: &str, wire: &Wire, send: Send<'_, T>) {
    let is_option = source(name).lines().any(|line| line.contains("=> ") && line.contains("-> Option<"));
    let is_graphql = matches!(wire.answer, Answer::GraphQl(_));
    let said = |status, body: &str| match send(status, body) {
        Ok(output) => serde_json::to_value(WithSecrets::new(&output)).unwrap().to_string(),
        Err(error) if error.is_not_found() => "not found".to_owned(),
        Err(error) => error.to_string(),
    };
    let absent = if is_option { "null" } else { "not found" };
    for (status, body) in if is_graphql { &GRAPHQL[..] } else { &REST[..] } {
        assert_eq!(said(*status, body), absent, "{name}: {status} {body}");
        let body = body.replace("404", "2004").replace(r#""statusCode":2004"#, r#""statusCode":404"#);
        let told = said(*status, &body);
        assert!([absent, "not found"].contains(&&*told), "{name}: {status} {body}: {told}");
    }
    // What the source says, and not the request, which may have lost it.
    let is_missing = source(name).contains("\n    missing \"");
    if O::EFFECT != Effect::Read || !is_option && !is_missing {
        return;
    }
    let nothing = match &wire.answer {
        Answer::GraphQl(at) => {
            let null = at.rsplit('.').fold(Value::Null, |value, field| json!({field: value}));
            vec![Value::Object([("data".to_owned(), null)].into_iter().collect())]
        }
        _ => vec![json!({"code": 200, "data": null}), json!({"code": 200, "message": "ok"})],
    };
    for body in nothing {
        let told = said(200, &body.to_string());
        // A list of custom data that is null is empty.
        assert!(told == absent || told == "[]", "{name}: {body}: {told}");
    }
}

/// The arguments that the clause `same` names have the same value in the output.
pub(super) fn must_be_the_same<T>(name: &str, wire: &Wire, answer: &str, send: Send<'_, T>) {
    let source: &'static str = source(name).leak();
    let Some(keys) = source.lines().find_map(|line| line.trim().strip_prefix("same ")?.split_once('['))
    else {
        return;
    };
    for key in keys.1.trim_end_matches("];").split(", ") {
        let mut document: Value = serde_json::from_str(answer).unwrap();
        let place = format!("{}/{}", wire.answer.pointer(), camel_case(key));
        let value = document.pointer_mut(&place).unwrap_or_else(|| panic!("{name}: no `{place}`"));
        *value = json!("ANOTHER");
        let Err(error) = send(200, &document.to_string()) else { panic!("{name}: another {key}") };
        assert!(error.is_unexpected_answer(), "{name}: {error}");
        assert!(error.to_string().contains("`ANOTHER` instead of `"), "{name}: {error}");
    }
}

fn source(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/api/{name}.rs"));
    fs::read_to_string(file).unwrap()
}

/// Operations whose argument names no single thing whose absence could be told.
const WITHOUT: [&str; 3] = [
    // A page of targets, each of which may be unknown.
    "access/list_authorized_resources_of_many",
    "roles/custom_data_of_many",
    "users/custom_data_of_many",
];

#[test]
fn every_read_by_an_id_tells_that_nothing_has_it_and_every_lookup_checks_what_it_found() {
    let names: BTreeSet<String> = super::fixtures::operations();
    let (mut by_id, mut lookups) = (0, 0);
    for name in names {
        let source = source(&name);
        let declaration = source.split("\nrequest! {").nth(1).unwrap().split("\n}").next().unwrap();
        let lines = declaration.lines().map(str::trim).filter(|line| !line.starts_with("//"));
        let declaration = lines.filter(|line| !line.starts_with("#[")).collect::<Vec<_>>().join(" ");
        let (head, clauses) = declaration.split_once(';').unwrap();
        let arguments = head.split_once('(').unwrap().1.split_once(") =>").unwrap().0;
        let is_id = |argument: &str| {
            let (field, kind) = argument.split_once(':').unwrap();
            let field = field.trim();
            kind.trim().starts_with("String")
                && (field == "id" || field == "code" || field.ends_with("_id") || field.ends_with("_code"))
        };
        let has_id = arguments.split(", ").filter(|argument| argument.contains(':')).any(is_id);
        if !has_id || !clauses.contains("effect Read") || WITHOUT.contains(&&*name) {
            continue;
        }
        by_id += 1;
        let is_option = head.contains("-> Option<");
        let is_below = clauses
            .split("graphql ")
            .nth(1)
            .is_some_and(|rest| rest.split(" in ").next().unwrap().contains('.'));
        assert!(is_option || is_below || clauses.contains("missing \""), "{name}: no clause `missing`");
        if is_option {
            lookups += 1;
            assert!(clauses.contains("same \""), "{name}: no clause `same`");
        }
    }
    assert!(by_id > 40 && lookups > 12, "{by_id} {lookups}");
}
