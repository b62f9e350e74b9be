//! Which certificates are trusted: added to the builder, or named by the environment.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::Command;
use std::sync::Arc;
use std::thread;

use authing::{Client, ClientBuilder, ErrorKind};

use super::support::answer;
use super::tls::Authority;

/// A server whose certificate is from that authority, and which knows no user.
fn server(authority: &Authority) -> SocketAddr {
    let config = authority.server("127.0.0.1", 365);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = rustls::StreamOwned::new(connection, stream.unwrap());
            thread::spawn(move || {
                let mut request = Vec::new();
                let mut part = [0; 4096];
                while let Ok(read @ 1..) = stream.read(&mut part) {
                    request.extend_from_slice(&part[..read]);
                    let text = String::from_utf8_lossy(&request).into_owned();
                    let body = match text.ends_with('}').then_some(&text) {
                        Some(text) if text.contains("findUser") => r#"{"data":{"findUser":null}}"#,
                        Some(_) => r#"{"data":{"accessToken":{"accessToken":"t","iat":1,"exp":9999}}}"#,
                        None => continue,
                    };
                    request.clear();
                    if stream.write_all(&answer(200, &[], body.as_bytes())).is_err() {
                        return;
                    }
                }
            });
        }
    });
    addr
}

fn builder(addr: &str) -> ClientBuilder {
    Client::builder().user_pool_id("POOL").secret("SECRET").host(format!("https://{addr}"))
}

fn ask(builder: ClientBuilder) -> Result<(), authing::Error> {
    assert!(builder.build()?.users().find().username("bob").send()?.is_none());
    Ok(())
}

#[test]
fn a_certificate_is_added_in_one_line() {
    let (ours, other) = (Authority::new(), Authority::new());
    let addr = server(&ours).to_string();
    ask(builder(&addr).add_root_certificate(ours.pem())).unwrap();
    ask(builder(&addr).add_root_certificate(other.pem()).add_root_certificate(ours.pem())).unwrap();
    ask(builder(&addr).root_certificates_only(ours.pem())).unwrap();
    for builder in [builder(&addr), builder(&addr).root_certificates_only(other.pem())] {
        let error = ask(builder).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
        let expected = format!("secure connection to https://{addr} failed");
        assert_eq!((error.message(), error.may_have_happened()), (&*expected, false));
    }
}

/// The environment of this process belongs to all tests, so another process is asked.
#[test]
fn the_variables_of_openssl_are_obeyed_and_only_where_they_are_needed() {
    let ours = Authority::new();
    let addr = server(&ours).to_string();
    let directory = std::env::temp_dir().join(format!("authing-cert-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let file = |name: &str, text: &str| {
        let path = directory.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (good, bad) = (file("good.pem", &ours.pem()), file("bad.pem", "nothing"));
    file("0a1b2c3d.0", &ours.pem());
    let (by_hash, missing) = (directory.to_str().unwrap(), "/nowhere/at/all.pem");
    let (https, http) = (&*format!("https://{addr}"), &*format!("http://{}", super::names::closed_port()));
    let table = [
        (https, &[("SSL_CERT_FILE", &*good)][..], "went well"),
        (https, &[("SSL_CERT_DIR", by_hash)], "went well"),
        (https, &[("SSL_CERT_FILE", &bad)], "contains no certificate in PEM"),
        (
            https,
            &[("SSL_CERT_FILE", missing)],
            "client: root_certificates: environment variable SSL_CERT_FILE: /nowhere/at/all.pem cannot be read",
        ),
        (https, &[("SSL_CERT_FILE", "")], "secure connection to"),
        (http, &[("SSL_CERT_FILE", missing)], "connection to http://127.0.0.1:"),
        // A proxy of the environment is not for loopback.
        (https, &[("SSL_CERT_FILE", &good), ("HTTPS_PROXY", "htp//planted")], "went well"),
        (
            "https://idp.example",
            &[("HTTPS_PROXY", "htp//planted")],
            "client: proxy: environment variable HTTPS_PROXY is not the address of a proxy",
        ),
        (
            "https://idp.example",
            &[("https_proxy", "http://127.0.0.1:1")],
            "connection to https://idp.example through the proxy http://127.0.0.1:1 failed",
        ),
    ];
    for (host, variables, expected) in table {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let name = "roots::a_client_in_an_environment";
        command.args(["--exact", name, "--ignored", "--nocapture"]).env("ASKED_HOST", host);
        let known = ["SSL_CERT_FILE", "SSL_CERT_DIR", "ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"];
        for name in known {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        let output = command.envs(variables.iter().copied()).output().unwrap();
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.contains(expected), "{host} {variables:?}: {output}");
        assert!(!output.contains("planted"), "{output}");
    }
    std::fs::remove_dir_all(directory).unwrap();
}

#[test]
#[ignore = "run by another test, in an environment of its own"]
fn a_client_in_an_environment() {
    let host = std::env::var("ASKED_HOST").unwrap();
    let builder = Client::builder().user_pool_id("POOL").secret("SECRET").host(host);
    match ask(builder.retry(authing::Retry::none())) {
        Ok(()) => println!("<went well>"),
        Err(error) => println!("<{error}>"),
    }
}
