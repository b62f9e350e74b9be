//! The settings of the pool and its environment.

mod add_env;
mod detail;
mod list_env;
mod remove_env;
mod update;

pub use self::add_env::AddEnvironmentVariable;
pub use self::detail::GetUserPool;
pub use self::list_env::ListEnvironment;
pub use self::remove_env::RemoveEnvironmentVariable;
pub use self::update::UpdateUserPool;

use crate::api::mould::resource;

resource! {
    /// The settings of the pool and its environment. Each method returns a builder; `send` sends the request.
    #[doc(alias = "userpool")]
    #[doc(alias = "env")]
    pub struct UserPoolSettings = Client::user_pool;
    begin add_env, detail, list_env, remove_env, update;
}
