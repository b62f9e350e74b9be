//! Custom data: fields that the pool defines for itself.

use anyhow::{Context, Result};
use authing::CustomValue;
use authing::emulator::Pool;
use serde_json::json;
use time::macros::datetime;

fn main() -> Result<()> {
    let client = Pool::new().client();

    // A field must be defined before it can have a value. The crate has no builder for that yet: the escape hatch does it.
    for (key, data_type) in [
        ("school", "STRING"),
        ("age", "NUMBER"),
        ("is_boss", "BOOLEAN"),
        ("birthday", "DATETIME"),
        ("settings", "OBJECT"),
    ] {
        let document = "mutation ($key: String!, $type: UDFDataType!, $label: String!) {
            setUdf(targetType: USER, key: $key, dataType: $type, label: $label) { key }
        }";
        let _defined: serde_json::Value = client
            .graphql(document)
            .variable("key", key)
            .variable("type", data_type)
            .variable("label", key)
            .send("setUdf")?;
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
        bob.custom_data.context("no custom data came back")?.fields().len()
    );

    let bob = client.users().detail(&bob.id).include_custom_data().send()?.context("Bob is gone")?;
    for (key, value) in bob.custom_data.context("no custom data came back")?.iter() {
        match value {
            CustomValue::DateTime(time) => println!("{key}: the instant {:?}", time.time()),
            other => println!("{key}: {}", other.to_json()),
        }
    }
    Ok(())
}
