//! Custom fields: what users, roles and others can have beside the fields of the API, and the values.

mod list;
mod remove;
mod set;
mod set_values;
pub(crate) mod typed;
mod values;

pub use self::list::ListCustomFields;
pub use self::remove::RemoveCustomField;
pub use self::set::SetCustomField;
pub use self::set_values::SetCustomValues;
pub use self::values::GetCustomValues;

use crate::api::mould::resource;

resource! {
    /// The custom fields that a pool defines, and their values. Each method begins a request, which its `send` sends.
    ///
    /// The values of users and roles are also in [`users`](crate::Client::users) and [`roles`](crate::Client::roles), by id
    /// alone.
    #[doc(alias = "udf")]
    pub struct CustomFields = Client::custom_fields;
    begin list, remove, set, set_values, values;
}
