//! Operations on the emulated pool, through the public client: what more than one of them does together.

#![allow(
    clippy::zero_repeat_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "api/access.rs"]
mod access;
#[path = "api/custom_data.rs"]
mod custom_data;
#[path = "api/disclosure.rs"]
mod disclosure;
#[path = "api/orgs.rs"]
mod orgs;
