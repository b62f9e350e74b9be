//! The position of a listing, as text that can outlive the process.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Error;

/// The position of a listing: the item after which it continues.
///
/// It has a stable text form (`Display`, `FromStr` and serde), which can be stored across processes and
/// versions. Pass it to `resume` of a listing of the same operation with the same arguments, except `limit`
/// and `select`; a position of another listing is rejected.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    pub(super) operation: String,
    /// The page of the last item.
    pub(super) page: u32,
    pub(super) limit: u32,
    /// The hashes of the last items, the last one first; empty if none was read. If the last item is
    /// deleted, the one before it shows the place.
    pub(super) after: Vec<u64>,
    /// The hash of the arguments of the operation.
    pub(super) arguments: u64,
}

/// How many items a position consists of.
pub(super) const TRAIL: usize = 8;

/// Returns the last items of which a position consists.
#[inline]
pub(super) fn last_of<T>(items: &[T]) -> &[T] {
    items.get(items.len().saturating_sub(TRAIL)..).unwrap_or_default()
}

impl Position {
    /// Returns the page that contained the last item.
    #[inline]
    pub fn page(&self) -> u32 {
        self.page
    }

    /// Returns the number of items per page.
    #[inline]
    pub fn limit(&self) -> u32 {
        self.limit
    }
}

/// The version of the format, page, limit, hashes of the last items, hash of the arguments, operation.
impl fmt::Display for Position {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, page, limit, after, arguments } = self;
        write!(f, "1:{page}:{limit}:")?;
        for hash in after {
            write!(f, "{hash:016x}")?;
        }
        if after.is_empty() {
            f.write_str("-")?;
        }
        write!(f, ":{arguments:016x}:{operation}")
    }
}

impl FromStr for Position {
    type Err = Error;

    #[inline]
    fn from_str(text: &str) -> Result<Self, Error> {
        let parse = || {
            let hash = |text: &str| u64::from_str_radix(text, 16).ok().filter(|_| text.len() == 16);
            let mut parts = text.splitn(6, ':');
            if parts.next()? != "1" {
                return None;
            }
            let page = parts.next()?.parse().ok().filter(|page| *page > 0)?;
            let limit = parts.next()?.parse().ok().filter(|limit| *limit > 0)?;
            let after = match parts.next()? {
                "-" => Vec::new(),
                hashes => (0..hashes.len().max(1))
                    .step_by(16)
                    .map(|at| hashes.get(at..at + 16).and_then(hash))
                    .collect::<Option<_>>()?,
            };
            let arguments = hash(parts.next()?)?;
            Some(Self { operation: parts.next()?.to_owned(), page, limit, after, arguments })
        };
        parse().ok_or_else(|| Error::invalid_input("position", "is not the position of a listing"))
    }
}

impl Serialize for Position {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Position {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_text_is_stable_and_read_back() {
        let after = vec![0xabc, 0xdef];
        let position = Position { operation: "users".into(), page: 3, limit: 100, after, arguments: 7 };
        let text = "1:3:100:0000000000000abc0000000000000def:0000000000000007:users";
        assert_eq!(position.to_string(), text);
        assert_eq!(text.parse::<Position>().unwrap(), position);
        let fresh = Position { after: Vec::new(), operation: "a:b".into(), ..position };
        assert_eq!(fresh.to_string(), "1:3:100:-:0000000000000007:a:b");
        assert_eq!(fresh.to_string().parse::<Position>().unwrap(), fresh);
        let json = serde_json::to_string(&fresh).unwrap();
        assert_eq!(serde_json::from_str::<Position>(&json).unwrap(), fresh);
    }

    #[test]
    fn what_is_no_position_is_refused() {
        for text in [
            "",
            "1",
            "2:3:100:-:0000000000000007:users",
            "1:0:100:-:0000000000000007:users",
            "1:3:0:-:0000000000000007:users",
            "1:3:100:x:0000000000000007:users",
            "1:3:100::0000000000000007:users",
            "1:3:100:0000000000000abc0:0000000000000007:users",
            "1:3:100:-:7:users",
            "1:3:100:-:users",
            "1:3:100:-",
        ] {
            assert_eq!(text.parse::<Position>().unwrap_err().field(), Some("position"), "{text}");
        }
    }
}
