//! Changes through the management API, newest last.

use std::collections::VecDeque;

/// How many changes are kept. Older ones are dropped, so that the log of a pool under load does not grow.
const KEPT: usize = 10_000;

/// One change, or an attempt at one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// Milliseconds since 1970.
    pub(crate) time: i64,
    /// The GraphQL mutation, or the method and path template of a REST request.
    pub(crate) operation: String,
    /// 200, or the code of the refusal.
    pub(crate) code: i64,
    /// The application for which the request was made.
    pub(crate) application: Option<String>,
}

/// The log.
#[derive(Debug, Clone, Default)]
pub(crate) struct Audit {
    changes: VecDeque<Change>,
}

impl Audit {
    pub(crate) fn note(&mut self, change: Change) {
        if self.changes.len() == KEPT {
            self.changes.pop_front();
        }
        self.changes.push_back(change);
    }

    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().rev()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_does_not_grow_for_ever() {
        let mut audit = Audit::default();
        for time in 0..=10_000 {
            audit.note(Change { time, operation: "createUser".to_owned(), code: 200, application: None });
        }
        assert_eq!(audit.newest_first().count(), KEPT);
        assert_eq!(audit.newest_first().last().unwrap().time, 1);
    }
}
