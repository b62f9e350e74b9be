//! `PUT /api/v2/tenant/{id}/{userId}`: enables or suspends the membership of a user.

use super::Tenants;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Enables or suspends the membership of a user.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let tenant = client.tenants().create("North").send()?;
    /// # client.tenants().add_users(&tenant.id, [&bob.id]).send()?;
    /// client.tenants().set_user_enabled(&tenant.id, &bob.id, false).send()?;
    /// let members = client.tenants().list_users(&tenant.id).send()?;
    /// assert_eq!(members.list[0].is_enabled, Some(false));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PUT /api/v2/tenant/{id}/{user_id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004),
    /// no such tenant or the user is not a member of it. The service's error codes for the others are not
    /// documented.
    #[doc(alias = "disable")]
    #[doc(alias = "enable")]
    Tenants::set_user_enabled(
        id: String,
        user_id: String,
        is_enabled: bool,
    ) => SetTenantUserEnabled -> CommonMessage;
    effect Idempotent;
    rest Put "setTenantUserEnabled" "/api/v2/tenant/{id}/{user_id}";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/set_user_enabled" => |client| client
    .tenants()
    .set_user_enabled("6142c2c41c6e6c6cc3edfd99", "5f718016d8e5f7e9d6d3a1b2", false));
