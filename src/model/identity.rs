//! Accounts at other identity providers.

use super::input::input;
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

input! {
    /// An account at another identity provider, to be linked to a user who is created.
    pub struct IdentityInput {
        required {
            /// The provider, for example `wechat`.
            provider: String,
            /// The user's id at the provider.
            user_id_in_idp: String,
        }
        optional {
            /// Whether it is a social account.
            is_social: bool,
            /// The provider's id of the user for one application.
            openid: String,
            /// The connection that the account comes through.
            connection_id: String,
            /// The provider's access token.
            access_token: Secret,
            /// The provider's refresh token.
            refresh_token: Secret,
        }
    }
}
