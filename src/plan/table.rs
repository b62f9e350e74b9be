//! What is kept of each row: 24 bytes.

/// A row by its key, and what became of it.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) key: u64,
    /// The values that it asks for.
    pub(super) values: u64,
    /// Which values these are: a shape of the schema.
    pub(super) shape: u32,
    state: u32,
}

const _: () = assert!(size_of::<Entry>() == 24);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// No user has been seen.
    New,
    Unchanged,
    /// Another row has the same key.
    Doubled,
    /// Two users have the key.
    Ambiguous,
    /// Rejected, and it was said why.
    Rejected,
    /// A user who is to be changed, by the place among these.
    Changed(u32),
}

const PLAIN: [State; 5] = [State::New, State::Unchanged, State::Doubled, State::Ambiguous, State::Rejected];
const CHANGED: u32 = 5;

impl Entry {
    #[inline]
    pub(super) fn new(key: u64, values: u64, shape: u32, state: State) -> Self {
        let mut entry = Self { key, values, shape, state: 0 };
        entry.set_state(state);
        entry
    }

    #[inline]
    pub(super) fn state(&self) -> State {
        let plain = usize::try_from(self.state).ok().and_then(|state| PLAIN.get(state)).copied();
        plain.unwrap_or(State::Changed(self.state.saturating_sub(CHANGED)))
    }

    #[inline]
    pub(super) fn set_state(&mut self, state: State) {
        self.state = match state {
            State::New => 0,
            State::Unchanged => 1,
            State::Doubled => 2,
            State::Ambiguous => 3,
            State::Rejected => 4,
            State::Changed(place) => place.saturating_add(CHANGED),
        };
    }
}

/// All rows, by their keys.
#[derive(Default)]
pub(super) struct Table {
    entries: Vec<Entry>,
}

impl Table {
    #[inline]
    pub(super) fn reserve(&mut self, rows: usize) {
        self.entries.reserve_exact(rows);
    }

    #[inline]
    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Once all are in: sorts them, and marks those with one key.
    #[inline]
    pub(super) fn finish(&mut self) {
        self.entries.sort_unstable_by_key(|entry| entry.key);
        for entries in self.entries.chunk_by_mut(|a, b| a.key == b.key) {
            if entries.len() > 1 {
                entries.iter_mut().for_each(|entry| entry.set_state(State::Doubled));
            }
        }
    }

    /// The place of a row. One of them, if several have the key.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<usize> {
        self.entries.binary_search_by_key(&key, |entry| entry.key).ok()
    }

    #[inline]
    pub(super) fn get(&self, place: usize) -> Option<Entry> {
        self.entries.get(place).copied()
    }

    #[inline]
    pub(super) fn set_state(&mut self, place: usize, state: State) {
        if let Some(entry) = self.entries.get_mut(place) {
            entry.set_state(state);
        }
    }

    /// Removes what was found in the pool.
    #[inline]
    pub(super) fn forget_users(&mut self) {
        for entry in &mut self.entries {
            if matches!(entry.state(), State::Unchanged | State::Ambiguous | State::Changed(_)) {
                entry.set_state(State::New);
            }
        }
    }
}
