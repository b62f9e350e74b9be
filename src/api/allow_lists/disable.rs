//! `updateUserpool`: a list that restricts who may sign up is disabled.

use super::AllowLists;
use crate::api::mould::Draft;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::{AllowListType, UserPool};

request! {
    /// Lets people sign up whether they are on a list or not. The other lists keep their setting.
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
    /// API: mutation `updateUserpool`. One request. That the other lists keep their setting is a guess.
    #[doc(alias = "whitelist")]
    AllowLists::disable(list_type: AllowListType via write) => DisableAllowList -> UserPool;
    effect Idempotent;
    graphql "updateUserpool" in "../user_pool/update.graphql";
    write flag;
}

impl DisableAllowList {
    fn flag(&self, draft: &mut Draft) -> Result<(), Error> {
        draft.put("", self.list_type.flag()?, &false)
    }
}

#[cfg(test)]
crate::api::mould::fixture!("allow_lists/disable" => |client| client.allow_lists().disable(AllowListType::Email));
