//! `addNode`: adds a department to an organisation and returns the whole organisation.

use super::Orgs;
use crate::api::mould::request;
use crate::model::{Org, Translations};

request! {
    /// Adds a department to an organisation and returns the whole organisation.
    /// [`create_node`](crate::orgs::Orgs::create_node) returns only the department.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// let org = client.orgs().add_node(&acme.id, "Sales").code("sales").order(10).send()?;
    /// assert_eq!(org.nodes.len(), 2);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `addNode`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if the organisation or the parent
    /// department does not exist, and an [`is_conflict`](crate::Error::is_conflict) error if the code is
    /// taken. The service's error codes for these cases are not documented.
    Orgs::add_node(org_id: String, name: String) => AddOrgNode -> Org;
    effect Mutation;
    graphql "addNode" in "add_node.graphql", "org.graphql", "department.graphql";
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
crate::api::mould::fixture!("orgs/add_node" => |client| client
    .orgs()
    .add_node("6142c2c41c6e6c6cc3edfd88", "Sales")
    .parent_node_id("6142c2c41c6e6c6cc3edfd87")
    .code("sales")
    .description("Sells")
    .order(10)
    .name_i18n([("en-US", "Sales"), ("ja-JP", "営業")])
    .description_i18n([("en-US", "Sells")]));
