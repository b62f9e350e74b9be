//! External identity providers.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, MapAccess, SeqAccess};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::data::{Data, Datum, Json};
use super::item_key::identified;
use super::macros::model;
use super::tolerant::{Odd, Tolerant};
use super::{Timestamp, secrets};

model! {
    /// An external identity provider, of the pool or of a tenant.
    pub struct IdentityProvider {
        required {
            /// The id.
            id: String,
        }
        optional {
            /// The id of the pool.
            user_pool_id: String,
            /// The name that people see.
            name: String,
            /// The type of the provider, for example `oidc`.
            r#type: String = "type",
            /// The id of the tenant that it belongs to.
            tenant_id: String,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {
            /// Its connections.
            connections: Connection,
        }
    }
}

model! {
    /// A connection to an external identity provider.
    pub struct Connection {
        required {
            /// The id.
            id: String,
        }
        optional {
            /// The id of the identity provider.
            ext_idp_id: String,
            /// The type of the connection, for example `oidc`.
            r#type: String = "type",
            /// The identifier, unique in the pool.
            identifier: String,
            /// The name that people see.
            display_name: String,
            /// The address of a picture.
            logo: String,
            /// The settings of the connection, which depend on its type.
            fields: ConnectionFields = "fields" hidden,
            /// Whether it is enabled anywhere.
            enabled: bool,
        }
        lists {
            /// The fields that match an account to a user.
            user_match_fields: String,
        }
    }
}

/// The settings of a [`Connection`], any JSON value.
///
/// They may contain secrets, such as `clientSecret`: `Debug` does not show them, and what has the name of a
/// secret is left out when they are serialised, unless [`WithSecrets`](crate::WithSecrets) includes it.
#[derive(Clone, PartialEq, serde::Deserialize)]
#[serde(transparent)]
pub struct ConnectionFields(Value);

impl ConnectionFields {
    /// Returns the settings, with their secrets.
    pub fn as_value(&self) -> &Value {
        &self.0
    }

    /// Returns the settings, with their secrets.
    pub fn into_value(self) -> Value {
        self.0
    }
}

impl fmt::Debug for ConnectionFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectionFields").finish_non_exhaustive()
    }
}

impl Serialize for ConnectionFields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.data().serialize(serializer)
    }
}

impl Datum for ConnectionFields {
    fn data(&self) -> Data<'_> {
        Data::Json(self)
    }
}

impl Json for ConnectionFields {
    fn json(&self) -> Cow<'_, Value> {
        match secrets::are_written() {
            true => Cow::Borrowed(&self.0),
            false => Cow::Owned(secrets::without_secrets("fields", self.0.clone()).unwrap_or_default()),
        }
    }
}

impl<'de> Tolerant<'de> for ConnectionFields {
    fn from_text(text: &str) -> Option<Self> {
        Value::from_text(text).map(Self)
    }

    fn from_map<A: MapAccess<'de>>(map: A, place: &mut Option<Self>, _: &mut Odd) -> Result<(), A::Error> {
        *place = Some(Self(Value::deserialize(MapAccessDeserializer::new(map))?));
        Ok(())
    }

    fn from_list<A: SeqAccess<'de>>(list: A, odd: &mut Odd) -> Result<Option<Self>, A::Error> {
        Ok(Value::from_list(list, odd)?.map(Self))
    }
}

identified! { IdentityProvider by id }

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::WithSecrets;

    #[test]
    fn secrets_among_the_settings_of_a_connection_are_written_only_on_request() {
        let fields =
            json!({"clientId": "shop", "clientSecret": "planted", "deep": [{"password": "planted"}]});
        let sent = json!({"id": "1", "connections": [{"id": "2", "fields": fields}]});
        let provider: IdentityProvider = serde_json::from_value(sent.clone()).unwrap();
        let written = serde_json::to_string(&provider).unwrap();
        assert!(written.contains("shop") && !written.contains("planted"), "{written}");
        assert!(!format!("{provider:?}").contains("planted"));
        assert_eq!(serde_json::to_value(WithSecrets::new(&provider)).unwrap(), sent);
        let connection = provider.connections.first().and_then(|it| it.fields.as_ref()).unwrap();
        assert_eq!(connection.as_value()["clientSecret"], "planted");
        assert!(!format!("{connection:?}").contains("planted"));
        for odd in [json!("text"), json!(["a"]), json!(7)] {
            let read: Connection = serde_json::from_value(json!({"id": "1", "fields": odd})).unwrap();
            assert_eq!(serde_json::to_value(&read).unwrap()["fields"], odd);
        }
    }

    #[test]
    fn the_value_of_an_environment_variable_is_not_shown() {
        let variable = json!({"key": "API_KEY", "value": "planted"});
        let read: crate::model::EnvironmentVariable = serde_json::from_value(variable).unwrap();
        assert!(!format!("{read:?}").contains("planted") && read.value.as_deref() == Some("planted"));
    }
}
