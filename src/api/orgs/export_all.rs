//! `GET /api/v2/orgs/export`: exports all organisations as trees, oldest first.

use super::Orgs;
use crate::api::mould::request;
use crate::model::DepartmentTree;

request! {
    /// Exports all organisations as trees, oldest first. [`import`](crate::orgs::Orgs::import) accepts such a
    /// tree.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let trees = client.orgs().export_all().send()?;
    /// assert_eq!(trees[0].walk().count(), 2);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/orgs/export`. Cost: one request.
    #[doc(alias = "exportAll")]
    Orgs::export_all() => ExportAllOrgs -> Vec<DepartmentTree>;
    effect Read;
    rest Get "exportAllOrgs" "/api/v2/orgs/export";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/export_all" => |client| client
    .orgs()
    .export_all());
