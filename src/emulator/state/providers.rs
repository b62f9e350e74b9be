//! External identity providers, and the connections through which users sign in.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess};

/// Where a connection is enabled: in an application, in a tenant, in both together, or, with neither,
/// everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) application: Option<String>,
    pub(crate) tenant: Option<String>,
}

/// A connection to a provider.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Connection {
    pub(crate) id: String,
    pub(crate) kind: String,
    /// Unique in the pool.
    pub(crate) identifier: String,
    pub(crate) display_name: String,
    pub(crate) logo: Option<String>,
    /// The settings of the provider, as given.
    pub(crate) fields: Map<String, Value>,
    pub(crate) user_match_fields: Vec<String>,
    /// Whether it is enabled, by place.
    pub(crate) switches: BTreeMap<Place, bool>,
}

impl Connection {
    /// In the form of REST; enabled if it is enabled in that tenant or, without one, anywhere.
    pub(crate) fn to_json(&self, provider: &str, tenant: Option<&str>) -> Value {
        let enabled = self
            .switches
            .iter()
            .any(|(place, on)| *on && (tenant.is_none() || place.tenant.as_deref() == tenant));
        json!({
            "id": self.id,
            "extIdpId": provider,
            "type": self.kind,
            "identifier": self.identifier,
            "displayName": self.display_name,
            "logo": self.logo,
            "fields": self.fields,
            "userMatchFields": self.user_match_fields,
            "enabled": enabled,
        })
    }
}

/// A provider of the pool or of one of its tenants.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Provider {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) tenant: Option<String>,
    pub(crate) connections: Vec<Connection>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

impl Provider {
    /// In the form of REST.
    pub(crate) fn to_json(&self, pool_id: &str, tenant: Option<&str>) -> Value {
        let connections = self.connections.iter().map(|own| own.to_json(&self.id, tenant));
        json!({
            "id": self.id,
            "userPoolId": pool_id,
            "name": self.name,
            "type": self.kind,
            "tenantId": self.tenant,
            "connections": connections.collect::<Vec<_>>(),
            "createdAt": dates::rest(self.created),
            "updatedAt": dates::rest(self.updated),
        })
    }
}

/// All of them, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Providers {
    list: Vec<Provider>,
}

impl Providers {
    pub(crate) fn require(&self, id: &str) -> Result<&Provider, ApiError> {
        self.list.iter().find(|provider| provider.id == id).ok_or_else(|| absent(id))
    }

    pub(crate) fn require_mut(&mut self, id: &str) -> Result<&mut Provider, ApiError> {
        self.list.iter_mut().find(|provider| provider.id == id).ok_or_else(|| absent(id))
    }

    /// Adds a provider whose connections have new identifiers.
    pub(crate) fn insert(&mut self, provider: Provider) -> Result<(), ApiError> {
        check(&[("name", &provider.name), ("type", &provider.kind)])?;
        if self.list.iter().any(|known| known.id == provider.id) {
            return Err(ApiError::guess(
                Guess::ProviderExists,
                format!("identity provider \"{}\" already exists", provider.id),
            ));
        }
        for (index, connection) in provider.connections.iter().enumerate() {
            self.check_connection(connection)?;
            let mut before = provider.connections.iter().take(index);
            if before.any(|known| known.identifier == connection.identifier) {
                return Err(taken(&connection.identifier));
            }
        }
        self.list.push(provider);
        Ok(())
    }

    /// Adds a connection to a provider.
    pub(crate) fn connect(&mut self, provider: &str, connection: Connection) -> Result<(), ApiError> {
        self.check_connection(&connection)?;
        self.require_mut(provider)?.connections.push(connection);
        Ok(())
    }

    fn check_connection(&self, connection: &Connection) -> Result<(), ApiError> {
        check(&[("type", &connection.kind), ("displayName", &connection.display_name)])?;
        self.check_identifier(&connection.identifier)
    }

    /// Rejects an identifier that is empty or taken.
    pub(crate) fn check_identifier(&self, identifier: &str) -> Result<(), ApiError> {
        check(&[("identifier", identifier)])?;
        let mut connections = self.list.iter().flat_map(|provider| &provider.connections);
        if connections.any(|known| known.identifier == identifier) {
            return Err(taken(identifier));
        }
        Ok(())
    }

    /// The connection of that id, with the id of its provider.
    pub(crate) fn connection_mut(&mut self, id: &str) -> Result<(String, &mut Connection), ApiError> {
        self.list
            .iter_mut()
            .find_map(|provider| {
                let owner = provider.id.clone();
                provider.connections.iter_mut().find(|own| own.id == id).map(|own| (owner, own))
            })
            .ok_or_else(|| {
                ApiError::guess(Guess::ConnectionNotFound, format!("connection \"{id}\" does not exist"))
            })
    }

    pub(crate) fn disconnect(&mut self, id: &str) -> Result<(), ApiError> {
        let (owner, _) = self.connection_mut(id)?;
        self.require_mut(&owner)?.connections.retain(|own| own.id != id);
        Ok(())
    }

    pub(crate) fn remove(&mut self, id: &str) -> Result<(), ApiError> {
        self.require(id)?;
        self.list.retain(|provider| provider.id != id);
        Ok(())
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Provider> {
        self.list.iter()
    }

    pub(crate) fn forget_tenant(&mut self, tenant: &str) {
        self.list.retain(|provider| provider.tenant.as_deref() != Some(tenant));
        self.forget_places(|place| place.tenant.as_deref() == Some(tenant));
    }

    pub(crate) fn forget_application(&mut self, application: &str) {
        self.forget_places(|place| place.application.as_deref() == Some(application));
    }

    fn forget_places(&mut self, gone: impl Fn(&Place) -> bool) {
        for connection in self.list.iter_mut().flat_map(|provider| &mut provider.connections) {
            connection.switches.retain(|place, _| !gone(place));
        }
    }
}

/// Rejects empty texts.
fn check(texts: &[(&str, &str)]) -> Result<(), ApiError> {
    match texts.iter().find(|(_, text)| text.is_empty()) {
        Some((name, _)) => Err(ApiError::invalid(format!("{name} must not be empty"))),
        None => Ok(()),
    }
}

fn absent(id: &str) -> ApiError {
    ApiError::guess(Guess::ProviderNotFound, format!("identity provider \"{id}\" does not exist"))
}

fn taken(identifier: &str) -> ApiError {
    ApiError::guess(Guess::ConnectionExists, format!("connection identifier \"{identifier}\" is taken"))
}
