//! Groups: each operation in a file of its own.

mod create;
mod delete;
mod detail;
mod list;

pub use self::create::CreateGroup;
pub use self::delete::DeleteGroup;
pub use self::detail::GetGroup;
pub use self::list::ListGroups;

use crate::api::mould::resource;

resource! {
    /// The groups of the pool. Each method begins a request, which its `send` sends.
    pub struct Groups = Client::groups;
    begin create, delete, detail, list;
}
