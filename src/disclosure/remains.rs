//! What is left of a deleted user, by place.

use std::fmt;

use super::document::Disclosure;
use super::part::Part;
use crate::api::users::IdentityQuery;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::model::{User, UserField};
use crate::paging::Items;

/// A place where a user can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Place {
    /// The user by id.
    Detail,
    /// The user by username, e-mail address, phone number, external id and linked accounts, as they were.
    Find,
    /// A search for one of these.
    Search,
    /// Values of custom fields under the id.
    CustomData,
    /// The members of the groups that the user was in.
    GroupMembers,
    /// The users who have the roles that the user had.
    RoleMembers,
    /// The members of the departments that the user was in.
    DepartmentMembers,
    /// Policies assigned to the id.
    Policies,
    /// Second factors.
    SecondFactors,
    /// Sign-ins.
    SignIns,
    /// The archive of deleted users. The API cannot remove users from it.
    Archive,
    /// The log of user actions. The API cannot remove entries.
    UserActions,
    /// The log of the management API. The API cannot remove entries.
    AuditLog,
}

impl Place {
    /// Returns whether the service keeps what is there and the API cannot remove it.
    #[inline]
    pub fn is_kept_by_service(self) -> bool {
        matches!(self, Self::Archive | Self::UserActions | Self::AuditLog)
    }

    /// Returns a description.
    #[inline]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Detail => "the user by id",
            Self::Find => "the user by a unique field",
            Self::Search => "search",
            Self::CustomData => "custom data",
            Self::GroupMembers => "members of groups",
            Self::RoleMembers => "members of roles",
            Self::DepartmentMembers => "members of departments",
            Self::Policies => "policies",
            Self::SecondFactors => "second factors",
            Self::SignIns => "sign-ins",
            Self::Archive => "archive of deleted users",
            Self::UserActions => "user actions",
            Self::AuditLog => "audit log",
        }
    }
}

impl fmt::Display for Place {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is left of a user in one place.
#[derive(Debug, serde::Serialize)]
#[non_exhaustive]
pub struct Remains {
    /// The place.
    pub place: Place,
    /// The number of entries that name the user.
    pub entries: Part<u64>,
}

impl Remains {
    /// Returns whether it is certain that nothing is left there.
    #[inline]
    pub fn is_empty(&self) -> bool {
        matches!(self.entries, Part::Found(0) | Part::Absent)
    }
}

/// Checks every place.
#[inline]
pub(super) fn look(client: &Client, id: &str, before: &Disclosure, with_members: bool) -> Vec<Remains> {
    let after = After { client, id, before };
    let mut places = vec![
        (Place::Detail, after.detail()),
        (Place::Find, after.find()),
        (Place::Search, after.search()),
        (Place::CustomData, after.custom_data()),
    ];
    if with_members {
        places.push((Place::GroupMembers, after.groups()));
        places.push((Place::RoleMembers, after.roles()));
        places.push((Place::DepartmentMembers, after.departments()));
    }
    places.extend([
        (Place::Policies, after.policies()),
        (Place::SecondFactors, after.second_factors()),
        (Place::SignIns, after.sign_ins()),
        (Place::Archive, after.archive()),
        (Place::UserActions, after.user_actions()),
        (Place::AuditLog, after.audit_log()),
    ]);
    let is_gone = matches!(places.first(), Some((Place::Detail, Ok(0))));
    places
        .into_iter()
        .map(|(place, entries)| Remains { place, entries: Part::of(entries, is_gone) })
        .collect()
}

type Count = Result<u64, Error>;

struct After<'a> {
    client: &'a Client,
    id: &'a str,
    before: &'a Disclosure,
}

