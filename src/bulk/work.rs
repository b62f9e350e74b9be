//! What a run needs to know about the operation that it repeats.

use super::Outcome;

/// A row in progress.
#[derive(Debug)]
pub(super) struct Item<T> {
    pub(super) index: u64,
    pub(super) key: String,
    pub(super) input: T,
    /// An earlier run may have sent this row: it must be looked up first.
    pub(super) is_unsettled: bool,
}

/// One operation over rows.
pub(super) trait Work<T>: Sync {
    /// Its name, for the journal.
    fn name(&self) -> &'static str;

    /// What else identifies the work, such as the group.
    fn options(&self) -> String;

    /// How many rows it processes at once.
    fn size(&self) -> usize;

    /// Processes rows. Returns one outcome for each row, in order.
    fn carry_out(&self, items: &[&Item<T>]) -> Vec<Outcome>;
}
