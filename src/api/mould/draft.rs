//! A request under construction.
//!
//! Each field has one name on the wire and one place. A field that the path names becomes part of the path.
//! The other fields become variables in a GraphQL operation, the query for `GET` and `DELETE`, and the JSON
//! body for other methods. A name with dots, such as `permissionStrategy.defaultStrategy`, is a path of
//! objects; fields of the same object must be adjacent.

use std::borrow::Cow;

use super::document::{Document, Selection};
use crate::error::Error;
use crate::model::argument::{Argument, Check, to_json};
use crate::model::wire_names::camel_case;
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

/// A field of a request: its name here, its name on the wire if that is not the same in camel case, and its
/// value.
pub(crate) enum Field<'a> {
    /// In its place.
    Placed(&'static str, Option<&'static str>, &'a dyn Argument),
    /// In the variables or the body, in a special form.
    InBody(&'static str, Option<&'static str>, &'a dyn Argument),
    /// The members of an object, next to the other fields, as if each were a field.
    Flat(&'a dyn Argument),
    /// The token of a user, which authorizes the request in place of the management token.
    Bearer(&'a Secret),
    /// Added by the `write` method of the operation.
    Elsewhere,
}

/// A field of a builder, as [`request!`](super::request) declares it.
macro_rules! field {
    ($self:ident $field:ident [$($name:literal)?] [] []) => {
        $crate::api::mould::Field::Placed(
            stringify!($field), $crate::model::wire_names::explicit!($($name)?), &$self.$field)
    };
    ($self:ident $field:ident [$($name:literal)?] [] [$default:expr]) => {
        $crate::api::mould::Field::Placed(
            stringify!($field),
            $crate::model::wire_names::explicit!($($name)?),
            $self.$field.as_ref().unwrap_or(&$default),
        )
    };
    ($self:ident $field:ident [$($name:literal)?] flag) => {
        $crate::api::mould::Field::Placed(
            stringify!($field),
            $crate::model::wire_names::explicit!($($name)?),
            &$crate::api::mould::draft::Flag($self.$field),
        )
    };
    ($self:ident $field:ident [$($name:literal)?] flag explicit) => {
        $crate::api::mould::field!($self $field [$($name)?] [] [])
    };
    ($self:ident $field:ident [] [flat] []) => { $crate::api::mould::Field::Flat(&$self.$field) };
    ($self:ident $field:ident [] [write] []) => { $crate::api::mould::Field::Elsewhere };
    ($self:ident $field:ident [] [bearer] []) => { $crate::api::mould::Field::Bearer(&$self.$field) };
    ($self:ident $field:ident [$($name:literal)?] [$via:ident] []) => {
        $crate::api::mould::Field::InBody(
            stringify!($field),
            $crate::model::wire_names::explicit!($($name)?),
            &$crate::api::mould::draft::Via(&$self.$field, $crate::model::argument::$via),
        )
    };
}
pub(crate) use field;

/// A flag that is sent only if it is set.
pub(crate) struct Flag(pub(crate) bool);

impl Check for Flag {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.0.check(field)
    }
}

impl Argument for Flag {
    fn is_absent(&self) -> bool {
        !self.0
    }

    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        self.0.write_json(json)
    }

    fn each_text(&self, take: &mut dyn FnMut(&str)) -> bool {
        self.0.each_text(take)
    }
}

/// A value in a special form, and the function that writes it.
pub(crate) struct Via<'a, T>(pub(crate) &'a T, pub(crate) fn(&T, &mut Vec<u8>) -> Result<(), Error>);

impl<T: Check> Check for Via<'_, T> {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.0.check(field)
    }
}

impl<T: Argument> Argument for Via<'_, T> {
    fn is_absent(&self) -> bool {
        self.0.is_absent()
    }

    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        self.1(self.0, json)
    }

    fn each_secret(&self, take: &mut dyn FnMut(&Secret)) {
        self.0.each_secret(take);
    }
}

