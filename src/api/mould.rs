//! What operations are made with.
//!
//! `request` has the macro that declares one, `check` what is said of arguments before they are sent, `query` how they
//! stand in a URL, `paged` and `split` how one call becomes several requests, `resource` the handles, and `fixtures` the
//! test that each operation runs.

mod call;
mod check;
#[cfg(test)]
pub(crate) mod fixtures;
mod paged;
mod query;
mod request;
mod resource;
pub(crate) mod split;

pub(crate) use self::call::Call;
pub(crate) use self::check::{Check, always_acceptable, one_of};
#[cfg(test)]
pub(crate) use self::fixtures::fixture;
pub(crate) use self::paged::paged;
pub(crate) use self::query::{as_list, in_query};
pub(crate) use self::request::request;
pub(crate) use self::resource::resource;
