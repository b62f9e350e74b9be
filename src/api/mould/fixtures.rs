//! Runs the fixtures of an operation: what it sends, and how it reads the response.
//!
//! `tests/fixtures/<resource>/<operation>/` contains `request.json` and `response.json`. The first is the
//! request without what all requests share, with every possible parameter set. The second is a response of
//! the service; the output is read from it, written again and compared. To add an operation, write the second
//! file with each field that the schema or the model names, in a form that the emulator or another fixture
//! has, run its test with `UPDATE_FIXTURES=1`, and check the first file that the test has written. Fields of
//! the response that no model has are listed in `extra.json`. `every_operation_has_its_fixtures` checks the
//! folders against the source.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use serde::Serialize;
use serde_json::{Value, json};

use super::absence;
use crate::client::Client;
use crate::model::WithSecrets;
use crate::model::extra::listing::extras;
use crate::transport::{DryRun, Effect, Request, Response, Transport};
use crate::wire::Operation;
use crate::wire::{Answer, Reply, Wire, decode};

/// Declares the fixture test of an operation: its folder, and the builder that makes the request.
macro_rules! fixture {
    ($folder:literal => |$client:ident| $builder:expr) => {
        mod fixture {
            #[allow(
                unused_imports,
                reason = "most fixtures need the types of their operation, some do not"
            )]
            use super::*;

            #[test]
            fn request_and_response() {
                crate::api::mould::fixtures::check(
                    $folder,
                    |$client: &crate::client::Client| $builder,
                    |builder| builder.send(),
                );
            }
        }
    };
}
pub(crate) use fixture;

const TOKEN_ANSWER: &str = r#"{"data":{"accessToken":{"accessToken":"TOKEN","iat":1,"exp":1296001}}}"#;

/// A builder as its method creates it: without what its setters have set, except for required alternatives
/// and values with their own setters.
pub(crate) trait WithoutOptions {
    fn without_options(&self) -> Self;
}

pub(crate) fn check<O: Operation + WithoutOptions, T: Serialize>(
    name: &str,
    build: impl FnOnce(&Client) -> O,
    send: impl Fn(&O) -> Result<T, crate::error::Error>,
) {
    let folder = fixtures().join(name);
    let answer = fs::read_to_string(folder.join("response.json"))
        .unwrap_or_else(|error| panic!("{}/response.json, the service's answer: {error}", folder.display()));
    let sent = Arc::new(Mutex::new(Vec::new()));
    let response = Arc::new(Mutex::new((200, answer.clone())));
    let client = {
        let (sent, response) = (Arc::clone(&sent), Arc::clone(&response));
        let builder = Client::builder().user_pool_id("POOL").secret("SECRET");
        #[cfg(feature = "password")]
        let builder = builder.public_key(crate::auth::DEFAULT_PUBLIC_KEY);
        builder
            .transport(move |request: &Request| {
                if request.operation() == "accessToken" {
                    return Ok(Response::new(200, TOKEN_ANSWER));
                }
                sent.lock().unwrap().push(request.clone());
                let (status, body) = response.lock().unwrap().clone();
                Ok(Response::new(status, body))
            })
            .build()
            .unwrap()
    };
    let builder = build(&client);
    let output = send(&builder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));

    let sent_later = Arc::clone(&sent);
    let sent = std::mem::take(&mut *sent.lock().unwrap());
    assert_eq!(sent.len(), 1, "one request");
    write_down(name, &sent[0], || {
        let _ = send(&builder.without_options());
        std::mem::take(&mut *sent_later.lock().unwrap()).pop()
    });
    compare(&folder.join("request.json"), &describe(&sent[0]));
    must_not_be_sent_by_a_dry_run(&sent[0]);
    must_declare_its_variables(&sent[0]);
    #[cfg(feature = "emulator")]
    must_be_known(name, &builder);
    let wire = builder.wire().unwrap();
    let promised: Value = decode(&wire, Reply::ok(answer.as_bytes())).unwrap();
    let written = serde_json::to_value(WithSecrets::new(&output)).unwrap();
    assert_eq!(without_nothing(written), without_nothing(promised));
    must_have_a_field_for_everything(&folder, &output);
    must_refuse_what_is_not_promised::<O>(&wire, answer.as_bytes());
    let send = |status, body: &str| {
        *response.lock().unwrap() = (status, body.to_owned());
        send(&builder)
    };
    absence::must_be_told::<O, T>(name, &wire, &send);
    absence::must_be_the_same(name, &wire, &answer, &send);
}

