//! A blocking client for Authing's user management.

mod auth;
mod call;
mod client;
pub mod clock;
#[cfg(feature = "emulator")]
pub mod emulator;
mod engine;
pub mod error;
mod groups;
mod model;
mod observe;
mod operation;
pub mod paging;
mod password;
mod rate;
mod request;
pub mod retry;
mod roles;
mod secret;
mod setter;
mod single_flight;
mod split;
pub mod transport;
mod users;
mod wire;

#[cfg(feature = "token-file")]
pub use crate::auth::FileTokenStore;
pub use crate::auth::{MemoryTokenStore, StoredToken, TokenKey, TokenLock, TokenStore};
pub use crate::client::{Client, ClientBuilder, GraphQl, Rest};
pub use crate::error::{Error, ErrorKind};
pub use crate::groups::{CreateGroup, DeleteGroup, GroupDetail, Groups, ListGroups};
pub use crate::model::{
    CommonMessage, CustomData, CustomDataInput, CustomField, CustomValue, DataType, Extra, Gender, Group,
    Identity, IdentityInput, Page, Patch, RefreshToken, Role, SortBy, Timestamp, User, UserField, UserInput,
    UserPatch, UserStatus,
};
pub use crate::observe::{Attempt, Stats};
pub use crate::operation::Operation;
pub use crate::password::DEFAULT_PUBLIC_KEY;
pub use crate::rate::RateLimit;
pub use crate::retry::Retry;
pub use crate::roles::{CreateRole, DeleteRole, ListRoles, RoleDetail, Roles};
pub use crate::secret::Secret;
pub use crate::users::{
    AddGroup, AddRoles, BatchKey, BatchUsers, CreateUser, DeleteManyUsers, DeleteUser, FindUser,
    IdentityQuery, InDepartment, InGroup, ListUserGroups, ListUserRoles, ListUsers, Reconciled,
    RefreshUserToken, RemoveGroup, RemoveRoles, SearchUsers, UpdateUser, UserDetail, Users, WithRole,
};
pub use crate::wire::Wire;

/// What the id of every emulated pool begins with. A client with such an id talks to loopback only.
pub(crate) const EMULATED_POOL_PREFIX: &str = "emulated-";

#[cfg(test)]
mod fixtures;
#[cfg(test)]
pub(crate) use crate::fixtures::fixture;
