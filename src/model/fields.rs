//! The fields of a model, one after another: the part of `Serialize` and `Debug` that is the same for all
//! models, so that the compiler reads it once.
//!
//! Errors are kept until the end, because a `?` after each of sixty fields takes the compiler longer than the
//! rest of a model.

use std::cell::Cell;
use std::fmt::{Debug, DebugStruct, Formatter};
use std::slice::Iter;

use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

use super::argument::Argument;
use super::extra::Place;
use super::field_set::{FieldSet, Index};
use super::secrets;
use super::tolerant::{Rejoined, Tolerant};
use super::{Extra, User};

/// A model of which some required fields may be missing.
pub(crate) trait Fields {
    const MODEL: &'static str;
    /// The names of the fields on the wire, in the order of [`each`](Self::each).
    const NAMES: &'static [&'static str];

    fn extra(&self) -> &Extra;

    /// Passes all fields to a visitor.
    fn each<V: Visitor>(&self, visitor: &mut V);
}

/// A field, without its value.
#[derive(Clone, Copy)]
pub(crate) struct About {
    pub(crate) name: &'static str,
    /// Whether `Debug` shows that there is a value, and not the value.
    pub(crate) is_hidden: bool,
    pub(crate) is_secret: bool,
}

pub(crate) trait Visitor {
    fn visit<T: Serialize + Debug>(&mut self, field: About, value: Option<&T>);

    /// Visits a list, of which `extra` may have the odd items.
    #[inline]
    fn visit_list<T: Serialize + Debug>(&mut self, field: About, items: Option<&T>) {
        self.visit(field, items);
    }

    #[inline]
    fn required<'de, T: Serialize + Debug + Tolerant<'de>>(&mut self, name: &'static str, value: Option<&T>) {
        self.visit(About { name, is_hidden: false, is_secret: T::IS_SECRET }, value);
    }

    #[inline]
    fn optional<'de, T: Serialize + Debug + Tolerant<'de>>(
        &mut self,
        name: &'static str,
        is_hidden: bool,
        value: &Option<T>,
    ) {
        let about = About { name, is_hidden, is_secret: T::IS_SECRET };
        if T::IS_LIST {
            self.visit_list(about, value.as_ref());
        } else {
            self.visit(about, value.as_ref());
        }
    }

    /// An empty list counts as no value.
    #[inline]
    fn list<'de, T: Serialize + Debug + Tolerant<'de>>(&mut self, name: &'static str, items: &[T]) {
        let about = About { name, is_hidden: false, is_secret: T::IS_SECRET };
        self.visit_list(about, (!items.is_empty()).then_some(&items));
    }
}

/// Returns the name of the first field that is missing.
pub(crate) fn first_missing(
    names: &'static [&'static str],
    fields: &[(bool, usize)],
) -> Option<&'static str> {
    let (_, number) = fields.iter().find(|(is_missing, _)| *is_missing)?;
    names.get(*number).copied()
}

/// Returns the error for a missing required field.
pub(crate) fn missing<E: serde::de::Error>(name: &'static str, extra: &Extra) -> E {
    match extra.raw(name) {
        Some(_) => E::custom(format_args!("field `{name}` is not of its type")),
        None => E::missing_field(name),
    }
}

thread_local! {
    /// Taken by the next model that is serialised.
    static EMPTY: Cell<FieldSet> = const { Cell::new(FieldSet::NONE) };
}

/// Serialises a user with these fields even if they are empty.
#[inline]
pub(crate) fn with_empty<S: Serializer>(
    selected: FieldSet,
    user: &User,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    EMPTY.set(selected);
    user.serialize(serializer)
}

/// Serialises the fields that have a value, and what is in `extra`.
pub(crate) fn serialize<F: Fields, S: Serializer>(fields: &F, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer {
        // First, because the models in the fields are not to have them.
        empty: EMPTY.replace(FieldSet::NONE),
        map: serializer.serialize_map(None)?,
        names: F::NAMES.iter(),
        extra: fields.extra(),
        places: Vec::new(),
        with_secrets: secrets::are_written(),
        error: None,
    };
    fields.each(&mut writer);
    if let Some(error) = writer.error {
        return Err(error);
    }
    writer.extra.write(&mut writer.map, F::MODEL, &writer.places)?;
    writer.map.end()
}

