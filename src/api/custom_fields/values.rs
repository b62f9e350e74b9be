//! `udv`: returns the custom data of a user, a role, a department or another target.

use super::CustomFields;
use super::typed::reads_custom_data;
use crate::api::mould::request;
use crate::model::{CustomData, CustomTarget};

request! {
    /// Returns the custom data of a user, a role, a department or another target: the fields that have a
    /// value.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::{CustomTarget, DataType};
    ///
    /// let fields = client.custom_fields();
    /// fields.set(CustomTarget::UserPool, "contract", DataType::String, "Contract").send()?;
    /// let pool = client.user_pool_id();
    /// fields.set_values(CustomTarget::UserPool, pool).value("contract", "C-1").send()?;
    /// let data = fields.values(CustomTarget::UserPool, pool).send()?;
    /// assert_eq!(data.get("contract"), Some("C-1".into()));
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `udv`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if the target is a user who does not
    /// exist (code 2004) or another target does not exist. The service's error code for the latter is not
    /// documented.
    #[doc(alias = "udv")]
    #[doc(alias = "listUdv")]
    CustomFields::values(target_type: CustomTarget, target_id: String) => GetCustomValues -> CustomData;
    effect Read;
    graphql "udv" in "custom_data.graphql";
    missing "target";
}

reads_custom_data! { GetCustomValues }

#[cfg(test)]
crate::api::mould::fixture!("custom_fields/values" => |client| client
    .custom_fields()
    .values(CustomTarget::Node, "6142c2c41c6e6c6cc3edfd88"));
