//! Organisations and their departments.

mod import;

pub use self::import::ImportOrg;

use crate::api::mould::resource;

resource! {
    /// The organisations of the pool and their departments. Each method begins a request, which its `send` sends.
    #[doc(alias = "org")]
    pub struct Orgs = Client::orgs;
    begin import;
}