struct Writer<'a, M: SerializeMap> {
    map: M,
    names: Iter<'static, &'static str>,
    extra: &'a Extra,
    /// The fields so far, if there is anything in `extra`, which may have a value for one of them.
    places: Vec<Place>,
    with_secrets: bool,
    /// The fields to be written even if they are empty.
    empty: FieldSet,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Writer<'_, M> {
    /// Returns the name of the next field, if the field is to be written.
    fn next(&mut self, field: About, has_value: bool, is_list: bool) -> Option<&'static str> {
        let name = self.names.next();
        if let Some(name) = name.filter(|_| !self.extra.is_empty()) {
            self.places.push(Place { name, is_written: has_value, is_secret: field.is_secret });
        }
        if self.error.is_some() || (field.is_secret && !self.with_secrets) {
            return None;
        }
        if !has_value {
            if let Some(name) = name.filter(|_| self.empty != FieldSet::NONE) {
                self.write_empty(name, is_list);
            }
            return None;
        }
        if name.is_none() {
            self.error = Some(M::Error::custom("a field has no name"));
        }
        name.copied()
    }

    /// Writes an empty field, if it is to be written and `extra` has no odd value for it.
    #[inline]
    fn write_empty(&mut self, name: &'static str, is_list: bool) {
        let is_chosen = Index::of(name).is_some_and(|index| self.empty.contains(index));
        if is_chosen && !self.extra.iter().any(|(odd, _)| odd == name) {
            let none: Option<&[(); 0]> = is_list.then_some(&[]);
            self.error = self.map.serialize_entry(name, &none).err();
        }
    }
}

impl<M: SerializeMap> Visitor for Writer<'_, M> {
    #[inline]
    fn visit<T: Serialize + Debug>(&mut self, field: About, value: Option<&T>) {
        if let Some((name, value)) = self.next(field, value.is_some(), false).zip(value) {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }

    #[inline]
    fn visit_list<T: Serialize + Debug>(&mut self, field: About, items: Option<&T>) {
        if let Some((name, items)) = self.next(field, items.is_some(), true).zip(items) {
            let items = Rejoined(items, self.extra.odd_items(name));
            self.error = self.map.serialize_entry(name, &items).err();
        }
    }
}

/// Serialises the fields of an input that have something to send.
pub(crate) struct Entries<M: SerializeMap> {
    map: M,
    names: Iter<'static, &'static str>,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Entries<M> {
    /// The names are those of the fields, in their order.
    pub(crate) fn begin<S>(serializer: S, names: &'static [&'static str]) -> Result<Self, S::Error>
    where
        S: Serializer<SerializeMap = M, Ok = M::Ok, Error = M::Error>,
    {
        Ok(Self { map: serializer.serialize_map(None)?, names: names.iter(), error: None })
    }

    pub(crate) fn entry<T: Argument + Serialize>(&mut self, value: &T) {
        let name = self.names.as_slice();
        self.skip(value);
        if !value.is_absent() {
            self.named(name, value);
        }
    }

    /// Goes on to the next field.
    pub(crate) fn skip<T>(&mut self, _: &T) {
        self.names.next();
    }

    /// Writes a value under the first of the names.
    pub(crate) fn named<T: Serialize>(&mut self, names: &[&str], value: &T) {
        if self.error.is_some() {
            return;
        }
        let written = match names.first() {
            Some(name) => self.map.serialize_entry(name, value),
            None => Err(M::Error::custom("a field has no name")),
        };
        self.error = written.err();
    }

    pub(crate) fn end(self) -> Result<M::Ok, M::Error> {
        match self.error {
            Some(error) => Err(error),
            None => self.map.end(),
        }
    }
}

