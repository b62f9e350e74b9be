//! Roles: each operation in a file of its own.

mod create;
mod delete;
mod detail;
mod list;

pub use self::create::CreateRole;
pub use self::delete::DeleteRole;
pub use self::detail::GetRole;
pub use self::list::ListRoles;

use crate::api::mould::resource;

resource! {
    /// The roles of the pool. Each method begins a request, which its `send` sends.
    pub struct Roles = Client::roles;
    begin create, delete, detail, list;
}
