//! The crate from outside: what its users can call, against answers of every kind.
//!
//! One binary, because linking is what tests cost most of. Each module has one subject; what several need is
//! in `support` and `samples`. Nothing sleeps and nothing is timed: clocks are passed in.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and shows its tables"
)]

#[path = "main/bad_input.rs"]
mod bad_input;
#[path = "main/configuration.rs"]
mod configuration;
#[path = "main/dependencies.rs"]
mod dependencies;
#[path = "main/documents.rs"]
mod documents;
#[path = "main/envelopes.rs"]
mod envelopes;
#[path = "main/errors.rs"]
mod errors;
#[path = "main/escape_hatches.rs"]
mod escape_hatches;
#[path = "main/flow.rs"]
mod flow;
#[path = "main/odd_values.rs"]
mod odd_values;
#[path = "main/outputs.rs"]
mod outputs;
#[path = "main/over_http.rs"]
mod over_http;
#[path = "main/paging.rs"]
mod paging;
#[path = "main/properties.rs"]
mod properties;
#[path = "main/redaction.rs"]
mod redaction;
#[path = "main/resuming.rs"]
mod resuming;
#[path = "main/samples.rs"]
mod samples;
#[path = "main/select.rs"]
mod select;
#[path = "main/served_pool.rs"]
mod served_pool;
#[path = "main/splitting.rs"]
mod splitting;
#[path = "main/support.rs"]
mod support;
#[path = "main/threads.rs"]
mod threads;
#[path = "main/token.rs"]
mod token;
