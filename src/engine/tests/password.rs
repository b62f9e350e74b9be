//! The key that encrypts passwords: who fetches it, who waits, and what happens when it changes.

use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::mpsc::channel;
use std::sync::{Arc, Barrier, Mutex};
use std::time::Duration;

use super::{Answer, TOKEN, builder, numbered};
use crate::client::{Client, ClientBuilder};
use crate::clock::fake::FakeClock;
use crate::error::ErrorKind;
use crate::retry::Retry;
use crate::transport::{Request, Response};

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

const CREATED: &str = r#"{"data":{"createUser":{"id":"1"}}}"#;
const NOT_DECRYPTED: [(u16, &str); 3] = [
    (200, r#"{"errors":[{"message":{"code":2016,"message":"no"}}],"data":null}"#),
    (200, r#"{"code":2016,"message":"no"}"#),
    (499, r#"{"statusCode":499,"apiCode":2016,"message":"no"}"#),
];

/// More than any of these tests sends.
const MOST_REQUESTS: usize = 200;

/// The settings of a client, how often it has fetched the key, and the passwords that it has sent. `answer`
/// receives the number of the request, starting at 0.
fn settings(
    clock: &FakeClock,
    answer: impl Fn(usize) -> Answer + Send + Sync + 'static,
) -> (Arc<AtomicU32>, Arc<Mutex<Vec<String>>>, ClientBuilder) {
    let (keys, sent) = (Arc::new(AtomicU32::new(0)), Arc::new(Mutex::new(Vec::new())));
    let (counted, noted) = (Arc::clone(&keys), Arc::clone(&sent));
    let key = format!("{{\"code\":200,\"data\":{{\"publicKey\":{:?}}}}}", crate::auth::DEFAULT_PUBLIC_KEY);
    let builder = builder(clock, move |request: &Request| match request.operation() {
        "accessToken" => Ok(Response::new(200, TOKEN)),
        "wellKnown" => {
            counted.fetch_add(1, SeqCst);
            Ok(Response::new(200, key.clone()))
        }
        _ => {
            let body: serde_json::Value = serde_json::from_slice(request.body().unwrap()).unwrap();
            let password = body.pointer("/variables/userInfo/password").unwrap().as_str().unwrap().to_owned();
            let mut sent = noted.lock().unwrap();
            sent.push(password);
            let number = sent.len() - 1;
            drop(sent);
            // The clock stands still, so that no deadline ends a call that is replayed for ever.
            assert!(number < MOST_REQUESTS, "sent again and again");
            answer(number)
        }
    });
    (keys, sent, builder.retry(Retry::none()))
}

fn create(client: &Client) -> crate::users::CreateUser {
    client.users().create().username("bob").password("123456")
}

#[test]
fn a_key_that_was_changed_is_fetched_once_more_and_the_password_encrypted_anew() {
    for (status, body) in NOT_DECRYPTED {
        let (keys, sent, client) = settings(&FakeClock::default(), move |number| {
            Ok(if number == 0 { Response::new(status, body) } else { Response::new(200, CREATED) })
        });
        let client = client.build().unwrap();
        assert!(client.engine().budget.spend(100), "a replay takes nothing from the budget");
        create(&client).send().unwrap();
        create(&client).send().unwrap();
        let sent = sent.lock().unwrap();
        assert_eq!((keys.load(SeqCst), sent.len()), (2, 3), "{status} {body}");
        assert!(sent[0] != sent[1] && sent[1].len() == 172, "{sent:?}");
    }
}

#[test]
fn a_raw_call_is_encrypted_anew_too() {
    for (status, body) in NOT_DECRYPTED {
        let (keys, _, client) = settings(&FakeClock::default(), move |number| {
            Ok(if number == 0 { Response::new(status, body) } else { Response::new(200, CREATED) })
        });
        let response = create(&client.build().unwrap()).send_raw().unwrap();
        assert_eq!((response.body(), keys.load(SeqCst)), (CREATED.as_bytes(), 2), "{status} {body}");
    }
}

#[test]
fn a_key_that_is_changed_under_64_creates_is_fetched_once() {
    const CALLS: usize = 64;
    let under_way = Barrier::new(CALLS);
    let (keys, sent, client) = settings(&FakeClock::default(), move |number| match number {
        0 => Ok(Response::new(200, CREATED)),
        1..=CALLS => {
            under_way.wait();
            Ok(Response::new(200, NOT_DECRYPTED[0].1))
        }
        _ => Ok(Response::new(200, CREATED)),
    });
    let client = client.build().unwrap();
    create(&client).send().unwrap();
    std::thread::scope(|scope| {
        let calls: Vec<_> = (0..CALLS).map(|_| scope.spawn(|| create(&client).send())).collect();
        for call in calls {
            call.join().unwrap().unwrap();
        }
    });
    assert_eq!((keys.load(SeqCst), sent.lock().unwrap().len()), (2, 1 + 2 * CALLS));
}

#[test]
fn a_service_that_decrypts_nothing_is_not_asked_for_its_key_by_each_call() {
    let (keys, sent, client) =
        settings(&FakeClock::default(), |_| Ok(Response::new(200, NOT_DECRYPTED[0].1)));
    let client = client.build().unwrap();
    for _ in 0..10 {
        let error = create(&client).send().unwrap_err();
        assert_eq!((error.code(), error.kind()), (Some(2016), ErrorKind::InvalidInput));
        assert!(error.message().contains("another key than the one it publishes"), "{error}");
        assert!(!error.may_have_happened() && !error.is_retryable(), "{error:?}");
    }
    assert_eq!((keys.load(SeqCst), sent.lock().unwrap().len()), (2, 11));
}

#[test]
fn a_key_that_was_given_is_not_replaced_and_the_error_says_so() {
    let (keys, sent, client) =
        settings(&FakeClock::default(), |_| Ok(Response::new(200, NOT_DECRYPTED[0].1)));
    let client = client.public_key(crate::auth::DEFAULT_PUBLIC_KEY).build().unwrap();
    let error = create(&client).send().unwrap_err();
    assert!(error.message().contains("`public_key`"), "{error}");
    assert_eq!((keys.load(SeqCst), sent.lock().unwrap().len()), (0, 1));
}

#[test]
fn a_request_without_a_password_is_not_sent_again_for_that_code() {
    let (sent, transport) = numbered(|_, _| Ok(Response::new(200, NOT_DECRYPTED[0].1)));
    let client = builder(&FakeClock::default(), transport).build().unwrap();
    let error = client.users().create().username("bob").send().unwrap_err();
    assert_eq!((error.code(), error.message(), sent.load(SeqCst)), (Some(2016), "no", 1));
}
