//! `searchUser`: searches for users whose profile contains a text.

use super::Users;
use crate::api::mould::request;
use crate::model::input::input;
use crate::model::{Page, UserField};

request! {
    /// Searches for users whose profile contains a text.
    ///
    /// By default, the service searches `username`, `nickname`, `email`, `phone`, `company`, `name`,
    /// `givenName`, `familyName`, `middleName`, `profile` and `preferredUsername`;
    /// [`fields`](SearchUsers::fields) selects others. For an exact match use [`find`](Users::find).
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// use authing::UserField;
    ///
    /// let page =
    ///     client.users().search("Bob").fields([UserField::Nickname]).page(1).limit(10).send()?;
    /// println!("{} of {}", page.list.len(), page.total_count);
    /// # assert_eq!(page.list[0].id, bob.id);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `searchUser`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if a group, role or department that
    /// limits the search does not exist. The service's error code for this is not documented.
    // The Python documentation has an argument `options` that contains the fields; on the wire the fields are
    // an argument of their own.
    Users::search(query: String) => SearchUsers<U> -> Page<U>;
    effect Read;
    graphql "searchUser" in "search.graphql", "user.graphql", "custom_data.graphql";
    paged U;
    flags {
        /// Includes custom data in the response.
        include_custom_data = "withCustomData",
    }
    optional {
        /// Searches only these fields.
        fields: Vec<UserField>,
        /// Limits the result to members of these departments.
        department_opts: Vec<InDepartment>,
        /// Limits the result to members of these groups.
        group_opts: Vec<InGroup>,
        /// Limits the result to users with these roles.
        role_opts: Vec<WithRole>,
    }
}

input! {
    /// A department to search in.
    pub struct InDepartment {
        required {
            /// The id of the department.
            department_id: String,
        }
        optional {
            /// Whether to include the members of child departments.
            include_children_departments: bool,
        }
    }
}

impl InDepartment {
    /// Includes the members of child departments.
    #[must_use]
    pub fn and_below(self) -> Self {
        self.include_children_departments(true)
    }
}

input! {
    /// A group to search in.
    pub struct InGroup {
        required {
            /// The code of the group.
            code: String,
        }
    }
}

impl<T: Into<String>> From<T> for InGroup {
    fn from(code: T) -> Self {
        Self::new(code)
    }
}

input! {
    /// A role to search for.
    pub struct WithRole {
        required {
            /// The code of the role.
            code: String,
        }
        optional {
            /// The permission namespace of the role. Defaults to `default`.
            namespace: String,
        }
    }
}

impl<T: Into<String>> From<T> for WithRole {
    fn from(code: T) -> Self {
        Self::new(code)
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
    .include_custom_data()
    .page(2)
    .limit(10));
