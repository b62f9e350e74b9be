//! The fields of a model, one after another: the part of `Serialize` and `Debug` that is the same for all
//! models, so that it is compiled once.

use std::cell::Cell;
use std::fmt::{Debug, Formatter};
use std::slice::Iter;

use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

use super::argument::Argument;
use super::data::{Data, Field, Joined, Model};
use super::field_set::{FieldSet, Index};
use super::secrets::{self, WithSecrets};
use super::tolerant::Odd;
use super::{Extra, User};
use crate::json::to_raw;

/// A model, taken apart.
pub(crate) struct Parts<'a> {
    /// The name of its type.
    pub(crate) model: &'static str,
    /// The names of the fields on the wire.
    pub(crate) names: &'static [&'static str],
    /// In the same order.
    pub(crate) fields: Vec<&'a dyn Field>,
    /// How many of them, at the end, have no value if they are empty lists.
    pub(crate) lists: usize,
    pub(crate) extra: &'a Extra,
}

impl<'a> Parts<'a> {
    /// Returns the names, the fields and their values.
    fn iter(&self) -> impl Iterator<Item = (&'static str, &'a dyn Field, Data<'a>)> {
        let fields = self.names.iter().zip(&self.fields).enumerate();
        fields.map(|(index, (name, field))| (*name, *field, self.value_of(*field, index)))
    }

    fn value_of(&self, field: &'a dyn Field, index: usize) -> Data<'a> {
        match field.data() {
            Data::List(items) if index + self.lists >= self.fields.len() && items.length() == 0 => Data::Null,
            data => data,
        }
    }

    /// Returns whether a value in `extra` is not written: it is that of a secret field, or part of what was
    /// written for its field.
    fn has_place_for(&self, name: &str) -> bool {
        let index = self.names.iter().position(|known| *known == name);
        let found = index.and_then(|index| Some((index, *self.fields.get(index)?)));
        found.is_some_and(|(index, field)| {
            !matches!(self.value_of(field, index), Data::Null) || field.is_secret() && !secrets::are_written()
        })
    }
}

/// Handles a model without some required fields, which come first: it is an error, or makes the value odd.
pub(crate) fn incomplete<E: serde::de::Error>(
    model: &dyn Model,
    are_missing: &[bool],
    odd: Option<&mut Odd>,
) -> Result<(), E> {
    let mut parts = model.parts();
    let required = parts.fields.iter_mut().zip(parts.names).zip(are_missing);
    for ((field, name), _) in required.filter(|(_, is_missing)| **is_missing) {
        match (&odd, parts.extra.raw(name)) {
            (Some(_), _) => *field = &(),
            (None, Some(_)) => return Err(E::custom(format_args!("field `{name}` is not of its type"))),
            (None, None) => return Err(E::missing_field(name)),
        }
    }
    if let Some(odd) = odd {
        *odd = to_raw(&WithSecrets::new(&parts));
    }
    Ok(())
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
pub(crate) fn serialize<S: Serializer>(parts: &Parts<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    // First, because the models in the fields are not to have them.
    let empty = EMPTY.replace(FieldSet::NONE);
    let (with_empty, with_secrets) = (empty != FieldSet::NONE, secrets::are_written());
    let extra = parts.extra;
    let mut map = serializer.serialize_map(None)?;
    for (name, field, data) in parts.iter() {
        match data {
            // The usual case first.
            Data::Null if !with_empty => {}
            _ if field.is_secret() && !with_secrets => {}
            Data::Null if is_written_empty(&empty, name, extra) => {
                let none: Option<&[(); 0]> = field.is_list().then_some(&[]);
                map.serialize_entry(name, &none)?;
            }
            Data::Null => {}
            Data::List(items) => map.serialize_entry(name, &Joined(items, &extra.odd_items(name)))?,
            data => map.serialize_entry(name, &data)?,
        }
    }
    extra.write(&mut map, parts.model, &|name| parts.has_place_for(name))?;
    map.end()
}

/// Returns whether a field is written even if it is empty, which excludes an odd value.
fn is_written_empty(empty: &FieldSet, name: &str, extra: &Extra) -> bool {
    Index::of(name).is_some_and(|index| empty.contains(index)) && extra.raw(name).is_none()
}

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
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

/// The name of a field, whether it is hidden, and its value.
pub(crate) type Shown<'a> = (&'static str, bool, Option<&'a dyn Debug>);

/// Shows only fields that are set, so that a user with five fields does not fill a screen.
pub(crate) fn debug(
    model: &str,
    fields: &[Shown<'_>],
    extra: &Extra,
    f: &mut Formatter<'_>,
) -> std::fmt::Result {
    let mut shown = f.debug_struct(model);
    for (name, is_hidden, value) in fields {
        if let Some(value) = value {
            shown.field(name, if *is_hidden { &Hidden } else { value });
        }
    }
    shown.field("extra", extra).finish()
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
