//! `deletePolicies`: permanently deletes policies of one namespace.

use super::Policies;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes policies of one namespace.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let read = [("books", "read")];
    /// # let statement = authing::PolicyStatementInput::new(authing::Resource::all("books"), read);
    /// # client.policies().create("readers", [statement]).send()?;
    /// client.policies().delete_many(["readers"]).send()?;
    /// assert!(client.policies().detail("readers").send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `deletePolicies`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the policies does not exist.
    /// The service's error code for this is not documented.
    #[doc(alias = "deleteMany")]
    Policies::delete_many(codes: Vec<String> = "codeList") => DeleteManyPolicies -> CommonMessage;
    effect Mutation;
    graphql "deletePolicies" in "delete_many.graphql";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("policies/delete_many" => |client| client
    .policies()
    .delete_many(["readers", "writers"])
    .namespace("default"));
