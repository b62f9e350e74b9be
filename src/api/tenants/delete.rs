//! `DELETE /api/v2/tenant/{id}`: permanently deletes a tenant.

use super::Tenants;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes a tenant. Its users stay in the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let tenant = client.tenants().create("North").send()?;
    /// client.tenants().delete(&tenant.id).send()?;
    /// assert_eq!(client.tenants().list().send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/tenant/{id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such tenant. The
    /// service's error code for this is not documented.
    #[doc(alias = "deleteTenant")]
    Tenants::delete(id: String) => DeleteTenant -> CommonMessage;
    effect Mutation;
    rest Delete "deleteTenant" "/api/v2/tenant/{id}";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/delete" => |client| client.tenants().delete("6142c2c41c6e6c6cc3edfd99"));
