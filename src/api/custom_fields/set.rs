//! `setUdf`: defines a custom field, or changes the definition of the one with that key.

use super::CustomFields;
use crate::api::mould::request;
use crate::model::{CustomFieldDefinition, CustomTarget, DataType, SelectOption};

request! {
    /// Defines a custom field, or changes the definition of the one with that key.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::{CustomTarget, DataType};
    ///
    /// let fields = client.custom_fields();
    /// fields.set(CustomTarget::User, "since", DataType::DateTime, "Employed since").send()?;
    /// let grade = fields
    ///     .set(CustomTarget::User, "grade", DataType::Select, "Grade")
    ///     .options(["junior", "senior"])
    ///     .send()?;
    /// assert_eq!(grade.choices(), ["junior", "senior"]);
    /// # assert_eq!(fields.list(CustomTarget::User).send()?.len(), 2);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `setUdf`. Cost: one request.
    #[doc(alias = "setUdf")]
    CustomFields::set(
        target_type: CustomTarget,
        key: String,
        data_type: DataType,
        label: String,
    ) => SetCustomField -> CustomFieldDefinition;
    // Idempotent: it creates or updates by key.
    effect Idempotent;
    graphql "setUdf" in "set.graphql";
    parts {
        options: Option<Vec<SelectOption>> via json_text,
    }
}

impl SetCustomField {
    /// The values to choose from, for the type [`DataType::Select`].
    ///
    /// The service does not document how it stores them. The crate sends JSON text of `value` and `label`,
    /// which is an assumption.
    pub fn options(mut self, options: impl IntoIterator<Item = impl Into<SelectOption>>) -> Self {
        self.options = Some(options.into_iter().map(Into::into).collect());
        self
    }
}

#[cfg(test)]
crate::api::mould::fixture!("custom_fields/set" => |client| client
    .custom_fields()
    .set(CustomTarget::User, "grade", DataType::Select, "Grade")
    .options([SelectOption::new("junior", "Junior"), SelectOption::new("senior", "Senior")]));
