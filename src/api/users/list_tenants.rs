//! `GET /api/v2/users/{id}/tenants`: lists all tenants of a user.

use super::Users;
use crate::api::mould::request;
use crate::model::Tenant;

request! {
    /// Lists all tenants of a user.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// assert!(client.users().list_tenants(&bob.id).send()?.is_empty());
    /// # let unknown = client.users().list_tenants("5f718016d8e5f7e9d6d3a1ff").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/users/{id}/tenants`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "getUserTenants")]
    Users::list_tenants(id: String) => ListUserTenants -> Vec<Tenant>;
    effect Read;
    rest Get "listUserTenants" "/api/v2/users/{id}/tenants";
    answer at "tenants";
    missing "user";
}

#[cfg(test)]
crate::api::mould::fixture!("users/list_tenants" => |client| client
    .users()
    .list_tenants("5f718016d8e5f7e9d6d3a1b2"));
