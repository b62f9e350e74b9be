//! `udfValueBatch`: returns the custom data of any number of users, by their ids.

use super::Users;
use crate::api::custom_fields::typed::reads_custom_data_of_many;
use crate::api::mould::request;
use crate::model::CustomDataOfMany;

request! {
    /// Returns the custom data of any number of users, by their ids.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let ann = client.users().create().username("ann").send()?;
    /// # let fields = client.custom_fields();
    /// # fields.set(authing::CustomTarget::User, "number", authing::DataType::Number, "Number").send()?;
    /// # fields.set(authing::CustomTarget::User, "city", authing::DataType::String, "City").send()?;
    /// client.users().set_custom_data(&bob.id).value("number", 7).send()?;
    /// let data = client.users().custom_data_of_many([&bob.id, &ann.id]).send()?;
    /// assert_eq!(data.get(&bob.id).and_then(|data| data.get("number")), Some(7.into()));
    /// assert!(data.get(&ann.id).is_some_and(|data| data.is_empty()));
    /// # let typed = client
    /// #     .users()
    /// #     .custom_data_of_many([&bob.id])
    /// #     .send_as::<std::collections::HashMap<String, u8>>()?;
    /// # assert_eq!(typed[&bob.id]["number"], 7);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `udfValueBatch`. Cost: one request for each 80 ids.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the users does not exist
    /// (code 2004).
    // No limit is documented for this query; 80 is the limit of `userBatch`.
    #[doc(alias = "getUdfValueBatch")]
    Users::custom_data_of_many(ids: Vec<String> = "targetIds") => GetCustomDataOfUsers -> CustomDataOfMany;
    effect Read;
    graphql "udfValueBatch" in "../custom_fields/custom_data_of_many.graphql";
    fixed { "targetType": "USER" }
    verify are_requested;
    split ids by 80;
}

reads_custom_data_of_many! { GetCustomDataOfUsers }

#[cfg(test)]
crate::api::mould::fixture!("users/custom_data_of_many" => |client| client
    .users()
    .custom_data_of_many(["5f718016d8e5f7e9d6d3a1b2", "5f718016d8e5f7e9d6d3a1b9"]));
