//! Where a user is in their life in the pool.

use super::macros::open_enum;

open_enum! {
    /// Where a user is in their life in the pool.
    pub enum UserStatus {
        /// May sign in.
        Activated = "Activated",
        /// May not sign in for now.
        Suspended = "Suspended",
        /// Has left the organisation.
        Resigned = "Resigned",
        /// Is kept in the archive only.
        Archived = "Archived",
    }
}
