//! Applications of a pool: who may use them, their agreements and their access keys.

use serde_json::{Map, Value, json};

use super::grants::Target;
use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess, Text};

/// Who may use an application if no record applies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum DefaultAccess {
    #[default]
    AllowAll,
    DenyAll,
}

impl DefaultAccess {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::AllowAll => "ALLOW_ALL",
            Self::DenyAll => "DENY_ALL",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::AllowAll, Self::DenyAll].into_iter().find(|access| access.as_str() == name)
    }
}

/// The kind of users of an application.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AppType {
    #[default]
    Individual,
    Tenant,
    Both,
}

impl AppType {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Individual => "INDIVIDUAL",
            Self::Tenant => "TENANT",
            Self::Both => "BOTH",
        }
    }

    /// One of the official clients writes `Tenant` where it writes the others in capitals.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "INDIVIDUAL" => Some(Self::Individual),
            "TENANT" | "Tenant" => Some(Self::Tenant),
            "BOTH" => Some(Self::Both),
            _ => None,
        }
    }
}

/// Allows or denies a target to use an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccessRecord {
    pub(crate) namespace: String,
    pub(crate) target: Target,
    pub(crate) allows: bool,
    pub(crate) enabled: bool,
    pub(crate) inherit_by_children: bool,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

impl AccessRecord {
    /// In the form of REST.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "targetType": self.target.kind.as_str(),
            "targetIdentifier": self.target.identifier,
            "namespace": self.namespace,
            "effect": if self.allows { "ALLOW" } else { "DENY" },
            "enabled": self.enabled,
            "inheritByChildren": self.inherit_by_children,
            "createdAt": dates::rest(self.created),
            "updatedAt": dates::rest(self.updated),
        })
    }
}

/// An agreement that users accept when they sign up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Agreement {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) required: bool,
    pub(crate) lang: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

impl Agreement {
    /// In the form of REST.
    pub(crate) fn to_json(&self, application: &str, order: usize) -> Value {
        json!({
            "id": self.id,
            "applicationId": application,
            "title": self.title,
            "required": self.required,
            "lang": self.lang,
            "order": order,
            "createdAt": dates::rest(self.created),
            "updatedAt": dates::rest(self.updated),
        })
    }
}

/// An id and a secret with which a program accesses an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccessKey {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) remark: Option<String>,
    /// In seconds.
    pub(crate) token_lifetime: i64,
    pub(crate) enabled: bool,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

impl AccessKey {
    /// In the form of REST.
    pub(crate) fn to_json(&self, application: &str) -> Value {
        json!({
            "id": self.id,
            "appId": application,
            "secret": self.secret,
            "remarks": self.remark,
            "tokenLifetime": self.token_lifetime,
            "enabled": self.enabled,
            "createdAt": dates::rest(self.created),
            "updatedAt": dates::rest(self.updated),
        })
    }
}

/// An application.
#[derive(Debug, Clone)]
pub(crate) struct Application {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) name: String,
    /// Unique in the pool.
    pub(crate) identifier: String,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) logo: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) app_type: AppType,
    pub(crate) default_access: DefaultAccess,
    pub(crate) records: Vec<AccessRecord>,
    /// In display order.
    pub(crate) agreements: Vec<Agreement>,
    pub(crate) keys: Vec<AccessKey>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

impl Application {
    /// In the form of REST.
    pub(crate) fn to_json(&self, pool_id: &str) -> Value {
        json!({
            "id": self.id,
            "userPoolId": pool_id,
            "secret": self.secret,
            "name": self.name,
            "identifier": self.identifier,
            "redirectUris": self.redirect_uris,
            "logo": self.logo,
            "description": self.description,
            "appType": self.app_type.as_str(),
            "permissionStrategy": {
                "enabled": self.default_access == DefaultAccess::DenyAll || !self.records.is_empty(),
                "defaultStrategy": self.default_access.as_str(),
            },
            "createdAt": dates::rest(self.created),
            "updatedAt": dates::rest(self.updated),
        })
    }

    pub(crate) fn record_mut(&mut self, namespace: &str, target: &Target) -> Option<&mut AccessRecord> {
        self.records.iter_mut().find(|record| record.namespace == namespace && record.target == *target)
    }

    pub(crate) fn agreement_mut(&mut self, id: i64) -> Result<&mut Agreement, ApiError> {
        self.agreements.iter_mut().find(|agreement| agreement.id == id).ok_or_else(|| no_agreement(id))
    }

    pub(crate) fn remove_agreement(&mut self, id: i64) -> Result<(), ApiError> {
        self.agreement_mut(id)?;
        self.agreements.retain(|agreement| agreement.id != id);
        Ok(())
    }

    /// Puts the named agreements first, in that order, followed by the others in theirs.
    pub(crate) fn sort_agreements(&mut self, order: &[i64]) -> Result<(), ApiError> {
        for id in order {
            self.agreement_mut(*id)?;
        }
        self.agreements
            .sort_by_key(|agreement| order.iter().position(|id| *id == agreement.id).unwrap_or(usize::MAX));
        Ok(())
    }
}

fn no_agreement(id: i64) -> ApiError {
    ApiError::guess(Guess::AgreementNotFound, format!("agreement {id} does not exist"))
}

