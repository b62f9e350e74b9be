//! Ids of users, roles and nodes: 24 hexadecimal digits.

use std::fmt;

use rand::RngCore;

/// An id in 12 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id([u8; 12]);

impl Id {
    /// Generates an id: the seconds of its creation, then random digits, as in document databases.
    pub(crate) fn random(rng: &mut impl RngCore, now_millis: i64) -> Self {
        let mut bytes = [0; 12];
        rng.fill_bytes(&mut bytes);
        let seconds = u32::try_from(now_millis.div_euclid(1000)).unwrap_or(u32::MAX).to_be_bytes();
        for (byte, second) in bytes.iter_mut().zip(seconds) {
            *byte = second;
        }
        Self(bytes)
    }

    /// Parses 24 lower-case hexadecimal digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.len() != 24 {
            return None;
        }
        let mut bytes = [0; 12];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let [high, low] = *pair else { return None };
            *byte = digit(high)? << 4 | digit(low)?;
        }
        Some(Self(bytes))
    }

    /// Returns the digits, without an allocation.
    pub(crate) fn digits(self) -> [u8; 24] {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [b'0'; 24];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            if let [high, low] = pair {
                *high = DIGITS.get(usize::from(byte >> 4)).copied().unwrap_or(b'0');
                *low = DIGITS.get(usize::from(byte & 15)).copied().unwrap_or(b'0');
            }
        }
        text
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for digit in self.digits() {
            write!(f, "{}", char::from(digit))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_as_written() {
        let text = "613872b19c90be7d4da44466";
        assert_eq!(Id::parse(text).unwrap().to_string(), text);
        for bad in ["", "613872B19c90be7d4da44466", "613872b19c90be7d4da4446", "613872b19c90be7d4da4446g"] {
            assert_eq!(Id::parse(bad), None, "{bad}");
        }
    }
}
