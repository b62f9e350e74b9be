//! Background threads.

use std::io;
use std::thread;

/// Starts a thread that does some work and ends. Boxed, so that a thread is compiled once, not for each kind
/// of work.
pub(crate) fn start(name: &str, work: Box<dyn FnOnce() + Send>) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}
