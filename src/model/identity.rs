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
            /// The id of the user at the provider.
            user_id_in_idp: String,
            /// The id of the user in this pool.
            user_id: String,
            /// The id of this pool.
            user_pool_id: String,
            /// The connection through which the account was linked.
            connection_id: String,
            /// The identity source of the connection.
            ext_idp_id: String,
            /// Whether it is a social account.
            is_social: bool,
            /// The id that the provider has for the user in one application.
            openid: String,
            /// The kind of account.
            r#type: String = "type",
            /// The provider's access token.
            access_token: Secret,
            /// The provider's refresh token.
            refresh_token: Secret,
            /// What the provider returned about the user, as JSON text. It may contain tokens.
            user_info_in_idp: Secret,
        }
        lists {}
    }
}

input! {
    /// An account at another identity provider, to be linked to a new user.
    pub struct IdentityInput {
        required {
            /// The provider, for example `wechat`.
            provider: String,
            /// The id of the user at the provider.
            user_id_in_idp: String,
        }
        optional {
            /// Whether it is a social account.
            is_social: bool,
            /// The id that the provider has for the user in one application.
            openid: String,
            /// The connection of the account.
            connection_id: String,
            /// The provider's access token.
            access_token: Secret,
            /// The provider's refresh token.
            refresh_token: Secret,
        }
    }
}
