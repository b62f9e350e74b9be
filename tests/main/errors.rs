//! What an error says, keeps and hides, and what is sent again because of it.

use std::time::Duration;

use authing::transport::{Delivered, Effect, Method, Request, Response, TransportError, TransportErrorKind};
use authing::{Client, Error, ErrorKind, Retry};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::samples::ID;
use crate::support::{Log, TOKEN, always, answering};

const HOST: &str = "https://idp.corp.example";

/// The failure of a first call to a host that answers the token query so.
fn at_token_query(response: Response) -> Error {
    let transport = move |_: &Request| Ok(response.clone());
    let client = Client::builder().user_pool_id("POOL").secret("SECRET-1").host(HOST).transport(transport);
    client.retry(Retry::none()).build().unwrap().users().detail(ID).send().unwrap_err()
}

#[test]
fn a_wrong_host_is_not_mistaken_for_a_refused_secret() {
    let html = "<!doctype html><html></html>";
    let (unknown_field, validation) = (
        r#"{"errors":[{"message":"Cannot query field \"accessToken\" on type \"Query\"."}]}"#,
        r#"{"errors":[{"message":"no","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}"#,
    );
    for (status, body) in [
        (404, html),
        (404, ""),
        (404, r#"{"error":"not found"}"#),
        (404, r#"{"code":404,"message":"not found"}"#),
        (404, r#"{"statusCode":404,"message":"Cannot POST /graphql/v2","error":"Not Found"}"#),
        (405, html),
        (405, r#"{"message":"Method Not Allowed"}"#),
        (405, r#"{"code":405,"message":"Method Not Allowed"}"#),
        (400, unknown_field),
        (400, validation),
        (400, r#"{"message":"bad request"}"#),
        (400, html),
        (200, unknown_field),
        (200, validation),
        (200, html),
        (200, "{}"),
        (200, "[]"),
        (200, "null"),
        (200, r#"{"hello":"world"}"#),
        (301, html),
        (302, ""),
        (308, r#"{"code":308,"message":"elsewhere"}"#),
    ] {
        let error = at_token_query(Response::new(status, body));
        let line = error.to_string();
        assert!(
            line.starts_with("accessToken: https://idp.corp.example does not speak the Authing API: "),
            "{line}"
        );
        assert!(!line.contains("refused:") && !line.contains("secret"), "{status} {body}: {line}");
        assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer, "{status} {body}: {line}");
    }
    let elsewhere = Response::new(302, "").with_header("Location", "https://login.example/sso?token=planted");
    let line = at_token_query(elsewhere).to_string();
    assert!(line.ends_with("the response is a redirect to https://login.example (status 302)"), "{line}");
    for (status, body) in [
        (200, r#"{"errors":[{"message":{"code":2224,"message":"no such pool"}}]}"#),
        (200, r#"{"errors":[{"message":"the secret is wrong"}]}"#),
        (401, r#"{"message":"no"}"#),
        (404, r#"{"code":2224,"message":"no such pool"}"#),
    ] {
        let error = at_token_query(Response::new(status, body));
        assert!(error.is_authentication(), "{status} {body}: {error}");
        assert!(error.to_string().contains("the user pool id or the secret was rejected"), "{error}");
    }
}

#[test]
fn a_status_404_in_the_apis_form_is_not_found_and_any_other_a_wrong_host() {
    for body in [
        r#"{"code":404,"message":"no"}"#,
        r#"{"code":987654,"message":"no"}"#,
        r#"{"statusCode":404,"message":"no"}"#,
        r#"{"statusCode":404,"apiCode":"987654","message":"no"}"#,
    ] {
        let error = always(404, body).rest(Method::Get, "/api/v2/things").send::<Value>().unwrap_err();
        assert!(error.is_not_found(), "{body}: {error}");
    }
    for body in ["<html></html>", "", "not found", r#"{"error":"no route"}"#, "[]"] {
        let error = always(404, body).rest(Method::Get, "/api/v2/things").send::<Value>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer, "{body}: {error}");
        assert!(
            error.to_string().contains("https://core.authing.cn does not speak the Authing API"),
            "{error}"
        );
    }
}

#[test]
fn the_status_in_the_body_is_kept_beside_the_code_and_tells_the_kind_of_one_that_is_unknown() {
    for (body, kind, code, inner) in [
        (r#"{"statusCode":499,"apiCode":"2011","message":"x"}"#, ErrorKind::NotFound, 2011, Some(499)),
        (r#"{"statusCode":404,"apiCode":"987654","message":"x"}"#, ErrorKind::NotFound, 987_654, Some(404)),
        (
            r#"{"statusCode":403,"apiCode":987654,"message":"x"}"#,
            ErrorKind::PermissionDenied,
            987_654,
            Some(403),
        ),
        (r#"{"statusCode":403,"apiCode":2026,"message":"x"}"#, ErrorKind::Conflict, 2026, Some(403)),
        (r#"{"statusCode":500,"message":"x"}"#, ErrorKind::Server, 500, Some(500)),
        (r#"{"code":2004,"message":"x"}"#, ErrorKind::NotFound, 2004, None),
        (
            r#"{"code":200,"statusCode":403,"message":"x","data":1}"#,
            ErrorKind::PermissionDenied,
            403,
            Some(403),
        ),
    ] {
        let client = answering(&Log::default(), move |_| Response::new(200, body)).retry(Retry::none());
        let client = client.build().unwrap();
        let error = client.rest(Method::Get, "/api/v2/things").send::<Value>().unwrap_err();
        assert_eq!((error.kind(), error.code(), error.inner_status()), (kind, Some(code), inner), "{body}");
    }
}

/// How often a request with an effect is sent to a service that always answers so.
fn sent(effect: Effect, response: Response) -> (usize, Error) {
    let log = Log::default();
    let client = answering(&log, move |_| response.clone()).build().unwrap();
    let request = client.rest(Method::Post, "/api/v2/things");
    let request = if effect == Effect::Read { request.read_only() } else { request };
    let error = request.send::<Value>().unwrap_err();
    (log.count("rest"), error)
}

#[test]
fn what_is_sent_again_is_decided_by_one_row_of_the_table() {
    let busy = r#"{"code":1000,"message":"system busy"}"#;
    let done = r#"{"code":200,"message":"done","data":{"id":"1"}}"#;
    let soon = |status, body: &str| Response::new(status, body).with_header("Retry-After", "1");
    for (response, reads, changes, may_have_happened) in [
        (Response::new(500, busy), 3, 1, true),
        (Response::new(503, busy), 3, 1, true),
        (soon(503, busy), 3, 3, false),
        (Response::new(200, busy), 3, 3, false),
        (Response::new(408, busy), 3, 1, true),
        (soon(500, "{}"), 3, 1, true),
        (Response::new(429, done), 3, 1, true),
        (soon(503, done), 3, 1, true),
        (Response::new(429, "slow down"), 3, 3, false),
        (Response::new(524, "<html></html>"), 3, 1, true),
        (Response::new(200, r#"{"statusCode":429,"message":"slow"}"#), 3, 3, false),
        (Response::new(200, r#"{"statusCode":503,"message":"down"}"#), 3, 1, true),
        (soon(200, r#"{"statusCode":503,"message":"down"}"#), 3, 3, false),
        (Response::new(200, r#"{"statusCode":500,"apiCode":987654,"message":"x"}"#), 3, 1, true),
        (Response::new(200, r#"{"statusCode":499,"apiCode":2026,"message":"taken"}"#), 1, 1, false),
    ] {
        let what = format!("{} {}", response.status(), String::from_utf8_lossy(response.body()));
        let (count, error) = sent(Effect::Read, response.clone());
        assert_eq!((count, error.may_have_happened()), (reads, false), "read: {what}");
        let (count, error) = sent(Effect::Mutation, response);
        assert_eq!((count, error.may_have_happened()), (changes, may_have_happened), "change: {what}");
        assert!(!(error.may_have_happened() && error.is_retryable()), "change: {what}");
    }
    let log = Log::default();
    let client = answering(&log, move |_| Response::new(500, busy)).build().unwrap();
    let error = client.users().create().username("bob").send().unwrap_err();
    assert_eq!((log.count("createUser"), error.code(), error.may_have_happened()), (1, Some(1000), true));
}

#[test]
fn a_failure_that_comes_with_output_under_a_failing_status_was_carried_out_in_part() {
    let body = r#"{"data":{"createUser":{"id":"1"}},"errors":[{"message":{"code":500,"message":"half"}}]}"#;
    for status in [200, 429, 500, 503] {
        let log = Log::default();
        let respond = move |_: &Request| Response::new(status, body).with_header("Retry-After", "1");
        let client = answering(&log, respond).build().unwrap();
        let error = client.users().create().username("bob").send().unwrap_err();
        assert_eq!((log.count("createUser"), error.may_have_happened()), (1, true), "{status}");
        assert!(!error.is_retryable());
    }
}

#[test]
fn a_message_of_any_length_is_a_short_line_and_the_body_has_all_of_it() {
    let long = "x".repeat(8 << 20);
    let body = json!({"code": 2004, "message": long}).to_string();
    let error = always(200, body.clone()).rest(Method::Get, "/api/v2/things").send::<Value>().unwrap_err();
    assert!(error.to_string().len() < 1200 && error.message().len() < 1100);
    assert!(error.to_string().ends_with("… (8388608 bytes) (code 2004)"), "{error}");
    assert!(format!("{error:?}").len() < 2048);
    assert_eq!(error.body().unwrap().len(), body.len());

    let key = always(200, format!(r#"{{"data":{{"{long}":["#));
    let error = key.graphql("query").send::<Vec<u8>>("x").unwrap_err();
    assert!(error.to_string().len() < 1200 && error.message().contains("(byte"), "{error}");
}

#[test]
fn nothing_that_deceives_a_reader_of_logs_is_shown() {
    let odd = "a\u{2028}b\u{2029}c\u{202e}d\u{2066}e\u{200b}f\u{9b}31mg\u{85}h\u{1b}[0mi\nj\u{feff}k";
    let id = "r\u{202e}1\u{9b}";
    let deceives = |c: char| c.is_control() || "\u{2028}\u{2029}\u{202e}\u{2066}\u{200b}\u{feff}".contains(c);
    let body = json!({"code": 2004, "message": odd}).to_string();
    let respond = move |_: &Request| Response::new(200, body.clone()).with_header("X-Request-Id", id);
    let client = answering(&Log::default(), respond).build().unwrap();
    let error = client.graphql("query").send::<Value>("x").unwrap_err();
    let nested = Error::invalid_input(odd, odd);
    for text in [
        error.to_string(),
        format!("{error:?}"),
        error.request_id().unwrap().to_owned(),
        nested.to_string(),
        format!("{nested:?}"),
    ] {
        assert!(!text.contains(deceives), "{text:?}");
    }
    assert!(error.message().contains('\u{2028}'), "the message itself is the service's");
}

#[test]
fn a_secret_that_the_service_quotes_is_not_repeated() {
    let (secret, token, password) = ("pool/secret+1", "TOKEN.long-enough", "hunter2 \"x\"");
    for quoted in [
        secret,
        "pool%2Fsecret%2B1",
        "cG9vbC9zZWNyZXQrMQ",
        "Bearer TOKEN.long-enough",
        password,
        "hunter2 \\\"x\\\"",
        "hunter2%20%22x%22",
    ] {
        let message = format!("bad credentials {quoted}, sorry");
        let error = {
            let body = json!({"errors": [{"message": {"code": 2026, "message": message}}]}).to_string();
            let respond = move |request: &Request| {
                let body = if request.operation() == "accessToken" {
                    TOKEN.replace("TOKEN", token)
                } else {
                    body.clone()
                };
                Ok(Response::new(200, body).with_header("X-Request-Id", "id pool/secret+1"))
            };
            let hook = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
            let seen = std::sync::Arc::clone(&hook);
            let client = Client::builder().user_pool_id("POOL").secret(secret).transport(respond);
            let client = client.public_key(authing::DEFAULT_PUBLIC_KEY).on_attempt(move |attempt| {
                *seen.lock().unwrap() = format!("{:?}", attempt.error());
            });
            let client = client.build().unwrap();
            let error = client.users().create().username("bob").password(password).send().unwrap_err();
            assert!(!hook.lock().unwrap().contains(quoted), "the hook sees no more");
            error
        };
        assert!(!format!("{error} {error:?}").contains(quoted), "{quoted}: {error:?}");
        assert!(
            error.message().starts_with("bad credentials ") && error.message().contains("***"),
            "{error}"
        );
        assert_eq!(error.request_id(), Some("id ***"));
        assert!(
            String::from_utf8_lossy(error.body().unwrap()).contains("bad credentials"),
            "the body is raw"
        );
    }
    let quoted = r#"{"errors":[{"message":{"code":2224,"message":"no pool with SECRET-1"}}]}"#;
    assert!(!at_token_query(Response::new(200, quoted)).to_string().contains("SECRET-1"));
}

#[test]
fn odd_envelopes_are_an_output_or_an_error_that_says_what_is_odd() {
    let ask = |body: &str| always(200, body).rest(Method::Get, "/api/v2/things").send::<Option<Value>>();
    for body in [
        r#"{"code":200.0,"data":1}"#,
        r#"{"code":" 200 ","data":1}"#,
        r#"{"code":null,"data":1}"#,
        r#"{"code":200,"errors":{},"data":1}"#,
        r#"{"code":200,"errors":"","data":1}"#,
        r#"{"code":200,"errors":false,"data":1}"#,
        r#"{"success":true,"data":1}"#,
        r#"{"code":200,"data":2,"data":1}"#,
    ] {
        assert_eq!(ask(body).unwrap(), Some(json!(1)), "{body}");
    }
    for (body, says) in [
        (r#"{"code":"fine","data":1}"#, "has a `code` that is not a number"),
        (r#"{"code":true,"data":1}"#, "has a `code` that is not a number"),
        (r#"{"code":{},"data":null}"#, "has a `code` that is not a number"),
        (r#"{"success":false,"message":"not today","data":null}"#, "not today"),
        (r#"{"code":200,"errors":["boom"],"data":null}"#, "boom"),
        (r#"{"code":200,"errors":7,"data":null}"#, "7"),
        (r#"[{"code":200,"data":1}]"#, "expected the envelope"),
        (r#"{"code":200,"data":1"#, "is truncated"),
    ] {
        let error = ask(body).unwrap_err();
        assert!(error.to_string().contains(says), "{body}: {error}");
    }
}

#[test]
fn nothing_but_an_acknowledgement_is_read_from_a_code_and_a_message() {
    #[derive(Debug, serde::Deserialize)]
    struct Thing {
        #[expect(dead_code, reason = "a struct that an object with any fields could be")]
        code: Option<i64>,
    }
    let client = always(200, r#"{"code":200,"message":"done"}"#);
    let request = || client.rest(Method::Post, "/api/v2/things");
    assert_eq!(request().send::<authing::CommonMessage>().unwrap().code, Some(200));
    let error = request().send::<Thing>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer, "{error}");
}

/// Bodies that are nearly those of the API, and bytes.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let value = prop_oneof![
        Just("null".to_owned()),
        Just("{}".to_owned()),
        Just("[]".to_owned()),
        Just("true".to_owned()),
        Just(r#""200""#.to_owned()),
        Just(r#"{"user":null}"#.to_owned()),
        Just(r#"[{"message":{"code":2004,"message":"\u2028\ud83d"}}]"#.to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<String>().prop_map(|text| json!(text).to_string()),
        "[ -~]{0,8}",
    ];
    let key = prop::sample::select(vec![
        "data",
        "errors",
        "code",
        "statusCode",
        "apiCode",
        "message",
        "success",
        "error",
    ]);
    let object = prop::collection::vec((key, value), 0..5).prop_map(|fields| {
        let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{key:?}:{value}")).collect();
        format!("{{{}}}", fields.join(",")).into_bytes()
    });
    prop_oneof![3 => object, 1 => prop::collection::vec(any::<u8>(), 0..64)]
}

proptest! {
    #[test]
    fn any_response_is_an_output_or_an_error_of_one_short_line(
        status in prop_oneof![2 => 100_u16..=599, 1 => prop::sample::select(vec![200_u16, 204, 404, 429, 500])],
        body in bodies(),
        id in any::<String>(),
        name in any::<String>(),
    ) {
        let respond = move |_: &Request| Response::new(status, body.clone()).with_header("X-Request-Id", &id);
        let client = answering(&Log::default(), respond).build().unwrap();
        let ended = [
            client.users().detail(ID).send().map(drop),
            client.users().list_roles(ID).send().map(drop),
            client.users().delete(ID).send().map(drop),
            client.users().kick([ID]).send().map(drop),
            client.rest(Method::Post, "/api/v2/things").send_whole::<Value>().map(drop),
            client.graphql("query").send::<Vec<Value>>(name.clone()).map(drop),
            Err(Error::invalid_input(name.clone(), name.repeat(100))),
        ];
        for error in ended.into_iter().filter_map(Result::err) {
            let line = error.to_string();
            prop_assert!(line.len() <= 2048 && !line.contains(|c: char| c.is_control()), "{:?}", line);
            prop_assert!(!line.contains(['\u{2028}', '\u{2029}', '\u{202e}']), "{:?}", line);
            prop_assert!(!(error.may_have_happened() && error.is_not_found()), "{:?}", error);
        }
    }
}

#[test]
fn a_timeout_tells_how_long_the_attempt_was_given() {
    let timed_out =
        |_: &Request| Err::<Response, _>(TransportError::new(TransportErrorKind::Timeout, Delivered::Maybe));
    let client = Client::builder().user_pool_id("POOL").secret("SECRET").retry(Retry::none());
    let client = client.timeout(Duration::from_millis(1500)).transport(timed_out).build().unwrap();
    let error = client.users().list().send().unwrap_err();
    assert_eq!(error.to_string(), "accessToken: timed out after 1.5s");
}

#[test]
fn the_error_of_a_path_names_the_argument() {
    let client = authing::emulator::Pool::new().client();
    let error = client.users().suspend("..").send().unwrap_err();
    assert_eq!(error.to_string(), "suspendUser: id: must not be `.` or `..`: it is part of a path");
    let error = client.access().delete_namespace_by_code(".").send().unwrap_err();
    assert_eq!(error.field(), Some("code"));
}

#[test]
fn debug_output_has_only_what_is_set() {
    let client = authing::emulator::Pool::new().client();
    let error = client.users().list().page(0).send().unwrap_err();
    let text = "Error { kind: InvalidInput, operation: \"users\", field: \"page\", \
                message: \"must be at least 1\", attempts: 0 }";
    assert_eq!(format!("{error:?}"), text);
}

#[test]
fn a_date_to_come_back_at_is_that_of_the_services_clock() {
    let respond = |_: &Request| {
        Response::new(429, "")
            .with_header("Date", "Thu, 01 Jan 2026 00:00:00 GMT")
            .with_header("Retry-After", "Thu, 01 Jan 2026 00:00:09 GMT")
    };
    let client = answering(&Log::default(), respond).retry(Retry::none()).build().unwrap();
    assert_eq!(client.users().detail(ID).send().unwrap_err().retry_after(), Some(Duration::from_secs(9)));
}

#[test]
fn all_who_wait_for_a_connection_that_fails_are_told_why() {
    use authing::transport::{Delivered, TransportError, TransportErrorKind};
    let transport = |_: &Request| {
        let cause = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "refused by test");
        let error = TransportError::new(TransportErrorKind::Connect, Delivered::No).with_peer(HOST);
        Err(error.with_source(cause))
    };
    let client = Client::builder().user_pool_id("POOL").secret("SECRET").transport(transport);
    let client = client.retry(Retry::none()).build().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let error = client.users().detail(ID).send().unwrap_err();
                let cause = std::error::Error::source(&error).expect("a cause").to_string();
                assert!(cause.contains("refused by test"), "{cause}");
                assert!(error.to_string().contains("idp.corp.example"), "{error}");
                assert!(!error.to_string().contains("refused by test"), "the chain does not repeat it");
                assert!(error.is_retryable() && error.is_connection());
            });
        }
    });
}

#[test]
fn secrets_in_the_body_of_a_request_are_not_in_its_errors_either() {
    use authing::principal_authentication::Papers;

    type Ask = fn(&Client) -> Result<(), Error>;
    let calls: [(&str, Ask); 8] = [
        ("check_token", |c| c.authentication().check_token("planted-1").send().map(drop)),
        ("check_password", |c| c.authentication().check_password("planted-1").send().map(drop)),
        ("import_totp", |c| c.mfa().import_totp(ID, "planted-1").recovery_code("planted-2").send().map(drop)),
        ("programmatic account", |c| {
            c.access().set_programmatic_account_secret(ID, "planted-1").send().map(drop)
        }),
        ("papers", |c| {
            let papers = Papers::person("Bob", "planted-1", "planted-2");
            c.principal_authentication().authenticate(ID, papers).send().map(drop)
        }),
        ("oauth", |c| c.users().create().username("bob").oauth("planted-1").send().map(drop)),
        ("update", |c| c.users().update(ID).oauth("planted-1").send().map(drop)),
        ("header", |c| c.rest(Method::Get, "/x").header("x-api-key", "planted-1").send::<()>()),
    ];
    for (what, ask) in calls {
        let log = Log::default();
        let quote = |request: &Request| {
            let headers: String = request.headers().map(|(_, value)| value.to_owned()).collect();
            let sent = format!("{headers} {}", String::from_utf8_lossy(request.body().unwrap_or_default()));
            let message = json!({"code": 1001, "message": format!("refused: {sent}")});
            let refusal =
                json!({"code": 1001, "message": message["message"], "errors": [{"message": message}]});
            Response::new(200, refusal.to_string())
        };
        let client = answering(&log, quote).build().unwrap();
        let error = ask(&client).unwrap_err();
        let shown = format!("{error} {error:?} {}", error.message());
        assert!(shown.contains("***") && !shown.contains("planted"), "{what}: {shown}");
    }
}
