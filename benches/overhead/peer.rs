//! The same calls, written without the client or any part of it.

use std::cell::OnceCell;
use std::time::Duration;

use base64ct::{Base64, Encoding};
use rsa::pkcs8::DecodePublicKey;
use rsa::{Pkcs1v15Encrypt, RsaPublicKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Place, Side};

pub(crate) const DOCUMENT_FIELDS: &str = "id arn userPoolId status username email emailVerified phone phoneVerified \
    unionid openid nickname registerSource photo password oauth token tokenExpiredAt loginsCount lastLogin lastIP \
    signedUp blocked isDeleted device browser company name givenName familyName middleName profile preferredUsername \
    website gender birthdate zoneinfo locale address formatted streetAddress locality region postalCode city province \
    country createdAt updatedAt externalId";

const IDENTITIES: &str =
    "identities { openid userIdInIdp userId connectionId isSocial provider type userPoolId }";

pub(crate) struct Peer {
    agent: ureq::Agent,
    url: String,
    pool_id: String,
    secret: String,
    token: OnceCell<String>,
    key: OnceCell<RsaPublicKey>,
    list: String,
    find: String,
    create: String,
}

#[derive(Serialize)]
struct Request<'a, V> {
    query: &'a str,
    variables: V,
}

#[derive(Deserialize)]
struct Response<T> {
    data: T,
}

#[derive(Deserialize)]
struct TokenData {
    #[serde(rename = "accessToken")]
    access_token: Token,
}

#[derive(Deserialize)]
struct Token {
    #[serde(rename = "accessToken")]
    access_token: String,
}

#[derive(Deserialize)]
struct KeyData {
    #[serde(rename = "publicKey")]
    public_key: String,
}

#[derive(Deserialize)]
struct UsersData {
    users: Page,
}

#[derive(Deserialize)]
struct FindData {
    #[serde(rename = "findUser")]
    user: Option<User>,
}

