//! The keys that identify the items of a list.
//!
//! With page numbers an item can be returned twice, and whether anything is missing depends on how many
//! different items were returned. Therefore each listed type declares the fields that identify its items:
//! once for values and, by wire names, for items that are passed on as JSON text.

use std::borrow::Cow;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value;

use crate::fnv::Fnv1a;

/// The key that identifies an item of a list: its id or, if it has none, its whole content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ItemKey<'a>(Form<'a>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form<'a> {
    Named(Cow<'a, str>),
    /// Two independent hashes of the whole content: one for this process, one that is the same in all
    /// processes.
    Whole(u64, u64),
}

impl<'a> ItemKey<'a> {
    /// Creates the key of an item with an id, or another value that is unique in the list.
    #[inline]
    pub fn of(id: impl Into<Cow<'a, str>>) -> Self {
        Self(Form::Named(id.into()))
    }

    /// Creates the key of an item that is identified by several fields together, such as a namespace and a
    /// code.
    #[inline]
    pub fn of_parts(parts: &[&str]) -> Self {
        let length = parts.iter().map(|part| part.len() + 8).sum();
        let mut key = String::with_capacity(length);
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                key.push('/');
            }
            // A slash inside a part must not make two keys equal.
            key.push_str(&part.replace('~', "~0").replace('/', "~1"));
        }
        Self(Form::Named(Cow::Owned(key)))
    }

    /// Creates the key of an item without identifying fields: a hash of its whole content. An item that
    /// changes while the list is read counts as two, so a list of several pages of such items is never known
    /// to be complete.
    #[inline]
    pub fn of_whole(item: &impl Serialize) -> Self {
        let mut json = Vec::new();
        // What cannot be written as JSON was not read from JSON. What was written up to there is hashed.
        let _unwritable = serde_json::to_writer(&mut json, item).is_err();
        Self::of_json(&json)
    }

    #[inline]
    fn of_json(json: &[u8]) -> Self {
        let (mut hasher, mut portable) = (KEYS.build_hasher(), Portable::new());
        hasher.write(json);
        portable.write(json);
        Self(Form::Whole(hasher.finish(), portable.finish()))
    }

    /// Returns the key as text, or `None` for an item that is identified by its whole content.
    #[inline]
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Form::Named(key) => Some(key),
            Form::Whole(..) => None,
        }
    }

    /// Returns the first of several keys whose fields are all present.
    #[inline]
    pub(crate) fn of_fields<const N: usize>(fields: [Option<&'a str>; N]) -> Option<Self> {
        match fields.as_slice() {
            [field] => field.map(Self::of),
            fields => {
                let parts: Option<Vec<&str>> = fields.iter().copied().collect();
                parts.map(|parts| Self::of_parts(&parts))
            }
        }
    }

    #[inline]
    fn into_owned(self) -> ItemKey<'static> {
        ItemKey(match self.0 {
            Form::Named(key) => Form::Named(Cow::Owned(key.into_owned())),
            Form::Whole(hash, portable) => Form::Whole(hash, portable),
        })
    }

    /// Returns a hash that cannot be predicted outside this process.
    #[inline]
    pub(crate) fn hash(&self) -> u64 {
        KEYS.hash_one(self)
    }

    /// Returns a hash that is the same in every process and version.
    #[inline]
    pub(crate) fn portable_hash(&self) -> u64 {
        match &self.0 {
            Form::Named(key) => {
                let mut portable = Portable::new();
                portable.write(key.as_bytes());
                portable.finish()
            }
            Form::Whole(_, portable) => *portable,
        }
    }
}

/// The keys of the hash, chosen at random once per process, so that nobody can construct ids that collide.
static KEYS: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// FNV-1a with a final mix. Its result is part of positions, so it must never change.
struct Portable(Fnv1a);

impl Portable {
    #[inline]
    fn new() -> Self {
        Self(Fnv1a::new())
    }

    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    #[inline]
    fn finish(&self) -> u64 {
        let hash = self.0.finish();
        let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ (mixed >> 33)
    }
}

/// An item that can be distinguished from the others of its list.
///
/// The models implement it. Implement it for a type of your own to [page](crate::paging::Paged) an operation
/// of your own:
///
/// ```
/// use authing::paging::{Identified, ItemKey};
///
/// struct Tenant {
///     id: String,
/// }
///
/// impl Identified for Tenant {
///     fn key(&self) -> ItemKey<'_> {
///         ItemKey::of(&self.id)
///     }
/// }
/// ```
pub trait Identified {
    /// The wire names of the fields that form the key: alternatives, of which the first one whose fields are
    /// all present is used. Only used if items are passed on as JSON text.
    const KEYS: &'static [&'static [&'static str]] = &[&["id"]];

    /// Returns the key of the item.
    fn key(&self) -> ItemKey<'_>;
}

/// By `id`, a text or a number; otherwise by the whole content.
impl Identified for Value {
    #[inline]
    fn key(&self) -> ItemKey<'_> {
        key_of_value(self, Self::KEYS)
    }
}

