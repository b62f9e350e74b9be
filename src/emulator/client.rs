//! A client for a pool in the same process.

use super::pool::Pool;
use crate::client::{Client, ClientBuilder};

impl Pool {
    /// Returns a client for this pool: no sockets and no credentials, with the same requests and responses as
    /// over HTTP. It uses the pool's clock, so its waits take no time.
    ///
    /// ```
    /// use authing::emulator::Pool;
    ///
    /// let client = Pool::new().client();
    /// let bob = client.users().create().username("bob").send()?;
    /// let found = client.users().find().username("bob").send()?;
    /// assert_eq!(found.map(|user| user.id), Some(bob.id));
    /// # Ok::<(), authing::Error>(())
    /// ```
    #[expect(
        clippy::expect_used,
        reason = "the builder of the pool lets no id or secret pass that a client refuses"
    )]
    pub fn client(&self) -> Client {
        self.client_builder().build().expect("the settings of an emulated pool are those of a valid client")
    }

    /// Like [`client`](Self::client), but returns the builder, to change further settings.
    pub fn client_builder(&self) -> ClientBuilder {
        Client::builder()
            .user_pool_id(self.id())
            .secret(self.secret().clone())
            .host("http://localhost")
            .transport(self.clone())
            .clock(self.clock().clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_pool_is_called_there_is_a_client_for_it() {
        for name in ["", " ", "a b\r\nx-injected: 1", "ü", "plain"] {
            let pool = Pool::builder().id(name).secret(name).build();
            assert!(pool.client().user_pool_id().starts_with(crate::client::EMULATED_POOL_PREFIX));
        }
    }
}
