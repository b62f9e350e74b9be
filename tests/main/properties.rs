//! What holds for every text and every answer.

use authing::emulator::Pool;
use authing::transport::{Request, Response, Transport};
use authing::{Client, CustomValue, Group, Identity, Role, Timestamp, User, WithSecrets};
use percent_encoding::percent_decode_str;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::support::{Log, answering};

fn nobody() -> (Client, Log) {
    let log = Log::default();
    let client = answering(&log, |request| {
        let body = if request.operation() == "userDetail" || request.operation() == "rest" {
            json!({"code": 200, "data": null})
        } else {
            json!({"data": {(request.operation()): null, "deleteUser": {"code": 200}}})
        };
        Response::new(200, body.to_string())
    });
    (client.build().unwrap(), log)
}

/// Any text, and often one that is written to do harm.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[/?#&=%.:@ \r\n\t\0\"'{}\\\\ü€a]{1,12}",
        Just("../../roles".to_owned()),
        Just("a\r\nx-injected: 1".to_owned()),
        Just("%2e%2e".to_owned()),
        Just("\"}) { users { list { id } } } #".to_owned()),
    ]
}

/// Any JSON, with numbers that every parser reads alike.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 4.0)),
        any::<String>().prop_map(Value::from),
        prop_oneof![Just("true"), Just("12"), Just("2021-09-27T15:46:26Z"), Just("M"), Just("NUMBER")]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(key(), inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Names of fields that models have, and others.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        prop_oneof![
            Just("username"),
            Just("loginsCount"),
            Just("blocked"),
            Just("gender"),
            Just("createdAt"),
            Just("customData"),
            Just("identities"),
            Just("registerSource"),
            Just("password"),
            Just("lastIP"),
            Just("lastIp"),
            Just("parent"),
            Just("isSystem"),
            Just("key"),
            Just("value"),
            Just("dataType"),
            Just("id"),
            Just("code"),
            Just("isSocial"),
        ]
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

fn object() -> impl Strategy<Value = serde_json::Map<String, Value>> {
    btree_map(key(), json_value(), 0..10).prop_map(|map| map.into_iter().collect())
}

/// Reads a model from JSON text, writes it and reads it again.
fn survives<T>(object: &serde_json::Map<String, Value>) -> Result<Option<Value>, TestCaseError>
where
    T: serde::de::DeserializeOwned + serde::Serialize + PartialEq + std::fmt::Debug,
{
    let text = Value::Object(object.clone()).to_string();
    let Ok(model) = serde_json::from_str::<T>(&text) else { return Ok(None) };
    let written = serde_json::to_string(&WithSecrets::new(&model)).unwrap();
    let again: T = serde_json::from_str(&written).unwrap();
    prop_assert_eq!(&again, &model, "{}", written);
    Ok(Some(serde_json::from_str(&written).unwrap()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_id_stays_one_segment_of_the_path_and_arrives_as_it_was(id in text()) {
        let (client, log) = nobody();
        let result = client.users().detail(&*id).include_custom_data().send();
        if id.trim().is_empty() || [".", ".."].contains(&&*id) {
            prop_assert!(result.unwrap_err().is_invalid_input());
            prop_assert_eq!(log.len(), 0);
            return Ok(());
        }
        prop_assert!(result.unwrap().is_none());
        let sent = log.last();
        let segment = sent.url().strip_prefix("https://core.authing.cn/api/v2/users/").unwrap();
        let segment = segment.strip_suffix("?with_custom_data=true").unwrap();
        prop_assert!(!segment.contains(['/', '?', '#', '&', ' ', '\\']), "{}", segment);
        prop_assert!(sent.url().bytes().all(|byte| byte.is_ascii_graphic()));
        prop_assert_eq!(percent_decode_str(segment).decode_utf8().unwrap(), &*id);
        prop_assert_eq!(sent.headers().count(), log.requests()[0].headers().count(), "no content type, but a token");
    }

    #[test]
    fn a_query_parameter_stays_one_and_arrives_as_it_was(name in text(), value in text()) {
        let (client, log) = nobody();
        let request = client.rest(authing::transport::Method::Get, "/api").query(&*name, &value).query("end", 1);
        prop_assert!(request.send::<Option<Value>>().unwrap().is_none());
        let sent = log.last();
        let query = sent.url().strip_prefix("https://core.authing.cn/api?").unwrap();
        let pairs: Vec<Vec<String>> = query
            .split('&')
            .map(|pair| pair.split('=').map(|part| percent_decode_str(part).decode_utf8().unwrap().into_owned()).collect())
            .collect();
        prop_assert_eq!(pairs, vec![vec![name, value], vec!["end".to_owned(), "1".to_owned()]]);
    }

    #[test]
    fn an_id_in_graphql_is_a_variable_and_never_part_of_the_document(id in text()) {
        prop_assume!(!id.trim().is_empty());
        let (client, log) = nobody();
        client.users().delete(&*id).send().unwrap();
        let sent = log.last_body();
        prop_assert_eq!(&sent["variables"], &json!({"id": id}));
        let first = sent["query"].as_str().unwrap().to_owned();
        client.users().delete("1").send().unwrap();
        prop_assert_eq!(&log.last_body()["query"], &Value::from(first));
    }

    #[test]
    fn a_text_reaches_the_pool_and_comes_back_as_it_was(name in text()) {
        // The pool refuses a name of blanks alone.
        let name = format!("x{name}");
        let client = Pool::new().client();
        let created = client.users().create().username(&*name).nickname(&*name).send().unwrap();
        prop_assert_eq!(created.nickname.as_deref(), Some(&*name));
        let found = client.users().find().username(&*name).send().unwrap();
        prop_assert_eq!(found.map(|user| user.id), Some(created.id));
        let nobody = client.users().detail(format!("x{name}")).send().unwrap();
        prop_assert!(nobody.is_none());
    }

    #[test]
    fn no_setting_starts_a_header(pool_id in text(), lang in text(), secret in text()) {
        let log = Log::default();
        let client = answering(&log, |_| Response::new(200, r#"{"data":{"findUser":null}}"#));
        let Ok(client) = client.user_pool_id(&*pool_id).lang(&*lang).secret(&*secret).build() else { return Ok(()) };
        client.users().find().username("bob").send().unwrap();
        let sent = log.last();
        prop_assert_eq!(sent.header("x-authing-userpool-id"), Some(&*pool_id));
        prop_assert_eq!(sent.header("x-authing-lang"), Some(&*lang));
        prop_assert!(sent.headers().all(|(_, value)| value.bytes().all(|byte| (b' '..=b'~').contains(&byte))));
        let token: Value = serde_json::from_slice(log.requests()[0].body().unwrap()).unwrap();
        prop_assert_eq!(&token["variables"], &json!({"userPoolId": pool_id, "secret": secret}));
    }

    #[test]
    fn a_user_is_read_from_any_object_with_an_id_and_keeps_what_is_unknown(mut object in object()) {
        object.insert("id".to_owned(), Value::from("1"));
        let unknown: Vec<_> = object.iter().filter(|(name, _)| name.contains(|c: char| !c.is_ascii_alphanumeric())).collect();
        let written = survives::<User>(&object)?.expect("every such object is a user");
        for (name, value) in unknown {
            prop_assert_eq!(written.get(name), Some(value), "{}", name);
        }
        // What is not null is there in some form, whether the model knows it or not.
        for (name, value) in &object {
            let is_nothing = value.is_null() || value.as_array().is_some_and(|list| list.iter().all(Value::is_null));
            prop_assert!(is_nothing || written.get(name).is_some(), "{} is lost", name);
        }
    }

    #[test]
    fn other_models_survive_any_object(mut object in object()) {
        survives::<User>(&object)?;
        survives::<Identity>(&object)?.expect("an account needs nothing");
        object.insert("code".to_owned(), Value::from("c"));
        survives::<Role>(&object)?.expect("a role needs a code");
        survives::<Group>(&object)?.expect("a group needs a code");
    }

    #[test]
    fn no_answer_makes_a_call_panic(status in 100_u16..600, body in vec(any::<u8>(), 0..64), json in json_value()) {
        let bodies = [body, json.to_string().into_bytes(), json!({"code": 200, "data": json}).to_string().into_bytes(),
            json!({"data": {"users": json, "user": {"roles": json}, "deleteUser": json}}).to_string().into_bytes()];
        for body in bodies {
            let client = crate::support::always(status, body.clone());
            let _ = client.users().list().send();
            let _ = client.users().list_roles("1").send();
            let _ = client.users().delete("1").send();
            if let Err(error) = client.users().detail("1").send() {
                prop_assert_eq!(error.body(), Some(&*body));
                prop_assert!(!error.to_string().contains('\n'));
            }
        }
    }

    #[test]
    fn no_request_makes_the_pool_panic(path in "[ -~]{0,24}", body in text(), query in json_value()) {
        let pool = Pool::new();
        for body in [body, json!({"query": query}).to_string(), json!({"query": "{ users { totalCount } }", "variables": query}).to_string()] {
            for path in ["/graphql/v2", "/api/v2/users", &path] {
                let request = Request::new(authing::transport::Method::Post, format!("http://localhost{path}")).with_body(body.clone());
                prop_assert!(pool.send(&request).is_ok());
            }
        }
    }

    #[test]
    fn a_timestamp_survives_the_round_trip_through_json(seconds in 0..253_402_300_799_i64, nanos in 0..1_000_000_000_u32) {
        let instant = OffsetDateTime::from_unix_timestamp(seconds).unwrap().replace_nanosecond(nanos).unwrap();
        let timestamp = Timestamp::from(instant);
        let json = serde_json::to_string(&timestamp).unwrap();
        let again: Timestamp = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&again, &timestamp);
        prop_assert_eq!(again.time(), Some(instant));
        let milliseconds = Timestamp::from((seconds * 1000).to_string());
        prop_assert_eq!(milliseconds.time().map(OffsetDateTime::unix_timestamp), Some(seconds));
    }

    #[test]
    fn a_timestamp_keeps_any_text(text in any::<String>()) {
        let json = serde_json::to_string(&text).unwrap();
        let timestamp: Timestamp = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(timestamp.as_str(), &text);
        prop_assert_eq!(serde_json::to_string(&timestamp).unwrap(), json);
    }

    #[test]
    fn custom_values_survive_the_way_to_the_pool_and_back(text in any::<String>(), number in any::<i32>(), flag in any::<bool>(), object in object()) {
        let fields = [("text", "STRING"), ("number", "NUMBER"), ("flag", "BOOLEAN"), ("object", "OBJECT")].map(
            |(key, data_type)| json!({"targetType": "USER", "key": key, "dataType": data_type, "label": key}),
        );
        let seed = json!({"version": 1, "customFields": fields});
        let client = Pool::from_seed(&seed.to_string()).unwrap().client();
        let object = Value::Object(object);
        let user = client
            .users()
            .create()
            .username("bob")
            .custom_data("text", &*text)
            .custom_data("number", number)
            .custom_data("flag", flag)
            .custom_data("object", object.clone())
            .include_custom_data()
            .send()
            .unwrap();
        let data = user.custom_data.unwrap();
        prop_assert_eq!(data.get("text"), Some(CustomValue::String(text)));
        prop_assert_eq!(data.get("number"), Some(CustomValue::from(number)));
        prop_assert_eq!(data.get("flag"), Some(CustomValue::Boolean(flag)));
        prop_assert_eq!(data.get("object"), Some(CustomValue::Object(object)));
    }
}
