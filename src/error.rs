//! The error type of the crate.
//!
//! An [`Error`] says what happened, in which operation, and what to do next. It is opaque and one pointer
//! wide. Start with its predicates ([`is_not_found`](Error::is_not_found),
//! [`is_retryable`](Error::is_retryable)), then look at its [`kind`](Error::kind), its [`code`](Error::code)
//! and the other methods. `Display` writes one line with the API's own code and message; causes are in the
//! `source()` chain. The raw body of a response is available from [`body`](Error::body) and is never printed.

mod code;
mod kind;
mod refusal;
mod text;

use std::any::Any;
use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use self::code::PASSWORD_NOT_DECRYPTED;
pub use self::kind::ErrorKind;
pub(crate) use self::refusal::{find as find_refusal, mark as mark_refusal};
use self::text::{LONGEST_MESSAGE, LONGEST_NAME, Line, clip, line};
use crate::transport::{DryRun, TransportError};

/// The error of a failed call. See the [module documentation](crate::error).
pub struct Error(Box<Inner>);

#[derive(Clone, Default)]
struct Inner {
    kind: ErrorKind,
    operation: Cow<'static, str>,
    field: Option<Cow<'static, str>>,
    message: String,
    code: Option<i64>,
    status: Option<u16>,
    inner_status: Option<u16>,
    /// Whether the response does not come from the API.
    is_foreign: bool,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    attempts: u32,
    may_have_happened: bool,
    safe_to_repeat: bool,
    unfinished: Vec<String>,
    partial: Option<Arc<dyn Any + Send + Sync>>,
    /// Shared by all callers that waited for the same response, like the source.
    body: Option<Arc<Vec<u8>>>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

// Constructors, for the layer that saw the error, and methods that let higher layers complete it.
impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::of(kind, None, message.into())
    }

    fn of(kind: ErrorKind, field: Option<Cow<'static, str>>, message: String) -> Self {
        Self(Box::new(Inner { kind, field, message, ..Inner::default() }))
    }

    /// A setting that cannot be used. `setting` is the name of its setter.
    pub(crate) fn configuration(setting: &'static str, message: impl Into<String>) -> Self {
        Self::of(ErrorKind::Configuration, Some(Cow::Borrowed(setting)), message.into())
            .in_operation("client")
    }

    /// Creates an error for an argument that cannot be sent. For use in the
    /// [`Operation::wire`](crate::Operation::wire) of your own operations.
    pub fn invalid_input(field: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::of(ErrorKind::InvalidInput, Some(field.into()), message.into())
    }

    /// Creates an error for a response that does not match the request. For use in the
    /// [`Operation::verify`](crate::Operation::verify) of your own operations.
    pub fn unexpected(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::UnexpectedAnswer, message)
    }

    /// A refusal by the API, classified by its code.
    pub(crate) fn api(code: i64, message: impl Into<String>) -> Self {
        let mut error = Self::new(code::kind(code), message);
        error.0.code = Some(code);
        error
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        let mut this = match error.setting() {
            Some((setting, message)) => Self::configuration(setting, message),
            None => Self::new(ErrorKind::of_transport(&error), error.to_string()),
        };
        this.0.source = std::error::Error::source(&error).is_some().then(|| Arc::new(Unwrapped(error)) as _);
        this
    }

    #[must_use]
    pub(crate) fn in_operation(mut self, operation: impl Into<Cow<'static, str>>) -> Self {
        if self.0.operation.is_empty() {
            self.0.operation = operation.into();
        }
        self
    }

    #[must_use]
    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    #[must_use]
    pub(crate) fn with_message(mut self, message: impl Into<String>) -> Self {
        self.0.message = message.into();
        self
    }

    /// Keeps the `statusCode` of the body, which determines the kind if the code does not.
    #[must_use]
    pub(crate) fn with_inner_status(mut self, status: Option<u16>) -> Self {
        self.0.inner_status = status;
        if let (ErrorKind::Refused, Some(status)) = (self.0.kind, status) {
            self.0.kind = code::kind(i64::from(status));
        }
        self
    }

    /// Marks the response as not coming from the API.
    #[must_use]
    pub(crate) fn of_foreign_host(mut self) -> Self {
        self.0.is_foreign = true;
        self
    }

    pub(crate) fn is_foreign(&self) -> bool {
        self.0.is_foreign
    }

    #[must_use]
    pub(crate) fn with_answer(mut self, status: u16, request_id: Option<&str>, body: Vec<u8>) -> Self {
        if DryRun::is_answer(&body) {
            self.0.kind = ErrorKind::Other;
        }
        self.0.status = Some(status);
        self.0.request_id = request_id.map(|id| line(id, LONGEST_NAME));
        self.0.body = Some(Arc::new(body));
        self
    }

    /// Takes the body, for a response that is returned unchanged.
    pub(crate) fn take_body(&mut self) -> Vec<u8> {
        self.0.body.take().map(Arc::unwrap_or_clone).unwrap_or_default()
    }

    #[must_use]
    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    #[must_use]
    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    #[must_use]
    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    #[must_use]
    pub(crate) fn with_may_have_happened(mut self, may_have_happened: bool) -> Self {
        self.0.may_have_happened = may_have_happened;
        self
    }

    #[must_use]
    pub(crate) fn with_safe_to_repeat(mut self, safe_to_repeat: bool) -> Self {
        self.0.safe_to_repeat = safe_to_repeat;
        self
    }

    /// Prepends a context to the message.
    #[must_use]
    pub(crate) fn with_context(mut self, context: &str) -> Self {
        self.0.message = format!("{context}: {}", self.0.message);
        self
    }

    #[must_use]
    pub(crate) fn with_unfinished(mut self, ids: Vec<String>) -> Self {
        self.0.unfinished = ids;
        self
    }

    /// Keeps the output of the requests that succeeded before one failed.
    #[must_use]
    pub(crate) fn with_partial(mut self, output: Box<dyn Any + Send + Sync>) -> Self {
        self.0.partial = Some(output.into());
        self
    }

    /// Replaces parts of the texts that came from outside, then truncates them.
    #[must_use]
    pub(crate) fn map_texts(mut self, replace: &dyn Fn(&str) -> Option<String>) -> Self {
        let Inner { message, request_id, field, .. } = &mut *self.0;
        if let Some(replaced) = replace(message) {
            *message = replaced;
        }
        clip(message, LONGEST_MESSAGE);
        if let Some(replaced) = request_id.as_deref().and_then(replace) {
            *request_id = Some(replaced);
        }
        if let Some(replaced) = field.as_deref().and_then(replace) {
            *field = Some(Cow::Owned(replaced));
        }
        self
    }

    /// Copies the error, with its source and body, for another thread that waited for the same request.
    pub(crate) fn for_another_waiter(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Predicates.
impl Error {
    /// Returns whether nothing with that id or code exists.
    ///
    /// # Troubleshooting
    ///
    /// `detail` and `find` return `None` instead of this error. A user of another pool counts as not found:
    /// check the pool id.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == ErrorKind::NotFound
    }

    /// Returns whether something with the same unique value already exists: a username, a phone number, an
    /// e-mail address, a code.
    ///
    /// # Troubleshooting
    ///
    /// Look up the existing user with `find`. E-mail addresses are compared case-insensitively.
    pub fn is_conflict(&self) -> bool {
        self.0.kind == ErrorKind::Conflict
    }

    /// Returns whether the pool id, the secret or the token was rejected.
    ///
    /// # Troubleshooting
    ///
    /// Check that `user_pool_id` and `secret` match the console, and that `host` is the deployment they
    /// belong to. Expired tokens are renewed by the client and do not cause this error. If the service has
    /// rejected a new token as well, no other is fetched for half a second to 5 seconds, and calls fail in
    /// the meantime: see [`retry`](crate::retry).
    pub fn is_authentication(&self) -> bool {
        self.0.kind == ErrorKind::Authentication
    }

    /// Returns whether the owner of the pool lacks the permission for the operation.
    ///
    /// # Troubleshooting
    ///
    /// The management token acts as the owner of the pool. Some fields and some users, such as the root user,
    /// cannot be changed.
    pub fn is_permission_denied(&self) -> bool {
        self.0.kind == ErrorKind::PermissionDenied
    }

    /// Returns whether an argument was rejected, by this crate before sending or by the service.
    ///
    /// # Troubleshooting
    ///
    /// If the crate rejected the argument, [`field`](Self::field) names it and nothing was sent.
    pub fn is_invalid_input(&self) -> bool {
        self.0.kind == ErrorKind::InvalidInput
    }

    /// Returns whether the call was throttled or the service is busy.
    ///
    /// # Troubleshooting
    ///
    /// The client has already waited and retried within the deadline of the call. Try again after
    /// [`retry_after`](Self::retry_after), or use a longer deadline.
    pub fn is_throttled(&self) -> bool {
        self.0.kind == ErrorKind::Throttled
    }

    /// Returns whether the timeout of an attempt or the deadline of the call expired.
    ///
    /// # Troubleshooting
    ///
    /// Raise `timeout` if the service is slow, or `deadline` if the call needs more attempts.
    /// [`may_have_happened`](Self::may_have_happened) returns whether a change may have been made.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Returns whether the service could not be reached or the connection broke.
    ///
    /// # Troubleshooting
    ///
    /// Check `host`, the network, the proxy (`HTTPS_PROXY`) and, for a self-hosted deployment, its
    /// certificate.
    pub fn is_connection(&self) -> bool {
        self.0.kind == ErrorKind::Connection
    }

    /// Returns whether a response arrived that is not what the API specifies.
    ///
    /// # Troubleshooting
    ///
    /// The message names the place in the document. [`body`](Self::body) returns the bytes, which may be, for
    /// example, the sign-in page of a proxy.
    pub fn is_unexpected_answer(&self) -> bool {
        self.0.kind == ErrorKind::UnexpectedAnswer
    }

    /// Returns whether the same call may succeed if it is made again later, without risk of a duplicate
    /// change.
    ///
    /// # Troubleshooting
    ///
    /// Returns false for a change that [may have happened](Self::may_have_happened), unless the operation is
    /// idempotent.
    pub fn is_retryable(&self) -> bool {
        use ErrorKind::{Connection, Server, Throttled, Timeout};
        matches!(self.0.kind, Connection | Server | Throttled | Timeout) && self.0.safe_to_repeat
    }

    /// Returns whether a [`DryRun`] recorded the change instead of sending it.
    ///
    /// # Troubleshooting
    ///
    /// Nothing is wrong. Go on as if the change had succeeded, without what it would have returned.
    pub fn is_dry_run(&self) -> bool {
        self.body().is_some_and(DryRun::is_answer)
    }

    /// Returns whether the outcome of a failed change is unknown: the request was sent, and no usable
    /// response arrived.
    ///
    /// # Troubleshooting
    ///
    /// Check before trying again: `find` the user by the unique value passed to `create`, or let
    /// [`reconcile`](crate::users::CreateUser::reconcile) do so.
    pub fn may_have_happened(&self) -> bool {
        self.0.may_have_happened
    }
}

