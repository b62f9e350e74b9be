//! `setUdfValueBatch`: sets custom data of any number of roles, by their ids.

use super::Roles;
use crate::api::mould::request;
use crate::model::{CommonMessage, TargetCustomData};

request! {
    /// Sets custom data of any number of roles, by their ids. Other fields are left unchanged.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let create = |code| client.roles().create(code).send();
    /// # let id_of = |code| create(code).map(|role| role.id.unwrap_or_default());
    /// # let (admin, auditor) = (id_of("admin")?, id_of("auditor")?);
    /// # let fields = client.custom_fields();
    /// # fields.set(authing::CustomTarget::Role, "number", authing::DataType::Number, "Number").send()?;
    /// # fields.set(authing::CustomTarget::Role, "city", authing::DataType::String, "City").send()?;
    /// use authing::CustomDataInput;
    ///
    /// let seven = CustomDataInput::new().value("number", 7).value("city", "Utrecht");
    /// let eight = CustomDataInput::new().value("number", 8);
    /// client.roles().set_custom_data_of_many([(&admin, seven), (&auditor, eight)]).send()?;
    /// let data = client.roles().custom_data(&auditor).send()?;
    /// assert_eq!(data.get("number"), Some(8.into()));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `setUdfValueBatch`. Cost: one request for each 80 roles. The service rejects values that
    /// do not match the type of their field; whether the other values of that request are then set is not
    /// documented.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the roles does not exist or
    /// a field is not defined. The service's error codes for these are not documented.
    // No limit is documented for this mutation; 80 is the limit of `userBatch`.
    #[doc(alias = "setUdfValueBatch")]
    Roles::set_custom_data_of_many(data: Vec<TargetCustomData> = "input")
        => SetCustomDataOfRoles -> CommonMessage;
    // Idempotent: repeating it leaves the same values.
    effect Idempotent;
    graphql "setUdfValueBatch" in "../custom_fields/set_custom_data_of_many.graphql";
    fixed { "targetType": "ROLE" }
    split data by 80;
}

#[cfg(test)]
crate::api::mould::fixture!("roles/set_custom_data_of_many" => |client| {
    use crate::model::CustomDataInput;

    let first = CustomDataInput::new().value("city", "Utrecht").value("number", 7);
    let second = CustomDataInput::new().value("number", 8);
    let data = [("60ab26f0a2ddb1ab9d6c4ad1", first), ("60ab26f0a2ddb1ab9d6c4ad9", second)];
    client.roles().set_custom_data_of_many(data)
});
