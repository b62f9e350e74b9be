//! The operations of the pool, by subject. Each file has its functions and a table of the names under which
//! they are available.

pub(crate) mod access;
pub(crate) mod access_lists;
pub(crate) mod application_access;
pub(crate) mod applications;
pub(crate) mod audit;
pub(crate) mod factors;
pub(crate) mod groups;
pub(crate) mod identities;
pub(crate) mod messages;
pub(crate) mod org_members;
pub(crate) mod org_rest;
pub(crate) mod orgs;
pub(crate) mod policies;
pub(crate) mod pool;
pub(crate) mod principals;
pub(crate) mod providers;
pub(crate) mod resources;
pub(crate) mod roles;
pub(crate) mod session;
pub(crate) mod tenants;
pub(crate) mod udf;
pub(crate) mod user_changes;
pub(crate) mod user_life;
pub(crate) mod user_lists;
pub(crate) mod users;