/// Shows only fields that are set, so that a user with five fields does not fill a screen.
pub(crate) fn debug<F: Fields>(fields: &F, f: &mut Formatter<'_>) -> std::fmt::Result {
    struct Shown<'a, 'b>(DebugStruct<'a, 'b>);

    impl Visitor for Shown<'_, '_> {
        fn visit<T: Serialize + Debug>(&mut self, field: About, value: Option<&T>) {
            if let Some(value) = value {
                self.0.field(field.name, if field.is_hidden { &Hidden } else { value });
            }
        }
    }

    let mut shown = Shown(f.debug_struct(F::MODEL));
    fields.each(&mut shown);
    shown.0.field("extra", fields.extra()).finish()
}

/// Stands for a value that is not shown.
struct Hidden;

impl Debug for Hidden {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};

    use serde_json::json;

    use crate::model::{User, UserField, UserInput, UserPatch};
    use crate::secret::Secret;

    #[allow(dead_code, unreachable_pub, reason = "declared as the models that are public")]
    mod example {
        use crate::model::macros::model;
        use crate::secret::Secret;

        model! {
            /// A model with each kind of field.
            pub struct Example {
                required {
                    /// Its id.
                    id: String,
                }
                optional {
                    /// Not shown.
                    plate: String = "plate" hidden,
                    /// A secret whose name does not say so.
                    motto: Secret,
                }
                lists {}
            }
        }
    }
    use self::example::Example;

    #[test]
    fn a_hidden_value_is_not_shown_and_an_odd_secret_is_not_written() {
        let mut example = Example::new("1");
        example.plate = Some("AB-12".to_owned());
        let shown = format!("{example:?}");
        assert!(shown.contains("plate: ***") && !shown.contains("AB-12"), "{shown}");

        let odd: Example = serde_json::from_str(r#"{"id":"1","motto":[7]}"#).unwrap();
        assert_eq!(serde_json::to_string(&odd).unwrap(), r#"{"id":"1"}"#);
        assert_eq!(serde_json::to_string(&odd.with_secrets()).unwrap(), r#"{"id":"1","motto":[7]}"#);
        example.motto = Some(Secret::new("m"));
        assert_eq!(serde_json::to_string(&example).unwrap(), r#"{"id":"1","plate":"AB-12"}"#);
    }

    /// A writer that fails once, at a text, and counts the bytes that are written all the same.
    struct FailsAt(&'static str, Option<usize>);

    impl Write for FailsAt {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match &mut self.1 {
                Some(count) => *count += bytes.len(),
                None if bytes == self.0.as_bytes() => {
                    self.1 = Some(0);
                    return Err(io::Error::other("full"));
                }
                None => {}
            }
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn an_error_halfway_is_returned_and_nothing_is_written_after_it() {
        let user =
            json!({"id": "1", "email": "a@b", "identities": [{"openid": "o"}], "phone": "1", "odd": 7});
        let user: User = serde_json::from_value(user).unwrap();
        let input = UserInput::new().username("bob").email("a@b").phone("1").custom_data("level", 3);
        let patch = UserPatch::new().username("bob").email("a@b").phone("1");
        type Write<'a> = &'a dyn Fn(&mut FailsAt) -> serde_json::Result<()>;
        let values: [(&str, Write<'_>); 5] = [
            ("email", &|writer| serde_json::to_writer(writer, &user)),
            ("identities", &|writer| serde_json::to_writer(writer, &user)),
            ("odd", &|writer| serde_json::to_writer(writer, &user)),
            ("email", &|writer| serde_json::to_writer(writer, &input)),
            ("email", &|writer| serde_json::to_writer(writer, &patch)),
        ];
        for (at, write) in values {
            let mut writer = FailsAt(at, None);
            assert!(write(&mut writer).is_err_and(|error| error.is_io()), "{at}");
            assert_eq!(writer.1, Some(0), "{at}");
        }
    }

    #[test]
    fn what_cannot_be_cleared_is_a_change_too() {
        assert!(UserPatch::new().is_empty());
        assert!(!UserPatch::new().clear(UserField::Id).is_empty());
        assert!(!UserPatch::new().clear(UserField::City).is_empty());
    }
}
