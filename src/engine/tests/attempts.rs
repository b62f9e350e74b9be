//! Attempts: how many, when, and what their errors contain.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use super::{Answer, FINE, TOKEN, broken, builder, change, numbered, read};
use crate::clock::Clock;
use crate::clock::fake::FakeClock;
use crate::engine::rate::RateLimit;
use crate::error::{Error, ErrorKind};
use crate::retry::Retry;
use crate::transport::{Delivered, Effect, Method, Request, Response, TransportErrorKind};

#[test]
fn ten_thousand_calls_that_all_fail_make_at_most_12_100_requests() {
    let failures: [fn() -> Answer; 5] = [
        || Ok(Response::new(503, "")),
        || Ok(Response::new(429, "")),
        || broken(TransportErrorKind::Connect, Delivered::No),
        || broken(TransportErrorKind::Timeout, Delivered::Maybe),
        || Ok(Response::new(401, "")),
    ];
    for (which, failure) in failures.into_iter().enumerate() {
        for token_fails_too in [false, true] {
            let all = Arc::new(AtomicU32::new(0));
            let counted = Arc::clone(&all);
            let client = builder(&FakeClock::default(), move |request: &Request| {
                counted.fetch_add(1, SeqCst);
                match request.operation() {
                    "accessToken" if !token_fails_too => Ok(Response::new(200, TOKEN)),
                    _ => failure(),
                }
            });
            let client = client.deadline(Duration::from_secs(600)).build().unwrap();
            for _ in 0..10_000 {
                read(&client).unwrap_err();
            }
            let all = all.load(SeqCst);
            assert!(
                (10_000..=12_100).contains(&all),
                "failure {which}, token {token_fails_too}: {all} requests"
            );
            println!("failure {which}, token fails too: {token_fails_too}: {all} requests");
        }
    }
}

#[test]
fn without_a_budget_every_call_has_all_its_attempts() {
    let (sent, transport) = numbered(|_, _| Ok(Response::new(503, "")));
    let client = builder(&FakeClock::default(), transport).retry(Retry::standard().without_budget());
    let client = client.build().unwrap();
    for _ in 0..1_000 {
        read(&client).unwrap_err();
    }
    assert_eq!(sent.load(SeqCst), 3_000);
}

#[test]
fn without_retries_there_is_one_attempt_and_no_wait() {
    let clock = FakeClock::default();
    let (sent, transport) = numbered(|_, _| broken(TransportErrorKind::Connect, Delivered::No));
    let client = builder(&clock, transport).retry(Retry::none()).build().unwrap();
    let error = read(&client).unwrap_err();
    assert_eq!((error.attempts(), sent.load(SeqCst), clock.slept().len()), (1, 1, 0));
    assert!(error.is_connection() && error.is_retryable());
}

#[test]
fn a_wait_is_never_shorter_than_retry_after_and_a_change_waits_too() {
    let clock = FakeClock::default();
    let (sent, transport) = numbered(|number, _| match number {
        1 => Ok(Response::new(429, "").with_header("Retry-After", "7")),
        2 => Ok(Response::new(503, "").with_header("Retry-After", "Thu, 01 Jan 2026 00:00:20 GMT")),
        _ => Ok(Response::new(200, FINE)),
    });
    let client = builder(&clock, transport).build().unwrap();
    assert_eq!(change(&client).unwrap(), 1);
    assert_eq!(sent.load(SeqCst), 3);
    let slept = clock.slept();
    assert!(slept[0] >= Duration::from_secs(7) && slept[0] <= Duration::from_secs(8), "{slept:?}");
    assert!(clock.now() >= Duration::from_secs(20) && clock.now() <= Duration::from_secs(22), "{slept:?}");
}

#[test]
fn a_wait_past_the_deadline_is_told_at_once_and_takes_nothing_from_the_budget() {
    let clock = FakeClock::default();
    let (sent, transport) = numbered(|_, _| Ok(Response::new(429, "").with_header("Retry-After", "3600")));
    let client = builder(&clock, transport).build().unwrap();
    for calls in 1..=200 {
        let error = change(&client).unwrap_err();
        assert!(error.is_throttled() && error.is_retryable() && !error.may_have_happened());
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3_600)));
        assert_eq!((error.attempts(), sent.load(SeqCst)), (1, calls));
    }
    assert_eq!(clock.now(), Duration::ZERO);
    assert!(client.engine().budget.spend(100));
}

