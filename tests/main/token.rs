//! The management token over real HTTP: fetched once, renewed early, replaced when it is rejected.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use authing::clock::Clock;
use authing::transport::{Request, Response, UreqTransport};
use authing::{Client, ClientBuilder, ErrorKind, Retry};
use httpmock::prelude::*;
use httpmock::{HttpMockResponse, Mock};
use serde_json::json;
use time::OffsetDateTime;

use crate::samples::ID;
use crate::support::FakeClock;

const HOUR: u64 = 3600;
const NOBODY: &str = r#"{"data":{"findUser":null}}"#;
const NOT_LOGGED_IN: &str = r#"{"errors":[{"message":{"code":2020,"message":"not logged in"}}],"data":null}"#;

fn settings(server: &MockServer) -> ClientBuilder {
    Client::builder()
        .user_pool_id("POOL")
        .secret("SECRET")
        .host(server.base_url())
        .retry(Retry::none())
        .transport(UreqTransport::builder().no_proxy().build())
}

/// The token `T1` at the first request, `T2` at the second, and so on, each good for so many seconds.
fn tokens(server: &MockServer, seconds: u64) -> Mock<'_> {
    let issued = AtomicUsize::new(0);
    server.mock(|when, then| {
        when.method(POST)
            .path("/graphql/v2")
            .header_missing("authorization")
            .json_body_includes(r#"{"operationName":"accessToken","variables":{"userPoolId":"POOL","secret":"SECRET"}}"#);
        then.respond_with(move |_| {
            let number = issued.fetch_add(1, Ordering::SeqCst) + 1;
            let token = json!({"accessToken": format!("T{number}"), "iat": 1_700_000_000, "exp": 1_700_000_000 + seconds});
            answer(200, &json!({"data": {"accessToken": token}}).to_string())
        });
    })
}

fn answer(status: u16, body: &str) -> HttpMockResponse {
    HttpMockResponse::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(body.to_owned())
        .build()
}

/// `findUser` with that token gets that answer.
fn find<'a>(server: &'a MockServer, token: &str, body: &str) -> Mock<'a> {
    server.mock(|when, then| {
        when.method(POST)
            .path("/graphql/v2")
            .header("authorization", format!("Bearer {token}"))
            .json_body_includes(r#"{"operationName":"findUser"}"#);
        then.status(200).body(body);
    })
}

fn ask(client: &Client) -> Result<(), authing::Error> {
    client.users().find().username("bob").send().map(drop)
}

#[test]
fn a_token_is_fetched_once_and_signs_every_request_of_every_clone() {
    let server = MockServer::start();
    let (token, found) = (tokens(&server, 360 * HOUR), find(&server, "T1", NOBODY));
    let client = settings(&server).build().unwrap();
    for client in [&client, &client.clone(), &client.clone()] {
        ask(client).unwrap();
    }
    assert_eq!((token.calls(), found.calls()), (1, 3));
}

#[test]
fn a_token_that_graphql_rejects_is_replaced_once_and_the_call_sent_again() {
    let server = MockServer::start();
    let token = tokens(&server, 360 * HOUR);
    let (rejected, found) = (find(&server, "T1", NOT_LOGGED_IN), find(&server, "T2", NOBODY));
    let client = settings(&server).build().unwrap();
    ask(&client).unwrap();
    assert_eq!((token.calls(), rejected.calls(), found.calls()), (2, 1, 1));
    ask(&client).unwrap();
    assert_eq!((token.calls(), rejected.calls(), found.calls()), (2, 1, 2), "the new one is kept");
}

