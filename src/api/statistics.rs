//! What the service has recorded. Each operation is in a file of its own.

mod list_audit_logs;

pub use self::list_audit_logs::ListAuditLogs;

use crate::api::mould::resource;

resource! {
    /// What the service has recorded. Each method begins a request, which its `send` sends.
    #[doc(alias = "audit")]
    pub struct Statistics = Client::statistics;
    begin list_audit_logs;
}
