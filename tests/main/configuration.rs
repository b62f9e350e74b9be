//! Settings of a client: which are refused, and where requests go.

use std::process::Command;
use std::time::Duration;

use authing::transport::{Response, UreqTransport};
use authing::{Client, ClientBuilder, ErrorKind};

use crate::support::{Log, answering};

fn good() -> ClientBuilder {
    Client::builder().user_pool_id("POOL").secret("SECRET")
}

#[test]
fn a_setting_that_cannot_be_used_is_named_when_the_client_is_built() {
    let table = [
        ("no pool id", "user_pool_id", Client::builder().secret("s")),
        ("an empty pool id", "user_pool_id", good().user_pool_id("")),
        ("a pool id that starts a header", "user_pool_id", good().user_pool_id("a\r\nx-injected: 1")),
        ("no secret", "secret", Client::builder().user_pool_id("p")),
        ("an empty secret", "secret", good().secret("")),
        ("a secret with the end of its line", "secret", good().secret("planted\n")),
        ("a host without scheme", "host", good().host("core.authing.cn")),
        ("an empty host", "host", good().host("")),
        ("a host of another scheme", "host", good().host("ftp://core.authing.cn")),
        ("a host with credentials", "host", good().host("https://user:planted@core.authing.cn")),
        ("a host with a query", "host", good().host("https://core.authing.cn/?x=1")),
        ("a host that starts a header", "host", good().host("https://core.authing.cn\r\nx-injected: 1")),
        ("plain http to the world", "host", good().host("http://core.authing.cn")),
        ("plain http to what looks like loopback", "host", good().host("http://127.0.0.1.example")),
        ("an emulated pool in the world", "host", good().user_pool_id("emulated-x")),
        ("an empty language", "lang", good().lang("")),
        ("a language that starts a header", "lang", good().lang("en\r\nx-injected: 1")),
        ("a key that is none", "public_key", good().public_key("-----BEGIN PUBLIC KEY-----")),
        ("no time for an attempt", "timeout", good().timeout(Duration::ZERO)),
        ("no time for a call", "deadline", good().deadline(Duration::ZERO)),
    ];
    for (what, setting, builder) in table {
        let error = builder.build().expect_err(what);
        println!("{what:<40} {error}");
        assert_eq!(error.kind(), ErrorKind::Configuration, "{what}: {error}");
        assert_eq!((error.operation(), error.field()), ("client", Some(setting)), "{what}: {error}");
        assert!(!error.to_string().contains("planted"), "{error}");
    }
    let bare = || Ok(Response::new(200, ""));
    for (what, setting, builder) in [
        ("a proxy that is none", "proxy", good().proxy("no proxy at all")),
        ("a SOCKS proxy", "proxy", good().proxy("socks5://127.0.0.1:1")),
        ("no certificate", "add_root_certificate", good().add_root_certificate("none")),
        ("no certificate", "root_certificates_only", good().root_certificates_only(b"none")),
        ("a certificate that is none", "add_root_certificate", good().add_root_certificate(GARBAGE)),
        ("two transports", "transport", good().no_proxy().transport_fn(move |_| bare())),
    ] {
        let error = builder.build().expect_err(what);
        println!("{what:<40} {error}");
        assert_eq!((error.kind(), error.field()), (ErrorKind::Configuration, Some(setting)), "{what}");
        assert_eq!(error.operation(), "client");
    }
    for (setting, result) in [
        ("proxy", UreqTransport::builder().proxy("no proxy at all").map(drop)),
        ("add_root_certificate", UreqTransport::builder().add_root_certificate("none").map(drop)),
        ("root_certificates_only", UreqTransport::builder().root_certificates_only("none").map(drop)),
    ] {
        let error = result.expect_err(setting);
        assert_eq!(error.setting().map(|(name, _)| name), Some(setting));
        // So that `?` works.
        let error = authing::Error::from(error);
        assert_eq!((error.kind(), error.field()), (ErrorKind::Configuration, Some(setting)));
    }
}

/// PEM, and nothing in it.
const GARBAGE: &str = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

#[test]
fn plain_http_is_possible_when_it_is_asked_for_by_name() {
    let builder = good().host("http://idp.corp.example").dangerously_allow_plain_http();
    assert_eq!(builder.build().unwrap().host(), "http://idp.corp.example");
    // An emulated pool's id is a promise that nothing leaves the machine.
    assert!(
        good()
            .user_pool_id("emulated-x")
            .host("http://pool.example")
            .dangerously_allow_plain_http()
            .build()
            .is_err()
    );
}

