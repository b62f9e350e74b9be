//! `udv`: returns the custom data of a user: the fields that have a value.

use super::Users;
use crate::api::custom_fields::typed::reads_custom_data;
use crate::api::mould::request;
use crate::model::CustomData;

request! {
    /// Returns the custom data of a user: the fields that have a value.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let ann = client.users().create().username("ann").send()?;
    /// # let fields = client.custom_fields();
    /// # fields.set(authing::CustomTarget::User, "number", authing::DataType::Number, "Number").send()?;
    /// # fields.set(authing::CustomTarget::User, "city", authing::DataType::String, "City").send()?;
    /// #[derive(serde::Deserialize)]
    /// struct Own {
    ///     number: u32,
    ///     city: Option<String>,
    /// }
    ///
    /// client.users().set_custom_data(&bob.id).value("number", 7).send()?;
    /// let data = client.users().custom_data(&bob.id).send()?;
    /// assert_eq!(data.get("number"), Some(7.into()));
    ///
    /// let own: Own = client.users().custom_data(&bob.id).send_as()?;
    /// assert_eq!((own.number, own.city), (7, None));
    /// # let unknown = client.users().custom_data("5f718016d8e5f7e9d6d3a1ff").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `udv`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "listUdv")]
    #[doc(alias = "getUdfValue")]
    #[doc(alias = "udv")]
    Users::custom_data(id: String = "targetId") => GetUserCustomData -> CustomData;
    effect Read;
    graphql "udv" in "../custom_fields/custom_data.graphql";
    missing "user";
    fixed { "targetType": "USER" }
}

reads_custom_data! { GetUserCustomData }

#[cfg(test)]
crate::api::mould::fixture!("users/custom_data" => |client| client
    .users()
    .custom_data("5f718016d8e5f7e9d6d3a1b2"));
