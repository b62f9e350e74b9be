//! Listings while others create and delete: whatever happens between two requests, a listing never claims to
//! be complete when it is not.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use super::source::{Ask, Fetched, Source};
use super::walk::Walk;
use super::{Completeness, Items, Order, Report};
use crate::error::Error;
use crate::model::Page;
use crate::paging::ItemKey;
use crate::wire::Wire;

/// Pseudorandom numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        ((u128::from(self.0 ^ (self.0 >> 29)) * u128::from(bound)) >> 64) as u64
    }
}

/// A service whose list changes before each request.
struct Service {
    state: Mutex<State>,
    is_newest_first: bool,
    most_at_once: u32,
}

struct State {
    dice: Dice,
    /// Oldest first.
    list: Vec<u64>,
    next: u64,
    /// The items that existed at each request so far.
    throughout: Option<BTreeSet<u64>>,
    /// The probability, in per cent, that something happens before a request, and how much at most.
    trouble: u64,
    burst: u64,
    requests: u64,
}

impl Service {
    fn new(seed: u64, users: u64, is_newest_first: bool, trouble: u64, burst: u64) -> Self {
        Self {
            state: Mutex::new(State {
                dice: Dice(seed),
                list: (0..users).collect(),
                next: users,
                throughout: None,
                trouble,
                burst,
                requests: 0,
            }),
            is_newest_first,
            most_at_once: u32::MAX,
        }
    }

    fn throughout(&self) -> BTreeSet<u64> {
        self.state.lock().unwrap().throughout.clone().unwrap_or_default()
    }

    fn requests(&self) -> u64 {
        self.state.lock().unwrap().requests
    }
}

impl State {
    fn change(&mut self) {
        if self.requests == 0 || self.dice.below(100) >= self.trouble {
            return;
        }
        for _ in 0..=self.dice.below(self.burst) {
            match self.dice.below(3) {
                0 => {
                    self.list.push(self.next);
                    self.next += 1;
                }
                1 if !self.list.is_empty() => {
                    let place = self.dice.below(self.list.len() as u64) as usize;
                    self.list.remove(place);
                }
                // One leaves and one signs up: the count stays the same.
                _ if !self.list.is_empty() => {
                    let place = self.dice.below(self.list.len() as u64) as usize;
                    self.list.remove(place);
                    self.list.push(self.next);
                    self.next += 1;
                }
                _ => {}
            }
        }
    }
}

impl Source<u64> for Service {
    fn operation(&self) -> &'static str {
        "users"
    }

    fn request(&self) -> Option<Wire> {
        None
    }

    fn fetch(&self, ask: Ask) -> Result<Fetched<u64>, Error> {
        let mut state = self.state.lock().unwrap();
        state.change();
        state.requests += 1;
        assert!(state.requests < 100_000, "it never ends");
        let now: BTreeSet<u64> = state.list.iter().copied().collect();
        state.throughout = Some(match state.throughout.take() {
            None => now,
            Some(before) => &before & &now,
        });
        let limit = ask.limit.min(self.most_at_once) as usize;
        let skip = (ask.page as usize - 1) * limit;
        let list: Vec<u64> = if self.is_newest_first {
            state.list.iter().rev().skip(skip).take(limit).copied().collect()
        } else {
            state.list.iter().skip(skip).take(limit).copied().collect()
        };
        let page = Page::new(state.list.len() as u64, list);
        Ok(Fetched::new(page, |id| ItemKey::of(id.to_string())))
    }

    fn name(&self, item: &u64) -> Option<String> {
        Some(item.to_string())
    }
}

fn items(service: &Arc<Service>, order: Order, limit: u32) -> Items<u64> {
    let source: Arc<dyn Source<u64>> = service.clone();
    Items::new(Walk::new(source, order, 1, Some(limit)))
}

/// Reads a whole list. Returns the items and the report.
fn read(mut items: Items<u64>) -> (Vec<u64>, Report) {
    let mut read = Vec::new();
    for item in items.by_ref() {
        match item {
            Ok(item) => read.push(item),
            // A service whose pages contain nothing new may be reported as broken.
            Err(error) => {
                assert!(error.to_string().contains("different items"), "{error}");
                break;
            }
        }
    }
    (read, items.report())
}

