//! The requests of a disclosure.

use super::document::Disclosure;
use super::part::Part;
use crate::api::users::Users;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::model::{Page, Timestamp, User};
use crate::paging::{Identified, Items};

impl Users {
    /// Prepares a disclosure of everything that the pool holds about one user. See
    /// [`disclosure`](crate::disclosure).
    ///
    /// Cost: 14 requests, and one more for each further page of policies, user actions and the audit log.
    #[inline]
    pub fn disclose(&self, id: impl Into<String>) -> DiscloseUser {
        DiscloseUser { client: self.client().clone(), id: id.into() }
    }
}

/// A disclosure of what a pool holds about one user, created by [`Users::disclose`].
#[derive(Clone, Debug)]
#[must_use = "nothing is asked before `send`"]
pub struct DiscloseUser {
    pub(super) client: Client,
    pub(super) id: String,
}

impl DiscloseUser {
    /// Requests each part.
    ///
    /// # Errors
    /// Returns an error if no part at all could be read, for example because the secret is wrong. Other
    /// errors are in the parts.
    #[inline]
    pub fn send(&self) -> Result<Disclosure, Error> {
        let Self { client, id } = self;
        let users = client.users();
        let mut unproven = Vec::new();
        let profile = match users.detail(id).include_custom_data().send() {
            Ok(Some(user)) => Part::Found(user),
            Ok(None) => Part::Absent,
            Err(error) => Part::Failed(error),
        };
        let is_gone = matches!(profile, Part::Absent);
        let absent =
            || Error::new(ErrorKind::NotFound, "there is no user of that id").in_operation("userBatch");
        let first =
            |users: Vec<User>| users.into_iter().next().map(|user| user.identities).ok_or_else(absent);
        let disclosure = Disclosure {
            user_id: id.clone(),
            user_pool_id: client.user_pool_id().to_owned(),
            collected_at: Timestamp::from(client.engine().clock.wall()),
            profile,
            identities: Part::of(users.batch([id]).send().and_then(first), is_gone),
            custom_data: Part::of(users.custom_data(id).send(), is_gone),
            groups: whole("groups", users.list_groups(id).send(), is_gone, &mut unproven),
            roles: whole("roles", users.list_roles(id).send(), is_gone, &mut unproven),
            departments: whole("departments", users.list_departments(id).send(), is_gone, &mut unproven),
            orgs: Part::of(users.list_orgs(id).send(), is_gone),
            policies: all("policies", users.list_policies(id).limit(200).iter(), is_gone, &mut unproven),
            authorized_resources: whole(
                "authorized_resources",
                users.list_authorized_resources(id).send(),
                is_gone,
                &mut unproven,
            ),
            tenants: Part::of(users.list_tenants(id).send(), is_gone),
            second_factors: Part::of(client.mfa().bound_factors(id).send(), is_gone),
            sign_ins: Part::of(users.login_status(id).send(), is_gone),
            user_actions: all(
                "user_actions",
                users.list_user_actions().of_users([id]).iter(),
                is_gone,
                &mut unproven,
            ),
            audit_log: all(
                "audit_log",
                client.statistics().list_audit_logs().user_id(id).iter(),
                is_gone,
                &mut unproven,
            ),
            unproven,
        };
        let failures = disclosure.failed().count();
        let first = disclosure.failed().map(|(_, error)| error.for_another_waiter()).next();
        match first {
            Some(error) if failures == Disclosure::PARTS => Err(error),
            _ => Ok(disclosure),
        }
    }
}

/// A list that the service sends as a whole.
#[inline]
fn whole<T>(
    name: &'static str,
    page: Result<Page<T>, Error>,
    is_gone: bool,
    unproven: &mut Vec<&'static str>,
) -> Part<Page<T>> {
    let part = Part::of(page, is_gone);
    if part.found().is_some_and(|page| (page.list.len() + page.odd().len()) as u64 != page.total_count) {
        unproven.push(name);
    }
    part
}

/// A paged list, with all its pages.
#[inline]
fn all<T: Identified + Send + 'static>(
    name: &'static str,
    mut items: Items<T>,
    is_gone: bool,
    unproven: &mut Vec<&'static str>,
) -> Part<Page<T>> {
    let read: Result<Vec<T>, Error> = items.by_ref().collect();
    if read.is_ok() && !items.is_complete() {
        unproven.push(name);
    }
    Part::of(read, is_gone).map(|list| Page::new(list.len() as u64, list))
}
