//! The lines of a journal.

use serde::{Deserialize, Serialize};

use crate::bulk::Outcome;
use crate::bulk::sealed::{seal, unseal};
use crate::model::{User, UserField};

/// The version of the line format.
const VERSION: u32 = 1;

/// What a journal belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::bulk) struct Header {
    pub(in crate::bulk) pool: String,
    pub(in crate::bulk) host: String,
    pub(in crate::bulk) operation: String,
    pub(in crate::bulk) options: String,
    pub(in crate::bulk) shard: Option<(u32, u32)>,
}

/// The header with its version, which can be read even if the rest has another form.
#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    authing_bulk_journal: u32,
    #[serde(flatten)]
    header: T,
}

impl Header {
    /// Describes in what respect it belongs to something else.
    #[inline]
    pub(super) fn must_be(&self, wanted: &Self) -> Result<(), String> {
        for (what, is, wanted) in [
            ("version", &self.version_mark(), &wanted.version_mark()),
            ("pool", &self.pool, &wanted.pool),
            ("host", &self.host, &wanted.host),
            ("operation", &self.operation, &wanted.operation),
            ("options", &self.options, &wanted.options),
        ] {
            if is != wanted {
                let another = if what == "options" { "other" } else { "another" };
                return Err(format!("is of {another} {what}: `{is}`, not `{wanted}`"));
            }
        }
        if self.shard != wanted.shard {
            return Err("is of another shard".to_owned());
        }
        Ok(())
    }

    /// A header of another version has no operation, only a mark of the version.
    #[inline]
    fn version_mark(&self) -> String {
        match self.operation.strip_prefix(OTHER_VERSION) {
            Some(version) => version.to_owned(),
            None => VERSION.to_string(),
        }
    }
}

/// Stands in place of the operation, for a header of another version.
const OTHER_VERSION: &str = "\0version ";

pub(super) enum Record {
    Header(Header),
    /// The row at that position, with that hash, is about to be sent.
    Intended(u64, u64),
    /// The row was certainly not carried out.
    Cancelled(u64),
    Completed(u64, Outcome),
}

impl Record {
    /// The recorded part of an outcome: its kind, the id of the user and the fields.
    #[inline]
    pub(super) fn of_outcome(index: u64, outcome: &Outcome) -> Self {
        let kept = |user: &User| Box::new(User::new(user.id.clone()));
        Self::Completed(
            index,
            match outcome {
                Outcome::Created(user) => Outcome::Created(kept(user)),
                Outcome::AlreadyThere(user) => Outcome::AlreadyThere(kept(user)),
                Outcome::Unchanged(user) => Outcome::Unchanged(kept(user)),
                Outcome::Changed { user, fields, .. } => {
                    Outcome::Changed { user: kept(user), before: None, fields: fields.clone() }
                }
                _ => Outcome::Done,
            },
        )
    }
}

#[inline]
pub(super) fn line(record: &Record) -> Vec<u8> {
    let json = match record {
        Record::Header(header) => {
            serde_json::to_string(&Versioned { authing_bulk_journal: VERSION, header: header.clone() })
        }
        Record::Intended(index, fingerprint) => {
            serde_json::to_string(&("i", index, format!("{fingerprint:016x}")))
        }
        Record::Cancelled(index) => serde_json::to_string(&("x", index)),
        Record::Completed(index, outcome) => {
            let id = outcome.user().map_or("", |user| &user.id);
            match outcome {
                Outcome::Created(_) => serde_json::to_string(&("c", index, id)),
                Outcome::AlreadyThere(_) => serde_json::to_string(&("a", index, id)),
                Outcome::Unchanged(_) => serde_json::to_string(&("u", index, id)),
                Outcome::Changed { fields, .. } => serde_json::to_string(&("g", index, id, fields)),
                _ => serde_json::to_string(&("d", index)),
            }
        }
    };
    // Texts and numbers can always be written.
    let json = json.unwrap_or_default();
    seal(json.as_bytes())
}

/// Parses a record, if the line is whole.
#[inline]
pub(super) fn parse(line: &[u8]) -> Option<Record> {
    let json = unseal(line)?;
    if json.first() == Some(&b'{') {
        return header(json).map(Record::Header);
    }
    let kind: Kind<'_> = serde_json::from_slice(json).ok()?;
    let user = |id: String| Box::new(User::new(id));
    Some(match kind {
        Kind::Pair("x", index) => Record::Cancelled(index),
        Kind::Pair("d", index) => Record::Completed(index, Outcome::Done),
        Kind::Text("i", index, fingerprint) => {
            Record::Intended(index, u64::from_str_radix(&fingerprint, 16).ok()?)
        }
        Kind::Text("c", index, id) => Record::Completed(index, Outcome::Created(user(id))),
        Kind::Text("a", index, id) => Record::Completed(index, Outcome::AlreadyThere(user(id))),
        Kind::Text("u", index, id) => Record::Completed(index, Outcome::Unchanged(user(id))),
        Kind::Fields("g", index, id, fields) => {
            Record::Completed(index, Outcome::Changed { user: user(id), before: None, fields })
        }
        _ => return None,
    })
}

/// Distinguished by the number of values.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kind<'a> {
    Pair(&'a str, u64),
    Text(&'a str, u64, String),
    Fields(&'a str, u64, String, Vec<UserField>),
}

#[inline]
fn header(json: &[u8]) -> Option<Header> {
    let versioned: Versioned<serde_json::Value> = serde_json::from_slice(json).ok()?;
    if versioned.authing_bulk_journal == VERSION {
        return serde_json::from_value(versioned.header).ok();
    }
    let version = versioned.authing_bulk_journal;
    Some(Header {
        pool: String::new(),
        host: String::new(),
        operation: format!("{OTHER_VERSION}{version}"),
        options: String::new(),
        shard: None,
    })
}
