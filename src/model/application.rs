//! Applications.

use super::item_key::identified;
use super::macros::model;

model! {
    /// An application of the pool.
    pub struct Application {
        required {}
        optional {
            /// Its id.
            id: String,
            /// The name that people see.
            name: String,
            /// Its part of the address at which people log in.
            identifier: String,
        }
        lists {}
    }
}

identified! { Application by id }
