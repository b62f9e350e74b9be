//! The one error of the crate: what happened, to which operation, and what to do next.
//!
//! An [`Error`] is opaque and one pointer wide. Ask it questions ([`is_not_found`](Error::is_not_found),
//! [`is_retryable`](Error::is_retryable)), then look at its [`kind`](Error::kind), its [`code`](Error::code) and the rest.
//! Its `Display` is one line with the API's own code and message; causes are in the `source()` chain. The raw body of an
//! answer is kept in [`body`](Error::body) and never printed.

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
use crate::transport::TransportError;

/// Why a call failed. See the [module](crate::error) for how to read it.
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
    /// Whether the response is none of the API's.
    is_foreign: bool,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    attempts: u32,
    may_have_happened: bool,
    safe_to_repeat: bool,
    unfinished: Vec<String>,
    partial: Option<Arc<dyn Any + Send + Sync>>,
    /// Shared by all who waited for one response, and so is the cause.
    body: Option<Arc<Vec<u8>>>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// How an error is made: by the layer that saw it, completed by the layers above.
impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into(), ..Inner::default() }))
    }

    /// A setting that cannot be used, named as its setter is.
    pub(crate) fn configuration(setting: &'static str, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Configuration, message).in_operation("client");
        error.0.field = Some(Cow::Borrowed(setting));
        error
    }

    /// An argument that cannot be sent: for operations of your own, in [`Operation::wire`](crate::Operation::wire).
    pub fn invalid_input(field: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::InvalidInput, message);
        error.0.field = Some(field.into());
        error
    }

    /// A response that is not about what was asked for: for operations of your own, in
    /// [`Operation::verify`](crate::Operation::verify).
    pub fn unexpected(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::UnexpectedAnswer, message)
    }

    /// A refusal by the API, by its code.
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

    /// Keeps the `statusCode` of the body, which tells the kind if the code does not.
    #[must_use]
    pub(crate) fn with_inner_status(mut self, status: Option<u16>) -> Self {
        self.0.inner_status = status;
        if let (ErrorKind::Refused, Some(status)) = (self.0.kind, status) {
            self.0.kind = code::kind(i64::from(status));
        }
        self
    }

    /// Marks the response as one that does not come from the API.
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
        self.0.status = Some(status);
        self.0.request_id = request_id.map(|id| line(id, LONGEST_NAME));
        self.0.body = Some(Arc::new(body));
        self
    }

    /// Takes the body out, for an answer that is returned as it came.
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

    /// Says in front of the message what it means here, or where it belongs.
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

    /// Keeps what the pieces of a call gave before one of them failed.
    #[must_use]
    pub(crate) fn with_partial(mut self, output: Box<dyn Any + Send + Sync>) -> Self {
        self.0.partial = Some(output.into());
        self
    }

    /// Replaces what must not be repeated in the texts that came from outside, then cuts what is too long.
    #[must_use]
    pub(crate) fn map_texts(mut self, replace: impl Fn(&str) -> Option<String>) -> Self {
        let Inner { message, request_id, field, .. } = &mut *self.0;
        if let Some(replaced) = replace(message) {
            *message = replaced;
        }
        clip(message, LONGEST_MESSAGE);
        if let Some(replaced) = request_id.as_deref().and_then(&replace) {
            *request_id = Some(replaced);
        }
        if let Some(replaced) = field.as_deref().and_then(&replace) {
            *field = Some(Cow::Owned(replaced));
        }
        self
    }

    /// The same failure once more, for each of several threads that waited for one request, with its cause and its body.
    pub(crate) fn for_another_waiter(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Questions.
impl Error {
    /// Nothing of that id or code exists.
    ///
    /// # Troubleshooting
    /// `detail` and `find` answer `None` instead. A user of another pool counts as not found: check the pool id.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == ErrorKind::NotFound
    }

    /// Something with the same unique value exists already: a username, a phone, an e-mail, a code.
    ///
    /// # Troubleshooting
    /// Look the other one up with `find`. E-mail addresses are compared without regard to case.
    pub fn is_conflict(&self) -> bool {
        self.0.kind == ErrorKind::Conflict
    }

    /// The pool id, the secret or the token was refused.
    ///
    /// # Troubleshooting
    /// Check `user_pool_id` and `secret` in the console, and that `host` is the deployment they belong to. A token that
    /// expired is renewed by the client and does not surface here.
    pub fn is_authentication(&self) -> bool {
        self.0.kind == ErrorKind::Authentication
    }

    /// The pool's owner may not do this.
    ///
    /// # Troubleshooting
    /// The management token stands for the pool's owner. Some fields and some users (the root user) cannot be changed.
    pub fn is_permission_denied(&self) -> bool {
        self.0.kind == ErrorKind::PermissionDenied
    }

    /// An argument is not acceptable, as found by this crate before sending or by the service.
    ///
    /// # Troubleshooting
    /// [`field`](Self::field) names the argument if the crate found it; then nothing was sent.
    pub fn is_invalid_input(&self) -> bool {
        self.0.kind == ErrorKind::InvalidInput
    }

    /// The service asks for fewer requests, or is busy.
    ///
    /// # Troubleshooting
    /// The client has already waited and tried again within the call's deadline. Come back after
    /// [`retry_after`](Self::retry_after), or give the call a longer deadline.
    pub fn is_throttled(&self) -> bool {
        self.0.kind == ErrorKind::Throttled
    }

    /// Time ran out: that of one attempt, or the deadline of the call.
    ///
    /// # Troubleshooting
    /// Raise `timeout` if the service is slow, `deadline` if the call needs more attempts.
    /// [`may_have_happened`](Self::may_have_happened) tells whether a change may have been made.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// The service could not be reached, or the connection broke.
    ///
    /// # Troubleshooting
    /// Check `host`, the network, proxies (`HTTPS_PROXY`) and, with a private deployment, its certificate.
    pub fn is_connection(&self) -> bool {
        self.0.kind == ErrorKind::Connection
    }

    /// An answer came, and it is not what the API promises.
    ///
    /// # Troubleshooting
    /// The message names the place in the document. [`body`](Self::body) has the bytes: a login page of a proxy, perhaps.
    pub fn is_unexpected_answer(&self) -> bool {
        self.0.kind == ErrorKind::UnexpectedAnswer
    }

    /// Trying the same call again later may succeed, and cannot do harm.
    ///
    /// # Troubleshooting
    /// Not true of a change that [may have been made](Self::may_have_happened), unless making it twice is the same as once.
    pub fn is_retryable(&self) -> bool {
        use ErrorKind::{Connection, Server, Throttled, Timeout};
        matches!(self.0.kind, Connection | Server | Throttled | Timeout) && self.0.safe_to_repeat
    }

    /// The call may have changed the pool although it failed: the request was sent, and no usable answer came.
    ///
    /// # Troubleshooting
    /// Look before trying again: `find` the user by the unique value that the failed `create` gave, or let
    /// [`reconcile`](crate::users::CreateUser::reconcile) do so.
    pub fn may_have_happened(&self) -> bool {
        self.0.may_have_happened
    }
}

