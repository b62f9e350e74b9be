//! Passwords: decrypted with the pool's key, stored hashed.

use std::sync::OnceLock;

use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::RngCore;
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey, LineEnding};
use rsa::{Pkcs1v15Encrypt, RsaPrivateKey};

use super::context::Cx;
use super::error::ApiError;
use super::identity::Undecryptable;

/// The key pair of every emulated pool. It is published with this crate and protects nothing: generating a
/// key pair for each of a hundred pools would cost a test run a second each.
const TEST_KEY: &str = include_str!("test-key.pem");

fn key() -> Result<&'static RsaPrivateKey, ApiError> {
    static KEY: OnceLock<Option<RsaPrivateKey>> = OnceLock::new();
    KEY.get_or_init(|| RsaPrivateKey::from_pkcs8_pem(TEST_KEY).ok())
        .as_ref()
        .ok_or_else(|| ApiError::other("the key pair of the pool cannot be read"))
}

/// The public half, as returned by the well-known path.
pub(crate) fn public_key_pem() -> &'static str {
    static PEM: OnceLock<String> = OnceLock::new();
    PEM.get_or_init(|| {
        key()
            .ok()
            .and_then(|key| key.to_public_key().to_public_key_pem(LineEnding::LF).ok())
            .unwrap_or_default()
    })
}

/// The length of a ciphertext of a key of 1,024 bits.
const CIPHERTEXT_BYTES: usize = 128;

/// The lengths at which something that cannot be decrypted is accepted as a ciphertext: each leading zero
/// less is 256 times as rare.
const FOREIGN_BYTES: std::ops::RangeInclusive<usize> = 120..=CIPHERTEXT_BYTES;

/// Returns the decrypted text.
fn decrypt(cx: &Cx<'_>, received: &str) -> Result<String, ApiError> {
    let plain = STANDARD.decode(received).ok().and_then(|mut bytes| {
        let given = bytes.len();
        // A ciphertext is a number. Some clients write it without leading zeros.
        if given < CIPHERTEXT_BYTES {
            bytes.splice(0..0, std::iter::repeat_n(0, CIPHERTEXT_BYTES - given));
        }
        let plain = key().ok()?.decrypt(Pkcs1v15Encrypt, &bytes).ok();
        let plain = plain.and_then(|plain| String::from_utf8(plain).ok());
        match (plain, cx.pool.undecryptable) {
            (Some(plain), _) => Some(plain),
            (None, Undecryptable::Accept) if FOREIGN_BYTES.contains(&given) => Some(received.to_owned()),
            _ => None,
        }
    });
    plain.ok_or_else(ApiError::password_not_decrypted)
}

/// Returns what is stored for an encrypted password: a hash, or with `keep` the text itself, which is then a
/// hash made by another system.
pub(crate) fn store(cx: &mut Cx<'_>, received: &str, keep: bool) -> Result<Box<str>, ApiError> {
    let plain = decrypt(cx, received)?;
    if keep {
        return Ok(plain.into_boxed_str());
    }
    hash_plain(&mut cx.state.rng, &plain).ok_or_else(|| ApiError::other("the password cannot be hashed"))
}

/// A hash with a new salt.
pub(crate) fn hash_plain(rng: &mut impl RngCore, plain: &str) -> Option<Box<str>> {
    let mut salt = [0; 12];
    rng.fill_bytes(&mut salt);
    hash(plain, &salt)
}

/// Cheap parameters: the pool stores no real passwords, and tests create many users.
fn hash(plain: &str, salt: &[u8]) -> Option<Box<str>> {
    let params = Params::new(8, 1, 1, None).ok()?;
    let salt = SaltString::encode_b64(salt).ok()?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Some(argon.hash_password(plain.as_bytes(), &salt).ok()?.to_string().into_boxed_str())
}
