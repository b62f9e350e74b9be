//! `udfValueBatch`: returns the custom data of any number of roles, by their ids.

use super::Roles;
use crate::api::custom_fields::typed::reads_custom_data_of_many;
use crate::api::mould::request;
use crate::model::CustomDataOfMany;

request! {
    /// Returns the custom data of any number of roles, by their ids.
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
    /// client.roles().set_custom_data(&admin).value("number", 7).send()?;
    /// let data = client.roles().custom_data_of_many([&admin, &auditor]).send()?;
    /// assert_eq!(data.get(&admin).and_then(|data| data.get("number")), Some(7.into()));
    /// assert!(data.get(&auditor).is_some_and(|data| data.is_empty()));
    /// # let typed = client
    /// #     .roles()
    /// #     .custom_data_of_many([&admin])
    /// #     .send_as::<std::collections::HashMap<String, u8>>()?;
    /// # assert_eq!(typed[&admin]["number"], 7);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `udfValueBatch`. Cost: one request for each 80 ids.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the roles does not exist.
    /// The service's error code for this is not documented.
    // No limit is documented for this query; 80 is the limit of `userBatch`.
    #[doc(alias = "getUdfValueBatch")]
    Roles::custom_data_of_many(ids: Vec<String> = "targetIds") => GetCustomDataOfRoles -> CustomDataOfMany;
    effect Read;
    graphql "udfValueBatch" in "../custom_fields/custom_data_of_many.graphql";
    fixed { "targetType": "ROLE" }
    verify are_requested;
    split ids by 80;
}

reads_custom_data_of_many! { GetCustomDataOfRoles }

#[cfg(test)]
crate::api::mould::fixture!("roles/custom_data_of_many" => |client| client
    .roles()
    .custom_data_of_many(["60ab26f0a2ddb1ab9d6c4ad1", "60ab26f0a2ddb1ab9d6c4ad9"]));
