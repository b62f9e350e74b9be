//! Plans of documents that were requested before. They are the same for every pool, so the process has one
//! cache.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::{Map, Value};

use super::limits::{CACHED_BYTES, CACHED_PLANS};
use super::plan::Plan;

/// The text, the name of the operation, and the variables that `@skip` and `@include` use: everything that
/// determines the shape of a response.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    query: Box<str>,
    operation: Option<Box<str>>,
    flags: Vec<(Box<str>, bool)>,
}

impl Key {
    pub(crate) fn new(query: &str, operation: Option<&str>, variables: &Map<String, Value>) -> Self {
        let flags =
            variables.iter().filter_map(|(name, value)| Some((name.as_str().into(), value.as_bool()?)));
        Self { query: query.into(), operation: operation.map(Into::into), flags: flags.collect() }
    }

    fn bytes(&self) -> usize {
        let flags: usize = self.flags.iter().map(|(name, _)| name.len() + 32).sum();
        self.query.len() + flags
    }
}

/// The plans, with an estimate of the memory that they take.
#[derive(Default)]
pub(crate) struct Cache {
    plans: HashMap<Key, Arc<Plan>>,
    bytes: usize,
}

impl Cache {
    fn lock() -> MutexGuard<'static, Self> {
        static CACHE: OnceLock<Mutex<Cache>> = OnceLock::new();
        CACHE.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(key: &Key) -> Option<Arc<Plan>> {
        Self::lock().plans.get(key).cloned()
    }

    /// Keeps a plan that takes about `weight` bytes in addition to its key.
    pub(crate) fn insert(key: Key, plan: &Arc<Plan>, weight: usize) {
        Self::lock().put(key, plan, weight);
    }

    /// A client has some dozens of documents. A client that generates them empties the cache from time to
    /// time.
    fn put(&mut self, key: Key, plan: &Arc<Plan>, weight: usize) {
        let weight = weight.saturating_add(key.bytes());
        if weight > CACHED_BYTES / 8 {
            return;
        }
        if self.plans.len() >= CACHED_PLANS || self.bytes.saturating_add(weight) > CACHED_BYTES {
            self.plans.clear();
            self.bytes = 0;
        }
        if self.plans.insert(key, Arc::clone(plan)).is_none() {
            self.bytes += weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emulator::graphql::document::Document;
    use crate::emulator::graphql::engine::Engine;

    #[test]
    fn the_cache_is_bounded_in_plans_and_in_bytes() {
        let engine = Engine::get().unwrap();
        let mut cache = Cache::default();
        for number in 0..700_usize {
            let query = format!("{{ users {{ totalCount }} }} # {number} {}", " ".repeat(number * 20));
            let document = Document::parse(&query).unwrap();
            let weight = document.weight();
            assert!(weight > query.len(), "{weight}");
            let plan = Plan::new(engine, document.validated(engine).unwrap(), None, &Map::new()).unwrap();
            cache.put(Key::new(&query, None, &Map::new()), &Arc::new(plan), weight);
            assert!(cache.plans.len() <= CACHED_PLANS && cache.bytes <= CACHED_BYTES);
        }
        let before = cache.plans.len();
        let plan = Arc::clone(cache.plans.values().next().unwrap());
        cache.put(Key::new("{ too large }", None, &Map::new()), &plan, CACHED_BYTES);
        assert_eq!(cache.plans.len(), before);
    }
}
