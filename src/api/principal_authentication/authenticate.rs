//! `POST /api/v2/users/{id}/management/principal_authentication`: authenticates a user as a person or an
//! enterprise by identity documents.

use super::PrincipalAuthentications;
use crate::api::mould::request;
use crate::model::input::input;
use crate::model::{PrincipalAuthentication, PrincipalType};
use crate::secret::Secret;

// The Python SDK puts the documents in the query, where proxies log them. The JavaScript SDK puts them in the
// body.
request! {
    /// Authenticates a user as a person or an enterprise by identity documents.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// use authing::principal_authentication::Papers;
    ///
    /// let papers = Papers::person("Bob Example", "110101199003070000", "6222020200000000000");
    /// let who = client.principal_authentication().authenticate(&bob.id, papers).send()?;
    /// assert_eq!(who.name.as_deref(), Some("Bob Example"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/users/{user_id}/management/principal_authentication`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    PrincipalAuthentications::authenticate(user_id: String, papers: Papers via flat)
        => AuthenticatePrincipal -> PrincipalAuthentication;
    effect Idempotent;
    rest Post "authenticatePrincipal" "/api/v2/users/{user_id}/management/principal_authentication";
}

input! {
    /// The identity documents of a person or an enterprise.
    pub struct Papers {
        required {
            /// Whether they belong to a person or an enterprise.
            r#type: PrincipalType = "type",
            /// The name of the person or the enterprise.
            name: String,
            /// The number of the identity card, or the code of the enterprise.
            id_card: Secret,
            /// The number of the bank card, or the name of the legal person.
            ext: Secret,
        }
    }
}

impl Papers {
    /// The documents of a person: name, number of the identity card, number of the bank card.
    pub fn person(name: impl Into<String>, id_card: impl Into<Secret>, bank_card: impl Into<Secret>) -> Self {
        Self::new(PrincipalType::Person, name, id_card, bank_card)
    }

    /// The documents of an enterprise: name, code of the enterprise, name of the legal person.
    pub fn enterprise(
        name: impl Into<String>,
        code: impl Into<Secret>,
        legal_person: impl Into<Secret>,
    ) -> Self {
        Self::new(PrincipalType::Enterprise, name, code, legal_person)
    }
}

#[cfg(test)]
crate::api::mould::fixture!("principal_authentication/authenticate" => |client| {
    let papers = Papers::person("Bob Example", "110101199003070000", "6222020200000000000");
    client.principal_authentication().authenticate("5f718016d8e5f7e9d6d3a1b2", papers)
});
