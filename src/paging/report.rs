//! What is known about a listing: how much was seen, and whether anything is missing.

/// Whether a listing has all items that were there throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Completeness {
    /// Certain: every item that was in the list from the first request to the last was seen, each once. See the
    /// [module](crate::paging) for why.
    Exact,
    /// Nothing is known to be missing, and nothing proves that nothing is. Also before the end of the list.
    Unknown,
    /// Items are missing: when the service was last asked, the list had more items than were seen.
    Incomplete,
}

/// What a listing came to. Returned by `report()` of [`Items`](crate::paging::Items) and
/// [`Pages`](crate::paging::Pages), at the end or before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// How many items the service sent.
    pub seen: u64,
    /// How many different items there were among them.
    pub distinct: u64,
    /// How many items were sent that had been sent before.
    pub doubled: u64,
    /// How many further items came that could not be read as what the list holds, and so were not returned. They are in
    /// [`Page::odd`](crate::Page::odd) of their pages. With any, a listing is not complete.
    pub odd: u64,
    /// The ids or other keys of the items that came again, in the order in which they did; the first thousand. Items
    /// without a key are counted in `doubled` alone.
    pub duplicates: Vec<String>,
    /// How many items the list has beyond those that were seen, by the service's last count. Users who were created
    /// while the list was read are among them.
    pub missing_at_least: u64,
    /// How many items there are, as the service last counted; `None` if it did not say.
    pub total_count: Option<u64>,
    /// Whether anything is missing.
    pub completeness: Completeness,
}

impl Report {
    /// Whether it is certain that nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.completeness == Completeness::Exact
    }
}
