//! `setUdv`: sets one custom field of a user, which must be defined.

use super::Users;
use crate::api::mould::request;
use crate::model::{CustomData, CustomValueInput};

request! {
    /// Sets one custom field of a user, which must be defined. To set several, use
    /// [`set_custom_data`](Users::set_custom_data).
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let ann = client.users().create().username("ann").send()?;
    /// # let fields = client.custom_fields();
    /// # fields.set(authing::CustomTarget::User, "number", authing::DataType::Number, "Number").send()?;
    /// # fields.set(authing::CustomTarget::User, "city", authing::DataType::String, "City").send()?;
    /// let data = client.users().set_custom_value(&bob.id, "number", 7).send()?;
    /// assert_eq!(data.get("number"), Some(7.into()));
    /// # assert!(client.users().set_custom_value(&bob.id, "number", "seven").send().is_err());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `setUdv`. Cost: one request. Returns all values after the change. The service rejects
    /// values that do not match the type of their field.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "setUdv")]
    Users::set_custom_value(
        id: String = "targetId",
        key: String,
        value: CustomValueInput via json_text,
    ) => SetUserCustomValue -> CustomData;
    // Idempotent: repeating it leaves the same value.
    effect Idempotent;
    graphql "setUdv" in "../custom_fields/set_custom_value.graphql";
    fixed { "targetType": "USER" }
}

#[cfg(test)]
crate::api::mould::fixture!("users/set_custom_value" => |client| client
    .users()
    .set_custom_value("5f718016d8e5f7e9d6d3a1b2", "city", "Utrecht"));
