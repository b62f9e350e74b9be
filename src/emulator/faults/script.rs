//! Which request meets which fault.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::fault::Fault;

/// When a fault strikes.
#[derive(Debug, Clone)]
pub(crate) enum When {
    /// This many times more, for an operation.
    Next(String, usize),
    /// Each time, for an operation.
    Always(String),
    /// Each n-th request of the pool, counted from when it was asked for.
    Every { n: usize, seen: usize },
}

/// The rules in force. The first that applies to a request is taken, in the order in which they were given.
#[derive(Debug, Default)]
pub(crate) struct Script(Mutex<Vec<(When, Fault)>>);

impl Script {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Vec<(When, Fault)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The fault that this request meets, if any.
    pub(crate) fn strike(&self, names: &[&str]) -> Option<Fault> {
        let mut rules = self.lock();
        let mut struck = None;
        for (when, fault) in rules.iter_mut() {
            let strikes = match when {
                When::Next(name, left) => {
                    let strikes = struck.is_none() && *left > 0 && matches(name, names);
                    if strikes {
                        *left -= 1;
                    }
                    strikes
                }
                When::Always(name) => matches(name, names),
                // Every request counts, also one that another rule has taken.
                When::Every { n, seen } => {
                    *seen += 1;
                    *seen % *n == 0
                }
            };
            if strikes && struck.is_none() {
                struck = Some(fault.clone());
            }
        }
        rules.retain(|(when, _)| !matches!(when, When::Next(_, 0)));
        struck
    }
}

fn matches(wanted: &str, names: &[&str]) -> bool {
    wanted == "*" || names.contains(&wanted)
}
