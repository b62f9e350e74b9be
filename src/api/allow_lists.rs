//! Lists of those who may sign up.

mod add;
mod disable;
mod enable;
mod list;
mod remove;

pub use self::add::AddAllowed;
pub use self::disable::DisableAllowList;
pub use self::enable::EnableAllowList;
pub use self::list::ListAllowed;
pub use self::remove::RemoveAllowed;

use crate::api::mould::resource;
use crate::model::AllowListType;

resource! {
    /// Lists of those who may sign up. Each method returns a builder; `send` sends the request.
    #[doc(alias = "whitelist")]
    pub struct AllowLists = Client::allow_lists;
    begin add, disable, enable, list, remove;
}
