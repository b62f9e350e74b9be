//! Results of checking a token or a password, and purposes of e-mails.

use super::macros::{model, open_enum};

model! {
    /// Whether the token of a user is valid.
    pub struct TokenStatus {
        required {}
        optional {
            /// Whether the token is valid.
            status: bool,
            /// The owner of the token.
            data: TokenOwner,
            /// When it was issued, in epoch seconds.
            iat: i64,
            /// When it expires, in epoch seconds.
            exp: i64,
            /// 200 for a valid token, 2206 for an expired one.
            code: i64,
            /// A human-readable text in the language of the client.
            message: String,
        }
        lists {}
    }
}

model! {
    /// The owner of the token.
    pub struct TokenOwner {
        required {}
        optional {
            /// The id of the user.
            id: String,
            /// The id of the pool.
            user_pool_id: String,
            /// The resource name of the user.
            arn: String,
        }
        lists {}
    }
}

model! {
    /// Whether a password satisfies the rules of the pool.
    pub struct PasswordCheck {
        required {}
        optional {
            /// Whether the password satisfies them.
            valid: bool,
            /// Why not: a human-readable text in the language of the client.
            message: String,
        }
        lists {}
    }
}

open_enum! {
    /// The purpose of an e-mail with a verification code.
    pub enum EmailScene {
        /// A forgotten password.
        ResetPassword = "RESET_PASSWORD",
        /// A forgotten password, by code. Newer deployments only.
        ResetPasswordVerifyCode = "RESET_PASSWORD_VERIFY_CODE",
        /// The verification of an address.
        VerifyEmail = "VERIFY_EMAIL",
        /// The first sign-in by e-mail. Newer deployments only.
        FirstEmailLoginVerify = "FIRST_EMAIL_LOGIN_VERIFY",
        /// A verification requested by an administrator. Newer deployments only.
        ConsoleConductedVerify = "CONSOLE_CONDUCTED_VERIFY",
        /// A change of the address.
        ChangeEmail = "CHANGE_EMAIL",
        /// Binding an address, by code. Newer deployments only.
        EmailBindVerifyCode = "EMAIL_BIND_VERIFY_CODE",
        /// Unbinding an address, by code. Newer deployments only.
        EmailUnbindVerifyCode = "EMAIL_UNBIND_VERIFY_CODE",
        /// A second factor.
        MfaVerify = "MFA_VERIFY",
        /// A code for any purpose. Newer deployments only.
        VerifyCode = "VERIFY_CODE",
        /// A sign-up, by code. Newer deployments only.
        RegisterVerifyCode = "REGISTER_VERIFY_CODE",
        /// A sign-in, by code. Newer deployments only.
        LoginVerifyCode = "LOGIN_VERIFY_CODE",
        /// A second factor, by code. Newer deployments only.
        MfaVerifyCode = "MFA_VERIFY_CODE",
        /// Completing the profile, by code. Newer deployments only.
        InformationCompletionVerifyCode = "INFORMATION_COMPLETION_VERIFY_CODE",
    }
}
