//! The script of faults, in-process and over sockets.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use authing::clock::Clock;
use authing::emulator::{Fault, Pool};
use authing::transport::{Delivered, Method, Request, Transport, TransportErrorKind};
use serde_json::{Value, json};

use crate::ask::Asker;

const CREATE: &str = r#"mutation { createUser(userInfo: { username: "bob" }) { id } }"#;

fn create(ask: &Asker) -> Request {
    Request::new(Method::Post, "http://pool/graphql/v2")
        .with_header("authorization", format!("Bearer {}", ask.token.as_ref().unwrap()))
        .with_body(json!({ "query": CREATE }).to_string())
}

fn count(ask: &Asker) -> Value {
    ask.data("{ users { totalCount } }", json!({}))["users"]["totalCount"].take()
}

#[test]
fn a_reset_leaves_it_open_whether_the_request_was_carried_out() {
    for (fault, users) in [(Fault::reset(), 0), (Fault::reset().after_carrying_out(), 1)] {
        let ask = Asker::new();
        ask.pool.faults().next("createUser", fault);
        let error = ask.pool.send(&create(&ask)).unwrap_err();
        assert_eq!((error.kind(), error.delivered()), (TransportErrorKind::Interrupted, Delivered::Maybe));
        assert_eq!(count(&ask), users);
        assert_eq!(ask.pool.faults().pending(), 0);
    }
}

#[test]
fn a_refused_connection_was_certainly_not_delivered() {
    let ask = Asker::new();
    ask.pool.faults().next("*", Fault::refused());
    let error = ask.pool.send(&create(&ask)).unwrap_err();
    assert_eq!((error.kind(), error.delivered()), (TransportErrorKind::Connect, Delivered::No));
    assert_eq!(count(&ask), 0);
}

#[test]
fn every_third_request_meets_its_fault() {
    let ask = Asker::new();
    ask.pool.faults().every(3, Fault::status(429).retry_after(2));
    let statuses: Vec<_> = (0..6)
        .map(|_| {
            let response = ask.send(Method::Get, "/api/v2/.well-known", None);
            (response.status(), response.header("retry-after").map(str::to_owned))
        })
        .collect();
    let slow = (429, Some("2".to_owned()));
    let good = (200, None);
    assert_eq!(statuses, [good.clone(), good.clone(), slow.clone(), good.clone(), good, slow]);
}

#[test]
fn spoilt_answers_are_spoilt_as_asked() {
    let ask = Asker::new();
    ask.pool.faults().next("users", Fault::truncated_json());
    ask.pool.faults().next("users", Fault::html(502));
    ask.pool.faults().next("users", Fault::empty(200));
    ask.pool.faults().next("users", Fault::error(1000, "busy"));
    let body = json!({ "query": "{ users { totalCount } }" });
    let send = || ask.send(Method::Post, "/graphql/v2", Some(&body));
    let truncated = send();
    assert_eq!(truncated.status(), 200);
    assert!(serde_json::from_slice::<Value>(truncated.body()).is_err());
    let html = send();
    assert_eq!((html.status(), html.header("content-type")), (502, Some("text/html; charset=utf-8")));
    assert!(send().body().is_empty());
    let error: Value = serde_json::from_slice(send().body()).unwrap();
    assert_eq!(error["errors"][0]["path"], json!(["users"]));
    assert_eq!(error["errors"][0]["message"], json!({ "code": 1000, "message": "busy" }));
    ask.pool.faults().next("GET /api/v2/users/{id}", Fault::error(1000, "busy"));
    assert_eq!(ask.rest(Method::Get, "/api/v2/users/x", None)["code"], 1000);
}

