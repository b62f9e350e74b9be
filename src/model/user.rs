//! Users.

use super::item_key::identified;
use super::macros::model;
use super::user_fields::user_fields;
use super::{CustomData, Gender, Identity, Timestamp, UserStatus};
use crate::secret::Secret;

macro_rules! declare_user {
    ($( $group:ident { $(
        $(#[$meta:meta])* $variant:ident $field:ident : $type:ident $(= $name:literal)?,
    )* } )*) => {
        declare_user! { @split [] [] $( $group { $( [$(#[$meta])* $field: $type $(= $name)?,] )* } )* }
    };
    // The fields of the group `lists` are lists.
    (@split [$($optional:tt)*] [$($list:tt)*] lists { $( [$($field:tt)*] )* } $($rest:tt)*) => {
        declare_user! { @split [$($optional)*] [$($list)* $( $($field)* )*] $($rest)* }
    };
    (@split [$($optional:tt)*] [$($list:tt)*] $group:ident { $( [$($field:tt)*] )* } $($rest:tt)*) => {
        declare_user! { @split [$($optional)* $( $($field)* )*] [$($list)*] $($rest)* }
    };
    (@split [$($optional:tt)*] [$($list:tt)*]) => {
        model! {
            /// A user of the pool.
            ///
            /// Every field except the id is optional: which fields a response contains depends on the
            /// operation. `Debug` shows the fields that are set, without password, tokens and the values of
            /// custom data.
            pub struct User {
                required {
                    /// The id: 24 hexadecimal digits.
                    id: String,
                }
                optional {
                    $($optional)*
                }
                lists {
                    $($list)*
                    /// Linked accounts. Present in lists and batches.
                    identities: Identity,
                }
            }
        }
    };
}
user_fields! { declare_user }

identified! { User by id }

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_user_may_be_an_id_and_nothing_else() {
        let user: User = serde_json::from_value(json!({"id": "1"})).unwrap();
        assert_eq!(format!("{user:?}"), r#"User { id: "1", extra: {} }"#);
        assert!(serde_json::from_value::<User>(json!({"name": "x"})).is_err());
    }

    #[test]
    fn unknown_fields_and_odd_values_are_kept_and_written_back() {
        let sent = json!({
            "id": "1", "blocked": "perhaps", "loginsCount": "12", "salt": "planted", "nickname": 7,
            "identities": [{"provider": "wechat"}, "odd"], "gender": "X", "phoneVerified": 1, "createdAt": [1],
        });
        let user: User = serde_json::from_value(sent).unwrap();
        assert_eq!(user.blocked, None);
        assert_eq!(user.logins_count, Some(12));
        assert_eq!(user.nickname.as_deref(), Some("7"));
        assert_eq!(user.phone_verified, Some(true));
        assert_eq!(user.gender, Some(Gender::Other("X".into())));
        assert_eq!(user.identities.len(), 1);
        for (name, value) in [
            ("blocked", json!("perhaps")),
            ("salt", json!("planted")),
            ("identities", json!(["odd"])),
            ("createdAt", json!([1])),
        ] {
            assert_eq!(user.extra.get(name), Some(value.clone()), "{name}");
        }
        let written = serde_json::to_value(&user).unwrap();
        assert_eq!(written.get("salt"), None);
        assert_eq!(serde_json::to_value(user.with_secrets()).unwrap()["salt"], "planted");
        assert_eq!(written["loginsCount"], 12);
        assert_eq!(written["identities"], json!([{"provider": "wechat"}, "odd"]));
        assert_eq!(written["blocked"], "perhaps");
        assert!(!format!("{user:?}").contains("planted"));
    }

    #[test]
    fn a_value_of_any_form_is_either_read_or_kept() {
        for (field, value, is_read) in [
            ("loginsCount", json!("12"), true),
            ("loginsCount", json!(12.0), true),
            ("loginsCount", json!(1.5), false),
            ("loginsCount", json!(true), false),
            ("loginsCount", json!(u64::MAX), false),
            ("loginsCount", json!(9_223_372_036_854_775_808.0), false),
            ("loginsCount", json!({"a": 1}), false),
            ("blocked", json!("true"), true),
            ("blocked", json!(1), true),
            ("blocked", json!(0.0), true),
            ("blocked", json!(2), false),
            ("nickname", json!(7), true),
            ("nickname", json!(7.0), true),
            ("nickname", json!(7.5), false),
            ("nickname", json!(true), false),
            ("nickname", json!(u64::MAX), false),
            ("lastLogin", json!(1_602_755_737_000_i64), true),
            ("lastLogin", json!(false), false),
            ("gender", json!(7), false),
            ("oauth", json!(7), false),
            ("oauth", json!({"a": 1}), false),
            ("registerSource", json!("x"), false),
            ("customData", json!({"a": 1}), false),
        ] {
            let user: User = serde_json::from_value(json!({"id": "1", field: value})).unwrap();
            let kept = (!is_read).then(|| value.clone());
            assert_eq!(user.extra.get(field), kept, "{field}: {value}");
            let written = serde_json::to_value(user.with_secrets()).unwrap();
            assert!(!written[field].is_null(), "{field}: {value}");
        }
    }

    #[test]
    fn a_user_is_read_through_the_buffers_of_serde() {
        #[derive(serde::Deserialize)]
        struct Mine {
            rank: u8,
            #[serde(flatten)]
            user: User,
        }

        let mine =
            json!({"rank": 1, "id": "1", "username": "bob", "x": {"y": 1.5}, "customData": [{"key": "k"}]});
        let mine: Mine = serde_json::from_str(&mine.to_string()).unwrap();
        assert_eq!((mine.rank, mine.user.username.as_deref()), (1, Some("bob")));
        assert_eq!(mine.user.extra.get("x"), Some(json!({"y": 1.5})));
        assert_eq!(mine.user.custom_data.unwrap().fields()[0].key, "k");
    }

    #[test]
    fn the_two_spellings_of_the_last_address_do_not_collide() {
        let user: User = serde_json::from_value(json!({"id": "1", "lastIp": "a", "lastIP": "b"})).unwrap();
        assert_eq!(user.last_ip.as_deref(), Some("b"));
        assert_eq!(user.extra.get("lastIp"), Some(Value::from("a")));
    }
}
