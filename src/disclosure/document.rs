//! The document.

use serde::Serialize;

use super::part::Part;
use crate::error::{Error, ErrorKind};
use crate::model::{
    AuditLog, AuthorizedResource, BoundFactors, CustomData, Department, Group, Identity, LoginStatus, Page,
    PolicyAssignment, Role, Tenant, Timestamp, User, UserAction, UserDepartment, WithSecrets,
};

/// What a service may hold of a person and the API has no way to ask for.
pub const NOT_COVERED: &[&str] = &[
    "what applications hold of the person",
    "messages that were sent to the person",
    "rules of single applications that name the person",
    "entries of the audit log about changes that others made to the person",
];

/// Calls another macro with all parts: field, type.
macro_rules! parts {
    ($then:ident) => {
        $then! {
            /// The user by REST, with what GraphQL does not return.
            profile: User,
            /// Accounts at other identity providers.
            identities: Vec<Identity>,
            /// Values of the pool's own fields.
            custom_data: CustomData,
            /// Groups.
            groups: Page<Group>,
            /// Roles of every namespace.
            roles: Page<Role>,
            /// Departments, with the day of joining.
            departments: Page<UserDepartment>,
            /// Organisations: of each, the departments on the way to the person's.
            orgs: Vec<Vec<Department>>,
            /// Policies that are given to the person.
            policies: Page<PolicyAssignment>,
            /// Resources that the person is authorised for, directly or by a group or role.
            authorized_resources: Page<AuthorizedResource>,
            /// Tenants.
            tenants: Vec<Tenant>,
            /// Second factors.
            second_factors: BoundFactors,
            /// Where the person is signed in.
            sign_ins: LoginStatus,
            /// What the person did: entries of the service's log.
            user_actions: Page<UserAction>,
            /// What the person changed through the management API: entries of its log.
            audit_log: Page<AuditLog>,
        }
    };
}

macro_rules! declare_document {
    ($( $(#[$meta:meta])* $part:ident : $type:ty, )+) => {
        /// Everything that a pool holds of one person. See the [module](crate::disclosure).
        ///
        /// Serialised, it is a document with each part as a [`Part`], without secrets.
        #[derive(Debug, Serialize)]
        #[serde(rename_all = "camelCase")]
        #[non_exhaustive]
        pub struct Disclosure {
            /// The id that was asked for.
            pub user_id: String,
            /// The id of the pool.
            pub user_pool_id: String,
            /// When it was asked.
            pub collected_at: Timestamp,
            $( $(#[$meta])* pub $part: Part<$type>, )+
            /// Lists that were read and may be longer: they have several pages, or the service counts more items than
            /// it sent.
            pub unproven: Vec<&'static str>,
        }

        impl Disclosure {
            /// The parts that could not be read, with the reasons.
            pub fn failed(&self) -> impl Iterator<Item = (&'static str, &Error)> {
                [$( (stringify!($part), self.$part.error()) ),+]
                    .into_iter()
                    .filter_map(|(name, error)| Some((name, error?)))
            }

            /// How many parts there are.
            pub(super) const PARTS: usize = [$( stringify!($part) ),+].len();
        }
    };
}
parts! { declare_document }

impl Disclosure {
    /// Whether every part was read, and every list to its end.
    pub fn is_complete(&self) -> bool {
        self.unproven.is_empty() && self.failed().next().is_none()
    }

    /// The names of the parts that could not be read, or not to their end.
    pub fn missing(&self) -> Vec<&'static str> {
        self.failed().map(|(name, _)| name).chain(self.unproven.iter().copied()).collect()
    }

    /// Whether the pool has a user of that id. `None` if that could not be read.
    pub fn is_found(&self) -> Option<bool> {
        match &self.profile {
            Part::Found(_) => Some(true),
            Part::Absent => Some(false),
            Part::Failed(_) => None,
        }
    }

    /// The document as JSON on several lines, without secrets.
    pub fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(self).map_err(|cause| {
            Error::new(ErrorKind::Other, "the document cannot be written").with_source(cause)
        })
    }

    /// The same, to be written with its secrets.
    pub fn with_secrets(&self) -> WithSecrets<'_, Self> {
        WithSecrets::new(self)
    }
}