/// All applications, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Applications {
    list: Vec<Application>,
    last_agreement: i64,
}

impl Applications {
    pub(crate) fn get(&self, id: &str) -> Option<&Application> {
        self.list.iter().find(|application| application.id == id)
    }

    pub(crate) fn require(&self, id: &str) -> Result<&Application, ApiError> {
        self.get(id).ok_or_else(absent)
    }

    pub(crate) fn require_mut(&mut self, id: &str) -> Result<&mut Application, ApiError> {
        self.list.iter_mut().find(|application| application.id == id).ok_or_else(absent)
    }

    /// Adds an application with a new identifier.
    pub(crate) fn insert(&mut self, application: Application) -> Result<(), ApiError> {
        check_name(&application.name)?;
        self.check_identifier(&application.identifier, None)?;
        for agreement in &application.agreements {
            self.last_agreement = self.last_agreement.max(agreement.id);
        }
        self.list.push(application);
        Ok(())
    }

    fn check_identifier(&self, identifier: &str, but: Option<&str>) -> Result<(), ApiError> {
        if identifier.is_empty() {
            return Err(ApiError::invalid("the identifier of an application must not be empty"));
        }
        let taken =
            self.list.iter().any(|known| known.identifier == identifier && but != Some(known.id.as_str()));
        if taken {
            return Err(ApiError::guess(
                Guess::ApplicationExists,
                format!("application identifier \"{identifier}\" is taken"),
            ));
        }
        Ok(())
    }

    /// Changes what the body names, whose keys have been checked.
    pub(crate) fn update(
        &mut self,
        id: &str,
        changes: &Map<String, Value>,
        now: i64,
    ) -> Result<(), ApiError> {
        let mut changed = self.require(id)?.clone();
        let text = |name: &str| changes.get(name).and_then(Value::as_str);
        if let Some(name) = text("name") {
            check_name(name)?;
            changed.name = name.to_owned();
        }
        if let Some(identifier) = text("identifier") {
            self.check_identifier(identifier, Some(id))?;
            changed.identifier = identifier.to_owned();
        }
        if let Some(logo) = text("logo") {
            changed.logo = Some(logo.to_owned());
        }
        if let Some(description) = text("description") {
            changed.description = Some(description.to_owned());
        }
        changed.updated = now;
        *self.require_mut(id)? = changed;
        Ok(())
    }

    pub(crate) fn remove(&mut self, id: &str) -> Result<(), ApiError> {
        self.require(id)?;
        self.list.retain(|application| application.id != id);
        Ok(())
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Application> {
        self.list.iter()
    }

    /// The number of the last agreement.
    pub(crate) fn last_agreement(&self) -> i64 {
        self.last_agreement
    }

    /// Ensures that no number is used twice.
    pub(crate) fn continue_after(&mut self, last: i64) {
        self.last_agreement = self.last_agreement.max(last);
    }

    /// The number of the next agreement.
    pub(crate) fn next_agreement(&mut self) -> i64 {
        self.last_agreement += 1;
        self.last_agreement
    }

    /// The access key of that id, with its application.
    pub(crate) fn key_mut(&mut self, id: &str) -> Result<(String, &mut AccessKey), ApiError> {
        self.list
            .iter_mut()
            .find_map(|application| {
                let owner = application.id.clone();
                application.keys.iter_mut().find(|key| key.id == id).map(|key| (owner, key))
            })
            .ok_or_else(|| no_key(id))
    }

    pub(crate) fn require_key(&self, id: &str) -> Result<(), ApiError> {
        let known = self.list.iter().any(|application| application.keys.iter().any(|key| key.id == id));
        if known { Ok(()) } else { Err(no_key(id)) }
    }

    pub(crate) fn remove_key(&mut self, id: &str) -> Result<(), ApiError> {
        self.require_key(id)?;
        for application in &mut self.list {
            application.keys.retain(|key| key.id != id);
        }
        Ok(())
    }

    /// Removes a target that was deleted. The codes of roles are unique in their namespace only.
    pub(crate) fn forget(&mut self, target: &Target, namespace: Option<&str>) {
        for application in &mut self.list {
            application.records.retain(|record| {
                record.target != *target || namespace.is_some_and(|gone| record.namespace != gone)
            });
        }
    }

    /// Updates the code of a target.
    pub(crate) fn rename_target(&mut self, old: &Target, new: &Target, namespace: Option<&str>) {
        for record in self.list.iter_mut().flat_map(|application| &mut application.records) {
            if record.target == *old && namespace.is_none_or(|own| record.namespace == own) {
                record.target = new.clone();
            }
        }
    }

    /// Removes a namespace that was deleted.
    pub(crate) fn forget_namespace(&mut self, namespace: &str) {
        for application in &mut self.list {
            application.records.retain(|record| record.namespace != namespace);
        }
    }
}

fn check_name(name: &str) -> Result<(), ApiError> {
    if name.is_empty() {
        return Err(ApiError::new(2007, Text::english("application name must not be empty")));
    }
    Ok(())
}

fn absent() -> ApiError {
    ApiError::new(2011, Text::both("application does not exist", "应用不存在"))
}

fn no_key(id: &str) -> ApiError {
    ApiError::guess(Guess::AccessKeyNotFound, format!("programmatic access account \"{id}\" does not exist"))
}
