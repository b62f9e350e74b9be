//! The order of a list.

use super::macros::open_enum;

open_enum! {
    /// The order of a list.
    pub enum SortBy {
        /// Newest first. The default.
        CreatedAtDescending = "CREATEDAT_DESC",
        /// Oldest first. If items are added while the list is read, they appear at its end.
        CreatedAtAscending = "CREATEDAT_ASC",
        /// Last updated first.
        UpdatedAtDescending = "UPDATEDAT_DESC",
        /// Last updated last.
        UpdatedAtAscending = "UPDATEDAT_ASC",
    }
}
