//! `POST /connections/enterprise/{provider}/start-sync`: starts synchronising the address book of another
//! provider with the organisations of the pool.

use super::Orgs;
use crate::api::mould::request;
use crate::model::CommonMessage;
use crate::model::macros::open_enum;

request! {
    /// Starts synchronising the address book of another provider with the organisations of the pool. The
    /// service does this in the background.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::orgs::SyncProvider;
    ///
    /// // The emulated pool is not connected to an address book.
    /// let started = client.orgs().start_sync(SyncProvider::DingTalk).send();
    /// assert_eq!(started.unwrap_err().code(), Some(500));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /connections/enterprise/{provider}/start-sync`. Cost: one request. Use
    /// [`start_active_directory_sync`](crate::orgs::Orgs::start_active_directory_sync) for Active Directory.
    ///
    /// # Errors
    /// Returns an error with code 500 if the provider is not configured.
    #[doc(alias = "startSync")]
    Orgs::start_sync(provider: SyncProvider) => StartOrgSync -> CommonMessage;
    effect Mutation;
    rest Post "startOrgSync" "/connections/enterprise/{provider}/start-sync";
    answer whole;
}

open_enum! {
    /// The provider whose address book is synchronised.
    pub enum SyncProvider {
        /// DingTalk.
        DingTalk = "dingtalk",
        /// WeCom, formerly `WeChat` Work.
        WechatWork = "wechatwork",
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/start_sync" => |client| client
    .orgs()
    .start_sync(SyncProvider::WechatWork));
