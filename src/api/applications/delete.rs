//! `DELETE /api/v2/applications/{id}`: permanently deletes an application, with its roles, resources and
//! agreements.

use super::Applications;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes an application, with its roles, resources and agreements.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// client.applications().delete(&app.id).send()?;
    /// assert!(client.applications().detail(&app.id).send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/applications/{id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011).
    Applications::delete(id: String) => DeleteApplication -> CommonMessage;
    effect Mutation;
    rest Delete "deleteApplication" "/api/v2/applications/{id}";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("applications/delete" => |client| client
    .applications()
    .delete("613872b19c90be7d4da44462"));
