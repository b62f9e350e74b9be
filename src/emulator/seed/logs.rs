//! Changes through the management API, and the valid tokens of users.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::SeedError;
use super::object::Object;
use super::part::{instant, part, placed, written};
use super::section::{Load, Section, Write};
use crate::emulator::dates;
use crate::emulator::state::State;
use crate::emulator::state::audit::Change;

pub(crate) const CHANGES: Section =
    Section { name: "changes", read: read_change, write: Write::List(write_changes) };

pub(crate) const SESSIONS: Section =
    Section { name: "sessions", read: read_session, write: Write::List(write_sessions) };

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangePart {
    time: String,
    operation: String,
    code: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    application: Option<String>,
}

fn read_change(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let ChangePart { time, operation, code, application } = part(object)?;
    placed(
        object,
        instant(Some(&time), load.now)
            .map(|time| load.state.audit.note(Change { time, operation, code, application })),
    )
}

/// Oldest first.
fn write_changes(state: &State) -> Vec<Value> {
    let mut changes = written(state.audit.newest_first().map(|change| {
        let Change { time, operation, code, application } = change.clone();
        ChangePart { time: dates::rest(time), operation, code, application }
    }));
    changes.reverse();
    changes
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct SessionPart {
    user_id: String,
    signature: String,
    /// In seconds since 1970.
    expires: i64,
}

fn read_session(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let SessionPart { user_id, signature, expires } = part(object)?;
    let user = load.state.users.require(&user_id).map(|key| load.state.users.get(key).map(|user| user.id));
    placed(
        object,
        user.map(|user| {
            if let Some(user) = user {
                load.state.sessions.resume(user, signature, expires);
            }
        }),
    )
}

fn write_sessions(state: &State) -> Vec<Value> {
    written(state.sessions.iter().map(|(user, signature, expires)| SessionPart {
        user_id: user.to_string(),
        signature: signature.to_owned(),
        expires,
    }))
}
