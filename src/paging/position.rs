//! The position of a listing, as text that can outlive the process.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Error;

/// The position of a listing: the item after which it continues.
///
/// It has a stable text form (`Display`, `FromStr` and serde), which can be stored across processes and
/// versions. Pass it to `resume` of a listing of the same operation with the same arguments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    pub(super) operation: String,
    /// The page of the last item.
    pub(super) page: u32,
    pub(super) limit: u32,
    /// The hash of the last item; `None` if none was read.
    pub(super) after: Option<u64>,
}

impl Position {
    /// Returns the page that contained the last item.
    pub fn page(&self) -> u32 {
        self.page
    }

    /// Returns the number of items per page.
    pub fn limit(&self) -> u32 {
        self.limit
    }
}

/// The version of the format, page, limit, hash of the last item, operation.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, page, limit, after } = self;
        write!(f, "1:{page}:{limit}:")?;
        match after {
            Some(hash) => write!(f, "{hash:016x}")?,
            None => f.write_str("-")?,
        }
        write!(f, ":{operation}")
    }
}

impl FromStr for Position {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parse = || {
            let mut parts = text.splitn(5, ':');
            if parts.next()? != "1" {
                return None;
            }
            let page = parts.next()?.parse().ok().filter(|page| *page > 0)?;
            let limit = parts.next()?.parse().ok().filter(|limit| *limit > 0)?;
            let after = match parts.next()? {
                "-" => None,
                hash => Some(u64::from_str_radix(hash, 16).ok()?),
            };
            Some(Self { operation: parts.next()?.to_owned(), page, limit, after })
        };
        parse().ok_or_else(|| Error::invalid_input("position", "is not the position of a listing"))
    }
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Position {
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
        let position = Position { operation: "users".into(), page: 3, limit: 100, after: Some(0xabc) };
        assert_eq!(position.to_string(), "1:3:100:0000000000000abc:users");
        assert_eq!(position.to_string().parse::<Position>().unwrap(), position);
        let fresh = Position { after: None, operation: "a:b".into(), ..position };
        assert_eq!(fresh.to_string(), "1:3:100:-:a:b");
        let json = serde_json::to_string(&fresh).unwrap();
        assert_eq!(serde_json::from_str::<Position>(&json).unwrap(), fresh);
    }

    #[test]
    fn what_is_no_position_is_refused() {
        for text in
            ["", "1", "2:3:100:-:users", "1:0:100:-:users", "1:3:0:-:users", "1:3:100:x:users", "1:3:100:-"]
        {
            assert_eq!(text.parse::<Position>().unwrap_err().field(), Some("position"), "{text}");
        }
    }
}
