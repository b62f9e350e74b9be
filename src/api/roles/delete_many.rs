//! `deleteRoles`: permanently deletes roles of one namespace.

use super::Roles;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes roles of one namespace. Users who had them lose them.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # for code in ["auditor", "reader"] { client.roles().create(code).send()?; }
    /// client.roles().delete_many(["auditor", "reader"]).send()?;
    /// assert_eq!(client.roles().list().send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `deleteRoles`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the roles does not exist.
    /// The service's error code for this is not documented.
    #[doc(alias = "deleteMany")]
    Roles::delete_many(codes: Vec<String> = "codeList") => DeleteManyRoles -> CommonMessage;
    effect Mutation;
    graphql "deleteRoles" in "delete_many.graphql";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/delete_many" => |client| client
    .roles()
    .delete_many(["auditor", "reader"])
    .namespace("default"));
