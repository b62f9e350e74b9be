//! What the crate does not cover: requests of one's own, raw answers, limits of one call.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authing::clock::Clock;
use authing::emulator::Pool;
use authing::transport::{
    Delivered, Effect, Method, Request, Response, Transport, TransportError, TransportErrorKind,
};
use authing::{Client, Error, ErrorKind, Operation, Retry, Wire};
use serde_json::{Value, json};

use crate::samples::{ID, SAMPLES};
use crate::support::{FakeClock, Log, TOKEN, always, answering};

#[test]
fn a_graphql_request_of_ones_own_is_signed_and_read_at_its_place() {
    let log = Log::default();
    let answer = r#"{"data":{"user":{"id":"1","groups":{"list":[{"code":"a"},{"code":"b"}]}},"n":3}}"#;
    let client = answering(&log, move |_| Response::new(200, answer)).build().unwrap();
    let request =
        client.graphql("query ($id: String) { user(id: $id) { id } }").variable("id", ID).read_only();
    assert_eq!(request.send::<Value>("user.id").unwrap(), "1");
    assert_eq!(request.send::<i64>("n").unwrap(), 3);
    assert_eq!(request.send::<Vec<authing::Group>>("user.groups.list").unwrap()[1].code, "b");
    assert_eq!(request.send::<Value>("").unwrap()["n"], 3);
    let sent = log.last();
    assert_eq!((sent.operation(), sent.effect(), sent.method()), ("graphql", Effect::Read, Method::Post));
    assert_eq!(sent.header("authorization"), Some("Bearer TOKEN"));
    assert_eq!(
        log.last_body(),
        json!({"query": "query ($id: String) { user(id: $id) { id } }", "variables": {"id": ID}, "operationName": null})
    );
    let _: Value = client.graphql("mutation { x }").send("n").unwrap();
    assert_eq!(log.last().effect(), Effect::Mutation, "unless it says otherwise");
    let error = request.send::<Value>("user.lost").unwrap_err();
    assert!(error.is_unexpected_answer() && error.to_string().contains("missing field `lost`"), "{error}");
}

#[test]
fn a_list_by_a_document_that_cannot_turn_pages_is_refused_before_anything_is_sent() {
    let pool = Pool::new();
    let client = pool.client();
    for document in [
        "{ users { totalCount list { id } } }",
        "query ($pages: Int) { users(page: $pages) { totalCount list { id } } }",
    ] {
        let mut users = client.graphql(document).list::<Value>("users").iter();
        let error = users.next().unwrap().unwrap_err();
        assert!(error.field() == Some("document") && error.message().contains("`$page`"), "{error}");
    }
    let error = client.graphql(" # nothing").list::<Value>("users").iter().next().unwrap().unwrap_err();
    assert_eq!(error.message(), "must not be empty");
    assert!(pool.requests().is_empty());
    let document = "query ($page:Int){users(page:$page){totalCount list{id}}}";
    assert_eq!(client.graphql(document).list::<Value>("users").iter().count(), 0);
}

#[test]
fn a_rest_request_of_ones_own_is_encoded_and_read_from_data_or_as_a_whole() {
    let log = Log::default();
    let answer = r#"{"code":200,"message":"ok","data":[1,2]}"#;
    let client = answering(&log, move |_| Response::new(200, answer)).build().unwrap();
    let get = client
        .rest(Method::Get, "/api/v2/users/{}/x/{}")
        .segment("a/b")
        .segment("ü")
        .query("q", "1&2=3")
        .query("n", 7);
    assert_eq!(get.send::<Vec<i64>>().unwrap(), [1, 2]);
    let sent = log.last();
    assert_eq!(sent.url(), "https://core.authing.cn/api/v2/users/a%2Fb/x/%C3%BC?q=1%262%3D3&n=7");
    assert_eq!((sent.operation(), sent.effect(), sent.body()), ("rest", Effect::Read, None));
    let post = client.rest(Method::Post, "/api/v2/things").json(json!({"a": 1}));
    assert_eq!(post.send_whole::<Value>().unwrap()["message"], "ok");
    assert_eq!((log.last().effect(), log.last_body()), (Effect::Mutation, json!({"a": 1})));
    post.clone().read_only().send::<Value>().unwrap();
    assert_eq!(log.last().effect(), Effect::Read);
    for method in [Method::Put, Method::Patch, Method::Delete] {
        client.rest(method, "/x").send::<Value>().unwrap();
        assert_eq!((log.last().method(), log.last().effect()), (method, Effect::Mutation));
    }
}