/// Collects the fields of one request.
pub(crate) struct Draft<'a> {
    form: Form<'a>,
    segments: Vec<(&'static str, String)>,
    query: Vec<(Cow<'static, str>, String)>,
    user_token: Option<Secret>,
    /// The secrets among the fields.
    secrets: Vec<Secret>,
    json: Vec<u8>,
    /// The names of the objects that contain the next member.
    nesting: Vec<&'static str>,
    needs_comma: bool,
}

impl<'a> Draft<'a> {
    /// Builds a request from its fields and what `more` adds.
    pub(crate) fn build(
        form: Form<'_>,
        user_pool_id: &str,
        fields: &[Field<'_>],
        more: &dyn Fn(&mut Draft<'_>) -> Result<(), Error>,
    ) -> Result<Wire, Error> {
        let mut draft = Draft::new(form, user_pool_id);
        draft.put_each(fields)?;
        more(&mut draft)?;
        draft.finish()
    }

    /// Creates a request without fields. The id of the pool is available to a path that names it.
    fn new(form: Form<'a>, user_pool_id: &str) -> Self {
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
            secrets: Vec::new(),
            nesting: Vec::new(),
            needs_comma: false,
        };
        if draft.is_in_path("user_pool_id") {
            draft.segments.push(("user_pool_id", user_pool_id.to_owned()));
        }
        draft
    }

    /// Adds fields, except those that have nothing to send.
    fn put_each(&mut self, fields: &[Field<'_>]) -> Result<(), Error> {
        fields.iter().try_for_each(|field| self.put(field))
    }

    pub(crate) fn put(&mut self, field: &Field<'_>) -> Result<(), Error> {
        if let Field::Placed(_, _, value) | Field::InBody(_, _, value) | Field::Flat(value) = field {
            value.each_secret(&mut |secret| self.secrets.push(secret.clone()));
        }
        match *field {
            Field::Placed(_, _, value) | Field::InBody(_, _, value) if value.is_absent() => Ok(()),
            Field::Placed(field, wire, value) => self.place(field, wire, value),
            Field::InBody(field, wire, value) => value.write_json(self.member(field, wire)?),
            Field::Flat(value) => self.put_flat(value),
            Field::Bearer(token) => {
                self.user_token = Some(token.clone());
                Ok(())
            }
            Field::Elsewhere => Ok(()),
        }
    }

    fn place(
        &mut self,
        field: &'static str,
        wire: Option<&'static str>,
        value: &dyn Argument,
    ) -> Result<(), Error> {
        if self.is_in_path(field) {
            let segments = &mut self.segments;
            let has_text = value.each_text(&mut |text| segments.push((field, text.to_owned())));
            return has_no_text(!has_text, field);
        }
        if let Form::Rest { method: Method::Get | Method::Delete, .. } = self.form {
            let (query, name) = (&mut self.query, wire.map_or_else(|| camel_case(field), Cow::Borrowed));
            let has_text = value.each_text(&mut |text| query.push((name.clone(), text.to_owned())));
            return has_no_text(!has_text, field);
        }
        value.write_json(self.member(field, wire)?)
    }

    fn put_flat(&mut self, value: &dyn Argument) -> Result<(), Error> {
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

    /// Returns the place for the value of a member, inside the objects that its name contains.
    fn member(&mut self, field: &'static str, wire: Option<&'static str>) -> Result<&mut Vec<u8>, Error> {
        let mut path: Vec<&'static str> = wire.unwrap_or(field).split('.').collect();
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
        let name = if wire.is_some() { Cow::Borrowed(name) } else { camel_case(name) };
        self.begin(&name)?;
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
        let begins_with_field =
            |rest: &[u8]| rest.strip_prefix(field.as_bytes()).is_some_and(|rest| rest.first() == Some(&b'}'));
        path.as_bytes().split(|byte| *byte == b'{').skip(1).any(begins_with_field)
    }

    /// Returns the request with all its fields.
    fn finish(self) -> Result<Wire, Error> {
        let Self { form, segments, query, user_token, secrets, mut json, nesting, needs_comma: _ } = self;
        json.extend(nesting.iter().map(|_| b'}'));
        json.push(b'}');
        let mut wire = match form {
            Form::GraphQl { at, .. } => {
                json.push(b'}');
                Wire::graphql_body(json, at)?
            }
            Form::Rest { method, path } => {
                let named = |name: &str| {
                    let segment = segments.iter().find(|(field, _)| *field == name);
                    segment.map(|(_, text)| text.as_str())
                };
                let mut wire = Wire::rest_named(method, path, &named)?;
                for (name, value) in &query {
                    wire = wire.query(name, value);
                }
                // The official SDKs send no body with a `PATCH` that has no fields, and `{}` with a `POST`.
                let is_bare = method == Method::Patch && json == b"{}";
                if !is_bare && !matches!(method, Method::Get | Method::Delete) {
                    wire = wire.json_text(json);
                }
                wire
            }
        };
        wire = wire.holding(secrets);
        Ok(match user_token {
            Some(token) => wire.authorized_by(&token),
            None => wire,
        })
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
        draft
            .put_each(&[
                Field::Placed("id", None, &text("a/b")),
                Field::Placed("first_page", None, &Some(2_u32)),
                Field::Placed("actions", Some("action[]"), &vec![text("x"), text("y")]),
                Field::Placed("none", None, &None::<String>),
                Field::Placed("off", None, &Flag(false)),
                Field::Placed("on", None, &Flag(true)),
            ])
            .unwrap();
        let wire = draft.finish().unwrap();
        assert_eq!(
            wire.path,
            "/api/v2/pools/POOL/users/a%2Fb?firstPage=2&action%5B%5D=x&action%5B%5D=y&on=true"
        );
        assert_eq!(wire.body, None);

        let mut draft = rest(Method::Post, "/api/v2/users/{id}");
        draft
            .put_each(&[
                Field::Placed("id", None, &text("1")),
                Field::Placed("a", Some("strategy.inner.a"), &true),
                Field::Placed("b", Some("strategy.b"), &1_i64),
                Field::Placed("not_set", None, &Flag(false)),
                Field::InBody("user_ids", None, &Via(&text("x"), crate::model::argument::as_list)),
            ])
            .unwrap();
        let wire = draft.finish().unwrap();
        assert_eq!(wire.body.unwrap(), br#"{"strategy":{"inner":{"a":true},"b":1},"userIds":["x"]}"#);
    }

    #[test]
    fn an_object_can_lie_flat_beside_other_fields() {
        let mut draft = rest(Method::Post, "/a");
        let object = std::collections::BTreeMap::from([(text("b"), text("1")), (text("c"), text("2"))]);
        draft
            .put_each(&[
                Field::Placed("a", None, &true),
                Field::Flat(&object),
                Field::Flat(&std::collections::BTreeMap::<String, String>::new()),
                Field::Placed("d", None, &true),
            ])
            .unwrap();
        assert_eq!(draft.finish().unwrap().body.unwrap(), br#"{"a":true,"b":"1","c":"2","d":true}"#);
    }

    #[test]
    fn a_token_of_a_user_takes_the_place_of_the_management_token() {
        let mut draft = rest(Method::Post, "/a");
        draft.put(&Field::Bearer(&Secret::new("USER"))).unwrap();
        let wire = draft.finish().unwrap();
        assert!(!wire.with_token);
        let [(name, value)] = wire.headers.as_slice() else { panic!("one header") };
        assert_eq!((name.as_ref(), value.expose()), ("authorization", "Bearer USER"));
        assert_eq!(wire.body.unwrap(), b"{}");
        assert_eq!(rest(Method::Patch, "/a").finish().unwrap().body, None);
    }

    #[test]
    fn a_secret_never_stands_in_a_url() {
        let secret = Secret::new("s");
        let secret = Field::Placed("secret", None, &secret);
        let error = rest(Method::Get, "/a").put(&secret).unwrap_err();
        assert_eq!(error.to_string(), "secret: cannot be part of a URL");
        assert!(rest(Method::Get, "/{secret}").put(&secret).is_err());
        assert!(rest(Method::Get, "/{id}").finish().is_err(), "a path with a hole");
    }
}
