//! Hashes in ascending order in a file.

use std::io;
use std::sync::Arc;

use super::shelf::Shelf;

/// How many hashes are read at once to find one.
const BLOCK: usize = 128;

/// How many hashes are read or written at once, one after another.
const BUFFER: usize = 2048;

/// A part of the file that contains different hashes in ascending order.
#[derive(Debug)]
pub(super) struct Run {
    begin: u64,
    /// How many hashes there are up to each top byte, including that one.
    ends: Box<[u64]>,
}

impl Run {
    pub(super) fn len(&self) -> u64 {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Looks for a hash where it would be if the hashes were evenly spread. Since they almost are, one read
    /// is usually enough.
    pub(super) fn contains(&self, hash: u64, shelf: &Shelf) -> io::Result<bool> {
        let top = (hash >> 56) as usize;
        let end_of = |top: Option<usize>| top.and_then(|top| self.ends.get(top)).copied().unwrap_or(0);
        // The hash can only be between these places, where no hash is less or greater than these.
        let (mut low, mut high) = (end_of(top.checked_sub(1)), end_of(Some(top)));
        let (mut least, mut greatest) = ((top as u64) << 56, ((top as u64) << 56) | (u64::MAX >> 8));
        let mut block = [0; BLOCK];
        for step in 0_u32.. {
            let length = (high - low).min(BLOCK as u64);
            if length == 0 {
                break;
            }
            let guess = match step {
                0 | 1 => {
                    let part = u128::from(hash - least) * u128::from(high - low);
                    low + u64::try_from(part / (u128::from(greatest - least) + 1)).unwrap_or(0)
                }
                // Not evenly spread.
                _ => low + (high - low) / 2,
            };
            let begin = guess.saturating_sub(length / 2).clamp(low, high - length);
            let hashes = block.get_mut(..length as usize).unwrap_or_default();
            shelf.read(hashes, self.begin + begin)?;
            match (hashes.first(), hashes.last()) {
                (Some(first), _) if hash < *first => (high, greatest) = (begin, *first - 1),
                (_, Some(last)) if hash > *last => (low, least) = (begin + length, *last + 1),
                _ => return Ok(hashes.binary_search(&hash).is_ok()),
            }
        }
        Ok(false)
    }

    /// Reads all hashes.
    pub(super) fn read(self: &Arc<Self>, shelf: &Arc<Shelf>) -> Reader {
        Reader { run: self.clone(), shelf: shelf.clone(), next: 0, buffer: Vec::new(), at: 0 }
    }
}

/// Reads the hashes of a run in ascending order.
pub(super) struct Reader {
    run: Arc<Run>,
    shelf: Arc<Shelf>,
    next: u64,
    buffer: Vec<u64>,
    at: usize,
}

impl Reader {
    pub(super) fn next(&mut self) -> io::Result<Option<u64>> {
        if self.at == self.buffer.len() {
            let length = (self.run.len() - self.next).min(BUFFER as u64);
            self.at = 0;
            self.buffer.resize(length as usize, 0);
            self.shelf.read(&mut self.buffer, self.run.begin + self.next)?;
            self.next += length;
        }
        let hash = self.buffer.get(self.at).copied();
        self.at += usize::from(hash.is_some());
        Ok(hash)
    }
}

/// Writes a run.
pub(super) struct Writer<'s> {
    shelf: &'s Shelf,
    begin: u64,
    written: u64,
    buffer: Vec<u64>,
    counts: Box<[u64]>,
}

impl<'s> Writer<'s> {
    pub(super) fn new(shelf: &'s Shelf, length: u64) -> Self {
        let begin = shelf.reserve(length);
        let counts = vec![0; 256].into_boxed_slice();
        Self { shelf, begin, written: 0, buffer: Vec::with_capacity(BUFFER), counts }
    }

    /// Adds a hash that is greater than those before.
    pub(super) fn push(&mut self, hash: u64) -> io::Result<()> {
        if let Some(count) = self.counts.get_mut((hash >> 56) as usize) {
            *count += 1;
        }
        self.buffer.push(hash);
        if self.buffer.len() == BUFFER { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.shelf.write(&self.buffer, self.begin + self.written)?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<Run> {
        self.flush()?;
        let mut ends = self.counts;
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        Ok(Run { begin: self.begin, ends })
    }
}

/// Writes a run with the hashes of several others.
pub(super) fn merge(runs: &[Arc<Run>], shelf: &Arc<Shelf>) -> io::Result<Run> {
    let mut writer = Writer::new(shelf, runs.iter().map(|run| run.len()).sum());
    let mut heads = Vec::with_capacity(runs.len());
    for run in runs {
        let mut reader = run.read(shelf);
        if let Some(hash) = reader.next()? {
            heads.push((hash, reader));
        }
    }
    while let Some((least, (hash, reader))) = heads.iter_mut().enumerate().min_by_key(|(_, head)| head.0) {
        writer.push(*hash)?;
        match reader.next()? {
            Some(next) => *hash = next,
            None => drop(heads.swap_remove(least)),
        }
    }
    writer.finish()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::super::shelf::Store;
    use super::*;

    #[derive(Clone, Default)]
    struct Memory {
        bytes: Vec<u8>,
        reads: Arc<AtomicU32>,
    }

    impl Store for Memory {
        fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
            let begin = offset as usize;
            self.bytes.resize(self.bytes.len().max(begin + bytes.len()), 0);
            self.bytes[begin..begin + bytes.len()].copy_from_slice(bytes);
            Ok(())
        }

        fn read_at(&mut self, bytes: &mut [u8], offset: u64) -> io::Result<()> {
            self.reads.fetch_add(1, Ordering::Relaxed);
            let begin = offset as usize;
            bytes.copy_from_slice(&self.bytes[begin..begin + bytes.len()]);
            Ok(())
        }
    }

    #[test]
    fn a_hash_is_found_in_a_few_reads_however_the_hashes_are_spread() {
        let even = |number: u64| number << 49 | number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 15;
        let dense = |number: u64| 0x4200_0000_0000_0000 + 3 * number;
        let cubic = |number: u64| 2 * number * number * number + 7;
        let far = |number: u64| if number < 9000 { 5 * number + 2 } else { u64::MAX - 2 * (32_768 - number) };
        let spread: [fn(u64) -> u64; 4] = [even, dense, cubic, far];
        for (hash, most_reads) in spread.into_iter().zip([3, 12, 12, 12]) {
            let store = Memory::default();
            let reads = store.reads.clone();
            let shelf = Shelf::new(Box::new(store));
            // Something else comes before it.
            shelf.reserve(7);
            let mut writer = Writer::new(&shelf, 32_768);
            (0..32_768).for_each(|number| writer.push(hash(number)).unwrap());
            let run = writer.finish().unwrap();
            assert_eq!(run.len(), 32_768);
            for number in (0..32_768).step_by(7) {
                let find = |hash: u64| {
                    reads.store(0, Ordering::Relaxed);
                    let is_there = run.contains(hash, &shelf).unwrap();
                    let reads = reads.load(Ordering::Relaxed);
                    assert!(reads <= most_reads, "{reads} reads for {hash:x}");
                    is_there
                };
                assert!(find(hash(number)), "{number}");
                assert!(
                    !find(hash(number).wrapping_add(1)) && !find(hash(number).wrapping_sub(1)),
                    "{number}"
                );
            }
        }
    }
}
