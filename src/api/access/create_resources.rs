//! `POST /api/v2/resources/bulk`: defines many resources in one request.

use super::Access;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::{CommonMessage, ResourceInput, check_address};

request! {
    /// Defines many resources in one request.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::{ResourceInput, ResourceType};
    ///
    /// let books = ResourceInput::new("books", ResourceType::Data, [("read", "Read a book")]);
    /// let page = ResourceInput::new("page", ResourceType::Menu, [("show", "Show a page")]);
    /// client.access().create_resources([books, page]).send()?;
    /// assert_eq!(client.access().list_resources().send()?.total_count, 2);
    /// # let books = ResourceInput::new("books", ResourceType::Data, [("read", "Read a book")]);
    /// # assert!(client.access().create_resources([books]).send().unwrap_err().is_conflict());
    /// # Ok(()) }
    /// ```
    ///
    /// To copy resources, pass their definitions, as returned by
    /// [`list_resources`](Access::list_resources).
    ///
    /// API: `POST /api/v2/resources/bulk`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_conflict`](crate::Error::is_conflict) error if a code is taken in its namespace. The
    /// service's error code for this is not documented. Whether the other resources are then created is not
    /// known.
    #[doc(alias = "batchInsertResource")]
    #[doc(alias = "batch_insert_resource")]
    Access::create_resources(resources: Vec<ResourceInput> = "bulk") => CreateResources -> CommonMessage;
    effect Mutation;
    rest Post "createResources" "/api/v2/resources/bulk";
    answer whole;
    check can_be_sent;
}

impl CreateResources {
    fn can_be_sent(&self) -> Result<(), Error> {
        let mut resources = self.resources.iter();
        resources.try_for_each(|it| check_address(&it.resource_type, it.api_identifier.as_ref()))
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/create_resources" => |client| client
    .access()
    .create_resources([ResourceInput::new("books", crate::model::ResourceType::Api, [("read", "Read a book")])
        .description("The books")
        .api_identifier("https://api.example.com/books")
        .namespace("default")]));
