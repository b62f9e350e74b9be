//! Looks a user up after a create whose outcome is unknown.

use super::CreateUser;
use crate::api::mould::Call;
use crate::api::users::FindUser;
use crate::api::users::Users;
use crate::api::users::alike::same_text;
use crate::error::Error;
use crate::model::{User, UserInput};

/// The outcome of [`CreateUser::reconcile`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reconciled {
    /// The service confirmed that it created the user.
    Created(User),
    /// The user exists and was found by a unique field. Whether the user existed before, or this call created
    /// the user and the response was lost, is unknown. Other fields may differ from those in the request.
    AlreadyThere(User),
}

/// The users that the unique values of a call identify.
pub(crate) enum Found {
    One(Box<User>),
    Nobody,
    /// Two users, or one with a value that differs from the request.
    Others,
}

impl Reconciled {
    /// Returns the user, whether created or found.
    pub fn user(&self) -> &User {
        match self {
            Self::Created(user) | Self::AlreadyThere(user) => user,
        }
    }

    /// Returns the user, whether created or found.
    pub fn into_user(self) -> User {
        match self {
            Self::Created(user) | Self::AlreadyThere(user) => user,
        }
    }

    /// Returns whether the service confirmed that it created the user.
    pub fn is_created(&self) -> bool {
        matches!(self, Self::Created(_))
    }
}

impl CreateUser {
    /// In place of `send`: sends the request, and looks the user up if the outcome is unknown or a unique
    /// value is taken. For scripts that may be run again: the user exists afterwards, or the error says why
    /// not.
    ///
    /// | The create | The lookup | Result |
    /// |---|---|---|
    /// | succeeds | | [`Created`](Reconciled::Created) |
    /// | is rejected: a unique value is taken | finds one user | [`AlreadyThere`](Reconciled::AlreadyThere) |
    /// | has an unknown outcome | finds one user | [`AlreadyThere`](Reconciled::AlreadyThere) |
    /// | one of the above | finds nobody, several users, or one that differs | the error of the create |
    /// | one of the above | fails | the error of the create |
    /// | fails otherwise | | the error of the create |
    ///
    /// The lookup makes one request for each of `username`, `email`, `phone` and `external_id` that is set,
    /// until one fails. It finds one user if at least one of them identifies a user, none of them identifies
    /// a different user, and no unique value in the request differs from that of the user. For example, a
    /// user named Ann who has the phone number of the request does not match if the request is for a user
    /// named Bob. If none of the four is set, there is no lookup.
    ///
    /// The create is never carried out twice. If no user was found, the create may still take effect later:
    /// [`may_have_happened`](Error::may_have_happened) then still returns true for the error.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::users::Reconciled;
    ///
    /// match client.users().create().username("bob").reconcile()? {
    ///     Reconciled::AlreadyThere(user) => println!("{} is there already", user.id),
    ///     created => println!("{} is new", created.user().id),
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// The create and the lookup share the deadline of the call. With the default settings, a create that
    /// times out leaves 20 seconds for the lookup.
    #[inline]
    pub fn reconcile(&self) -> Result<Reconciled, Error> {
        let call = self.call.within_one_deadline();
        let error = match call.send(self) {
            Ok(user) => return Ok(Reconciled::Created(user)),
            Err(error) => error,
        };
        if !error.is_conflict() && !error.may_have_happened() {
            return Err(error);
        }
        match self.look_up(&call) {
            Ok(Found::One(user)) => Ok(Reconciled::AlreadyThere(*user)),
            Ok(Found::Nobody | Found::Others) | Err(_) => Err(error),
        }
    }

    /// Looks the user up without creating one. Returns `None` if the call has no value to look up by.
    #[inline]
    pub(crate) fn look_up_only(&self) -> Option<Result<Found, Error>> {
        let UserInput { username, email, phone, external_id, .. } = &self.user_info;
        let has_key = [username, email, phone, external_id].into_iter().any(Option::is_some);
        has_key.then(|| self.look_up(&self.call.within_one_deadline()))
    }