/// Writes both requests, whole, into the directory that `AUTHING_REQUESTS` names: the one with every
/// parameter and the one with none but the required. `tests/conformance/bytes/run.py` compares them with
/// those of the official SDKs.
fn write_down(name: &str, full: &Request, least: impl FnOnce() -> Option<Request>) {
    let Some(directory) = std::env::var_os("AUTHING_REQUESTS") else { return };
    let whole = |request: &Request| {
        let headers: Value = request.headers().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        let body = request.body().map(|body| String::from_utf8_lossy(body).into_owned());
        json!({"method": request.method().as_str(), "url": request.url(), "headers": headers, "body": body})
    };
    let requests = json!({"full": whole(full), "least": least().as_ref().map(whole)});
    let file = Path::new(&directory).join(format!("{}.json", name.replace('/', ".")));
    fs::write(file, requests.to_string()).unwrap();
}

/// A dry run sends reads and nothing else, for every operation.
fn must_not_be_sent_by_a_dry_run(request: &Request) {
    let is_sent = Arc::new(AtomicBool::new(false));
    let dry_run = {
        let is_sent = Arc::clone(&is_sent);
        DryRun::new(move |_: &Request| {
            is_sent.store(true, Ordering::Relaxed);
            Ok(Response::new(200, "{}"))
        })
    };
    dry_run.send(request).unwrap();
    let is_read = request.effect() == Effect::Read;
    assert_eq!(is_sent.load(Ordering::Relaxed), is_read, "{}", request.operation());
    assert_eq!(dry_run.plan().is_empty(), is_read);
}

/// A wire name that is misspelt in a model lands in `extra`, is written back and compares equal. Therefore
/// `extra` must be empty except for what `extra.json` lists, as `Model.wireName`.
fn must_have_a_field_for_everything(folder: &Path, output: &impl Serialize) {
    let listed: BTreeSet<String> = fs::read_to_string(folder.join("extra.json"))
        .map(|list| serde_json::from_str(&list).unwrap())
        .unwrap_or_default();
    let found = extras(output);
    let unknown: Vec<_> = found.difference(&listed).collect();
    let folder = folder.display();
    assert!(
        unknown.is_empty(),
        "{folder}: {unknown:?}: misspelt, or a field that the model or extra.json lacks"
    );
    let absent: Vec<_> = listed.difference(&found).collect();
    assert!(absent.is_empty(), "{folder}: extra.json lists {absent:?}, which the response does not have");
}

/// Returns the parts that are specific to a request: the path, and the body or the operation name and
/// variables. The document is not repeated; it is checked against the emulator's schema.
fn describe(request: &Request) -> Value {
    let body: Value = request.body().map_or(Value::Null, |body| serde_json::from_slice(body).unwrap());
    let path = request.url().strip_prefix("https://core.authing.cn").unwrap();
    let authorization = request.header("authorization");
    // Who else's token it is, is a part of the request that is its own.
    let is_managed = authorization == Some("Bearer TOKEN");
    assert!(is_managed || authorization == Some("Bearer TOKEN OF A USER"), "{request:?}");
    assert_eq!(request.header("x-authing-userpool-id"), Some("POOL"));
    let mut described = json!({"method": request.method().as_str(), "path": path,
        "effect": format!("{:?}", request.effect())});
    match body.get("operationName") {
        Some(name) => {
            described["operationName"] = name.clone();
            described["variables"] = body["variables"].clone();
        }
        None => described["body"] = body,
    }
    if !is_managed {
        described["authorization"] = json!("token of a user");
    }
    described
}

/// The service silently ignores a variable that the document does not declare.
fn must_declare_its_variables(request: &Request) {
    let body: Value = serde_json::from_slice(request.body().unwrap_or(b"null")).unwrap();
    let document = body["query"].as_str().unwrap_or_default();
    for name in body["variables"].as_object().into_iter().flat_map(|variables| variables.keys()) {
        assert!(
            document.contains(&format!("${name}:")),
            "the document does not declare ${name}:\n{document}"
        );
    }
}

