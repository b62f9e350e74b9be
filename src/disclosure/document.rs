//! The document of a disclosure.

use serde::Serialize;

use super::part::Part;
use crate::error::{Error, ErrorKind};
use crate::model::{
    AuditLog, AuthorizedResource, BoundFactors, CustomData, Department, Group, Identity, LoginStatus, Page,
    PolicyAssignment, Role, Tenant, Timestamp, User, UserAction, UserDepartment, WithSecrets,
};

/// What a service may hold about a person that the API cannot return.
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
            /// The user over REST, with fields that GraphQL does not return.
            profile: User,
            /// Accounts at other identity providers.
            identities: Vec<Identity>,
            /// The values of the pool's custom fields.
            custom_data: CustomData,
            /// Groups.
            groups: Page<Group>,
            /// The roles of every namespace.
            roles: Page<Role>,
            /// The departments, with the date of joining.
            departments: Page<UserDepartment>,
            /// The organisations: for each, the departments on the path to the person's.
            orgs: Vec<Vec<Department>>,
            /// The policies assigned to the person.
            policies: Page<PolicyAssignment>,
            /// The resources that the person is authorised for, directly or through a group or role.
            authorized_resources: Page<AuthorizedResource>,
            /// Tenants.
            tenants: Vec<Tenant>,
            /// Second factors.
            second_factors: BoundFactors,
            /// Where the person is signed in.
            sign_ins: LoginStatus,
            /// The person's actions: entries of the service's log.
            user_actions: Page<UserAction>,
            /// The person's changes through the management API: entries of its log.
            audit_log: Page<AuditLog>,
        }
    };
}

macro_rules! declare_document {
    ($( $(#[$meta:meta])* $part:ident : $type:ty, )+) => {
        /// Everything that a pool holds about one person. See the [module documentation](crate::disclosure).
        ///
        /// Serialised, it is a document with each part as a [`Part`], without secrets.
        #[derive(Debug, Serialize)]
        #[serde(rename_all = "camelCase")]
        #[non_exhaustive]
        pub struct Disclosure {
            /// The requested id.
            pub user_id: String,
            /// The id of the pool.
            pub user_pool_id: String,
            /// When it was collected.
            pub collected_at: Timestamp,
            $( $(#[$meta])* pub $part: Part<$type>, )+
            /// Lists that were read and may be longer: they have several pages, or the service counts more
            /// items than it sent.
            pub unproven: Vec<&'static str>,
        }

        impl Disclosure {
            /// Iterates over the parts that could not be read, with the errors.
            #[inline]
            pub fn failed(&self) -> impl Iterator<Item = (&'static str, &Error)> {
                [$( (stringify!($part), self.$part.error()) ),+]
                    .into_iter()
                    .filter_map(|(name, error)| Some((name, error?)))
            }

            /// The number of parts.
            pub(super) const PARTS: usize = [$( stringify!($part) ),+].len();
        }
    };
}
parts! { declare_document }

impl Disclosure {
    /// Returns whether every part was read, and every list to its end.
    #[inline]
    pub fn is_complete(&self) -> bool {
        self.unproven.is_empty() && self.failed().next().is_none()
    }

    /// Returns the names of the parts that could not be read completely.
    #[inline]
    pub fn missing(&self) -> Vec<&'static str> {
        self.failed().map(|(name, _)| name).chain(self.unproven.iter().copied()).collect()
    }

    /// Returns whether the pool has a user with that id. `None` if that could not be read.
    #[inline]
    pub fn is_found(&self) -> Option<bool> {
        match &self.profile {
            Part::Found(_) => Some(true),
            Part::Absent => Some(false),
            Part::Failed(_) => None,
        }
    }

    /// Returns the document as JSON on several lines, without secrets.
    #[inline]
    pub fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(self).map_err(|cause| {
            Error::new(ErrorKind::Other, "the document cannot be written").with_source(cause)
        })
    }

    /// Returns the document for serialisation with its secrets.
    #[inline]
    pub fn with_secrets(&self) -> WithSecrets<'_, Self> {
        WithSecrets::new(self)
    }
}
