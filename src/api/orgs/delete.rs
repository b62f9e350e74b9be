//! `deleteOrg`: permanently deletes an organisation with all its departments.

use super::Orgs;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes an organisation with all its departments. Their members stay in the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// client.orgs().delete(&acme.id).send()?;
    /// assert!(client.orgs().detail(&acme.id).send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `deleteOrg`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such organisation. The
    /// service's error code for this is not documented.
    #[doc(alias = "delete_by_id")]
    #[doc(alias = "deleteById")]
    #[doc(alias = "DeleteOrgById")]
    Orgs::delete(id: String) => DeleteOrg -> CommonMessage;
    effect Mutation;
    graphql "deleteOrg" in "delete.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/delete" => |client| client
    .orgs()
    .delete("6142c2c41c6e6c6cc3edfd88"));
