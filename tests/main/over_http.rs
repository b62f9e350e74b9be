//! Requests and answers over real HTTP, as a server sees and gives them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authing::clock::Clock;
use authing::transport::UreqTransport;
use authing::{Client, ErrorKind, Retry, UserField};
use httpmock::HttpMockResponse;
use httpmock::prelude::*;
use serde_json::json;

use crate::samples::ID;
use crate::support::{FakeClock, TOKEN};

/// A client of a server that gives it a token, and its clock.
fn client(server: &MockServer, retry: Retry) -> (Client, FakeClock) {
    server.mock(|when, then| {
        when.method(POST).path("/prefix/graphql/v2").header_missing("authorization");
        then.status(200).body(TOKEN);
    });
    let clock = FakeClock::default();
    let client = Client::builder()
        .user_pool_id("POOL")
        .secret("SECRET")
        .host(format!("{}/prefix/", server.base_url()))
        .lang("en-US")
        .retry(retry)
        .clock(clock.clone())
        .transport(UreqTransport::builder().no_proxy().build());
    (client.build().unwrap(), clock)
}

#[test]
fn a_graphql_call_is_one_post_with_everything_the_service_wants() {
    let server = MockServer::start();
    let (client, _) = client(&server, Retry::none());
    let updated = server.mock(|when, then| {
        when.method(POST)
            .path("/prefix/graphql/v2")
            .header("authorization", "Bearer TOKEN")
            .header("content-type", "application/json")
            .header("x-authing-userpool-id", "POOL")
            .header("x-authing-request-from", "sdk")
            .header("x-authing-lang", "en-US")
            .header_prefix("x-authing-sdk-version", "rust:")
            .json_body_includes(
                json!({"operationName": "updateUser", "variables": {"id": ID, "input": {"nickname": "N", "company": null}}})
                    .to_string(),
            );
        then.status(200).body(json!({"data": {"updateUser": {"id": ID, "nickname": "N"}}}).to_string());
    });
    let user = client.users().update(ID).nickname("N").clear(UserField::Company).send().unwrap();
    assert_eq!(user.nickname.as_deref(), Some("N"));
    updated.assert();
}

#[test]
fn a_rest_call_is_one_get_without_a_body() {
    let server = MockServer::start();
    let (client, _) = client(&server, Retry::none());
    let found = server.mock(|when, then| {
        when.method(GET)
            .path("/prefix/api/v2/users/a%2Fb")
            .query_param("with_custom_data", "true")
            .header("authorization", "Bearer TOKEN")
            .header_missing("content-type")
            .header_missing("content-length")
            .header_missing("transfer-encoding");
        then.status(200).body(r#"{"code":200,"message":"ok","data":{"id":"a/b"}}"#);
    });
    assert_eq!(client.users().detail("a/b").include_custom_data().send().unwrap().unwrap().id, "a/b");
    found.assert();
}

#[test]
fn refusals_of_both_protocols_arrive_with_code_and_body() {
    for (status, body, code, kind) in [
        (200, r#"{"code":2210,"message":"no such thing","data":null}"#, Some(2210), ErrorKind::NotFound),
        (499, r#"{"statusCode":499,"apiCode":2026,"message":"taken"}"#, Some(2026), ErrorKind::Conflict),
        (403, "forbidden", None, ErrorKind::PermissionDenied),
        (404, "<html>nothing here</html>", None, ErrorKind::UnexpectedAnswer),
        (200, "<html>please log in</html>", None, ErrorKind::UnexpectedAnswer),
        (200, "", None, ErrorKind::UnexpectedAnswer),
    ] {
        let server = MockServer::start();
        let (client, _) = client(&server, Retry::none());
        server.mock(|when, then| {
            when.method(GET).path(format!("/prefix/api/v2/users/{ID}"));
            then.status(status).header("x-request-id", "r-1").body(body);
        });
        let error = client.users().detail(ID).send().unwrap_err();
        assert_eq!((error.kind(), error.code(), error.status()), (kind, code, Some(status)), "{error}");
        assert_eq!((error.body(), error.request_id()), (Some(body.as_bytes()), Some("r-1")));
    }
}

#[test]
fn a_redirect_is_not_followed_because_the_token_would_go_along() {
    let (server, other) = (MockServer::start(), MockServer::start());
    let (client, _) = client(&server, Retry::standard());
    let elsewhere = other.mock(|when, then| {
        when.path_prefix("/");
        then.status(200).body(r#"{"code":200,"data":{"id":"1"}}"#);
    });
    let redirect = server.mock(|when, then| {
        when.method(GET).path_prefix("/prefix/api");
        then.status(302).header("location", other.base_url());
    });
    let error = client.users().detail(ID).send().unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::UnexpectedAnswer, Some(302)));
    assert_eq!((redirect.calls(), elsewhere.calls()), (1, 0));
}

#[test]
fn a_failing_service_is_asked_again_for_a_read_and_not_for_a_change() {
    let server = MockServer::start();
    let (client, clock) = client(&server, Retry::standard());
    let failing = server.mock(|when, then| {
        when.header("authorization", "Bearer TOKEN");
        then.status(502).body("<html>bad gateway</html>");
    });
    let error = client.users().detail(ID).send().unwrap_err();
    assert_eq!((error.kind(), error.attempts(), failing.calls()), (ErrorKind::Server, 3, 3));
    assert!(error.is_retryable() && clock.now() <= Duration::from_millis(300), "{:?}", clock.now());
    let error = client.users().create().username("bob").send().unwrap_err();
    assert_eq!((error.attempts(), failing.calls()), (1, 4));
    assert!(error.may_have_happened() && !error.is_retryable());
}

#[test]
fn a_service_that_asks_for_patience_gets_it() {
    let server = MockServer::start();
    let (client, clock) = client(&server, Retry::standard());
    let asked = AtomicUsize::new(0);
    let busy = server.mock(|when, then| {
        when.header("authorization", "Bearer TOKEN");
        then.respond_with(move |_| {
            let answer = HttpMockResponse::builder();
            match asked.fetch_add(1, Ordering::SeqCst) {
                0 => answer.status(429).header("retry-after", "5").build(),
                _ => {
                    answer.status(200).body(r#"{"data":{"deleteUser":{"code":200,"message":"ok"}}}"#).build()
                }
            }
        });
    });
    // A change too: what was refused for being too much was not carried out.
    client.users().delete(ID).send().unwrap();
    assert_eq!(busy.calls(), 2);
    assert!((5..=6).contains(&clock.now().as_secs()), "{:?}", clock.now());
}

#[test]
fn more_patience_than_the_deadline_allows_is_the_callers() {
    let server = MockServer::start();
    let (client, clock) = client(&server, Retry::standard());
    let busy = server.mock(|when, then| {
        when.header("authorization", "Bearer TOKEN");
        then.status(429).header("retry-after", "3600").body("");
    });
    let error = client.users().detail(ID).send().unwrap_err();
    assert!(error.is_throttled() && error.is_retryable());
    assert_eq!((error.retry_after(), error.attempts()), (Some(Duration::from_secs(3600)), 1));
    assert_eq!((busy.calls(), clock.now()), (1, Duration::ZERO), "returned at once");
}
