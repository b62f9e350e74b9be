//! The management token: who fetches it, who waits, and what happens when it is rejected.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::mpsc::channel;
use std::time::Duration;

use super::{FINE, TOKEN, broken, builder, read};
use crate::clock::Clock;
use crate::clock::fake::FakeClock;
use crate::transport::{Delivered, Method, Request, Response, TransportErrorKind};

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