#[test]
fn ten_minutes_of_silence_take_no_time() {
    let ask = Asker::new();
    let started = Instant::now();
    ask.pool.faults().next("createUser", Fault::silence());
    ask.pool.faults().next("createUser", Fault::slow(Duration::from_secs(60)));
    ask.pool.faults().next("createUser", Fault::drip(Duration::from_secs(60)));
    let request = create(&ask).with_timeout(Duration::from_secs(600));
    assert_eq!(ask.pool.send(&request).unwrap_err().kind(), TransportErrorKind::Timeout);
    assert_eq!(ask.pool.clock().skipped(), Duration::from_secs(600));
    assert_eq!(ask.pool.send(&request).unwrap().status(), 200);
    assert_eq!(ask.pool.clock().skipped(), Duration::from_secs(660));
    assert_eq!(
        ask.pool.send(&request.with_timeout(Duration::from_secs(9))).unwrap_err().kind(),
        TransportErrorKind::Timeout
    );
    ask.pool.clock().sleep(Duration::from_secs(3600));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_token_that_dies_is_refused_until_a_new_one_is_asked_for() {
    let mut ask = Asker::new();
    ask.pool.faults().next("users", Fault::token_dies());
    assert_eq!(ask.code("{ users { totalCount } }", json!({})), 2020);
    assert_eq!(ask.code("{ users { totalCount } }", json!({})), 2020);
    ask.log_in();
    assert_eq!(count(&ask), 0);
}

#[test]
fn searches_lag_behind_writes() {
    let ask = Asker::new();
    let old = ask.user("old name");
    ask.pool.faults().search_lags(Duration::from_millis(800));
    let found = |text: &str| {
        let answer =
            ask.data("query ($q: String!) { searchUser(query: $q) { totalCount } }", json!({ "q": text }));
        answer["searchUser"]["totalCount"].as_i64().unwrap()
    };
    ask.user("fresh");
    ask.data(
        r#"mutation ($id: String) { updateUser(id: $id, input: { username: "new name" }) { id } }"#,
        json!({ "id": old }),
    );
    assert_eq!([found("fresh"), found("old name"), found("new name")], [0, 1, 0]);
    ask.pool.clock().advance(Duration::from_millis(801));
    assert_eq!([found("fresh"), found("old name"), found("new name")], [1, 0, 1]);
    ask.data("mutation ($id: String!) { deleteUser(id: $id) { code } }", json!({ "id": old }));
    assert_eq!(found("new name"), 1);
    ask.pool.clock().advance(Duration::from_millis(801));
    assert_eq!(found("new name"), 0);
}

#[test]
fn a_served_pool_meets_the_same_faults() {
    let pool = Pool::new();
    let server = pool.serve("127.0.0.1:0").unwrap();
    let get = || {
        let mut stream = TcpStream::connect(server.addr()).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(400))).unwrap();
        stream
            .write_all(b"GET /api/v2/.well-known HTTP/1.1\r\nhost: pool\r\nconnection: close\r\n\r\n")
            .unwrap();
        let mut answer = Vec::new();
        let ended = stream.read_to_end(&mut answer).is_ok();
        (String::from_utf8(answer).unwrap(), ended)
    };
    let promised = |answer: &str| -> usize {
        let (_, rest) = answer.split_once("content-length: ").unwrap();
        rest.split_once("\r\n").unwrap().0.parse().unwrap()
    };
    let body = |answer: &str| answer.split_once("\r\n\r\n").map_or(0, |(_, body)| body.len());

    pool.faults().next("/api/v2/.well-known", Fault::reset());
    assert_eq!(get(), (String::new(), true));
    pool.faults().next("GET /api/v2/.well-known", Fault::silence());
    assert_eq!(get(), (String::new(), false));
    pool.faults().next("*", Fault::cut());
    let (cut, _) = get();
    assert_eq!(body(&cut), promised(&cut) / 2);
    pool.faults().next("*", Fault::truncated_json());
    let (truncated, _) = get();
    assert_eq!(body(&truncated), promised(&truncated));
    pool.faults().next("*", Fault::drip(Duration::from_millis(10)));
    let (dripped, ended) = get();
    assert!(ended);
    assert_eq!(body(&dripped), promised(&dripped));
    pool.faults().next("*", Fault::status(503).after(Duration::from_millis(50)));
    let started = Instant::now();
    assert!(get().0.starts_with("HTTP/1.1 503"));
    assert!(started.elapsed() >= Duration::from_millis(50));
}
