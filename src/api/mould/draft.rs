//! A request under construction.
//!
//! Each field has one name on the wire and one place. A field that the path names becomes part of the path.
//! The other fields become variables in a GraphQL operation, the query for `GET` and `DELETE`, and the JSON
//! body for other methods. A name with dots, such as `permissionStrategy.defaultStrategy`, is a path of
//! objects; fields of the same object must be adjacent.

use super::document::{Document, Selection};
use crate::error::Error;
use crate::model::argument::{Argument, to_json};
use crate::secret::Secret;
use crate::transport::Method;
use crate::wire::Wire;

/// Room for the variables of most requests.
const VARIABLES: usize = 256;

/// How an operation is sent.
pub(crate) enum Form<'a> {
    /// The document and the path of the output.
    GraphQl { document: &'a Document, at: &'static str },
    /// The method, and the path with field names in braces.
    Rest { method: Method, path: &'static str },
}

impl<'a> Form<'a> {
    /// The same for the selected fields of a user, if there is a selection.
    pub(crate) fn narrowed(
        self,
        selection: Option<&'a Selection>,
        with_custom_data: bool,
    ) -> Result<Self, Error> {
        match (self, selection) {
            (Self::GraphQl { document, at }, Some(selection)) => {
                let document = selection.document(document, with_custom_data)?;
                Ok(Self::GraphQl { document, at })
            }
            (form, _) => Ok(form),
        }
    }
}

