//! `addWhitelist`: adds to the list of those who may sign up.

use super::AllowLists;
use crate::api::mould::request;
use crate::model::{AllowListType, AllowedValue};

request! {
    /// Adds to the list of those who may sign up. Returns the list after the change.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::AllowListType;
    ///
    /// let allowed = client.allow_lists().add(AllowListType::Email, ["bob@example.com"]).send()?;
    /// assert_eq!(allowed[0].value, "bob@example.com");
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `addWhitelist`. Cost: one request.
    #[doc(alias = "whitelist")]
    AllowLists::add(list_type: AllowListType = "type", values: Vec<String> = "list")
        => AddAllowed -> Vec<AllowedValue>;
    effect Idempotent;
    graphql "addWhitelist" in "add.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("allow_lists/add" => |client| client
    .allow_lists()
    .add(AllowListType::Email, ["bob@example.com"]));
