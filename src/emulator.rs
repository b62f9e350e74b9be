//! A user pool inside the process.
