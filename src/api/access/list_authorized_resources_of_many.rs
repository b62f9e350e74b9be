//! `POST /api/v2/acl/list-authorized-resources-batch`: lists the resources that each of several targets is
//! authorised for, with the allowed actions.

use super::Access;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::{AuthorizedResource, GrantTarget, Page, ResourceType};

request! {
    /// Lists the resources that each of several targets is authorised for, with the allowed actions. Returns
    /// one page for each target, in the order of the targets.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let ann = client.users().create().username("ann").send()?;
    /// # client
    /// #     .access()
    /// #     .authorize_resource(authing::Resource::all("books"), [authing::Grant::new("USER", &bob.id,
    /// #     [("books", "read")])])
    /// #     .send()?;
    /// use authing::{GrantTarget, PolicyTargetType};
    ///
    /// let targets = [&bob.id, &ann.id].map(|id| GrantTarget::new(PolicyTargetType::User, id));
    /// let pages = client.access().list_authorized_resources_of_many(targets).send()?;
    /// assert_eq!((pages[0].total_count, pages[1].total_count), (1, 0));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/acl/list-authorized-resources-batch`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such target (code 2004
    /// for a user). The service's error code for other targets is not documented.
    #[doc(alias = "listAuthorizedResourcesBatch")]
    #[doc(alias = "list_authorized_resources_batch")]
    Access::list_authorized_resources_of_many(
        targets: Vec<GrantTarget>,
    ) => ListAuthorizedResourcesOfMany -> Vec<Page<AuthorizedResource>>;
    effect Read;
    rest Post "listAuthorizedResourcesOfMany" "/api/v2/acl/list-authorized-resources-batch";
    answer at "list";
    verify has_a_page_for_each;
    optional {
        /// Limits the result to resources of this type.
        resource_type: ResourceType,
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

impl ListAuthorizedResourcesOfMany {
    /// The pages do not name their targets; only their order identifies them.
    fn has_a_page_for_each(&self, pages: &[Page<AuthorizedResource>]) -> Result<(), Error> {
        let (given, asked) = (pages.len(), self.targets.len());
        if given != asked {
            return Err(Error::unexpected(format!("{given} lists for {asked} targets")));
        }
        Ok(())
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/list_authorized_resources_of_many" => |client| client
    .access()
    .list_authorized_resources_of_many([
        GrantTarget::new("USER", "5f718016d8e5f7e9d6d3a1b2"),
        GrantTarget::new("ROLE", "auditor"),
    ])
    .resource_type(ResourceType::Data)
    .namespace("default"));
