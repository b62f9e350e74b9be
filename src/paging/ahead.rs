//! Pages that are prefetched, on threads that end with the listing.
//!
//! Each thread takes the next page number, fetches that page and stores it for the reader. No thread goes
//! more than `depth` pages beyond the one that the reader waits for or reads, so that no more pages than
//! these are held. A page that takes longer than those after it does not stop the threads at once. The reader
//! never waits for a thread to end: when it is dropped, each thread ends as soon as its response has arrived.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::source::{Ask, Fetched, Shared, Source};
use crate::error::{Error, ErrorKind};

/// More threads than this do not help with any service.
const THREADS: u32 = 64;

/// Starts to prefetch. A listing holds this function only if prefetching is asked for, so that other programs
/// are compiled without it.
pub(super) type Start<T> = fn(source: &Shared<T>, ask: Ask, depth: u32) -> Box<dyn Prefetch<T>>;

pub(super) trait Prefetch<T>: Send + Sync {
    /// Returns a page, and waits for it if a thread is fetching it. Returns `None` if the reader must fetch
    /// it.
    fn take(&self, page: u32, pages: Option<u64>) -> Option<Result<Fetched<T>, Error>>;

    /// Fetches two pages at the same time.
    fn both(&self, source: &dyn Source<T>, ask: Ask, other: Ask) -> [Option<Fetched<T>>; 2];
}

pub(super) fn start<T: Send + 'static>(source: &Shared<T>, ask: Ask, depth: u32) -> Box<dyn Prefetch<T>> {
    Box::new(Ahead::start(source, ask, depth))
}

struct Ahead<T> {
    room: Arc<Room<T>>,
    threads: u32,
}

/// The state shared by the reader and the threads.
struct Room<T> {
    state: Mutex<Pages<T>>,
    /// The page that the reader waits for has arrived.
    arrived: Condvar,
    /// There is a page to fetch, or the listing is over.
    work: Condvar,
    limit: u32,
    depth: u32,
}

struct Pages<T> {
    /// The page that the reader needs or uses.
    wanted: u32,
    /// The page that the next idle thread takes.
    next: u32,
    /// The last page, as far as it is known.
    last: u32,
    underway: BTreeSet<u32>,
    done: BTreeMap<u32, Result<Fetched<T>, Error>>,
    is_over: bool,
}

impl<T: Send + 'static> Ahead<T> {
    fn start(source: &Shared<T>, ask: Ask, depth: u32) -> Self {
        let room = Arc::new(Room {
            state: Mutex::new(Pages {
                wanted: ask.page,
                next: ask.page,
                last: 0,
                underway: BTreeSet::new(),
                done: BTreeMap::new(),
                is_over: false,
            }),
            arrived: Condvar::new(),
            work: Condvar::new(),
            limit: ask.limit,
            depth,
        });
        let threads = (0..depth.min(THREADS))
            .filter(|_| {
                let (room, source) = (Arc::clone(&room), Arc::clone(source));
                // If no thread can be started, the reader fetches pages itself.
                thread::Builder::new()
                    .name("authing-prefetch".into())
                    .spawn(move || room.work(&source))
                    .is_ok()
            })
            .count();
        Self { room, threads: u32::try_from(threads).unwrap_or(THREADS) }
    }
}

