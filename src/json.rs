//! What reading JSON from a service needs beyond a JSON library.
//!
//! `sanitize` turns text that a strict parser refuses for one value into text that it reads; `raw` keeps values as text in
//! any format; `scope` holds what the readers and writers of one thread are told.

mod raw;
mod sanitize;
mod scope;

pub(crate) use self::raw::{TextSeed, to_raw};
pub(crate) use self::sanitize::{parse, readable, sanitize};
pub(crate) use self::scope::{is_lenient, leniently, strictly, within};
