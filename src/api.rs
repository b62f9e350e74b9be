//! The operations of the API, a module for each resource, and the [`mould`] that they are made with.
//!
//! A resource is a handle such as [`Users`](users::Users), whose methods begin requests. Each operation is
//! one file: what it sends, what it reads, its documentation and its fixture.

pub mod access;
pub mod allow_lists;
pub mod applications;
pub mod authentication;
pub mod custom_fields;
pub mod groups;
pub mod identity_providers;
pub mod mfa;
pub(crate) mod mould;
pub mod orgs;
pub mod policies;
pub mod principal_authentication;
pub mod roles;
pub mod statistics;
pub mod tenants;
pub mod user_pool;
pub mod users;
