//! The building blocks of operations.
//!
//! `request` contains the macro that declares an operation, and `clauses` the errors for invalid clauses;
//! `draft` puts the fields of a request in their places; `paged` and `split` make several requests from one
//! call; `resource` declares the handles; `fixtures` is the test that runs for each operation.

#[cfg(test)]
mod absence;
mod call;
mod check;
pub(crate) mod clauses;
#[cfg(test)]
mod coverage;
mod document;
pub(crate) mod draft;
#[cfg(test)]
pub(crate) mod fixtures;
pub(crate) mod paged;
mod request;
mod resource;
pub(crate) mod split;

pub(crate) use self::call::Call;
pub(crate) use self::check::{any_of, must_be, one_of};
pub(crate) use self::document::{Document, Selection, select};
pub(crate) use self::draft::{Draft, Field, Form, field};
#[cfg(test)]
pub(crate) use self::fixtures::fixture;
pub(crate) use self::paged::paged;
pub(crate) use self::request::request;
pub(crate) use self::resource::resource;
