//! Rate limits, counts and hooks.

use std::sync::Arc;
use std::time::Duration;

use super::{FINE, TOKEN, builder, numbered, read};
use crate::clock::Clock;
use crate::clock::fake::FakeClock;
use crate::engine::rate::RateLimit;
use crate::error::{Error, ErrorKind};
use crate::retry::Retry;
use crate::transport::{Method, Response};

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
