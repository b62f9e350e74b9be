//! Pools with users of every kind, and a directory for files.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use authing::emulator::Pool;
use authing::files::Format;
use serde_json::{Map, Value, json};

/// A directory that is removed with its contents.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("authing-files-{}-{number}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let name =
            |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
        let mut names: Vec<String> = std::fs::read_dir(&self.0).unwrap().map(name).collect();
        names.sort();
        names
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn custom_fields() -> Value {
    let field = |key: &str, data_type: &str| json!({"targetType": "USER", "key": key, "dataType": data_type});
    json!([
        field("text", "STRING"),
        field("level", "NUMBER"),
        field("since", "DATETIME"),
        field("remote", "BOOLEAN"),
        field("car", "OBJECT"),
        field("grade", "SELECT"),
        field("=odd:key, \"quoted\"", "STRING"),
    ])
}

/// Without users, and with the same custom fields as [`varied`].
pub(crate) fn empty() -> Pool {
    Pool::from_seed(&json!({"version": 1, "customFields": custom_fields()}).to_string()).unwrap()
}

/// Texts that files have trouble with.
const TEXTS: [&str; 16] = [
    "=HYPERLINK(\"http://example.com\")",
    "+1",
    "-1",
    "@SUM(A1)",
    "\ttab",
    "'",
    "'=x",
    "''",
    "'tis",
    "two\nlines",
    "carriage\r\nreturn",
    "a,b;c\"d\"",
    "王小明",
    "😀",
    "＝1",
    " spaces ",
];

/// A pool with users of every kind, with every text that files have trouble with.
pub(crate) fn varied(users: usize) -> Pool {
    let texts = ["nickname", "name", "company", "profile", "address", "photo", "device", "middleName"];
    let users: Vec<Value> = (0..users)
        .map(|number| {
            let odd = TEXTS[number % TEXTS.len()];
            let mut user = Map::new();
            user.insert("id".to_owned(), format!("{:024x}", 0x5f71_0000 + number).into());
            user.insert("username".to_owned(), format!("{odd} {number}").into());
            user.insert(texts[number % texts.len()].to_owned(), odd.into());
            if number % 2 == 0 {
                user.insert("email".to_owned(), format!("user{number}@example.com").into());
                user.insert("emailVerified".to_owned(), (number % 4 == 0).into());
                user.insert("phone".to_owned(), format!("+86 188{number:08}").into());
                user.insert("gender".to_owned(), json!(["M", "F", "U"][number % 3]));
                user.insert("signedUp".to_owned(), json!("2020-10-15T17:55:37+08:00"));
                user.insert("lastLogin".to_owned(), json!("2021-09-27T15:46:26Z"));
                user.insert("loginsCount".to_owned(), number.into());
                user.insert("registerSource".to_owned(), json!(["import:manual", "a,b"]));
            }
            if number % 3 == 0 {
                user.insert("externalId".to_owned(), format!("E-{number}").into());
                user.insert("blocked".to_owned(), (number % 2 == 0).into());
                user.insert("lastIP".to_owned(), json!("203.0.113.7"));
                user.insert("oauth".to_owned(), json!("planted-oauth"));
                let data = json!({
                    "text": if number % 2 == 0 { odd } else { "7" }, "level": number,
                    "since": "2021-09-27T15:46:26.152Z", "remote": number % 2 == 0,
                    "car": {"make": "Fiat", "doors": [3, null, "=x"]}, "grade": "a", "=odd:key, \"quoted\"": odd,
                });
                user.insert("customData".to_owned(), data);
            }
            if number % 7 == 2 {
                user.insert("city".to_owned(), odd.into());
                user.insert("province".to_owned(), format!("P{number}").into());
                user.insert("tokenExpiredAt".to_owned(), json!("2021-09-27T15:46:26Z"));
                user.insert("status".to_owned(), json!(["Suspended", "Resigned", "Activated"][number % 3]));
            }
            if number % 5 == 1 {
                user.insert("customData".to_owned(), json!({"text": "", "level": -1.5, "remote": false}));
            }
            Value::Object(user)
        })
        .collect();
    Pool::from_seed(&json!({"version": 1, "customFields": custom_fields(), "users": users}).to_string())
        .unwrap()
}

/// A pool with one user who has secrets and what no import carries.
pub(crate) fn secretive() -> Pool {
    let seed = json!({
        "version": 1,
        "users": [{
            "id": "5f718016d8e5f7e9d6d3a1b2", "username": "bob", "passwordHash": "planted-hash",
            "oauth": "planted-oauth", "status": "Suspended", "city": "Utrecht",
            "identities": [{
                "provider": "github", "userIdInIdp": "42", "accessToken": "planted-access",
                "refreshToken": "planted-refresh",
            }],
        }],
    });
    Pool::from_seed(&seed.to_string()).unwrap()
}

/// All users of a pool, in a format.
pub(crate) fn exported(pool: &Pool, format: Format) -> String {
    let mut file = Vec::new();
    let exported = pool.client().users().list().export_to(&mut file, format).send().unwrap();
    assert!(exported.is_complete(), "{exported:?}");
    String::from_utf8(file).unwrap()
}
