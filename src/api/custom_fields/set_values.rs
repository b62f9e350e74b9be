//! `setUdvBatch`: sets custom data of a user, a role, a department or another target.

use super::CustomFields;
use super::typed::writes_custom_data;
use crate::api::mould::request;
use crate::model::{CustomData, CustomDataInput, CustomTarget};

request! {
    /// Sets custom data of a user, a role, a department or another target. Other fields are left unchanged.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::{CustomTarget, DataType};
    ///
    /// let fields = client.custom_fields();
    /// fields.set(CustomTarget::UserPool, "contract", DataType::String, "Contract").send()?;
    /// let data = fields
    ///     .set_values(CustomTarget::UserPool, client.user_pool_id())
    ///     .value("contract", "C-1")
    ///     .send()?;
    /// assert_eq!(data.get("contract"), Some("C-1".into()));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `setUdvBatch`. Cost: one request. Returns all values after the change.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if the target is a user who does not
    /// exist (code 2004), another target does not exist or the field is not defined. The service's error
    /// codes for the others are not documented.
    #[doc(alias = "setUdvBatch")]
    #[doc(alias = "set_udf_value_batch")]
    CustomFields::set_values(target_type: CustomTarget, target_id: String) => SetCustomValues -> CustomData;
    // Idempotent: repeating it leaves the same values.
    effect Idempotent;
    graphql "setUdvBatch" in "set_custom_data.graphql";
    parts {
        data: CustomDataInput = "udvList" via json_texts,
    }
}

writes_custom_data! { SetCustomValues }

#[cfg(test)]
crate::api::mould::fixture!("custom_fields/set_values" => |client| client
    .custom_fields()
    .set_values(CustomTarget::Node, "6142c2c41c6e6c6cc3edfd88")
    .value("city", "Utrecht")
    .value("floor", 3));
