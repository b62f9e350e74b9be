//! `GET /api/v2/users/{id}`: one user by id.

use super::Users;
use crate::api::mould::request;
use crate::model::User;

request! {
    /// One user by id.
    Users::detail(#[serde(skip)] id: String) -> Option<User>;
    effect Read;
    rest Get "userDetail" "/api/v2/users/{}" [id];
    query [with_custom_data = "with_custom_data"];

    /// Looks up a user by id. There being none is not an error but `None`.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// if let Some(user) = client.users().detail(&bob.id).with_custom_data().send()? {
    ///     println!("{:?} {:?}", user.username, user.custom_data);
    /// }
    /// assert_eq!(client.users().detail("5f718016d8e5f7e9d6d3a1b2").send()?, None);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/users/{id}`. One request. The Python documentation calls the argument `userId` and lacks custom
    /// data. This answer is wider than those of GraphQL; what it has beyond
    /// [`User`] is in `extra`.
    pub struct UserDetail {
        flags {
            /// Answers with custom data too.
            with_custom_data,
        }
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/detail" => |client| client.users().detail("5f718016d8e5f7e9d6d3a1b2").with_custom_data());
