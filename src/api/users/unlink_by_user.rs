//! `POST /api/v2/users/identity/unlinkByUser`: unlinks an account at another identity provider, with the
//! token of the user.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;
use crate::secret::Secret;

request! {
    /// Unlinks an account at another identity provider from a user, with the user's own token.
    ///
    /// The token authorizes the request in place of the management token, which is not sent.
    /// [`unlink_identity`](Users::unlink_identity) does the same without a token of the user.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// client.users().link_identity(&bob.id, "wechat", "wx-1").send()?;
    /// let token = client.users().refresh_token(&bob.id).send()?.token;
    /// client.users().unlink_by_user(token, "wechat").send()?;
    /// assert!(client.users().list().send()?.list[0].identities.is_empty());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/users/identity/unlinkByUser`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_authentication`](crate::Error::is_authentication) error if the token is not valid
    /// (code 2020); it is not renewed. Returns an [`is_not_found`](crate::Error::is_not_found) error if the
    /// account is not linked; the service's error code for this is not documented.
    #[doc(alias = "unlinkByUser")]
    Users::unlink_by_user(
        token: Secret via bearer,
        provider: String = "identifier",
    ) => UnlinkIdentityByUser -> CommonMessage;
    // Not idempotent: repeating it returns not found.
    effect Mutation;
    rest Post "unlinkIdentityByUser" "/api/v2/users/identity/unlinkByUser";
    answer whole;
    optional {
        /// The kind of account. Defaults to `generic`.
        account_type: String = "type" else "generic".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/unlink_by_user" => |client| client
    .users()
    .unlink_by_user("TOKEN OF A USER", "wechat")
    .account_type("generic"));

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::client::Client;
    use crate::transport::{Request, Response};

    #[test]
    fn the_token_of_the_user_is_in_one_header_and_nowhere_else() {
        let sent = Arc::new(Mutex::new(Vec::new()));
        let client = {
            let sent = Arc::clone(&sent);
            let refuse = move |request: &Request| {
                sent.lock().unwrap().push(request.clone());
                Ok(Response::new(200, r#"{"code":2020,"message":"tok-of-bob is not valid"}"#))
            };
            Client::builder().user_pool_id("POOL").secret("SECRET").transport(refuse).build().unwrap()
        };
        let builder = client.users().unlink_by_user(Secret::new("tok-of-bob"), "wechat");
        assert!(!format!("{builder:?}").contains("tok-of-bob"));

        let error = builder.send().unwrap_err();
        assert!(error.is_authentication(), "{error}");
        assert!(!format!("{error} {error:?}").contains("tok-of-bob"), "{error:?}");
        // Neither was a management token fetched, nor was it sent again.
        let sent = sent.lock().unwrap();
        let [request] = sent.as_slice() else { panic!("{sent:?}") };
        assert_eq!(request.header("authorization"), Some("Bearer tok-of-bob"));
        assert!(!request.url().contains("tok-of-bob") && !format!("{request:?}").contains("tok-of-bob"));
        assert!(!String::from_utf8_lossy(request.body().unwrap()).contains("tok-of-bob"));

        assert_eq!(client.users().unlink_by_user("", "wechat").send().unwrap_err().field(), Some("token"));
    }
}