impl<T: Send> Prefetch<T> for Ahead<T> {
    fn take(&self, page: u32, pages: Option<u64>) -> Option<Result<Fetched<T>, Error>> {
        let mut state = self.room.lock();
        // A list without a count may never end.
        let last = pages.map_or(u32::MAX, |pages| u32::try_from(pages).unwrap_or(u32::MAX));
        // Usually one more page may be fetched, and one thread is enough.
        let is_next = page == state.wanted.saturating_add(1) && last == state.last;
        (state.wanted, state.last, state.next) = (page, last, state.next.max(page));
        if is_next {
            self.room.work.notify_one()
        } else {
            self.room.work.notify_all()
        }
        loop {
            if let Some(fetched) = state.done.remove(&page) {
                return Some(fetched);
            }
            let will_come = state.underway.contains(&page) || (state.next <= page && page <= state.last);
            if !will_come || self.threads == 0 {
                return None;
            }
            state = self.room.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn both(&self, source: &dyn Source<T>, ask: Ask, other: Ask) -> [Option<Fetched<T>>; 2] {
        let fetch = |ask| source.fetch(ask).ok();
        thread::scope(|scope| {
            let builder = thread::Builder::new().name("authing-prefetch".into());
            let elsewhere = builder.spawn_scoped(scope, || fetch(other));
            let here = fetch(ask);
            match elsewhere {
                Ok(thread) => [here, thread.join().ok().flatten()],
                Err(_) => [here, fetch(other)],
            }
        })
    }
}

impl<T> Drop for Ahead<T> {
    fn drop(&mut self) {
        self.room.lock().is_over = true;
        self.room.work.notify_all();
    }
}

impl<T> Room<T> {
    fn lock(&self) -> MutexGuard<'_, Pages<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, source: &Shared<T>) {
        let mut state = self.lock();
        loop {
            if state.is_over {
                return;
            }
            let page = state.next;
            if page > state.last || page.saturating_sub(state.wanted) > self.depth {
                state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            state.next += 1;
            state.underway.insert(page);
            drop(state);
            let ask = Ask { page, limit: self.limit };
            let fetched = catch_unwind(AssertUnwindSafe(|| source.fetch(ask)))
                .unwrap_or_else(|_| Err(Error::new(ErrorKind::Other, "the transport panicked")));
            state = self.lock();
            state.underway.remove(&page);
            if state.is_over {
                return;
            }
            state.done.insert(page, fetched);
            if page == state.wanted {
                self.arrived.notify_one();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::model::Page;
    use crate::paging::source::Source;
    use crate::wire::Wire;

    const SLOW: u32 = 2;
    const DEPTH: u32 = 3;

    /// A service that does not answer for one page before those that may be fetched ahead have been.
    #[derive(Default)]
    struct Slow {
        fetched: Mutex<BTreeSet<u32>>,
        changed: Condvar,
    }

    impl Source<u32> for Slow {
        fn operation(&self) -> &'static str {
            "slow"
        }

        fn request(&self) -> Option<Wire> {
            None
        }

        fn fetch(&self, ask: Ask) -> Result<Fetched<u32>, Error> {
            let mut fetched = self.fetched.lock().unwrap();
            if ask.page == SLOW {
                let is_too_early = |fetched: &mut BTreeSet<u32>| fetched.len() < DEPTH as usize;
                let (after, waited) =
                    self.changed.wait_timeout_while(fetched, Duration::from_secs(30), is_too_early).unwrap();
                assert!(!waited.timed_out(), "fetched ahead: {after:?}");
                assert_eq!(*after, (SLOW + 1..=SLOW + DEPTH).collect(), "no further");
            } else {
                fetched.insert(ask.page);
                self.changed.notify_all();
            }
            let page = Page::new(10, vec![ask.page]);
            Ok(Fetched { page, total: Some(10), marks: Vec::new(), are_named: true, odd: Vec::new() })
        }

        fn name(&self, _: &u32) -> Option<String> {
            None
        }
    }

    /// A service that fails, or panics, for some pages.
    struct Odd;

    impl Source<u32> for Odd {
        fn operation(&self) -> &'static str {
            "odd"
        }

        fn request(&self) -> Option<Wire> {
            None
        }

        fn fetch(&self, ask: Ask) -> Result<Fetched<u32>, Error> {
            match ask.page % 5 {
                3 => std::panic::resume_unwind(Box::new("planted")),
                4 => Err(Error::new(ErrorKind::Other, "planted")),
                _ => {
                    let page = Page::new(40, vec![ask.page]);
                    Ok(Fetched { page, total: Some(40), marks: Vec::new(), are_named: true, odd: Vec::new() })
                }
            }
        }

        fn name(&self, _: &u32) -> Option<String> {
            None
        }
    }

    #[test]
    fn a_page_whose_request_panics_is_an_error_and_the_threads_go_on() {
        for depth in [1, 2, 7] {
            let source: Shared<u32> = Arc::new(Odd);
            let ahead = Ahead::start(&source, Ask { page: 2, limit: 1 }, depth);
            for page in 2..=40 {
                let fetched = ahead.take(page, Some(40)).unwrap();
                let result = fetched.map(|fetched| fetched.page.list).map_err(|error| error.to_string());
                match page % 5 {
                    3 => assert_eq!(result, Err("the transport panicked".to_owned())),
                    4 => assert_eq!(result, Err("planted".to_owned())),
                    _ => assert_eq!(result, Ok(vec![page])),
                }
            }
            let [well, panicked] = ahead.both(&*source, Ask { page: 1, limit: 1 }, Ask { page: 3, limit: 1 });
            assert!(well.is_some() && panicked.is_none());
        }
    }

    #[test]
    fn as_many_pages_as_wanted_are_fetched_while_the_one_before_them_is_awaited() {
        let source: Shared<u32> = Arc::new(Slow::default());
        let ahead = Ahead::start(&source, Ask { page: SLOW, limit: 1 }, DEPTH);
        for page in SLOW..=10 {
            let fetched = ahead.take(page, Some(10)).unwrap().unwrap();
            assert_eq!(fetched.page.list, [page]);
        }
        assert!(ahead.take(11, Some(10)).is_none());
    }
}
