use proptest::prelude::*;
use serde_json::Value;

use super::is_same;
use crate::model::{Group, Identity, User};

/// A user with a value in every third field, whose fields are in an order of its own.
fn shuffled(rotation: usize) -> String {
    let names = crate::model::UserField::ALL.iter().map(|field| field.as_str().to_owned());
    let mut members: Vec<String> = names
        .filter(|name| !["id", "identities", "customData", "registerSource"].contains(&name.as_str()))
        .enumerate()
        .map(|(index, name)| match index % 3 {
            0 => format!(r#""{name}":"{index}""#),
            _ => format!(r#""{name}":null"#),
        })
        .chain([r#""id":"1""#.to_owned(), r#""unknown":[1]"#.to_owned(), r#""\u0061nother":2"#.to_owned()])
        .collect();
    let count = members.len();
    members.rotate_left(rotation % count);
    if rotation % 2 == 1 {
        members.reverse();
    }
    format!("{{{}}}", members.join(","))
}

#[test]
fn fields_are_read_in_any_order_from_text_from_bytes_and_from_values() {
    let expected: User = serde_json::from_str(&shuffled(0)).unwrap();
    assert_eq!(
        (expected.extra.get("unknown"), expected.extra.get("another")),
        (Some(serde_json::json!([1])), Some(serde_json::json!(2)))
    );
    for rotation in 0..60 {
        let json = shuffled(rotation);
        assert_eq!(serde_json::from_str::<User>(&json).unwrap(), expected, "{rotation}");
        assert_eq!(serde_json::from_slice::<User>(json.as_bytes()).unwrap(), expected, "{rotation}");
        assert_eq!(serde_json::from_reader::<_, User>(json.as_bytes()).unwrap(), expected, "{rotation}");
        let value: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::from_value::<User>(value).unwrap(), expected, "{rotation}");
    }
}

#[test]
fn threads_may_read_different_orders_at_once() {
    let expected: User = serde_json::from_str(&shuffled(0)).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let expected = &expected;
            scope.spawn(move || {
                for round in 0..100 {
                    let json = shuffled(thread * 7 + round % 2);
                    assert_eq!(&serde_json::from_slice::<User>(json.as_bytes()).unwrap(), expected);
                }
            });
        }
    });
}

#[test]
fn a_name_that_is_not_utf_8_is_an_error_of_the_parser() {
    assert!(serde_json::from_slice::<Group>(b"{\"code\":\"a\",\"\xff\":1}").is_err());
    assert!(serde_json::from_slice::<Group>(br#"{"code":"a","\ud83d":1}"#).is_err());
    assert!(serde_json::from_slice::<Group>("{\"code\":\"a\",\"é\":1}".as_bytes()).is_ok());
}

#[test]
fn lists_of_any_length_are_whole() {
    for length in 0..40 {
        let identities = vec![r#"{"provider":"wechat"}"#; length].join(",");
        let user: User =
            serde_json::from_str(&format!(r#"{{"id":"1","identities":[{identities}]}}"#)).unwrap();
        assert_eq!(user.identities.len(), length);
        assert!(user.identities.iter().all(|identity: &Identity| identity.provider.is_some()));
    }
}

proptest! {
    #[test]
    fn names_are_the_same_if_their_bytes_are(a in "[ab]{0,20}", b in "[ab]{0,20}", at in 0..20_usize) {
        prop_assert_eq!(is_same(a.as_bytes(), b.as_bytes()), a == b);
        prop_assert!(is_same(a.as_bytes(), a.clone().as_bytes()));
        let mut changed = a.clone().into_bytes();
        if let Some(byte) = changed.get_mut(at) {
            *byte ^= 1;
            prop_assert!(!is_same(a.as_bytes(), &changed));
        }
    }
}