    /// Returns whom the unique values belong to.
    #[inline]
    fn look_up(&self, call: &Call) -> Result<Found, Error> {
        let users = Users { client: call.client.clone() };
        let value = &self.user_info;
        let by = |value: &Option<String>, criterion: fn(FindUser, String) -> FindUser| {
            value.clone().map(|value| criterion(users.find(), value))
        };
        let finds = [
            by(&value.username, FindUser::username),
            by(&value.email, FindUser::email),
            by(&value.phone, FindUser::phone),
            by(&value.external_id, FindUser::external_id),
        ];
        let mut found: Option<User> = None;
        for find in finds.into_iter().flatten() {
            let find = if self.include_custom_data { find.include_custom_data() } else { find };
            match (call.send(&find)?, &found) {
                (Some(other), Some(user)) if other.id != user.id => return Ok(Found::Others),
                (Some(user), None) => found = Some(user),
                _ => {}
            }
        }
        Ok(match found {
            None => Found::Nobody,
            Some(user) if self.contradicts(&user) => Found::Others,
            Some(user) => Found::One(Box::new(user)),
        })
    }

    /// Returns whether a unique value in the call differs from that of the user. Then they are two people,
    /// one of whom has a value meant for the other.
    fn contradicts(&self, user: &User) -> bool {
        let given = &self.user_info;
        let differ = |given: &Option<String>, found: &Option<String>| match (given, found) {
            (Some(given), Some(found)) => given != found,
            _ => false,
        };
        let has_other_email = match (&given.email, &user.email) {
            (Some(given), Some(found)) => !same_text(given, found),
            _ => false,
        };
        has_other_email
            || differ(&given.username, &user.username)
            || differ(&given.phone, &user.phone)
            || differ(&given.external_id, &user.external_id)
            || differ(&given.unionid, &user.unionid)
            || differ(&given.openid, &user.openid)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::client::Client;
    use crate::clock::fake::FakeClock;
    use crate::transport::{Delivered, Request, Response, TransportError, TransportErrorKind};

    const TOKEN: &str = r#"{"data":{"accessToken":{"accessToken":"T","iat":1,"exp":1296001}}}"#;
    const CONFLICT: &str = r#"{"errors":[{"message":{"code":2026,"message":"user exists"}}]}"#;
    const NOBODY: &str = r#"{"data":{"findUser":null}}"#;

    type Answer = fn() -> Result<Response, TransportError>;
    type Find = fn(&str) -> Result<Response, TransportError>;
    type Counts = Arc<Mutex<HashMap<String, u32>>>;

    /// A client whose creates return `create`, and whose lookups return what `find` yields for the body.
    fn client(
        create: Answer,
        find: impl Fn(&str) -> Result<Response, TransportError> + Send + Sync + 'static,
    ) -> (Client, Counts) {
        let counts = Counts::default();
        let counted = Arc::clone(&counts);
        let transport = move |request: &Request| {
            *counted.lock().unwrap().entry(request.operation().to_owned()).or_default() += 1;
            let body = String::from_utf8(request.body().unwrap_or_default().to_vec()).unwrap();
            match request.operation() {
                "accessToken" => Ok(Response::new(200, TOKEN)),
                "createUser" => create(),
                _ => find(&body),
            }
        };
        let client = Client::builder().user_pool_id("POOL").secret("SECRET").clock(FakeClock::default());
        (client.transport(transport).build().unwrap(), counts)
    }

    fn user(id: &str) -> Result<Response, TransportError> {
        Ok(Response::new(200, format!(r#"{{"data":{{"findUser":{{"id":"{id}"}}}}}}"#)))
    }

    fn lost() -> Result<Response, TransportError> {
        Err(TransportError::new(TransportErrorKind::Interrupted, Delivered::Maybe))
    }

    fn conflict() -> Result<Response, TransportError> {
        Ok(Response::new(200, CONFLICT))
    }

    #[test]
    fn a_user_who_was_created_is_not_looked_up() {
        let created = || Ok(Response::new(200, r#"{"data":{"createUser":{"id":"1"}}}"#));
        let (client, counts) = client(created, |_| panic!("looked up"));
        let reconciled = client.users().create().username("bob").reconcile().unwrap();
        assert!(reconciled.is_created() && reconciled.user().id == "1");
        assert_eq!(counts.lock().unwrap()["createUser"], 1);
    }

    #[test]
    fn after_a_lost_answer_or_a_conflict_the_user_is_found_and_created_once() {
        for create in [lost as Answer, conflict] {
            let (client, counts) = client(create, |_| user("1"));
            let reconciled =
                client.users().create().username("bob").email("b@example.com").reconcile().unwrap();
            assert!(matches!(&reconciled, Reconciled::AlreadyThere(user) if user.id == "1"));
            let counts = counts.lock().unwrap();
            assert_eq!((counts["createUser"], counts["findUser"]), (1, 2));
        }
    }

    #[test]
    fn one_value_that_leads_nowhere_does_no_harm() {
        let find = |body: &str| {
            if body.contains("b@example.com") { user("1") } else { Ok(Response::new(200, NOBODY)) }
        };
        let (client, _) = client(conflict, find);
        let reconciled = client.users().create().username("bob").email("b@example.com").reconcile().unwrap();
        assert_eq!(reconciled.into_user().id, "1");
    }

    #[test]
    fn a_user_with_another_value_than_was_given_is_somebody_else() {
        let ann = |body: &str| {
            let ann = r#"{"data":{"findUser":{"id":"1","username":"ann","phone":"188","externalId":"A1"}}}"#;
            let is_hers = body.contains("188") || body.contains("\"ann\"");
            Ok(Response::new(200, if is_hers { ann } else { NOBODY }))
        };
        let (client, _) = client(conflict, ann);
        let users = client.users();
        assert!(users.create().username("bob").phone("188").reconcile().unwrap_err().is_conflict());
        assert!(users.create().username("ann").phone("199").reconcile().unwrap_err().is_conflict());
        assert!(users.create().username("ann").external_id("B2").reconcile().unwrap_err().is_conflict());
        let same = users.create().username("ann").phone("188").email("A@example.com").reconcile().unwrap();
        assert_eq!(same.user().id, "1");
    }

    #[test]
    fn if_the_look_up_finds_nobody_or_two_or_fails_the_error_is_that_of_the_create() {
        let two = |body: &str| user(if body.contains("b@example.com") { "1" } else { "2" });
        let finds: [Find; 3] = [|_| Ok(Response::new(200, NOBODY)), two, |_| lost()];
        for find in finds {
            let (unsure, counts) = client(lost, find);
            let error =
                unsure.users().create().username("bob").email("b@example.com").reconcile().unwrap_err();
            assert!(error.may_have_happened() && !error.is_retryable());
            assert_eq!((error.operation(), counts.lock().unwrap()["createUser"]), ("createUser", 1));
            let (refused, _) = client(conflict, find);
            let error =
                refused.users().create().username("bob").email("b@example.com").reconcile().unwrap_err();
            assert!(error.is_conflict() && error.code() == Some(2026));
        }
    }

    #[test]
    fn other_failures_and_users_without_a_value_to_find_them_by_are_not_looked_up() {
        let refused = || Ok(Response::new(200, r#"{"errors":[{"message":{"code":2030,"message":"no"}}]}"#));
        let (invalid, _) = client(refused, |_| panic!("looked up"));
        assert!(invalid.users().create().username("bob").reconcile().unwrap_err().is_invalid_input());
        let (unsure, _) = client(lost, |_| panic!("looked up"));
        assert!(unsure.users().create().unionid("u").reconcile().unwrap_err().may_have_happened());
    }
}
