//! Encrypted parts of a request: passwords.
//!
//! A request is encrypted just before it is sent, and again if the service cannot decrypt it (code 2016),
//! because the key has then been changed. The key is fetched once more for all calls, and each call is sent
//! once more, whatever its effect: what could not be decrypted was not carried out.

use std::sync::Arc;

use serde_json::Value;

use super::shared::Shared;
use super::{Engine, Plan};
use crate::auth::password::{FetchPublicKey, PasswordKey};
use crate::auth::single_flight::{Age, Held, Order};
use crate::error::{Error, ErrorKind};
use crate::transport::Request;
use crate::wire::Operation;

/// A body before a part of it is encrypted, and the key that it was last encrypted with.
pub(super) struct Sealing {
    body: Vec<u8>,
    key: Option<Arc<Held<PasswordKey>>>,
    has_replaced_key: bool,
}

impl Sealing {
    /// Takes the body, if it has such a part.
    pub(super) fn new(plan: &Plan, body: &mut Option<Vec<u8>>) -> Option<Self> {
        let body = plan.wire.sealed.as_ref().and(body.as_mut()).map(std::mem::take)?;
        Some(Self { body, key: None, has_replaced_key: false })
    }

    /// The service has decrypted what was sent.
    pub(super) fn accept(&self) {
        self.key.iter().for_each(|key| key.accept());
    }
}

impl Engine {
    /// Puts the body with its encrypted part in the request, unless it is already there.
    pub(super) fn seal(
        self: &Arc<Self>,
        plan: &Plan,
        sealing: &mut Option<Sealing>,
        request: &mut Request,
    ) -> Result<(), Error> {
        let (Some(sealed), Some(sealing)) = (&plan.wire.sealed, sealing) else { return Ok(()) };
        if sealing.key.is_none() {
            let keys = Shared { flight: |engine| &engine.password_key, fetch: Self::fetch_password_key };
            let key = self.shared(plan, keys, |_| Age::Fresh)?;
            let ciphertext = key.encrypt(sealed.plaintext.expose())?;
            request.set_body(Some(insert(&sealing.body, sealed.pointer, ciphertext)?));
            sealing.key = Some(key);
        }
        Ok(())
    }

    fn fetch_password_key(self: &Arc<Self>, order: Order) -> Result<PasswordKey, Error> {
        let answer = self.nested(order, &FetchPublicKey)?;
        PasswordKey::fetched(&answer.public_key).map_err(|cause| {
            Error::new(ErrorKind::UnexpectedAnswer, "the service's public key cannot be read")
                .in_operation(FetchPublicKey::NAME)
                .with_source(cause)
        })
    }

    /// The service could not decrypt what was sent. Returns whether encrypting it with another key is
    /// worthwhile.
    pub(super) fn reject_key(&self, plan: &Plan, sealing: &mut Option<Sealing>) -> bool {
        let Some(Sealing { key, has_replaced_key, .. }) = sealing else { return false };
        let Some(rejected) = key.as_ref().filter(|key| !key.is_given()) else { return false };
        let now = self.clock.now();
        let is_replaced =
            self.password_key.reject(rejected, &plan.name, *has_replaced_key, now).is_replaced();
        if is_replaced {
            *key = None;
            *has_replaced_key = true;
        }
        is_replaced
    }

    /// Says in the error which key was rejected.
    pub(super) fn explain_rejected_key(sealing: &Option<Sealing>) -> Option<&'static str> {
        let key = sealing.as_ref()?.key.as_ref()?;
        Some(if key.is_given() {
            "the service has another key than the `public_key` that the client was given"
        } else {
            "the service has another key than the one it publishes"
        })
    }
}

/// Inserts a text in a body at a JSON pointer.
fn insert(body: &[u8], pointer: &str, text: String) -> Result<Vec<u8>, Error> {
    let place = || Error::invalid_input("password", "has no place in the request");
    let body = std::str::from_utf8(body).map_err(|_| place())?;
    let mut document: Value = serde_json::from_str(body).map_err(|_| place())?;
    let (parent, field) = pointer.rsplit_once('/').ok_or_else(place)?;
    let parent = document.pointer_mut(parent).and_then(Value::as_object_mut).ok_or_else(place)?;
    parent.insert(field.to_owned(), Value::String(text));
    serde_json::to_vec(&document).map_err(|_| place())
}
