//! Answers of every kind, in both protocols, and what is made of them.

use authing::transport::Method;
use authing::{Client, Error, ErrorKind};
use serde_json::Value;

use crate::samples::ID;
use crate::support::always;

type Ask = fn(&Client) -> Result<(), Error>;

/// GraphQL, a page of users; GraphQL, users; GraphQL below a user; an acknowledgement; REST, a user;
/// REST, a user's status; REST, a list; REST as a whole.
const LIST: Ask = |client| client.users().list().send().map(drop);
const BATCH: Ask = |client| client.users().batch(["1", "2"]).send().map(drop);
const ROLES: Ask = |client| client.users().list_roles(ID).send().map(drop);
const DELETE: Ask = |client| client.users().delete(ID).send().map(drop);
const DETAIL: Ask = |client| client.users().detail(ID).send().map(drop);
const STATUS: Ask = |client| client.users().login_status(ID).send().map(drop);
const ITEMS: Ask = |client| client.rest(Method::Get, "/api/items").send::<Vec<Value>>().map(drop);
const WHOLE: Ask = |client| client.rest(Method::Post, "/api/do").send_whole::<Value>().map(drop);

/// What an answer is called, how it is asked for, its status and body; the error's kind and code, and what it
/// says.
type Case<'a> = (&'a str, Ask, u16, &'a str, ErrorKind, Option<i64>, &'a str);

