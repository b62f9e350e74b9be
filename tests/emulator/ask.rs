//! Raw requests to a pool in this process.

use authing::emulator::Pool;
use authing::transport::{Method, Request, Response, Transport};
use serde_json::{Value, json};

/// A pool and a management token for it.
pub(crate) struct Asker {
    pub(crate) pool: Pool,
    pub(crate) token: Option<String>,
}

impl Asker {
    pub(crate) fn new() -> Self {
        Self::of(Pool::new())
    }

    pub(crate) fn of(pool: Pool) -> Self {
        let mut asker = Self { pool, token: None };
        asker.log_in();
        asker
    }

    pub(crate) fn log_in(&mut self) {
        let answer = self.graphql(
            "query ($id: String!, $secret: String!) {
                accessToken(userPoolId: $id, secret: $secret) { accessToken exp iat }
            }",
            json!({ "id": self.pool.id(), "secret": self.pool.secret().expose() }),
        );
        let token = answer["data"]["accessToken"]["accessToken"].as_str();
        self.token = Some(token.unwrap_or_else(|| panic!("{answer}")).to_owned());
    }

    pub(crate) fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Response {
        let mut request = Request::new(method, format!("http://pool.invalid{path}"));
        if let Some(token) = &self.token {
            request = request.with_header("authorization", format!("Bearer {token}"));
        }
        request = request.with_header("x-authing-lang", "en-US");
        if let Some(body) = body {
            request = request.with_body(body.to_string());
        }
        self.pool.send(&request).unwrap()
    }

    /// The whole answer.
    pub(crate) fn graphql(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        let response = self.send(Method::Post, "/graphql/v2", Some(&body));
        serde_json::from_slice(response.body()).unwrap()
    }

    /// The data of an answer without errors.
    pub(crate) fn data(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.graphql(query, variables);
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"].take()
    }

    /// The code of the first error.
    pub(crate) fn code(&self, query: &str, variables: Value) -> i64 {
        let answer = self.graphql(query, variables);
        answer["errors"][0]["message"]["code"].as_i64().unwrap_or_else(|| panic!("{answer:#}"))
    }

    /// The text of the first error of a request that was refused before it was carried out.
    pub(crate) fn refusal(&self, query: &str, variables: Value) -> String {
        let body = json!({ "query": query, "variables": variables });
        let response = self.send(Method::Post, "/graphql/v2", Some(&body));
        let answer: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(response.status(), 400, "{answer:#}");
        assert!(answer.get("data").is_none(), "{answer:#}");
        answer["errors"][0]["message"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned()
    }

    /// The whole envelope.
    pub(crate) fn rest(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let response = self.send(method, path, body.as_ref());
        serde_json::from_slice(response.body()).unwrap()
    }

    /// The data of an envelope of code 200.
    pub(crate) fn rest_data(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let mut answer = self.rest(method, path, body);
        assert_eq!(answer["code"], 200, "{answer:#}");
        answer["data"].take()
    }

    /// Creates a user and returns it.
    pub(crate) fn create(&self, info: Value) -> Value {
        self.data(CREATE, json!({ "info": info }))["createUser"].take()
    }

    /// Creates a user and returns its id.
    pub(crate) fn user(&self, username: &str) -> String {
        self.create(json!({ "username": username }))["id"].as_str().unwrap().to_owned()
    }
}

pub(crate) const CREATE: &str = "mutation ($info: CreateUserInput!, $params: String, $keep: Boolean) {
    createUser(userInfo: $info, params: $params, keepPassword: $keep) {
        id arn userPoolId status username email phone nickname password photo gender loginsCount blocked
        registerSource signedUp lastLogin createdAt updatedAt unionid customData { key value dataType label }
        identities { provider userIdInIdp }
    }
}";
