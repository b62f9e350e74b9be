//! `updateUserpool`: changes settings of the pool.

use super::UserPoolSettings;
use crate::api::mould::request;
use crate::model::UserPool;

request! {
    /// Changes settings of the pool. Settings that are not set are left unchanged.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let settings = client.user_pool().update().description("Who works here").send()?;
    /// assert_eq!(settings.description.as_deref(), Some("Who works here"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `updateUserpool`. Cost: one request.
    UserPoolSettings::update() => UpdateUserPool -> UserPool;
    effect Idempotent;
    graphql "updateUserpool" in "update.graphql";
    any_of [name, domain, description, logo, allowed_origins, app_sso_enabled, email_verified_default,
        send_welcome_email, register_disabled, token_expires_after, verify_code_length, verify_code_max_attempts,
        login_require_email_verified];
    optional {
        /// The display name.
        name: String = "input.name",
        /// Its part of the URLs of its applications.
        domain: String = "input.domain",
        /// The description of the pool.
        description: String = "input.description",
        /// The URL of a logo.
        logo: String = "input.logo",
        /// The origins from which browsers may call the service.
        allowed_origins: String = "input.allowedOrigins",
        /// Whether users who sign in to one application are signed in to all.
        app_sso_enabled: bool = "input.appSsoEnabled",
        /// Whether e-mail addresses count as verified from the start.
        email_verified_default: bool = "input.emailVerifiedDefault",
        /// Whether new users are sent an e-mail.
        send_welcome_email: bool = "input.sendWelcomeEmail",
        /// Whether sign-up is disabled.
        register_disabled: bool = "input.registerDisabled",
        /// The lifetime of users' tokens in seconds.
        token_expires_after: i64 = "input.tokenExpiresAfter",
        /// The number of digits of a verification code.
        verify_code_length: i64 = "input.verifyCodeLength",
        /// How many times a verification code can be tried.
        verify_code_max_attempts: i64 = "input.verifyCodeMaxAttempts",
        /// Whether users need a verified e-mail address to sign in.
        login_require_email_verified: bool = "input.loginRequireEmailVerified",
    }
}

#[cfg(test)]
crate::api::mould::fixture!("user_pool/update" => |client| client
    .user_pool()
    .update()
    .name("x")
    .domain("x")
    .description("x")
    .logo("x")
    .allowed_origins("x")
    .app_sso_enabled(true)
    .email_verified_default(true)
    .send_welcome_email(true)
    .register_disabled(true)
    .token_expires_after(6_i64)
    .verify_code_length(6_i64)
    .verify_code_max_attempts(6_i64)
    .login_require_email_verified(true));
