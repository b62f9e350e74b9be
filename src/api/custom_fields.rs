//! Custom fields, which users, roles and other targets can have in addition to the fields of the API, and
//! their values.

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
    /// The custom fields that a pool defines, and their values. Each method returns a builder; `send` sends
    /// the request.
    ///
    /// [`users`](crate::Client::users) and [`roles`](crate::Client::roles) also have methods for the values,
    /// which need only an id.
    #[doc(alias = "udf")]
    pub struct CustomFields = Client::custom_fields;
    begin list, remove, set, set_values, values;
}