#[test]
fn a_trailing_slash_and_a_path_prefix_of_the_host_work() {
    for (host, base) in [
        ("https://core.authing.cn", "https://core.authing.cn"),
        ("https://core.authing.cn/", "https://core.authing.cn"),
        ("https://core.authing.cn///", "https://core.authing.cn"),
        ("https://idp.corp.example:8443/authing", "https://idp.corp.example:8443/authing"),
        ("https://idp.corp.example/a/b/", "https://idp.corp.example/a/b"),
        ("http://[::1]:3000/", "http://[::1]:3000"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://localhost", "http://localhost"),
    ] {
        let log = Log::default();
        let client = answering(&log, |_| Response::new(200, r#"{"code":200,"data":null}"#))
            .host(host)
            .build()
            .unwrap();
        assert_eq!(client.host(), base);
        assert!(client.users().detail("a/b").include_custom_data().send().unwrap().is_none());
        let urls: Vec<String> = log.requests().iter().map(|request| request.url().to_owned()).collect();
        assert_eq!(
            urls,
            [format!("{base}/graphql/v2"), format!("{base}/api/v2/users/a%2Fb?with_custom_data=true")],
            "{host}"
        );
    }
}

#[test]
fn every_request_says_whose_it_is_and_in_which_language() {
    let log = Log::default();
    let answer = r#"{"data":{"findUser":null}}"#;
    let client = answering(&log, move |_| Response::new(200, answer)).lang("en-US").build().unwrap();
    assert!(client.users().find().username("bob").send().unwrap().is_none());
    for request in log.requests() {
        for (name, value) in [
            ("x-authing-userpool-id", "POOL"),
            ("x-authing-request-from", "sdk"),
            ("x-authing-lang", "en-US"),
            ("content-type", "application/json"),
            ("accept", "application/json"),
        ] {
            assert_eq!(request.header(name), Some(value), "{name} of {}", request.operation());
        }
        assert!(request.header("user-agent").unwrap().starts_with("authing-rust/"));
        let signed = request.operation() != "accessToken";
        assert_eq!(request.header("authorization"), signed.then_some("Bearer TOKEN"));
    }
}

#[test]
fn building_a_client_sends_nothing() {
    let log = Log::default();
    let client = answering(&log, |_| Response::new(200, "{}")).build().unwrap();
    let _unsent = (client.users().list(), client.users().create().password("x"), client.clone());
    assert_eq!(log.len(), 0);
}

/// The environment of this process belongs to all tests, so another process is asked.
#[test]
fn the_environment_is_read_and_a_missing_variable_is_named() {
    let all = [
        ("AUTHING_USERPOOL_ID", "emulated-from-environment"),
        ("AUTHING_USERPOOL_SECRET", "planted"),
        ("AUTHING_HOST", "http://127.0.0.1:3000/prefix/"),
    ];
    let cloud = [("AUTHING_USERPOOL_ID", "p"), ("AUTHING_USERPOOL_SECRET", "planted")];
    let empty_host = [cloud[0], cloud[1], ("AUTHING_HOST", "")];
    let bad_host = [cloud[0], cloud[1], ("AUTHING_HOST", "nonsense")];
    let odd_lang = [cloud[0], cloud[1], ("AUTHING_LANG", "en US")];
    for (variables, expected) in [
        (&odd_lang[..], "client: lang: must contain only visible ASCII characters"),
        (&all[..], "emulated-from-environment at http://127.0.0.1:3000/prefix"),
        (&cloud[..], "p at https://core.authing.cn"),
        (&empty_host[..], "p at https://core.authing.cn"),
        (&bad_host[..], "client: host: is not a URL: it needs `https://` in front"),
        (&all[1..], "client: user_pool_id: environment variable AUTHING_USERPOOL_ID is not set"),
        (&all[..1], "client: secret: environment variable AUTHING_USERPOOL_SECRET is not set"),
        (&[], "client: user_pool_id: environment variable AUTHING_USERPOOL_ID is not set"),
    ] {
        let output = in_environment(variables);
        assert!(output.contains(&format!("<{expected}>")), "{expected}: {output}");
        assert!(!output.contains("planted"), "{output}");
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_cannot_be_read_is_not_passed_over() {
    use std::os::unix::ffi::OsStrExt;

    let odd = std::ffi::OsStr::from_bytes(b"https://\xff.example");
    let all = ["AUTHING_USERPOOL_ID", "AUTHING_USERPOOL_SECRET", "AUTHING_HOST"];
    for (variable, setting) in all.into_iter().zip(["user_pool_id", "secret", "host"]) {
        let value = |name| if name == variable { odd } else { "https://x.example".as_ref() };
        let output = in_environment(&all.map(|name| (name, value(name))));
        let expected = format!("<client: {setting}: environment variable {variable} is not Unicode>");
        assert!(output.contains(&expected), "{expected}: {output}");
    }
}

/// What `a_client_from_the_environment` prints with these variables and no others of ours.
fn in_environment(variables: &[(&str, impl AsRef<std::ffi::OsStr>)]) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "configuration::a_client_from_the_environment", "--ignored", "--nocapture"])
        .env_remove("AUTHING_USERPOOL_ID")
        .env_remove("AUTHING_USERPOOL_SECRET")
        .env_remove("AUTHING_HOST")
        .env_remove("AUTHING_LANG")
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[ignore = "run by another test, in an environment of its own"]
fn a_client_from_the_environment() {
    match Client::from_env() {
        Ok(client) => println!("<{} at {}> {client:?}", client.user_pool_id(), client.host()),
        Err(error) => println!("<{error}> {error:?}"),
    }
}
