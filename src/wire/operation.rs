//! What one operation of the API is, as data.

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::transport::Effect;
use crate::wire::Wire;

/// One operation of the API: what it is called, what it does to the server's state, how it travels, what comes back.
///
/// Every builder of this crate is one. Write your own for an operation that the crate does not cover, and send it with
/// [`Client::execute`](crate::Client::execute): it is signed, timed, retried and read like the built-in ones.
///
/// ```
/// use authing::transport::{Effect, Method};
/// use authing::{Error, Operation, Wire};
///
/// /// The tenants of a user.
/// struct UserTenants<'a> {
///     id: &'a str,
/// }
///
/// impl Operation for UserTenants<'_> {
///     type Output = serde_json::Value;
///     const NAME: &'static str = "userTenants";
///     const EFFECT: Effect = Effect::Read;
///
///     fn wire(&self) -> Result<Wire, Error> {
///         Wire::rest(Method::Get, "/api/v2/users/{}/tenants", &[self.id])
///     }
/// }
/// ```
pub trait Operation {
    /// What a successful call returns.
    type Output: DeserializeOwned;

    /// The API's name, for errors, logs and, in GraphQL, `operationName`.
    const NAME: &'static str;

    /// What it does to the server's state. This decides what may be sent twice: in doubt, `Mutation`.
    const EFFECT: Effect;

    /// Checks the arguments and turns them into a request.
    fn wire(&self) -> Result<Wire, Error>;

    /// Holds the output against what was asked for. An error made with [`Error::unexpected`] says that the response is
    /// about something else. The default accepts everything.
    fn verify(&self, _output: &Self::Output) -> Result<(), Error> {
        Ok(())
    }
}

/// So that one can be used more than once.
impl<O: Operation> Operation for &O {
    type Output = O::Output;
    const NAME: &'static str = O::NAME;
    const EFFECT: Effect = O::EFFECT;

    fn wire(&self) -> Result<Wire, Error> {
        (**self).wire()
    }
}
