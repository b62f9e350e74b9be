//! Everything that reads what a server sends, fed with what no server sends.
//!
//! The corpus is made of the answers in `tests/fixtures` and of refusals in every form; each input is one of
//! them with a few mutations of bytes and of JSON values. Inputs are the same on each run. By default there
//! are 20,000 for each target; for longer runs, and for other inputs:
//!
//! ```text
//! FUZZ_INPUTS=10000000 FUZZ_SEED=7 cargo test --release --test fuzz -- --nocapture
//! ```
//!
//! A target fails with the input that made it panic or broke a promise.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

#[path = "fuzz/mutate.rs"]
mod mutate;

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use authing::clock::Clock;
use authing::emulator::Pool;
use authing::transport::{Request, Response, Transport};
use authing::{
    Client, CommonMessage, CustomField, Error, Group, Identity, Page, RefreshToken, Retry, Role, Timestamp,
    User,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use self::mutate::{Random, mutate};

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().unwrap())
}

/// Runs a target. `read` says whether the input was of any use.
fn fuzz(target: &str, corpus: &[Vec<u8>], read: impl Fn(&[u8]) -> bool) {
    let inputs = setting("FUZZ_INPUTS", 20_000);
    let mut random = Random(setting("FUZZ_SEED", 1));
    let begun = Instant::now();
    let (mut accepted, mut crashes) = (0, 0);
    // Most inputs are made of what this target accepts, the others of anything.
    let good: Vec<_> = corpus.iter().filter(|input| read(input)).cloned().collect();
    assert!(!good.is_empty(), "{target}: nothing in the corpus is accepted");
    for _ in 0..inputs {
        let seed = if random.below(8) > 0 { &good } else { corpus };
        let input = mutate(&mut random, seed, corpus);
        match catch_unwind(AssertUnwindSafe(|| read(&input))) {
            Ok(was_accepted) => accepted += u64::from(was_accepted),
            Err(_) => {
                crashes += 1;
                println!("{target}: crashes on {:?}", String::from_utf8_lossy(&input));
                assert!(crashes < 5, "{target}: too many crashes to go on");
            }
        }
    }
    println!(
        "{target:<28} {inputs:>9} inputs {accepted:>9} accepted {crashes:>3} crashes {:>8.1?}",
        begun.elapsed()
    );
    assert_eq!(crashes, 0, "{target}");
}

/// All answers of the fixtures, as they are and on one line.
fn answers() -> Vec<Vec<u8>> {
    fn collect(folder: &Path, answers: &mut Vec<Vec<u8>>) {
        let mut entries: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                collect(&path, answers);
            } else if path.ends_with("response.json") {
                let pretty = std::fs::read(&path).unwrap();
                let value: Value = serde_json::from_slice(&pretty).unwrap();
                answers.push(pretty);
                answers.push(serde_json::to_vec(&value).unwrap());
            }
        }
    }
    let mut answers = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"), &mut answers);
    assert!(answers.len() >= 48);
    answers
}

fn refusals() -> Vec<Vec<u8>> {
    [
        r#"{"errors":[{"message":{"code":2026,"message":"exists","data":{"a":1}},"path":["a"]}],"data":null}"#,
        r#"{"errors":[{"message":"cannot","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}"#,
        r#"{"errors":"cannot","data":{"findUser":null}}"#,
        r#"{"code":2004,"message":"no such user","data":null}"#,
        r#"{"uniqueId":"1","statusCode":499,"apiCode":"2011","message":"no","data":null}"#,
        r#"{"code":200,"data":null}"#,
        "<html><body>502 Bad Gateway</body></html>",
        "",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

/// Whatever is at these names in the answers, as documents of their own.
fn parts(names: &[&str]) -> Vec<Vec<u8>> {
    fn collect(value: &Value, names: &[&str], parts: &mut Vec<Vec<u8>>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if names.contains(&name.as_str()) && value.is_object() {
                        parts.push(serde_json::to_vec(value).unwrap());
                    } else if names.contains(&name.as_str()) {
                        parts.extend(
                            value
                                .as_array()
                                .into_iter()
                                .flatten()
                                .map(|item| serde_json::to_vec(item).unwrap()),
                        );
                    }
                    collect(value, names, parts);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, names, parts)),
            _ => {}
        }
    }
    let mut parts = Vec::new();
    for answer in answers() {
        collect(&serde_json::from_slice(&answer).unwrap(), names, &mut parts);
    }
    parts
}

