//! What users did.

use super::Timestamp;
use super::item_key::{Identified, ItemKey};
use super::macros::model;

model! {
    /// Something that a user did: an entry of the service's log.
    ///
    /// The log has two forms, told apart by the spelling of their fields. Which of them an answer has depends on the
    /// filters; the methods read either, and what neither has a field for is in `extra`.
    pub struct UserAction {
        required {}
        optional {
            /// When it was done.
            timestamp: Timestamp,
            /// What was done, for example `login`.
            operation_name: String = "operation_name",
            /// What was done, in words.
            operation_desc: String = "operation_desc",
            /// The kind of operation.
            operation_type: String = "operationType",
            /// What it was done to.
            resource_name: String,
            /// What was done, in the other form of the log.
            event_type: String,
            /// The code of the outcome; 200 is success.
            event_result_code: i64,
            /// The resource name of who did it.
            operator_arn: String = "operator_arn",
            /// From which address.
            client_ip: String = "clientip",
            /// With which program.
            user_agent: String = "user_agent",
            /// The id of the request.
            request_id: String = "request_id",
            /// The pool.
            user_pool_id: String = "userpool_id",
            /// The application that it was done through.
            app_id: String = "app_id",
            /// That application.
            app: super::Application,
            /// The id of the user, in the other form of the log. See [`user_id`](Self::user_id()).
            user_id: String,
            /// The address, in the other form of the log. See [`ip`](Self::ip()).
            ip: String = "clientIp",
            /// The application, in the other form of the log. See [`application_id`](Self::application_id()).
            application_id: String = "appId",
            /// Who did it.
            user: ActionUser,
            /// Where the address is.
            geoip: GeoIp,
        }
        lists {}
    }
}

model! {
    /// The user of an action.
    pub struct ActionUser {
        required {}
        optional {
            /// The id.
            id: String,
            /// The pool.
            user_pool_id: String,
            /// The name that people see.
            display_name: String,
            /// The address of a picture.
            photo: String,
        }
        lists {}
    }
}

model! {
    /// Where an address is.
    pub struct GeoIp {
        required {}
        optional {
            /// The address.
            ip: String,
            /// The city.
            city_name: String = "city_name",
            /// The region.
            region_name: String = "region_name",
            /// The country.
            country_name: String = "country_name",
        }
        lists {}
    }
}

/// Several actions can have one request, and an action has no id: it is told apart by all of it.
impl Identified for UserAction {
    const KEYS: &'static [&'static [&'static str]] = &[];

    fn key(&self) -> ItemKey<'_> {
        ItemKey::of_whole(self)
    }
}

impl UserAction {
    /// The id of who did it.
    pub fn user_id(&self) -> Option<&str> {
        self.user.as_ref().and_then(|user| user.id.as_deref()).or(self.user_id.as_deref())
    }

    /// What was done.
    pub fn operation(&self) -> Option<&str> {
        self.operation_name.as_deref().or(self.event_type.as_deref())
    }

    /// From which address.
    pub fn ip(&self) -> Option<&str> {
        let of_place = || self.geoip.as_ref().and_then(|geoip| geoip.ip.as_deref());
        self.client_ip.as_deref().or(self.ip.as_deref()).or_else(of_place)
    }

    /// The id of the application that it was done through.
    pub fn application_id(&self) -> Option<&str> {
        let of_application = || self.app.as_ref().map(|app| app.id.as_str());
        self.app_id.as_deref().or(self.application_id.as_deref()).or_else(of_application)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn either_form_of_the_log_is_read() {
        for entry in [
            json!({"operation_name": "login", "clientip": "203.0.113.7", "user": {"id": "u"}, "app_id": "a"}),
            json!({"eventType": "login", "clientIp": "203.0.113.7", "userId": "u", "appId": "a"}),
            json!({"eventType": "login", "geoip": {"ip": "203.0.113.7"}, "userId": "u", "app": {"id": "a"}}),
        ] {
            let action: UserAction = serde_json::from_value(entry).unwrap();
            assert_eq!(action.operation(), Some("login"));
            assert_eq!(action.ip(), Some("203.0.113.7"));
            assert_eq!((action.user_id(), action.application_id()), (Some("u"), Some("a")));
        }
    }
}
