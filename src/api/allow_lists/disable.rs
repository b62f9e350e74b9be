//! `updateUserpool`: disables an allow list: people can sign up without being on it.

use super::AllowLists;
use crate::api::mould::request;
use crate::api::mould::{Draft, Field};
use crate::error::Error;
use crate::model::{AllowListType, UserPool};

request! {
    /// Disables an allow list: people can sign up without being on it. The settings of the other lists are
    /// left unchanged.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::AllowListType;
    ///
    /// client.allow_lists().disable(AllowListType::Email).send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `updateUserpool`. Cost: one request. That the service leaves the other lists unchanged
    /// is an assumption.
    #[doc(alias = "whitelist")]
    AllowLists::disable(list_type: AllowListType via write) => DisableAllowList -> UserPool;
    effect Idempotent;
    graphql "updateUserpool" in "../user_pool/update.graphql";
    write flag;
}

impl DisableAllowList {
    fn flag(&self, draft: &mut Draft<'_>) -> Result<(), Error> {
        draft.put(&Field::Placed("", Some(self.list_type.flag()?), &false))
    }
}

#[cfg(test)]
crate::api::mould::fixture!("allow_lists/disable" => |client| client
    .allow_lists()
    .disable(AllowListType::Email));
