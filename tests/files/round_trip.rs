//! Export, import into an empty pool, export: equal but for what the service alone sets.

use authing::emulator::Pool;
use authing::files::{Format, Import, SET_BY_SERVICE};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Scratch, empty, exported, text, varied};

/// The users of an export, without what the service alone sets.
fn comparable(file: &str, format: Format) -> Vec<Value> {
    let is_by_service = |name: &str| SET_BY_SERVICE.iter().any(|field| field.as_str() == name);
    match format {
        Format::Ndjson => file
            .lines()
            .map(|line| {
                let mut user: Value = serde_json::from_str(line).unwrap();
                user.as_object_mut().unwrap().retain(|name, _| !is_by_service(name));
                user
            })
            .collect(),
        _ => {
            let mut table = csv::Reader::from_reader(file.as_bytes());
            let names: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
            let row = |row: Result<csv::StringRecord, csv::Error>| {
                let row = row.unwrap();
                let cells = names.iter().zip(&row).filter(|(name, _)| !is_by_service(name));
                cells
                    .map(|(name, cell)| (name.clone(), json!(cell)))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            };
            table.records().map(row).collect()
        }
    }
}

fn import(pool: &Pool, rows: &Import) {
    // One after the other, so that they stand in the same order.
    let client = pool.client();
    let mut remainder = rows.remainder(&client);
    let summary = client.bulk().concurrency(1).create(rows).for_each(|row| remainder.add(&row)).unwrap();
    assert!(summary.is_success(), "{summary}");
    let set = remainder.finish().unwrap();
    assert_eq!(set.failed, 0, "{set:?}");
}

#[test]
fn a_pool_survives_the_way_through_a_file() {
    let names: Vec<&str> = SET_BY_SERVICE.iter().map(|field| field.as_str()).collect();
    println!("not compared, because the service alone sets it: {}", names.join(", "));
    let (pool, scratch) = (varied(300), Scratch::new());
    for name in ["u.ndjson.gz", "u.csv.gz", "u.csv"] {
        let path = scratch.path(name);
        pool.client().users().list().export(&path).with_secrets().send().unwrap();
        let rows = Import::open(&path).unwrap();
        let other = empty();
        import(&other, &rows);
        for compared in [Format::Ndjson, Format::Csv] {
            let (before, after) = (exported(&pool, compared), exported(&other, compared));
            let (before, after) = (comparable(&before, compared), comparable(&after, compared));
            assert_eq!(before.len(), 300);
            for (before, after) in before.iter().zip(&after) {
                assert_eq!(before, after, "{name}");
            }
            assert_eq!(before.len(), after.len());
        }
        let lost = rows.cannot_carry().unwrap();
        for (field, loss) in lost.fields() {
            assert!(names.contains(&field) || loss.reason.contains("the remainder"), "{field}: {loss:?}");
        }
    }
    assert!(text(&scratch.path("u.csv")).contains("planted-oauth"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_survives_the_way_through_a_file(
        texts in prop::collection::vec("['=+@\\-\t\r\n,;\"a]{1,5}|(?s).{1,20}", 1..6),
        custom in "['=+@\\-\t\r\n,;\"a]{0,5}|(?s).{0,20}",
    ) {
        prop_assume!(texts.iter().all(|text| !text.trim().is_empty()));
        let pool = empty();
        for (number, text) in texts.iter().enumerate() {
            let user = pool.client().users().create().username(format!("u{number}")).nickname(text);
            user.company(text).custom_data("text", &*custom).send().unwrap();
        }
        for format in [Format::Ndjson, Format::Csv] {
            let file = exported(&pool, format);
            let other = empty();
            import(&other, &Import::of_bytes(file.clone(), format).unwrap());
            prop_assert_eq!(comparable(&file, format), comparable(&exported(&other, format), format));
            let users = other.client().users().list().include_custom_data();
            for (text, user) in texts.iter().zip(users) {
                let user = user.unwrap();
                prop_assert_eq!(user.nickname.as_ref(), Some(text));
                prop_assert_eq!(user.custom_data.unwrap().get("text"), Some((&*custom).into()));
            }
        }
    }
}