/// Facts.
impl Error {
    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The API's own code, for example 2026 for a user who exists already.
    pub fn code(&self) -> Option<i64> {
        self.0.code
    }

    /// The HTTP status of the answer, if one came.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The `statusCode` in the body of the response, which newer services send beside their own code. Under HTTP status 200
    /// it decides, as an HTTP status would, whether the request is sent again.
    pub fn inner_status(&self) -> Option<u16> {
        self.0.inner_status
    }

    /// The API's own message, or what this crate has to say. Of a message over 1 KiB, the beginning: [`body`](Self::body) has
    /// all of it. Secrets that the request carried are replaced by `***`. It may have line breaks; `Display` has none.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The argument or setting that is at fault, if this crate found it.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The API operation, for example `searchUser`; `client` for a failure to configure one. `accessToken` and `wellKnown`
    /// are those that every other may need first, for its token and for the key to a password.
    pub fn operation(&self) -> &str {
        &self.0.operation
    }

    /// The id that the service gave to the request, if any, in one line.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How many times the request of [`operation`](Self::operation) was sent. 0 if it never was.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the service asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// In a call that was split into several requests: the ids of those that were not carried out, or may not have been.
    pub fn unfinished(&self) -> &[String] {
        &self.0.unfinished
    }

    /// In a call that was split into several requests: the output of those that succeeded before one failed, put together.
    /// `T` is the output of the call, such as `Vec<User>` for [`batch`](crate::users::Users::batch).
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

    /// The body of the response as it came, whatever its size. It may hold personal data, and secrets that a service repeats:
    /// look at it, do not log it.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_ref().map(|body| body.as_slice())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, operation, field, message, code, status, unfinished, .. } = &*self.0;
        // One line of a bounded length, whatever the service says and whatever things are called.
        if !operation.is_empty() {
            write!(f, "{}: ", Line(operation, LONGEST_NAME))?;
        }
        if let Some(field) = field {
            write!(f, "{}: ", Line(field, LONGEST_NAME))?;
        }
        // A context in front of the message was added after it was cut.
        Line(message, LONGEST_MESSAGE + LONGEST_NAME).fmt(f)?;
        // A status says something only if there is no code, and if it is not what it should be.
        match (code, status) {
            (Some(code), _) => write!(f, " (code {code})")?,
            (None, Some(status)) if *kind != ErrorKind::NotFound => write!(f, " (status {status})")?,
            _ => {}
        }
        match unfinished.len() {
            0 => Ok(()),
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
        f.debug_struct("Error")
            .field("kind", kind)
            .field("operation", operation)
            .field("field", field)
            .field("message", message)
            .field("code", code)
            .field("status", status)
            .field("inner_status", inner_status)
            .field("is_foreign", is_foreign)
            .field("request_id", request_id)
            .field("retry_after", retry_after)
            .field("attempts", attempts)
            .field("may_have_happened", may_have_happened)
            .field("safe_to_repeat", safe_to_repeat)
            .field("unfinished", &unfinished.len())
            .field("partial", &partial.is_some())
            .field("body", &format_args!("{} bytes", body.as_ref().map_or(0, |body| body.len())))
            .field("source", source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// So that `?` works on the settings of a transport. A setting that cannot be used becomes an
/// [`ErrorKind::Configuration`] that names it.
impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::transport(error)
    }
}

/// A transport error whose own text is already the message of the [`Error`] around it: the chain goes on with its cause.
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
