//! Users from pools into files and back, through the public client.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and shows what it compared"
)]

#[path = "files/export.rs"]
mod export;
#[path = "files/import.rs"]
mod import;
#[path = "files/round_trip.rs"]
mod round_trip;
#[path = "files/support.rs"]
mod support;
