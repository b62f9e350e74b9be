//! The promises of a call, against a transport that is a closure and a clock that stands still.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::client::{Client, ClientBuilder};
use crate::clock::Clock;
use crate::clock::fake::FakeClock;
use crate::engine::rate::RateLimit;
use crate::error::{Error, ErrorKind};
use crate::retry::Retry;
use crate::transport::{
    Delivered, Effect, Method, Request, Response, Transport, TransportError, TransportErrorKind,
};

pub(super) const TOKEN: &str = r#"{"data":{"accessToken":{"accessToken":"T","iat":1,"exp":1296001}}}"#;
pub(super) const FINE: &str = r#"{"code":200,"data":1}"#;

pub(super) type Answer = Result<Response, TransportError>;

pub(super) fn builder(clock: &FakeClock, transport: impl Transport + 'static) -> ClientBuilder {
    Client::builder().user_pool_id("POOL").secret("SECRET").clock(clock.clone()).transport(transport)
}

/// A transport that gives tokens, and hands every other request with its number, from 1, to a closure.
pub(super) fn numbered(
    answer: impl Fn(u32, &Request) -> Answer + Send + Sync + 'static,
) -> (Arc<AtomicU32>, impl Transport) {
    let sent = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&sent);
    let transport = move |request: &Request| match request.operation() {
        "accessToken" => Ok(Response::new(200, TOKEN)),
        _ => answer(counted.fetch_add(1, SeqCst) + 1, request),
    };
    (sent, transport)
}

pub(super) fn read(client: &Client) -> Result<i64, Error> {
    client.rest(Method::Get, "/").send()
}

fn change(client: &Client) -> Result<i64, Error> {
    client.rest(Method::Post, "/").send()
}

fn broken(kind: TransportErrorKind, delivered: Delivered) -> Answer {
    Err(TransportError::new(kind, delivered))
}

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
fn a_rejected_token_is_fetched_once_and_the_request_replayed_once_for_any_effect() {
    let tokens = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&tokens);
    let client = builder(&FakeClock::default(), move |request: &Request| match request.operation() {
        "accessToken" => {
            let number = counted.fetch_add(1, SeqCst);
            Ok(Response::new(200, TOKEN.replace("\"T\"", &format!("\"T{number}\""))))
        }
        _ if request.header("authorization") == Some("Bearer T0") => Ok(Response::new(401, "")),
        _ => Ok(Response::new(200, FINE)),
    });
    let client = client.retry(Retry::none()).build().unwrap();
    assert_eq!(change(&client).unwrap(), 1);
    assert_eq!(change(&client).unwrap(), 1);
    assert_eq!(tokens.load(SeqCst), 2);
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
fn a_call_does_not_wait_for_the_token_past_its_deadline() {
    let clock = FakeClock::default();
    let (asked, was_asked) = channel();
    let (answer, may_answer) = channel::<()>();
    let (asked, may_answer) = (std::sync::Mutex::new(asked), std::sync::Mutex::new(may_answer));
    let client = builder(&clock, move |request: &Request| {
        if request.operation() == "accessToken" {
            asked.lock().unwrap().send(()).unwrap();
            may_answer.lock().unwrap().recv().unwrap();
            return Ok(Response::new(200, TOKEN));
        }
        Ok(Response::new(200, FINE))
    });
    let client = client.build().unwrap();
    std::thread::scope(|scope| {
        let patient = client.rest(Method::Get, "/").with_deadline(Duration::MAX);
        let patient = scope.spawn(move || patient.send::<i64>());
        was_asked.recv().unwrap();
        let waiting = scope.spawn(|| read(&client));
        while !waiting.is_finished() {
            clock.advance(Duration::from_secs(1));
            std::thread::yield_now();
        }
        let error = waiting.join().unwrap().unwrap_err();
        assert!(error.is_timeout() && error.attempts() == 0, "{error:?}");
        answer.send(()).unwrap();
        assert_eq!(patient.join().unwrap().unwrap(), 1);
    });
}

#[cfg(feature = "password")]
#[test]
fn a_call_does_not_wait_for_the_password_key_past_its_deadline() {
    let clock = FakeClock::default();
    let (asked, was_asked) = channel();
    let (answer, may_answer) = channel::<()>();
    let (asked, may_answer) = (std::sync::Mutex::new(asked), std::sync::Mutex::new(may_answer));
    let (_, transport) = numbered(move |_, request| match request.operation() {
        "wellKnown" => {
            asked.lock().unwrap().send(()).unwrap();
            may_answer.lock().unwrap().recv().unwrap();
            Ok(Response::new(500, ""))
        }
        _ => panic!("sent without a key"),
    });
    let client = builder(&clock, transport).retry(Retry::none()).build().unwrap();
    let create = || client.users().create().username("bob").password("123456");
    std::thread::scope(|scope| {
        let patient = create().with_deadline(Duration::MAX);
        let patient = scope.spawn(move || patient.send());
        was_asked.recv().unwrap();
        let waiting = scope.spawn(|| create().send());
        while !waiting.is_finished() {
            clock.advance(Duration::from_secs(1));
            std::thread::yield_now();
        }
        let error = waiting.join().unwrap().unwrap_err();
        assert!(error.is_timeout() && error.attempts() == 0 && !error.may_have_happened(), "{error:?}");
        answer.send(()).unwrap();
        let error = patient.join().unwrap().unwrap_err();
        assert!(error.kind() == ErrorKind::Server && !error.may_have_happened(), "{error:?}");
    });
}

