//! `GET /api/v2/analysis/user-action`: lists user actions, such as signing in, newest first.

use super::Users;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::epoch_millis::check_range;
use crate::model::{EpochMillis, Page, UserAction};

request! {
    /// Lists user actions, such as signing in, newest first.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "users": [{ "id": "5f718016d8e5f7e9d6d3a1b2" }, { "id": "5f718016d8e5f7e9d6d3a1b3" }],
    /// #     "userActions": [
    /// #         { "userId": "5f718016d8e5f7e9d6d3a1b2",
    /// #           "operation": "login", "at": "2021-09-27T15:46:26.152Z" },
    /// #         { "userId": "5f718016d8e5f7e9d6d3a1b2",
    /// #           "operation": "logout", "at": "2021-09-27T15:50:00.000Z" },
    /// #         { "userId": "5f718016d8e5f7e9d6d3a1b3",
    /// #           "operation": "login", "at": "2021-09-27T15:47:00.000Z" }
    /// #     ]
    /// # }"#)?.client();
    /// use time::macros::datetime;
    ///
    /// let sign_ins = client
    ///     .users()
    ///     .list_user_actions()
    ///     .of_users(["5f718016d8e5f7e9d6d3a1b2"])
    ///     .operation_names(["login"])
    ///     .start(datetime!(2021-09-01 0:00 UTC))
    ///     .iter()
    ///     .collect::<Result<Vec<_>, _>>()?;
    /// assert_eq!(sign_ins.len(), 1);
    /// assert_eq!(sign_ins[0].user_id(), Some("5f718016d8e5f7e9d6d3a1b2"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/analysis/user-action`. Cost: one request per page.
    #[doc(alias = "listUserActions")]
    Users::list_user_actions() => ListUserActions -> Page<UserAction>;
    effect Read;
    rest Get "listUserActions" "/api/v2/analysis/user-action";
    check in_order;
    paged UserAction;
    parts {
        of_users: Option<Vec<String>> = "operator_arn",
        only_applications: Option<u32> = "exclude_non_app_records",
    }
    optional {
        /// Limits the list to events from this IP address.
        client_ip: String = "clientip",
        /// Limits the list to these operations, for example `login`.
        operation_names: Vec<String> = "operation_name",
        /// Limits the list to events of these applications.
        app_ids: Vec<String> = "app_id",
        /// Limits the list to operations of this type.
        operation_type: String,
        /// Limits the list to actions on this resource.
        resource_name: String,
        /// Limits the list to actions that ended with this code.
        event_result_code: i64,
        /// Limits the list to actions of the user with this name.
        user_name: String,
        /// Limits the list to actions of this request.
        request_id: String = "request_id",
        /// Limits the list to events at this time or later.
        start: EpochMillis,
        /// Limits the list to events at this time or earlier.
        end: EpochMillis,
    }
}

impl ListUserActions {
    /// Limits the list to actions of these users, given by their ids.
    // The name is sent once for each value, which frameworks read as a list, with or without the brackets
    // that the JavaScript SDK appends.
    pub fn of_users(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let pool = self.call.client.user_pool_id();
        let arn = |id: String| match id.trim() {
            // Rejected, like an empty id.
            "" => id,
            _ => format!("arn:cn:authing:{pool}:user:{id}"),
        };
        self.of_users = Some(ids.into_iter().map(|id| arn(id.into())).collect());
        self
    }

    /// Limits the list to actions through an application.
    pub fn exclude_non_app_records(mut self) -> Self {
        // A number, like in the JavaScript SDK.
        self.only_applications = Some(1);
        self
    }

    fn in_order(&self) -> Result<(), Error> {
        check_range(self.start, self.end)
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/list_user_actions" => |client| client
    .users()
    .list_user_actions()
    .of_users(["5f718016d8e5f7e9d6d3a1b2"])
    .exclude_non_app_records()
    .client_ip("203.0.113.7")
    .operation_names(["login", "logout"])
    .app_ids(["6139c4d24e78a4d706b7545b"])
    .operation_type("login")
    .resource_name("user")
    .event_result_code(200)
    .user_name("bob")
    .request_id("r-1")
    .start(time::macros::datetime!(2021-09-01 0:00 UTC))
    .end(time::macros::datetime!(2021-10-01 0:00 UTC))
    .page(2)
    .limit(10));
