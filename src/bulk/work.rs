//! What a run needs to know about the operation that it repeats.

use super::Outcome;

/// A row in progress.
#[derive(Debug)]
pub(crate) struct Item<T> {
    pub(super) index: u64,
    /// What identifies the row in the journal.
    pub(super) slot: u64,
    pub(crate) key: String,
    pub(crate) input: T,
    /// An earlier run may have sent this row: it must be looked up first.
    pub(crate) is_unsettled: bool,
}

#[cfg(test)]
impl<T> Item<T> {
    pub(crate) fn new(input: T) -> Self {
        Self { index: 0, slot: 0, key: String::new(), input, is_unsettled: false }
    }
}

/// One operation over rows.
pub(crate) trait Work<T>: Sync {
    /// Its name, for the journal.
    fn name(&self) -> &'static str;

    /// What else identifies the work, such as the group.
    fn options(&self) -> String;

    /// How many rows it processes at once.
    fn size(&self) -> usize;

    /// Returns whether a row may be processed together with the row before it.
    #[inline]
    fn joins(&self, _before: &T, _next: &T) -> bool {
        true
    }

    /// Returns whether the journal identifies rows by their fingerprints instead of their positions, because
    /// some rows may be absent the next time. A fingerprint is that of the key and of the serialised row.
    #[inline]
    fn is_keyed(&self) -> bool {
        false
    }

    /// Returns whether a row that is finished according to the journal is not processed again. If not, it is
    /// looked up first, like a row that may have been sent.
    #[inline]
    fn accepts_completion(&self, _input: &T) -> bool {
        true
    }

    /// Processes rows. Returns one outcome for each row, in order.
    fn carry_out(&self, items: &[&Item<T>]) -> Vec<Outcome>;
}
