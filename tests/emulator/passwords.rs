//! Passwords: encrypted on the way, hashed in the pool.

use authing::emulator::Pool;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::pkcs8::DecodePublicKey;
use rsa::{Pkcs1v15Encrypt, RsaPublicKey};
use serde_json::{Value, json};

use crate::ask::{Asker, CREATE};

fn encrypt(pem: &str, plain: &str) -> String {
    let key = RsaPublicKey::from_public_key_pem(pem).unwrap();
    STANDARD.encode(key.encrypt(&mut rand::thread_rng(), Pkcs1v15Encrypt, plain.as_bytes()).unwrap())
}

/// The key that some SDKs have built in; the private half is the service's.
const HOSTED_KEY: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC4xKeUgQ+Aoz7TLfAfs9+paePb
5KIofVthEoprwXFkp8OCeocaTHt9ICjTT2QeJh6cZaDaArfZ873GPUn00eOIZ7Ae
+TiA2BKHbCvloW3w5Lnqm70iSsUi5Fmu9/2+68GZRH9L7Mlh8cFksCicW2Y2W2uM
GKl64GDcIq3au+aqJQIDAQAB
-----END PUBLIC KEY-----";

#[test]
fn a_password_is_shown_once_and_only_as_a_hash() {
    let ask = Asker::new();
    let password = encrypt(ask.pool.public_key_pem(), "123456");
    let user = ask.create(json!({ "username": "bob", "password": password }));
    let shown = user["password"].as_str().unwrap();
    assert!(shown.starts_with("$argon2id$") && !shown.contains("123456"), "{shown}");
    let later = ask.data(r#"{ findUser(username: "bob") { password } }"#, json!({}));
    assert_eq!(later["findUser"]["password"], Value::Null);
}

#[test]
fn a_kept_password_is_stored_as_it_came() {
    let ask = Asker::new();
    let password = encrypt(ask.pool.public_key_pem(), "$2b$10$imported");
    let user = ask.data(CREATE, json!({ "info": { "username": "bob", "password": password }, "keep": true }));
    assert_eq!(user["createUser"]["password"], "$2b$10$imported");
    assert!(ask.pool.snapshot().contains("$2b$10$imported"));
}

#[test]
fn a_password_for_another_key_is_refused_unless_permitted() {
    let ask = Asker::new();
    let foreign = encrypt(HOSTED_KEY, "123456");
    for password in ["123456", "!", foreign.as_str()] {
        assert_eq!(ask.code(CREATE, json!({ "info": { "username": "bob", "password": password } })), 2016);
    }
    let ask = Asker::of(Pool::builder().accept_foreign_passwords().build());
    assert_eq!(ask.code(CREATE, json!({ "info": { "username": "bob", "password": "123456" } })), 2016);
    ask.create(json!({ "username": "bob", "password": foreign }));
}

#[test]
fn a_ciphertext_without_its_leading_zeros_is_understood() {
    let foreign = Asker::of(Pool::builder().accept_foreign_passwords().build());
    let ask = Asker::new();
    let pem = ask.pool.public_key_pem();
    // About one ciphertext in 256 begins with a zero.
    for ask_for in [pem, HOSTED_KEY] {
        let short = loop {
            let bytes = STANDARD.decode(encrypt(ask_for, "123456")).unwrap();
            if bytes[0] == 0 {
                let start = bytes.iter().position(|byte| *byte != 0).unwrap();
                break STANDARD.encode(&bytes[start..]);
            }
        };
        let pool = if ask_for == pem { &ask } else { &foreign };
        let user = pool.create(json!({ "username": "bob", "password": short }));
        assert!(user["password"].as_str().unwrap().starts_with("$argon2id$"));
    }
}
