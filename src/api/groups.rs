//! The groups of the pool.

mod add_users;
mod create;
mod delete;
mod delete_many;
mod detail;
mod list;
mod list_authorized_resources;
mod list_users;
mod remove_users;
mod update;

pub use self::add_users::AddGroupUsers;
pub use self::create::CreateGroup;
pub use self::delete::DeleteGroup;
pub use self::delete_many::DeleteManyGroups;
pub use self::detail::GetGroup;
pub use self::list::ListGroups;
pub use self::list_authorized_resources::ListGroupAuthorizedResources;
pub use self::list_users::ListGroupUsers;
pub use self::remove_users::RemoveGroupUsers;
pub use self::update::UpdateGroup;

use crate::api::mould::resource;

resource! {
    /// The groups of the pool. Each method returns a builder; `send` sends the request.
    pub struct Groups = Client::groups;
    begin add_users, create, delete, delete_many, detail, list, list_authorized_resources, list_users,
        remove_users, update;
}
