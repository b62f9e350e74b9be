//! The settings of a client, validated when it is built.

use std::env::VarError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::Client;
use super::host::Host;
use super::http::HttpSettings;
use crate::auth::{TokenStore, Tokens};
use crate::clock::{Clock, SystemClock};
use crate::engine::Engine;
use crate::engine::rate::{Limiter, RateLimit};
use crate::engine::{Attempt, Counters, Hook};
use crate::error::Error;
use crate::retry::{Budget, Retry};
use crate::secret::Secret;
use crate::transport::{Headers, Request, Response, Transport, TransportError};

/// Authing's cloud service.
const DEFAULT_HOST: &str = "https://core.authing.cn";
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);
const DEFAULT_DEADLINE: Duration = Duration::from_secs(30);

/// The settings of a [`Client`]. Created by [`Client::builder`]. Nothing is validated or sent before
/// [`build`](Self::build).
#[must_use]
pub struct ClientBuilder {
    user_pool_id: String,
    secret: Secret,
    host: String,
    lang: Option<String>,
    timeout: Duration,
    deadline: Duration,
    retry: Retry,
    rate_limit: Option<RateLimit>,
    token_store: Option<Box<dyn TokenStore>>,
    on_attempt: Option<Hook>,
    #[cfg(feature = "password")]
    public_key: Option<String>,
    allow_plain_http: bool,
    transport: Option<Box<dyn Transport>>,
    pub(super) http: HttpSettings,
    clock: Arc<dyn Clock>,
}

impl ClientBuilder {
    #[allow(clippy::default_constructed_unit_structs, reason = "it has fields where there is a transport")]
    pub(super) fn new() -> Self {
        Self {
            user_pool_id: String::new(),
            secret: Secret::new(""),
            host: DEFAULT_HOST.to_owned(),
            lang: None,
            timeout: DEFAULT_TIMEOUT,
            deadline: DEFAULT_DEADLINE,
            retry: Retry::standard(),
            rate_limit: None,
            token_store: None,
            on_attempt: None,
            #[cfg(feature = "password")]
            public_key: None,
            allow_plain_http: false,
            transport: None,
            http: HttpSettings::default(),
            clock: Arc::new(SystemClock::new()),
        }
    }

    /// Sets the id of the user pool. Required.
    pub fn user_pool_id(mut self, user_pool_id: impl Into<String>) -> Self {
        self.user_pool_id = user_pool_id.into();
        self
    }

