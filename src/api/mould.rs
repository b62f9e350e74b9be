//! What operations are made with.
//!
//! `request` has the macro that declares one, and `clauses` says what is wrong with it; `draft` puts the fields of a request
//! into their places; `paged` and `split` make several requests of one call; `resource` declares the handles, and `fixtures` is
//! the test that each operation runs.

mod call;
mod check;
pub(crate) mod clauses;
#[cfg(test)]
mod coverage;
mod draft;
#[cfg(test)]
pub(crate) mod fixtures;
pub(crate) mod paged;
mod request;
mod resource;
pub(crate) mod split;

pub(crate) use self::call::Call;
pub(crate) use self::check::one_of;
pub(crate) use self::draft::{Draft, Form};
#[cfg(test)]
pub(crate) use self::fixtures::fixture;
pub(crate) use self::paged::paged;
pub(crate) use self::request::request;
pub(crate) use self::resource::resource;
