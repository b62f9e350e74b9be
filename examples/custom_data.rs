//! Custom data: fields that a pool defines itself.

use anyhow::{Context, Result};
use authing::emulator::Pool;
use authing::{CustomTarget, CustomValue, DataType};
use serde_json::json;
use time::macros::datetime;

fn main() -> Result<()> {
    let client = Pool::new().client();

    // A field must be defined before it can have a value.
    for (key, data_type) in [
        ("school", DataType::String),
        ("age", DataType::Number),
        ("is_boss", DataType::Boolean),
        ("birthday", DataType::DateTime),
        ("settings", DataType::Object),
    ] {
        client.custom_fields().set(CustomTarget::User, key, data_type, key).send()?;
    }

    let bob = client
        .users()
        .create()
        .username("bob")
        .custom_data("school", "Utrecht")
        .custom_data("age", 18)
        .custom_data("is_boss", false)
        .custom_data("birthday", datetime!(2002-05-14 08:30 UTC))
        .custom_data("settings", json!({"theme": "dark"}))
        .include_custom_data()
        .send()?;
    println!(
        "created with {} custom fields",
        bob.custom_data.context("the response has no custom data")?.fields().len()
    );

    let bob = client.users().detail(&bob.id).include_custom_data().send()?.context("Bob is gone")?;
    for (key, value) in bob.custom_data.context("the response has no custom data")?.iter() {
        match value {
            CustomValue::DateTime(time) => println!("{key}: the time {:?}", time.time()),
            other => println!("{key}: {}", other.to_json()),
        }
    }
    Ok(())
}
