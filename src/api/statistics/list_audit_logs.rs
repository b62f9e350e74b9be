//! `GET /api/v2/analysis/audit`: lists the changes that administrators made through the management API,
//! newest first, page by page.

use super::Statistics;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::epoch_millis::check_range;
use crate::model::{AuditLog, EpochMillis, Page};

// The Python SDK tests the wrong conditions and loses filters and page; the Go SDK builds a query and does
// not send it.
request! {
    /// Lists the changes that administrators made through the management API, newest first, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// client.users().create().username("bob").send()?;
    /// let logs = client.statistics().list_audit_logs().operation_names(["createUser"]).send()?;
    /// assert_eq!(logs.total_count, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/analysis/audit`. Cost: one request per page.
    #[doc(alias = "listAuditLogs")]
    #[doc(alias = "audit")]
    Statistics::list_audit_logs() => ListAuditLogs -> Page<AuditLog>;
    effect Read;
    rest Get "listAuditLogs" "/api/v2/analysis/audit";
    check in_order;
    paged AuditLog;
    optional {
        /// Limits the list to events from this IP address.
        client_ip: String = "clientip",
        /// Limits the list to these operations, for example `createUser`.
        operation_names: Vec<String> = "operation_name",
        /// Limits the list to events of these users, given by their resource names (the `arn` of a user).
        operator_arns: Vec<String> = "operator_arn",
        /// Limits the list to events of these applications.
        app_ids: Vec<String> = "app_id",
        /// Limits the list to events of this type.
        event_type: String,
        /// Limits the list to events of this user.
        user_id: String,
        /// Limits the list to events at this time or later.
        start: EpochMillis,
        /// Limits the list to events at this time or earlier.
        end: EpochMillis,
    }
}

impl ListAuditLogs {
    fn in_order(&self) -> Result<(), Error> {
        check_range(self.start, self.end)
    }
}

#[cfg(test)]
crate::api::mould::fixture!("statistics/list_audit_logs" => |client| client
    .statistics()
    .list_audit_logs()
    .client_ip("203.0.113.7")
    .operation_names(["createUser"])
    .operator_arns(["arn:cn:authing:59f86b4832eb28071bdd9214:user:5f718016d8e5f7e9d6d3a1b2"])
    .app_ids(["6139c4d24e78a4d706b7545b"])
    .event_type("createUser")
    .user_id("5f718016d8e5f7e9d6d3a1b2")
    .start(time::macros::datetime!(2021-09-01 0:00 UTC))
    .end(time::macros::datetime!(2021-10-01 0:00 UTC))
    .page(1)
    .limit(10));
