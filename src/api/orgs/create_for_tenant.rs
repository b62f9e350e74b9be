//! `createOrg`: a new organisation of a tenant.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Org;

request! {
    /// Creates an organisation that belongs to a tenant.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "tenants": [{ "id": "60c0b3fd2e7b9a1c4d8e5f01", "name": "Acme" }]
    /// # }"#)?.client();
    /// const TENANT: &str = "60c0b3fd2e7b9a1c4d8e5f01";
    ///
    /// let acme = client.orgs().create_for_tenant(TENANT, "Acme").send()?;
    /// let found = client.orgs().by_tenant(TENANT).send()?;
    /// assert_eq!(found.map(|org| org.id), Some(acme.id));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `createOrg`, with `tenantId`. Cost: One request.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such tenant, which is a guess.
    Orgs::create_for_tenant(tenant_id: String, name: String) => CreateTenantOrg -> Org;
    // Apart from `create`: an old private deployment does not know `tenantId`, and refuses a document that
    // declares it.
    effect Mutation;
    graphql "createOrg" in "create_for_tenant.graphql", "org.graphql", "department.graphql";
    optional {
        /// The code of the topmost department.
        code: String,
        /// What the organisation is for.
        description: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/create_for_tenant" => |client| client
    .orgs()
    .create_for_tenant("60c0b3fd2e7b9a1c4d8e5f01", "Acme")
    .code("acme")
    .description("All of it"));
