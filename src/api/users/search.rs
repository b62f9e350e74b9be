//! `searchUser`: users whose profile contains a text.

use super::Users;
use crate::api::mould::request;
use crate::model::input::input;
use crate::model::{Page, User, UserField};

request! {
    /// Finds users whose profile contains a text.
    ///
    /// Without [`fields`](SearchUsers::fields) the service looks at `username`, `nickname`, `email`, `phone`, `company`, `name`,
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
    Users::search(query: String) => SearchUsers -> Page<User>;
    effect Read;
    graphql "searchUser" in "search.graphql", "user.graphql", "custom_data.graphql";
    paged User;
    flags {
        /// Asks for custom data too.
        include_custom_data = "withCustomData",
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

input! {
    /// A department to search in.
    pub struct InDepartment {
        required {
            /// The department's id.
            department_id: String,
        }
        optional {
            /// Whether the members of the departments below it are meant as well.
            include_children_departments: bool,
        }
    }
}

impl InDepartment {
    /// The members of the departments below it as well.
    #[must_use]
    pub fn and_below(self) -> Self {
        self.include_children_departments(true)
    }
}

input! {
    /// A group to search in.
    pub struct InGroup {
        required {
            /// The group's code.
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
            /// The role's code.
            code: String,
        }
        optional {
            /// The permission namespace of the role; `default` unless set.
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
