//! One odd value never loses a page, whoever's type the items are.

use authing::transport::Method;
use authing::{Client, Page, User};
use serde::Deserialize;

use crate::samples::ID;
use crate::support::always;

/// A type that promises more than the service does.
#[derive(Debug, Deserialize, PartialEq)]
struct Strict {
    id: String,
}

fn client(body: impl AsRef<[u8]>) -> Client {
    always(200, body.as_ref())
}

fn graphql(page: &[u8]) -> Vec<u8> {
    [&br#"{"data":{"users":"#[..], page, b"}}"].concat()
}

fn rest(page: &[u8]) -> Vec<u8> {
    [&br#"{"code":200,"message":"ok","data":"#[..], page, b"}"].concat()
}

/// The ids of the users that are read and the number of odd items: as users, and as the strict type, in both
/// protocols.
fn read(page: &[u8]) -> [(Vec<String>, usize); 3] {
    fn summary<T>(page: Page<T>, id: fn(&T) -> &String) -> (Vec<String>, usize) {
        (page.list.iter().map(|item| id(item).clone()).collect(), page.odd().len())
    }
    let text = String::from_utf8_lossy(page).into_owned();
    let strict_id: fn(&Strict) -> &String = |item| &item.id;
    let users = client(graphql(page)).users().list().send();
    let raw = client(graphql(page)).graphql("query { users { list { id } } }").send("users");
    let rest = client(rest(page)).rest(Method::Get, "/api/users").send();
    [
        summary(users.unwrap_or_else(|error| panic!("{error}: {text}")), |user: &User| &user.id),
        summary(raw.unwrap_or_else(|error| panic!("{error}: {text}")), strict_id),
        summary(rest.unwrap_or_else(|error| panic!("{error}: {text}")), strict_id),
    ]
}

#[test]
fn an_odd_value_costs_at_most_its_item() {
    // What stands in the list between the users 1 and 3; whether it is a user, and whether it is a strict
    // item.
    let cases: [(&[u8], Option<&str>, Option<&str>); 17] = [
        (br#"{"id":"2"}"#, Some("2"), Some("2")),
        (b"null", None, None),
        (b"7", None, None),
        (br#""2""#, None, None),
        (br#"[{"id":"2"}]"#, None, None),
        (br#"{"id":2}"#, Some("2"), None),
        (br#"{"id":null}"#, None, None),
        (br#"{"id":{"x":1}}"#, None, None),
        (br#"{"name":"x"}"#, None, None),
        (br#"{"id":"2","name":"\ud83d"}"#, Some("2"), Some("2")),
        (br#"{"id":"2","unknown":{"x":["\udc00 \ud83d"]}}"#, Some("2"), Some("2")),
        (br#"{"id":"2","\ud83d":1}"#, Some("2"), Some("2")),
        (br#"{"id":"2","loginsCount":1e400,"unknown":-1e999}"#, Some("2"), Some("2")),
        (b"{\"id\":\"2\",\"name\":\"\xff\xfe\"}", Some("2"), Some("2")),
        (b"{\"id\":\"2\",\"\xc3\":\"\xe4\xb8\"}", Some("2"), Some("2")),
        (br#"{"id":"1","id":"2"}"#, Some("2"), None),
        (br#"{"id":"2","id":{}}"#, Some("2"), None),
    ];
    for (item, user, strict) in cases {
        let page = [&br#"{"totalCount":3,"list":[{"id":"1"},"#[..], item, br#",{"id":"3"}]}"#].concat();
        let expected = |middle: Option<&str>| {
            let ids = [Some("1"), middle, Some("3")].into_iter().flatten().map(str::to_owned).collect();
            (ids, usize::from(middle.is_none()))
        };
        let text = String::from_utf8_lossy(item);
        assert_eq!(read(&page), [expected(user), expected(strict), expected(strict)], "{text}");
    }
}

#[test]
fn an_odd_count_or_list_costs_no_page() {
    for count in [
        r#""totalCount":1,"total":2"#,
        r#""total":1"#,
        r#""totalCount":null"#,
        r#""totalCount":1.0"#,
        r#""totalCount":-1"#,
        r#""totalCount":"one""#,
        r#""totalCount":1e400"#,
        r#""totalCount":{"n":1}"#,
        r#""totalCount":1,"totalCount":2"#,
        r#""other":1"#,
    ] {
        let page = format!(r#"{{{count},"list":[{{"id":"1"}}]}}"#);
        assert!(read(page.as_bytes()).iter().all(|(ids, odd)| ids == &["1"] && *odd == 0), "{count}");
    }
    for (list, odd) in
        [("", 0), (r#","list":null"#, 0), (r#","list":{"id":"1"}"#, 1), (r#","list":"none""#, 1)]
    {
        let page = format!(r#"{{"totalCount":1{list}}}"#);
        assert!(read(page.as_bytes()).iter().all(|(ids, kept)| ids.is_empty() && *kept == odd), "{list}");
    }
}

#[test]
fn what_is_odd_is_kept_as_it_came() {
    let page =
        r#"{"totalCount":2,"list":[{"name":"x","n":1.50},{"id":"2","blocked":"perhaps","x":"\ud83d"}]}"#;
    let page = client(graphql(page.as_bytes())).users().list().send().unwrap();
    assert_eq!(page.odd().collect::<Vec<_>>(), [r#"{"name":"x","n":1.50}"#]);
    let user = &page.list[0];
    assert_eq!(user.extra.raw("blocked"), Some(r#""perhaps""#));
    assert_eq!(user.extra.get("x"), Some("\u{fffd}".into()));
}

#[test]
fn a_single_answer_survives_what_no_parser_takes() {
    for user in
        [&br#"{"id":"1","name":"\ud83d"}"#[..], b"{\"id\":\"1\",\"name\":\"\xff\"}", br#"{"id":1,"x":1e400}"#]
    {
        let read = client(rest(user)).users().detail("1").send().unwrap();
        assert_eq!(read.map(|user| user.id).as_deref(), Some("1"));
        let body = [&br#"{"data":{"findUser":"#[..], user, b"}}"].concat();
        let read = client(body).users().find().username("bob").send().unwrap();
        assert_eq!(read.map(|user| user.id).as_deref(), Some("1"));
    }
}

#[test]
fn a_refusal_is_seen_behind_what_no_parser_takes() {
    for body in [
        &br#"{"errors":[{"message":{"code":2004,"message":"no \ud83d"}}],"data":null}"#[..],
        b"{\"errors\":[{\"message\":{\"code\":2004,\"message\":\"no \xff\"}}],\"data\":null}",
        br#"{"data":{"deleteUser":{"code":2004,"message":"no","x":"\ud83d"}}}"#,
    ] {
        let error = client(body).users().delete(ID).send().unwrap_err();
        assert_eq!(error.code(), Some(2004), "{error}");
    }
    for cut in [
        &br#"{"data":{"users":{"totalCount":1,"list":[{"id":"1","name":"\ud83d""#[..],
        b"\xff\xfe",
        b"{\"data\":\"\xff",
    ] {
        assert!(client(cut).users().list().send().is_err());
    }
}

#[test]
fn null_items_do_not_cost_the_others_in_a_plain_list_either() {
    let batch = r#"{"data":{"userBatch":[null,{"id":"1"},null]}}"#;
    assert_eq!(client(batch).users().batch(["1"]).send().unwrap().len(), 1);
    let children = r#"{"data":{"childrenNodes":[{"id":"1"},null]}}"#;
    assert_eq!(client(children).orgs().list_children(ID).send().unwrap().len(), 1);
    let orgs = r#"{"code":200,"data":[[{"id":"1"},null],null]}"#;
    let orgs = client(orgs).users().list_orgs(ID).send().unwrap();
    assert_eq!(orgs.iter().map(Vec::len).collect::<Vec<_>>(), [1]);
    let data = r#"[null,{"key":"a","dataType":"STRING","value":"x"}]"#;
    let udv = client(format!(r#"{{"data":{{"udv":{data}}}}}"#)).users().custom_data(ID).send().unwrap();
    assert_eq!(udv.fields().len(), 1);
    let user = format!(r#"{{"data":{{"findUser":{{"id":"1","customData":{data}}}}}}}"#);
    let user = client(user).users().find().username("bob").include_custom_data().send().unwrap().unwrap();
    assert_eq!(user.custom_data.map(|data| data.fields().len()), Some(1));
    // An item that says something is not dropped silently.
    let nameless = r#"{"data":{"userBatch":[{"id":"1"},{"name":"x"}]}}"#;
    assert!(client(nameless).users().batch([ID]).send().unwrap_err().is_unexpected_answer());
}

#[test]
fn one_odd_field_of_custom_data_fails_neither_the_others_nor_the_other_users() {
    let fields = r#"[{"key":"a","dataType":"STRING","value":"x"},7,{"dataType":"NUMBER","value":"1"},null]"#;
    let alone = client(format!(r#"{{"data":{{"udv":{fields}}}}}"#)).users().custom_data(ID).send().unwrap();
    assert_eq!(alone.fields().len(), 1);
    assert_eq!(alone.odd().collect::<Vec<_>>(), ["7", r#"{"dataType":"NUMBER","value":"1"}"#]);
    let written = serde_json::to_string(&alone).unwrap();
    assert_eq!(serde_json::from_str::<authing::CustomData>(&written).unwrap(), alone);

    let targets = format!(
        r#"[{{"targetId":"1","data":{fields}}},{{"targetId":2,"data":null}},{{"data":[]}},null,
            {{"targetId":"3","data":{{"a":1}}}},{{"targetId":"4","data":[]}}]"#
    );
    let of_many = client(format!(r#"{{"data":{{"udfValueBatch":{targets}}}}}"#));
    let of_many = of_many.users().custom_data_of_many(["1", "2", "3", "4"]).send().unwrap();
    assert_eq!(of_many.get("1"), Some(&alone));
    assert!(of_many.get("2").unwrap().is_empty() && of_many.get("4").unwrap().is_empty());
    assert_eq!(of_many.get("3"), None, "what cannot be read is not taken for nothing");
    let odd: Vec<&str> = of_many.odd().collect();
    assert_eq!(odd, [r#"{"data":[]}"#, "null", r#"{"data":{"a":1},"targetId":"3"}"#]);
    let written = serde_json::to_string(&of_many).unwrap();
    assert_eq!(serde_json::from_str::<authing::CustomDataOfMany>(&written).unwrap(), of_many);
}
