//! `deletePolicy`: permanently deletes a policy.

use super::Policies;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes a policy. Its targets lose it.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let read = [("books", "read")];
    /// # let statement = authing::PolicyStatementInput::new(authing::Resource::all("books"), read);
    /// # client.policies().create("readers", [statement]).send()?;
    /// client.policies().delete("readers").send()?;
    /// assert!(client.policies().detail("readers").send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `deletePolicy`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such policy. The
    /// service's error code for this is not documented.
    Policies::delete(code: String) => DeletePolicy -> CommonMessage;
    effect Mutation;
    graphql "deletePolicy" in "delete.graphql";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("policies/delete" => |client| client
    .policies()
    .delete("readers")
    .namespace("default"));
