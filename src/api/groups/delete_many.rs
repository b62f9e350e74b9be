//! `deleteGroups`: permanently deletes groups.

use super::Groups;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes groups. Their members stay in the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # for code in ["staff", "guests"] { client.groups().create(code, code).send()?; }
    /// client.groups().delete_many(["staff", "guests"]).send()?;
    /// assert_eq!(client.groups().list().send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `deleteGroups`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the groups does not exist.
    /// The service's error code for this is not documented. Then none is deleted.
    #[doc(alias = "deleteMany")]
    Groups::delete_many(codes: Vec<String> = "codeList") => DeleteManyGroups -> CommonMessage;
    effect Mutation;
    graphql "deleteGroups" in "delete.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("groups/delete_many" => |client| client
    .groups()
    .delete_many(["staff", "guests"]));
