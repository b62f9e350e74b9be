//! `GET /api/v2/users/{id}`: looks up a user by id.

use super::Users;
use crate::api::mould::request;
use crate::model::User;

request! {
    /// Looks up a user by id. Returns `None` if the user does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// if let Some(user) = client.users().detail(&bob.id).include_custom_data().send()? {
    ///     println!("{:?} {:?}", user.username, user.custom_data);
    /// }
    /// assert_eq!(client.users().detail("5f718016d8e5f7e9d6d3a1b2").send()?, None);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/users/{id}`. Cost: one request. The response has more fields than those of GraphQL;
    /// the fields that [`User`] does not have are in `extra`.
    // The Python documentation calls the argument `userId` and lacks custom data.
    Users::detail(id: String) => GetUser -> Option<User>;
    effect Read;
    rest Get "userDetail" "/api/v2/users/{id}";
    absent [2004];
    same "user" [id];
    flags {
        /// Includes custom data in the response.
        include_custom_data = "with_custom_data" explicit,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/detail" => |client| client
    .users()
    .detail("5f718016d8e5f7e9d6d3a1b2")
    .include_custom_data());
