//! What was changed through the management API.

use super::Timestamp;
use super::item_key::{Identified, ItemKey};
use super::macros::model;

model! {
    /// An entry of the audit log: a change that an administrator made.
    pub struct AuditLog {
        required {}
        optional {
            /// When it was made.
            timestamp: Timestamp,
            /// What was changed, by the name of the operation.
            event_type: String,
            /// The same, in the other form of the log.
            operation_name: String = "operation_name",
            /// The code of the outcome; 200 is success.
            event_result_code: i64,
            /// Whether it was carried out.
            success: bool,
            /// The id of who made it.
            user_id: String,
            /// The name of who made it.
            user_name: String,
            /// The address of a picture of who made it.
            photo_url: String,
            /// The resource name of who made it.
            operator_arn: String = "operator_arn",
            /// From which address.
            client_ip: String,
            /// With which program.
            user_agent: String = "ua",
            /// The id of the pool.
            user_pool_id: String,
            /// The name of the pool.
            user_pool_name: String,
            /// The application that it was made through.
            app_id: String = "app_id",
            /// Where the address is.
            geoip: super::GeoIp,
        }
        lists {}
    }
}

/// Entries have no id.
impl Identified for AuditLog {
    const KEYS: &'static [&'static [&'static str]] = &[];

    fn key(&self) -> ItemKey<'_> {
        ItemKey::of_whole(self)
    }
}
