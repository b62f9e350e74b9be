//! A user's gender.

use super::macros::open_enum;

open_enum! {
    /// A user's gender, as the API writes it.
    pub enum Gender {
        /// Male.
        Male = "M",
        /// Female.
        Female = "F",
        /// Unknown, or neither.
        Unknown = "U",
    }
}
