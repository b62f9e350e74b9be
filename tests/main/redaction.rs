//! Nothing secret in `Debug`, `Display` or the chain of causes of anything that the crate hands out.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use authing::emulator::Pool;
use authing::transport::{Method, Request, Response, Transport, UreqTransport};
use authing::{
    Client, CustomDataInput, CustomValue, Error, IdentityInput, LoginStatus, MemoryTokenStore, Page, Patch,
    RefreshToken, Retry, Secret, TokenKey, TokenStore, User, UserCondition, UserInput, UserPatch,
    WithSecrets,
};
use serde_json::{Value, json};

use crate::samples::{ID, SAMPLES};
use crate::support::{Log, answering};

/// Counts what was looked at.
#[derive(Default)]
struct Scan {
    places: usize,
}

impl Scan {
    fn text(&mut self, what: &str, text: &str) {
        self.places += 1;
        let found = planted_in(text);
        assert!(found.is_none(), "{what} shows {found:?}: {text}");
    }

    fn debug(&mut self, what: &str, value: &impl Debug) {
        self.text(what, &format!("{value:?}"));
        self.text(what, &format!("{value:#?}"));
    }

    fn error(&mut self, what: &str, error: &Error) {
        self.debug(what, error);
        self.text(what, &error.to_string());
        self.text(what, &format!("{error:#}"));
        let mut cause = error.source();
        while let Some(next) = cause {
            self.text(what, &next.to_string());
            self.debug(what, &next);
            cause = next.source();
        }
    }
}

/// The forms in which a secret could show: as it is, as the numbers of its bytes, in base64.
fn planted_in(text: &str) -> Option<&'static str> {
    let lower: String = text.to_lowercase().split_whitespace().collect();
    ["planted", "112,108,97,110,116,101,100", "706c616e746564", "cgxhbnrlz", "yw50zw", "bgfudgvk"]
        .into_iter()
        .find(|form| lower.contains(form))
}

fn client(answer: impl Fn(&Request) -> Response + Send + Sync + 'static) -> (Client, Log) {
    let log = Log::default();
    let builder = answering(&log, answer).secret("planted-pool-secret").retry(Retry::none());
    (builder.build().unwrap(), log)
}

#[test]
fn the_scanner_finds_what_is_planted() {
    for text in [
        "x planted-y",
        "PLANTED",
        "cGxhbnRlZA==",
        "IHBsYW50ZWQ=",
        "ICBwbGFudGVk",
        "[112, 108, 97, 110, 116, 101, 100]",
        "[\n    112,\n    108,\n    97,\n    110,\n    116,\n    101,\n    100,\n]",
    ] {
        assert!(planted_in(text).is_some(), "{text}");
    }
    assert!(planted_in("plain text").is_none());
}

#[test]
fn nothing_secret_is_printed() {
    let mut scan = Scan::default();
    clients_and_builders(&mut scan);
    requests_and_responses(&mut scan);
    models(&mut scan);
    written_models(&mut scan);
    errors(&mut scan);
    transports(&mut scan);
    pools(&mut scan);
    hooks_and_stores(&mut scan);
    println!("{} places scanned, 0 secrets found", scan.places);
    assert!(scan.places > 500);
}

fn clients_and_builders(scan: &mut Scan) {
    let (client, _) = client(|_| Response::new(200, "{}"));
    let builder = Client::builder().user_pool_id("POOL").secret("planted-pool-secret").lang("en-US");
    scan.debug("ClientBuilder", &builder);
    scan.debug("Client", &client);
    scan.debug("Users", &client.users());
    scan.debug("Roles", &client.roles());
    scan.debug("Groups", &client.groups());
    for sample in SAMPLES {
        for printed in (sample.printed)(&client) {
            scan.text(sample.folder, &printed);
        }
        scan.debug(sample.folder, &(sample.wire)(&client).unwrap());
    }
    scan.debug("Pages", &client.users().list().pages());
    scan.debug("Items", &client.users().search("bob").iter());
    scan.debug("GraphQl", &client.graphql("query { a(token: \"planted\") }").variable("secret", "planted"));
    let rest = client.rest(Method::Post, "/api/x?token=planted").query("token", "planted").segment("planted");
    scan.debug("Rest", &rest.json(json!({"token": "planted"})));
    scan.debug("Secret", &Secret::new("planted"));
}

