//! `GET /api/v2/orgs/by-tenant`: looks up the organisation of a tenant.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Org;

request! {
    /// Looks up the organisation of a tenant. Returns `None` if it does not exist.
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
    /// assert!(client.orgs().by_tenant("60c0b3fd2e7b9a1c4d8e5f09").send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/orgs/by-tenant`. Cost: one request.
    #[doc(alias = "getOrgByTenantId")]
    Orgs::by_tenant(tenant_id: String = "tenant_id") => GetTenantOrg -> Option<Org>;
    effect Read;
    rest Get "getOrgByTenantId" "/api/v2/orgs/by-tenant";
    same "organisation" [tenant_id];
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/by_tenant" => |client| client
    .orgs()
    .by_tenant("60c0b3fd2e7b9a1c4d8e5f01"));
