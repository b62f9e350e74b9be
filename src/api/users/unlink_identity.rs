//! `POST /api/v2/users/identity/unlink`: unlinks an account at another identity provider from a user, who can
//! then no longer sign in with it.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Unlinks an account at another identity provider from a user, who can then no longer sign in with it.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// client.users().link_identity(&bob.id, "wechat", "wx-1").send()?;
    /// client.users().unlink_identity(&bob.id, "wechat").send()?;
    /// assert!(client.users().list().send()?.list[0].identities.is_empty());
    /// # let again = client.users().unlink_identity(&bob.id, "wechat").send();
    /// # assert!(again.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/users/identity/unlink`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004) or
    /// the account is not linked. The service's error code for the latter is not documented.
    #[doc(alias = "unlinkIdentity")]
    #[doc(alias = "unIdentityLink")]
    Users::unlink_identity(
        id: String = "userId",
        provider: String = "identifier",
    ) => UnlinkIdentity -> CommonMessage;
    // Not idempotent: repeating it returns not found.
    effect Mutation;
    rest Post "unlinkIdentity" "/api/v2/users/identity/unlink";
    answer whole;
    optional {
        /// Whether it is a social account. Deprecated by the service.
        is_social: bool,
        /// The kind of account. Defaults to `generic`.
        account_type: String = "type",
        /// The identity source that the account comes from.
        ext_idp_id: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/unlink_identity" => |client| client
    .users()
    .unlink_identity("5f718016d8e5f7e9d6d3a1b2", "wechat")
    .is_social(true)
    .account_type("generic")
    .ext_idp_id("61a5c55fc89ff91083293e45"));
