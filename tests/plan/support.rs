//! A pool with users of every kind, and rows that ask for something else.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use authing::emulator::Pool;
use authing::{Client, CustomTarget, DataType, UserInput};
use serde_json::{Map, Value, json};

/// A file that is gone afterwards.
pub(crate) struct File(PathBuf);

impl File {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("authing-plan-{}-{number}", std::process::id())))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn text(&self) -> String {
        fs::read_to_string(&self.0).unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        _ = fs::remove_file(&self.0);
    }
}

pub(crate) fn define_fields(client: &Client) {
    let fields = client.custom_fields();
    for (key, data_type) in [
        ("level", DataType::Number),
        ("city", DataType::String),
        ("remote", DataType::Boolean),
        ("since", DataType::DateTime),
        ("car", DataType::Object),
    ] {
        fields.set(CustomTarget::User, key, data_type, key).send().unwrap();
    }
}

/// A pool of staff with external ids from `e0` on, each with a few values.
pub(crate) fn pool_of(users: usize) -> Pool {
    let pool = Pool::builder().id("plan").seed(7).build();
    fill(&pool, users);
    pool
}

pub(crate) fn fill(pool: &Pool, users: usize) {
    let client = pool.client();
    define_fields(&client);
    for n in 0..users {
        let user = client.users().create().external_id(format!("e{n}")).username(format!("u{n}"));
        let user = user.email(format!("U{n}@Example.com")).nickname(format!("N{n}")).company("Old");
        let user =
            if n % 3 == 0 { user.custom_data("level", 1).custom_data("city", "Utrecht") } else { user };
        user.send().unwrap();
    }
}

/// The same user as a row.
pub(crate) fn row(n: usize) -> UserInput {
    UserInput::new()
        .external_id(format!("e{n}"))
        .username(format!("u{n}"))
        .email(format!("u{n}@EXAMPLE.com"))
        .nickname(format!("N{n}"))
        .company("Old")
}

/// What the service alone sets.
pub(crate) const SET_BY_THE_SERVICE: [&str; 1] = ["updatedAt"];

/// Everybody as the pool stores them, by external id or id, with defaults filled in.
pub(crate) fn users_of(pool: &Pool) -> Map<String, Value> {
    let snapshot: Value = serde_json::from_str(&pool.snapshot()).unwrap();
    let mut users = Map::new();
    for user in snapshot["users"].as_array().unwrap() {
        let mut user = user.as_object().unwrap().clone();
        for name in SET_BY_THE_SERVICE {
            user.remove(name);
        }
        for (name, default) in [
            ("photo", json!("https://files.authing.co/authing-console/default-user-avatar.png")),
            ("gender", json!("U")),
            ("loginsCount", json!(0)),
            ("customData", json!({})),
        ] {
            user.entry(name).or_insert(default);
        }
        for flag in ["blocked", "emailVerified", "phoneVerified", "isDeleted"] {
            user.entry(flag).or_insert(Value::Bool(false));
        }
        let key = user.get("externalId").or(user.get("id")).and_then(Value::as_str).unwrap().to_owned();
        users.insert(key, Value::Object(user));
    }
    users
}

/// How many requests of that operation the pool got.
pub(crate) fn requests(pool: &Pool, operation: &str) -> usize {
    pool.requests().iter().filter(|request| request.operation() == operation).count()
}

/// The operations that the pool got and that change something.
pub(crate) fn changes(pool: &Pool) -> Vec<String> {
    let reads = ["accessToken", "users", "udf", "findUser", "userBatch"];
    let all = pool.requests();
    let all = all.iter().map(|request| request.operation().to_owned());
    all.filter(|operation| !reads.contains(&operation.as_str())).collect()
}
