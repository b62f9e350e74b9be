//! `POST /api/v2/users/identity/link`: links an account at another identity provider to a user, who can then
//! sign in with it.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Links an account at another identity provider to a user, who can then sign in with it.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// client.users().link_identity(&bob.id, "wechat", "wx-1").send()?;
    /// let page = client.users().list().send()?;
    /// assert_eq!(page.list[0].identities[0].user_id_in_idp.as_deref(), Some("wx-1"));
    /// # let again = client.users().link_identity(&bob.id, "wechat", "wx-1").send();
    /// # assert!(again.unwrap_err().is_conflict());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/users/identity/link`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_conflict`](crate::Error::is_conflict) error if the account is already linked. The
    /// service's error code for this is not documented. Returns an
    /// [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "linkIdentity")]
    #[doc(alias = "identityLink")]
    Users::link_identity(
        id: String = "userId",
        provider: String = "identifier",
        user_id_in_idp: String,
    ) => LinkIdentity -> CommonMessage;
    // Not idempotent: repeating it is a conflict.
    effect Mutation;
    rest Post "linkIdentity" "/api/v2/users/identity/link";
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
crate::api::mould::fixture!("users/link_identity" => |client| client
    .users()
    .link_identity("5f718016d8e5f7e9d6d3a1b2", "wechat", "wx-1")
    .is_social(true)
    .account_type("generic")
    .ext_idp_id("61a5c55fc89ff91083293e45"));