/// Collects the fields of one request.
pub(crate) struct Draft<'a> {
    form: Form<'a>,
    segments: Vec<(&'static str, String)>,
    query: Vec<(&'static str, String)>,
    user_token: Option<Secret>,
    json: Vec<u8>,
    /// The names of the objects that contain the next member.
    nesting: Vec<&'static str>,
    needs_comma: bool,
}

impl<'a> Draft<'a> {
    /// Creates a request without fields. The id of the pool is available to a path that names it.
    pub(crate) fn new(form: Form<'a>, user_pool_id: &str) -> Self {
        let json = match form {
            Form::GraphQl { document, .. } => {
                let opening = document.opening();
                let mut json = Vec::with_capacity(opening.len() + VARIABLES);
                json.extend_from_slice(opening.as_bytes());
                json.push(b'{');
                json
            }
            Form::Rest { .. } => vec![b'{'],
        };
        let mut draft = Self {
            form,
            segments: Vec::new(),
            query: Vec::new(),
            json,
            user_token: None,
            nesting: Vec::new(),
            needs_comma: false,
        };
        if draft.is_in_path("user_pool_id") {
            draft.segments.push(("user_pool_id", user_pool_id.to_owned()));
        }
        draft
    }

    /// Adds a field in its place, unless there is nothing to send.
    pub(crate) fn put(
        &mut self,
        field: &'static str,
        wire: &'static str,
        value: &dyn Argument,
    ) -> Result<(), Error> {
        if value.is_absent() {
            return Ok(());
        }
        if self.is_in_path(field) {
            let segments = &mut self.segments;
            let has_text = value.each_text(&mut |text| segments.push((field, text.to_owned())));
            return has_no_text(!has_text, field);
        }
        if let Form::Rest { method: Method::Get | Method::Delete, .. } = self.form {
            let query = &mut self.query;
            let has_text = value.each_text(&mut |text| query.push((wire, text.to_owned())));
            return has_no_text(!has_text, field);
        }
        value.write_json(self.member(wire)?)
    }

    /// Adds a field in its place, in a special form.
    pub(crate) fn put_as<T: Argument>(
        &mut self,
        wire: &'static str,
        value: &T,
        write: fn(&T, &mut Vec<u8>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if value.is_absent() { Ok(()) } else { write(value, self.member(wire)?) }
    }

    /// Adds the members of an object next to the other fields, as if each were a field.
    pub(crate) fn put_flat(&mut self, value: &dyn Argument) -> Result<(), Error> {
        let mut object = Vec::new();
        value.write_json(&mut object)?;
        let members = object.strip_prefix(b"{").and_then(|rest| rest.strip_suffix(b"}")).unwrap_or_default();
        if !members.is_empty() {
            if std::mem::replace(&mut self.needs_comma, true) {
                self.json.push(b',');
            }
            self.json.extend_from_slice(members);
        }
        Ok(())
    }

    /// Authorizes the request with the token of a user in place of the management token.
    pub(crate) fn bearer(&mut self, token: &Secret) {
        self.user_token = Some(token.clone());
    }

    /// Returns the place for the value of a member, inside the objects that its name contains.
    fn member(&mut self, wire: &'static str) -> Result<&mut Vec<u8>, Error> {
        let mut path: Vec<&'static str> = wire.split('.').collect();
        let name = path.pop().unwrap_or_default();
        let common = self.nesting.iter().zip(&path).take_while(|(open, wanted)| open == wanted).count();
        while self.nesting.len() > common {
            self.nesting.pop();
            self.json.push(b'}');
            self.needs_comma = true;
        }
        for object in path.into_iter().skip(common) {
            self.begin(object)?;
            self.json.push(b'{');
            self.nesting.push(object);
            self.needs_comma = false;
        }
        self.begin(name)?;
        Ok(&mut self.json)
    }

    fn begin(&mut self, name: &str) -> Result<(), Error> {
        if std::mem::replace(&mut self.needs_comma, true) {
            self.json.push(b',');
        }
        to_json(&mut self.json, name)?;
        self.json.push(b':');
        Ok(())
    }

    fn is_in_path(&self, field: &str) -> bool {
        let Form::Rest { path, .. } = self.form else { return false };
        path.split('{').skip(1).any(|rest| rest.split('}').next() == Some(field))
    }

    /// Returns the request with all its fields.
    pub(crate) fn finish(mut self) -> Result<Wire, Error> {
        for _ in &self.nesting {
            self.json.push(b'}');
        }
        self.json.push(b'}');
        let user_token = self.user_token.take();
        let wire = self.without_token()?;
        Ok(match user_token {
            Some(token) => wire.authorized_by(&token),
            None => wire,
        })
    }

    fn without_token(self) -> Result<Wire, Error> {
        match self.form {
            Form::GraphQl { at, .. } => {
                let mut body = self.json;
                body.push(b'}');
                Wire::graphql_body(body, at)
            }
            Form::Rest { method, path } => {
                let named = |name: &str| {
                    let segment = self.segments.iter().find(|(field, _)| *field == name);
                    segment.map(|(_, text)| text.as_str())
                };
                let mut wire = Wire::rest_named(method, path, &named)?;
                for (name, value) in &self.query {
                    wire = wire.query(name, value);
                }
                // The official SDKs send no body with a `PATCH` that has no fields, and `{}` with a `POST`.
                let is_bare = method == Method::Patch && self.json == b"{}";
                if !is_bare && !matches!(method, Method::Get | Method::Delete) {
                    wire = wire.json_text(self.json);
                }
                Ok(wire)
            }
        }
    }
}

fn has_no_text(refused: bool, field: &'static str) -> Result<(), Error> {
    if refused { Err(Error::invalid_input(field, "cannot be part of a URL")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(method: Method, path: &'static str) -> Draft<'static> {
        Draft::new(Form::Rest { method, path }, "POOL")
    }

    fn text(value: &str) -> String {
        value.to_owned()
    }

    #[test]
    fn a_field_is_in_the_path_or_the_query_or_the_body() {
        let mut draft = rest(Method::Get, "/api/v2/pools/{user_pool_id}/users/{id}");
        draft.put("id", "id", &text("a/b")).unwrap();
        draft.put("page", "page", &Some(2_u32)).unwrap();
        draft.put("actions", "action[]", &vec![text("x"), text("y")]).unwrap();
        draft.put("none", "none", &None::<String>).unwrap();
        let wire = draft.finish().unwrap();
        assert_eq!(wire.path, "/api/v2/pools/POOL/users/a%2Fb?page=2&action%5B%5D=x&action%5B%5D=y");
        assert_eq!(wire.body, None);

        let mut draft = rest(Method::Post, "/api/v2/users/{id}");
        draft.put("id", "id", &text("1")).unwrap();
        draft.put("a", "strategy.inner.a", &true).unwrap();
        draft.put("b", "strategy.b", &1_i64).unwrap();
        draft.put_as("ids", &text("x"), crate::model::argument::as_list).unwrap();
        let wire = draft.finish().unwrap();
        assert_eq!(wire.body.unwrap(), br#"{"strategy":{"inner":{"a":true},"b":1},"ids":["x"]}"#);
    }

    #[test]
    fn an_object_can_lie_flat_beside_other_fields() {
        let mut draft = rest(Method::Post, "/a");
        let object = std::collections::BTreeMap::from([(text("b"), text("1")), (text("c"), text("2"))]);
        draft.put("a", "a", &true).unwrap();
        draft.put_flat(&object).unwrap();
        draft.put_flat(&std::collections::BTreeMap::<String, String>::new()).unwrap();
        draft.put("d", "d", &true).unwrap();
        assert_eq!(draft.finish().unwrap().body.unwrap(), br#"{"a":true,"b":"1","c":"2","d":true}"#);
    }

    #[test]
    fn a_token_of_a_user_takes_the_place_of_the_management_token() {
        let mut draft = rest(Method::Post, "/a");
        draft.bearer(&Secret::new("USER"));
        let wire = draft.finish().unwrap();
        assert!(!wire.with_token);
        let [(name, value)] = wire.headers.as_slice() else { panic!("one header") };
        assert_eq!((name.as_ref(), value.expose()), ("authorization", "Bearer USER"));
        assert_eq!(wire.body.unwrap(), b"{}");
        assert_eq!(rest(Method::Patch, "/a").finish().unwrap().body, None);
    }

    #[test]
    fn a_secret_never_stands_in_a_url() {
        let error = rest(Method::Get, "/a").put("secret", "secret", &Secret::new("s")).unwrap_err();
        assert_eq!(error.to_string(), "secret: cannot be part of a URL");
        assert!(rest(Method::Get, "/{secret}").put("secret", "secret", &Secret::new("s")).is_err());
        assert!(rest(Method::Get, "/{id}").finish().is_err(), "a path with a hole");
    }
}
