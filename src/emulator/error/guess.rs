//! Errors whose code is a guess.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// An error for which neither documentation nor a captured response gives the service's code.
///
/// The default is a code that clients classify correctly: 404 for what does not exist, 409 for what already
/// exists. [`PoolBuilder::error_code`](super::super::PoolBuilder::error_code) sets another one. A response
/// based on a guess names it in the header `x-authing-emulator-guess`.
///
/// ```
/// use authing::emulator::{Guess, Pool};
///
/// let pool = Pool::builder().error_code(Guess::GroupNotFound, 500).build();
/// let client = pool.client();
/// let bob = client.users().create().username("bob").send()?;
/// let error = client.users().add_group(&bob.id, "nobody").send().unwrap_err();
/// assert_eq!(error.code(), Some(500));
/// # Ok::<(), authing::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Guess {
    /// Invalid input for which no code is documented.
    InvalidInput,
    /// A wrong secret of the pool.
    WrongSecret,
    /// A management token that cannot be exchanged, because it is invalid.
    DeadToken,
    /// A group does not exist.
    GroupNotFound,
    /// A group with that code exists.
    GroupExists,
    /// A role does not exist.
    RoleNotFound,
    /// A role with that code exists.
    RoleExists,
    /// A policy does not exist.
    PolicyNotFound,
    /// A policy with that code exists.
    PolicyExists,
    /// A policy is a system policy and cannot be changed.
    PolicyReadOnly,
    /// A policy is not assigned to that target.
    PolicyAssignmentNotFound,
    /// A permission namespace does not exist, for operations without a documented code.
    NamespaceNotFound,
    /// A permission namespace with that code exists.
    NamespaceExists,
    /// A resource does not exist.
    ResourceNotFound,
    /// A resource with that code exists.
    ResourceExists,
    /// An organisation does not exist.
    OrgNotFound,
    /// A department does not exist, or not in that organisation.
    DepartmentNotFound,
    /// A department with that code exists in the organisation.
    DepartmentExists,
    /// A user is not in that department.
    MemberNotFound,
    /// A custom field is not defined.
    CustomFieldNotFound,
    /// The target of custom data or of a grant does not exist.
    TargetNotFound,
    /// An application with that identifier exists.
    ApplicationExists,
    /// An agreement of an application does not exist.
    AgreementNotFound,
    /// An application has no access record for that target.
    AccessRecordNotFound,
    /// A programmatic access account does not exist.
    AccessKeyNotFound,
    /// An environment variable does not exist.
    EnvironmentVariableNotFound,
    /// A user is not active and cannot sign in.
    AccountLocked,
    /// A tenant does not exist.
    TenantNotFound,
    /// A tenant with that id exists.
    TenantExists,
    /// A user is not a member, or not an administrator, of that tenant.
    TenantMemberNotFound,
    /// An external identity provider does not exist.
    ProviderNotFound,
    /// An external identity provider with that id exists.
    ProviderExists,
    /// A connection of an external identity provider does not exist.
    ConnectionNotFound,
    /// A connection of an external identity provider with that identifier exists.
    ConnectionExists,
    /// A second factor is not bound.
    FactorNotFound,
    /// An account at another provider is not linked.
    IdentityNotFound,
    /// An account at another provider is already linked.
    IdentityExists,
}

