//! `udv`: returns the custom data of a role: the fields that have a value.

use super::Roles;
use crate::api::custom_fields::typed::reads_custom_data;
use crate::api::mould::request;
use crate::model::CustomData;

request! {
    /// Returns the custom data of a role: the fields that have a value. The role is identified by its id, not
    /// by its code.
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
    /// #[derive(serde::Deserialize)]
    /// struct Own {
    ///     number: u32,
    ///     city: Option<String>,
    /// }
    ///
    /// client.roles().set_custom_data(&admin).value("number", 7).send()?;
    /// let data = client.roles().custom_data(&admin).send()?;
    /// assert_eq!(data.get("number"), Some(7.into()));
    ///
    /// let own: Own = client.roles().custom_data(&admin).send_as()?;
    /// assert_eq!((own.number, own.city), (7, None));
    /// # let unknown = client.roles().custom_data("5f718016d8e5f7e9d6d3a1ff").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `udv`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such role. The service's
    /// error code for this is not documented.
    #[doc(alias = "getUdfValue")]
    #[doc(alias = "get_specific_udf_value")]
    Roles::custom_data(id: String = "targetId") => GetRoleCustomData -> CustomData;
    effect Read;
    graphql "udv" in "../custom_fields/custom_data.graphql";
    missing "role";
    fixed { "targetType": "ROLE" }
}

reads_custom_data! { GetRoleCustomData }

#[cfg(test)]
crate::api::mould::fixture!("roles/custom_data" => |client| client
    .roles()
    .custom_data("60ab26f0a2ddb1ab9d6c4ad1"));
