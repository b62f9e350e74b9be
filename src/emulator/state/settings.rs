//! The user pool's own settings, its sign-up allow lists and its environment variables.

use serde_json::{Map, Value, json};

use crate::emulator::error::ApiError;

/// What `updateUserpool` changes and `userpool` shows, except for the identity of the pool.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    values: Map<String, Value>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// Settings that are never null.
const REQUIRED: [&str; 7] = [
    "name",
    "domain",
    "logo",
    "appSsoEnabled",
    "emailVerifiedDefault",
    "registerDisabled",
    "sendWelcomeEmail",
];

impl Settings {
    /// Those of a new pool.
    pub(crate) fn new(now: i64) -> Self {
        let check =
            |limit: i64, seconds: i64| json!({ "enabled": false, "limit": limit, "timeInterval": seconds });
        let defaults = json!({
            "name": "emulated pool",
            "domain": "emulated",
            "description": null,
            "logo": "https://files.authing.co/authing-console/authing-logo-new-20210924.svg",
            "userpoolTypes": [],
            "emailVerifiedDefault": false,
            "sendWelcomeEmail": false,
            "registerDisabled": false,
            "appSsoEnabled": true,
            "showWxQRCodeWhenRegisterDisabled": false,
            "allowedOrigins": null,
            "tokenExpiresAfter": null,
            "isDeleted": false,
            "frequentRegisterCheck": check(20, 300),
            "loginFailCheck": check(3, 300),
            "loginPasswordFailCheck": check(3, 300),
            "loginFailStrategy": "captcha",
            "passwordUpdatePolicy": { "enabled": false, "differenceCycle": null, "forcedCycle": null },
            "changePhoneStrategy": { "verifyOldPhone": false },
            "changeEmailStrategy": { "verifyOldEmail": false },
            "qrcodeLoginStrategy": {
                "allowExchangeUserInfoFromBrowser": true,
                "qrcodeExpiresAfter": 120,
                "returnFullUserInfo": false,
                "ticketExpiresAfter": 300,
            },
            "app2WxappLoginStrategy": {
                "ticketExchangeUserInfoNeedSecret": true,
                "ticketExpriresAfter": 300,
            },
            "whitelist": { "phoneEnabled": false, "emailEnabled": false, "usernameEnabled": false },
            "customSMSProvider": { "enabled": false, "provider": null, "config": null },
            "packageType": 0,
            "useCustomUserStore": false,
            "loginRequireEmailVerified": false,
            "verifyCodeLength": 4,
            "verifyCodeMaxAttempts": null,
        });
        let values = match defaults {
            Value::Object(values) => values,
            _ => Map::new(),
        };
        Self { values, created: now, updated: now }
    }

    pub(crate) fn values(&self) -> &Map<String, Value> {
        &self.values
    }

    /// The lifetime of a new token of a user in seconds, if it was set.
    pub(crate) fn token_seconds(&self) -> Option<i64> {
        self.values.get("tokenExpiresAfter").and_then(Value::as_i64)
    }

    /// Applies the given settings and keeps the others, also inside nested ones: enabling one allow list does
    /// not affect the other two.
    pub(crate) fn update(&mut self, input: &Map<String, Value>, now: i64) -> Result<(), ApiError> {
        let mut values = self.values.clone();
        for (name, given) in input {
            if given.is_null() && REQUIRED.contains(&name.as_str()) {
                return Err(ApiError::invalid(format!("{name} must not be null")));
            }
            match (name.as_str(), given) {
                ("userpoolTypes", Value::Array(codes)) => {
                    let types = codes
                        .iter()
                        .map(|code| {
                            json!({
                                "code": code, "name": code, "description": null, "image": null, "sdks": [],
                            })
                        })
                        .collect();
                    values.insert(name.clone(), Value::Array(types));
                }
                ("tokenExpiresAfter", Value::Number(seconds))
                    if seconds.as_i64().is_none_or(|value| value < 1) =>
                {
                    return Err(ApiError::invalid(format!(
                        "tokenExpiresAfter must be at least 1, not {seconds}"
                    )));
                }
                (_, Value::Object(parts)) => match values.get_mut(name) {
                    Some(Value::Object(old)) => old.extend(parts.clone()),
                    _ => {
                        values.insert(name.clone(), given.clone());
                    }
                },
                _ => {
                    values.insert(name.clone(), given.clone());
                }
            }
        }
        self.values = values;
        self.updated = now;
        Ok(())
    }
}

/// An entry of an allow list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allowed {
    pub(crate) value: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// The allow lists by `WhitelistType`, each with its newest value first.
