//! Inputs, made of answers by changing bytes and JSON values.

/// Small, fast, and the same everywhere: SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// What a parser is likely to stumble over.
const MORSELS: &[&str] = &[
    "null",
    "true",
    "0",
    "-0",
    "-1",
    "1e308",
    "1e999",
    "-1e-999",
    "18446744073709551616",
    "9223372036854775808",
    "1.5",
    "\"\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\u{feff}\"",
    "\"2021-09-27T15:46:26.000Z\"",
    "\"\\n\"",
    "[]",
    "{}",
    "[[]]",
    "[null]",
    "{\"\":0}",
    "{\"id\":null}",
    "{\"code\":\"200\"}",
    "{\"code\":1000}",
    "\u{feff}",
    "<html>",
    "\"data\":null,",
    "\"errors\":[],",
    "\"errors\":[{}],",
    "\"code\":200,",
    "\"apiCode\":\"2020\",",
    "\"id\":7,",
    "\"list\":[{}],",
    "\"totalCount\":-1,",
    "\"total\":1,",
    "\"totalCount\":2,",
    ",",
    ":",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    " ",
    "\n",
    "\r\n",
    "\0",
    "\u{7f}",
    "\u{202e}",
    "é",
    "\"DATETIME\"",
    "\"OBJECT\"",
    "\"NUMBER\"",
    "\"BOOLEAN\"",
];

/// An input: one of `seeds` with a few changes, some of which take something from the corpus.
pub(crate) fn mutate(random: &mut Random, seeds: &[Vec<u8>], corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut input = random.pick(seeds).clone();
    for _ in 0..=random.below(3) {
        let at = random.below(input.len() + 1);
        let length = random.below(input.len() - at + 1).min(1 << random.below(8));
        match random.below(16) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 if at < input.len() => input[at] = random.next() as u8,
            2 => input.insert(at, random.next() as u8),
            3 => drop(input.drain(at..at + length)),
            4 => {
                let copy = input[at..at + length].to_vec();
                let to = random.below(input.len() + 1);
                input.splice(to..to, copy);
            }
            5 => input.truncate(at),
            6 => {
                let other = random.pick(corpus);
                let from = random.below(other.len() + 1);
                input.splice(at.., other[from..].iter().copied());
            }
            7 => {
                let morsel = random.pick(MORSELS).bytes();
                input.splice(at..at, morsel);
            }
            8 => {
                let depth = 1 << random.below(12);
                let (open, close) = *random.pick(&[("[", "]"), ("{\"a\":", "}")]);
                let nested = format!("{}0{}", open.repeat(depth), close.repeat(depth));
                input.splice(at..at, nested.into_bytes());
            }
            // A value for another: the most that keeps the document sound.
            _ => {
                let values: Vec<_> =
                    (0..input.len()).filter(|at| input[*at] == b':').map(|at| at + 1).collect();
                if values.is_empty() {
                    continue;
                }
                let from = *random.pick(&values);
                let end = value_end(&input, from);
                let morsel = random.pick(MORSELS).bytes();
                input.splice(from..end, morsel);
            }
        }
    }
    input
}

/// Where the value that begins at `from` ends, if the document is sound.
fn value_end(input: &[u8], from: usize) -> usize {
    let mut values =
        serde_json::Deserializer::from_slice(&input[from..]).into_iter::<serde::de::IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => from + values.byte_offset(),
        _ => from,
    }
}