#[test]
fn a_change_of_which_nobody_knows_is_sent_once() {
    for answer in [
        || broken(TransportErrorKind::Interrupted, Delivered::Maybe),
        || Ok(Response::new(502, "<html>")),
        || Ok(Response::new(200, "")),
        || Ok(Response::new(200, "<html>")),
        || Ok(Response::new(200, r#"{"code":200,"da"#)),
    ] {
        let (sent, transport) = numbered(move |_, _| answer());
        let client = builder(&FakeClock::default(), transport).build().unwrap();
        let error = change(&client).unwrap_err();
        assert!(error.may_have_happened() && !error.is_retryable(), "{error:?}");
        assert_eq!(sent.load(SeqCst), 1);
        assert_eq!(read(&client).unwrap_err().attempts(), 3);
    }
}

#[test]
fn attempts_get_what_is_left_of_the_deadline_and_the_last_failure_is_told() {
    let clock = FakeClock::default();
    let (time, given) = (clock.clone(), Arc::new(std::sync::Mutex::new(Vec::new())));
    let noted = Arc::clone(&given);
    let (_, transport) = numbered(move |_, request| {
        let timeout = request.timeout().unwrap();
        noted.lock().unwrap().push(timeout);
        time.advance(timeout);
        broken(TransportErrorKind::Timeout, Delivered::Maybe)
    });
    let client = builder(&clock, transport)
        .timeout(Duration::from_secs(10))
        .deadline(Duration::from_secs(25))
        .retry(Retry::standard().attempts(10))
        .build()
        .unwrap();
    let error = read(&client).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(clock.now(), Duration::from_secs(25));
    let given = given.lock().unwrap();
    assert_eq!(given[..2], [Duration::from_secs(10); 2]);
    assert!(given[2] < Duration::from_secs(5) && given.len() == 3, "{given:?}");
}

#[test]
fn send_raw_returns_the_answer_of_a_failure_with_its_body() {
    let (_, transport) = numbered(|_, _| Ok(Response::new(404, r#"{"code":404}"#).with_header("x-a", "b")));
    let client = builder(&FakeClock::default(), transport).build().unwrap();
    let response = client.rest(Method::Get, "/").send_raw().unwrap();
    assert_eq!(
        (response.status(), response.body(), response.header("x-a")),
        (404, &b"{\"code\":404}"[..], Some("b"))
    );
    let error = read(&client).unwrap_err();
    assert_eq!(error.body(), Some(&b"{\"code\":404}"[..]));
}

#[test]
fn json_of_any_depth_is_an_error_and_not_an_overflow() {
    let deep = "[".repeat(1_000_000);
    let deep =
        [deep.clone(), format!(r#"{{"code":200,"data":{deep}"#), format!(r#"{{"code":200,"x":{deep}"#)];
    for body in deep {
        let (_, transport) = numbered(move |_, _| Ok(Response::new(200, body.clone())));
        let client = builder(&FakeClock::default(), transport).build().unwrap();
        let error = client.rest(Method::Get, "/").read_only().send::<serde_json::Value>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
    }
}

#[test]
fn the_body_of_a_request_is_not_copied_between_attempts() {
    let places = Arc::new(std::sync::Mutex::new(Vec::new()));
    let noted = Arc::clone(&places);
    let (_, transport) = numbered(move |_, request| {
        noted.lock().unwrap().push(request.body().unwrap().as_ptr() as usize);
        Ok(Response::new(429, ""))
    });
    let client = builder(&FakeClock::default(), transport).build().unwrap();
    struct Post;
    impl crate::wire::Operation for Post {
        type Output = ();
        const NAME: &'static str = "post";
        const EFFECT: Effect = Effect::Mutation;
        fn wire(&self) -> Result<crate::wire::Wire, Error> {
            crate::wire::Wire::rest(Method::Post, "/", &[])?.json(&"body")
        }
    }
    client.execute(&Post).unwrap_err();
    let places = places.lock().unwrap();
    assert_eq!(places.len(), 3);
    assert!(places.iter().all(|place| *place == places[0]));
}

#[test]
fn a_change_that_was_made_in_part_is_sent_once_whatever_the_code_of_the_rest() {
    for code in [1000, 2100, 2020, 500] {
        let (sent, transport) = numbered(move |_, _| {
            let body = format!(
                r#"{{"data":{{"createUser":{{"id":"1"}}}},"errors":[{{"message":{{"code":{code},"message":"no"}}}}]}}"#
            );
            Ok(Response::new(200, body))
        });
        let client = builder(&FakeClock::default(), transport).build().unwrap();
        let error = client.users().create().username("bob").send().unwrap_err();
        assert_eq!(sent.load(SeqCst), 1, "code {code}");
        assert!(error.may_have_happened() && !error.is_retryable(), "{error:?}");
    }
}

#[test]
fn a_status_speaks_where_nobody_knows_the_code() {
    for (status, kind) in
        [(429, ErrorKind::Throttled), (401, ErrorKind::Authentication), (403, ErrorKind::PermissionDenied)]
    {
        let body = format!(r#"{{"statusCode":{status},"apiCode":"424242","message":"no"}}"#);
        let (sent, transport) = numbered(move |_, _| Ok(Response::new(status, body.clone())));
        let client = builder(&FakeClock::default(), transport).build().unwrap();
        let error = change(&client).unwrap_err();
        assert_eq!((error.kind(), error.code()), (kind, Some(424_242)));
        assert_eq!(sent.load(SeqCst), if status == 429 { 3 } else { 1 + u32::from(status == 401) });
    }
}

#[test]
fn a_timeout_that_means_never_is_a_day() {
    let (_, transport) = numbered(|_, request| {
        assert_eq!(request.timeout(), Some(Duration::from_secs(24 * 60 * 60)));
        Ok(Response::new(200, FINE))
    });
    let client = builder(&FakeClock::default(), transport).timeout(Duration::MAX).deadline(Duration::MAX);
    assert_eq!(read(&client.build().unwrap()).unwrap(), 1);
}

#[test]
fn a_call_in_pieces_that_failed_half_way_has_changed_something() {
    let (sent, transport) = numbered(|number, _| match number {
        1 => Ok(Response::new(200, r#"{"data":{"deleteUsers":{"code":200}}}"#)),
        _ => broken(TransportErrorKind::Connect, Delivered::No),
    });
    let client = builder(&FakeClock::default(), transport).build().unwrap();
    let ids: Vec<String> = (0..100).map(|id| id.to_string()).collect();
    let error = client.users().delete_many(ids).send().unwrap_err();
    assert!(error.may_have_happened() && !error.is_retryable(), "{error:?}");
    assert_eq!((error.unfinished().len(), sent.load(SeqCst)), (20, 4));
}

#[test]
fn a_raw_call_that_has_no_time_for_another_attempt_is_an_error_and_no_empty_answer() {
    let (sent, transport) = numbered(|_, _| Ok(Response::new(503, "the body")));
    let limit = RateLimit::per_second(1).burst(2);
    let client = builder(&FakeClock::default(), transport).rate_limit(limit).build().unwrap();
    let call = client.rest(Method::Get, "/").with_deadline(Duration::from_millis(500));
    let error = call.send_raw().expect_err("its body was dropped");
    assert_eq!((error.status(), error.attempts(), sent.load(SeqCst)), (Some(503), 1, 1));
}

#[test]
fn a_header_of_a_request_replaces_the_media_type_of_its_body() {
    let (_, transport) = numbered(|_, request| {
        let types = request.headers().filter(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        assert_eq!(types.map(|(_, value)| value).collect::<Vec<_>>(), ["application/merge-patch+json"]);
        Ok(Response::new(200, FINE))
    });
    let client = builder(&FakeClock::default(), transport).build().unwrap();
    let request = client.rest(Method::Patch, "/").json([1]);
    let request = request.header("Content-Type", "application/merge-patch+json");
    assert_eq!(request.send::<i64>().unwrap(), 1);
}
