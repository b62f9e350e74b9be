//! The pool emulator, driven by raw requests as any client would send them.

#[path = "emulator/ask.rs"]
mod ask;
#[path = "emulator/custom_data.rs"]
mod custom_data;
#[path = "emulator/faults.rs"]
mod faults;
#[path = "emulator/groups_and_roles.rs"]
mod groups_and_roles;
#[path = "emulator/passwords.rs"]
mod passwords;
#[path = "emulator/requests.rs"]
mod requests;
#[path = "emulator/search.rs"]
mod search;
#[path = "emulator/seed.rs"]
mod seed;
#[path = "emulator/served.rs"]
mod served;
#[path = "emulator/strictness.rs"]
mod strictness;
#[path = "emulator/tokens.rs"]
mod tokens;
#[path = "emulator/users.rs"]
mod users;
