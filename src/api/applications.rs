//! The applications of the pool.

mod access;
mod active_users;
mod create;
mod create_agreement;
mod delete;
mod delete_agreement;
mod detail;
mod list;
mod list_agreements;
mod modify_agreement;
mod refresh_secret;
mod sort_agreements;
mod tenants;
mod update;

pub use self::active_users::ListActiveUsers;
pub use self::create::CreateApplication;
pub use self::create_agreement::CreateAgreement;
pub use self::delete::DeleteApplication;
pub use self::delete_agreement::DeleteAgreement;
pub use self::detail::GetApplication;
pub use self::list::ListApplications;
pub use self::list_agreements::ListAgreements;
pub use self::modify_agreement::ModifyAgreement;
pub use self::refresh_secret::RefreshApplicationSecret;
pub use self::sort_agreements::SortAgreements;
pub use self::tenants::GetApplicationTenants;
pub use self::update::UpdateApplication;

use crate::api::mould::resource;

resource! {
    /// The applications of the pool. Each method returns a builder; `send` sends the request.
    #[doc(alias = "application")]
    pub struct Applications = Client::applications;
    begin active_users, create, create_agreement, delete, delete_agreement, detail, list, list_agreements,
        modify_agreement, refresh_secret, sort_agreements, tenants, update;
}