#[test]
fn a_renewal_that_stalls_leaves_the_call_its_time_and_is_not_repeated_at_once() {
    let clock = FakeClock::default();
    let time = clock.clone();
    let tokens = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&tokens);
    let client = builder(&clock, move |request: &Request| match request.operation() {
        "accessToken" if counted.fetch_add(1, SeqCst) == 0 => {
            Ok(Response::new(200, TOKEN.replace("1296001", "7201")))
        }
        "accessToken" => {
            time.advance(request.timeout().unwrap());
            broken(TransportErrorKind::Timeout, Delivered::Maybe)
        }
        _ => Ok(Response::new(200, FINE)),
    });
    let client = client.build().unwrap();
    read(&client).unwrap();
    clock.advance(Duration::from_secs(5_000));
    read(&client).unwrap();
    let passed = clock.now() - Duration::from_secs(5_000);
    assert!(passed <= Duration::from_secs(15), "{passed:?}");
    let asked = tokens.load(SeqCst);
    read(&client).unwrap();
    assert_eq!(tokens.load(SeqCst), asked);
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
    impl crate::Operation for Post {
        type Output = ();
        const NAME: &'static str = "post";
        const EFFECT: Effect = Effect::Mutation;
        fn wire(&self) -> Result<crate::Wire, Error> {
            crate::Wire::rest(Method::Post, "/", &[])?.json(&"body")
        }
    }
    client.execute(&Post).unwrap_err();
    let places = places.lock().unwrap();
    assert_eq!(places.len(), 3);
    assert!(places.iter().all(|place| *place == places[0]));
}

#[test]
fn clones_share_one_rate_limit_and_wait_within_the_deadline() {
    let clock = FakeClock::default();
    let (_, transport) = numbered(|_, _| Ok(Response::new(200, FINE)));
    let client = builder(&clock, transport).rate_limit(RateLimit::per_second(2).burst(3)).build().unwrap();
    for _ in 0..10 {
        read(&client.clone()).unwrap();
    }
    // Eleven requests with the one for the token: three at once, then one each half second.
    assert_eq!(clock.now(), Duration::from_secs(4));
    let error =
        client.rest(Method::Get, "/").with_deadline(Duration::from_millis(400)).send::<i64>().unwrap_err();
    assert!(error.is_throttled() && error.is_retryable() && error.attempts() == 0, "{error:?}");
    assert_eq!(error.retry_after(), Some(Duration::from_millis(500)));
    assert_eq!(clock.now(), Duration::from_secs(4));
}

#[test]
fn a_throttled_client_halves_its_pace() {
    let clock = FakeClock::default();
    let (_, transport) = numbered(|number, _| match number {
        1 => Ok(Response::new(429, "")),
        _ => Ok(Response::new(200, FINE)),
    });
    let client = builder(&clock, transport).retry(Retry::none()).rate_limit(RateLimit::per_second(10));
    let client = client.build().unwrap();
    assert!(read(&client).unwrap_err().is_throttled());
    let begin = clock.now();
    for _ in 0..5 {
        read(&client).unwrap();
    }
    let took = clock.now() - begin;
    assert!(took > Duration::from_millis(800) && took < Duration::from_millis(1_000), "{took:?}");
}

#[test]
fn what_a_client_does_is_counted_and_each_attempt_is_told() {
    let clock = FakeClock::default();
    let told = Arc::new(std::sync::Mutex::new(Vec::new()));
    let noted = Arc::clone(&told);
    let (time, (_, transport)) = (
        clock.clone(),
        numbered(|number, _| match number {
            1 => Ok(Response::new(429, "{}").with_header("retry-after", "3")),
            _ => Ok(Response::new(200, FINE)),
        }),
    );
    let client = builder(&clock, transport).on_attempt(move |attempt| {
        time.advance(Duration::from_millis(1));
        noted.lock().unwrap().push((
            attempt.operation().to_owned(),
            attempt.number(),
            attempt.status(),
            attempt.error().map(Error::kind),
            attempt.retry_in() >= Some(Duration::from_secs(3)),
        ));
        assert!(!format!("{attempt:?}").contains("SECRET"));
    });
    let client = client.build().unwrap();
    client.rest(Method::Post, "/").json("body").send::<i64>().unwrap();
    let expected = [
        ("accessToken".to_owned(), 1, Some(200), None, false),
        ("rest".to_owned(), 1, Some(429), Some(ErrorKind::Throttled), true),
        ("rest".to_owned(), 2, Some(200), None, false),
    ];
    assert_eq!(*told.lock().unwrap(), expected);
    let stats = client.clone().stats();
    assert_eq!((stats.calls, stats.requests, stats.retries, stats.token_fetches), (1, 3, 1, 1));
    assert_eq!(stats.bytes_received, (TOKEN.len() + FINE.len() + 2) as u64);
    assert!(stats.bytes_sent > 100, "{stats:?}");
    assert_eq!(stats.connections_opened, None);
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
fn a_raw_call_replays_a_rejected_token_although_the_status_is_200() {
    let (sent, transport) = numbered(|number, _| {
        let rejected = r#"{"errors":[{"message":{"code":2020,"message":"log in"}}],"data":null}"#;
        Ok(Response::new(200, if number == 1 { rejected } else { r#"{"data":{"users":null}}"# }))
    });
    let client = builder(&FakeClock::default(), transport).build().unwrap();
    let response = client.users().list().send_raw().unwrap();
    assert_eq!((sent.load(SeqCst), response.body()), (2, &br#"{"data":{"users":null}}"#[..]));
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
