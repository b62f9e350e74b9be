//! `createOrg`: creates an organisation.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Org;

request! {
    /// Creates an organisation. Its root department has the same name and represents it.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let acme = client.orgs().create("Acme").code("acme").send()?;
    /// assert_eq!(acme.root().and_then(|root| root.name.as_deref()), Some("Acme"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `createOrg`. Cost: one request.
    #[doc(alias = "create_org")]
    #[doc(alias = "createOrg")]
    Orgs::create(name: String) => CreateOrg -> Org;
    effect Mutation;
    graphql "createOrg" in "create.graphql", "org.graphql", "department.graphql";
    optional {
        /// The code of the root department.
        code: String,
        /// The description of the organisation.
        description: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/create" => |client| client
    .orgs()
    .create("Acme")
    .code("acme")
    .description("All of it"));