/// The users of an e-mail domain.
struct OfDomain<'a>(&'a str);

impl Operation for OfDomain<'_> {
    type Output = authing::Page<authing::User>;
    const NAME: &'static str = "ofDomain";
    const EFFECT: Effect = Effect::Read;

    fn wire(&self) -> Result<Wire, Error> {
        if self.0.is_empty() {
            return Err(Error::invalid_input("domain", "must not be empty"));
        }
        let document = "query ofDomain($text: String!) {
            searchUser(query: $text, fields: [\"email\"]) { totalCount list { id email } }
        }";
        Wire::graphql(Self::NAME, document, "searchUser", &json!({"text": format!("@{}", self.0)}))
    }
}

#[test]
fn an_operation_of_ones_own_is_treated_as_the_built_in_ones() {
    let client = Pool::new().client();
    client.users().create().email("bob@example.com").send().unwrap();
    client.users().create().email("ann@example.org").send().unwrap();
    let page = client.execute(&OfDomain("example.com")).unwrap();
    assert_eq!((page.total_count, page.list[0].email.as_deref()), (1, Some("bob@example.com")));
    let error = client.execute(&OfDomain("")).unwrap_err();
    assert_eq!(error.to_string(), "ofDomain: domain: must not be empty");
    let raw = client.execute_raw(&OfDomain("example.org")).unwrap();
    assert!(String::from_utf8_lossy(raw.body()).contains("ann@example.org"));
}

