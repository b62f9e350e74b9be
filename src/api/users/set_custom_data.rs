//! `setUdvBatch`: sets custom data of a user.

use super::Users;
use crate::api::custom_fields::typed::writes_custom_data;
use crate::api::mould::request;
use crate::model::{CustomData, CustomDataInput};

request! {
    /// Sets custom data of a user. The fields must be defined. Other fields are left unchanged.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let ann = client.users().create().username("ann").send()?;
    /// # let fields = client.custom_fields();
    /// # fields.set(authing::CustomTarget::User, "number", authing::DataType::Number, "Number").send()?;
    /// # fields.set(authing::CustomTarget::User, "city", authing::DataType::String, "City").send()?;
    /// #[derive(serde::Serialize)]
    /// struct Own {
    ///     number: u32,
    ///     city: Option<String>,
    /// }
    ///
    /// let own = Own { number: 7, city: None };
    /// client.users().set_custom_data(&bob.id).from(&own).send()?;
    /// let data = client.users().set_custom_data(&bob.id).value("city", "Utrecht").send()?;
    /// assert_eq!(data.get("number"), Some(7.into()));
    /// assert_eq!(data.get("city"), Some("Utrecht".into()));
    /// # assert!(client.users().set_custom_data(&bob.id).send().unwrap_err().is_invalid_input());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `setUdvBatch`. Cost: one request. Returns all values after the change. The service
    /// rejects values that do not match the type of their field.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "setUdfValue")]
    Users::set_custom_data(id: String = "targetId") => SetUserCustomData -> CustomData;
    // Idempotent: repeating it leaves the same values.
    effect Idempotent;
    graphql "setUdvBatch" in "../custom_fields/set_custom_data.graphql";
    fixed { "targetType": "USER" }
    parts {
        data: CustomDataInput = "udvList" via json_texts,
    }
}

writes_custom_data! { SetUserCustomData }

#[cfg(test)]
crate::api::mould::fixture!("users/set_custom_data" => |client| client
    .users()
    .set_custom_data("5f718016d8e5f7e9d6d3a1b2")
    .value("city", "Utrecht")
    .value("number", 7)
    .value("is_remote", false)
    .value("since", time::macros::datetime!(2020-10-15 17:55:37 +8))
    .value("car", serde_json::json!({"make": "Fiat"})));