/// Returns the key of an item that is a JSON value.
#[inline]
pub(crate) fn key_of_value<'a>(item: &'a Value, keys: &[&[&str]]) -> ItemKey<'a> {
    let field = |name: &&str| match item.get(*name)? {
        Value::String(text) if !text.is_empty() => Some(Cow::Borrowed(text.as_str())),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    };
    for fields in keys {
        if let [name] = fields {
            if let Some(key) = field(name) {
                return ItemKey::of(key);
            }
        } else if let Some(parts) = fields.iter().map(field).collect::<Option<Vec<_>>>() {
            return ItemKey::of_parts(&parts.iter().map(|part| &**part).collect::<Vec<_>>());
        }
    }
    ItemKey::of_whole(item)
}

/// Returns the key of an item that is JSON text. If the field comes first, as in responses to the documents
/// of this crate, the rest is not read.
#[inline]
pub(crate) fn key_of_text<'a>(item: &'a str, keys: &[&[&str]]) -> ItemKey<'a> {
    let first = || {
        let [[name], ..] = keys else { return None };
        let value = item.strip_prefix("{\"")?.strip_prefix(name)?.strip_prefix("\":\"")?;
        let (text, _) = value.split_once('"')?;
        (!text.is_empty() && !text.contains('\\')).then(|| ItemKey::of(text))
    };
    first().unwrap_or_else(|| match serde_json::from_str(item) {
        Ok(value) => key_of_value(&value, keys).into_owned(),
        Err(_) => ItemKey::of_whole(&item),
    })
}

/// A field that can be part of a key.
pub(crate) trait KeyField {
    fn key_field(&self) -> Option<&str>;
}

impl KeyField for String {
    #[inline]
    fn key_field(&self) -> Option<&str> {
        (!self.is_empty()).then_some(self)
    }
}

impl<T: KeyField> KeyField for Option<T> {
    #[inline]
    fn key_field(&self) -> Option<&str> {
        self.as_ref()?.key_field()
    }
}

/// Declares the fields that identify the items of a model. Alternatives are separated by commas, the fields
/// of one alternative by spaces. The type of each list of the API has such a line next to its declaration.
///
/// ```text
/// identified! { Role by id, namespace code }
/// ```
macro_rules! identified {
    ($model:ident by $( $($field:ident $(= $name:literal)?)+ ),+) => {
        impl $crate::model::item_key::Identified for $model {
            const KEYS: &'static [&'static [&'static str]] =
                &[$( $crate::model::wire_names::wire_names!($( $field $(= $name)? ),+) ),+];

            #[inline]
            fn key(&self) -> $crate::model::item_key::ItemKey<'_> {
                use $crate::model::item_key::{ItemKey, KeyField as _};

                $( if let Some(key) = ItemKey::of_fields([$( self.$field.key_field() ),+]) {
                    return key;
                } )+
                ItemKey::of_whole(self)
            }
        }
    };
}
pub(crate) use identified;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{Group, Role, User};

    #[test]
    fn a_model_and_its_json_have_the_same_key() {
        fn same<T: Identified + serde::de::DeserializeOwned>(item: Value, expected: Option<&str>) {
            let model: T = serde_json::from_value(item.clone()).unwrap();
            assert_eq!(model.key().as_str(), expected);
            if expected.is_some() {
                assert_eq!(key_of_value(&item, T::KEYS), model.key());
                assert_eq!(key_of_text(&item.to_string(), T::KEYS), model.key());
            }
        }
        same::<User>(json!({"id": "1", "name": "x"}), Some("1"));
        same::<User>(json!({"id": "a\"b", "name": "x"}), Some("a\"b"));
        assert_eq!(key_of_text(r#"{"id":"7","x":1}"#, User::KEYS).as_str(), Some("7"));
        assert_eq!(key_of_text(r#"{"id":"","x":1}"#, User::KEYS).as_str(), None);
        same::<User>(json!({"id": "", "name": "x"}), None);
        same::<Group>(json!({"code": "a"}), Some("a"));
        same::<Role>(json!({"id": "9", "namespace": "default", "code": "a"}), Some("9"));
        same::<Role>(json!({"namespace": "default", "code": "a/b~"}), Some("default/a~1b~0"));
        same::<Role>(json!({"code": "a"}), Some("a"));
    }

    #[test]
    fn without_an_id_everything_counts() {
        let key = |item: Value| item.key().hash();
        assert_eq!(key(json!({"a": 1, "id": 7})), key(json!({"a": 2, "id": 7})));
        assert_eq!(key(json!({"a": 1})), key(json!({"a": 1})));
        assert_ne!(key(json!({"a": 1})), key(json!({"a": 2})));
        assert_ne!(json!({"a": 1}).key().portable_hash(), json!({"a": 2}).key().portable_hash());
        assert_ne!(key(json!({"id": "", "a": 1})), key(json!({"id": "", "a": 2})));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(ItemKey::of_parts(&["a/b", "c"]), ItemKey::of_parts(&["a", "b/c"]));
        assert_ne!(ItemKey::of_parts(&["a~1b", "c"]), ItemKey::of_parts(&["a/b", "c"]));
    }

    #[test]
    fn the_hash_in_positions_never_changes() {
        assert_eq!(ItemKey::of("5f718016d8e5f7e9d6d3a1b2").portable_hash(), PINNED);
    }

    const PINNED: u64 = 0x815d4b7b1c264b2a;
}
