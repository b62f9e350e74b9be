//! Who signed in where, what users did, and what is counted over both.

use authing::emulator::Pool;
use authing::transport::Method;
use serde_json::{Value, json};

use crate::ask::Asker;

const ANN: &str = "613872b19c90be7d4da40001";
const BOB: &str = "613872b19c90be7d4da40002";
const SHOP: &str = "6139c4d24e78a4d706b70001";
const DESK: &str = "6139c4d24e78a4d706b70002";

fn seed() -> Value {
    json!({
        "version": 1,
        "customFields": [{ "targetType": "USER", "key": "age", "dataType": "NUMBER" }],
        "users": [
            { "id": ANN, "username": "ann", "nickname": "Annie", "customData": { "age": 30 } },
            { "id": BOB, "username": "bob" },
        ],
        "applications": [
            { "id": SHOP, "name": "Shop", "identifier": "shop" },
            { "id": DESK, "name": "Desk", "identifier": "desk" },
        ],
        "logins": [
            { "userId": ANN, "application": SHOP, "deviceId": "phone", "count": 3, "lastAt": "2021-09-08T08:00:00.000Z" },
            { "userId": ANN, "application": DESK, "isActive": false },
            { "userId": BOB, "application": SHOP, "count": 2 },
        ],
        "userActions": [
            { "userId": ANN, "operation": "login", "application": SHOP, "at": "2021-09-08T08:00:00.000Z",
              "requestId": "r1", "operationType": "READ", "resourceName": "USER", "clientIp": "192.0.2.1" },
            { "userId": BOB, "operation": "logout", "at": "2021-09-09T08:00:00.000Z", "resultCode": 500 },
        ],
    })
}

fn asker() -> Asker {
    Asker::of(Pool::from_seed(&seed().to_string()).unwrap())
}

#[test]
fn a_snapshot_keeps_sign_ins_and_actions() {
    let ask = asker();
    let snapshot = ask.pool.snapshot();
    let copy = Pool::from_seed(&snapshot).unwrap();
    assert_eq!(copy.snapshot(), snapshot);
    let written: Value = serde_json::from_str(&snapshot).unwrap();
    assert_eq!(written["logins"].as_array().unwrap().len(), 3);
    assert_eq!(written["userActions"][0]["clientIp"], "192.0.2.1");
    // What a deleted user did stays known.
    ask.data(&format!("mutation {{ deleteUser(id: \"{BOB}\") {{ code }} }}"), json!({}));
    let snapshot = ask.pool.snapshot();
    assert_eq!(Pool::from_seed(&snapshot).unwrap().snapshot(), snapshot);
    assert_eq!(serde_json::from_str::<Value>(&snapshot).unwrap()["userActions"].as_array().unwrap().len(), 2);
}

#[test]
fn every_filter_of_user_actions_is_honoured() {
    let ask = asker();
    let pool = ask.pool.id();
    let cases = [
        (String::new(), vec!["logout", "login"]),
        ("request_id=r1".to_owned(), vec!["login"]),
        ("clientip=127.0.0.1".to_owned(), vec!["logout"]),
        ("operation_name[]=login&operation_name[]=logout".to_owned(), vec!["logout", "login"]),
        ("operation_name=login".to_owned(), vec!["login"]),
        ("eventType=logout".to_owned(), vec!["logout"]),
        ("operationType=READ".to_owned(), vec!["login"]),
        ("resourceName=USER".to_owned(), vec!["login"]),
        ("eventResultCode=500".to_owned(), vec!["logout"]),
        (format!("userId={ANN}"), vec!["login"]),
        ("userName=Annie".to_owned(), vec!["login"]),
        (format!("appId={SHOP}"), vec!["login"]),
        (format!("app_id[]={DESK}"), vec![]),
        ("exclude_non_app_records=1".to_owned(), vec!["login"]),
        (format!("operator_arn[]=arn:cn:authing:{pool}:user:{BOB}"), vec!["logout"]),
        (format!("operator_arn=arn:cn:authing:user:{ANN}"), vec!["login"]),
        ("operator_arn=somebody".to_owned(), vec![]),
        ("start=1631150000000".to_owned(), vec!["logout"]),
        ("end=1631150000000".to_owned(), vec!["login"]),
        ("page=2&limit=1".to_owned(), vec!["login"]),
        ("page=null&limit=null&clientip=&operator_arn=".to_owned(), vec!["logout", "login"]),
    ];
    for (query, expected) in cases {
        let found = ask.rest_data(Method::Get, &format!("/api/v2/analysis/user-action?{query}"), None);
        let names: Vec<_> = found["list"]
            .as_array()
            .unwrap()
            .iter()
            .map(|own| own["operation_name"].as_str().unwrap())
            .collect();
        assert_eq!(names, expected, "{query}");
    }
    let first = ask.rest_data(Method::Get, "/api/v2/analysis/user-action?limit=1&page=2", None);
    assert_eq!(first["totalCount"], 2);
    let first = &first["list"][0];
    assert_eq!((&first["user"]["displayName"], &first["app"]["name"]), (&json!("Annie"), &json!("Shop")));
}

