//! The traversal of one text. What is kept is copied in pieces that are as large as possible.

use std::borrow::Cow;

use serde_json::Value;

use super::{DEPTH, DIGITS, Kind, Names, Redactor};
use crate::model::secrets::without_secrets;

/// The traversal of one text. Every method returns `None` for text that is not JSON.
pub(super) struct Filter<'a> {
    text: &'a str,
    at: usize,
    /// The position up to which everything was written or left out.
    kept: usize,
    /// Whether there is an escaped code unit, which may be a lone surrogate, or a number that may be out of
    /// range.
    may_be_refused: bool,
    out: &'a mut Vec<u8>,
    names: &'a mut Redactor,
}

impl<'a> Filter<'a> {
    pub(super) fn new(text: &'a str, out: &'a mut Vec<u8>, names: &'a mut Redactor) -> Self {
        Self { text, at: 0, kept: 0, may_be_refused: false, out, names }
    }

    /// Returns whether the text was JSON, and whether it certainly contains nothing that parsers refuse.
    pub(super) fn run(mut self) -> (bool, bool) {
        let is_json = self.value(Kind::of_user, 0).is_some();
        self.copy_up_to(self.text.len());
        (is_json, !self.may_be_refused)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn white_space(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.white_space();
        (self.byte()? == byte).then(|| self.at += 1)
    }

    fn copy_up_to(&mut self, end: usize) {
        if let Some(part) = self.text.as_bytes().get(self.kept..end) {
            self.out.extend_from_slice(part);
        }
        self.kept = end;
    }

    /// Skips a text and returns what is between its quotes.
    fn string(&mut self) -> Option<&'a str> {
        let begin = self.at + 1;
        let rest = self.text.as_bytes().get(begin..)?;
        let mut length = 0;
        loop {
            length += first_of(b'"', b'\\', rest.get(length..)?)?;
            if rest.get(length) == Some(&b'"') {
                self.at = begin + length + 1;
                return self.text.get(begin..begin + length);
            }
            self.may_be_refused |= rest.get(length + 1) == Some(&b'u');
            length += 2;
        }
    }

    /// Skips a value without inspecting it.
    fn skip(&mut self) -> Option<()> {
        match self.byte()? {
            b'"' => self.string().map(drop),
            b'n' if self.text.as_bytes().get(self.at..)?.starts_with(b"null") => {
                self.at += 4;
                Some(())
            }
            _ => self.skip_nested(),
        }
    }

    fn skip_nested(&mut self) -> Option<()> {
        let mut open = 0_usize;
        loop {
            self.white_space();
            match self.byte()? {
                b'"' => _ = self.string()?,
                b'{' | b'[' => {
                    open += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    open = open.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if open > 0 => {
                    self.at += 1;
                    continue;
                }
                _ => self.scalar()?,
            }
            if open == 0 {
                return Some(());
            }
        }
    }

    /// Skips a number, a boolean or null.
    fn scalar(&mut self) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        let scalar = rest.get(..length)?;
        let is_number = matches!(scalar.first(), Some(b'-' | b'0'..=b'9'));
        self.may_be_refused |= is_number && (length > DIGITS || scalar.iter().any(u8::is_ascii_alphabetic));
        self.at += length;
        (length > 0).then_some(())
    }

    /// Traverses a value and leaves out the secrets in it. `Some(false)` if it is a secret as a whole.
    fn value(&mut self, of: fn(&str) -> Kind, depth: usize) -> Option<bool> {
        self.white_space();
        match self.byte()? {
            b'{' | b'[' if depth >= DEPTH => {
                self.skip()?;
                Some(false)
            }
            b'{' => {
                self.members(b'}', |filter| {
                    let kind = match filter.expected(depth) {
                        Some(kind) => kind,
                        None => {
                            let name = filter.name()?;
                            filter.expect(b':')?;
                            filter.names(depth).kind(&name, of)
                        }
                    };
                    filter.white_space();
                    filter.member(kind, depth)
                })?;
                Some(true)
            }
            b'[' => {
                self.members(b']', |filter| filter.value(Kind::of_any, depth + 1))?;
                Some(true)
            }
            b'"' => {
                let text = self.string()?;
                Some(!holds_secret(text))
            }
            _ => {
                self.scalar()?;
                Some(true)
            }
        }
    }

    fn names(&mut self, depth: usize) -> &mut Names {
        if depth == 0 { &mut self.names.of_users } else { &mut self.names.of_others }
    }

    /// Skips the name at this place in the previous user, if it is here again.
    fn expected(&mut self, depth: usize) -> Option<Kind> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let names = self.names(depth);
        let known = names.expected()?;
        if !rest.starts_with(known.opening.as_bytes()) {
            return None;
        }
        let (kind, length) = (known.kind, known.opening.len());
        names.next += 1;
        self.at += length;
        Some(kind)
    }

    fn name(&mut self) -> Option<Cow<'a, str>> {
        if self.byte()? != b'"' {
            return None;
        }
        let name = self.string()?;
        if !name.contains('\\') {
            return Some(Cow::Borrowed(name));
        }
        unescaped(name).map(Cow::Owned)
    }

    /// Traverses the value of a member. Returns whether it is kept.
    fn member(&mut self, kind: Kind, depth: usize) -> Option<bool> {
        let is_text = matches!(self.byte()?, b'"' | b'{' | b'[');
        let is_null = self.byte()? == b'n';
        match kind {
            Kind::Look => self.value(Kind::of_any, depth + 1),
            Kind::Keep => self.skip().map(|()| true),
            Kind::Secret => self.skip().map(|()| is_null),
            Kind::SecretName => self.skip().map(|()| !is_text),
        }
    }

    /// The members of an object or a list, some of which are left out.
    fn members(&mut self, end: u8, mut member: impl FnMut(&mut Self) -> Option<bool>) -> Option<()> {
        self.at += 1;
        self.white_space();
        if self.byte()? == end {
            self.at += 1;
            return Some(());
        }
        let mut is_first = true;
        // The start of what belongs to the next member: the comma before it, if a member precedes it.
        let mut begin = self.at;
        loop {
            if member(self)? {
                is_first = false;
            } else {
                self.copy_up_to(begin);
                self.kept = self.at;
            }
            self.white_space();
            let comma = self.at;
            let byte = self.byte()?;
            self.at += 1;
            if byte == end {
                return Some(());
            }
            if byte != b',' {
                return None;
            }
            self.white_space();
            if is_first {
                self.kept = self.at;
                begin = self.at;
            } else {
                begin = comma;
            }
        }
    }
}

/// Returns the position of the first of two bytes. Compares eight bytes at a time.
pub(super) fn first_of(one: u8, other: u8, bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    // The lowest bit that is set belongs to the first byte that is zero.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & TOPS;
    let mut chunks = bytes.chunks_exact(8);
    let mut at = 0;
    for chunk in chunks.by_ref() {
        let word = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
        let found = zeros(word ^ (ONES * u64::from(one))) | zeros(word ^ (ONES * u64::from(other)));
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    chunks.remainder().iter().position(|byte| *byte == one || *byte == other).map(|rest| at + rest)
}

fn unescaped(text: &str) -> Option<String> {
    serde_json::from_str(&format!("\"{text}\"")).ok()
}

/// Whether a text, as it is between its quotes, is JSON that contains a secret.
fn holds_secret(text: &str) -> bool {
    if !text.trim_start().starts_with(['{', '[', '\\']) {
        return false;
    }
    unescaped(text).is_none_or(|text| without_secrets("", Value::String(text)).is_none())
}
