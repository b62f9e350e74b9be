//! Resources and actions of grants and policies, in the text forms of the API.
//!
//! A resource is written `kind:id`, or `kind:*` for all resources of a kind; an action is written
//! `kind:verb`. As texts they are easily confused, so each has its own type.

use serde::{Deserialize, Serialize};

use super::argument::{Argument, Check, refuse_if, to_json};
use super::macros::{model, open_enum};
use crate::error::Error;

open_enum! {
    /// The type of a resource.
    pub enum ResourceType {
        /// Data.
        Data = "DATA",
        /// An API.
        Api = "API",
        /// A menu.
        Menu = "MENU",
        /// An element of a user interface.
        Ui = "UI",
        /// A button.
        Button = "BUTTON",
    }
}

/// One resource, or all resources of a kind, as used in grants and checks.
///
/// ```
/// use authing::Resource;
///
/// assert_eq!(Resource::one("books", "1").as_str(), "books:1");
/// assert_eq!(Resource::all("books").as_str(), "books:*");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Resource(String);

impl Resource {
    /// Creates the resource of a kind with this id.
    #[inline]
    pub fn one(kind: impl AsRef<str>, id: impl AsRef<str>) -> Self {
        Self(format!("{}:{}", kind.as_ref(), id.as_ref()))
    }

    /// Creates the resource that stands for all resources of a kind.
    #[inline]
    pub fn all(kind: impl AsRef<str>) -> Self {
        Self::one(kind, "*")
    }

    /// Creates a resource from the text form of the API, as in responses.
    #[inline]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns whether it stands for all resources of a kind.
    #[inline]
    pub fn is_all(&self) -> bool {
        self.0.ends_with(":*")
    }

    /// Returns the text form: `kind:id` or `kind:*`.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An action on resources of a kind, as used in grants and checks.
///
/// ```
/// use authing::Action;
///
/// assert_eq!(Action::new("books", "read").as_str(), "books:read");
/// assert_eq!(Action::from(("books", "read")), Action::new("books", "read"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Action(String);

impl Action {
    /// Creates the action with this verb on resources of a kind.
    #[inline]
    pub fn new(kind: impl AsRef<str>, verb: impl AsRef<str>) -> Self {
        Self(format!("{}:{}", kind.as_ref(), verb.as_ref()))
    }

    /// Creates an action from the text form of the API, as in responses.
    #[inline]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text form: `kind:verb`.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<K: AsRef<str>, V: AsRef<str>> From<(K, V)> for Action {
    #[inline]
    fn from((kind, verb): (K, V)) -> Self {
        Self::new(kind, verb)
    }
}

/// Checks for two parts separated by a colon, without white space.
#[inline]
fn check_pair(text: &str, field: &'static str, form: &str) -> Result<(), Error> {
    let has_two_parts =
        text.split_once(':').is_some_and(|(kind, rest)| !kind.is_empty() && kind != "*" && !rest.is_empty());
    refuse_if(!has_two_parts || text.contains(char::is_whitespace), field, form)
}

impl Check for Resource {
    #[inline]
    fn check(&self, field: &'static str) -> Result<(), Error> {
        check_pair(&self.0, field, "must be a resource: `kind:id` or `kind:*`")
    }
}

impl Check for Action {
    #[inline]
    fn check(&self, field: &'static str) -> Result<(), Error> {
        check_pair(&self.0, field, "must be an action: `kind:verb`")
    }
}

macro_rules! text_argument {
    ($($type:ty),+) => {
        $( impl Argument for $type {
            fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
                to_json(json, self.as_str())
            }

            fn each_text(&self, take: &mut dyn FnMut(&str)) -> bool {
                take(self.as_str());
                true
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        } )+
    };
}
text_argument!(Resource, Action);

model! {
    /// A resource that a target is authorised for, and the allowed actions.
    pub struct AuthorizedResource {
        required {
            /// The resource: `kind:id` or `kind:*`.
            code: String,
        }
        optional {
            /// The type of the resource.
            r#type: ResourceType = "type",
            /// The URL of the API, for resources of type API.
            api_identifier: String,
        }
        lists {
            /// The allowed actions: `kind:verb`. Empty if all actions are allowed.
            actions: String,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_resource_or_no_action_is_refused() {
        assert!(Resource::one("books", "1").check("resource").is_ok());
        assert!(Resource::one("books", "a:b").check("resource").is_ok());
        for resource in [Resource::one("", "1"), Resource::one("books", ""), Resource::from_text("books")] {
            assert!(resource.check("resource").is_err(), "{resource}");
        }
        assert!(Action::new("books", "read").check("action").is_ok());
        assert!(Action::new("books", "re ad").check("action").is_err());
        assert!(Action::new("*", "read").check("action").is_err());
    }
}
