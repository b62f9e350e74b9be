//! `setUdvBatch`: sets custom data of a role.

use super::Roles;
use crate::api::custom_fields::typed::writes_custom_data;
use crate::api::mould::request;
use crate::model::{CustomData, CustomDataInput};

request! {
    /// Sets custom data of a role. The fields must be defined. Other fields are left unchanged. The role is
    /// identified by its id, not by its code.
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
    /// #[derive(serde::Serialize)]
    /// struct Own {
    ///     number: u32,
    ///     city: Option<String>,
    /// }
    ///
    /// let own = Own { number: 7, city: None };
    /// client.roles().set_custom_data(&admin).from(&own).send()?;
    /// let data = client.roles().set_custom_data(&admin).value("city", "Utrecht").send()?;
    /// assert_eq!(data.get("number"), Some(7.into()));
    /// assert_eq!(data.get("city"), Some("Utrecht".into()));
    /// # assert!(client.roles().set_custom_data(&admin).send().unwrap_err().is_invalid_input());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `setUdvBatch`. Cost: one request. Returns all values after the change. The service
    /// rejects values that do not match the type of their field.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such role. The service's
    /// error code for this is not documented.
    #[doc(alias = "setUdfValue")]
    Roles::set_custom_data(id: String = "targetId") => SetRoleCustomData -> CustomData;
    // Idempotent: repeating it leaves the same values.
    effect Idempotent;
    graphql "setUdvBatch" in "../custom_fields/set_custom_data.graphql";
    fixed { "targetType": "ROLE" }
    parts {
        data: CustomDataInput = "udvList" via json_texts,
    }
}

writes_custom_data! { SetRoleCustomData }

#[cfg(test)]
crate::api::mould::fixture!("roles/set_custom_data" => |client| client
    .roles()
    .set_custom_data("60ab26f0a2ddb1ab9d6c4ad1")
    .value("city", "Utrecht")
    .value("number", 7)
    .value("is_remote", false)
    .value("since", time::macros::datetime!(2020-10-15 17:55:37 +8))
    .value("car", serde_json::json!({"make": "Fiat"})));