impl After<'_> {
    #[inline]
    fn detail(&self) -> Count {
        Ok(u64::from(self.client.users().detail(self.id).send()?.is_some()))
    }

    /// Returns a part of what was there before. If it was not read completely, there are places that are not
    /// known.
    #[inline]
    fn was<'p, T>(&self, name: &str, part: &'p Part<T>) -> Result<Option<&'p T>, Error> {
        let is_unproven = self.before.unproven.contains(&name);
        let unknown = || {
            let message = format!("`{name}` of the user was not read completely before");
            Error::new(ErrorKind::Other, message).in_operation("erase")
        };
        match part {
            Part::Found(_) if is_unproven => Err(unknown()),
            Part::Found(part) => Ok(Some(part)),
            Part::Absent => Ok(None),
            Part::Failed(error) => Err(unknown().with_source(error.for_another_waiter())),
        }
    }

    /// Another user may have taken the unique values, so ids are compared.
    #[inline]
    fn is_the_one(&self, user: Option<User>) -> u64 {
        u64::from(user.is_some_and(|user| user.id == self.id))
    }

    #[inline]
    fn find(&self) -> Count {
        let users = self.client.users();
        let mut found = 0;
        if let Some(before) = self.was("profile", &self.before.profile)? {
            let finds = [
                before.username.as_ref().map(|value| users.find().username(value)),
                before.email.as_ref().map(|value| users.find().email(value)),
                before.phone.as_ref().map(|value| users.find().phone(value)),
                before.external_id.as_ref().map(|value| users.find().external_id(value)),
            ];
            for find in finds.into_iter().flatten() {
                found += self.is_the_one(find.send()?);
            }
        }
        for identity in self.was("identities", &self.before.identities)?.into_iter().flatten() {
            if let (Some(provider), Some(user)) = (&identity.provider, &identity.user_id_in_idp) {
                let query = IdentityQuery::new(provider, user);
                found += self.is_the_one(users.find().identity(query).send()?);
            }
        }
        Ok(found)
    }

    /// By one unique field, which at most a few others contain.
    #[inline]
    fn search(&self) -> Count {
        let Some(before) = self.was("profile", &self.before.profile)? else { return Ok(0) };
        let texts = [
            (UserField::Email, &before.email),
            (UserField::Phone, &before.phone),
            (UserField::Username, &before.username),
        ];
        let first = texts.into_iter().find_map(|(field, text)| Some((field, text.as_ref()?)));
        let Some((field, text)) = first else { return Ok(0) };
        self.count(|| self.client.users().search(text).fields([field.clone()]).iter())
    }

    #[inline]
    fn count(&self, users: impl Fn() -> Items<User>) -> Count {
        entries(users, |user| user.id == self.id)
    }

    #[inline]
    fn custom_data(&self) -> Count {
        Ok(self.client.users().custom_data(self.id).send()?.fields().len() as u64)
    }

    #[inline]
    fn groups(&self) -> Count {
        let mut found = 0;
        for group in self.was("groups", &self.before.groups)?.into_iter().flatten() {
            found += gone_or(self.count(|| self.client.groups().list_users(&group.code).limit(200).iter()))?;
        }
        Ok(found)
    }

    #[inline]
    fn roles(&self) -> Count {
        let mut found = 0;
        for role in self.was("roles", &self.before.roles)?.into_iter().flatten() {
            let members = self.client.roles().list_users(&role.code).namespace(&role.namespace);
            found += gone_or(self.count(|| members.clone().limit(200).iter()))?;
        }
        Ok(found)
    }

    #[inline]
    fn departments(&self) -> Count {
        let mut found = 0;
        for of_user in self.was("departments", &self.before.departments)?.into_iter().flatten() {
            let members = self.client.orgs().list_members(&of_user.department.id);
            found += gone_or(self.count(|| members.clone().limit(200).iter()))?;
        }
        Ok(found)
    }

    #[inline]
    fn policies(&self) -> Count {
        entries(|| self.client.users().list_policies(self.id).iter(), |_| true)
    }

    #[inline]
    fn second_factors(&self) -> Count {
        let factors = self.client.mfa().bound_factors(self.id).send()?;
        Ok(u64::from(factors.otp == Some(true)) + u64::from(factors.face == Some(true)))
    }

    #[inline]
    fn sign_ins(&self) -> Count {
        Ok(u64::from(self.client.users().login_status(self.id).send()?.is_logged_in))
    }

    #[inline]
    fn archive(&self) -> Count {
        self.count(|| self.client.users().list_archived().limit(200).iter())
    }

    #[inline]
    fn user_actions(&self) -> Count {
        let actions = self.client.users().list_user_actions().of_users([self.id]);
        Ok(actions.limit(1).send()?.total_count)
    }

    #[inline]
    fn audit_log(&self) -> Count {
        Ok(self.client.statistics().list_audit_logs().user_id(self.id).limit(1).send()?.total_count)
    }
}

/// Counts the items of a list that name the user. If there seem to be none and the list is not certainly
/// complete, because others change it or its order is not specified, it is read again in overlapping pages.
fn entries<T: Send + 'static>(list: impl Fn() -> Items<T>, names: impl Fn(&T) -> bool) -> Count {
    for is_second in [false, true] {
        let mut items = if is_second { list().exactly() } else { list() };
        let mut found = 0;
        for item in &mut items {
            found += u64::from(names(&item?));
        }
        if found > 0 || items.is_complete() {
            return Ok(found);
        }
    }
    Err(Error::new(ErrorKind::Other, "the list is not certainly complete").in_operation("erase"))
}

/// A group, role or department that was deleted in the meantime has no members.
#[inline]
fn gone_or(count: Count) -> Count {
    count.or_else(|error| if error.is_not_found() { Ok(0) } else { Err(error) })
}
