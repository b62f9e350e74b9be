//! Sets in files, compared with those of the standard library, while the file fails.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use proptest::prelude::*;

use super::shelf::{Store, TemporaryFile};
use super::{Seen, Spilling};

/// Which operations of a file fail. They are counted from its creation, which is the first.
#[derive(Clone, Copy, Debug, Default)]
struct Plan {
    /// The first that fails.
    from: Option<u32>,
    /// Those after it fail as well.
    is_lasting: bool,
    /// Only writes fail.
    only_writes: bool,
}

#[derive(Default)]
struct Disk {
    plan: Plan,
    operations: u32,
    failures: u32,
}

impl Disk {
    fn operate(&mut self, is_write: bool) -> bool {
        let number = self.operations;
        self.operations += 1;
        let is_planned =
            self.plan.from.is_some_and(|from| number >= from && (self.plan.is_lasting || self.failures == 0));
        let fails = is_planned && (is_write || !self.plan.only_writes);
        self.failures += u32::from(fails);
        !fails
    }
}

struct Faulty {
    disk: Arc<Mutex<Disk>>,
    bytes: Vec<u8>,
}

fn failure() -> io::Error {
    io::Error::other("the disk fails")
}

impl Store for Faulty {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let is_well = self.disk.lock().unwrap().operate(true);
        let begin = offset as usize;
        // A write that fails may have written a part.
        let bytes = if is_well { bytes } else { &bytes[..bytes.len() / 2] };
        self.bytes.resize(self.bytes.len().max(begin + bytes.len()), 0xee);
        self.bytes[begin..begin + bytes.len()].copy_from_slice(bytes);
        if is_well { Ok(()) } else { Err(failure()) }
    }

    fn read_at(&mut self, bytes: &mut [u8], offset: u64) -> io::Result<()> {
        if !self.disk.lock().unwrap().operate(false) {
            return Err(failure());
        }
        let begin = offset as usize;
        bytes.copy_from_slice(&self.bytes[begin..begin + bytes.len()]);
        Ok(())
    }
}

fn faulty(disk: &Arc<Mutex<Disk>>, most: usize, words: usize) -> Spilling {
    let disk = Arc::clone(disk);
    let open = move || {
        if !disk.lock().unwrap().operate(true) {
            return Err(failure());
        }
        Ok(Box::new(Faulty { disk: Arc::clone(&disk), bytes: Vec::new() }) as Box<dyn Store>)
    };
    Spilling { open: Arc::new(open), most, bits: 64 * words }
}

/// Well spread, or not at all.
fn hash(number: u64) -> u64 {
    match number % 5 {
        0 => number % 61,
        1 => number << 57 | number >> 40,
        2 => number | 0xffff_ffff_ffff_0000,
        _ => number.wrapping_mul(0x9e37_79b9_7f4a_7c15),
    }
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Insert(u64),
    Contains(u64),
    /// Continue with the other of two sets, the first time with a clone.
    Change,
}

/// Returns the number of operations of the file, and whether the set became unusable.
fn run(steps: &[Step], most: usize, words: usize, plan: Plan) -> (u32, bool) {
    let disk = Arc::new(Mutex::new(Disk { plan, ..Disk::default() }));
    let mut seen = Seen::default();
    seen.spill(&faulty(&disk, most, words));
    let mut sets = [Some((seen, HashSet::new())), None];
    for step in steps {
        let (seen, plain) = sets[0].as_mut().unwrap();
        let (is, should_be) = match *step {
            Step::Insert(hash) => (seen.insert(hash), plain.insert(hash.max(1))),
            Step::Contains(hash) => (seen.contains(hash), plain.contains(&hash.max(1))),
            Step::Change => {
                let copy = sets[0].clone();
                sets.swap(0, 1);
                sets[0] = sets[0].take().or(copy);
                continue;
            }
        };
        match is {
            Ok(is) => assert_eq!(is, should_be, "{step:?}"),
            Err(error) => {
                assert!(plan.is_lasting && !plan.only_writes, "{error}");
                // Then it remains unusable.
                assert!(seen.insert(7).is_err());
                return (0, true);
            }
        }
    }
    for (seen, plain) in sets.iter_mut().flatten() {
        for hash in plain.iter() {
            match seen.contains(*hash) {
                Ok(is_there) => assert!(is_there, "{hash}"),
                Err(_) => assert!(plan.is_lasting && !plan.only_writes),
            }
        }
    }
    let operations = disk.lock().unwrap().operations;
    (operations, false)
}