#[derive(Deserialize)]
struct CreateData {
    #[serde(rename = "createUser")]
    user: User,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Page {
    pub(crate) total_count: u64,
    pub(crate) list: Vec<User>,
}

macro_rules! plain {
    ($name:ident { $($(#[$meta:meta])* $field:ident : $type:ty,)* }) => {
        #[derive(Deserialize, Serialize)]
        #[serde(rename_all = "camelCase")]
        #[allow(dead_code, reason = "read and not looked at")]
        pub(crate) struct $name { $( $(#[$meta])* $field: $type, )* }
    };
}

plain! {
    User {
        id: String, arn: Option<String>, user_pool_id: Option<String>, status: Option<String>,
        username: Option<String>, email: Option<String>, email_verified: Option<bool>, phone: Option<String>,
        phone_verified: Option<bool>, unionid: Option<String>, openid: Option<String>, nickname: Option<String>,
        register_source: Option<Vec<String>>, photo: Option<String>, password: Option<String>,
        oauth: Option<String>, token: Option<String>, token_expired_at: Option<String>,
        logins_count: Option<i64>, last_login: Option<String>,
        #[serde(rename = "lastIP")]
        last_ip: Option<String>,
        signed_up: Option<String>, blocked: Option<bool>, is_deleted: Option<bool>, device: Option<String>,
        browser: Option<String>, company: Option<String>, name: Option<String>, given_name: Option<String>,
        family_name: Option<String>, middle_name: Option<String>, profile: Option<String>,
        preferred_username: Option<String>, website: Option<String>, gender: Option<String>,
        birthdate: Option<String>, zoneinfo: Option<String>, locale: Option<String>, address: Option<String>,
        formatted: Option<String>, street_address: Option<String>, locality: Option<String>,
        region: Option<String>, postal_code: Option<String>, city: Option<String>, province: Option<String>,
        country: Option<String>, created_at: Option<String>, updated_at: Option<String>,
        external_id: Option<String>, identities: Option<Vec<Identity>>, custom_data: Option<Vec<CustomField>>,
    }
}

plain! {
    Identity {
        openid: Option<String>, user_id_in_idp: Option<String>, user_id: Option<String>,
        connection_id: Option<String>, is_social: Option<bool>, provider: Option<String>,
        r#type: Option<String>, user_pool_id: Option<String>,
    }
}

plain! {
    CustomField { key: String, value: Option<String>, data_type: Option<String>, label: Option<String>, }
}

impl Peer {
    fn token(&self) -> &str {
        self.token.get_or_init(|| {
            #[derive(Serialize)]
            #[serde(rename_all = "camelCase")]
            struct Variables<'a> {
                user_pool_id: &'a str,
                secret: &'a str,
            }
            let query = "query ($userPoolId: String!, $secret: String!) { \
                accessToken(userPoolId: $userPoolId, secret: $secret) { accessToken iat exp } }";
            let variables = Variables { user_pool_id: &self.pool_id, secret: &self.secret };
            let request = self.agent.post(format!("{}/graphql/v2", self.url));
            let data: TokenData = send(request, &Request { query, variables });
            data.access_token.access_token
        })
    }

    fn key(&self) -> &RsaPublicKey {
        self.key.get_or_init(|| {
            let data: KeyData = self.get("/api/v2/.well-known");
            RsaPublicKey::from_public_key_pem(data.public_key.trim()).unwrap()
        })
    }

    fn post<T: DeserializeOwned>(&self, query: &str, variables: impl Serialize) -> T {
        let request = self.agent.post(format!("{}/graphql/v2", self.url));
        send(self.with_headers(request), &Request { query, variables })
    }

    fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let request = self.agent.get(format!("{}{path}", self.url));
        read(self.with_headers(request).call().unwrap())
    }

    fn with_headers<B>(&self, request: ureq::RequestBuilder<B>) -> ureq::RequestBuilder<B> {
        request
            .header("authorization", format!("Bearer {}", self.token()))
            .header("x-authing-userpool-id", &self.pool_id)
            .header("x-authing-request-from", "sdk")
            .header("x-authing-sdk-version", "hand:1.0")
    }

    pub(crate) fn page(&self, page: u32, limit: u32) -> Page {
        #[derive(Serialize)]
        struct Variables {
            page: u32,
            limit: u32,
        }
        self.post::<UsersData>(&self.list, Variables { page, limit }).users
    }
}

fn send<T: DeserializeOwned>(
    request: ureq::RequestBuilder<ureq::typestate::WithBody>,
    body: &impl Serialize,
) -> T {
    let body = serde_json::to_vec(body).unwrap();
    read(request.header("content-type", "application/json").send(&body[..]).unwrap())
}

fn read<T: DeserializeOwned>(mut response: ureq::http::Response<ureq::Body>) -> T {
    assert_eq!(response.status(), 200);
    let body = response.body_mut().read_to_vec().unwrap();
    serde_json::from_slice::<Response<T>>(&body).unwrap().data
}

impl Side for Peer {
    fn new(place: &Place) -> Self {
        let timeout = Some(Duration::from_secs(10));
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            // Not for the resolver: it would take a thread for each call.
            .timeout_connect(timeout)
            .timeout_send_request(timeout)
            .timeout_send_body(timeout)
            .timeout_recv_response(timeout)
            .timeout_recv_body(timeout)
            .proxy(None)
            .build()
            .new_agent();
        Self {
            agent,
            url: place.url.clone(),
            pool_id: place.pool_id.clone(),
            secret: place.secret.clone(),
            token: OnceCell::new(),
            key: OnceCell::new(),
            list: format!(
                "query ($page: Int, $limit: Int) {{ users(page: $page, limit: $limit) {{ totalCount list {{ \
                 {DOCUMENT_FIELDS} {IDENTITIES} }} }} }}"
            ),
            find: format!(
                "query ($username: String) {{ findUser(username: $username) {{ {DOCUMENT_FIELDS} }} }}"
            ),
            create: format!(
                "mutation ($userInfo: CreateUserInput!) {{ createUser(userInfo: $userInfo) {{ {DOCUMENT_FIELDS} }} }}"
            ),
        }
    }

    fn decode(page: &[u8]) -> usize {
        serde_json::from_slice::<Response<UsersData>>(page).unwrap().data.users.list.len()
    }

    fn detail(&self, id: &str) -> bool {
        !self.get::<User>(&format!("/api/v2/users/{id}")).id.is_empty()
    }

    fn find(&self, username: &str) -> bool {
        #[derive(Serialize)]
        struct Variables<'a> {
            username: &'a str,
        }
        self.post::<FindData>(&self.find, Variables { username }).user.is_some()
    }

    fn list(&self, limit: u32) -> usize {
        self.page(1, limit).list.len()
    }

    fn export(&self) -> usize {
        let mut seen = 0;
        for number in 1.. {
            let page = self.page(number, 200);
            if page.list.is_empty() {
                break;
            }
            seen += page.list.into_iter().filter(|user| !user.id.is_empty()).count();
            if seen as u64 >= page.total_count {
                break;
            }
        }
        seen
    }

    fn create(&self, username: &str) {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Variables<'a> {
            user_info: UserInfo<'a>,
        }
        #[derive(Serialize)]
        struct UserInfo<'a> {
            username: &'a str,
            password: String,
        }
        let password = self
            .key()
            .encrypt(&mut rsa::rand_core::OsRng, Pkcs1v15Encrypt, b"correct horse battery")
            .unwrap();
        let user_info = UserInfo { username, password: Base64::encode_string(&password) };
        let created = self.post::<CreateData>(&self.create, Variables { user_info });
        assert_eq!(created.user.username.as_deref(), Some(username));
    }
}
