//! Ready-made responses in the envelopes of the service, for tests with a closure as the transport.

use serde_json::{Value, json};

use crate::transport::Response;

/// In seconds: the lifetime that the service gives its tokens.
const TOKEN_LIFETIME: i64 = 1_296_000;

/// Responses in the form in which the service sends them, for a transport of your own in a test.
impl Response {
    /// Creates the response to the `accessToken` query, which a client sends before its first call. The token
    /// is valid for 15 days.
    ///
    /// ```
    /// use authing::{Client, transport::Response};
    /// use serde_json::json;
    ///
    /// let client = Client::builder()
    ///     .user_pool_id("POOL")
    ///     .secret("SECRET")
    ///     .transport_fn(|request| match request.operation() {
    ///         "accessToken" => Ok(Response::token("TOKEN")),
    ///         _ => Ok(Response::graphql(json!({"findUser": {"id": "1", "username": "bob"}}))),
    ///     })
    ///     .build()?;
    /// let bob = client.users().find().username("bob").send()?;
    /// assert_eq!(bob.map(|user| user.id).as_deref(), Some("1"));
    /// # Ok::<(), authing::Error>(())
    /// ```
    pub fn token(token: impl AsRef<str>) -> Self {
        let issued = 1_600_000_000;
        Self::graphql(json!({"accessToken": {
            "accessToken": token.as_ref(), "iat": issued, "exp": issued + TOKEN_LIFETIME,
        }}))
    }

    /// Creates a GraphQL response with this `data`: an object with a field for the operation.
    pub fn graphql(data: Value) -> Self {
        Self::json(200, &json!({ "data": data }))
    }

    /// Creates a GraphQL error response, with status 200: for example code 2004 for a user that does not
    /// exist.
    pub fn graphql_error(code: i64, message: impl AsRef<str>) -> Self {
        let message = json!({"code": code, "message": message.as_ref()});
        Self::json(200, &json!({"errors": [{ "message": message }], "data": null}))
    }

    /// Creates a REST response with this `data`.
    pub fn rest(data: Value) -> Self {
        Self::json(200, &json!({"code": 200, "message": "ok", "data": data}))
    }

    /// Creates a REST error response, with status 200.
    pub fn rest_error(code: i64, message: impl AsRef<str>) -> Self {
        Self::json(200, &json!({"code": code, "message": message.as_ref(), "data": null}))
    }

    fn json(status: u16, body: &Value) -> Self {
        Self::new(status, body.to_string()).with_header("content-type", "application/json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Client, ErrorKind};

    fn client(answer: impl Fn() -> Response + Send + Sync + 'static) -> Client {
        let builder = Client::builder().user_pool_id("POOL").secret("SECRET");
        let transport = move |request: &crate::transport::Request| match request.operation() {
            "accessToken" => Ok(Response::token("TOKEN")),
            _ => Ok(answer()),
        };
        builder.transport_fn(transport).build().unwrap()
    }

    #[test]
    fn each_ready_made_response_is_read_as_what_it_says() {
        let found = client(|| Response::graphql(json!({"findUser": {"id": "1"}})));
        assert_eq!(found.users().find().username("bob").send().unwrap().unwrap().id, "1");
        let detail = client(|| Response::rest(json!({"id": "1"})));
        assert_eq!(detail.users().detail("1").with_custom_data().send().unwrap().unwrap().id, "1");
        let taken = client(|| Response::graphql_error(2026, "taken"));
        let error = taken.users().create().username("bob").send().unwrap_err();
        assert_eq!((error.kind(), error.code(), error.message()), (ErrorKind::Conflict, Some(2026), "taken"));
        let refused = client(|| Response::rest_error(2206, "no"));
        assert!(refused.users().detail("1").send().is_err());
    }
}
