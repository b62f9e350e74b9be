//! GraphQL documents as they are sent, and narrowed to some fields of a user.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde_json::Value;

use crate::error::Error;
use crate::model::{FieldIndex, FieldSet, UserField};

/// A document, and the name of its operation.
#[derive(Debug)]
pub(crate) struct Document {
    name: &'static str,
    text: Cow<'static, str>,
    opening: OnceLock<String>,
}

impl Document {
    pub(crate) const fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text: Cow::Borrowed(text), opening: OnceLock::new() }
    }

    /// The JSON body up to the value of `variables`. It is the same for every request, and built once.
    pub(crate) fn opening(&self) -> &str {
        self.opening.get_or_init(|| {
            let (query, name) = (Value::from(&*self.text), Value::from(self.name));
            format!(r#"{{"query":{query},"operationName":{name},"variables":"#)
        })
    }

    /// The same operation, with these fields of a user only. `with_custom_data` means that the variable of
    /// that name is sent.
    fn narrowed(&self, fields: FieldSet, with_custom_data: bool) -> Self {
        const VARIABLE: &str = "$withCustomData: Boolean = false";
        let (operation, _) = self.text.split_once("\nfragment ").unwrap_or((&self.text, ""));
        let is_wanted = |line: &&str| match line.trim() {
            "...Identities" => false,
            "...CustomData" | VARIABLE => with_custom_data,
            _ => true,
        };
        let mut text = String::new();
        for line in operation.lines().filter(is_wanted) {
            match line.split_once(&format!(", {VARIABLE}")) {
                Some((before, after)) if !with_custom_data => text.extend([before, after, "\n"]),
                _ => text.extend([line, "\n"]),
            }
        }
        text.push_str("\nfragment User on User {\n");
        for field in fields.iter() {
            match field {
                UserField::Identities => text.push_str(selection_of(IDENTITIES)),
                UserField::CustomData if with_custom_data => continue,
                UserField::CustomData => text.push_str(&selection_of(CUSTOM_DATA).replace(INCLUDED, "")),
                field => text.extend(["  ", field.as_str()]),
            }
            text.push('\n');
        }
        text.push_str("}\n");
        if with_custom_data {
            text.push_str(CUSTOM_DATA);
        }
        Self { name: self.name, text: Cow::Owned(text), opening: OnceLock::new() }
    }
}

const IDENTITIES: &str = include_str!("../users/identities.graphql");
const CUSTOM_DATA: &str = include_str!("../users/custom_data.graphql");
const INCLUDED: &str = " @include(if: $withCustomData)";

/// The text between the outer braces of a fragment.
fn selection_of(fragment: &'static str) -> &'static str {
    let inner = fragment.split_once('{').and_then(|(_, rest)| rest.rsplit_once('}'));
    inner.map_or("", |(inner, _)| inner.trim_matches('\n'))
}

/// The fields of a user that a builder requests, and its document with these fields. The document is built
/// once for all clones of the builder.
#[derive(Clone)]
pub(crate) struct Selection {
    fields: FieldSet,
    refused: Option<String>,
    /// Without and with the variable for custom data.
    documents: Arc<[OnceLock<Document>; 2]>,
    /// Builds them. Behind a pointer, so that programs that select nothing are compiled without it.
    narrow: fn(&Document, FieldSet, bool) -> Document,
}

impl fmt::Debug for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fields, refused, documents: _, narrow: _ } = self;
        let mut shown = f.debug_struct("Selection");
        shown.field("fields", fields).field("refused", refused).finish_non_exhaustive()
    }
}

impl Selection {
    pub(crate) fn new<F: Into<UserField>>(fields: impl IntoIterator<Item = F>) -> Self {
        let mut selection = Self {
            fields: FieldSet::default(),
            refused: None,
            documents: Arc::default(),
            narrow: Document::narrowed,
        };
        let mut is_empty = true;
        for field in fields {
            let field = field.into();
            is_empty = false;
            match FieldIndex::of(field.as_str()) {
                Some(index) => selection.fields.insert(index),
                None => selection.refused = Some(format!("`{field}` is not a field of a user")),
            }
        }
        if is_empty {
            selection.refused = Some("must not be empty".to_owned());
        }
        // Users are identified by it.
        selection.fields.insert(FieldIndex::Id);
        selection
    }

    #[cfg(feature = "files")]
    pub(crate) fn fields(&self) -> Vec<UserField> {
        self.fields.iter().cloned().collect()
    }

