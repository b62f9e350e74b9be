//! The context of an operation while it runs.

use super::clock::PoolClock;
use super::dates;
use super::error::{ApiError, Lang};
use super::identity::PoolIdentity;
use super::state::State;
use super::state::audit::Change;
use super::state::users::UserKey;
use crate::clock::Clock;

/// The pool during one request. The state is locked throughout, so an operation never sees another one's
/// partial changes.
pub(crate) struct Cx<'a> {
    pub(crate) pool: &'a PoolIdentity,
    pub(crate) state: &'a mut State,
    pub(crate) lang: Lang,
    /// The time of the request, in milliseconds since 1970.
    pub(crate) now: i64,
    /// The application and the tenant named by the headers of the request.
    pub(crate) application: Option<String>,
    pub(crate) tenant: Option<String>,
    /// The user whose own token the request carries, if the path accepts one.
    pub(crate) caller: Option<UserKey>,
    /// The user that this request created: the only one whose password it may return.
    pub(crate) created: Option<UserKey>,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(
        pool: &'a PoolIdentity,
        clock: &'a PoolClock,
        state: &'a mut State,
        lang: Lang,
    ) -> Self {
        let now = dates::millis(clock.wall()).unwrap_or_default();
        Self { pool, state, lang, now, application: None, tenant: None, caller: None, created: None }
    }

    /// The time of the request, in seconds since 1970.
    pub(crate) fn now_seconds(&self) -> i64 {
        self.now.div_euclid(1000)
    }

    /// Records a change, or an attempt at one, in the audit log.
    pub(crate) fn note<T>(&mut self, operation: impl Into<String>, done: &Result<T, ApiError>) {
        let code = done.as_ref().err().map_or(200, |error| error.code);
        let application = self.application.clone();
        self.state.audit.note(Change { time: self.now, operation: operation.into(), code, application });
    }

    /// Returns the ARN of an object in this pool.
    pub(crate) fn arn(&self, kind: &str, id: &str) -> String {
        format!("arn:cn:authing:{}:{kind}:{id}", self.pool.id)
    }

    /// Rejects a list of ids that is empty or contains an empty id.
    pub(crate) fn check_ids(name: &str, ids: &[&str]) -> Result<(), ApiError> {
        if ids.is_empty() || ids.iter().any(|id| id.is_empty()) {
            return Err(ApiError::invalid(format!("{name} must name at least one, and none may be empty")));
        }
        Ok(())
    }
}