fn step() -> impl Strategy<Value = Step> {
    let number = prop_oneof![0..400_u64, any::<u64>()].prop_map(hash);
    prop_oneof![
        12 => number.clone().prop_map(Step::Insert),
        4 => number.prop_map(Step::Contains),
        1 => Just(Step::Change),
    ]
}

proptest! {
    #[test]
    fn a_set_in_a_file_is_the_same_as_one_in_memory(
        steps in prop::collection::vec(step(), 0..900),
        most in 1..40_usize,
        words in 1..5_usize,
        from in prop::option::of(0..400_u32),
        is_lasting in any::<bool>(),
        only_writes in any::<bool>(),
    ) {
        run(&steps, most, words, Plan { from, is_lasting, only_writes });
    }
}

#[test]
fn no_single_failure_and_no_full_disk_loses_or_repeats_a_hash() {
    let steps: Vec<Step> = (0..300_u64)
        .map(|number| match number % 7 {
            3 => Step::Contains(hash(number / 2)),
            5 => Step::Insert(hash(number / 3)),
            _ if number == 150 => Step::Change,
            _ => Step::Insert(hash(number)),
        })
        .collect();
    let (operations, _) = run(&steps, 8, 1, Plan::default());
    assert!(operations > 300, "{operations}");
    let mut lost = 0;
    for from in 0..operations {
        let from = Some(from);
        assert!(!run(&steps, 8, 1, Plan { from, ..Plan::default() }).1);
        assert!(!run(&steps, 8, 1, Plan { from, is_lasting: true, only_writes: true }).1);
        lost += u32::from(run(&steps, 8, 1, Plan { from, is_lasting: true, only_writes: false }).1);
    }
    // What cannot be read is an error, and not a guess.
    assert!(lost > operations / 4, "{lost} of {operations}");
}

/// A directory that is removed with its contents.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("authing-seen-{}-{number}", std::process::id()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn files(&self) -> usize {
        std::fs::read_dir(&self.0).unwrap().count()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

fn numbered(number: u64) -> u64 {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

fn bytes(seen: &Seen) -> usize {
    seen.recent.bytes() + seen.spilled.as_ref().map_or(0, |spilled| spilled.bytes())
}

#[test]
fn the_set_of_an_export_takes_the_same_memory_for_any_number_of_users() {
    let scratch = Scratch::new();
    let mut seen = Seen::default();
    seen.spill(&Spilling::to_file_in(scratch.0.clone()));
    assert!(seen.insert(numbered(0)).unwrap());
    let mut measured = Vec::new();
    for number in 1..500_000 {
        assert!(seen.insert(numbered(number)).unwrap());
        if number == 8000 {
            assert_eq!(scratch.files(), 0);
        }
        if [9_999, 499_999].contains(&number) {
            measured.push(bytes(&seen));
        }
    }
    let [few, many] = measured[..] else { panic!("{measured:?}") };
    assert!(many < few + 60_000 && many < 1_300_000, "{few} bytes, then {many}");
    assert!((0..500_000).step_by(997).all(|number| !seen.insert(numbered(number)).unwrap()));
    // An open file can have no name on Unix; elsewhere it has one until the end.
    #[cfg(unix)]
    assert_eq!(scratch.files(), 0);
    drop(seen);
    assert_eq!(scratch.files(), 0);
}

#[test]
fn a_set_without_a_place_for_its_file_remains_in_memory() {
    let mut seen = Seen::default();
    seen.spill(&Spilling::to_file_in(Path::new("/there/is/no/such/directory").to_owned()));
    for number in 0..30_000 {
        assert!(seen.insert(numbered(number)).unwrap());
    }
    assert!((0..30_000).all(|number| seen.contains(numbered(number)).unwrap()));
    assert!(!seen.contains(numbered(30_001)).unwrap());
    let empty = seen.emptied();
    assert!(bytes(&seen) > 30_000 * 8 && bytes(&empty) == 0);
}

#[cfg(unix)]
#[test]
fn only_its_owner_could_open_a_temporary_file_which_has_no_name_any_more() {
    use std::os::unix::fs::PermissionsExt;

    let scratch = Scratch::new();
    let mut file = TemporaryFile::create(&scratch.0).unwrap();
    assert_eq!(scratch.files(), 0);
    assert_eq!(file.file().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    file.write_at(b"bytes", 3).unwrap();
    let mut bytes = [0; 4];
    file.read_at(&mut bytes, 4).unwrap();
    assert_eq!(&bytes, b"ytes");
    assert!(file.read_at(&mut bytes, 5).is_err(), "there are no four bytes");
    assert!(TemporaryFile::create(&scratch.0.join("absent")).is_err());
}
