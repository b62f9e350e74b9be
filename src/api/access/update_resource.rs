//! `POST /api/v2/resources/{code}`: changes the definition of a resource.

use super::Access;
use crate::api::mould::request;
use crate::model::{ResourceActionInput, ResourceDefinition, ResourceType};

request! {
    /// Changes the definition of a resource. Fields that are not set are left unchanged. Actions that are set
    /// replace all previous ones.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.access().create_resource("books", authing::ResourceType::Data, [("read",
    /// #     "Read a book")]).send()?;
    /// let changed = client
    ///     .access()
    ///     .update_resource("books")
    ///     .actions([("read", "Read a book"), ("write", "Change a book")])
    ///     .send()?;
    /// assert_eq!(changed.actions.len(), 2);
    /// # let absent = client.access().update_resource("pictures").description("x").send();
    /// # assert!(absent.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/resources/{code}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such resource. The
    /// service's error code for this is not documented.
    #[doc(alias = "updateResource")]
    Access::update_resource(code: String) => UpdateResource -> ResourceDefinition;
    effect Idempotent;
    rest Post "updateResource" "/api/v2/resources/{code}";
    any_of [description, resource_type, actions, api_identifier];
    optional {
        /// The type of the resource.
        resource_type: ResourceType = "type",
        /// The actions of the resource, which replace all previous ones.
        actions: Vec<ResourceActionInput>,
        /// The description of the resource.
        description: String,
        /// The URL of the API, for a resource of type [`Api`](crate::ResourceType::Api).
        api_identifier: String,
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/update_resource" => |client| client
    .access()
    .update_resource("books")
    .resource_type(ResourceType::Api)
    .actions([("read", "Read a book")])
    .description("The books")
    .api_identifier("https://api.example.com/books")
    .namespace("default"));
