//! Permissions: namespaces, resources, and who may do what.

mod create_namespace;
mod disable_programmatic_account;
mod enable_programmatic_account;
mod set_default_application_access;

pub use self::create_namespace::CreateNamespace;
pub use self::disable_programmatic_account::DisableProgrammaticAccount;
pub use self::enable_programmatic_account::EnableProgrammaticAccount;
pub use self::set_default_application_access::SetDefaultApplicationAccess;

use crate::api::mould::resource;

resource! {
    /// Permissions: namespaces, resources, and who may do what. Each method begins a request, which its `send` sends.
    #[doc(alias = "acl")]
    pub struct Access = Client::access;
    begin create_namespace, disable_programmatic_account, enable_programmatic_account, set_default_application_access;
}
