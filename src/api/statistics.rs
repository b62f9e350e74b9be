//! Records of the service.

mod list_audit_logs;

pub use self::list_audit_logs::ListAuditLogs;

use crate::api::mould::resource;

resource! {
    /// Records of the service. Each method returns a builder; `send` sends the request.
    #[doc(alias = "audit")]
    pub struct Statistics = Client::statistics;
    begin list_audit_logs;
}
