//! Encryption of passwords: RSA with PKCS#1 v1.5 padding, base64.
//!
//! A copy is encrypted; the value that the caller passed is unchanged. The key is the one given to the
//! builder, or the deployment's own, which is fetched from `/api/v2/.well-known` when the first password is
//! sent, and again when the service reports that it cannot decrypt (code 2016), because the key has been
//! changed. A key given to the builder is never replaced.
//!
//! Without the feature `password`, the crate cannot encrypt, and no builder has a setter for a password.

use base64ct::{Base64, Encoding};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::fields;
use crate::error::Error;
use crate::transport::{Effect, Method};
use crate::wire::{Operation, Wire};

/// The public key that Authing publishes for its cloud service, in PEM.
///
/// By default, a client fetches the key from its host. Pass this key to
/// [`public_key`](crate::ClientBuilder::public_key) to save that request.
pub const DEFAULT_PUBLIC_KEY: &str = "\
-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC4xKeUgQ+Aoz7TLfAfs9+paePb
5KIofVthEopwrXFkp8OCeocaTHt9ICjTT2QeJh6cZaDaArfZ873GPUn00eOIZ7Ae
+TiA2BKHbCvloW3w5Lnqm70iSsUi5Fmu9/2+68GZRH9L7Mlh8cFksCicW2Y2W2uM
GKl64GDcIq3au+aqJQIDAQAB
-----END PUBLIC KEY-----
";

/// The bytes that PKCS#1 v1.5 adds to a plaintext.
const PADDING: usize = 11;

/// A key that encrypts passwords.
#[derive(Debug)]
pub(crate) struct PasswordKey {
    key: rsa::RsaPublicKey,
    is_given: bool,
}

impl PasswordKey {
    /// Creates a key that was given to the builder, in PEM. The client then fetches no other.
    pub(crate) fn given(pem: &str) -> Result<Self, rsa::pkcs8::spki::Error> {
        Ok(Self { is_given: true, ..Self::fetched(pem)? })
    }

    /// Creates a key that the service has published, in PEM.
    pub(crate) fn fetched(pem: &str) -> Result<Self, rsa::pkcs8::spki::Error> {
        use rsa::pkcs8::DecodePublicKey;
        Ok(Self { key: rsa::RsaPublicKey::from_public_key_pem(pem.trim())?, is_given: false })
    }

    pub(crate) fn is_given(&self) -> bool {
        self.is_given
    }

    /// Returns the ciphertext in base64. Fails if the plaintext is too long for the key: over 117 bytes for
    /// 1024 bits.
    pub(crate) fn encrypt(&self, plaintext: &str) -> Result<String, Error> {
        use rsa::traits::PublicKeyParts;

        let longest = self.key.size().saturating_sub(PADDING);
        if plaintext.len() > longest {
            return Err(too_long(longest));
        }
        let mut random = rsa::rand_core::OsRng;
        let ciphertext = self
            .key
            .encrypt(&mut random, rsa::Pkcs1v15Encrypt, plaintext.as_bytes())
            .map_err(|cause| Error::invalid_input("password", "cannot be encrypted").with_source(cause))?;
        Ok(Base64::encode_string(&ciphertext))
    }
}

/// The longest password that a key of the usual size can encrypt, in bytes. Longer ones are rejected before
/// the key is fetched, so that nothing is sent.
const LONGEST: usize = 117;

/// Checks a password as far as possible before the key is known.
pub(crate) fn check(password: Option<&crate::secret::Secret>) -> Result<(), Error> {
    match password.map(|password| password.expose().len()) {
        Some(0) => Err(Error::invalid_input("password", "must not be empty")),
        Some(length) if length > LONGEST => Err(too_long(LONGEST)),
        _ => Ok(()),
    }
}

fn too_long(longest: usize) -> Error {
    Error::invalid_input(
        "password",
        format!("is longer than {longest} bytes, the most that can be encrypted"),
    )
}

/// Fetches the key of the deployment: `GET /api/v2/.well-known`.
pub(crate) struct FetchPublicKey;

pub(crate) struct WellKnown {
    pub(crate) public_key: String,
}

impl<'de> Deserialize<'de> for WellKnown {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut public_key = None;
        fields::read(deserializer, &["publicKey"], &mut |_, value| {
            public_key = Some(fields::text(value)?);
            Ok(())
        })?;
        let public_key = public_key.ok_or_else(|| D::Error::missing_field("publicKey"))?;
        Ok(Self { public_key })
    }
}

impl Operation for FetchPublicKey {
    type Output = WellKnown;
    const NAME: &'static str = "wellKnown";
    const EFFECT: Effect = Effect::Read;

    fn wire(&self) -> Result<Wire, Error> {
        Wire::rest(Method::Get, "/api/v2/.well-known", &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_key_encrypts_up_to_117_bytes_and_differently_each_time() {
        let key = PasswordKey::given(DEFAULT_PUBLIC_KEY).unwrap();
        let longest = "x".repeat(117);
        let ciphertext = key.encrypt(&longest).unwrap();
        assert_eq!(ciphertext.len(), 172, "128 bytes in padded base64");
        assert_ne!(ciphertext, key.encrypt(&longest).unwrap());
        let error = key.encrypt(&"x".repeat(118)).unwrap_err();
        assert_eq!(error.to_string(), "password: is longer than 117 bytes, the most that can be encrypted");
    }

    #[test]
    fn a_published_key_is_a_text() {
        let read = |json: &str| serde_json::from_str::<WellKnown>(json).map(|known| known.public_key);
        assert_eq!(read(r#"{"other":{},"publicKey":"k"}"#).unwrap(), "k");
        for (json, reason) in [
            (r#"{"publicKey":[1]}"#, "invalid type, expected a text"),
            ("{}", "missing field `publicKey`"),
            ("[]", "invalid type: sequence, expected an object"),
        ] {
            let error = read(json).unwrap_err().to_string();
            assert!(error.starts_with(reason), "{error}");
        }
    }

    #[test]
    fn length_is_counted_in_bytes() {
        assert!(check(Some(&"é".repeat(58).into())).is_ok());
        assert!(check(Some(&"é".repeat(59).into())).is_err());
        assert!(check(Some(&"".into())).is_err());
    }
}
