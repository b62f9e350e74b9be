//! Tenants: parts of a pool with members, administrators and applications of their own.

use serde_json::{Value, json};

use super::users::UserKey;
use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess, Text};

/// A membership of a user in a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TenantMember {
    /// The membership has its own id.
    pub(crate) id: String,
    pub(crate) user: UserKey,
    pub(crate) enabled: bool,
    pub(crate) admin: bool,
}

/// A tenant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tenant {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) logo: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) css: Option<String>,
    /// The appearance of the sign-in page, as given.
    pub(crate) sign_in_page: Option<Value>,
    /// Ids of its applications.
    pub(crate) applications: Vec<String>,
    /// In the order in which they joined.
    pub(crate) members: Vec<TenantMember>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

impl Tenant {
    /// In the form of REST.
    pub(crate) fn to_json(&self, pool_id: &str) -> Value {
        json!({
            "id": self.id,
            "userPoolId": pool_id,
            "name": self.name,
            "logo": self.logo,
            "description": self.description,
            "css": self.css,
            "ssoPageCustomizationSettings": self.sign_in_page,
            "defaultLoginTab": "password",
            "defaultRegisterTab": "email",
            "passwordTabConfig": {
                "enabledLoginMethods": ["username-password", "email-password", "phone-password"],
            },
            "loginTabs": ["password"],
            "registerTabs": ["email", "phone"],
            "extendsFields": null,
            "createdAt": dates::rest(self.created),
            "updatedAt": dates::rest(self.updated),
        })
    }

    pub(crate) fn member(&self, user: UserKey) -> Option<&TenantMember> {
        self.members.iter().find(|member| member.user == user)
    }

    pub(crate) fn member_mut(&mut self, user: UserKey) -> Result<&mut TenantMember, ApiError> {
        let id = self.id.clone();
        self.members.iter_mut().find(|member| member.user == user).ok_or_else(|| {
            ApiError::guess(
                Guess::TenantMemberNotFound,
                format!("the user is not a member of tenant \"{id}\""),
            )
        })
    }
}

/// All tenants, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tenants {
    list: Vec<Tenant>,
}

impl Tenants {
    pub(crate) fn get(&self, id: &str) -> Option<&Tenant> {
        self.list.iter().find(|tenant| tenant.id == id)
    }

    pub(crate) fn require(&self, id: &str) -> Result<&Tenant, ApiError> {
        self.get(id).ok_or_else(|| absent(id))
    }

    pub(crate) fn require_mut(&mut self, id: &str) -> Result<&mut Tenant, ApiError> {
        self.list.iter_mut().find(|tenant| tenant.id == id).ok_or_else(|| absent(id))
    }

    /// Adds a tenant whose id is new.
    pub(crate) fn insert(&mut self, tenant: Tenant) -> Result<(), ApiError> {
        check_name(&tenant.name)?;
        if self.get(&tenant.id).is_some() {
            return Err(ApiError::guess(
                Guess::TenantExists,
                format!("tenant \"{}\" already exists", tenant.id),
            ));
        }
        self.list.push(tenant);
        Ok(())
    }

    pub(crate) fn remove(&mut self, id: &str) -> Result<(), ApiError> {
        self.require(id)?;
        self.list.retain(|tenant| tenant.id != id);
        Ok(())
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Tenant> {
        self.list.iter()
    }

    pub(crate) fn forget_user(&mut self, user: UserKey) {
        for tenant in &mut self.list {
            tenant.members.retain(|member| member.user != user);
        }
    }

    pub(crate) fn forget_application(&mut self, application: &str) {
        for tenant in &mut self.list {
            tenant.applications.retain(|own| own != application);
        }
    }
}

pub(crate) fn check_name(name: &str) -> Result<(), ApiError> {
    if name.is_empty() {
        return Err(ApiError::invalid(Text::both(
            "the name of a tenant must not be empty",
            "租户名称不能为空",
        )));
    }
    Ok(())
}

fn absent(id: &str) -> ApiError {
    ApiError::guess(Guess::TenantNotFound, format!("tenant \"{id}\" does not exist"))
}
