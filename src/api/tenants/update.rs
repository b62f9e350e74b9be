//! `POST /api/v2/tenant/{id}`: changes a tenant.

use super::Tenants;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::CommonMessage;
use crate::model::argument::check_joined;

request! {
    /// Changes a tenant. Fields that are not set are left unchanged.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let tenant = client.tenants().create("North").send()?;
    /// client.tenants().update(&tenant.id).description("The far north").send()?;
    /// let tenant = client.tenants().detail(&tenant.id).send()?;
    /// assert_eq!(tenant.and_then(|t| t.description).as_deref(), Some("The far north"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/tenant/{id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such tenant. The
    /// service's error code for this is not documented.
    #[doc(alias = "updateTenant")]
    Tenants::update(id: String) => UpdateTenant -> CommonMessage;
    effect Idempotent;
    rest Post "updateTenant" "/api/v2/tenant/{id}";
    answer whole;
    any_of [name, app_ids, logo, description, css,
        auto_register_then_login, hide_forget_password, hide_idp, hide_social_login];
    check can_be_sent;
    optional {
        /// The display name.
        name: String,
        /// The ids of the applications that it uses, which replace the previous ones.
        app_ids: Vec<String> via joined,
        /// The URL of a logo.
        logo: String,
        /// The description of the tenant.
        description: String,
        /// The style sheet of its sign-in page.
        css: String,
        /// Whether users who sign in for the first time are signed up automatically.
        auto_register_then_login: bool = "ssoPageCustomizationSettings.autoRegisterThenLogin",
        /// Whether the link for a forgotten password is hidden.
        hide_forget_password: bool = "ssoPageCustomizationSettings.hideForgetPassword",
        /// Whether identity providers are hidden.
        hide_idp: bool = "ssoPageCustomizationSettings.hideIdp",
        /// Whether social providers are hidden.
        hide_social_login: bool = "ssoPageCustomizationSettings.hideSocialLogin",
    }
}

impl UpdateTenant {
    fn can_be_sent(&self) -> Result<(), Error> {
        check_joined(self.app_ids.as_ref(), "app_ids")
    }
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/update" => |client| client
    .tenants()
    .update("6142c2c41c6e6c6cc3edfd99")
    .name("North")
    .app_ids(["613872b19c90be7d4da44462"])
    .logo("https://files.example/north.png")
    .description("The north")
    .css("body {}")
    .auto_register_then_login(true)
    .hide_forget_password(true)
    .hide_idp(true)
    .hide_social_login(true));
