//! When a complete response is an output, when it is none, and when it is an error: decided by the type of
//! the output.

use authing::transport::{Effect, Method, Response};
use authing::{Client, CommonMessage, Error, ErrorKind, Operation, Wire};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::samples::ID;
use crate::support::{Log, always, answering};

/// An operation of a user's own.
struct Own<T> {
    wire: fn() -> Result<Wire, Error>,
    output: std::marker::PhantomData<T>,
}

fn own<T>(wire: fn() -> Result<Wire, Error>) -> Own<T> {
    Own { wire, output: std::marker::PhantomData }
}

impl<T: DeserializeOwned> Operation for Own<T> {
    type Output = T;
    const NAME: &'static str = "own";
    const EFFECT: Effect = Effect::Mutation;

    fn wire(&self) -> Result<Wire, Error> {
        (self.wire)()
    }
}

fn in_graphql() -> Result<Wire, Error> {
    Wire::graphql("own", "mutation own { own { code } }", "own", &())
}

fn in_rest() -> Result<Wire, Error> {
    Wire::rest(Method::Post, "/api/own", &[])
}

#[test]
fn a_refused_acknowledgement_is_an_error_wherever_it_is_the_output() {
    type Ask = fn(&Client) -> Result<(), Error>;
    let in_data = r#"{"data":{"own":{"code":2004,"message":"no such user"}}}"#;
    let in_list = r#"{"data":{"own":[{"code":200},{"code":"2004","message":"no such user"}]}}"#;
    let below_data = r#"{"code":200,"data":{"code":2004,"message":"no such user"}}"#;
    let whole = r#"{"code":2004,"message":"no such user"}"#;
    let cases: [(&str, &str, Ask); 9] = [
        ("graphql", in_data, |c| c.graphql("mutation").send::<CommonMessage>("own").map(drop)),
        ("option", in_data, |c| c.graphql("mutation").send::<Option<CommonMessage>>("own").map(drop)),
        ("list", in_list, |c| c.graphql("mutation").send::<Vec<CommonMessage>>("own").map(drop)),
        ("rest", whole, |c| c.rest(Method::Post, "/api/own").send::<CommonMessage>().map(drop)),
        ("rest, data", below_data, |c| c.rest(Method::Post, "/api/own").send::<CommonMessage>().map(drop)),
        ("rest, whole", whole, |c| c.rest(Method::Post, "/api/own").send_whole::<CommonMessage>().map(drop)),
        ("own", in_data, |c| c.execute(&own::<CommonMessage>(in_graphql)).map(drop)),
        ("own, option", below_data, |c| c.execute(&own::<Option<CommonMessage>>(in_rest)).map(drop)),
        ("own, list", in_list, |c| c.execute(&own::<Vec<CommonMessage>>(in_graphql)).map(drop)),
    ];
    for (what, body, ask) in cases {
        let error = ask(&always(200, body)).expect_err(what);
        assert_eq!((error.code(), error.is_not_found()), (Some(2004), true), "{what}: {error}");
        assert!(error.to_string().ends_with(": no such user (code 2004)"), "{what}: {error}");
        // What else is in the list was carried out.
        assert_eq!(error.may_have_happened(), what.contains("list"), "{what}");
    }
}

