//! Plans against the pool in the same process, and what bulk runs do on it.

#![recursion_limit = "256"]
#![cfg(all(feature = "ureq", feature = "password"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "plan/bulk.rs"]
mod bulk;
#[path = "plan/killed.rs"]
mod killed;
#[path = "plan/listing.rs"]
mod listing;
#[path = "plan/memory.rs"]
mod memory;
#[path = "plan/planning.rs"]
mod planning;
#[path = "plan/resumed.rs"]
mod resumed;
#[path = "plan/support.rs"]
mod support;
#[path = "plan/undone.rs"]
mod undone;
