//! `POST /api/v2/tenant/{id}`: changes to a tenant.

use super::Tenants;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::CommonMessage;

request! {
    /// Changes a tenant. What is not named stays as it is.
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
    /// API: `POST /api/v2/tenant/{id}`. One request.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such tenant. The code is a guess.
    #[doc(alias = "updateTenant")]
    Tenants::update(id: String) => UpdateTenant -> CommonMessage;
    effect Idempotent;
    rest Post "updateTenant" "/api/v2/tenant/{id}";
    answer whole;
    check changes_something;
    optional {
        /// The name that people see.
        name: String,
        /// The ids of the applications that it uses from now on.
        app_ids: Vec<String> via joined,
        /// The address of a picture.
        logo: String,
        /// What the tenant is.
        description: String,
        /// Style sheet of its sign-in page.
        css: String,
        /// Whether whoever signs in for the first time is signed up.
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
    fn changes_something(&self) -> Result<(), Error> {
        let Self { name, app_ids, logo, description, css, .. } = self;
        let flags =
            [self.auto_register_then_login, self.hide_forget_password, self.hide_idp, self.hide_social_login];
        let changes = [name, logo, description, css].into_iter().any(Option::is_some)
            || app_ids.is_some()
            || flags.iter().any(Option::is_some);
        if changes { Ok(()) } else { Err(Error::invalid_input("name", "nothing is changed")) }
    }
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/update" => |client| client.tenants().update("6142c2c41c6e6c6cc3edfd99").name("North").app_ids(["613872b19c90be7d4da44462"]).logo("https://files.example/north.png").description("The north").css("body {}").auto_register_then_login(true).hide_forget_password(true).hide_idp(true).hide_social_login(true));
