//! What a plan keeps of users who are unchanged. `USERS` in the environment asks for more than 100,000.

#![cfg(target_os = "linux")]

use std::fmt::Write;
use std::process::Command;

use authing::bulk::UpsertKey;
use authing::transport::{Request, Response};
use authing::{Client, UserInput};
use serde_json::Value;

const LEAST: usize = 20_000;

/// A client of a service with so many users, which costs this process nothing.
fn client(users: usize) -> Client {
    let transport = move |request: &Request| {
        if request.operation() == "accessToken" {
            return Ok(Response::token("token"));
        }
        let body: Value = serde_json::from_slice(request.body().unwrap_or_default()).unwrap();
        let number = |name: &str| usize::try_from(body["variables"][name].as_u64().unwrap()).unwrap();
        let (page, limit) = (number("page"), number("limit"));
        let mut list = String::new();
        for n in (page - 1) * limit..users.min(page * limit) {
            let comma = if list.is_empty() { "" } else { "," };
            write!(
                list,
                r#"{comma}{{"id":"{n:024x}","externalId":"e{n}","username":"u{n}","email":"u{n}@example.com","phone":"188{n}","nickname":"N{n}","status":"Activated"}}"#
            )
            .unwrap();
        }
        Ok(Response::new(200, format!(r#"{{"data":{{"users":{{"totalCount":{users},"list":[{list}]}}}}}}"#)))
    };
    Client::builder().user_pool_id("POOL").secret("SECRET").transport_fn(transport).build().unwrap()
}

/// The most memory that the process had so far, in bytes.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1024
}

/// Does nothing unless the test below starts it.
#[test]
fn planner() {
    let Ok(users) = std::env::var("PLAN_MEMORY_USERS") else { return };
    let users: usize = users.parse().unwrap();
    // A reader of a file does not know how many rows there are.
    let rows = || {
        (0..users).filter(|_| true).map(|n| {
            let input = UserInput::new()
                .external_id(format!("e{n}"))
                .username(format!("u{n}"))
                .nickname(format!("N{n}"));
            (n.to_string(), input.email(format!("U{n}@example.com")).phone(format!("188{n}")))
        })
    };
    let idle = peak();
    let plan = client(users).users().plan(UpsertKey::ExternalId, rows).send().unwrap();
    assert_eq!(plan.summary().unchanged, u64::try_from(users).unwrap(), "{plan}");
    println!("\npeak {}", peak() - idle);
}

fn peak_of(users: usize) -> usize {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "memory::planner", "--test-threads", "1", "--nocapture"])
        .env("PLAN_MEMORY_USERS", users.to_string())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&child.stdout).into_owned();
    assert!(child.status.success(), "{text}\n{}", String::from_utf8_lossy(&child.stderr));
    text.lines().find_map(|line| line.strip_prefix("peak ")?.parse().ok()).unwrap()
}

#[test]
fn an_unchanged_user_takes_at_most_64_bytes() {
    let users: usize = std::env::var("USERS").ok().map_or(100_000, |users| users.parse().unwrap());
    let (few, many) = (peak_of(LEAST), peak_of(LEAST + users));
    let each = many.saturating_sub(few) / users;
    println!("{few} bytes for {LEAST} users, {many} for {}: {each} bytes for each more", LEAST + users);
    assert!(each <= 64, "{each} bytes");
}
