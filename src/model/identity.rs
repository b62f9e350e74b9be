//! Accounts at other identity providers.

use serde::{Deserialize, Serialize};

use super::macros::model;
use crate::secret::Secret;

model! {
    /// An account at another identity provider that is linked to a user.
    pub struct Identity {
        required {}
        optional {
            /// The provider, for example `wechat`.
            provider: String,
            /// The user's id at the provider.
            user_id_in_idp: String,
            /// The user's id in this pool.
            user_id: String,
            /// This pool's id.
            user_pool_id: String,
            /// The connection that the account came through.
            connection_id: String,
            /// The identity source that the connection belongs to.
            ext_idp_id: String,
            /// Whether it is a social account.
            is_social: bool,
            /// The provider's id of the user for one application.
            openid: String,
            /// The kind of account.
            r#type: String = "type",
            /// The provider's access token.
            access_token: Secret,
            /// The provider's refresh token.
            refresh_token: Secret,
            /// What the provider says about the user, as JSON text. It may hold tokens.
            user_info_in_idp: Secret,
        }
        lists {}
    }
}

/// An account at another identity provider, to be linked to a user who is created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityInput {
    provider: String,
    user_id_in_idp: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is_social: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    openid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    connection_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    access_token: Option<Secret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<Secret>,
}

impl IdentityInput {
    /// An account by its provider and the user's id there.
    pub fn new(provider: impl Into<String>, user_id_in_idp: impl Into<String>) -> Self {
        Self {
            provider: provider.into(),
            user_id_in_idp: user_id_in_idp.into(),
            is_social: None,
            openid: None,
            connection_id: None,
            access_token: None,
            refresh_token: None,
        }
    }

    /// The two texts without which it is no account.
    pub(crate) fn required(&self) -> [&String; 2] {
        [&self.provider, &self.user_id_in_idp]
    }

    /// Says whether it is a social account.
    #[must_use]
    pub fn is_social(mut self, is_social: bool) -> Self {
        self.is_social = Some(is_social);
        self
    }

    /// The provider's id of the user for one application.
    #[must_use]
    pub fn openid(mut self, openid: impl Into<String>) -> Self {
        self.openid = Some(openid.into());
        self
    }

    /// The connection that the account comes through.
    #[must_use]
    pub fn connection_id(mut self, connection_id: impl Into<String>) -> Self {
        self.connection_id = Some(connection_id.into());
        self
    }

    /// The provider's access token.
    #[must_use]
    pub fn access_token(mut self, access_token: impl Into<Secret>) -> Self {
        self.access_token = Some(access_token.into());
        self
    }

    /// The provider's refresh token.
    #[must_use]
    pub fn refresh_token(mut self, refresh_token: impl Into<Secret>) -> Self {
        self.refresh_token = Some(refresh_token.into());
        self
    }
}
