//! Faults of servers and networks, and what the client promises about each.
//!
//! ```text
//! cargo test --test faults -- --nocapture
//! ```
//!
//! prints every cell of the matrix and the figures.

#![cfg(feature = "ureq")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing
)]
#![allow(clippy::unreachable)]

#[path = "faults/bomb.rs"]
mod bomb;
#[path = "faults/deadline.rs"]
mod deadline;
#[path = "faults/fault.rs"]
mod fault;
#[path = "faults/matrix.rs"]
mod matrix;
#[path = "faults/names.rs"]
mod names;
#[path = "faults/promise.rs"]
mod promise;
#[path = "faults/roots.rs"]
mod roots;
#[path = "faults/runtime.rs"]
mod runtime;
#[path = "faults/stale.rs"]
mod stale;
#[path = "faults/support.rs"]
mod support;
#[path = "faults/tls.rs"]
mod tls;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is measured here is time and memory: one test after the other.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}
