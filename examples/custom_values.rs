//! Custom data of one user as a struct, read from or written to the pool that the environment names.
//!
//! `cargo run --example custom_values -- get USER_ID` prints the values as JSON;
//! `cargo run --example custom_values -- set USER_ID '{"school": …}'` writes them.
//! The fields must have been defined. The client is made by `Client::from_env`.

use std::env;

use anyhow::{Result, bail};
use authing::{Client, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One field of each type: STRING, NUMBER, BOOLEAN, DATETIME and OBJECT.
#[derive(Debug, Deserialize, Serialize)]
struct Student {
    school: String,
    age: f64,
    is_boss: bool,
    birthday: Timestamp,
    settings: Value,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let users = Client::from_env()?.users();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["get", id] => {
            let student: Student = users.custom_data(*id).send_as()?;
            println!("{}", serde_json::to_string(&student)?);
        }
        ["set", id, values] => {
            let student: Student = serde_json::from_str(values)?;
            users.set_custom_data(*id).from(&student).send()?;
        }
        _ => bail!("expected `get USER_ID` or `set USER_ID VALUES`"),
    }
    Ok(())
}
