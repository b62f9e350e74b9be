//! The audit log of the management API.

use super::Timestamp;
use super::item_key::{Identified, ItemKey};
use super::macros::model;

model! {
    /// An entry of the audit log: a change that an administrator made.
    pub struct AuditLog {
        required {}
        optional {
            /// When the change was made.
            timestamp: Timestamp,
            /// The name of the operation.
            event_type: String,
            /// The name of the operation, in the other form of the log.
            operation_name: String = "operation_name",
            /// The code of the outcome; 200 is success.
            event_result_code: i64,
            /// Whether the change was carried out.
            success: bool,
            /// The id of the user who made the change.
            user_id: String,
            /// The name of the user who made the change.
            user_name: String,
            /// The URL of a picture of the user who made the change.
            photo_url: String,
            /// The resource name of the user who made the change.
            operator_arn: String = "operator_arn",
            /// The IP address of the client.
            client_ip: String,
            /// The user agent of the client.
            user_agent: String = "ua",
            /// The id of the pool.
            user_pool_id: String,
            /// The name of the pool.
            user_pool_name: String,
            /// The application through which the change was made.
            app_id: String = "app_id",
            /// The location of the IP address.
            geoip: super::GeoIp,
        }
        lists {}
    }
}

/// Entries have no id.
impl Identified for AuditLog {
    const KEYS: &'static [&'static [&'static str]] = &[];

    #[inline]
    fn key(&self) -> ItemKey<'_> {
        ItemKey::of_whole(self)
    }
}
