//! `GET /api/v2/orgs/export`: exports an organisation as a tree, which `import` accepts.

use super::Orgs;
use crate::api::mould::request;
use crate::model::DepartmentTree;

request! {
    /// Exports an organisation as a tree, which [`import`](crate::orgs::Orgs::import) accepts.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let tree = client.orgs().export(&acme.id).send()?;
    /// let copy = client.orgs().import(&tree).send()?;
    /// assert_eq!(copy.children[0].code.as_deref(), Some("sales"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/orgs/export`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such organisation. The
    /// service's error code for this is not documented.
    #[doc(alias = "export_by_org_id")]
    #[doc(alias = "exportByOrgId")]
    Orgs::export(org_id: String = "org_id") => ExportOrg -> DepartmentTree;
    effect Read;
    rest Get "exportOrg" "/api/v2/orgs/export";
    missing "organisation";
    same "organisation" [org_id];
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/export" => |client| client
    .orgs()
    .export("6142c2c41c6e6c6cc3edfd88"));
