//! The pool emulator, driven by raw requests as any client would send them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a helper of tests may fail as a test does"
)]

#[path = "emulator/activity.rs"]
mod activity;
#[path = "emulator/applications.rs"]
mod applications;
#[path = "emulator/ask.rs"]
mod ask;
#[path = "emulator/custom_data.rs"]
mod custom_data;
#[path = "emulator/faults.rs"]
mod faults;
#[path = "emulator/groups_and_roles.rs"]
mod groups_and_roles;
#[path = "emulator/headers.rs"]
mod headers;
#[path = "emulator/limits.rs"]
mod limits;
#[path = "emulator/orgs.rs"]
mod orgs;
#[path = "emulator/passwords.rs"]
mod passwords;
#[path = "emulator/permissions.rs"]
mod permissions;
#[path = "emulator/requests.rs"]
mod requests;
#[path = "emulator/robustness.rs"]
mod robustness;
#[path = "emulator/search.rs"]
mod search;
#[path = "emulator/seed.rs"]
mod seed;
#[path = "emulator/served.rs"]
mod served;
#[path = "emulator/snapshots.rs"]
mod snapshots;
#[path = "emulator/strict_list.rs"]
mod strict_list;
#[path = "emulator/strictness.rs"]
mod strictness;
#[path = "emulator/tenants.rs"]
mod tenants;
#[path = "emulator/tokens.rs"]
mod tokens;
#[path = "emulator/users.rs"]
mod users;
