//! `updateUserpool`: enables an allow list: only those on it can sign up.

use super::AllowLists;
use crate::api::mould::request;
use crate::api::mould::{Draft, Field};
use crate::error::Error;
use crate::model::{AllowListType, UserPool};

request! {
    /// Enables an allow list: only those on it can sign up. The settings of the other lists are left
    /// unchanged.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::AllowListType;
    ///
    /// client.allow_lists().enable(AllowListType::Email).send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `updateUserpool`. Cost: one request. That the service leaves the other lists unchanged
    /// is an assumption.
    #[doc(alias = "whitelist")]
    AllowLists::enable(list_type: AllowListType via write) => EnableAllowList -> UserPool;
    effect Idempotent;
    graphql "updateUserpool" in "../user_pool/update.graphql";
    write flag;
}

impl EnableAllowList {
    fn flag(&self, draft: &mut Draft<'_>) -> Result<(), Error> {
        draft.put(&Field::Placed("", Some(self.list_type.flag()?), &true))
    }
}

#[cfg(test)]
crate::api::mould::fixture!("allow_lists/enable" => |client| client
    .allow_lists()
    .enable(AllowListType::Email));
