//! External identity providers and their connections.

mod check_identifier;
mod create;
mod create_connection;
mod delete;
mod delete_connection;
mod detail;
mod list;
mod new_connection;
mod set_connection_enabled;
mod set_connections_enabled;
mod update;
mod update_connection;

pub use self::check_identifier::CheckConnectionIdentifier;
pub use self::create::CreateIdentityProvider;
pub use self::create_connection::CreateConnection;
pub use self::delete::DeleteIdentityProvider;
pub use self::delete_connection::DeleteConnection;
pub use self::detail::GetIdentityProvider;
pub use self::list::ListIdentityProviders;
pub use self::new_connection::NewConnection;
pub use self::set_connection_enabled::SetConnectionEnabled;
pub use self::set_connections_enabled::SetConnectionsEnabled;
pub use self::update::UpdateIdentityProvider;
pub use self::update_connection::UpdateConnection;

use crate::api::mould::resource;

resource! {
    /// External identity providers and their connections. Each method returns a builder; `send` sends the
    /// request.
    #[doc(alias = "extIdp")]
    pub struct IdentityProviders = Client::identity_providers;
    begin check_identifier, create, create_connection, delete, delete_connection, detail, list,
        set_connection_enabled, set_connections_enabled, update, update_connection;
}
