//! The pool emulator, driven by raw requests as any client would send them.

#[path = "emulator/ask.rs"]
mod ask;
#[path = "emulator/seed.rs"]
mod seed;
#[path = "emulator/served.rs"]
mod served;
#[path = "emulator/users.rs"]
mod users;