/// Details.
impl Error {
    /// Returns the kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the API's own code, for example 2026 for a user that already exists.
    pub fn code(&self) -> Option<i64> {
        self.0.code
    }

    /// Returns the HTTP status of the response, if one arrived.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Returns the `statusCode` in the body of the response, which newer services send in addition to their
    /// own code. If the HTTP status is 200, it determines whether the request is retried, as an HTTP status
    /// would.
    pub fn inner_status(&self) -> Option<u16> {
        self.0.inner_status
    }

    /// Returns the API's own message, or a message of this crate. Messages longer than 1 KiB are truncated;
    /// [`body`](Self::body) has the full text. Secrets sent in the request are replaced by `***`. The message
    /// may contain line breaks; `Display` has none.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the argument or setting at fault, if this crate found it.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// Returns the name of the API operation, for example `searchUser`, or `client` if the client could not
    /// be configured. The operations `accessToken` and `wellKnown` may run before any other, to fetch the
    /// token and the key that encrypts passwords.
    pub fn operation(&self) -> &str {
        &self.0.operation
    }

    /// Returns the id that the service gave the request, if any, as one line.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns how often the request of [`operation`](Self::operation) was sent: 0 if it was never sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns how long the service asked to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the ids that were not processed, or may not have been, in a call that was split into several
    /// requests.
    pub fn unfinished(&self) -> &[String] {
        &self.0.unfinished
    }

