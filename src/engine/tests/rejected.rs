//! A token that the service rejects: dropped in whatever form the rejection comes, replaced once for all
//! calls, and not forever.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use super::{Answer, FINE, builder, change, read, token};
use crate::client::{Client, ClientBuilder};
use crate::clock::fake::FakeClock;
use crate::error::ErrorKind;
use crate::retry::Retry;
use crate::transport::{Delivered, Method, Request, Response, TransportError, TransportErrorKind};

/// Every form in which a response says "not authenticated".
const REJECTIONS: [(u16, &str); 12] = [
    (401, ""),
    (401, "<html>"),
    (401, r#"{"code":2004,"message":"no"}"#),
    (200, r#"{"code":401,"message":"no"}"#),
    (200, r#"{"code":2020,"message":"no"}"#),
    (200, r#"{"code":2206,"message":"no"}"#),
    (200, r#"{"statusCode":401,"message":"no"}"#),
    (499, r#"{"statusCode":499,"apiCode":"2206","message":"no"}"#),
    (200, r#"{"errors":[{"message":{"code":2206,"message":"no"}}],"data":null}"#),
    (200, r#"{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}],"data":null}"#),
    (400, r#"{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}"#),
    (200, r#"{"errors":[{"message":"no","extensions":{"code":401}}],"data":null}"#),
];

/// The settings of a client whose tokens are numbered from 0, and how many it was given. `answer` receives
/// the number of the token in a request.
fn settings(
    clock: &FakeClock,
    answer: impl Fn(u32, &Request) -> Answer + Send + Sync + 'static,
) -> (Arc<AtomicU32>, ClientBuilder) {
    let tokens = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&tokens);
    let builder = builder(clock, move |request: &Request| match request.operation() {
        "accessToken" => token(counted.fetch_add(1, SeqCst)),
        _ => {
            let number = request.header("authorization").and_then(|header| header.strip_prefix("Bearer T"));
            answer(number.unwrap().parse().unwrap(), request)
        }
    });
    (tokens, builder.retry(Retry::none()))
}

fn empty_budget(client: &Client) {
    assert!(client.engine().budget.spend(100) && !client.engine().budget.spend(1));
}

#[test]
fn a_token_that_is_rejected_in_any_form_is_replaced_and_the_call_sent_again_for_any_effect() {
    for (status, body) in REJECTIONS {
        let (tokens, client) = settings(&FakeClock::default(), move |token, request| {
            Ok(match (token, request.url().ends_with("graphql/v2")) {
                (0, _) => Response::new(status, body),
                (_, false) => Response::new(200, FINE),
                (_, true) => Response::new(200, r#"{"data":{"it":1}}"#),
            })
        });
        let client = client.build().unwrap();
        empty_budget(&client);
        let graphql = || client.graphql("mutation { it }").send::<i64>("it");
        match body.contains("errors") {
            true => assert_eq!(graphql().unwrap(), 1, "{status} {body}"),
            false => assert_eq!(change(&client).unwrap(), 1, "{status} {body}"),
        }
        assert_eq!((read(&client).unwrap(), graphql().unwrap()), (1, 1));
        assert_eq!(tokens.load(SeqCst), 2, "{status} {body}");
    }
}

#[test]
fn a_raw_call_is_sent_again_too() {
    for (status, body) in REJECTIONS {
        let (tokens, client) = settings(&FakeClock::default(), move |token, _| {
            Ok(if token == 0 { Response::new(status, body) } else { Response::new(200, "fine") })
        });
        let client = client.build().unwrap();
        let response = match body.contains("errors") {
            true => client.graphql("{ it }").send_raw().unwrap(),
            false => client.rest(Method::Post, "/").send_raw().unwrap(),
        };
        assert_eq!((response.body(), tokens.load(SeqCst)), (&b"fine"[..], 2), "{status} {body}");
    }
}

#[test]
fn a_login_status_of_somebody_else_says_nothing_of_the_token() {
    let (tokens, client) = settings(&FakeClock::default(), |_, _| {
        Ok(Response::new(200, r#"{"data":{"checkLoginStatus":{"code":2206,"status":false}}}"#))
    });
    let client = client.build().unwrap();
    let document = "query { checkLoginStatus(token: \"t\") { code status } }";
    for _ in 0..2 {
        client.graphql(document).send_raw().unwrap();
        client.graphql(document).send::<serde_json::Value>("checkLoginStatus").unwrap();
    }
    assert_eq!(tokens.load(SeqCst), 1);
}

#[test]
fn a_token_that_is_revoked_under_128_calls_is_renewed_once_and_all_succeed() {
    const CALLS: usize = 128;
    for (status, body) in [REJECTIONS[0], REJECTIONS[5]] {
        let (is_revoked, under_way) = (Arc::new(AtomicBool::new(false)), Barrier::new(CALLS));
        let revoked = Arc::clone(&is_revoked);
        let (tokens, client) = settings(&FakeClock::default(), move |token, _| {
            if token == 0 && revoked.load(SeqCst) {
                under_way.wait();
                return Ok(Response::new(status, body));
            }
            Ok(Response::new(200, FINE))
        });
        let client = client.build().unwrap();
        read(&client).unwrap();
        empty_budget(&client);
        is_revoked.store(true, SeqCst);
        std::thread::scope(|scope| {
            let calls: Vec<_> = (0..CALLS).map(|_| scope.spawn(|| change(&client))).collect();
            for call in calls {
                assert_eq!(call.join().unwrap().unwrap(), 1);
            }
        });
        assert_eq!(tokens.load(SeqCst), 2);
        // What the calls themselves have earned is still there: nothing was taken.
        assert_eq!(client.stats().retries, CALLS as u64);
        assert!(client.engine().budget.spend(25) && !client.engine().budget.spend(1));
    }
}

#[test]
fn a_replay_takes_no_attempt_from_the_retry_policy() {
    let (_, client) = settings(&FakeClock::default(), |token, _| match token {
        0 => Ok(Response::new(401, "")),
        _ => Err(TransportError::new(TransportErrorKind::Connect, Delivered::No)),
    });
    let client = client.retry(Retry::standard()).build().unwrap();
    assert_eq!(change(&client).unwrap_err().attempts(), 4);
}

#[test]
fn a_service_that_rejects_every_token_is_asked_for_one_now_and_then_and_not_by_each_call() {
    let clock = FakeClock::default();
    let (tokens, client) = settings(&clock, |_, _| Ok(Response::new(401, "")));
    let client = client.build().unwrap();
    for call in 0..100 {
        let error = read(&client).unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Authentication, if call == 0 { 2 } else { 1 })
        );
        client.graphql("{ it }").send::<i64>("it").unwrap_err();
    }
    assert_eq!((tokens.load(SeqCst), client.stats().requests), (2, 2 + 201));
    clock.advance(Duration::from_secs(5));
    for _ in 0..100 {
        read(&client).unwrap_err();
    }
    assert_eq!(tokens.load(SeqCst), 3);
}

#[test]
fn a_service_that_has_recovered_is_found_out_by_the_next_call_that_asks_for_a_token() {
    let clock = FakeClock::default();
    let (tokens, client) = settings(&clock, |token, _| match token {
        0 | 1 => Ok(Response::new(401, "")),
        _ => Ok(Response::new(200, FINE)),
    });
    let client = client.build().unwrap();
    read(&client).unwrap_err();
    read(&client).unwrap_err();
    clock.advance(Duration::from_secs(5));
    read(&client).unwrap();
    assert_eq!(tokens.load(SeqCst), 3);
}

#[test]
fn an_operation_that_is_never_allowed_does_not_cost_the_others_their_token() {
    let clock = FakeClock::default();
    let (tokens, client) = settings(&clock, |token, request| match (request.operation(), token) {
        ("graphql", _) => Ok(Response::new(200, REJECTIONS[8].1)),
        // Later, the token is revoked.
        (_, 1) if request.method() == Method::Post => Ok(Response::new(401, "")),
        _ => Ok(Response::new(200, FINE)),
    });
    let client = client.build().unwrap();
    for _ in 0..50 {
        let error = client.graphql("{ it }").send::<i64>("it").unwrap_err();
        assert!(error.is_authentication(), "{error}");
        read(&client).unwrap();
    }
    assert_eq!(tokens.load(SeqCst), 2, "one, and one in vain");
    change(&client).unwrap();
    assert_eq!(tokens.load(SeqCst), 3, "others get a new one when they need it");
}
