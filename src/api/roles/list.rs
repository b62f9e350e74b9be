//! `roles`: lists the roles of a permission namespace, newest first unless `sort_by` is set.

use super::Roles;
use crate::api::mould::request;
use crate::model::{Page, Role, SortBy};

request! {
    /// Lists the roles of a permission namespace, newest first unless [`sort_by`](ListRoles::sort_by) is set.
    /// `iter` and `pages` list them oldest first.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.roles().create("auditor").send()?;
    /// for role in client.roles().list().iter() {
    ///     println!("{}", role?.code);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `roles`. Cost: one request per page.
    Roles::list() => ListRoles -> Page<Role>;
    effect Read;
    graphql "roles" in "list.graphql", "role_fields.graphql";
    paged Role, ordered by sort_by;
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
        /// The sort order.
        sort_by: SortBy,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/list" => |client| client
    .roles()
    .list()
    .namespace("default")
    .sort_by(SortBy::CreatedAtAscending)
    .page(1)
    .limit(10));