#[derive(Debug, Clone, Default)]
pub(crate) struct AllowLists {
    lists: std::collections::BTreeMap<String, Vec<Allowed>>,
}

impl AllowLists {
    pub(crate) fn of(&self, kind: &str) -> &[Allowed] {
        self.lists.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Adds values; one that is already present is only marked as changed.
    pub(crate) fn add(&mut self, kind: &str, values: &[String], now: i64) {
        let list = self.lists.entry(kind.to_owned()).or_default();
        for value in values.iter().map(|value| stored(kind, value)) {
            match list.iter_mut().find(|allowed| allowed.value == value) {
                Some(known) => known.updated = now,
                None => list.insert(0, Allowed { value, created: now, updated: now }),
            }
        }
    }

    /// Sets when a value was last changed.
    pub(crate) fn mark_changed(&mut self, kind: &str, value: &str, updated: i64) {
        let value = stored(kind, value);
        let list = self.lists.get_mut(kind).into_iter().flatten();
        for allowed in list.filter(|allowed| allowed.value == value) {
            allowed.updated = updated;
        }
    }

    /// Removes values; those that are not present are ignored.
    pub(crate) fn remove(&mut self, kind: &str, values: &[String]) {
        if let Some(list) = self.lists.get_mut(kind) {
            list.retain(|allowed| !values.iter().any(|value| stored(kind, value) == allowed.value));
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[Allowed])> {
        self.lists.iter().map(|(kind, list)| (kind.as_str(), list.as_slice()))
    }
}

/// E-mail addresses that differ only in case are one address, as for users.
fn stored(kind: &str, value: &str) -> String {
    if kind == "EMAIL" { value.to_lowercase() } else { value.to_owned() }
}

/// An environment variable of the pool's own functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) key: String,
    pub(crate) value: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// The environment, newest variable first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Environment {
    list: Vec<Variable>,
}

impl Environment {
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Variable> {
        self.list.iter()
    }

    /// Sets a variable, and returns it.
    pub(crate) fn set(&mut self, key: &str, value: &str, now: i64) -> Result<Variable, ApiError> {
        if key.is_empty() {
            return Err(ApiError::invalid("the key of an environment variable must not be empty"));
        }
        let mut variable =
            Variable { key: key.to_owned(), value: value.to_owned(), created: now, updated: now };
        match self.list.iter_mut().find(|known| known.key == key) {
            Some(known) => {
                variable.created = known.created;
                *known = variable.clone();
            }
            None => self.list.insert(0, variable.clone()),
        }
        Ok(variable)
    }

    /// Sets when a variable was last changed.
    pub(crate) fn mark_changed(&mut self, key: &str, updated: i64) {
        for variable in self.list.iter_mut().filter(|known| known.key == key) {
            variable.updated = updated;
        }
    }

    /// Removes a variable, and returns whether there was one.
    pub(crate) fn remove(&mut self, key: &str) -> bool {
        let before = self.list.len();
        self.list.retain(|known| known.key != key);
        self.list.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_flag_leaves_the_others_alone() {
        let mut settings = Settings::new(0);
        for flag in ["emailEnabled", "phoneEnabled"] {
            let input = json!({ "whitelist": { flag: true } });
            settings.update(input.as_object().unwrap(), 1).unwrap();
        }
        let expected = json!({ "phoneEnabled": true, "emailEnabled": true, "usernameEnabled": false });
        assert_eq!(settings.values()["whitelist"], expected);
    }

    #[test]
    fn a_refused_update_changes_nothing() {
        let mut settings = Settings::new(0);
        let input = json!({ "description": "new", "name": null });
        assert!(settings.update(input.as_object().unwrap(), 1).is_err());
        assert_eq!(settings.values()["description"], Value::Null);
        assert_eq!(settings.updated, 0);
    }

    #[test]
    fn addresses_are_listed_once_whatever_their_case() {
        let mut lists = AllowLists::default();
        lists.add("EMAIL", &["Ann@Example.com".to_owned(), "ann@example.com".to_owned()], 1);
        assert_eq!(lists.of("EMAIL").len(), 1);
        lists.remove("EMAIL", &["ANN@EXAMPLE.COM".to_owned(), "bob@example.com".to_owned()]);
        assert!(lists.of("EMAIL").is_empty());
    }

    #[test]
    fn the_newest_variable_comes_first() {
        let mut environment = Environment::default();
        for key in ["old", "new", "old"] {
            environment.set(key, "x", 1).unwrap();
        }
        let keys: Vec<_> = environment.iter().map(|variable| variable.key.as_str()).collect();
        assert_eq!(keys, ["new", "old"]);
        assert!(environment.remove("old"));
        assert!(!environment.remove("old"));
    }
}