fn must_be_true(service: &Service, read: &[u64], report: &Report, what: &str) {
    let different: BTreeSet<u64> = read.iter().copied().collect();
    assert_eq!(different.len(), read.len(), "{what}: an item came twice");
    assert_eq!(report.distinct, read.len() as u64, "{what}");
    let throughout = service.throughout();
    let missed: Vec<_> = throughout.difference(&different).collect();
    if report.completeness == Completeness::Exact {
        assert!(
            missed.is_empty(),
            "{what}: {missed:?} were there throughout, and it says that it is complete"
        );
    }
    if report.missing_at_least > 0 {
        assert_eq!(report.completeness, Completeness::Incomplete);
        let there = service.state.lock().unwrap().list.len() as u64;
        assert!(there.saturating_sub(report.distinct) >= report.missing_at_least, "{what}: {report:?}");
    }
}

#[test]
fn no_schedule_makes_a_listing_say_that_it_is_complete_when_it_is_not() {
    let (mut complete, mut missed) = (0, 0);
    for seed in 0..20_000_u64 {
        let mut dice = Dice(seed * 7919 + 1);
        let (users, limit) = (dice.below(14), 1 + dice.below(4) as u32);
        let (trouble, burst) = ([10, 30, 60, 95][dice.below(4) as usize], 1 + dice.below(4));
        let is_newest_first = seed % 2 == 0;
        let service = Arc::new(Service::new(seed, users, is_newest_first, trouble, burst));
        let (read, report) =
            read(items(&service, Order::Creation, limit).prefetch(u32::from(seed % 64 == 5)));
        must_be_true(&service, &read, &report, &format!("seed {seed}"));
        complete += u32::from(report.is_complete());
        let different: BTreeSet<u64> = read.iter().copied().collect();
        missed += u32::from(!service.throughout().is_subset(&different));
    }
    assert!(complete > 1_500 && missed > 1_500, "{complete} complete, {missed} with somebody missing");
}

#[test]
fn overlapping_pages_miss_nothing_while_others_create_and_delete() {
    let (mut complete, mut disturbed) = (0, 0);
    for seed in 0..1_000_u64 {
        let mut dice = Dice(seed * 104_729 + 3);
        let (users, limit) = (dice.below(300), 20 + dice.below(30) as u32);
        let (trouble, burst) = ([10, 50, 95][dice.below(3) as usize], 1 + dice.below(12));
        let service = Arc::new(Service::new(seed, users, seed % 2 == 0, trouble, burst));
        let (read, report) = read(items(&service, Order::Creation, limit).exactly());
        must_be_true(&service, &read, &report, &format!("seed {seed}"));
        complete += u32::from(report.is_complete());
        disturbed += u32::from(service.throughout().len() as u64 != users);
    }
    assert!(complete > 900 && disturbed > 500, "{complete} complete, {disturbed} disturbed");
}

#[test]
fn a_list_of_unknown_order_is_read_until_two_passes_agree() {
    let mut complete = 0;
    for seed in 0..200_u64 {
        let mut dice = Dice(seed * 31 + 3);
        let users = dice.below(200);
        let trouble = [0, 5, 40][dice.below(3) as usize];
        let service = Arc::new(Service::new(seed, users, seed % 2 == 0, trouble, 3));
        let (read, report) = read(items(&service, Order::Unspecified, 20).exactly());
        must_be_true(&service, &read, &report, &format!("seed {seed}"));
        complete += u32::from(report.is_complete());
        if trouble == 0 {
            assert!(report.is_complete(), "seed {seed}");
        }
    }
    assert!(complete > 70, "{complete} complete");
}

#[test]
fn a_quiet_list_is_complete_at_the_cost_of_two_requests() {
    for is_newest_first in [false, true] {
        for users in 0..50 {
            for limit in [1, 2, 3, 7, 10, 49, 50, 51] {
                let service = Arc::new(Service::new(1, users, is_newest_first, 0, 1));
                let (read, report) = read(items(&service, Order::Creation, limit));
                assert_eq!(report.completeness, Completeness::Exact, "{users} users, {limit} a page");
                assert_eq!((read.len() as u64, report.doubled, report.missing_at_least), (users, 0, 0));
                let pages = users.div_ceil(u64::from(limit)).max(1);
                assert_eq!(service.requests(), pages + (pages - 1).min(2), "{users} users, {limit} a page");
            }
        }
    }
}

#[test]
fn a_limit_that_the_service_lowers_is_no_obstacle() {
    for exactly in [false, true] {
        let mut service = Service::new(1, 333, false, 0, 1);
        service.most_at_once = 50;
        let service = Arc::new(service);
        let list = items(&service, Order::Creation, 100);
        let (read, report) = read(if exactly { list.exactly() } else { list.prefetch(3) });
        assert_eq!((read.len(), report.completeness), (333, Completeness::Exact));
    }
}

