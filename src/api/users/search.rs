//! `searchUser`: users whose profile contains a text.

use serde::Serialize;

use super::Users;
use crate::api::mould::{Check, request};
use crate::error::Error;
use crate::model::{Page, User, UserField};

request! {
    /// Users whose profile contains a text, page by page.
    Users::search(query: String) -> Page<User>;
    effect Read;
    graphql "searchUser" at "searchUser" in "search.graphql", "user.graphql", "custom_data.graphql";
    paged User;

    /// Finds users whose profile contains a text.
    ///
    /// Without [`fields`](Self::fields) the service looks at `username`, `nickname`, `email`, `phone`, `company`, `name`,
    /// `givenName`, `familyName`, `middleName`, `profile` and `preferredUsername`. For an exact match use
    /// [`find`](Users::find).
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// use authing::UserField;
    ///
    /// let page = client.users().search("Bob").fields([UserField::Nickname]).page(1).limit(10).send()?;
    /// println!("{} of {}", page.list.len(), page.total_count);
    /// # assert_eq!(page.list[0].id, bob.id);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `searchUser`. One request a page. The Python documentation has an argument `options` with the fields in
    /// it; on the wire the fields are an argument of their own.
    pub struct SearchUsers {
        flags {
            /// Answers with custom data too.
            with_custom_data,
        }
        optional {
            /// Looks at these fields only.
            fields: Vec<UserField>,
            /// Only members of these departments.
            department_opts: Vec<InDepartment>,
            /// Only members of these groups.
            group_opts: Vec<InGroup>,
            /// Only users with these roles.
            role_opts: Vec<WithRole>,
        }
    }
}

/// A department to search in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InDepartment {
    department_id: String,
    include_children_departments: bool,
}

impl InDepartment {
    /// The members of this department alone.
    pub fn new(department_id: impl Into<String>) -> Self {
        Self { department_id: department_id.into(), include_children_departments: false }
    }

    /// The members of the departments below it as well.
    #[must_use]
    pub fn and_below(mut self) -> Self {
        self.include_children_departments = true;
        self
    }
}

/// A group to search in, by its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InGroup {
    code: String,
}

impl<T: Into<String>> From<T> for InGroup {
    fn from(code: T) -> Self {
        Self { code: code.into() }
    }
}

/// A role to search for, by its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WithRole {
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<String>,
}

impl WithRole {
    /// A role of the default namespace.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), namespace: None }
    }

    /// A role of another namespace.
    #[must_use]
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = Some(namespace.into());
        self
    }
}

impl Check for InDepartment {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.department_id.check(field)
    }
}

impl Check for InGroup {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.code.check(field)
    }
}

impl Check for WithRole {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.code.check(field)?;
        self.namespace.check(field)
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/search" => |client| client
    .users()
    .search("Bob")
    .fields([UserField::Nickname, UserField::LastIp])
    .department_opts([InDepartment::new("d1").and_below()])
    .group_opts(["engineering"])
    .role_opts([WithRole::new("admin").namespace("default")])
    .with_custom_data()
    .page(2)
    .limit(10));
