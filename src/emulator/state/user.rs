//! One user, compact.

use serde_json::{Map, Value, json};

use super::field::{Entry, Field, Kind, Stored, default_of};
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::ids::Id;

/// The status of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Activated,
    Suspended,
    Resigned,
    Archived,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Activated => "Activated",
            Self::Suspended => "Suspended",
            Self::Resigned => "Resigned",
            Self::Archived => "Archived",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Activated, Self::Suspended, Self::Resigned, Self::Archived]
            .into_iter()
            .find(|status| status.as_str() == name)
    }
}

/// A linked account at another identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Identity {
    pub(crate) provider: String,
    pub(crate) user_id_in_idp: String,
    pub(crate) identifier: Option<String>,
    pub(crate) openid: Option<String>,
    pub(crate) is_social: Option<bool>,
    pub(crate) connection_id: Option<String>,
    pub(crate) ext_idp_id: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) access_token: Option<String>,
    pub(crate) refresh_token: Option<String>,
}

impl Identity {
    /// In the form of GraphQL and REST. Tokens of the provider are always null, as the service's
    /// documentation requires.
    pub(crate) fn to_json(&self, user_id: &str, pool_id: &str) -> Value {
        json!({
            "userId": user_id,
            "userPoolId": pool_id,
            "provider": self.provider,
            "userIdInIdp": self.user_id_in_idp,
            "openid": self.openid,
            "isSocial": self.is_social,
            "connectionId": self.connection_id,
            "extIdpId": self.ext_idp_id,
            "type": self.kind,
            "accessToken": self.access_token,
            "refreshToken": self.refresh_token,
        })
    }
}

/// Values that few users have.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extra {
    pub(crate) password: Option<Box<str>>,
    pub(crate) reset_password: bool,
    pub(crate) register_source: Option<Vec<String>>,
    pub(crate) identities: Vec<Identity>,
}

/// A user.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: Id,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) updated_position: u32,
    pub(crate) status: Status,
    entries: Box<[Entry]>,
    extra: Option<Box<Extra>>,
}

impl User {
    pub(crate) fn new(id: Id, now: i64) -> Self {
        Self {
            id,
            created: now,
            updated: now,
            updated_position: 0,
            status: Status::Activated,
            entries: Box::default(),
            extra: None,
        }
    }

    /// The value of a field, defaults included.
    pub(crate) fn get(&self, field: Field) -> Stored<'_> {
        match self.entries.iter().find(|entry| entry.field() == field) {
            None => default_of(field),
            Some(Entry::Null(_)) => Stored::Null,
            Some(Entry::Text(_, text)) => Stored::Text(text),
            Some(Entry::Flag(_, flag)) => Stored::Flag(*flag),
            Some(Entry::Int(_, int)) => Stored::Int(*int),
            Some(Entry::Time(_, time)) => Stored::Time(*time),
        }
    }

    /// A field's text, if it has one.
    pub(crate) fn text(&self, field: Field) -> Option<&str> {
        match self.get(field) {
            Stored::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What was set, without defaults.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Sets many fields with one allocation.
    pub(crate) fn set_all(&mut self, changes: Vec<Entry>) {
        let mut entries = std::mem::take(&mut self.entries).into_vec();
        for change in changes {
            let field = change.field();
            entries.retain(|entry| entry.field() != field);
            // A null is stored only if it overrides a default.
            if !matches!(change, Entry::Null(_)) || default_of(field) != Stored::Null {
                entries.push(change);
            }
        }
        self.entries = entries.into_boxed_slice();
    }

    pub(crate) fn extra(&self) -> Option<&Extra> {
        self.extra.as_deref()
    }

    pub(crate) fn extra_mut(&mut self) -> &mut Extra {
        self.extra.get_or_insert_default()
    }

    pub(crate) fn identities(&self) -> &[Identity] {
        self.extra.as_ref().map_or(&[], |extra| &extra.identities)
    }

    pub(crate) fn register_source(&self) -> Value {
        match self.extra.as_ref().and_then(|extra| extra.register_source.as_ref()) {
            Some(sources) => json!(sources),
            None => json!(["import:manual"]),
        }
    }
}

/// The stored form of the stored fields of a request or a seed. Other keys are skipped: the caller has
/// checked the keys and handles the others itself.
pub(crate) fn entries_from(input: &Map<String, Value>) -> Result<Vec<Entry>, ApiError> {
    let mut entries = Vec::with_capacity(input.len());
    for (name, value) in input {
        let Some(field) = Field::from_name(name) else { continue };
        entries.push(entry_from(field, value)?);
    }
    Ok(entries)
}

fn entry_from(field: Field, value: &Value) -> Result<Entry, ApiError> {
    let name = field.name();
    let wrong = || ApiError::invalid(format!("{name}: {value} is not of the type of this field"));
    match (field.kind(), value) {
        (_, Value::Null) => Ok(Entry::Null(field)),
        (Kind::Text, Value::String(text)) => {
            if is_unique(field) && text.trim().is_empty() {
                return Err(ApiError::invalid(format!("{name} must not be empty")));
            }
            // Addresses that differ only in case reach the same person, so one form is stored.
            let text = if field == Field::Email { text.to_lowercase() } else { text.clone() };
            Ok(Entry::Text(field, text.into_boxed_str()))
        }
        (Kind::Flag, Value::Bool(flag)) => Ok(Entry::Flag(field, *flag)),
        (Kind::Int, Value::Number(number)) => {
            let int = number.as_i64().and_then(|int| i32::try_from(int).ok()).ok_or_else(wrong)?;
            Ok(Entry::Int(field, int))
        }
        (Kind::Time, Value::String(text)) => match dates::parse_millis(text) {
            Some(millis) => Ok(Entry::Time(field, millis)),
            None => Err(ApiError::invalid(format!("{name}: \"{text}\" is not an ISO 8601 date"))),
        },
        _ => Err(wrong()),
    }
}

/// Whether no two users may have the same value.
pub(crate) fn is_unique(field: Field) -> bool {
    matches!(field, Field::Username | Field::Email | Field::Phone | Field::ExternalId)
}