    /// Sets the secret of the pool. Required.
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secret = secret.into();
        self
    }

    /// Sets the URL of the service. The default is `https://core.authing.cn`. A path prefix is kept, a
    /// trailing slash is ignored.
    ///
    /// Plain `http` is refused for any host except loopback, unless
    /// [`dangerously_allow_plain_http`](Self::dangerously_allow_plain_http) is called.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = host.into();
        self
    }

    /// Sets the language of the service's messages, for example `en-US`. Error codes do not depend on it.
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Sets the timeout of one attempt, from connecting to the last byte of the response. The default is 10
    /// seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the deadline of one call: all attempts, the waits between them, and fetching the token. The
    /// default is 30 seconds.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets how failed attempts are retried. The default is [`Retry::standard`].
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Limits how many requests per second the client and its clones send in total, including retries and
    /// requests for tokens. There is no limit by default.
    ///
    /// A call waits for its turn within its deadline. If its turn comes later than that, it fails at once
    /// with an error for which [`is_throttled`](Error::is_throttled) returns true. When the service
    /// throttles, the client halves its rate, down to a sixteenth of the limit, then raises it again by a
    /// twentieth of the limit every second.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// Sets where the management token is kept, to share it with other clients or processes. By default it is
    /// kept in memory and shared by the clones of the client.
    pub fn token_store(mut self, store: impl TokenStore + 'static) -> Self {
        self.token_store = Some(Box::new(store));
        self
    }

    /// Sets a hook that is called after each attempt, for metrics or logging. It runs on the thread that made
    /// the attempt; see [`Client`]. A second hook replaces the first. The feature `tracing` reports the same
    /// information as events.
    ///
    /// The hook must not use the client: while a token is being fetched, that call would wait for itself.
    ///
    /// ```
    /// # use authing::Client;
    /// let builder = Client::builder().on_attempt(|attempt| {
    ///     let (operation, duration) = (attempt.operation(), attempt.duration());
    ///     eprintln!("{operation} #{} took {duration:?}", attempt.number());
    /// });
    /// # let _ = builder;
    /// ```
    pub fn on_attempt(mut self, hook: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        self.on_attempt = Some(Box::new(hook));
        self
    }

    /// Sets the key that encrypts passwords, in PEM. By default, the key is fetched from the host when the
    /// first password is sent, and again after the key has been changed there.
    #[cfg(feature = "password")]
    pub fn public_key(mut self, pem: impl Into<String>) -> Self {
        self.public_key = Some(pem.into());
        self
    }

    /// Allows sending the token and all data unencrypted to a host other than loopback. Anyone on the network
    /// path can read them.
    pub fn dangerously_allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Sets the transport: a `UreqTransport` with other settings, the emulator, or a decorator.
    ///
    /// A transport has its own settings for proxies and certificates. Combining it with those of this builder
    /// is an error.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Sets a closure as the transport. Its parameter needs no type annotation.
    ///
    /// ```
    /// use authing::{Client, transport::Response};
    ///
    /// let builder = Client::builder().transport_fn(|request| {
    ///     println!("{} {}", request.method(), request.url());
    ///     Ok(Response::token("TOKEN"))
    /// });
    /// # let _ = builder;
    /// ```
    pub fn transport_fn(
        self,
        send: impl Fn(&Request) -> Result<Response, TransportError> + Send + Sync + 'static,
    ) -> Self {
        self.transport(send)
    }

    /// Sets the clock used for token lifetimes, waits and deadlines.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Reads the pool id, secret, host and language from the environment, like [`Client::from_env`], and lets
    /// you change other settings.
    ///
    /// # Errors
    ///
    /// Returns an error that names the setting if a required variable is missing or a variable cannot be
    /// used.
    pub fn settings_from_env(mut self) -> Result<Self, Error> {
        let required = |setting, variable| {
            let missing =
                || Error::configuration(setting, format!("environment variable {variable} is not set"));
            from_env(setting, variable)?.ok_or_else(missing)
        };
        self.user_pool_id = required("user_pool_id", "AUTHING_USERPOOL_ID")?;
        self.secret = required("secret", "AUTHING_USERPOOL_SECRET")?.into();
        if let Some(host) = from_env("host", "AUTHING_HOST")?.filter(|host| !host.is_empty()) {
            self.host = host;
        }
        if let Some(lang) = from_env("lang", "AUTHING_LANG")?.filter(|lang| !lang.is_empty()) {
            self.lang = Some(lang);
        }
        Ok(self)
    }

    /// Validates the settings and creates the client. Makes no request.
    ///
    /// # Errors
    ///
    /// Returns an error that names the setting.
    pub fn build(self) -> Result<Client, Error> {
        let host = self.checked_host()?;
        self.check()?;
        let headers = self.headers()?;
        #[cfg(feature = "password")]
        let password_key = self.password_key()?;
        let timeout = self.timeout;
        let transport = match self.transport {
            Some(_) if self.http.is_set() => {
                return Err(Error::configuration(
                    "transport",
                    "has settings of its own: proxy and certificates belong to it",
                ));
            }
            Some(transport) => transport,
            None => self.http.transport(timeout, &host)?,
        };
        let tokens = Tokens::new(self.token_store, &host.base, &self.user_pool_id);
        Ok(Client::with_engine(Engine {
            host: host.base,
            user_pool_id: self.user_pool_id,
            secret: self.secret,
            headers,
            transport,
            clock: self.clock,
            timeout,
            deadline: self.deadline,
            retry: self.retry,
            budget: Budget::new(),
            rate: self.rate_limit.map(Limiter::new),
            tokens,
            counters: Counters::default(),
            on_attempt: self.on_attempt,
            #[cfg(feature = "password")]
            password_key: crate::auth::single_flight::SingleFlight::new(
                "the key that encrypts passwords",
                password_key,
            ),
        }))
    }

    fn check(&self) -> Result<(), Error> {
        if self.secret.is_empty() {
            return Err(Error::configuration("secret", "must not be empty"));
        }
        // What remains of a line that was read from a file would be rejected by the service as wrong.
        if self.secret.expose().trim() != self.secret.expose() {
            return Err(Error::configuration("secret", "must not begin or end with white space"));
        }
        for (setting, duration) in [("timeout", self.timeout), ("deadline", self.deadline)] {
            if duration.is_zero() {
                return Err(Error::configuration(setting, "must be greater than zero"));
            }
        }
        Ok(())
    }

    fn checked_host(&self) -> Result<Host, Error> {
        let host = Host::parse(&self.host).map_err(|reason| Error::configuration("host", reason))?;
        if !host.is_encrypted && !host.is_loopback && !self.allow_plain_http {
            return Err(Error::configuration(
                "host",
                "plain http would send the token unencrypted: use https",
            ));
        }
        if self.user_pool_id.starts_with(crate::client::EMULATED_POOL_PREFIX) && !host.is_loopback {
            let reason = format!("an emulated pool is reachable on loopback only, not at {}", host.base);
            return Err(Error::configuration("host", reason));
        }
        Ok(host)
    }

    /// Returns the headers sent with every request.
    fn headers(&self) -> Result<Headers, Error> {
        check_header("user_pool_id", &self.user_pool_id)?;
        let lang = self.lang.as_deref();
        lang.map_or(Ok(()), |lang| check_header("lang", lang))?;
        let headers = [
            ("x-authing-userpool-id", Some(&*self.user_pool_id)),
            ("x-authing-request-from", Some("sdk")),
            ("x-authing-sdk-version", Some(concat!("rust:", env!("CARGO_PKG_VERSION")))),
            ("user-agent", Some(concat!("authing-rust/", env!("CARGO_PKG_VERSION")))),
            ("accept", Some("application/json")),
            ("x-authing-lang", lang),
        ];
        let header = |(name, value): (&'static str, Option<&str>)| {
            value.map(|value| (name.into(), Arc::new(Secret::new(value))))
        };
        Ok(headers.into_iter().filter_map(header).collect())
    }

    #[cfg(feature = "password")]
    fn password_key(&self) -> Result<Option<crate::auth::password::PasswordKey>, Error> {
        let parse = |pem: &String| {
            crate::auth::password::PasswordKey::given(pem).map_err(|cause| {
                Error::configuration("public_key", "is not an RSA public key in PEM").with_source(cause)
            })
        };
        self.public_key.as_ref().map(parse).transpose()
    }
}

