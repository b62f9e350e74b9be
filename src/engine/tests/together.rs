//! Work that many calls wait for: whose settings apply, and what happens to the others when it fails.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use super::TOKEN;
use crate::auth::{StoredToken, TokenKey, TokenLock, TokenStore};
use crate::client::Client;
use crate::clock::Clock;
use crate::clock::fake::FakeClock;
use crate::error::{Error, ErrorKind};
use crate::retry::Retry;
use crate::transport::{Delivered, Request, Response, Transport, TransportError, TransportErrorKind};

/// A clock that counts how often each thread reads it. A waiting thread does so repeatedly.
#[derive(Clone, Default)]
struct Watched(FakeClock, Arc<Mutex<HashMap<ThreadId, u32>>>);

impl Watched {
    /// Returns when this many threads are waiting.
    fn until_waiting(&self, threads: usize) {
        // So that a mistake fails the test instead of hanging it.
        let patience = Instant::now() + Duration::from_secs(60);
        while self.1.lock().unwrap().values().filter(|looks| **looks > 8).count() < threads {
            assert!(Instant::now() < patience, "they do not wait");
            thread::yield_now();
        }
    }
}

impl Clock for Watched {
    fn now(&self) -> Duration {
        *self.1.lock().unwrap().entry(thread::current().id()).or_default() += 1;
        self.0.now()
    }

    fn wall(&self) -> OffsetDateTime {
        self.0.wall()
    }

    fn sleep(&self, duration: Duration) {
        self.0.sleep(duration);
    }
}