/// The emulator knows the schema and the paths. It rejects unknown names in the document and in the
/// parameters. Whether it finds the requested object does not matter here.
#[cfg(feature = "emulator")]
fn must_be_known<O: Operation>(name: &str, operation: &O) {
    let empty = || crate::emulator::Pool::new().client();
    let client = empty();
    let answer = client.engine().execute_raw(operation, &crate::engine::CallOptions::default()).unwrap();
    let text = String::from_utf8_lossy(answer.body());
    let is_known = answer.status() < 300 && !text.contains(r#""code":2231"#);
    assert!(is_known, "the emulator refuses the request: status {}, {text}", answer.status());
    let is_guess = answer.header("x-authing-emulator-guess").is_some();
    let output = empty().engine().execute(operation, &crate::engine::CallOptions::default());
    match output {
        // The path has the id of another pool.
        Err(error) if error.code() == Some(2224) => {}
        Err(error) => must_be_documented(name, &error, is_guess),
        Ok(_) => {}
    }
}

/// The documentation of an operation says how it fails on an empty pool: the kind of the error, and its code
/// or that the code is not documented.
#[cfg(feature = "emulator")]
fn must_be_documented(name: &str, error: &crate::Error, is_guess: bool) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/api/{name}.rs"));
    let source = fs::read_to_string(file).unwrap();
    let declaration = source.split("\nrequest! {").nth(1).unwrap().split("\n    effect ").next().unwrap();
    let documentation: Vec<&str> =
        declaration.lines().filter_map(|line| line.trim().strip_prefix("///")).map(str::trim).collect();
    let documentation = documentation.join(" ");
    let kind = match error {
        error if error.is_not_found() => "is_not_found",
        error if error.is_conflict() => "is_conflict",
        error if error.is_authentication() => "is_authentication",
        _ => "# Errors",
    };
    // The service has no code for a null on the way to the output.
    let code = match error.code() {
        Some(_) if is_guess => "not documented".to_owned(),
        Some(code) => format!("code {code}"),
        None => String::new(),
    };
    for said in [kind, &code] {
        assert!(documentation.contains(said), "{name} does not say `{said}`, and fails with: {error}");
    }
}

/// A response truncated at any byte is an error, and never a panic.
fn must_refuse_what_is_not_promised<O: Operation>(wire: &Wire, answer: &[u8]) {
    let end = answer.trim_ascii_end().len();
    for cut in (0..end).step_by(7) {
        assert!(decode::<O::Output>(wire, Reply::ok(&answer[..cut])).is_err(), "cut at {cut}");
    }
    let code_alone = r#"{"code":200}"#;
    assert_eq!(
        decode::<O::Output>(wire, Reply::ok(code_alone.as_bytes())).is_ok(),
        needs_no_data::<O::Output>(wire),
        "{code_alone}"
    );
    let is_list = matches!(wire.answer, Answer::Rest(_)) && serde_json::from_str::<O::Output>("[]").is_ok();
    let no_items = (!is_list).then_some(r#"{"data":[]}"#);
    for odd in ["<html></html>", "[]", "{}", "null", "7"].into_iter().chain(no_items) {
        assert!(decode::<O::Output>(wire, Reply::ok(odd.as_bytes())).is_err(), "{odd}");
    }
}

/// Returns whether a REST response needs only a code: an acknowledgement, or an output that may be absent.
fn needs_no_data<T: serde::de::DeserializeOwned>(wire: &Wire) -> bool {
    matches!(wire.answer, Answer::Whole)
        || matches!(wire.answer, Answer::Rest(_)) && serde_json::from_str::<T>("null").is_ok()
}

fn compare(file: &Path, found: &Value) {
    let found = format!("{found:#}\n");
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, &found).unwrap();
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    assert_eq!(found, expected, "{} (run with UPDATE_FIXTURES=1 and look at the difference)", file.display());
}

/// Removes nulls and empty lists, which a model does not distinguish from absent values.
fn without_nothing(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            // One list of the API names its count `total`; a page is written with the usual name.
            .map(|(key, value)| (if key == "total" { "totalCount".to_owned() } else { key }, value))
            .map(|(key, value)| (key, without_nothing(value)))
            .filter(|(_, value)| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()))
            .collect(),
        Value::Array(list) => list.into_iter().map(without_nothing).collect(),
        other => other,
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Returns all operations, as `resource/file`.
pub(crate) fn operations() -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api");
    files(&source, 2)
        .into_iter()
        .filter(|file| fs::read_to_string(source.join(file)).unwrap().contains("\nrequest! {"))
        .map(|file| file.trim_end_matches(".rs").to_owned())
        .collect()
}

#[test]
fn every_operation_has_its_fixtures_and_every_fixture_its_operation() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api");
    let operations = operations();
    for operation in &operations {
        let file = fs::read_to_string(source.join(format!("{operation}.rs"))).unwrap();
        assert!(
            file.contains(&format!("crate::api::mould::fixture!(\"{operation}\"")),
            "{operation}.rs runs no fixture of its name"
        );
    }
    let folders: BTreeSet<String> = files(&fixtures(), 3)
        .into_iter()
        .filter_map(|file| Some(file.strip_suffix("/response.json")?.to_owned()))
        .collect();
    let alone: Vec<&String> = operations.symmetric_difference(&folders).collect();
    assert!(alone.is_empty(), "a source without fixtures, or fixtures without a source: {alone:?}");
    assert!(operations.len() >= 24);
}

/// Returns the files below a folder, `depth` levels down, as relative paths.
fn files(folder: &Path, depth: usize) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            match (path.is_dir(), depth) {
                (true, 2..) => {
                    files(&path, depth - 1).into_iter().map(|file| format!("{name}/{file}")).collect()
                }
                (false, _) => vec![name],
                (true, _) => Vec::new(),
            }
        })
        .collect()
}
