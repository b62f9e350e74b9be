//! `setUdfValueBatch`: sets custom data of any number of users, by their ids.

use super::Users;
use crate::api::mould::request;
use crate::model::{CommonMessage, TargetCustomData};

request! {
    /// Sets custom data of any number of users, by their ids. Other fields are left unchanged.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let ann = client.users().create().username("ann").send()?;
    /// # let fields = client.custom_fields();
    /// # fields.set(authing::CustomTarget::User, "number", authing::DataType::Number, "Number").send()?;
    /// # fields.set(authing::CustomTarget::User, "city", authing::DataType::String, "City").send()?;
    /// use authing::CustomDataInput;
    ///
    /// let seven = CustomDataInput::new().value("number", 7).value("city", "Utrecht");
    /// let eight = CustomDataInput::new().value("number", 8);
    /// client.users().set_custom_data_of_many([(&bob.id, seven), (&ann.id, eight)]).send()?;
    /// let data = client.users().custom_data(&ann.id).send()?;
    /// assert_eq!(data.get("number"), Some(8.into()));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `setUdfValueBatch`. Cost: one request for each 80 users. The service rejects values that
    /// do not match the type of their field; whether the other values of that request are then set is not
    /// documented.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the users does not exist
    /// (code 2004) or a field is not defined. The service's error code for the latter is not documented.
    // No limit is documented for this mutation; 80 is the limit of `userBatch`.
    #[doc(alias = "setUdfValueBatch")]
    Users::set_custom_data_of_many(data: Vec<TargetCustomData> = "input")
        => SetCustomDataOfUsers -> CommonMessage;
    // Idempotent: repeating it leaves the same values.
    effect Idempotent;
    graphql "setUdfValueBatch" in "../custom_fields/set_custom_data_of_many.graphql";
    fixed { "targetType": "USER" }
    split data by 80;
}

#[cfg(test)]
crate::api::mould::fixture!("users/set_custom_data_of_many" => |client| {
    use crate::model::CustomDataInput;

    let first = CustomDataInput::new().value("city", "Utrecht").value("number", 7);
    let second = CustomDataInput::new().value("number", 8);
    let data = [("5f718016d8e5f7e9d6d3a1b2", first), ("5f718016d8e5f7e9d6d3a1b9", second)];
    client.users().set_custom_data_of_many(data)
});