/// Reads an environment variable. A variable that is set and cannot be read is an error: if the host were
/// ignored, the secret would be sent to the public service.
fn from_env(setting: &'static str, variable: &str) -> Result<Option<String>, Error> {
    match std::env::var(variable) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => {
            Err(Error::configuration(setting, format!("environment variable {variable} is not Unicode")))
        }
    }
}

/// Rejects text that a header cannot carry or that could start another header.
fn check_header(setting: &'static str, value: &str) -> Result<(), Error> {
    match value {
        "" => Err(Error::configuration(setting, "must not be empty")),
        _ if value.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(()),
        _ => Err(Error::configuration(setting, "must contain only visible ASCII characters")),
    }
}

impl fmt::Debug for ClientBuilder {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            user_pool_id,
            secret,
            host,
            lang,
            timeout,
            deadline,
            retry,
            rate_limit,
            token_store: _,
            on_attempt: _,
            #[cfg(feature = "password")]
            public_key,
            allow_plain_http,
            transport: _,
            http,
            clock: _,
        } = self;
        let mut debug = f.debug_struct("ClientBuilder");
        debug
            .field("user_pool_id", user_pool_id)
            .field("secret", secret)
            .field("host", host)
            .field("lang", lang)
            .field("timeout", timeout)
            .field("deadline", deadline)
            .field("retry", retry)
            .field("rate_limit", rate_limit)
            .field("allow_plain_http", allow_plain_http)
            .field("http", http);
        #[cfg(feature = "password")]
        debug.field("public_key", public_key);
        debug.finish_non_exhaustive()
    }
}
