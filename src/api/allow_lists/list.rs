//! `whitelist`: lists who may sign up, by username, e-mail address or phone number.

use super::AllowLists;
use crate::api::mould::request;
use crate::model::{AllowListType, AllowedValue};

request! {
    /// Lists who may sign up, by username, e-mail address or phone number.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::AllowListType;
    ///
    /// let allowed = client.allow_lists().list(AllowListType::Email).send()?;
    /// assert!(allowed.is_empty());
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `whitelist`. Cost: one request.
    #[doc(alias = "whitelist")]
    AllowLists::list(list_type: AllowListType = "type") => ListAllowed -> Vec<AllowedValue>;
    effect Read;
    graphql "whitelist" in "list.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("allow_lists/list" => |client| client.allow_lists().list(AllowListType::Email));
