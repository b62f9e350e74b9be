//! `updateUserpool`: a list that restricts who may sign up is enabled.

use super::AllowLists;
use crate::api::mould::Draft;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::{AllowListType, UserPool};

request! {
    /// Lets only those sign up who are on a list. The other lists keep their setting.
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
    /// API: mutation `updateUserpool`. One request. That the other lists keep their setting is a guess.
    #[doc(alias = "whitelist")]
    AllowLists::enable(list_type: AllowListType via write) => EnableAllowList -> UserPool;
    effect Idempotent;
    graphql "updateUserpool" in "../user_pool/update.graphql";
    write flag;
}

impl EnableAllowList {
    fn flag(&self, draft: &mut Draft) -> Result<(), Error> {
        draft.put("", self.list_type.flag()?, &true)
    }
}

#[cfg(test)]
crate::api::mould::fixture!("allow_lists/enable" => |client| client.allow_lists().enable(AllowListType::Email));