    pub(crate) fn document(&self, whole: &Document, with_custom_data: bool) -> Result<&Document, Error> {
        if let Some(reason) = &self.refused {
            return Err(Error::invalid_input("select", reason.clone()));
        }
        let [without, with] = &*self.documents;
        let slot = if with_custom_data { with } else { without };
        Ok(slot.get_or_init(|| (self.narrow)(whole, self.fields, with_custom_data)))
    }
}

/// Adds the method `select` to a builder for users. The fields of the builder follow, except those that every
/// builder has.
macro_rules! select {
    ($builder:ident [] { $($field:ident)* } [$($paged:ident)?]) => {};
    ($builder:ident [$shape:ident] { $($field:ident)* } [$($paged:ident)?]) => {
        impl<$shape> $builder<$shape> {
            /// Requests only these fields of each user, and the id. The response contains
            /// [`PartialUser`](crate::PartialUser)s, which distinguish a field that was not selected from one
            /// that is empty.
            ///
            /// [`UserField::Other`](crate::UserField::Other) and an empty list are rejected before anything
            /// is sent.
            pub fn select<F: Into<$crate::model::UserField>>(
                self,
                fields: impl IntoIterator<Item = F>,
            ) -> $builder<$crate::model::PartialUser> {
                $builder {
                    call: self.call,
                    $( $field: self.$field, )*
                    $( page: $crate::api::mould::select!(@page self $paged),
                       limit: self.limit,
                       items: ::std::marker::PhantomData, )?
                    selection: Some($crate::api::mould::Selection::new(fields)),
                    shape: ::std::marker::PhantomData,
                }
            }

            /// Returns the client and the selected fields, for exports of the list.
            #[cfg(feature = "files")]
            #[allow(dead_code, reason = "not every request is a list")]
            pub(crate) fn client_and_selection(&self) -> ($crate::client::Client, Option<Vec<$crate::model::UserField>>) {
                let fields = self.selection.as_ref().map($crate::api::mould::Selection::fields);
                (self.call.client.clone(), fields)
            }
        }
    };
    (@page $self:ident $paged:ident) => { $self.page };
}
pub(crate) use select;

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = concat!(
        "query users(\n  $page: Int\n  $withCustomData: Boolean = false\n) {\n  users(page: $page) {\n    list {\n      \
         ...User\n      ...Identities\n      ...CustomData\n    }\n  }\n}\n",
        include_str!("../users/user.graphql"),
        include_str!("../users/identities.graphql"),
        include_str!("../users/custom_data.graphql"),
    );

    fn narrowed(fields: &[UserField], with_custom_data: bool) -> String {
        let selection = Selection::new(fields.iter().cloned());
        let whole = Document::new("users", WHOLE);
        selection.document(&whole, with_custom_data).unwrap().text.clone().into_owned()
    }

    #[test]
    fn only_the_selected_fields_are_asked_for_in_a_stable_order() {
        let expected = "query users(\n  $page: Int\n) {\n  users(page: $page) {\n    list {\n      ...User\n    }\n  }\n}\n\n\
                        fragment User on User {\n  id\n  email\n  phone\n}\n";
        let asked = narrowed(&[UserField::Phone, UserField::Email, UserField::Phone], false);
        assert_eq!(asked, expected);
        assert_eq!(narrowed(&[UserField::Id, UserField::Email, UserField::Phone], false), expected);
    }

    #[test]
    fn fields_with_fields_of_their_own_are_asked_for_with_them() {
        let asked = narrowed(&[UserField::CustomData, UserField::Identities], false);
        assert!(
            asked.contains("\n  customData {\n    key\n") && asked.contains("\n  identities {\n    openid\n")
        );
        assert!(!asked.contains("withCustomData") && !asked.contains("...Ide"), "{asked}");
    }

    #[test]
    fn custom_data_by_the_flag_keeps_its_variable() {
        for fields in [&[UserField::Email][..], &[UserField::Email, UserField::CustomData]] {
            let asked = narrowed(fields, true);
            assert_eq!(asked.matches("customData").count(), 1, "{asked}");
            assert!(asked.contains("$withCustomData: Boolean = false") && asked.contains("...CustomData"));
        }
    }

    #[test]
    fn what_the_service_does_not_know_is_refused() {
        let whole = Document::new("users", WHOLE);
        for (fields, reason) in
            [(vec!["email", "id } x {"], "`id } x {` is not a field"), (vec![], "must not be empty")]
        {
            let error = Selection::new(fields).document(&whole, false).unwrap_err();
            assert!(error.to_string().contains(reason), "{error}");
        }
    }
}