impl Guess {
    /// All guesses.
    pub const ALL: &'static [Self] = &[
        Self::InvalidInput,
        Self::WrongSecret,
        Self::DeadToken,
        Self::GroupNotFound,
        Self::GroupExists,
        Self::RoleNotFound,
        Self::RoleExists,
        Self::PolicyNotFound,
        Self::PolicyExists,
        Self::PolicyReadOnly,
        Self::PolicyAssignmentNotFound,
        Self::NamespaceNotFound,
        Self::NamespaceExists,
        Self::ResourceNotFound,
        Self::ResourceExists,
        Self::OrgNotFound,
        Self::DepartmentNotFound,
        Self::DepartmentExists,
        Self::MemberNotFound,
        Self::CustomFieldNotFound,
        Self::TargetNotFound,
        Self::ApplicationExists,
        Self::AgreementNotFound,
        Self::AccessRecordNotFound,
        Self::AccessKeyNotFound,
        Self::EnvironmentVariableNotFound,
        Self::AccountLocked,
        Self::TenantNotFound,
        Self::TenantExists,
        Self::TenantMemberNotFound,
        Self::ProviderNotFound,
        Self::ProviderExists,
        Self::ConnectionNotFound,
        Self::ConnectionExists,
        Self::FactorNotFound,
        Self::IdentityNotFound,
        Self::IdentityExists,
    ];

    /// Returns the name in the header and in settings, for example `group-not-found`.
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid-input",
            Self::WrongSecret => "wrong-secret",
            Self::DeadToken => "dead-token",
            Self::GroupNotFound => "group-not-found",
            Self::GroupExists => "group-exists",
            Self::RoleNotFound => "role-not-found",
            Self::RoleExists => "role-exists",
            Self::PolicyNotFound => "policy-not-found",
            Self::PolicyExists => "policy-exists",
            Self::PolicyReadOnly => "policy-read-only",
            Self::PolicyAssignmentNotFound => "policy-assignment-not-found",
            Self::NamespaceNotFound => "namespace-not-found",
            Self::NamespaceExists => "namespace-exists",
            Self::ResourceNotFound => "resource-not-found",
            Self::ResourceExists => "resource-exists",
            Self::OrgNotFound => "org-not-found",
            Self::DepartmentNotFound => "department-not-found",
            Self::DepartmentExists => "department-exists",
            Self::MemberNotFound => "member-not-found",
            Self::CustomFieldNotFound => "custom-field-not-found",
            Self::TargetNotFound => "target-not-found",
            Self::ApplicationExists => "application-exists",
            Self::AgreementNotFound => "agreement-not-found",
            Self::AccessRecordNotFound => "access-record-not-found",
            Self::AccessKeyNotFound => "access-key-not-found",
            Self::EnvironmentVariableNotFound => "environment-variable-not-found",
            Self::AccountLocked => "account-locked",
            Self::TenantNotFound => "tenant-not-found",
            Self::TenantExists => "tenant-exists",
            Self::TenantMemberNotFound => "tenant-member-not-found",
            Self::ProviderNotFound => "provider-not-found",
            Self::ProviderExists => "provider-exists",
            Self::ConnectionNotFound => "connection-not-found",
            Self::ConnectionExists => "connection-exists",
            Self::FactorNotFound => "factor-not-found",
            Self::IdentityNotFound => "identity-not-found",
            Self::IdentityExists => "identity-exists",
        }
    }

    /// Returns the code that a pool uses by default.
    pub fn default_code(self) -> i64 {
        match self {
            Self::InvalidInput => 2231,
            Self::WrongSecret => 1001,
            Self::DeadToken => 500,
            Self::AccountLocked => 2005,
            Self::GroupNotFound
            | Self::RoleNotFound
            | Self::PolicyNotFound
            | Self::PolicyAssignmentNotFound
            | Self::NamespaceNotFound
            | Self::ResourceNotFound
            | Self::OrgNotFound
            | Self::DepartmentNotFound
            | Self::MemberNotFound
            | Self::CustomFieldNotFound
            | Self::TargetNotFound
            | Self::AgreementNotFound
            | Self::AccessRecordNotFound
            | Self::AccessKeyNotFound
            | Self::EnvironmentVariableNotFound
            | Self::TenantNotFound
            | Self::TenantMemberNotFound
            | Self::ProviderNotFound
            | Self::ConnectionNotFound
            | Self::FactorNotFound
            | Self::IdentityNotFound => 404,
            Self::GroupExists
            | Self::RoleExists
            | Self::PolicyExists
            | Self::NamespaceExists
            | Self::ResourceExists
            | Self::DepartmentExists
            | Self::ApplicationExists
            | Self::TenantExists
            | Self::ProviderExists
            | Self::ConnectionExists
            | Self::IdentityExists => 409,
            Self::PolicyReadOnly => 403,
        }
    }
}

impl fmt::Display for Guess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The error for a text that is not the name of a [`Guess`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownGuess(String);

impl fmt::Display for UnknownGuess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not the name of a guess", self.0)
    }
}

impl std::error::Error for UnknownGuess {}

impl FromStr for Guess {
    type Err = UnknownGuess;

    fn from_str(name: &str) -> Result<Self, UnknownGuess> {
        let found = Self::ALL.iter().copied().find(|guess| guess.name() == name);
        found.ok_or_else(|| UnknownGuess(name.to_owned()))
    }
}

/// The codes of one pool.
#[derive(Debug, Clone, Default)]
pub(crate) struct Codes(BTreeMap<Guess, i64>);

impl Codes {
    pub(crate) fn set(&mut self, guess: Guess, code: i64) {
        self.0.insert(guess, code);
    }

    /// Iterates over those that differ from the defaults.
    pub(crate) fn set_ones(&self) -> impl Iterator<Item = (Guess, i64)> {
        self.0.iter().map(|(guess, code)| (*guess, *code))
    }

    pub(crate) fn of(&self, guess: Guess) -> i64 {
        self.0.get(&guess).copied().unwrap_or_else(|| guess.default_code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_is_read_back_by_its_name() {
        for guess in Guess::ALL {
            assert_eq!(guess.name().parse(), Ok(*guess));
        }
        assert!("group".parse::<Guess>().is_err());
    }

    #[test]
    fn what_does_not_exist_and_what_exists_already_have_codes_that_clients_tell_apart() {
        for guess in Guess::ALL {
            if guess.name().ends_with("-not-found") {
                assert_eq!(guess.default_code(), 404, "{guess}");
            }
            if guess.name().ends_with("-exists") {
                assert_eq!(guess.default_code(), 409, "{guess}");
            }
        }
    }
}
