//! Operations of the API as data.

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::transport::Effect;
use crate::wire::Wire;

/// One operation of the API: its name, its effect on the server's state, its wire form and its output.
///
/// Every builder of this crate implements it. Implement it for an operation that the crate does not cover,
/// and send it with [`Client::execute`](crate::Client::execute): it is authenticated, timed out, retried and
/// decoded like the built-in ones.
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
    /// The result of a successful call.
    type Output: DeserializeOwned;

    /// The name in the API, for errors, logs and, in GraphQL, `operationName`.
    const NAME: &'static str;

    /// The effect on the server's state. It determines what may be sent twice: in doubt, use `Mutation`.
    const EFFECT: Effect;

    /// Validates the arguments and returns the request.
    fn wire(&self) -> Result<Wire, Error>;

    /// Checks that the output matches the request. Return an error created with [`Error::unexpected`] if the
    /// response is about something else. The default implementation accepts everything.
    fn verify(&self, _output: &Self::Output) -> Result<(), Error> {
        Ok(())
    }
}

/// Lets an operation be used more than once.
impl<O: Operation> Operation for &O {
    type Output = O::Output;
    const NAME: &'static str = O::NAME;
    const EFFECT: Effect = O::EFFECT;

    fn wire(&self) -> Result<Wire, Error> {
        (**self).wire()
    }

    fn verify(&self, output: &Self::Output) -> Result<(), Error> {
        (**self).verify(output)
    }
}
