//! What a pool was asked.

use authing::transport::Method;
use serde_json::json;

use crate::ask::Asker;

#[test]
fn requests_are_recorded_and_their_debug_is_safe() {
    let ask = Asker::new();
    ask.pool.clear_requests();
    ask.data(
        "query FindBob($email: String) { findUser(email: $email) { id } }",
        json!({ "email": "planted@example.com" }),
    );
    ask.rest(Method::Get, "/api/v2/users/is-user-exists?email=planted", None);
    ask.rest(Method::Get, "/nowhere", None);
    let asked = ask.pool.requests();
    let operations: Vec<_> = asked.iter().map(|request| request.operation()).collect();
    assert_eq!(operations, ["findUser", "GET /api/v2/users/is-user-exists", ""]);
    assert_eq!(asked[0].document_name(), Some("FindBob"));
    assert_eq!(asked[0].variables().unwrap(), json!({ "email": "planted@example.com" }));
    assert_eq!(asked[1].query(), "email=planted");
    assert_eq!(asked[2].path(), "/nowhere");
    let answer = ask.send(Method::Get, "/api/v2/.well-known", None);
    assert_eq!(answer.header("x-request-id"), Some(ask.pool.requests()[3].id()));
    assert!(asked[0].is_authorized() && !asked[0].is_faulty());
    assert!(!format!("{asked:#?}").contains("planted"));
}

#[test]
fn debug_of_a_pool_shows_no_secret() {
    let ask = Asker::new();
    let secret = ask.pool.secret().expose().to_owned();
    let server = ask.pool.serve("127.0.0.1:0").unwrap();
    let printed = format!("{:?} {:?} {:?} {server:?}", ask.pool, ask.pool.faults(), ask.pool.requests());
    assert!(!printed.contains(&secret), "{printed}");
    assert!(!printed.contains(ask.token.as_ref().unwrap()), "{printed}");
}
