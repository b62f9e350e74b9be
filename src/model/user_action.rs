//! User actions.

use super::Timestamp;
use super::item_key::{Identified, ItemKey};
use super::macros::model;

model! {
    /// An action of a user: an entry of the service's log.
    ///
    /// The log has two forms, distinguished by the spelling of their fields. Which one a response has depends
    /// on the filters. The methods read either; unknown fields are in `extra`.
    pub struct UserAction {
        required {}
        optional {
            /// When the action was performed.
            timestamp: Timestamp,
            /// The operation, for example `login`.
            operation_name: String = "operation_name",
            /// A description of the operation.
            operation_desc: String = "operation_desc",
            /// The type of the operation.
            operation_type: String = "operationType",
            /// The resource that was affected.
            resource_name: String,
            /// The operation, in the other form of the log.
            event_type: String,
            /// The code of the outcome; 200 is success.
            event_result_code: i64,
            /// The resource name of the user.
            operator_arn: String = "operator_arn",
            /// The IP address of the client.
            client_ip: String = "clientip",
            /// The user agent of the client.
            user_agent: String = "user_agent",
            /// The id of the request.
            request_id: String = "request_id",
            /// The pool.
            user_pool_id: String = "userpool_id",
            /// The application through which the action was performed.
            app_id: String = "app_id",
            /// That application.
            app: super::Application,
            /// The id of the user, in the other form of the log. See [`user_id`](Self::user_id()).
            user_id: String,
            /// The IP address, in the other form of the log. See [`ip`](Self::ip()).
            ip: String = "clientIp",
            /// The application, in the other form of the log. See [`application_id`](Self::application_id()).
            application_id: String = "appId",
            /// The user.
            user: ActionUser,
            /// The location of the IP address.
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
    /// The location of an IP address.
    pub struct GeoIp {
        required {}
        optional {
            /// The IP address.
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

/// Several actions can belong to one request, and an action has no id: it is identified by its whole content.
impl Identified for UserAction {
    const KEYS: &'static [&'static [&'static str]] = &[];

    #[inline]
    fn key(&self) -> ItemKey<'_> {
        ItemKey::of_whole(self)
    }
}

impl UserAction {
    /// Returns the id of the user.
    #[inline]
    pub fn user_id(&self) -> Option<&str> {
        self.user.as_ref().and_then(|user| user.id.as_deref()).or(self.user_id.as_deref())
    }

    /// Returns the operation.
    #[inline]
    pub fn operation(&self) -> Option<&str> {
        self.operation_name.as_deref().or(self.event_type.as_deref())
    }

    /// The IP address of the client.
    #[inline]
    pub fn ip(&self) -> Option<&str> {
        let of_place = || self.geoip.as_ref().and_then(|geoip| geoip.ip.as_deref());
        self.client_ip.as_deref().or(self.ip.as_deref()).or_else(of_place)
    }

    /// Returns the id of the application through which the action was performed.
    #[inline]
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
