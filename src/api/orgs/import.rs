//! `POST /api/v2/orgs/import`: creates an organisation with all its departments from a tree.

use super::Orgs;
use crate::api::mould::request;
use crate::model::{DepartmentInput, DepartmentTree};

request! {
    /// Creates an organisation with all its departments from a tree. The root department represents the
    /// organisation.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::DepartmentInput;
    ///
    /// let acme = DepartmentInput::new("Acme").code("acme").children([
    ///     DepartmentInput::new("Sales").code("sales"),
    ///     DepartmentInput::new("Engineering").children([DepartmentInput::new("Tools")]),
    /// ]);
    /// let root = client.orgs().import(acme).send()?;
    /// assert_eq!(root.children[1].children[0].name_path, ["Acme", "Engineering", "Tools"]);
    /// # Ok(()) }
    /// ```
    ///
    /// A tree that was [exported](crate::orgs::Orgs::export) can be imported with `import(&tree)`. Names,
    /// codes, descriptions, translations and the order are kept. Ids and times are new. Members, roles and
    /// grants are not part of a tree. In the response, the id of the root is the id of the organisation; the
    /// root's own id is [`root_node_id`](crate::DepartmentTree::root_node_id).
    ///
    /// API: `POST /api/v2/orgs/import`. Cost: one request.
    #[doc(alias = "import_by_json")]
    #[doc(alias = "ImportNodeByJSON")]
    #[doc(alias = "importByJson")]
    Orgs::import(tree: DepartmentInput = "file" via json_text) => ImportOrg -> DepartmentTree;
    effect Mutation;
    rest Post "importOrg" "/api/v2/orgs/import";
    // The JSON is sent as text, like in the Python SDK.
    fixed { "filetype": "json" }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/import" => |client| client.orgs().import(
    DepartmentInput::new("Acme").code("acme").description("All of it").children([
        DepartmentInput::new("Sales").code("sales").order(10)
            .name_i18n([("en-US", "Sales")])
            .description_i18n([("en-US", "Sells")]),
        DepartmentInput::new("Engineering"),
    ])
));
