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
    /// The timeout that most requests will have, so that it costs nothing to apply. The client's own unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The largest response that is accepted, in bytes after decompression. 16 MiB unless set.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = Some(bytes);
        self
    }

    /// How long an idle connection is kept. 4 seconds unless set.
    pub fn max_idle_age(mut self, age: Duration) -> Self {
        self.max_idle_age = Some(age);
        self
    }

    /// Sends through a proxy: `http://host:port`, with `user:password@` if it needs them.
    ///
    /// Unless set, the environment is obeyed: `HTTPS_PROXY` for `https`, `HTTP_PROXY` for `http`, else `ALL_PROXY`, and
    /// `NO_PROXY` for the hosts that none of them is for. A variable that cannot be used fails each request that it
    /// concerns, by name; a client that makes its own transport fails when it is built, and obeys none of them for a host
    /// on loopback.
    ///
    /// Fails if the address is not one of an HTTP proxy.
    pub fn proxy(mut self, address: &str) -> Result<Self, TransportError> {
        let proxy = proxy::parse(address).map_err(|reason| TransportError::configuration("proxy", reason))?;
        self.proxy = ProxySetting::Set(proxy);
        Ok(self)
    }

    /// Sends directly, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxySetting::None;
        self
    }

    /// Sends directly unless a proxy was set.
    pub(crate) fn no_proxy_of_the_environment(mut self) -> Self {
        if matches!(self.proxy, ProxySetting::FromEnvironment) {
            self.proxy = ProxySetting::None;
        }
        self
    }

    /// Looks names up in a way of your own: given a name and a port, what they stand for. The operating system is asked
    /// unless set. It runs on a background thread, so that one that stalls does not hold up the call; calls for the same
    /// name share one look-up, and there are at most four such threads. What it finds is remembered for ten seconds, or
    /// until a connection to it fails.
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

    /// Trusts these certificates, in PEM, beside those that are trusted anyway: for a company's CA, or a self-hosted
    /// deployment with one of its own. May be called more than once.
    ///
    /// Trusted anyway are: what the files of `SSL_CERT_FILE` and `SSL_CERT_DIR` hold, if one of these variables is set;
    /// else what the operating system trusts, with the feature `platform-verifier` or `native-tls`; else Mozilla's roots,
    /// which are compiled in. The files are read when the first `https` request needs them, or when the client is built
    /// if it makes its own transport.
    ///
    /// ```no_run
    /// use authing::transport::UreqTransport;
    ///
    /// let pem = std::fs::read("/etc/ssl/company-ca.pem")?;
    /// let transport = UreqTransport::builder().add_root_certificate(pem)?.build();
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Fails if there is no certificate in it.
    pub fn add_root_certificate(mut self, pem: impl AsRef<[u8]>) -> Result<Self, TransportError> {
        let certificates = tls::parse(pem.as_ref())
            .map_err(|reason| TransportError::configuration("add_root_certificate", reason))?;
        self.tls.added.extend(certificates);
        self.tls.bundled = Some(tls::bundled);
        Ok(self)
    }

    /// Trusts these certificates, in PEM, and no others but those that are
    /// [added](Self::add_root_certificate). The environment is not asked. The TLS library stays the one that was chosen.
    ///
    /// Fails if there is no certificate in it.
    pub fn root_certificates_only(mut self, pem: impl AsRef<[u8]>) -> Result<Self, TransportError> {
        let certificates = tls::parse(pem.as_ref())
            .map_err(|reason| TransportError::configuration("root_certificates_only", reason))?;
        self.tls.base = Base::Only(certificates);
        Ok(self)
    }

    /// Uses rustls and Mozilla's roots, which are compiled in, whatever the features and the environment say.
    pub fn bundled_roots(mut self) -> Self {
        self.tls.base = Base::Bundled;
        self.tls.provider = Some(TlsProvider::Rustls);
        self
    }

    /// Uses rustls and lets the operating system's certificate verifier decide. With this feature and without
    /// `native-tls`, that is the default.
    #[cfg(feature = "platform-verifier")]
    pub fn platform_verifier(mut self) -> Self {
        self.tls.base = Base::PlatformVerifier;
        self.tls.provider = Some(TlsProvider::Rustls);
        self
    }

    /// Uses the operating system's TLS library and its certificates. With this feature, that is the default.
    #[cfg(feature = "native-tls")]
    pub fn native_tls(mut self) -> Self {
        self.tls.base = Base::NativeTls;
        self.tls.provider = Some(TlsProvider::NativeTls);
        self
    }

    /// Makes the transport. No connection is opened.
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
        }
    }
}

impl fmt::Debug for UreqTransportBuilder {
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
