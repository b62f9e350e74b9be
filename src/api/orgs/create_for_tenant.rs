//! `createOrg`: creates an organisation that belongs to a tenant.

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
    /// API: mutation `createOrg`, with `tenantId`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such tenant. The
    /// service's error code for this is not documented.
    Orgs::create_for_tenant(tenant_id: String, name: String) => CreateTenantOrg -> Org;
    // Separate from `create`: old self-hosted deployments do not know `tenantId` and reject a document that
    // declares it.
    effect Mutation;
    graphql "createOrg" in "create_for_tenant.graphql", "org.graphql", "department.graphql";
    optional {
        /// The code of the root department.
        code: String,
        /// The description of the organisation.
        description: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/create_for_tenant" => |client| client
    .orgs()
    .create_for_tenant("60c0b3fd2e7b9a1c4d8e5f01", "Acme")
    .code("acme")
    .description("All of it"));
