//! `POST /api/v2/resources`: defines a resource.

use super::Access;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::{ResourceActionInput, ResourceDefinition, ResourceType, check_address};

request! {
    /// Defines a resource: its code, which is unique in its namespace, and the actions that it supports. A
    /// resource of type [`Api`](crate::ResourceType::Api) requires an
    /// [`api_identifier`](CreateResource::api_identifier).
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::ResourceType;
    ///
    /// let actions = [("read", "Read a book"), ("write", "Change a book")];
    /// let books = client.access().create_resource("books", ResourceType::Data, actions).send()?;
    /// assert_eq!(books.actions[0].name.as_deref(), Some("read"));
    /// # let again = client.access().create_resource("books", ResourceType::Data, actions).send();
    /// # assert!(again.unwrap_err().is_conflict());
    /// # let api = client.access().create_resource("orders", ResourceType::Api, actions).send();
    /// # assert_eq!(api.unwrap_err().field(), Some("api_identifier"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/resources`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_conflict`](crate::Error::is_conflict) error if the code is taken in the namespace. The
    /// service's error code for this is not documented.
    #[doc(alias = "createResource")]
    #[doc(alias = "addResource")]
    Access::create_resource(
        code: String,
        resource_type: ResourceType = "type",
        actions: Vec<ResourceActionInput>,
    ) => CreateResource -> ResourceDefinition;
    effect Mutation;
    rest Post "createResource" "/api/v2/resources";
    check can_be_sent;
    optional {
        /// The description of the resource.
        description: String,
        /// The URL of the API, for a resource of type [`Api`](crate::ResourceType::Api).
        api_identifier: String,
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

impl CreateResource {
    fn can_be_sent(&self) -> Result<(), Error> {
        check_address(&self.resource_type, self.api_identifier.as_ref())
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/create_resource" => |client| client
    .access()
    .create_resource("books", ResourceType::Api, [("read", "Read a book")])
    .description("The books")
    .api_identifier("https://api.example.com/books")
    .namespace("default"));