fn requests_and_responses(scan: &mut Scan) {
    let (client, log) =
        client(|_| Response::new(200, r#"{"x":"planted"}"#).with_header("set-cookie", "planted"));
    for sample in SAMPLES {
        scan.debug(sample.folder, &(sample.send_raw)(&client).unwrap());
    }
    let _ = client.rest(Method::Get, "/api").query("email", "planted@example.com").send_raw().unwrap();
    assert!(log.requests().iter().any(|request| request.header("authorization").is_some()));
    for request in log.requests() {
        scan.debug(request.operation(), &request);
    }
    let token = log.requests().remove(0);
    assert!(String::from_utf8_lossy(token.body().unwrap()).contains("planted"), "it does hold the secret");
}

fn models(scan: &mut Scan) {
    let user = json!({
        "id": "1", "username": "bob", "password": "planted-hash", "token": "planted-token", "oauth": "planted-oauth",
        "salt": "planted-salt", "encryptedPassword": {"x": "planted"}, "blocked": "planted-odd",
        "customData": [{"key": "school", "dataType": "STRING", "value": "planted-value", "label": "School"}],
        "identities": [{"provider": "wechat", "accessToken": "planted", "refreshToken": "planted", "userInfoInIdp": "{\"token\":\"planted\"}", "more": "planted"}],
    });
    let parsed: User = serde_json::from_value(user.clone()).unwrap();
    assert_eq!(parsed.password.as_ref().unwrap().expose(), "planted-hash", "it is there");
    scan.debug("User", &parsed);
    scan.debug("Extra", &parsed.extra);
    scan.debug("CustomData", parsed.custom_data.as_ref().unwrap());
    scan.debug("CustomField", &parsed.custom_data.as_ref().unwrap().fields()[0]);
    scan.debug("Identity", &parsed.identities[0]);
    let page: Page<User> = serde_json::from_value(json!({"totalCount": 1, "list": [user]})).unwrap();
    scan.debug("Page", &page);
    let token: RefreshToken =
        serde_json::from_value(json!({"token": "planted", "iat": 1, "exp": 2})).unwrap();
    scan.debug("RefreshToken", &token);
    let input = UserInput::new().username("bob").password("planted").oauth("planted");
    scan.debug("UserInput", &input);
    let patch = UserPatch::new().nickname("N").password("planted").oauth("planted");
    scan.debug("UserPatch", &patch);
    scan.debug("Patch", &Patch::Set(Secret::new("planted")));
    let identity = IdentityInput::new("wechat", "1").access_token("planted").refresh_token("planted");
    scan.debug("IdentityInput", &identity);
    let data: CustomDataInput = [("school", CustomValue::from("planted"))].into_iter().collect();
    scan.debug("CustomDataInput", &data);
    let users = Pool::new().client().users();
    scan.debug("SetUserCustomValue", &users.set_custom_value(ID, "school", "planted"));
    let conditions = [
        UserCondition::custom_field("school").is("planted"),
        UserCondition::raw(json!(["school", "EQ", "planted"])),
    ];
    scan.debug("FilterUsers", &users.filter(conditions));
}

/// What a plain `Serialize` writes of models, and what it writes when the program asks for all.
fn written_models(scan: &mut Scan) {
    let odd = json!({"oauth": {"x": "planted"}, "token": ["planted"], "parent": {"secret": "planted"}});
    let mut user = json!({
        "id": "1", "password": "planted-hash", "token": "planted-token", "oauth": "planted-oauth", "salt": "planted",
        "secretInfo": {"x": "planted"}, "encryptedPassword": "planted", "jwtSecret": "planted", "blocked": odd,
        "thirdPartyIdentity": {"provider": "x", "accessToken": "planted"}, "syncExtInfo": "{\"token\":\"planted\"}",
        "identities": [
            {"provider": "wechat", "accessToken": "planted", "refreshToken": "planted", "userInfoInIdp": "planted"},
            [{"accessToken": "planted"}],
        ],
        "customData": [{"label": "no key", "secret": "planted"}],
    });
    let parsed: User = serde_json::from_value(user.clone()).unwrap();
    let page = json!({"totalCount": 1, "list": [user]});
    let page: Page<User> = serde_json::from_value(page).unwrap();
    let status: LoginStatus = serde_json::from_value(
        json!({"isLogin": true, "user": user, "application": [{"secret": "planted"}]}),
    )
    .unwrap();
    let token: RefreshToken = serde_json::from_value(json!({"token": "planted", "iat": 1})).unwrap();
    let map: std::collections::HashMap<_, _> = [("bob", &parsed)].into();
    scan.text("User as JSON", &serde_json::to_string(&parsed).unwrap());
    scan.text("User as Value", &serde_json::to_value(&parsed).unwrap().to_string());
    scan.text("Page as JSON", &serde_json::to_string(&page).unwrap());
    scan.text("a list as JSON", &serde_json::to_string(&page.list).unwrap());
    scan.text("a map as JSON", &serde_json::to_string(&map).unwrap());
    scan.text("LoginStatus as JSON", &serde_json::to_string(&status).unwrap());
    scan.text("RefreshToken as JSON", &serde_json::to_string(&token).unwrap());
    scan.debug("WithSecrets", &WithSecrets::new(&map));

    assert!(planted_in(&serde_json::to_string(&map).unwrap()).is_none());
    assert!(planted_in(&serde_json::to_string(&WithSecrets::new(&map)).unwrap()).is_some());
    assert_eq!(serde_json::to_value(token.with_secrets()).unwrap(), json!({"token": "planted", "iat": 1}));
    // Nothing is lost with them.
    let written = serde_json::to_value(parsed.with_secrets()).unwrap();
    assert_eq!(written, user.take());
}

fn errors(scan: &mut Scan) {
    // Bodies that cannot be read, each with the secret where the parser stumbles.
    let bodies = [
        "planted",
        "<html>planted</html>",
        r#"{"planted":"planted"}"#,
        r#"{"data":"planted"}"#,
        r#"{"data":["planted"]}"#,
        r#"{"code":200,"data":"planted"}"#,
        r#"{"code":200,"data":{"id":["planted"]}}"#,
        r#"{"code":200,"data":{"id":{"x":"planted"}}}"#,
        r#"{"code":200,"data":{"name":"planted"}}"#,
        r#"{"code":200,"data":{"id":"planted","password":"plant"#,
        r#"{"code":500,"message":"no","data":{"password":"planted"}}"#,
        r#"{"errors":[{"message":{"code":500,"message":"no","data":"planted"}}],"data":{"token":"planted"}}"#,
        r#"{"data":{"users":{"totalCount":"planted, expected planted","list":[]}}}"#,
        r#"{"data":{"users":{"totalCount":1,"list":"planted"}}}"#,
        r#"{"data":{"refreshToken":{"token":["planted"]}}}"#,
        r#"{"data":{"refreshToken":{"token":"planted","iat":"planted"}}}"#,
        r#"{"data":{"createUser":"planted"}}"#,
        r#"{"data":{"deleteUser":{"code":"planted","message":["planted"]}}}"#,
        r#"{"data":{"updateUser":{"name":"planted""#,
    ];
    for status in [200, 400, 401, 500] {
        for body in bodies {
            let (client, _) = client(move |_| Response::new(status, body));
            for sample in SAMPLES {
                if let Err(error) = (sample.send)(&client) {
                    scan.error(sample.folder, &error);
                }
            }
        }
    }
    // Types of the caller's own, whose messages quote what they met.
    #[derive(Debug, serde::Deserialize)]
    enum Nothing {}
    #[derive(Debug, serde::Deserialize)]
    enum Colour {
        Red,
    }
    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Empty {}
    for data in [r#""planted""#, r#"{"planted":1}"#, r#"{"Red":"planted"}"#, r#"["planted"]"#, "7"] {
        let (client, _) = client(move |_| Response::new(200, format!(r#"{{"code":200,"data":{data}}}"#)));
        let rest = client.rest(Method::Get, "/x");
        for error in [
            rest.send::<Nothing>().map(drop).unwrap_err(),
            rest.send::<Colour>().map(|Colour::Red| ()).unwrap_err(),
            rest.send::<Empty>().map(drop).unwrap_err(),
            rest.send::<std::net::IpAddr>().map(drop).unwrap_err(),
            rest.send::<char>().map(drop).unwrap_err(),
        ] {
            scan.error("a type of the caller's", &error);
        }
    }
    let (client, _) = client(|_| Response::new(200, "{}"));
    let long = "planted".repeat(30);
    scan.error(
        "a password too long",
        &client.users().create().username("bob").password(long).send().unwrap_err(),
    );
    for builder in [
        Client::builder().user_pool_id("POOL").secret("planted").host("https://bob:planted@host.example"),
        Client::builder().user_pool_id("POOL").secret("planted").public_key("planted"),
        Client::builder().user_pool_id("POOL").secret("planted").lang("planted\n"),
    ] {
        scan.error("configuration", &builder.build().unwrap_err());
    }
    // The token itself does not come, or comes odd.
    for (status, body) in
        [(200, r#"{"data":{"accessToken":{"accessToken":["planted"]}}}"#), (403, "planted"), (200, "planted")]
    {
        let transport = move |_: &Request| Ok(Response::new(status, body));
        let client =
            Client::builder().user_pool_id("POOL").secret("planted").transport(transport).build().unwrap();
        scan.error("accessToken", &client.users().detail(ID).send().unwrap_err());
    }
}

fn transports(scan: &mut Scan) {
    let transport = UreqTransport::builder().no_proxy().build();
    scan.debug("UreqTransport", &transport);
    let builder = UreqTransport::builder().proxy("http://bob:planted@127.0.0.1:1").unwrap();
    scan.debug("UreqTransportBuilder", &builder);
    let proxied = builder.build();
    scan.debug("UreqTransport", &proxied);
    scan.error(
        "a proxy that is none",
        &UreqTransport::builder().proxy("planted planted").map(drop).unwrap_err().into(),
    );
    scan.error(
        "no certificates",
        &UreqTransport::builder().root_certificates_only(b"planted").map(drop).unwrap_err().into(),
    );
    for transport in [&transport, &proxied] {
        for request in [
            Request::new(Method::Get, "http://127.0.0.1:1/x?token=planted"),
            Request::new(Method::Get, "http://127.0.0.1:1/a b?planted"),
            Request::new(Method::Get, "nonsense://host/?planted"),
            Request::new(Method::Post, "http://127.0.0.1:1/")
                .with_header("authorization", "Bearer planted\n")
                .with_body("planted"),
        ] {
            scan.debug("Request", &request);
            let error = transport.send(&request).unwrap_err();
            scan.debug("TransportError", &error);
            scan.text("TransportError", &error.to_string());
            let mut cause = error.source();
            while let Some(next) = cause {
                scan.text("cause of a TransportError", &format!("{next} {next:?}"));
                cause = next.source();
            }
        }
    }
    let client = Client::builder()
        .user_pool_id("POOL")
        .secret("planted")
        .host("http://127.0.0.1:1")
        .retry(Retry::none());
    let client = client.transport(UreqTransport::builder().no_proxy().build()).build().unwrap();
    let error = client.users().create().username("bob").password("planted").send().unwrap_err();
    assert!(error.is_connection(), "{error}");
    scan.error("nobody listens", &error);
}

fn pools(scan: &mut Scan) {
    let builder = Pool::builder().secret("planted");
    scan.debug("PoolBuilder", &builder);
    let pool = builder.build();
    scan.debug("Pool", &pool);
    scan.debug("PoolClock", pool.clock());
    scan.debug("Server", &pool.serve("127.0.0.1:0").unwrap());
    scan.debug("ClientBuilder", &pool.client_builder());
    let client = pool.client_builder().build().unwrap();
    scan.debug("Client", &client);
    let _: Value = client
        .graphql(
            "mutation { setUdf(targetType: USER, key: \"school\", dataType: STRING, label: \"S\") { key } }",
        )
        .send("setUdf")
        .unwrap();
    let created =
        client.users().create().username("bob").password("planted").custom_data("school", "planted");
    scan.debug("CreateUser", &created);
    scan.debug("User", &created.include_custom_data().send().unwrap());
}

/// What is handed to code of the caller's: each attempt, and the token that a store keeps.
fn hooks_and_stores(scan: &mut Scan) {
    let answer = r#"{"data":{"accessToken":{"accessToken":"planted","iat":1,"exp":1296001}},"errors":[]}"#;
    let printed = Arc::new(Mutex::new(Vec::<String>::new()));
    let (store, log, seen) = (MemoryTokenStore::new(), Log::default(), Arc::clone(&printed));
    let transport = move |request: &Request| match request.operation() {
        "accessToken" => Ok(Response::new(200, answer)),
        _ => Ok(Response::new(502, "planted").with_header("x-request-id", "r-1")),
    };
    let builder = Client::builder()
        .user_pool_id("POOL")
        .secret("planted")
        .token_store(store.clone())
        .retry(Retry::none())
        .on_attempt(move |attempt| {
            seen.lock().unwrap().push(format!(
                "{attempt:?} {attempt:#?} {:?} {}",
                attempt.error(),
                attempt.operation()
            ));
        })
        .transport(log.before(transport));
    scan.debug("ClientBuilder", &builder);
    let client = builder.build().unwrap();
    scan.error(
        "with hooks",
        &client.users().create().username("bob").custom_data("a", "planted").send().unwrap_err(),
    );
    assert_eq!(log.last().header("authorization"), Some("Bearer planted"));
    let attempts = std::mem::take(&mut *printed.lock().unwrap());
    assert!(!attempts.is_empty());
    attempts.iter().for_each(|attempt| scan.text("Attempt", attempt));
    let key = TokenKey::new(client.host(), client.user_pool_id());
    let stored = store.get(&key).unwrap().expect("the token was put there");
    scan.debug("StoredToken", &stored);
    scan.debug("MemoryTokenStore", &store);
    scan.debug("TokenKey", &key);
    scan.debug("Stats", &client.stats());
}
