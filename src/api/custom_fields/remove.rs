//! `removeUdf`: removes the definition of a custom field.

use super::CustomFields;
use crate::api::mould::request;
use crate::model::{CommonMessage, CustomTarget};

request! {
    /// Removes the definition of a custom field.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::{CustomTarget, DataType};
    ///
    /// let fields = client.custom_fields();
    /// fields.set(CustomTarget::User, "number", DataType::Number, "Number").send()?;
    /// fields.remove(CustomTarget::User, "number").send()?;
    /// assert!(fields.list(CustomTarget::User).send()?.is_empty());
    /// # assert!(fields.remove(CustomTarget::User, "number").send().unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `removeUdf`. Cost: one request. What happens to the values is not documented.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such field. The service's
    /// error code for this is not documented.
    #[doc(alias = "removeUdf")]
    CustomFields::remove(target_type: CustomTarget, key: String) => RemoveCustomField -> CommonMessage;
    effect Mutation;
    graphql "removeUdf" in "remove.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("custom_fields/remove" => |client| client
    .custom_fields()
    .remove(CustomTarget::User, "grade"));