/// The response to anything but the operation under test.
fn answer(request: &Request) -> Response {
    match request.operation() {
        "accessToken" => Response::new(200, TOKEN),
        #[cfg(feature = "password")]
        "wellKnown" => Response::rest(serde_json::json!({"publicKey": crate::auth::DEFAULT_PUBLIC_KEY})),
        _ => Response::new(200, r#"{"data":{"createUser":{"id":"1"}}}"#),
    }
}

fn client(clock: &Watched, transport: impl Transport + 'static) -> Client {
    Client::builder()
        .user_pool_id("POOL")
        .secret("SECRET")
        .clock(clock.clone())
        .transport(transport)
        .build()
        .unwrap()
}

fn create(client: &Client) -> crate::users::CreateUser {
    let create = client.users().create().username("bob");
    #[cfg(feature = "password")]
    let create = create.password("123456");
    create
}

/// What is fetched for all calls, by the name of its operation.
const SHARED: [&str; if cfg!(feature = "password") { 2 } else { 1 }] = {
    #[cfg(feature = "password")]
    let shared = ["accessToken", "wellKnown"];
    #[cfg(not(feature = "password"))]
    let shared = ["accessToken"];
    shared
};

#[test]
fn a_call_in_a_hurry_does_not_fail_the_63_that_wait_with_it() {
    type Hurry = fn(crate::users::CreateUser) -> crate::users::CreateUser;
    let hurries: [(&str, Hurry); 4] = [
        ("timeout", |call| call.with_timeout(Duration::from_millis(50))),
        ("retry", |call| call.with_retry(Retry::none())),
        ("deadline", |call| call.with_deadline(Duration::from_millis(500))),
        // Two thirds of that of the client are too little for a fetch as well.
        ("longer deadline", |call| call.with_deadline(Duration::from_secs(20))),
    ];
    for shared in SHARED {
        for (what, hurry) in hurries {
            println!("{shared}, {what}");
            let (clock, fetches) = (Watched::default(), Arc::new(AtomicU32::new(0)));
            let (watched, counted) = (clock.clone(), Arc::clone(&fetches));
            // The service fails once, after a second.
            let client = client(&clock, move |request: &Request| {
                if request.operation() != shared {
                    return Ok(answer(request));
                }
                let number = counted.fetch_add(1, SeqCst);
                if number == 0 {
                    watched.until_waiting(63);
                }
                match (request.timeout().unwrap() < Duration::from_secs(1), number) {
                    (true, _) => Err(TransportError::new(TransportErrorKind::Timeout, Delivered::Maybe)),
                    (false, 0) => Ok(Response::new(503, "")),
                    (false, _) => Ok(answer(request)),
                }
            });
            thread::scope(|scope| {
                let hurried = hurry(create(&client));
                let hurried = scope.spawn(move || hurried.send());
                while fetches.load(SeqCst) == 0 {
                    thread::yield_now();
                }
                if what.ends_with("deadline") {
                    // It returns in time, before the fetch has ended.
                    clock.0.advance(Duration::from_millis(if what == "deadline" { 500 } else { 20_000 }));
                    let error = hurried.join().unwrap().unwrap_err();
                    assert!(
                        error.is_timeout() && error.is_retryable() && !error.may_have_happened(),
                        "{error:?}"
                    );
                    assert!(error.message().starts_with("deadline passed while the "), "{error}");
                } else {
                    scope.spawn(|| hurried.join().unwrap().unwrap());
                }
                let others: Vec<_> = (0..63).map(|_| scope.spawn(|| create(&client).send())).collect();
                for other in others {
                    other.join().unwrap().unwrap();
                }
            });
            assert_eq!(fetches.load(SeqCst), 2, "{shared}, {what}: one, and its retry");
            assert_eq!(client.stats().token_fetches, 1);
        }
    }
}

#[test]
fn a_fetch_that_panics_is_made_anew_by_one_of_those_who_wait() {
    for shared in SHARED {
        for in_a_hurry in [false, true] {
            println!("{shared}, in a hurry: {in_a_hurry}");
            let (clock, fetches) = (Watched::default(), Arc::new(AtomicU32::new(0)));
            let (watched, counted) = (clock.clone(), Arc::clone(&fetches));
            let client = client(&clock, move |request: &Request| {
                if request.operation() != shared {
                    return Ok(answer(request));
                }
                match counted.fetch_add(1, SeqCst) {
                    0 => Ok(Response::new(400, r#"{"code":1234,"message":"an earlier failure"}"#)),
                    1 => {
                        watched.until_waiting(8);
                        panic!("for this thread alone");
                    }
                    _ => Ok(answer(request)),
                }
            });
            create(&client).send().unwrap_err();
            thread::scope(|scope| {
                let first = create(&client);
                let first = if in_a_hurry { first.with_deadline(Duration::from_secs(1)) } else { first };
                let first = scope.spawn(move || first.send());
                while fetches.load(SeqCst) < 2 {
                    thread::yield_now();
                }
                let others: Vec<_> = (0..8).map(|_| scope.spawn(|| create(&client).send())).collect();
                for other in others {
                    other.join().unwrap().unwrap();
                }
                match first.join() {
                    // Its own thread has panicked.
                    Err(_) => assert!(!in_a_hurry),
                    // The background thread has panicked. Another call may have fetched the value since.
                    Ok(Err(error)) => {
                        assert!(in_a_hurry && error.kind() == ErrorKind::Other, "{error:?}");
                        assert!(error.message().ends_with("panicked"), "{error}");
                    }
                    Ok(Ok(_)) => assert!(in_a_hurry),
                }
            });
            assert_eq!(fetches.load(SeqCst), 3, "{shared}");
        }
    }
}

#[test]
fn all_who_waited_are_told_the_cause() {
    let clock = Watched::default();
    let watched = clock.clone();
    let client = client(&clock, move |request: &Request| {
        assert_eq!(request.operation(), "accessToken");
        // The thread that fetches reads the clock as well, but not often enough in every build.
        watched.until_waiting(3);
        let cause = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "refused");
        Err(TransportError::new(TransportErrorKind::Connect, Delivered::No).with_source(cause))
    });
    let causes: Vec<Option<String>> = thread::scope(|scope| {
        let calls: Vec<_> = (0..4).map(|_| scope.spawn(|| create(&client).send().unwrap_err())).collect();
        let cause = |error: Error| std::error::Error::source(&error).map(ToString::to_string);
        calls.into_iter().map(|call| cause(call.join().unwrap())).collect()
    });
    assert!(causes.iter().all(|cause| cause.as_deref() == Some("refused")), "{causes:?}");
}

#[test]
fn a_renewal_does_not_hold_up_a_call_in_a_hurry() {
    let (clock, fetches) = (Watched::default(), Arc::new(AtomicU32::new(0)));
    let counted = Arc::clone(&fetches);
    let (release, is_released) = std::sync::mpsc::channel::<()>();
    let is_released = Mutex::new(is_released);
    let client = client(&clock, move |request: &Request| {
        if request.operation() == "accessToken" && counted.fetch_add(1, SeqCst) > 0 {
            is_released.lock().unwrap().recv().unwrap();
        }
        Ok(answer(request))
    });
    let call = || client.users().create().username("bob").with_deadline(Duration::from_secs(1)).send();
    call().unwrap();
    clock.0.advance(Duration::from_secs(1_296_000 - 1_800));
    // Nothing ends the renewal, and the calls continue with the old token.
    call().unwrap();
    call().unwrap();
    release.send(()).unwrap();
    while client.stats().requests < 5 || fetches.load(SeqCst) < 2 {
        thread::yield_now();
    }
    assert_eq!((fetches.load(SeqCst), client.stats().token_fetches), (2, 2));
}

#[test]
fn a_store_that_panics_does_not_block_those_that_come_later() {
    struct Panics(AtomicU32, crate::auth::MemoryTokenStore);
    impl TokenStore for Panics {
        fn get(&self, key: &TokenKey) -> std::io::Result<Option<StoredToken>> {
            assert!(self.0.fetch_add(1, SeqCst) > 0, "for this thread alone");
            self.1.get(key)
        }
        fn put(&self, key: &TokenKey, token: &StoredToken) -> std::io::Result<()> {
            assert!(self.0.fetch_add(1, SeqCst) > 3, "for this thread alone");
            self.1.put(key, token)
        }
        fn forget(&self, key: &TokenKey) -> std::io::Result<()> {
            self.1.forget(key)
        }
        fn try_lock(&self, key: &TokenKey) -> std::io::Result<Option<TokenLock>> {
            self.1.try_lock(key)
        }
    }
    let store = Panics(AtomicU32::new(0), crate::auth::MemoryTokenStore::new());
    let client = Client::builder().user_pool_id("POOL").secret("SECRET").token_store(store);
    let client = client.transport(|request: &Request| Ok(answer(request))).build().unwrap();
    for _ in 0..2 {
        assert!(thread::scope(|scope| scope.spawn(|| create(&client).send()).join()).is_err());
    }
    create(&client).send().unwrap();
}
