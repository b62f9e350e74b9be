//! Text that must not be printed: tokens, pool secrets, passwords.
//!
//! A [`Secret`] has no `Display`, its `Debug` output is `Secret(***)`, and its memory is wiped when it is
//! dropped. Serialising a `Secret` writes the real value, because requests need it. The models of this crate
//! leave their secrets out when they are serialised; [`WithSecrets`](crate::WithSecrets) includes them.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A value that is never printed and is wiped from memory when dropped.
///
/// ```
/// use authing::Secret;
///
/// let secret = Secret::new("hunter2");
/// assert_eq!(format!("{secret:?}"), "Secret(***)");
/// assert_eq!(secret.expose(), "hunter2");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Box<str>>);

impl Secret {
    /// Wraps a value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into().into_boxed_str()))
    }

    /// Generates a secret: 32 letters and digits from the random number generator of the operating system,
    /// 152 bits in total. Letters and digits that are easily confused are not used.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// use authing::Secret;
    ///
    /// assert_eq!(Secret::random()?.expose().len(), 32);
    /// assert_ne!(Secret::random()?, Secret::random()?);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Returns an error if the operating system provides no random numbers.
    #[cfg(feature = "password")]
    #[cfg_attr(docsrs, doc(cfg(feature = "password")))]
    pub fn random() -> Result<Self, crate::error::Error> {
        use rsa::rand_core::{OsRng, RngCore as _};

        // The characters that the official clients use.
        const CHARACTERS: &[u8; 27] = b"abcdefhijkmnprstwxyz2345678";
        const LENGTH: usize = 32;
        let mut secret = Zeroizing::new(String::with_capacity(LENGTH));
        let mut random = Zeroizing::new([0; 2 * LENGTH]);
        while secret.len() < LENGTH {
            OsRng.try_fill_bytes(&mut *random).map_err(|cause| {
                crate::error::Error::invalid_input(
                    "secret",
                    "the operating system provides no random numbers",
                )
                .with_source(cause)
            })?;
            // Only bytes below a multiple of 27, so that no character is more likely than another.
            let fair = random.iter().filter(|byte| **byte < 9 * 27);
            let characters = fair.filter_map(|byte| CHARACTERS.get(usize::from(byte % 27)));
            let missing = LENGTH - secret.len();
            secret.extend(characters.take(missing).map(|character| char::from(*character)));
        }
        Ok(Self(Zeroizing::new(secret.as_str().into())))
    }

    /// Returns the value. Search for this name to find every place where a secret leaves its wrapper.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

/// Reads a text. The error for another type does not contain the value, unlike that of `String`.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new).map_err(without_value)
    }
}

/// Other errors are kept, because their kinds matter: for example, a text may be truncated.
fn without_value<E: Error>(error: E) -> E {
    if error.to_string().contains("invalid type") {
        E::custom("invalid type, expected a text")
    } else {
        error
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_value_and_serde_keeps_it() {
        let secret = Secret::new("planted");
        assert!(!format!("{secret:?} {secret:#?}").contains("planted"));
        let json = serde_json::to_string(&secret).unwrap();
        assert_eq!(json, "\"planted\"");
        assert_eq!(serde_json::from_str::<Secret>(&json).unwrap(), secret);
    }

    #[test]
    fn the_error_for_a_secret_that_is_no_text_does_not_repeat_it() {
        for json in ["31337", "-31337", "31.337", "[31]"] {
            let error = serde_json::from_str::<Vec<Secret>>(&format!("[{json}]")).unwrap_err();
            assert!(!error.to_string().contains("31"), "{error}");
            assert_eq!((error.is_data(), error.line()), (true, 1), "{error}");
        }
        assert!(serde_json::from_str::<Secret>("\"31").unwrap_err().is_eof());
    }
}
