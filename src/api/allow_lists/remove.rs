//! `removeWhitelist`: removes from the list of those who may sign up.

use super::AllowLists;
use crate::api::mould::request;
use crate::model::{AllowListType, AllowedValue};

request! {
    /// Removes from the list of those who may sign up. Returns the list after the change.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::AllowListType;
    ///
    /// client.allow_lists().add(AllowListType::Email, ["bob@example.com"]).send()?;
    /// let allowed =
    ///     client.allow_lists().remove(AllowListType::Email, ["bob@example.com"]).send()?;
    /// assert!(allowed.is_empty());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `removeWhitelist`. Cost: one request.
    #[doc(alias = "whitelist")]
    AllowLists::remove(list_type: AllowListType = "type", values: Vec<String> = "list")
        => RemoveAllowed -> Vec<AllowedValue>;
    effect Idempotent;
    graphql "removeWhitelist" in "remove.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("allow_lists/remove" => |client| client
    .allow_lists()
    .remove(AllowListType::Email, ["bob@example.com"]));
