//! The order of a list.

use super::macros::open_enum;

open_enum! {
    /// The order of a list.
    pub enum SortBy {
        /// Newest first. The default.
        CreatedAtDescending = "CREATEDAT_DESC",
        /// Oldest first. A list that grows while it is read then grows at its end.
        CreatedAtAscending = "CREATEDAT_ASC",
        /// Last changed first.
        UpdatedAtDescending = "UPDATEDAT_DESC",
        /// Last changed last.
        UpdatedAtAscending = "UPDATEDAT_ASC",
    }
}
