//! The permissions of an application. They are operations on its namespace, not on the application.

use super::Applications;
use crate::access::ApplicationAccess;

impl Applications {
    /// Returns the permissions of one application: who may sign in to it, and the resources and roles of its
    /// namespace.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example"]).send()?;
    /// let shop = client.applications().access(app.id);
    /// shop.create_role("seller").send()?;
    /// assert_eq!(shop.list_roles().send()?.total_count, 1);
    /// # Ok(()) }
    /// ```
    pub fn access(&self, app_id: impl Into<String>) -> ApplicationAccess {
        self.client.access().of_application(app_id)
    }
}
