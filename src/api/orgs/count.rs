//! `GET /api/v2/orgs/count`: counts the organisations of the pool.

use super::Orgs;
use crate::api::mould::request;

request! {
    /// Counts the organisations of the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// assert_eq!(client.orgs().count().send()?, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/orgs/count`. Cost: one request.
    #[doc(alias = "getAllOrgs")]
    Orgs::count() => CountOrgs -> u64;
    effect Read;
    rest Get "countOrgs" "/api/v2/orgs/count";
    answer at "count";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/count" => |client| client
    .orgs()
    .count());
