//! `removeUdv`: removes the value of one custom field of a role.

use super::Roles;
use crate::api::mould::request;
use crate::model::CustomData;

request! {
    /// Removes the value of one custom field of a role. The role is identified by its id, not by its code.
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
    /// client
    ///     .roles()
    ///     .set_custom_data(&admin)
    ///     .value("number", 7)
    ///     .value("city", "Utrecht")
    ///     .send()?;
    /// let left = client.roles().remove_custom_value(&admin, "city").send()?;
    /// assert_eq!(left.get("number"), Some(7.into()));
    /// assert_eq!(left.get("city"), None);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `removeUdv`. Cost: one request. Returns the remaining values.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such role. The service's
    /// error code for this is not documented.
    #[doc(alias = "removeUdfValue")]
    Roles::remove_custom_value(id: String = "targetId", key: String) => RemoveRoleCustomValue -> CustomData;
    // Idempotent: removing a value twice leaves the same state.
    effect Idempotent;
    graphql "removeUdv" in "../custom_fields/remove_custom_value.graphql";
    fixed { "targetType": "ROLE" }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/remove_custom_value" => |client| client
    .roles()
    .remove_custom_value("60ab26f0a2ddb1ab9d6c4ad1", "city"));