    /// Returns the combined output of the requests that succeeded before one failed, in a call that was split
    /// into several requests. `T` is the output of the call, such as `Vec<User>` for
    /// [`batch`](crate::users::Users::batch).
    ///
    /// ```no_run
    /// # let client = authing::Client::from_env()?;
    /// # let ids = ["5f718016d8e5f7e9d6d3a1b2"];
    /// use authing::User;
    ///
    /// let users = client.users().batch(ids).send().or_else(|error| {
    ///     eprintln!("{error}; {} are left to ask for", error.unfinished().len());
    ///     match error.partial::<Vec<User>>() {
    ///         Some(users) => Ok(users.clone()),
    ///         None => Err(error),
    ///     }
    /// })?;
    /// # let _ = users;
    /// # Ok::<(), authing::Error>(())
    /// ```
    pub fn partial<T: 'static>(&self) -> Option<&T> {
        self.0.partial.as_ref()?.downcast_ref()
    }

    /// Returns the body of the response unchanged, whatever its size. It may contain personal data, and
    /// secrets that the service repeats: inspect it, do not log it.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_ref().map(|body| body.as_slice())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, operation, field, message, code, status, unfinished, .. } = &*self.0;
        // One line of bounded length, whatever the service sends.
        if !operation.is_empty() {
            write!(f, "{}: ", Line(operation, LONGEST_NAME))?;
        }
        if let Some(field) = field {
            write!(f, "{}: ", Line(field, LONGEST_NAME))?;
        }
        // A context was prepended after the message had been truncated.
        Line(message, LONGEST_MESSAGE + LONGEST_NAME).fmt(f)?;
        // The status adds information only if there is no code and it is not the expected one.
        match (code, status) {
            (Some(code), _) => write!(f, " (code {code})")?,
            (None, Some(status)) if *kind != ErrorKind::NotFound => write!(f, " (status {status})")?,
            _ => {}
        }
        match unfinished.len() {
            0 => Ok(()),
            1 => f.write_str(" (1 id unfinished)"),
            count => write!(f, " ({count} ids unfinished)"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            kind,
            operation,
            field,
            message,
            code,
            status,
            inner_status,
            is_foreign,
            request_id,
            retry_after,
            attempts,
            may_have_happened,
            safe_to_repeat,
            unfinished,
            partial,
            body,
            source,
        } = &*self.0;
        // Only what is set: a `main` that returns the error prints this.
        let mut f = f.debug_struct("Error");
        f.field("kind", kind).field("operation", operation);
        if_some(&mut f, "field", field);
        f.field("message", message);
        if_some(&mut f, "code", code);
        if_some(&mut f, "status", status);
        if_some(&mut f, "inner_status", inner_status);
        if_some(&mut f, "is_foreign", &is_foreign.then_some(true));
        if_some(&mut f, "request_id", request_id);
        if_some(&mut f, "retry_after", retry_after);
        f.field("attempts", attempts);
        if_some(&mut f, "may_have_happened", &may_have_happened.then_some(true));
        if_some(&mut f, "safe_to_repeat", &safe_to_repeat.then_some(true));
        if_some(&mut f, "unfinished", &Some(unfinished.len()).filter(|count| *count > 0));
        if_some(&mut f, "partial", &partial.is_some().then_some(true));
        if let Some(body) = body {
            f.field("body", &format_args!("{} bytes", body.len()));
        }
        if_some(&mut f, "source", source);
        f.finish()
    }
}

