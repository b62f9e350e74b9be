//! `GET /api/v2/analysis/exist-defined-field-count`: counts the users of an application that have a value of
//! a custom field.

use super::Users;
use crate::api::mould::request;
use crate::model::Count;

request! {
    /// Counts the users of an application that have a value of a custom field.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "users": [{ "id": "5f718016d8e5f7e9d6d3a1b2", "email": "bob@example.com" }],
    /// #     "applications": [{ "id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop" }]
    /// # }"#)?.client();
    /// # use authing::{CustomTarget, DataType};
    /// # client.custom_fields().set(CustomTarget::User, "city", DataType::String, "City").send()?;
    /// let app = "6139c4d24e78a4d706b7545b";
    /// let count = client.users().defined_field_count(app, "city").send()?;
    /// assert_eq!(count.get(), Some(0));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/analysis/exist-defined-field-count`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011) or custom field. The service's error code for a missing field is not documented.
    #[doc(alias = "getUdfFieldUserNum")]
    Users::defined_field_count(
        app_id: String,
        key: String = "definedFieldKey",
    ) => CountUsersWithField -> Count;
    effect Read;
    rest Get "definedFieldCount" "/api/v2/analysis/exist-defined-field-count";
    missing "application";
}

#[cfg(test)]
crate::api::mould::fixture!("users/defined_field_count" => |client| client
    .users()
    .defined_field_count("6139c4d24e78a4d706b7545b", "city"));
