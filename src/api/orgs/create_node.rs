//! `addNodeV2`: creates a department in an organisation.

use super::Orgs;
use crate::api::mould::request;
use crate::model::{Department, Translations};

request! {
    /// Creates a department in an organisation.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let export =
    ///     client.orgs().create_node(&acme.id, "Export").parent_node_id(&sales.id).send()?;
    /// assert_eq!(export.name_path, ["Acme", "Sales", "Export"]);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `addNodeV2`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if the organisation or the parent
    /// department does not exist, and an [`is_conflict`](crate::Error::is_conflict) error if the code is
    /// taken. The service's error codes for these cases are not documented.
    #[doc(alias = "addNode")]
    #[doc(alias = "addNodeV2")]
    Orgs::create_node(org_id: String, name: String) => CreateOrgNode -> Department;
    effect Mutation;
    graphql "addNodeV2" in "create_node.graphql", "department.graphql";
    optional {
        /// The parent department. Defaults to the root department.
        parent_node_id: String,
        /// The code, which is unique in the organisation.
        code: String,
        /// The description of the department.
        description: String,
        /// The position among its siblings.
        order: i64,
        /// The name in other languages.
        name_i18n: Translations via language_text,
        /// The description in other languages.
        description_i18n: Translations via language_text,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/create_node" => |client| client
    .orgs()
    .create_node("6142c2c41c6e6c6cc3edfd88", "Sales")
    .parent_node_id("6142c2c41c6e6c6cc3edfd87")
    .code("sales")
    .description("Sells")
    .order(10)
    .name_i18n([("en-US", "Sales"), ("ja-JP", "営業")])
    .description_i18n([("en-US", "Sells")]));
