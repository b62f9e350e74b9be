//! One call, before it is made.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use crate::retry::Retry;
use crate::secret::Secret;
use crate::transport::Effect;
use crate::wire::Wire;

/// What a builder's `with_…` methods set for its one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: Option<Retry>,
    /// What the call is named in errors and logs, in place of the operation's name.
    pub(crate) name: Option<Cow<'static, str>>,
    /// What it does to the server's state, in place of what its operation says.
    pub(crate) effect: Option<Effect>,
    /// On the engine's clock: set for the pieces of one call, which share its deadline.
    pub(crate) ends_at: Option<Duration>,
}

/// Gives a builder the methods that set the options of its call. Their names begin with `with_`, so that they never
/// collide with a parameter of the API.
macro_rules! with_call_options {
    ($builder:ident $(<$type:ident>)?, $($options:ident).+) => {
        impl $(<$type>)? $builder $(<$type>)? {
            /// The time for one attempt of this call, in place of the client's. A token or a key that the call has to
            /// fetch first has the client's own.
            pub fn with_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.$($options).+.timeout = Some(timeout);
                self
            }

            /// The time for this call, attempts and waits together, in place of the client's. A token or a key that is
            /// not there by then is fetched on a background thread for the calls that follow.
            pub fn with_deadline(mut self, deadline: std::time::Duration) -> Self {
                self.$($options).+.deadline = Some(deadline);
                self
            }

            /// What is done about attempts that fail, in place of the client's.
            pub fn with_retry(mut self, retry: crate::retry::Retry) -> Self {
                self.$($options).+.retry = Some(retry);
                self
            }
        }
    };
}
pub(crate) use with_call_options;

/// An operation in its wire form, with the limits within which it has to travel.
pub(crate) struct Plan {
    pub(crate) name: Cow<'static, str>,
    pub(crate) effect: Effect,
    pub(crate) wire: Wire,
    /// Whether another call needs it, and so has earned for both.
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
