//! Guides: recipes, and the operations of other SDKs with their equivalents in this crate.
//!
//! These modules contain documentation only.

#[doc = include_str!("guide/coverage.md")]
pub mod coverage {}

#[doc = include_str!("guide/other_sdks.md")]
pub mod other_sdks {}

#[doc = include_str!("guide/network.md")]
pub mod network {}

#[doc = include_str!("guide/custom_data.md")]
pub mod custom_data {}

#[doc = include_str!("guide/concurrency.md")]
pub mod concurrency {}

#[doc = include_str!("guide/testing.md")]
pub mod testing {}
