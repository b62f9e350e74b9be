//! One call, before it is made.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use crate::retry::Retry;
use crate::secret::Secret;
use crate::transport::Effect;
use crate::wire::Wire;

/// The options that the `with_…` methods of a builder set for its call.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: Option<Retry>,
    /// The name of the call in errors and logs, instead of the operation's name.
    pub(crate) name: Option<Cow<'static, str>>,
    /// The effect on the server's state, instead of the operation's own.
    pub(crate) effect: Option<Effect>,
    /// On the engine's clock. Set for the parts of one call, which share its deadline.
    pub(crate) ends_at: Option<Duration>,
}

/// Adds the methods that set the options of a call to a builder. Their names begin with `with_`, so that they
/// never collide with a parameter of the API.
macro_rules! with_call_options {
    ($builder:ident $(<$type:ident>)?, $($options:ident).+) => {
        impl $(<$type>)? $builder $(<$type>)? {
            /// Sets the timeout of one attempt of this call, overriding the client's. A token or a key that
            /// must be fetched first has the client's own timeout.
            #[inline]
            pub fn with_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.$($options).+.timeout = Some(timeout);
                self
            }

            /// Sets the deadline of this call, including attempts and waits, overriding the client's. A token
            /// or a key that is not available by then is fetched on a background thread for later calls.
            #[inline]
            pub fn with_deadline(mut self, deadline: std::time::Duration) -> Self {
                self.$($options).+.deadline = Some(deadline);
                self
            }

            /// Sets how failed attempts of this call are retried, overriding the client's policy.
            #[inline]
            pub fn with_retry(mut self, retry: crate::retry::Retry) -> Self {
                self.$($options).+.retry = Some(retry);
                self
            }
        }
    };
}
pub(crate) use with_call_options;

/// An operation in its wire form, with its limits.
pub(crate) struct Plan {
    pub(crate) name: Cow<'static, str>,
    pub(crate) effect: Effect,
    pub(crate) wire: Wire,
    /// Whether it runs on behalf of another call, which has already earned the budget for both.
    pub(crate) is_nested: bool,
    /// On the engine's clock.
    pub(crate) deadline: Duration,
    /// Of one attempt.
    pub(crate) timeout: Duration,
    pub(crate) retry: Retry,
}

/// The media type of every body.
pub(super) fn json_media_type() -> Arc<Secret> {
    static JSON: LazyLock<Arc<Secret>> = LazyLock::new(|| Arc::new(Secret::new("application/json")));
    Arc::clone(&JSON)
}
