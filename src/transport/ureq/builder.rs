//! Settings of a [`UreqTransport`].

use std::fmt;
#[cfg(feature = "ureq")]
use std::io;
#[cfg(feature = "ureq")]
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use ::ureq::Proxy;
use ::ureq::tls::TlsProvider;

use super::agents::{OfProcess, Own};
use super::proxy::{self, Proxies};
#[cfg(feature = "ureq")]
use super::resolver::LookUp;
use super::tls::{self, Base, Tls};
use super::{Agents, MAX_BODY, UreqTransport};
use crate::transport::TransportError;

const MAX_IDLE_AGE: Duration = Duration::from_secs(4);

/// Settings of a [`UreqTransport`].
#[derive(Default)]
#[must_use]
pub struct UreqTransportBuilder {
    timeout: Option<Duration>,
    max_body: Option<u64>,
    max_idle_age: Option<Duration>,
    proxy: ProxySetting,
    tls: Tls,
    #[cfg(feature = "ureq")]
    look_up: Option<Arc<LookUp>>,
}

#[derive(Default)]
enum ProxySetting {
    #[default]
    FromEnvironment,
    None,
    Set(Proxy),
}

impl UreqTransportBuilder {
    /// Sets the timeout that most requests will have, so that it costs nothing to apply. Defaults to the
    /// client's own.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the maximum size of a response in bytes, after decompression. Defaults to 16 MiB.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = Some(bytes);
        self
    }

    /// Sets how long an idle connection is kept. Defaults to 4 seconds.
    pub fn max_idle_age(mut self, age: Duration) -> Self {
        self.max_idle_age = Some(age);
        self
    }

    /// Sets the proxy: `http://host:port`, with `user:password@` if it requires authentication.
    ///
    /// By default, the environment is used: `HTTPS_PROXY` for `https`, `HTTP_PROXY` for `http`, otherwise
    /// `ALL_PROXY`, and `NO_PROXY` for the hosts to exclude. A variable that cannot be used fails each
    /// request to which it applies, with an error that names it. If the client creates the transport itself,
    /// building the client fails instead, and the variables are ignored for a host on loopback.
    ///
    /// Returns an error if the address is not that of an HTTP proxy.
    pub fn proxy(mut self, address: &str) -> Result<Self, TransportError> {
        let proxy = proxy::parse(address).map_err(|reason| TransportError::configuration("proxy", reason))?;
        self.proxy = ProxySetting::Set(proxy);
        Ok(self)
    }

    /// Connects directly and ignores the proxy variables of the environment.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxySetting::None;
        self
    }

    /// Connects directly unless a proxy was set.
    pub(crate) fn no_proxy_of_the_environment(mut self) -> Self {
        if matches!(self.proxy, ProxySetting::FromEnvironment) {
            self.proxy = ProxySetting::None;
        }
        self
    }

    /// Sets how names are resolved: a function from a name and a port to addresses. By default, the operating
    /// system resolves them. DNS lookups run on background threads, so that a slow one does not delay the
    /// call beyond its deadline. Calls for the same name share one lookup, and there are at most four
    /// threads. Results are cached for ten seconds, or until a connection to them fails.
    ///
    /// ```
    /// use authing::transport::UreqTransport;
    ///
    /// let transport = UreqTransport::builder()
    ///     .resolver(|_name, port| Ok(vec![([10, 0, 0, 7], port).into()]))
    ///     .build();
    /// ```
    #[cfg(feature = "ureq")]
    pub fn resolver(
        mut self,
        look_up: impl Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync + 'static,
    ) -> Self {
        self.look_up = Some(Arc::new(look_up));
        self
    }

    /// Trusts these certificates, in PEM, in addition to those that are already trusted: for a company's CA,
    /// or a self-hosted deployment with its own. Can be called more than once.
    ///
    /// By default, the following are trusted: the certificates in `SSL_CERT_FILE` and `SSL_CERT_DIR`, if one
    /// of these variables is set; otherwise those of the operating system, with the feature
    /// `platform-verifier` or `native-tls`; otherwise Mozilla's roots, which are compiled in. The files are
    /// read when the first `https` request needs them, or when the client is built if it creates the
    /// transport itself.
    ///
    /// ```no_run
    /// use authing::transport::UreqTransport;
    ///
    /// let pem = std::fs::read("/etc/ssl/company-ca.pem")?;
    /// let transport = UreqTransport::builder().add_root_certificate(pem)?.build();
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Returns an error if it contains no certificate.
    pub fn add_root_certificate(mut self, pem: impl AsRef<[u8]>) -> Result<Self, TransportError> {
        let certificates = tls::parse(pem.as_ref())
            .map_err(|reason| TransportError::configuration("add_root_certificate", reason))?;
        self.tls.added.extend(certificates);
        self.tls.bundled = Some(tls::bundled);
        Ok(self)
    }

    /// Trusts only these certificates, in PEM, and those [added](Self::add_root_certificate). The environment
    /// is ignored. The TLS library is not affected.
    ///
    /// Returns an error if it contains no certificate.
    pub fn root_certificates_only(mut self, pem: impl AsRef<[u8]>) -> Result<Self, TransportError> {
        let certificates = tls::parse(pem.as_ref())
            .map_err(|reason| TransportError::configuration("root_certificates_only", reason))?;
        self.tls.base = Base::Only(certificates);
        Ok(self)
    }

    /// Uses rustls and Mozilla's roots, which are compiled in, regardless of features and environment.
    pub fn bundled_roots(mut self) -> Self {
        self.tls.base = Base::Bundled;
        self.tls.provider = Some(TlsProvider::Rustls);
        self
    }

    /// Uses rustls with the operating system's certificate verifier. This is the default with this feature
    /// and without `native-tls`.
    #[cfg(feature = "platform-verifier")]
    pub fn platform_verifier(mut self) -> Self {
        self.tls.base = Base::PlatformVerifier;
        self.tls.provider = Some(TlsProvider::Rustls);
        self
    }

    /// Uses the operating system's TLS library and its certificates. This is the default with this feature.
    #[cfg(feature = "native-tls")]
    pub fn native_tls(mut self) -> Self {
        self.tls.base = Base::NativeTls;
        self.tls.provider = Some(TlsProvider::NativeTls);
        self
    }

    /// Creates the transport. No connection is opened.
    pub fn build(self) -> UreqTransport {
        let mut tls = self.tls;
        if matches!(tls.base, Base::Default) {
            tls.read_environment();
        }
        let proxies = match self.proxy {
            ProxySetting::FromEnvironment => Proxies::from_environment(),
            ProxySetting::None => Proxies::None,
            ProxySetting::Set(proxy) => Proxies::One(proxy),
        };
        let opened: Arc<AtomicU64> = Arc::default();
        let own = Own {
            timeout: self.timeout,
            max_idle_age: self.max_idle_age.unwrap_or(MAX_IDLE_AGE),
            proxies,
            tls,
            #[cfg(feature = "ureq")]
            look_up: self.look_up,
            #[cfg(feature = "ureq")]
            opened: Arc::clone(&opened),
            first: OfProcess::new(),
        };
        UreqTransport {
            agents: Agents::Own(Arc::new(own)),
            max_body: self.max_body.unwrap_or(MAX_BODY),
            timeout: self.timeout,
            opened,
            last_length: Arc::default(),
        }
    }
}

impl fmt::Debug for UreqTransportBuilder {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            timeout,
            max_body,
            max_idle_age,
            proxy,
            tls,
            #[cfg(feature = "ureq")]
            look_up,
        } = self;
        let proxy = match proxy {
            ProxySetting::FromEnvironment => "FromEnvironment",
            ProxySetting::None => "None",
            ProxySetting::Set(_) => "Set(***)",
        };
        let mut debug = f.debug_struct("UreqTransportBuilder");
        debug
            .field("timeout", timeout)
            .field("max_body", max_body)
            .field("max_idle_age", max_idle_age)
            .field("proxy", &format_args!("{proxy}"))
            .field("roots", &format_args!("{}", tls.base.name()))
            .field("added_certificates", &tls.added.len());
        #[cfg(feature = "ureq")]
        debug.field("resolver", &look_up.is_some());
        debug.finish()
    }
}
