//! Selects the fault for a request.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::fault::Fault;

/// When a fault applies.
#[derive(Debug, Clone)]
pub(crate) enum When {
    /// This many more times, for an operation.
    Next(String, usize),
    /// Each time, for an operation.
    Always(String),
    /// Every n-th request of the pool, counted from when the rule was added.
    Every { n: usize, seen: usize },
}

/// The active rules. The first that applies to a request is used, in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Script(Mutex<Vec<(When, Fault)>>);

impl Script {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Vec<(When, Fault)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the fault for this request, if any.
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
                // Every request counts, even one to which another rule was applied.
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
