//! The status of a user.

use super::macros::open_enum;

open_enum! {
    /// The status of a user.
    pub enum UserStatus {
        /// The user can sign in.
        Activated = "Activated",
        /// The user is suspended and cannot sign in.
        Suspended = "Suspended",
        /// The user has left the organisation.
        Resigned = "Resigned",
        /// The user exists only in the archive.
        Archived = "Archived",
    }
}
