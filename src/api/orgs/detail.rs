//! `org`: looks up an organisation with its departments.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Org;

request! {
    /// Looks up an organisation with its departments. Returns `None` if it does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let org = client.orgs().detail(&acme.id).send()?.expect("it was just created");
    /// assert_eq!(org.tree()?.walk().count(), 2);
    /// assert!(client.orgs().detail("6142c2c41c6e6c6cc3edfd88").send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `org`. Cost: one request.
    #[doc(alias = "find_by_id")]
    #[doc(alias = "findById")]
    #[doc(alias = "GetOrganizationById")]
    Orgs::detail(id: String) => GetOrg -> Option<Org>;
    // The code 404 for an unknown organisation is an assumption.
    effect Read;
    graphql "org" in "detail.graphql", "org.graphql", "department.graphql";
    same "organisation" [id];
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/detail" => |client| client
    .orgs()
    .detail("6142c2c41c6e6c6cc3edfd88"));
