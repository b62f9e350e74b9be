//! Settings of the default transport.

#[cfg(feature = "ureq-stable")]
mod settings {
    use std::time::Duration;

    use crate::client::ClientBuilder;
    use crate::client::host::Host;
    use crate::error::Error;
    use crate::transport::{Transport, TransportError, UreqTransport, UreqTransportBuilder};

    /// The settings, or the first one that is invalid. `None` if none were made.
    #[derive(Debug, Default)]
    pub(in crate::client) struct HttpSettings(Option<Result<UreqTransportBuilder, TransportError>>);

    impl HttpSettings {
        pub(in crate::client) fn is_set(&self) -> bool {
            self.0.is_some()
        }

        fn set(
            &mut self,
            change: impl FnOnce(UreqTransportBuilder) -> Result<UreqTransportBuilder, TransportError>,
        ) {
            let settings = self.0.take().unwrap_or_else(|| Ok(UreqTransport::builder()));
            self.0 = Some(settings.and_then(change));
        }

        pub(in crate::client) fn transport(
            self,
            timeout: Duration,
            host: &Host,
        ) -> Result<Box<dyn Transport>, Error> {
            let builder = self.0.unwrap_or_else(|| Ok(UreqTransport::builder()))?.timeout(timeout);
            // Requests to this machine must not go through a proxy from the environment, and unencrypted at
            // that.
            let builder = if host.is_loopback { builder.no_proxy_of_the_environment() } else { builder };
            let transport = builder.build();
            transport.check(&host.base)?;
            Ok(Box::new(transport))
        }
    }

    /// Settings of the default transport. They cannot be combined with a custom
    /// [`transport`](Self::transport).
    impl ClientBuilder {
        /// Sets the proxy: `http://host:port`, with `user:password@` if it requires authentication. By
        /// default, the environment variables `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` are
        /// honoured, except for a host on loopback; see [`UreqTransportBuilder::proxy`].
        pub fn proxy(mut self, address: &str) -> Self {
            self.http.set(|builder| builder.proxy(address));
            self
        }

        /// Connects directly and ignores the proxy variables of the environment.
        pub fn no_proxy(mut self) -> Self {
            self.http.set(|builder| Ok(builder.no_proxy()));
            self
        }

        /// Trusts these certificates, in PEM, in addition to those that are already trusted: for a company's
        /// CA, or a self-hosted deployment with its own. Which certificates are already trusted depends on
        /// `SSL_CERT_FILE` and `SSL_CERT_DIR`, the features of the crate and the operating system; see
        /// [`UreqTransportBuilder::add_root_certificate`].
        ///
        /// ```no_run
        /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
        /// let client = authing::Client::builder()
        ///     .user_pool_id("USER_POOL_ID")
        ///     .secret("SECRET")
        ///     .host("https://idp.corp.example")
        ///     .add_root_certificate(std::fs::read("/etc/ssl/company-ca.pem")?)
        ///     .build()?;
        /// # Ok(()) }
        /// ```
        pub fn add_root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
            self.http.set(|builder| builder.add_root_certificate(pem));
            self
        }

        /// Trusts only these certificates, in PEM, and those [added](Self::add_root_certificate).
        pub fn root_certificates_only(mut self, pem: impl AsRef<[u8]>) -> Self {
            self.http.set(|builder| builder.root_certificates_only(pem));
            self
        }
    }
}

#[cfg(not(feature = "ureq-stable"))]
mod settings {
    use std::time::Duration;

    use crate::client::host::Host;
    use crate::error::Error;
    use crate::transport::Transport;

    #[derive(Debug, Default)]
    pub(in crate::client) struct HttpSettings;

    impl HttpSettings {
        pub(in crate::client) fn is_set(&self) -> bool {
            false
        }

        pub(in crate::client) fn transport(
            self,
            _timeout: Duration,
            _host: &Host,
        ) -> Result<Box<dyn Transport>, Error> {
            let message = "must be set: the crate was built without the feature `ureq`";
            Err(Error::configuration("transport", message))
        }
    }
}

pub(super) use self::settings::HttpSettings;