/// A client that gets one answer to all but the token query.
fn client(answer: &Arc<Mutex<Response>>) -> Client {
    let pool = Pool::new();
    let (tokens, answer) = (pool.clone(), Arc::clone(answer));
    let transport = move |request: &Request| match request.operation() {
        "accessToken" => tokens.send(request),
        _ => Ok(answer.lock().unwrap().clone()),
    };
    pool.client_builder().transport(transport).build().unwrap()
}

/// What must hold of every error, whatever made it.
fn is_presentable(error: &Error) {
    let printed = error.to_string();
    assert!(!printed.chars().any(char::is_control), "printed on more than a line: {printed:?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let _ = cause.to_string();
        source = cause.source();
    }
    let _ = format!("{error:?}");
    assert!(!error.operation().is_empty());
}

fn fuzz_answers<T: Debug>(target: &str, send: impl Fn(&Client) -> Result<T, Error>) {
    let answer = Arc::new(Mutex::new(Response::new(200, "")));
    let client = client(&answer);
    let corpus = [answers(), refusals()].concat();
    let calls = std::cell::Cell::new(0);
    fuzz(target, &corpus, |input| {
        calls.set(calls.get() + 1);
        let status =
            if calls.get() % 4 > 0 { 200 } else { [201, 400, 404, 429, 500, 503][calls.get() / 4 % 6] };
        *answer.lock().unwrap() = Response::new(status, input);
        match send(&client) {
            Ok(output) => {
                // Under a status that is no success, a code can still say that what was asked for does not
                // exist.
                let is_absence = format!("{output:?}") == "None" && matches!(status, 400..=428 | 430..=499);
                assert!((200..300).contains(&status) || is_absence, "status {status}: {output:?}");
                true
            }
            Err(error) => {
                is_presentable(&error);
                assert_eq!(error.status(), Some(status));
                assert_eq!(error.body(), Some(input));
                false
            }
        }
    });
}

#[test]
fn reader_of_graphql_answers() {
    let users = |client: &Client| client.users();
    fuzz_answers("GraphQL, one user", |client| {
        users(client).find().username("bob").with_retry(Retry::none()).send()
    });
    fuzz_answers("GraphQL, a page", |client| users(client).list().with_retry(Retry::none()).send());
    fuzz_answers("GraphQL, below a parent", |client| {
        users(client).list_roles("1").with_retry(Retry::none()).send()
    });
    fuzz_answers("GraphQL, acknowledgement", |client| {
        users(client).add_group("1", "g").with_retry(Retry::none()).send()
    });
}

#[test]
fn reader_of_rest_answers() {
    fuzz_answers("REST, one user", |client| client.users().detail("1").with_retry(Retry::none()).send());
    fuzz_answers("REST, any value", |client| {
        let rest = client.rest(authing::transport::Method::Get, "/api/v2/any");
        rest.with_retry(Retry::none()).send::<Value>()
    });
}

