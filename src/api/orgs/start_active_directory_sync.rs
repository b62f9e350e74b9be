//! `POST /api/v2/ad/sync`: starts synchronising an Active Directory with the organisations of the pool.

use super::Orgs;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Starts synchronising an Active Directory with the organisations of the pool. The service does this in
    /// the background.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// // The emulated pool is not connected to a directory.
    /// let started = client
    ///     .orgs()
    ///     .start_active_directory_sync("60c0b3fd2e7b9a1c4d8e5f02")
    ///     .send();
    /// assert_eq!(started.unwrap_err().code(), Some(500));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/ad/sync`. Cost: one request.
    ///
    /// # Errors
    /// Returns a [`Server`](crate::ErrorKind::Server) error (code 500) if the pool has no Active Directory.
    #[doc(alias = "start_sync")]
    #[doc(alias = "startSync")]
    Orgs::start_active_directory_sync(connection_id: String) => StartActiveDirectorySync -> CommonMessage;
    effect Mutation;
    rest Post "startActiveDirectorySync" "/api/v2/ad/sync";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/start_active_directory_sync" => |client| client
    .orgs()
    .start_active_directory_sync("60c0b3fd2e7b9a1c4d8e5f02"));
