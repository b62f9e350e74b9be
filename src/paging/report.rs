//! What is known about a listing: how much was seen, and whether anything is missing.

/// Whether a listing contains all items that existed throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Completeness {
    /// Every item that was in the list from the first request to the last was returned, each once. See the
    /// [module documentation](crate::paging) for the proof.
    Exact,
    /// Nothing is known to be missing, but completeness is not proven. Also the state before the end of the
    /// list.
    Unknown,
    /// Items are missing: at the last request, the list had more items than were seen.
    Incomplete,
}

/// The report on a listing. Returned by `report()` of [`Items`](crate::paging::Items) and
/// [`Pages`](crate::paging::Pages), at the end or before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The number of items that the service sent.
    pub seen: u64,
    /// The number of different items among them.
    pub distinct: u64,
    /// The number of items that were sent again.
    pub doubled: u64,
    /// The number of further items that could not be read as the type of the list, and were not returned.
    /// They are in [`Page::odd`](crate::Page::odd) of their pages. If there are any, the listing is not
    /// complete.
    pub odd: u64,
    /// The ids or other keys of the items that were sent again, in that order; the first thousand. Items
    /// without a key are counted only in `doubled`.
    pub duplicates: Vec<String>,
    /// How many more items the list has than were seen, according to the service's last count. This includes
    /// users created while the list was read.
    pub missing_at_least: u64,
    /// The total number of items, according to the service's last count. `None` if it sent none.
    pub total_count: Option<u64>,
    /// Whether anything is missing.
    pub completeness: Completeness,
}

impl Report {
    /// Returns whether it is certain that nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.completeness == Completeness::Exact
    }
}