#[test]
fn reader_of_tokens() {
    let corpus = [
        r#"{"data":{"accessToken":{"accessToken":"t","iat":1614853303,"exp":1616149303}}}"#,
        r#"{"data":{"accessToken":{"accessToken":"t","iat":"1614853303","exp":"1616149303"}}}"#,
        r#"{"data":{"accessToken":{"accessToken":"t"}}}"#,
    ];
    let corpus = [corpus.map(|text| text.as_bytes().to_vec()).to_vec(), refusals()].concat();
    let answer = Arc::new(Mutex::new(Vec::new()));
    let token = Arc::clone(&answer);
    let clock = Pool::new().clock().clone();
    fuzz("token", &corpus, |input| {
        *answer.lock().unwrap() = input.to_vec();
        let token = Arc::clone(&token);
        let client = Client::builder().user_pool_id("POOL").secret("SECRET").clock(clock.clone());
        let client = client.retry(Retry::none()).transport(move |request: &Request| {
            Ok(match request.operation() {
                "accessToken" => Response::new(200, token.lock().unwrap().clone()),
                _ => {
                    assert!(request.header("authorization").unwrap().starts_with("Bearer "));
                    Response::new(200, r#"{"data":{"findUser":null}}"#)
                }
            })
        });
        let result = client.build().unwrap().users().find().username("bob").send();
        result.map_err(|error| is_presentable(&error)).is_ok()
    });
}

/// What is read can be written, and what is written is read again as the same.
fn fuzz_model<T: DeserializeOwned + Serialize + Debug>(target: &str, corpus: &[Vec<u8>]) {
    fuzz(target, corpus, |input| {
        let Ok(model) = serde_json::from_slice::<T>(input) else { return false };
        let _ = format!("{model:?}");
        let written = serde_json::to_value(authing::WithSecrets::new(&model)).unwrap();
        // Items that are none are kept beside the items of a page, and read apart from them by the client
        // alone.
        let again: T = match serde_json::from_value(written.clone()) {
            Ok(again) => again,
            Err(_) if target.starts_with("Page") => return true,
            Err(error) => panic!("{error}: {written}"),
        };
        // A number that a tree of values rounds anew each time is not compared.
        let is_stable = serde_json::from_str::<Value>(&written.to_string()).is_ok_and(|tree| tree == written);
        let again = serde_json::to_value(authing::WithSecrets::new(&again)).unwrap();
        assert!(!is_stable || again == written);
        true
    });
}

/// The same, and nothing is lost that the crate does not know or did not expect.
fn fuzz_keeping_model<T: DeserializeOwned + Serialize + Debug>(target: &str, corpus: &[Vec<u8>]) {
    fuzz_model::<T>(target, corpus);
    fuzz(&format!("{target}, all kept"), corpus, |input| {
        let Ok(model) = serde_json::from_slice::<T>(input) else { return false };
        // What a tree of values cannot hold, such as 1e400, is kept as text and not compared here.
        let Ok(read) = serde_json::from_slice::<Value>(input) else { return false };
        // Names of secrets are among the fields that the input is mutated with.
        let text = serde_json::to_string(&authing::WithSecrets::new(&model)).unwrap();
        let written: Value = serde_json::from_str(&text).unwrap();
        let count =
            |value: &Value| value.as_array().map(|list| list.iter().filter(|item| !item.is_null()).count());
        for (name, value) in read.as_object().unwrap() {
            if !value.is_null() && count(value) != Some(0) {
                let kept = written.get(name);
                assert!(kept.is_some(), "{name} is lost");
                assert!(
                    count(value).is_none() || kept.and_then(count) >= count(value),
                    "{name} has lost something"
                );
            }
        }
        true
    });
}

#[test]
fn models() {
    let mut users = parts(&["findUser", "searchUser", "createUser", "updateUser", "users", "list", "data"]);
    users.push(br#"{"id":"1","identities":[{"provider":"a"},7],"registerSource":["b",7]}"#.to_vec());
    users.push(
        br#"{"id":"1","customData":[{"key":"a","dataType":"STRING","value":"b"},{"value":7},7]}"#.to_vec(),
    );
    fuzz_keeping_model::<User>("User", &users);
    fuzz_keeping_model::<Group>("Group", &parts(&["group", "createGroup", "groups", "list"]));
    fuzz_keeping_model::<Role>("Role", &parts(&["role", "createRole", "roles", "list"]));
    fuzz_model::<Page<User>>("Page<User>", &parts(&["users", "searchUser"]));
    fuzz_model::<RefreshToken>("RefreshToken", &parts(&["refreshToken"]));
    fuzz_model::<CommonMessage>(
        "CommonMessage",
        &parts(&["addUserToGroup", "deleteUser", "deleteUsers", "addUser"]),
    );
    fuzz_keeping_model::<CustomField>("CustomField", &custom_fields());
    let identity = br#"{"openid":"o","userIdInIdp":"1","userId":"2","extIdpId":"3","isSocial":true,"provider":"wechat"}"#;
    fuzz_keeping_model::<Identity>("Identity", &[identity.to_vec()]);
}

fn custom_fields() -> Vec<Vec<u8>> {
    let values =
        ["18", "1.5", "true", "null", "{\"a\":[1]}", "2021-09-27T15:46:26.000Z", "1632757586000", "text"];
    let types = ["STRING", "NUMBER", "DATETIME", "BOOLEAN", "OBJECT", "SELECT", "COLOUR"];
    let field = |data_type: &str, value: &str| {
        serde_json::to_vec(
            &serde_json::json!({"key": "k", "dataType": data_type, "value": value, "label": "K"}),
        )
        .unwrap()
    };
    types.iter().flat_map(|data_type| values.map(|value| field(data_type, value))).collect()
}

#[test]
fn decoder_of_custom_data() {
    let values: Vec<Vec<u8>> = custom_fields();
    fuzz("custom data, one value", &values, |input| {
        let Ok(field) = serde_json::from_slice::<CustomField>(input) else { return false };
        let value = field.value();
        let _ = format!(
            "{value:?}{:?}{:?}{:?}{:?}",
            value.as_str(),
            value.as_i64(),
            value.as_f64(),
            value.as_bool()
        );
        serde_json::to_vec(&value.to_json()).unwrap();
        true
    });
    let texts: Vec<Vec<u8>> =
        ["18", "{\"a\":[1,2,{\"b\":null}]}", "true", "\"text\"", "1632757586000", "2021-09-27"]
            .map(|text| text.as_bytes().to_vec())
            .to_vec();
    // The text of a value is arbitrary: here it is, whatever its bytes, and the document around it is sound.
    fuzz("custom data, any text", &texts, |input| {
        let text = String::from_utf8_lossy(input);
        let types = ["STRING", "NUMBER", "DATETIME", "BOOLEAN", "OBJECT", "SELECT", "COLOUR"];
        let data_type = types[input.len() % types.len()];
        let field = serde_json::json!({"key": "k", "dataType": data_type, "value": text});
        let user = serde_json::json!({"id": "1", "customData": [field]});
        let user: User = serde_json::from_value(user).unwrap();
        let value = user.custom_data.unwrap().get("k").unwrap();
        if data_type == "STRING" {
            assert_eq!(value.as_str(), Some(&*text));
        }
        serde_json::to_vec(&value.to_json()).unwrap();
        true
    });
}

#[test]
fn timestamps() {
    let corpus = [
        "2021-09-27T15:46:26Z",
        "2021-09-27T15:46:26.123456789+08:00",
        "2021-09-27T15:46:26",
        "2021-W39-1T15:46:26Z",
        "-002021-09-27T24:00:00-23:59",
        "1632757586000",
        "-9223372036854775808",
        "9999-12-31T23:59:60Z",
        "9999-12-31T23:05-23:59",
    ];
    fuzz("Timestamp", &corpus.map(|text| text.as_bytes().to_vec()), |input| {
        let text = String::from_utf8_lossy(input).into_owned();
        let timestamp = Timestamp::from(text.clone());
        assert_eq!(timestamp.as_str(), text);
        let Some(instant) = timestamp.time() else { return false };
        let written = Timestamp::from(instant);
        let utc = instant.checked_to_offset(time::UtcOffset::UTC);
        if utc.is_some_and(|utc| (0..=9999).contains(&utc.year())) {
            assert_eq!(written.time(), Some(instant), "{written}");
        }
        true
    });
}

#[test]
fn retry_after_headers() {
    let corpus = [
        "0",
        "2",
        "120",
        "18446744073709551615",
        "Thu, 01 Jan 2026 00:01:30 GMT",
        "Fri, 31 Dec 9999 23:59:60 GMT",
        "Sat, 01 Jan 0000 00:00:00 +9959",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ];
    let corpus = corpus.map(|text| text.as_bytes().to_vec());
    let answer = Arc::new(Mutex::new(Response::new(429, "")));
    let pool = Pool::new();
    let deadline = Duration::from_secs(10);
    let (tokens, answered) = (pool.clone(), Arc::clone(&answer));
    let transport = move |request: &Request| match request.operation() {
        "accessToken" => tokens.send(request),
        _ => Ok(answered.lock().unwrap().clone()),
    };
    let client = pool.client_builder().transport(transport).build().unwrap();
    fuzz("Retry-After", &corpus, |input| {
        let value = String::from_utf8_lossy(input).into_owned();
        *answer.lock().unwrap() = Response::new(429, "").with_header("Retry-After", value.clone());
        let begun = pool.clock().now();
        let error = client.users().find().username("bob").with_deadline(deadline).send().unwrap_err();
        let took = pool.clock().now() - begun;
        assert!(error.is_throttled() && (1..=3).contains(&error.attempts()), "{value:?}: {error:?}");
        assert!(took < deadline + Duration::from_secs(1), "{value:?}: {took:?}");
        if let Ok(seconds) = value.trim().parse::<u32>() {
            assert!(error.retry_after() >= Some(Duration::from_secs(seconds.into())), "{value:?}: {error:?}");
        }
        error.retry_after().is_some()
    });
}
