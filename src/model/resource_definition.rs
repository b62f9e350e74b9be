//! Definitions of resources: the kinds of objects that a namespace protects, and their actions.

use super::input::input;
use super::item_key::identified;
use super::macros::model;
use super::{ResourceType, Timestamp};
use crate::error::Error;

model! {
    /// The definition of a resource in a permission namespace. Grants do not need one; the console shows it.
    pub struct ResourceDefinition {
        required {
            /// The code, unique in its namespace. Grants use it to identify the resource: `code:*` or
            /// `code:id`.
            code: String,
        }
        optional {
            /// The id.
            id: String,
            /// The id of the pool.
            user_pool_id: String,
            /// The code of the permission namespace.
            namespace: String,
            /// The number of the permission namespace.
            namespace_id: i64,
            /// The type of the resource.
            r#type: ResourceType = "type",
            /// What the resource is.
            description: String,
            /// The URL of the API, for resources of type API.
            api_identifier: String,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {
            /// The actions that can be performed on it.
            actions: ResourceAction,
        }
    }
}

identified! { ResourceDefinition by id, namespace code, code }

model! {
    /// An action in the definition of a resource.
    pub struct ResourceAction {
        required {}
        optional {
            /// The verb, which grants append to the code of the resource: `code:verb`.
            name: String,
            /// The description of the action.
            description: String,
        }
        lists {}
    }
}

input! {
    /// An action in the definition of a resource. A pair of texts can be used instead.
    ///
    /// ```
    /// use authing::ResourceActionInput;
    ///
    /// let read = ResourceActionInput::new("read", "Read a book");
    /// assert_eq!(ResourceActionInput::from(("read", "Read a book")), read);
    /// ```
    pub struct ResourceActionInput {
        required {
            /// The verb, which grants append to the code of the resource: `code:verb`.
            name: String,
            /// The description of the action.
            description: String,
        }
    }
}

impl<N: Into<String>, D: Into<String>> From<(N, D)> for ResourceActionInput {
    fn from((name, description): (N, D)) -> Self {
        Self::new(name, description)
    }
}

input! {
    /// The definition of a resource to be created with others.
    ///
    /// ```
    /// use authing::{ResourceInput, ResourceType};
    ///
    /// let books = ResourceInput::new("books", ResourceType::Data, [("read", "Read a book")])
    ///     .namespace("shop");
    /// # let _ = books;
    /// ```
    pub struct ResourceInput {
        required {
            /// The code, unique in its namespace.
            code: String,
            /// The type of the resource.
            resource_type: ResourceType = "type",
            /// The actions that can be performed on it. At least one is required.
            actions: Vec<ResourceActionInput>,
        }
        optional {
            /// What the resource is.
            description: String,
            /// The URL of the API. Required for a resource of type [`Api`](ResourceType::Api).
            api_identifier: String,
            /// The code of the permission namespace. Defaults to `default`.
            namespace: String,
        }
    }
}

/// For a copy of a definition, and to compare it with a declared one.
impl From<&ResourceDefinition> for ResourceInput {
    #[inline]
    fn from(definition: &ResourceDefinition) -> Self {
        let text = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        Self {
            code: definition.code.clone(),
            // Without a type, sending it is an error.
            resource_type: definition.r#type.clone().unwrap_or_else(|| ResourceType::from("")),
            actions: definition.actions.iter().map(ResourceActionInput::from).collect(),
            description: text(&definition.description),
            api_identifier: text(&definition.api_identifier),
            namespace: text(&definition.namespace),
        }
    }
}

impl From<&ResourceAction> for ResourceActionInput {
    #[inline]
    fn from(action: &ResourceAction) -> Self {
        Self::new(
            action.name.as_deref().unwrap_or_default(),
            action.description.as_deref().unwrap_or_default(),
        )
    }
}

/// Rejects an API without a URL, as the service does.
pub(crate) fn check_address(resource_type: &ResourceType, address: Option<&String>) -> Result<(), Error> {
    if *resource_type == ResourceType::Api && address.is_none() {
        return Err(Error::invalid_input("api_identifier", "is required for a resource of type API"));
    }
    Ok(())
}
