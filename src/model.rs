//! The models: what the service returns, decoded tolerantly.
//!
//! A model requires only its `id`; all other fields are optional. Unknown fields are kept in `extra` and
//! written back, except for secrets. A value of an unexpected form does not fail the page that contains it:
//! its field stays empty, and the value is kept in `extra` under its wire name.
//!
//! Models are declared with [`model!`](macros) and enums with [`open_enum!`](macros); `tolerant` reads them.

// What not every program calls is `#[inline]` here and in `client`, even if it is long or calls others: so it
// is compiled only in programs that call it.

mod application;
mod application_access;
pub(crate) mod argument;
mod audit_log;
mod common_message;
mod count;
mod custom_data;
pub(crate) mod data;
mod department;
mod department_tree;
pub(crate) mod epoch_millis;
pub(crate) mod extra;
mod factor;
mod field_set;
pub(crate) mod fields;
mod gender;
mod given;
mod grant;
mod group;
mod identity;
mod identity_provider;
pub(crate) mod input;
pub(crate) mod item_key;
mod login_status;
pub(crate) mod macros;
mod namespace;
mod org;
mod page;
mod partial_user;
mod patch;
mod policy;
mod policy_assignment;
mod principal_authentication;
mod programmatic_account;
mod refresh_token;
mod resource;
mod resource_definition;
mod role;
pub(crate) mod secrets;
pub(crate) mod setter;
mod sort_by;
mod tenant;
mod timestamp;
mod token_status;
pub(crate) mod tolerant;
mod translations;
mod treeify;
mod user;
mod user_action;
mod user_condition;
pub(crate) mod user_fields;
mod user_input;
mod user_pool;
mod user_status;
pub(crate) mod wire_names;

pub use self::application::{
    Agreement, Application, ApplicationTenants, ApplicationType, DefaultStrategy, PermissionStrategy,
};
pub use self::application_access::ApplicationAccessRecord;
pub use self::audit_log::AuditLog;
pub use self::common_message::CommonMessage;
pub use self::count::Count;
pub(crate) use self::custom_data::custom_data_of_map;
pub use self::custom_data::{
    CustomData, CustomDataInput, CustomDataOfMany, CustomField, CustomFieldDefinition, CustomTarget,
    CustomValue, CustomValueInput, DataType, SelectOption, TargetCustomData,
};
pub use self::department::{Department, UserDepartment};
pub use self::department_tree::{DepartmentInput, DepartmentTree};
pub use self::epoch_millis::EpochMillis;
pub use self::extra::Extra;
pub use self::factor::{BoundFactors, Factor, TotpFactor};
pub(crate) use self::field_set::{FieldSet, Index as FieldIndex};
pub use self::gender::Gender;
pub use self::given::Given;
pub(crate) use self::given::given_as;
pub use self::grant::{
    ActionFilter, AuthorizedTarget, Grant, GrantTarget, GrantToMany, GrantedResource, Revocation,
};
pub use self::group::Group;
pub use self::identity::{Identity, IdentityInput};
pub use self::identity_provider::{Connection, ConnectionFields, IdentityProvider};
pub use self::login_status::LoginStatus;
pub use self::namespace::Namespace;
pub use self::org::Org;
pub use self::page::Page;
pub use self::partial_user::{AnyUser, PartialUser};
pub use self::patch::Patch;
pub use self::policy::{
    Policy, PolicyCondition, PolicyConditionInput, PolicyEffect, PolicyStatement, PolicyStatementInput,
};
pub use self::policy_assignment::{PolicyAssignment, PolicyTargetType};
pub use self::principal_authentication::{PrincipalAuthentication, PrincipalType};
pub use self::programmatic_account::ProgrammaticAccount;
pub use self::refresh_token::RefreshToken;
pub use self::resource::{Action, AuthorizedResource, Resource, ResourceType};
pub(crate) use self::resource_definition::check_address;
pub use self::resource_definition::{ResourceAction, ResourceActionInput, ResourceDefinition, ResourceInput};
pub use self::role::Role;
pub use self::secrets::WithSecrets;
pub use self::sort_by::SortBy;
pub use self::tenant::{SignInPage, Tenant, TenantMember};
pub use self::timestamp::Timestamp;
pub use self::token_status::{EmailScene, PasswordCheck, TokenOwner, TokenStatus};
pub use self::translations::Translations;
pub use self::user::User;
pub use self::user_action::{ActionUser, GeoIp, UserAction};
pub use self::user_condition::{FieldCondition, UserCondition};
pub use self::user_fields::UserField;
pub use self::user_input::{UserInput, UserPatch};
pub use self::user_pool::{
    AllowListSettings, AllowListType, AllowedValue, EnvironmentVariable, FrequencyCheck, UserPool,
    UserPoolType,
};
pub use self::user_status::UserStatus;