#[test]
fn an_acknowledgement_in_rest_needs_no_data() {
    for (body, code, message) in [
        (r#"{"code":200,"message":"done"}"#, 200, Some("done")),
        (r#"{"code":201,"message":"done","data":null}"#, 201, Some("done")),
        (r#"{"statusCode":200,"data":true}"#, 200, None),
        (r#"{"code":200,"data":{"code":202,"message":"inside"}}"#, 202, Some("inside")),
    ] {
        let done: CommonMessage = always(200, body).rest(Method::Post, "/api/own").send().unwrap();
        assert_eq!((done.code, done.message.as_deref()), (Some(code), message), "{body}");
    }
    let client = always(200, r#"{"code":200,"data":true}"#);
    assert!(client.rest(Method::Post, "/api/own").send::<bool>().unwrap());
    assert!(client.rest(Method::Post, "/api/own").send::<Option<String>>().is_err(), "not null");
}

#[test]
fn a_change_without_a_body_is_acknowledged_and_a_read_without_one_is_broken() {
    for (status, body) in [(204, ""), (200, ""), (201, " \r\n")] {
        let log = Log::default();
        let client = answering(&log, move |_| Response::new(status, body)).build().unwrap();
        let done: CommonMessage = client.rest(Method::Delete, "/api/own").send().unwrap();
        assert_eq!(done.code, Some(i64::from(status)));
        client.rest(Method::Delete, "/api/own").send::<()>().unwrap();
        assert_eq!(client.rest(Method::Delete, "/api/own").send_whole::<Value>().unwrap(), Value::Null);
        assert_eq!(client.users().kick([ID]).send().unwrap().code, Some(i64::from(status)));
        assert_eq!(log.count("rest") + log.count("kickUsers"), 4, "one request each");
        let error = client.users().detail(ID).send().unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::UnexpectedAnswer, 3));
        let error = client.users().delete(ID).send().unwrap_err();
        assert!(error.may_have_happened(), "GraphQL always has a body");
        assert!(client.rest(Method::Post, "/api/own").send::<Vec<Value>>().is_err());
    }
}

#[test]
fn an_output_can_be_below_data_and_at_the_top_level() {
    let client = always(200, r#"{"code":200,"data":{"a":{"list":[1,2]},"none":null}}"#);
    let at = |wire: fn() -> Result<Wire, Error>| client.execute(&own::<Vec<u8>>(wire));
    assert_eq!(at(|| Ok(in_rest()?.at("a.list"))).unwrap(), [1, 2]);
    assert!(at(|| Ok(in_rest()?.at("none.list"))).unwrap_err().is_not_found());
    assert!(at(|| Ok(in_rest()?.at("b.list"))).unwrap_err().to_string().contains("missing field `b`"));

    let bare = own::<std::collections::BTreeMap<String, Value>>(|| Ok(in_rest()?.bare()));
    let fields = always(200, r#"{"accessToken":"t","exp":1}"#).execute(&bare).unwrap();
    assert_eq!(fields.len(), 2);
    for refused in [
        r#"{"code":2020,"message":"no"}"#,
        r#"{"statusCode":499,"apiCode":"2020","message":"no"}"#,
        r#"{"errors":[{"message":{"code":2020,"message":"no"}}]}"#,
        r#"{"code":2020,"message":"\ud83d"}"#,
    ] {
        assert_eq!(always(200, refused).execute(&bare).unwrap_err().code(), Some(2020), "{refused}");
    }
}

#[test]
fn a_code_that_means_absent_is_none_for_an_output_that_may_be_absent() {
    let rest = own::<Option<Value>>(|| Ok(in_rest()?.absent_if(&[2004])));
    let graphql = own::<Option<Value>>(|| Ok(in_graphql()?.absent_if(&[2004])));
    let (plain, needed) =
        (own::<Option<Value>>(in_rest), own::<Vec<Value>>(|| Ok(in_rest()?.absent_if(&[2004]))));
    for (status, body) in [
        (200, r#"{"code":2004,"message":"nobody"}"#),
        (200, r#"{"code":"2004","message":"nobody","data":null}"#),
        (499, r#"{"statusCode":499,"apiCode":"2004","message":"nobody"}"#),
        (404, r#"{"code":2004,"message":"nobody"}"#),
        (404, r#"{"code":404,"message":"nobody"}"#),
        (200, r#"{"code":404,"message":"nobody"}"#),
        (404, r#"{"statusCode":404,"message":"nobody"}"#),
        (200, r#"{"errors":[{"message":{"code":2004,"message":"nobody"}}],"data":null}"#),
        (200, r#"{"errors":[{"message":{"code":2004,"message":"nobody"}}],"data":{"own":null}}"#),
    ] {
        let client = always(status, body);
        assert_eq!(client.execute(&rest).unwrap(), None, "{status} {body}");
        assert_eq!(client.execute(&graphql).unwrap(), None, "{status} {body}");
        assert!(client.execute(&plain).unwrap_err().is_not_found(), "{status} {body}");
        assert!(client.execute(&needed).unwrap_err().is_not_found(), "{status} {body}");
    }
    for (status, body) in [
        (200, r#"{"code":2026,"message":"taken"}"#),
        (500, r#"{"code":2004,"message":"nobody"}"#),
        (404, "<html></html>"),
        (404, ""),
        (404, r#"{"hello":"world"}"#),
        (404, r#"{"statusCode":404,"message":"Cannot POST /api/own","error":"Not Found"}"#),
    ] {
        assert!(always(status, body).execute(&rest).is_err(), "{status} {body}");
    }
    let nothing = always(200, r#"{"code":200,"message":"ok"}"#);
    assert_eq!(nothing.execute(&plain).unwrap(), None);
    assert!(always(200, r#"{"message":"ok"}"#).execute(&plain).is_err(), "no code, no envelope");
    assert!(nothing.execute(&needed).is_err());
}

#[test]
fn an_output_about_something_else_is_refused_by_the_operation() {
    struct One;
    impl Operation for One {
        type Output = Value;
        const NAME: &'static str = "one";
        const EFFECT: Effect = Effect::Idempotent;
        fn wire(&self) -> Result<Wire, Error> {
            in_rest()
        }
        fn verify(&self, output: &Value) -> Result<(), Error> {
            if *output == 1 { Ok(()) } else { Err(Error::unexpected("the response is about another")) }
        }
    }
    assert!(always(200, r#"{"code":200,"data":1}"#).execute(&One).is_ok());
    let error = always(200, r#"{"code":200,"data":2}"#).execute(&One).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
    assert!(error.may_have_happened() && error.body().is_some() && error.attempts() == 1);
    // Of a reference to an operation, too, which is an operation.
    let error = always(200, r#"{"code":200,"data":2}"#).execute(&&One).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
}

#[test]
fn a_response_about_another_object_is_an_error() {
    let find = r#"{"data":{"findUser":{"id":"1","username":"ann","email":"ann@example.com","phone":"+8613800000001",
        "externalId":"7"}}}"#;
    let users = always(200, find).users();
    let found_by = |[username, email, phone, external_id]: [&str; 4]| {
        let find = || users.find();
        let find = [
            find().username(username),
            find().email(email),
            find().phone(phone),
            find().external_id(external_id),
        ];
        find.map(|find| find.send())
    };
    for other in found_by(["bob", "bob@example.com", "13800000002", "77"]) {
        assert!(other.unwrap_err().is_unexpected_answer());
    }
    let partial = users.find().username("bob").select([authing::UserField::Username]).send();
    assert!(partial.unwrap_err().is_unexpected_answer());
    for same in found_by(["Ann", "ANN@example.com", "13800000001", "7"]) {
        assert!(same.unwrap().is_some());
    }
    let role = always(200, r#"{"data":{"role":{"code":"auditor"}}}"#).roles();
    assert!(role.detail("reader").send().unwrap_err().is_unexpected_answer());
    assert!(role.detail("auditor").send().unwrap().is_some());
    let data =
        always(200, r#"{"data":{"udfValueBatch":[{"targetId":"1","data":[]},{"targetId":"2","data":[]}]}}"#);
    assert!(data.users().custom_data_of_many(["1", "3"]).send().unwrap_err().is_unexpected_answer());
    assert!(data.roles().custom_data_of_many(["2"]).send().unwrap_err().is_unexpected_answer());
    assert_eq!(data.users().custom_data_of_many(["2", "3", "1"]).send().unwrap().len(), 2);
    let group = always(200, r#"{"data":{"group":{"code":"staff"}}}"#).groups();
    assert!(group.detail("guests").send().unwrap_err().is_unexpected_answer());
}

#[test]
fn a_role_group_or_department_that_does_not_exist_is_none_also_if_the_service_says_so_with_a_code() {
    let refused = always(200, r#"{"errors":[{"message":{"code":404,"message":"no"}}],"data":null}"#);
    assert!(refused.roles().detail("reader").send().unwrap().is_none());
    assert!(refused.groups().detail("staff").send().unwrap().is_none());
    assert!(refused.orgs().node_by_id(ID).send().unwrap().is_none());
}