fn if_some(f: &mut fmt::DebugStruct<'_, '_>, name: &str, value: &Option<impl fmt::Debug>) {
    if let Some(value) = value {
        f.field(name, value);
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// Lets `?` convert errors of transport settings. A setting that cannot be used becomes an
/// [`ErrorKind::Configuration`] that names it.
impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::transport(error)
    }
}

/// A transport error whose text is already the message of the surrounding [`Error`]: the chain continues with
/// its cause.
#[derive(Debug)]
struct Unwrapped(TransportError);

impl fmt::Display for Unwrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match StdError::source(&self.0) {
            Some(cause) => fmt::Display::fmt(cause, f),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl StdError for Unwrapped {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        StdError::source(&self.0).and_then(StdError::source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::{Delivered, TransportErrorKind};

    #[test]
    fn an_error_is_one_pointer_wide_and_can_cross_threads() {
        fn portable<T: Send + Sync + 'static>() {}
        portable::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn display_is_one_line_with_operation_message_and_code() {
        let error = Error::api(2004, "user does not exist").in_operation("updateUser");
        assert_eq!(error.to_string(), "updateUser: user does not exist (code 2004)");
        assert!(error.is_not_found());
    }

    #[test]
    fn display_does_not_repeat_the_source() {
        let cause = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "refused");
        let error = TransportError::new(TransportErrorKind::Connect, Delivered::No).with_source(cause);
        let error = Error::transport(error);
        assert_eq!(error.to_string(), "connection failed");
        assert_eq!(error.source().unwrap().to_string(), "refused");
        assert!(error.source().unwrap().source().is_none());
    }

    #[test]
    fn another_waiter_is_told_all_of_it() {
        let cause = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "refused");
        let error = TransportError::new(TransportErrorKind::Connect, Delivered::Maybe).with_source(cause);
        let error = Error::transport(error).in_operation("accessToken").with_attempts(2);
        let error = error.with_answer(503, Some("r-1"), b"body".to_vec());
        let error = error.with_safe_to_repeat(true).with_may_have_happened(true);
        let other = error.for_another_waiter();
        assert_eq!(format!("{error:?}"), format!("{other:?}"));
        assert_eq!(other.source().unwrap().to_string(), "refused");
        assert_eq!(other.body(), Some(&b"body"[..]));
        assert!(other.is_retryable() && other.may_have_happened());
    }

    #[test]
    fn neither_debug_nor_display_shows_the_body() {
        let error = Error::api(500, "no").with_answer(200, None, b"planted".to_vec());
        assert!(!format!("{error:?} {error}").contains("planted"));
        assert_eq!(error.body(), Some(&b"planted"[..]));
    }
}