#[test]
fn an_item_that_is_counted_and_not_sent_is_not_overlooked() {
    /// A service that omits one item from its pages.
    struct Omitting(Service, u64);
    impl Source<u64> for Omitting {
        fn operation(&self) -> &'static str {
            self.0.operation()
        }
        fn request(&self) -> Option<Wire> {
            None
        }
        fn fetch(&self, ask: Ask) -> Result<Fetched<u64>, Error> {
            let mut page = self.0.fetch(ask)?.page;
            page.list.retain(|item| *item != self.1);
            Ok(Fetched::new(page, |id| ItemKey::of(id.to_string())))
        }
        fn name(&self, item: &u64) -> Option<String> {
            self.0.name(item)
        }
    }
    for omitted in 0..70 {
        for exactly in [false, true] {
            let source = Omitting(Service::new(1, 70, omitted % 2 == 0, 0, 1), omitted);
            let list = Items::new(Walk::new(Arc::new(source), Order::Creation, 1, Some(20)));
            let (_, report) = read(if exactly { list.exactly() } else { list });
            assert!(!report.is_complete(), "{omitted}, exactly: {exactly}");
        }
    }
}

#[test]
fn without_proof_a_list_costs_one_request_a_page_and_is_not_known_to_be_complete() {
    let service = Arc::new(Service::new(1, 30, false, 0, 1));
    let (read, report) = read(items(&service, Order::Creation, 10).without_proof());
    assert_eq!((read.len(), report.completeness), (30, Completeness::Unknown));
    assert_eq!(service.requests(), 3);
}

#[test]
fn a_list_whose_order_nobody_promises_is_not_known_to_be_complete() {
    let service = Arc::new(Service::new(1, 30, false, 0, 1));
    let (read, report) = read(items(&service, Order::Unspecified, 10));
    assert_eq!((read.len(), report.completeness), (30, Completeness::Unknown));
    assert_eq!(service.requests(), 3);
}

#[test]
fn a_list_that_grows_as_fast_as_it_is_read_comes_to_an_end() {
    let service = Arc::new(Service::new(5, 100, false, 100, 60));
    let (_, report) = read(items(&service, Order::Creation, 20).exactly());
    assert!(!report.is_complete());
}

#[cfg(feature = "files")]
fn spilling(most: usize) -> super::Spilling {
    super::Spilling::to_file_in(std::env::temp_dir()).beyond(most)
}

#[cfg(feature = "files")]
#[test]
fn a_listing_whose_hashes_are_in_a_file_is_the_same() {
    let mut doubled = 0;
    for seed in 0..600_u64 {
        let mut dice = Dice(seed * 6007 + 5);
        let (users, limit) = (dice.below(300), 20 + dice.below(30) as u32);
        let (trouble, burst) = ([0, 50, 95][dice.below(3) as usize], 1 + dice.below(12));
        let most = 1 + dice.below(40) as usize;
        let listing = || {
            let service = Arc::new(Service::new(seed, users, seed % 2 == 0, trouble, burst));
            let order = if seed % 3 == 0 { Order::Unspecified } else { Order::Creation };
            let list = items(&service, order, limit);
            if seed % 5 < 3 { list.exactly() } else { list }
        };
        let in_memory = read(listing());
        let mut in_file = listing();
        in_file.spill(&spilling(most));
        doubled += in_memory.1.doubled;
        assert_eq!(read(in_file), in_memory, "seed {seed}");
    }
    assert!(doubled > 200, "{doubled}");
}

#[cfg(feature = "files")]
#[test]
fn a_clone_and_a_resumed_listing_find_what_is_in_the_file_of_the_other() {
    for exactly in [false, true] {
        for begun in (0..300).step_by(13) {
            let service = Arc::new(Service::new(1, 300, false, 0, 1));
            let list = || items(&service, Order::Creation, 20);
            let mut first = if exactly { list().exactly() } else { list() };
            first.spill(&spilling(9));
            assert!(first.by_ref().take(begun).all(|item| item.is_ok()));
            let mut resumed = list().resume(first.position());
            resumed.spill(&spilling(9));
            let second = first.clone();
            let rest: Vec<u64> = (begun as u64..300).collect();
            for (mut items, is_complete) in [(first, true), (second, true), (resumed, begun == 0)] {
                let read: Vec<u64> = items.by_ref().map(Result::unwrap).collect();
                assert_eq!((read, items.is_complete(), items.duplicates()), (rest.clone(), is_complete, 0));
            }
        }
    }
}
