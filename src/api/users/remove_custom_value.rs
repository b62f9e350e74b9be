//! `removeUdv`: removes the value of one custom field of a user.

use super::Users;
use crate::api::mould::request;
use crate::model::CustomData;

request! {
    /// Removes the value of one custom field of a user.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let ann = client.users().create().username("ann").send()?;
    /// # let fields = client.custom_fields();
    /// # fields.set(authing::CustomTarget::User, "number", authing::DataType::Number, "Number").send()?;
    /// # fields.set(authing::CustomTarget::User, "city", authing::DataType::String, "City").send()?;
    /// client
    ///     .users()
    ///     .set_custom_data(&bob.id)
    ///     .value("number", 7)
    ///     .value("city", "Utrecht")
    ///     .send()?;
    /// let left = client.users().remove_custom_value(&bob.id, "city").send()?;
    /// assert_eq!(left.get("number"), Some(7.into()));
    /// assert_eq!(left.get("city"), None);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `removeUdv`. Cost: one request. Returns the remaining values.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "removeUdv")]
    #[doc(alias = "removeUdfValue")]
    Users::remove_custom_value(id: String = "targetId", key: String) => RemoveUserCustomValue -> CustomData;
    // Idempotent: removing a value twice leaves the same state.
    effect Idempotent;
    graphql "removeUdv" in "../custom_fields/remove_custom_value.graphql";
    fixed { "targetType": "USER" }
}

#[cfg(test)]
crate::api::mould::fixture!("users/remove_custom_value" => |client| client
    .users()
    .remove_custom_value("5f718016d8e5f7e9d6d3a1b2", "city"));
