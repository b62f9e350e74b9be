//! `POST /api/v2/users/filter`: lists the users that meet all given conditions, on custom fields or on the
//! applications to which they signed in.

use super::Users;
use crate::api::mould::request;
use crate::model::{Page, User, UserCondition};

request! {
    /// Lists the users that meet all given conditions, on custom fields or on the applications to which they
    /// signed in.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # use authing::{CustomTarget, DataType};
    /// # client.custom_fields().set(CustomTarget::User, "city", DataType::String, "City").send()?;
    /// use authing::UserCondition;
    ///
    /// client.users().set_custom_data(&bob.id).value("city", "Utrecht").send()?;
    /// let is_here = UserCondition::custom_field("city").is("Utrecht");
    /// let here = client.users().filter([is_here]).send()?;
    /// assert_eq!(here.list[0].id, bob.id);
    /// let is_elsewhere = UserCondition::custom_field("city").is_not("Utrecht");
    /// assert_eq!(client.users().filter([is_elsewhere]).send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/users/filter`. Cost: one request per page. [`UserCondition`] has the conditions
    /// that are known; [`UserCondition::raw`] sends any other.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if a custom field is not defined. The
    /// service's error code for this is not documented.
    Users::filter(conditions: Vec<UserCondition> = "filter") => FilterUsers -> Page<User>;
    effect Read;
    rest Post "filterUsers" "/api/v2/users/filter";
    paged User;
}

#[cfg(test)]
crate::api::mould::fixture!("users/filter" => |client| client.users().filter([
        UserCondition::custom_field("city").is("Utrecht"),
        UserCondition::signed_in_to("6139c4d24e78a4d706b7545b", "Shop"),
        UserCondition::raw(serde_json::json!([{ "type": "any", "value": "any" }, "EQ", "value"])),
    ]).page(2).limit(10));