#[test]
fn a_raw_answer_is_what_came_whatever_it_says() {
    for (status, body) in [
        (200, r#"{"errors":[{"message":{"code":2004,"message":"no"}}],"data":null}"#),
        (404, "<html>"),
        (500, ""),
        (302, "elsewhere"),
        (200, "not JSON"),
    ] {
        let log = Log::default();
        let client = answering(&log, move |_| Response::new(status, body).with_header("X-Trace", "t-1"));
        let client = client.retry(Retry::none()).build().unwrap();
        for sample in SAMPLES {
            let raw = (sample.send_raw)(&client).unwrap();
            assert_eq!(
                (raw.status(), raw.body(), raw.header("x-trace")),
                (status, body.as_bytes(), Some("t-1"))
            );
        }
        assert_eq!(client.rest(Method::Get, "/x").send_raw().unwrap().status(), status);
        assert_eq!(client.graphql("{ a }").send_raw().unwrap().body(), body.as_bytes());
        assert_eq!(log.len(), SAMPLES.len() + 3, "one request each, and the token");
    }
}

#[test]
fn a_raw_answer_needs_an_answer() {
    let client = Client::builder().user_pool_id("POOL").secret("SECRET").retry(Retry::none()).transport(
        |request: &Request| match request.operation() {
            "accessToken" => Ok(Response::new(200, TOKEN)),
            _ => Err(TransportError::new(TransportErrorKind::Interrupted, Delivered::Maybe)),
        },
    );
    let error = client.build().unwrap().users().delete(ID).send_raw().unwrap_err();
    assert!(error.is_connection() && error.may_have_happened() && !error.is_retryable(), "{error}");
}

/// The timeout of each request that was sent, in seconds.
fn timeouts(log: &Log) -> Vec<f64> {
    log.requests().iter().map(|request| request.timeout().unwrap().as_secs_f64()).collect()
}

#[test]
fn timeout_and_deadline_of_a_call_replace_those_of_the_client() {
    let log = Log::default();
    let nobody = r#"{"code":200,"data":null}"#;
    let client = answering(&log, move |_| Response::new(200, nobody));
    let client = client.timeout(Duration::from_secs(8)).deadline(Duration::from_secs(20)).build().unwrap();
    let detail = client.users().detail(ID);
    detail.send().unwrap();
    detail.clone().with_timeout(Duration::from_secs(3)).send().unwrap();
    detail.clone().with_deadline(Duration::from_secs(2)).send().unwrap();
    detail
        .clone()
        .with_timeout(Duration::from_secs(60))
        .with_deadline(Duration::from_secs(50))
        .send()
        .unwrap();
    detail.send().unwrap();
    assert_eq!(timeouts(&log), [8.0, 8.0, 3.0, 2.0, 50.0, 8.0], "the token first; never more than is left");
    let _: Value = client.rest(Method::Get, "/x").with_timeout(Duration::from_secs(1)).send().unwrap();
    let _ = client.graphql("{ a }").with_timeout(Duration::from_secs(4)).send_raw().unwrap();
    assert_eq!(timeouts(&log)[6..], [1.0, 4.0]);
}

/// A client whose requests each take two seconds of a clock and end without an answer.
fn failing(retry: Retry, delivered: Delivered) -> (Client, Log, FakeClock) {
    let (log, clock) = (Log::default(), FakeClock::default());
    let passing = clock.clone();
    let transport = move |request: &Request| {
        if request.operation() == "accessToken" {
            return Ok(Response::new(200, TOKEN));
        }
        passing.advance(Duration::from_secs(2));
        Err(TransportError::new(TransportErrorKind::Timeout, delivered))
    };
    let client = Client::builder().user_pool_id("POOL").secret("SECRET").retry(retry).clock(clock.clone());
    (client.transport(log.before(transport)).build().unwrap(), log, clock)
}

#[test]
fn the_deadline_bounds_all_attempts_and_each_has_only_what_is_left() {
    let (client, log, clock) = failing(Retry::standard().attempts(10), Delivered::No);
    let error = client.users().detail(ID).with_deadline(Duration::from_secs(7)).send().unwrap_err();
    assert!(error.is_timeout() && error.is_retryable(), "{error}");
    assert!((3..=4).contains(&error.attempts()), "{} attempts", error.attempts());
    assert_eq!(log.count("userDetail"), error.attempts() as usize);
    let timeouts = timeouts(&log);
    assert!(timeouts.windows(2).all(|pair| pair[1] <= pair[0]) && timeouts[3] < 3.0, "{timeouts:?}");
    assert!(clock.now() < Duration::from_secs(9), "{:?}", clock.now());
}

#[test]
fn retry_of_a_call_replaces_that_of_the_client() {
    for (of_client, of_call, attempts) in [
        (Retry::none(), None, 1),
        (Retry::standard(), None, 3),
        (Retry::standard(), Some(Retry::none()), 1),
        (Retry::none(), Some(Retry::standard().attempts(5)), 5),
    ] {
        let (client, log, _) = failing(of_client, Delivered::No);
        let mut delete = client.users().delete(ID);
        if let Some(retry) = of_call {
            delete = delete.with_retry(retry);
        }
        let error = delete.send().unwrap_err();
        assert_eq!((error.attempts(), log.count("deleteUser")), (attempts, attempts as usize));
        assert!(!error.may_have_happened());
    }
}

#[test]
fn a_change_that_may_have_happened_is_not_sent_twice_and_a_read_is() {
    let (client, log, _) = failing(Retry::standard(), Delivered::Maybe);
    let error = client.users().create().username("bob").send().unwrap_err();
    assert!(error.may_have_happened() && !error.is_retryable());
    let error = client.users().update(ID).nickname("N").send().unwrap_err();
    assert!(error.may_have_happened() && error.is_retryable(), "doing it twice is the same as once");
    let error = client.users().find().username("bob").send().unwrap_err();
    assert!(!error.may_have_happened() && error.is_retryable());
    assert_eq!(["createUser", "updateUser", "findUser"].map(|name| log.count(name)), [1, 3, 3]);
    let _ = client.graphql("mutation { x }").send_raw().unwrap_err();
    let _ = client.graphql("{ x }").read_only().send_raw().unwrap_err();
    assert_eq!(log.count("graphql"), 4);
}

#[test]
fn a_transport_may_wrap_another() {
    let pool = Pool::new();
    let (inner, calls) = (pool.clone(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&calls);
    let client = pool.client_builder().transport(move |request: &Request| {
        counted.fetch_add(1, Ordering::SeqCst);
        inner.send(request)
    });
    client.build().unwrap().users().create().username("bob").send().unwrap();
    assert_eq!(calls.load(Ordering::SeqCst), 2);
    assert!(pool.client().users().find().username("bob").send().unwrap().is_some());
}

#[test]
fn an_answer_that_is_too_large_is_an_error_of_its_own() {
    let client =
        Client::builder().user_pool_id("POOL").secret("SECRET").transport(|request: &Request| match request
            .operation()
        {
            "accessToken" => Ok(Response::new(200, TOKEN)),
            _ => Err(TransportError::new(TransportErrorKind::BodyTooLarge, Delivered::Maybe)),
        });
    let error = client.build().unwrap().users().list().send().unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::UnexpectedAnswer, 1), "as large the next time");
    assert_eq!(error.to_string(), "users: response is too large");
    assert!(always(200, "{}").users().list().send().unwrap_err().is_unexpected_answer());
}
