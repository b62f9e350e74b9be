//! `udf`: lists all custom fields that are defined for users, for roles or for another target.

use super::CustomFields;
use crate::api::mould::request;
use crate::model::{CustomFieldDefinition, CustomTarget};

request! {
    /// Lists all custom fields that are defined for users, for roles or for another target.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::{CustomDataInput, CustomTarget, DataType};
    ///
    /// #[derive(serde::Serialize)]
    /// struct Employee {
    ///     number: u32,
    ///     city: String,
    /// }
    ///
    /// let fields = client.custom_fields();
    /// fields.set(CustomTarget::User, "number", DataType::Number, "Number").send()?;
    /// let definitions = fields.list(CustomTarget::User).send()?;
    /// assert_eq!(definitions[0].data_type, Some(DataType::Number));
    ///
    /// // Whether a struct fits the definitions is known before it is sent.
    /// let sample = CustomDataInput::of(&Employee { number: 7, city: "Utrecht".into() });
    /// let error = sample.check_against(&definitions).unwrap_err();
    /// assert_eq!(error.message(), "custom field `city` is not defined");
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `udf`. Cost: one request.
    #[doc(alias = "udf")]
    CustomFields::list(target_type: CustomTarget) => ListCustomFields -> Vec<CustomFieldDefinition>;
    effect Read;
    graphql "udf" in "list.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("custom_fields/list" => |client| client.custom_fields().list(CustomTarget::User));
