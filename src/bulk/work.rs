//! What a run needs to know of the operation that it repeats.

use super::Outcome;

/// A row on its way.
#[derive(Debug)]
pub(super) struct Item<T> {
    pub(super) index: u64,
    pub(super) key: String,
    pub(super) input: T,
    /// An earlier run may have sent this row: it is to be looked up first.
    pub(super) is_unsettled: bool,
}

/// One operation over rows.
pub(super) trait Work<T>: Sync {
    /// Its name, for the journal.
    fn name(&self) -> &'static str;

    /// What else tells this work from another of that name, such as the group.
    fn options(&self) -> String;

    /// How many rows it likes to get at once.
    fn size(&self) -> usize;

    /// Carries rows out. One outcome for each row, in their order.
    fn carry_out(&self, items: &[&Item<T>]) -> Vec<Outcome>;
}
