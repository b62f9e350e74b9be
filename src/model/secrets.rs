//! Omission of secrets when a model is serialised.
//!
//! The output of a plain `serde_json::to_string(&user)` goes into files, logs and other systems. Therefore
//! fields of type [`Secret`] are left out of every model by [`model!`](super::macros), and so are unknown
//! fields with the name of a secret. [`WithSecrets`] writes everything.

use std::cell::Cell;
use std::fmt;

use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::json::within;

thread_local! {
    static WITH_SECRETS: Cell<bool> = const { Cell::new(false) };
}

/// Serialises a value with its secrets: password hashes, tokens and data of identity providers.
///
/// Works for anything that contains models: a page, a list, a map, a struct of your own.
///
/// ```
/// use authing::{User, WithSecrets};
///
/// let user: User = serde_json::from_str(r#"{"id": "1", "token": "t"}"#)?;
/// assert_eq!(serde_json::to_string(&user)?, r#"{"id":"1"}"#);
/// assert_eq!(serde_json::to_string(&user.with_secrets())?, r#"{"id":"1","token":"t"}"#);
///
/// let users = vec![user];
/// let json = serde_json::to_string(&WithSecrets::new(&users))?;
/// assert_eq!(json, r#"[{"id":"1","token":"t"}]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct WithSecrets<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized> WithSecrets<'a, T> {
    /// Wraps a value to serialise it with its secrets.
    pub fn new(value: &'a T) -> Self {
        Self(value)
    }
}

impl<T: Serialize + ?Sized> Serialize for WithSecrets<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        within(&WITH_SECRETS, true, || self.0.serialize(serializer))
    }
}

/// The `Debug` output of the value, which shows no secrets.
impl<T: fmt::Debug + ?Sized> fmt::Debug for WithSecrets<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Returns whether secrets are being written.
pub(crate) fn are_written() -> bool {
    WITH_SECRETS.get()
}

/// Returns a value without a field, without what looks like a secret. `None` if it is a secret as a whole.
pub(crate) fn without_secrets(name: &str, value: Value) -> Option<Value> {
    if is_text(&value) && is_secret_name(name) {
        return None;
    }
    strip(value)
}

/// Numbers and booleans are never secrets, whatever their name: `passwordSecurityLevel`.
fn is_text(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Array(_) | Value::Object(_))
}

fn strip(value: Value) -> Option<Value> {
    match value {
        Value::Object(fields) => {
            let mut kept = Map::new();
            for (name, value) in fields {
                if let Some(value) = without_secrets(&name, value) {
                    kept.insert(name, value);
                }
            }
            Some(Value::Object(kept))
        }
        Value::Array(items) => Some(Value::Array(items.into_iter().filter_map(strip).collect())),
        Value::String(text) => (!holds_secret(&text)).then_some(Value::String(text)),
        plain => Some(plain),
    }
}

/// Returns whether a text is JSON that contains a secret, as `thirdPartyIdentity` may be.
fn holds_secret(text: &str) -> bool {
    let is_json = text.trim_start().starts_with(['{', '[']);
    let document = is_json.then(|| serde_json::from_str::<Value>(text).ok()).flatten();
    document.is_some_and(|document| strip(document.clone()).as_ref() != Some(&document))
}

/// Returns whether a field with that name holds a secret. In doubt, it returns true.
pub(crate) fn is_secret_name(name: &str) -> bool {
    const SECRET: [&str; 14] = [
        "password",
        "passwd",
        "pwd",
        "secret",
        "token",
        "salt",
        "oauth",
        "credential",
        "privatekey",
        "apikey",
        "accesskey",
        "userinfoinidp",
        "cookie",
        "authorization",
    ];
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    SECRET.iter().any(|secret| name.contains(secret)) && !name.contains("expire")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_called_like_a_secret_is_left_out_at_every_depth() {
        let sent = json!({
            "salt": "x", "secretInfo": {"a": 1}, "encryptedPassword": "x", "jwtSecret": "x", "refresh_token": ["x"],
            "passwordSecurityLevel": 2, "tokenExpiredAt": "2020", "resetPasswordOnFirstLogin": false, "password": null,
            "app": {"name": "A", "secret": "x", "deep": [{"accessToken": "x", "id": 1}]},
            "thirdPartyIdentity": "{\"accessToken\": \"x\"}", "note": "{not JSON", "json": "[1]",
        });
        assert_eq!(
            without_secrets("extra", sent),
            Some(json!({
                "passwordSecurityLevel": 2, "tokenExpiredAt": "2020", "resetPasswordOnFirstLogin": false,
                "password": null, "app": {"name": "A", "deep": [{"id": 1}]}, "note": "{not JSON", "json": "[1]",
            }))
        );
        assert_eq!(without_secrets("salt", json!("x")), None);
    }
}