#[test]
fn a_token_that_rest_rejects_by_status_or_code_is_replaced_once() {
    for (status, body) in [(401, "Unauthorized"), (200, r#"{"code":2020,"message":"not logged in"}"#)] {
        let server = MockServer::start();
        let token = tokens(&server, 360 * HOUR);
        let path = format!("/api/v2/users/{ID}");
        let rejected = server.mock(|when, then| {
            when.method(GET).path(&path).header("authorization", "Bearer T1");
            then.status(status).body(body);
        });
        let found = server.mock(|when, then| {
            when.method(GET).path(&path).header("authorization", "Bearer T2");
            then.status(200).body(json!({"code": 200, "data": {"id": ID}}).to_string());
        });
        let client = settings(&server).build().unwrap();
        assert_eq!(client.users().detail(ID).send().unwrap().unwrap().id, ID);
        assert_eq!((token.calls(), rejected.calls(), found.calls()), (2, 1, 1), "{status}");
    }
}

/// Replaying a mutation is safe here: who is not logged in has changed nothing.
#[test]
fn a_rejected_mutation_is_sent_again_too() {
    let server = MockServer::start();
    let token = tokens(&server, 360 * HOUR);
    let delete = |token: &str, body: &str| {
        server.mock(|when, then| {
            when.header("authorization", format!("Bearer {token}")).body_includes("deleteUser");
            then.status(200).body(body);
        })
    };
    let rejected = delete("T1", NOT_LOGGED_IN);
    let deleted = delete("T2", r#"{"data":{"deleteUser":{"code":200,"message":"ok"}}}"#);
    settings(&server).build().unwrap().users().delete(ID).send().unwrap();
    assert_eq!((token.calls(), rejected.calls(), deleted.calls()), (2, 1, 1));
}

#[test]
fn a_token_that_is_rejected_twice_is_an_authentication_error() {
    let server = MockServer::start();
    let token = tokens(&server, 360 * HOUR);
    let (first, second) = (find(&server, "T1", NOT_LOGGED_IN), find(&server, "T2", NOT_LOGGED_IN));
    let client = settings(&server).retry(Retry::standard()).build().unwrap();
    let error = ask(&client).unwrap_err();
    assert!(error.is_authentication() && !error.is_retryable(), "{error}");
    assert_eq!((error.operation(), error.code(), error.attempts()), ("findUser", Some(2020), 2));
    assert_eq!((token.calls(), first.calls(), second.calls()), (2, 1, 1));
}

#[test]
fn a_wrong_pool_id_or_secret_is_an_authentication_error_that_says_so() {
    for (status, body, code) in [
        (200, r#"{"errors":[{"message":{"code":2224,"message":"no such pool"}}],"data":null}"#, Some(2224)),
        (200, r#"{"errors":[{"message":{"code":1001,"message":"wrong secret"}}],"data":null}"#, Some(1001)),
        (200, r#"{"errors":[{"message":{"code":2020,"message":"not logged in"}}],"data":null}"#, Some(2020)),
        (200, r#"{"errors":[{"message":{"code":987,"message":"new refusal"}}],"data":null}"#, Some(987)),
        (401, "", None),
        (403, r#"{"code":403,"message":"forbidden"}"#, Some(403)),
    ] {
        let server = MockServer::start();
        let token = server.mock(|when, then| {
            when.path("/graphql/v2");
            then.status(status).body(body);
        });
        let client = settings(&server).retry(Retry::standard()).build().unwrap();
        let error = ask(&client).unwrap_err();
        println!("{error}");
        assert!(error.is_authentication() && !error.is_retryable(), "{error}");
        assert!(
            error.to_string().starts_with("accessToken: the user pool id or the secret was rejected: "),
            "{error}"
        );
        assert_eq!((error.code(), error.status()), (code, Some(status)));
        assert_eq!(token.calls(), 1, "{body}");
    }
}

#[test]
fn a_token_that_does_not_come_for_another_reason_keeps_that_reason() {
    let server = MockServer::start();
    let token = server.mock(|when, then| {
        when.path("/graphql/v2");
        then.status(503).body("busy");
    });
    let clock = FakeClock::default();
    let client = settings(&server).clock(clock).retry(Retry::standard()).build().unwrap();
    let error = ask(&client).unwrap_err();
    assert_eq!((error.kind(), error.operation(), error.attempts()), (ErrorKind::Server, "accessToken", 3));
    assert!(error.is_retryable() && !error.may_have_happened());
    assert_eq!(
        token.calls(),
        3,
        "it is retried as every read is, and the call behind it does not repeat that"
    );
}

#[test]
fn an_odd_token_answer_is_one_line_without_the_token() {
    let body = r#"{"data":{"accessToken":{"accessToken":"planted","iat":"planted"}}}"#;
    let server = MockServer::start();
    server.mock(|when, then| {
        when.path("/graphql/v2");
        then.status(200).body(body);
    });
    let error = ask(&settings(&server).build().unwrap()).unwrap_err();
    assert!(error.is_unexpected_answer(), "{error}");
    assert!(error.to_string().contains("at `data.accessToken` (byte 64)"), "{error}");
    assert_eq!(error.body(), Some(body.as_bytes()));
    let printed = format!("{error} {error:?}");
    assert!(!printed.contains("planted") && !printed.contains('\n'), "{printed}");
}

#[test]
fn a_token_is_renewed_an_hour_before_its_end_or_at_half_a_short_life() {
    for (seconds, renewed_at) in
        [(360 * HOUR, 359 * HOUR), (2 * HOUR, HOUR), (HOUR, HOUR / 2), (60, 30), (1, 0)]
    {
        let server = MockServer::start();
        let token = tokens(&server, seconds);
        let (first, second) = (find(&server, "T1", NOBODY), find(&server, "T2", NOBODY));
        let clock = FakeClock::default();
        let client = settings(&server).clock(clock.clone()).build().unwrap();
        ask(&client).unwrap();
        if renewed_at > 0 {
            clock.advance(Duration::from_secs(renewed_at - 1));
            ask(&client).unwrap();
            assert_eq!((token.calls(), first.calls(), second.calls()), (1, 2, 0), "{seconds} s");
        }
        clock.advance(Duration::from_secs(1));
        ask(&client).unwrap();
        assert_eq!((token.calls(), second.calls()), (2, 1), "{seconds} s");
    }
}

#[test]
fn a_renewal_that_fails_leaves_the_old_token_in_use_until_its_end() {
    let server = MockServer::start();
    let mut token = tokens(&server, 360 * HOUR);
    let found = find(&server, "T1", NOBODY);
    let clock = FakeClock::default();
    let client = settings(&server).clock(clock.clone()).build().unwrap();
    ask(&client).unwrap();
    token.delete();
    let failing = server.mock(|when, then| {
        when.header_missing("authorization").body_includes("accessToken");
        then.status(500).body("down");
    });

    clock.advance(Duration::from_secs(359 * HOUR));
    ask(&client).unwrap();
    ask(&client).unwrap();
    assert_eq!((failing.calls(), found.calls()), (1, 3), "not tried again at once");
    clock.advance(Duration::from_secs(30));
    ask(&client).unwrap();
    assert_eq!((failing.calls(), found.calls()), (2, 4), "but after a while");

    clock.advance(Duration::from_secs(HOUR));
    let error = ask(&client).unwrap_err();
    assert_eq!(
        (error.operation(), error.kind(), found.calls()),
        ("accessToken", ErrorKind::Server, 4),
        "{error}"
    );
}

/// A clock that counts how often each thread has looked at it: twice when its call began, and then when it
/// waits.
#[derive(Clone, Default)]
struct Waiting(Arc<Mutex<HashMap<ThreadId, u32>>>);

impl Clock for Waiting {
    fn now(&self) -> Duration {
        *self.0.lock().unwrap().entry(thread::current().id()).or_default() += 1;
        Duration::ZERO
    }

    fn wall(&self) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH
    }

    fn sleep(&self, _: Duration) {}
}

/// Lets the token of a client come only after `threads` calls wait for it. Returns what they got and the
/// requests made.
fn together(
    threads: usize,
    status: u16,
    body: &'static str,
) -> (Vec<Result<(), authing::Error>>, Vec<String>) {
    let (clock, log) = (Waiting::default(), crate::support::Log::default());
    let waiting = clock.clone();
    let transport = move |request: &Request| {
        if request.operation() != "accessToken" {
            return Ok(Response::new(200, NOBODY));
        }
        // So that a mistake fails the test and does not hang it.
        let patience = Instant::now() + Duration::from_secs(20);
        let is_waiting = |looks: &&u32| **looks > 2;
        while waiting.0.lock().unwrap().values().filter(is_waiting).count() < threads
            && Instant::now() < patience
        {
            thread::yield_now();
        }
        Ok(Response::new(status, body))
    };
    let client = Client::builder()
        .user_pool_id("POOL")
        .secret("SECRET")
        .retry(Retry::none())
        .clock(clock)
        .transport(log.before(transport))
        .build()
        .unwrap();
    let results = thread::scope(|scope| {
        let calls: Vec<_> = (0..threads).map(|_| scope.spawn(|| ask(&client))).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    (results, log.operations())
}

#[test]
fn all_who_wait_share_one_fetch() {
    let (results, operations) = together(16, 200, crate::support::TOKEN);
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(operations.iter().filter(|name| *name == "accessToken").count(), 1);
    assert_eq!(operations.len(), 17);
}

#[test]
fn all_who_wait_share_one_failure() {
    let refusal = r#"{"errors":[{"message":{"code":1001,"message":"wrong secret"}}]}"#;
    let (results, operations) = together(16, 200, refusal);
    assert_eq!(operations, ["accessToken"]);
    let errors: Vec<_> = results.into_iter().map(Result::unwrap_err).collect();
    for error in &errors {
        assert!(error.is_authentication(), "{error}");
        assert_eq!((error.code(), error.operation(), error.attempts()), (Some(1001), "accessToken", 1));
        assert_eq!(error.to_string(), errors[0].to_string());
    }
}