fn check(cases: &[Case<'_>]) {
    for (what, ask, status, body, kind, code, says) in cases {
        let error = ask(&always(*status, *body)).expect_err(what);
        let line = error.to_string();
        println!("{what:<36} {line}");
        assert_eq!((error.kind(), error.code()), (*kind, *code), "{what}: {line}");
        assert_eq!(error.status(), Some(*status), "{what}: {line}");
        assert_eq!(error.body(), Some(body.as_bytes()), "{what}: the body is kept as it came");
        assert!(line.contains(says), "{what}: {line}");
        assert!(
            line.starts_with(&format!("{}: ", error.operation())) && !error.operation().is_empty(),
            "{line}"
        );
        assert!(!line.contains(['\n', '\r']), "{what}: one line: {line}");
        assert!(body.len() < 12 || !line.contains(body), "{what}: the body is not printed: {line}");
        assert!(
            !line.contains("planted") && !format!("{error:?}").contains("planted"),
            "{what}: {line} {error:?}"
        );
    }
}

#[test]
fn refusals_in_graphql_keep_their_code_and_message() {
    use ErrorKind::{
        Authentication, Conflict, InvalidInput, NotFound, PermissionDenied, Quota, Refused, Server,
    };
    check(&[
        (
            "message is an object",
            LIST,
            200,
            r#"{"errors":[{"message":{"code":2004,"message":"no such user","data":"planted"}}],"data":null}"#,
            NotFound,
            Some(2004),
            "users: no such user (code 2004)",
        ),
        (
            "message is the text of an object",
            LIST,
            200,
            r#"{"errors":[{"message":"{\"code\":2004,\"message\":\"no such user\",\"data\":\"planted\"}"}],"data":null}"#,
            NotFound,
            Some(2004),
            "users: no such user (code 2004)",
        ),
        (
            "no data beside it",
            LIST,
            200,
            r#"{"errors":[{"message":{"code":2026,"message":"taken"}}]}"#,
            Conflict,
            Some(2026),
            "taken",
        ),
        (
            "code as text",
            LIST,
            200,
            r#"{"errors":[{"message":{"code":"2030","message":"too many"}}]}"#,
            InvalidInput,
            Some(2030),
            "too many",
        ),
        (
            "code without message",
            LIST,
            200,
            r#"{"errors":[{"message":{"code":2040}}]}"#,
            Quota,
            Some(2040),
            "rejected without a message",
        ),
        (
            "code nobody knows",
            LIST,
            200,
            r#"{"errors":[{"message":{"code":987,"message":"new"}}]}"#,
            Refused,
            Some(987),
            "new (code 987)",
        ),
        (
            "message is a text",
            LIST,
            200,
            r#"{"errors":[{"message":"went wrong"}],"data":null}"#,
            Refused,
            None,
            "went wrong (status 200)",
        ),
        (
            "a text with a code in extensions",
            LIST,
            400,
            r#"{"errors":[{"message":"Variable \"$x\"","extensions":{"code":"BAD_USER_INPUT"}}]}"#,
            InvalidInput,
            None,
            "Variable",
        ),
        (
            "a document that is not valid",
            LIST,
            400,
            r#"{"errors":[{"message":"Cannot query field","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}"#,
            InvalidInput,
            None,
            "Cannot query field (status 400)",
        ),
        (
            "forbidden by extensions",
            LIST,
            200,
            r#"{"errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}]}"#,
            PermissionDenied,
            None,
            "no",
        ),
        (
            "unauthenticated by extensions",
            LIST,
            200,
            r#"{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}"#,
            Authentication,
            None,
            "no",
        ),
        (
            "partial data",
            LIST,
            200,
            r#"{"data":{"users":{"totalCount":1,"list":[{"id":"1","name":"planted"}]}},"errors":[{"message":{"code":500,"message":"half"}}]}"#,
            Server,
            Some(500),
            "half (code 500)",
        ),
        (
            "several errors: the first counts",
            LIST,
            200,
            r#"{"errors":[{"message":{"code":2004,"message":"first"}},{"message":{"code":500,"message":"second"}}]}"#,
            NotFound,
            Some(2004),
            "users: first (code 2004)",
        ),
        (
            "errors is an object",
            LIST,
            200,
            r#"{"errors":{"message":"odd"},"data":null}"#,
            Refused,
            None,
            "odd",
        ),
        ("errors is a text", LIST, 200, r#"{"errors":"very odd","data":null}"#, Refused, None, "very odd"),
        (
            "errors with status 500",
            LIST,
            500,
            r#"{"errors":[{"message":"broken"}]}"#,
            Server,
            None,
            "broken (status 500)",
        ),
        (
            "a message of several lines",
            LIST,
            200,
            "{\"errors\":[{\"message\":\"one\\r\\ntwo\\u0000three\"}]}",
            Refused,
            None,
            "one",
        ),
        ("a message that is a list", LIST, 200, r#"{"errors":[{"message":[1,2]}]}"#, Refused, None, "[1,2]"),
        (
            "a REST refusal to a GraphQL call",
            LIST,
            200,
            r#"{"code":1001,"message":"not yours"}"#,
            PermissionDenied,
            Some(1001),
            "not yours",
        ),
        (
            "null on the way",
            ROLES,
            200,
            r#"{"data":{"user":null}}"#,
            NotFound,
            None,
            "getUserRoles: no such user",
        ),
        (
            "an acknowledgement that is none",
            DELETE,
            200,
            r#"{"data":{"deleteUser":{"code":2004,"message":"no such user"}}}"#,
            NotFound,
            Some(2004),
            "deleteUser: no such user (code 2004)",
        ),
        (
            "an acknowledgement, code as text",
            DELETE,
            200,
            r#"{"data":{"deleteUser":{"code":"500","message":"no"}}}"#,
            Server,
            Some(500),
            "no (code 500)",
        ),
    ]);
}

#[test]
fn refusals_in_rest_keep_their_code_and_message() {
    use ErrorKind::{
        Authentication, Conflict, InvalidInput, NotFound, PermissionDenied, Refused, Server, Throttled,
        UnexpectedAnswer,
    };
    check(&[
        (
            "code as number",
            STATUS,
            200,
            r#"{"code":2004,"message":"no such user","data":"planted"}"#,
            NotFound,
            Some(2004),
            "no such user (code 2004)",
        ),
        ("code as text", DETAIL, 200, r#"{"code":"2026","message":"taken"}"#, Conflict, Some(2026), "taken"),
        (
            "code after the data",
            DETAIL,
            200,
            r#"{"data":{"id":"planted"},"message":"no","code":500}"#,
            Server,
            Some(500),
            "no",
        ),
        (
            "apiCode beside statusCode",
            DETAIL,
            499,
            r#"{"statusCode":499,"apiCode":"2820002","message":"newer"}"#,
            Refused,
            Some(2_820_002),
            "newer (code 2820002)",
        ),
        (
            "statusCode alone",
            DETAIL,
            403,
            r#"{"statusCode":403,"message":"forbidden"}"#,
            PermissionDenied,
            Some(403),
            "forbidden",
        ),
        (
            "a code that repeats the status",
            DETAIL,
            409,
            r#"{"code":409,"message":"there"}"#,
            Conflict,
            Some(409),
            "there",
        ),
        ("no code and a status", DETAIL, 403, r#"{"message":"x"}"#, PermissionDenied, None, "status 403"),
        ("401", DETAIL, 401, "", Authentication, None, "status 401"),
        ("429", DETAIL, 429, "slow down", Throttled, None, "status 429"),
        ("500", DETAIL, 500, "{}", Server, None, "status 500"),
        ("400 with a code", DETAIL, 400, r#"{"code":2231,"message":"bad"}"#, InvalidInput, Some(2231), "bad"),
        (
            "a page of HTML with 404",
            DETAIL,
            404,
            "<html>planted</html>",
            UnexpectedAnswer,
            None,
            "https://core.authing.cn does not speak the Authing API: the response is an HTML page (status 404)",
        ),
        ("a page of HTML with 502", DETAIL, 502, "<html>planted</html>", Server, None, "status 502"),
        (
            "a refusal as a whole",
            WHOLE,
            200,
            r#"{"code":2004,"message":"no such thing"}"#,
            NotFound,
            Some(2004),
            "no such thing",
        ),
        (
            "a message that is not there",
            DETAIL,
            200,
            r#"{"code":2003,"message":null}"#,
            InvalidInput,
            Some(2003),
            "rejected without a message",
        ),
    ]);
}

#[test]
fn an_answer_that_is_not_what_was_promised_says_where() {
    let deep = format!(r#"{{"data":{{"users":{}{}}}}}"#, "[".repeat(300), "]".repeat(300));
    let unexpected = ErrorKind::UnexpectedAnswer;
    let cases: Vec<Case<'_>> = vec![
        (
            "a page of HTML with 200",
            LIST,
            200,
            "<!DOCTYPE html><html>planted</html>",
            unexpected,
            None,
            "HTML page",
        ),
        ("HTML after a line break", DETAIL, 200, "\n <html>planted</html>", unexpected, None, "HTML page"),
        ("nothing", LIST, 200, "", unexpected, None, "response is empty"),
        ("blanks", DETAIL, 200, " \r\n ", unexpected, None, "response is empty"),
        ("204 with nothing", DETAIL, 204, "", unexpected, None, "response is empty"),
        ("a text", LIST, 200, "planted", unexpected, None, "response is not JSON at byte"),
        ("a list", LIST, 200, "[]", unexpected, None, "expected the envelope of an answer"),
        ("null", LIST, 200, "null", unexpected, None, "expected the envelope of an answer"),
        ("an empty object", LIST, 200, "{}", unexpected, None, "response has no `data`"),
        ("data is null", LIST, 200, r#"{"data":null}"#, unexpected, None, "response has no `data`"),
        ("data without the field", LIST, 200, r#"{"data":{"planted":1}}"#, unexpected, None, "`data`"),
        ("the field is null", LIST, 200, r#"{"data":{"users":null}}"#, unexpected, None, "`data.users`"),
        (
            "no data in REST",
            ITEMS,
            200,
            r#"{"code":200,"message":"success"}"#,
            unexpected,
            None,
            "response has no `data`",
        ),
        (
            "a user without id, the second of two",
            BATCH,
            200,
            r#"{"data":{"userBatch":[{"id":"1"},{"name":"planted"}]}}"#,
            unexpected,
            None,
            "`data.userBatch[1]` (byte",
        ),
        (
            "an id that is none",
            DETAIL,
            200,
            r#"{"code":200,"data":{"name":"planted","id":["planted"]}}"#,
            unexpected,
            None,
            "`data",
        ),
        (
            "an object where a list was due, REST",
            ITEMS,
            200,
            r#"{"code":200,"data":{"planted":1}}"#,
            unexpected,
            None,
            "`data`",
        ),
        (
            "cut in the middle",
            LIST,
            200,
            r#"{"data":{"users":{"totalCount":1,"list":[{"id":"1","name":"plan"#,
            unexpected,
            None,
            "response is truncated at `data.users.list[0].name`",
        ),
        (
            "cut in REST",
            DETAIL,
            200,
            r#"{"code":200,"data":{"id":"#,
            unexpected,
            None,
            "response is truncated at `data.id`",
        ),
        (
            "more behind the end",
            LIST,
            200,
            r#"{"data":{"users":{"totalCount":0,"list":[]}}} planted"#,
            unexpected,
            None,
            "not JSON",
        ),
        ("nesting without end", LIST, 200, &deep, unexpected, None, "`data.users"),
        ("a redirect", LIST, 302, "<html>planted</html>", unexpected, None, "status 302"),
    ];
    check(&cases);
    let error = DETAIL(&always(200, *b"\xff\xfe{\0")).unwrap_err();
    assert_eq!((error.kind(), error.body()), (unexpected, Some(&b"\xff\xfe{\0"[..])), "not even text");
}

#[test]
fn odd_answers_that_say_what_was_promised_are_read() {
    for (what, ask, status, body) in [
        ("errors is empty", LIST, 200, r#"{"errors":[],"data":{"users":{"totalCount":0,"list":[]}}}"#),
        ("errors is null", LIST, 200, r#"{"errors":null,"data":{"users":{"totalCount":0,"list":[]}}}"#),
        (
            "more than was promised",
            LIST,
            200,
            r#"{"extensions":{"a":[1]},"data":{"x":1,"users":{"totalCount":0,"list":[],"y":{}}}}"#,
        ),
        ("a byte order mark", LIST, 200, "\u{feff}{\"data\":{\"users\":{\"totalCount\":0,\"list\":[]}}}"),
        ("blanks around it", LIST, 200, "\n\t{\"data\":{\"users\":{\"totalCount\":0,\"list\":[]}}}\r\n"),
        (
            "the same key twice",
            LIST,
            200,
            r#"{"data":{"users":{"totalCount":9,"list":[]}},"data":{"users":{"totalCount":0,"list":[]}}}"#,
        ),
        ("REST, code as text", DETAIL, 200, r#"{"code":"200","data":null}"#),
        ("REST, status 201", DETAIL, 201, r#"{"code":200,"data":{"id":"5f718016d8e5f7e9d6d3a1b2"}}"#),
        ("REST, code 201", DETAIL, 200, r#"{"code":201,"data":{"id":"5f718016d8e5f7e9d6d3a1b2"}}"#),
        (
            "REST, statusCode",
            DETAIL,
            200,
            r#"{"statusCode":200,"message":"ok","data":{"id":"5f718016d8e5f7e9d6d3a1b2"}}"#,
        ),
        ("REST, code null", DETAIL, 200, r#"{"code":null,"data":{"id":"5f718016d8e5f7e9d6d3a1b2"}}"#),
        ("REST, no code", DETAIL, 200, r#"{"data":{"id":"5f718016d8e5f7e9d6d3a1b2"}}"#),
        ("REST, nobody", DETAIL, 200, r#"{"code":200,"data":null}"#),
        ("an acknowledgement", DELETE, 200, r#"{"data":{"deleteUser":{"code":200,"message":"ok"}}}"#),
        ("an acknowledgement without code", DELETE, 200, r#"{"data":{"deleteUser":{"message":"ok"}}}"#),
    ] {
        ask(&always(status, body)).unwrap_or_else(|error| panic!("{what}: {error}"));
    }
}

#[test]
fn an_error_knows_the_request_that_it_came_from() {
    let log = crate::support::Log::default();
    let client = crate::support::answering(&log, |_| {
        authing::transport::Response::new(429, "")
            .with_header("Retry-After", "7")
            .with_header("X-Request-Id", "r-1")
    });
    let client = client.retry(authing::Retry::none()).build().unwrap();
    let error = client.users().detail(ID).send().unwrap_err();
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(error.retry_after(), Some(std::time::Duration::from_secs(7)));
    assert_eq!((error.attempts(), error.is_throttled(), error.is_retryable()), (1, true, true));
}
