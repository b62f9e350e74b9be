//! What the pool can do, by subject. Each file has its functions and the table under which names they are offered.

pub(crate) mod groups;
pub(crate) mod identities;
pub(crate) mod roles;
pub(crate) mod session;
pub(crate) mod udf;
pub(crate) mod user_changes;
pub(crate) mod user_life;
pub(crate) mod user_lists;
pub(crate) mod users;