#[test]
fn counts_come_from_who_signed_in() {
    let ask = asker();
    let count = |path: &str| ask.rest_data(Method::Get, &format!("/api/v2/analysis/{path}"), None);
    assert_eq!(count(&format!("total-login-count?appId={SHOP}")), 2);
    assert_eq!(count(&format!("total-login-count?appId={DESK}")), 1);
    assert_eq!(count(&format!("exist-defined-field-count?definedFieldKey=age&appId={SHOP}")), 1);
    let refused = ask.rest(Method::Get, "/api/v2/analysis/total-login-count?appId=x", None);
    assert_eq!(refused["code"], 2011);
    let users = ask.rest_data(Method::Get, &format!("/api/v2/applications/{SHOP}/active-users"), None);
    assert_eq!((&users["totalCount"], &users["list"][1]["loginsCount"]), (&json!(2), &json!(3)));
}

#[test]
fn users_are_filtered_by_application() {
    let ask = asker();
    let filter = |conditions: Value| {
        let body = json!({ "filter": conditions });
        let found = ask.rest_data(Method::Post, "/api/v2/users/filter", Some(body));
        let list = found["list"].as_array().unwrap().clone();
        list.iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let app = |operator: &str, id: &str| json!([{ "type": "OtherFields", "value": "app" }, operator, { "id": id, "label": "Shop" }]);
    assert_eq!(filter(json!([app("EQ", SHOP)])), ["bob", "ann"]);
    assert_eq!(filter(json!([app("NEQ", DESK)])), ["bob"]);
    let age = json!([{ "type": "userDefinedFields", "value": "age" }, "EQ", "30"]);
    assert_eq!(filter(json!([app("EQ", SHOP), age])), ["ann"]);
}

#[test]
fn logging_out_of_one_application_leaves_the_others() {
    let ask = asker();
    let status = |query: &str| {
        ask.rest_data(Method::Get, &format!("/api/v2/users/login-status?userId={ANN}{query}"), None)
    };
    assert_eq!(status("")["application"][0]["id"], SHOP);
    assert_eq!(status(&format!("&appId={SHOP}&deviceId=phone"))["isLogin"], true);
    assert_eq!(status(&format!("&appId={SHOP}&deviceId=tablet"))["isLogin"], false);
    assert_eq!(status(&format!("&appId={DESK}"))["isLogin"], false);
    let issue = "mutation ($id: String) { refreshToken(id: $id) { token } }";
    ask.data(issue, json!({ "id": ANN }));
    ask.rest_data(Method::Get, &format!("/logout?userId={ANN}&appId={SHOP}"), None);
    assert_eq!(status(&format!("&appId={SHOP}"))["isLogin"], false);
    assert_eq!(status("")["isLogin"], true, "the token is still good");
    ask.rest_data(Method::Get, &format!("/logout?userId={ANN}"), None);
    assert_eq!(status("")["isLogin"], false);
    assert_eq!(ask.rest(Method::Get, &format!("/logout?userId={ANN}&appId=x"), None)["code"], 2011);
}

#[test]
fn who_is_not_active_cannot_sign_in() {
    let ask = asker();
    let issue = "mutation ($id: String) { refreshToken(id: $id) { token } }";
    let check = "query ($t: String) { checkLoginStatus(token: $t) { status } }";
    let status = "query ($id: String) { user(id: $id) { status } }";
    for (path, name) in [("suspend", "Suspended"), ("resign", "Resigned")] {
        let token = ask.data(issue, json!({ "id": ANN }))["refreshToken"]["token"].take();
        ask.rest_data(Method::Post, &format!("/api/v2/users/{ANN}/{path}"), Some(json!({})));
        assert_eq!(ask.data(status, json!({ "id": ANN }))["user"]["status"], name);
        assert_eq!(ask.data(check, json!({ "t": token }))["checkLoginStatus"]["status"], false);
        assert_eq!(ask.code(issue, json!({ "id": ANN })), 2005);
        ask.rest_data(Method::Post, &format!("/api/v2/users/{ANN}/activate"), Some(json!({})));
        assert_eq!(ask.data(status, json!({ "id": ANN }))["user"]["status"], "Activated");
    }
    for (path, body) in
        [("resign-user", json!({ "userId": BOB })), ("resign-user-batch", json!({ "userIds": [BOB] }))]
    {
        ask.rest_data(Method::Post, &format!("/api/v2/users/{BOB}/activate"), Some(json!({})));
        assert_eq!(ask.rest(Method::Post, &format!("/api/v3/{path}"), Some(body))["statusCode"], 200);
        assert_eq!(ask.data(status, json!({ "id": BOB }))["user"]["status"], "Resigned");
    }
    let block = "mutation ($id: String) { updateUser(id: $id, input: { blocked: true }) { blocked } }";
    ask.data(block, json!({ "id": ANN }));
    assert_eq!(ask.code(issue, json!({ "id": ANN })), 2005);
}
