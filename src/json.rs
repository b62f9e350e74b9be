//! Reading JSON from a service, beyond what a JSON library provides.
//!
//! `sanitize` converts text that a strict parser rejects because of one value into text that it accepts;
//! `raw` keeps values as text in any format; `name` borrows names; `scope` contains settings for the readers
//! and writers of one thread.

mod name;
mod raw;
mod sanitize;
mod scope;

pub(crate) use self::name::Name;
pub(crate) use self::raw::{TextSeed, to_raw};
pub(crate) use self::sanitize::{parse, readable, sanitize};
pub(crate) use self::scope::{is_lenient, leniently, strictly, within};
