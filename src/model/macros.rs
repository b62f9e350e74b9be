//! Declaration of models and enums.

/// A constant with the camel case of a field name, which is its wire name.
macro_rules! wire_name {
    ($field:ident) => {{
        const SNAKE: &str = stringify!($field);
        const CAMEL: [u8; $crate::model::macros::camel_length(SNAKE)] = $crate::model::macros::camel(SNAKE);
        match ::std::str::from_utf8(&CAMEL) {
            // Not `name`: a field may have that name, and its constant would be used.
            Ok(camel_as_text) => camel_as_text,
            Err(_) => SNAKE,
        }
    }};
    ($field:ident $name:literal) => {
        $name
    };
}
pub(crate) use wire_name;

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which refuses to go out of bounds")]
pub(crate) const fn camel_length(snake: &str) -> usize {
    let (bytes, mut index, mut length) = (snake.as_bytes(), 0, 0);
    while index < bytes.len() {
        length += (bytes[index] != b'_') as usize;
        index += 1;
    }
    length
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which refuses to go out of bounds")]
pub(crate) const fn camel<const N: usize>(snake: &str) -> [u8; N] {
    let (bytes, mut from, mut to) = (snake.as_bytes(), 0, 0);
    let mut name = [0; N];
    let mut after_underscore = false;
    while from < bytes.len() {
        if bytes[from] == b'_' {
            after_underscore = true;
        } else {
            name[to] = if after_underscore { bytes[from].to_ascii_uppercase() } else { bytes[from] };
            after_underscore = false;
            to += 1;
        }
        from += 1;
    }
    name
}

/// What `Debug` shows for a field.
macro_rules! shown {
    ($value:ident) => {
        $value
    };
    ($value:ident hidden) => {{
        let _: &_ = $value;
        &$crate::model::macros::Hidden
    }};
}
pub(crate) use shown;

/// Stands for a value that is not shown.
pub(crate) struct Hidden;

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Declares a model of a response. The wire name of a field is given if it is not the field name in camel
/// case.
///
/// ```text
/// model! {
///     /// A role.
///     pub struct Role {
///         required {
///             /// Its id.
///             id: String,
///         }
///         optional {
///             /// The address of the last sign-in.
///             last_ip: String = "lastIP",
///             /// `hidden` behind it: `Debug` shows that it is there, and not what it is.
///             answer: String = "answer" hidden,
///         }
///         lists {
///             /// Linked accounts.
///             identities: Identity,
///         }
///         refused_by refusal    // a function that tells why reading one is an error after all, if it is
///     }
/// }
/// ```
macro_rules! model {
    (
        $(#[$meta:meta])*
        pub struct $model:ident {
            required { $( $(#[$required_meta:meta])* $required:ident : $required_type:ty $(= $required_name:literal)?, )* }
            optional { $( $(#[$field_meta:meta])* $field:ident : $type:ty $(= $name:literal $($hidden:ident)?)?, )* }
            lists { $( $(#[$list_meta:meta])* $list:ident : $item:ty $(= $list_name:literal)?, )* }
            $( refused_by $refusal:ident )?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $model {
            $( $(#[$required_meta])* pub $required: $required_type, )*
            $( $(#[$field_meta])* pub $field: Option<$type>, )*
            $( $(#[$list_meta])* pub $list: Vec<$item>, )*
            /// Fields that the service sent and this version of the crate does not know, by wire name.
            pub extra: $crate::model::Extra,
        }

        $crate::model::macros::constructor! { $model { $( $required: $required_type, )* } { $($field,)* $($list,)* } }

        impl $model {
            /// Returns the value for serialisation with its secrets. A plain `Serialize` leaves them out.
            pub fn with_secrets(&self) -> $crate::model::WithSecrets<'_, Self> {
                $crate::model::WithSecrets::new(self)
            }
        }

        const _: () = {
            use ::serde::de::{Deserializer, Error as _, MapAccess, Visitor};
            use ::serde::ser::{Serialize, SerializeMap, Serializer};
            use $crate::json::{TextSeed, to_raw};
            use $crate::model::extra::Place;
            use $crate::model::secrets;
            use ::std::sync::atomic::AtomicU8;
            use $crate::model::tolerant::{Field as FieldNames, Names, Odd, Rejoined, Tolerant, read_field};

            #[expect(non_upper_case_globals, reason = "named as the fields")]
            mod wire {
                $( pub(super) const $required: &str = $crate::model::macros::wire_name!($required $($required_name)?); )*
                $( pub(super) const $field: &str = $crate::model::macros::wire_name!($field $($name)?); )*
                $( pub(super) const $list: &str = $crate::model::macros::wire_name!($list $($list_name)?); )*
            }

            #[derive(Clone, Copy)]
            #[expect(non_camel_case_types, reason = "named as the fields")]
            enum Field {
                $( $required, )*
                $( $field, )*
                $( $list, )*
            }

            impl $crate::model::tolerant::Field for Field {
                const ALL: &'static [Self] =
                    &[$( Self::$required, )* $( Self::$field, )* $( Self::$list, )*];
                const NAMES: &'static [&'static str] =
                    &[$( wire::$required, )* $( wire::$field, )* $( wire::$list, )*];

                #[inline]
                fn order() -> &'static [AtomicU8] {
                    static ORDER: [AtomicU8; <Field as FieldNames>::NAMES.len() + 1] =
                        [const { AtomicU8::new(0) }; <Field as FieldNames>::NAMES.len() + 1];
                    &ORDER
                }
            }

            struct Reader;

            impl Reader {
                /// Reads all fields. A missing required field is an error, or makes the value odd if the
                /// caller accepts that.
                fn read<'de, A: MapAccess<'de>>(
                    mut map: A,
                    place: &mut Option<$model>,
                    odd: Option<&mut Odd>,
                ) -> Result<(), A::Error> {
                    $( let mut $required: Option<$required_type> = None; )*
                    $( let mut $field: Option<$type> = None; )*
                    $( let mut $list: Option<Vec<$item>> = None; )*
                    let mut extra = $crate::model::Extra::default();
                    let mut names = Names::<Field>::new();
                    while let Some(field) = map.next_key_seed(&mut names)? {
                        match field {
                            $( Some(Field::$required) => read_field(&mut map, &mut $required, wire::$required, &mut extra)?, )*
                            $( Some(Field::$field) => read_field(&mut map, &mut $field, wire::$field, &mut extra)?, )*
                            $( Some(Field::$list) => read_field(&mut map, &mut $list, wire::$list, &mut extra)?, )*
                            None => map.next_value_seed(TextSeed(|json: &str| extra.keep(&names.unknown, json)))?,
                        }
                    }
                    let missing: Option<&'static str> = None;
                    $( let missing = missing.or($required.is_none().then_some(wire::$required)); )*
                    match (missing, odd) {
                        (Some(name), None) => match extra.raw(name) {
                            Some(_) => Err(A::Error::custom(format_args!("field `{name}` is not of its type"))),
                            None => Err(A::Error::missing_field(name)),
                        },
                        (Some(_), Some(odd)) => {
                            let written = Written {
                                $( $required: $required.as_ref(), )*
                                $( $field: &$field, )*
                                $( $list: $list.as_deref().unwrap_or_default(), )*
                                extra: &extra,
                            };
                            *odd = to_raw(&$crate::model::WithSecrets::new(&written));
                            Ok(())
                        }
                        (None, _) => {
                            let _model = place.insert($model {
                                $( $required: $required.ok_or_else(|| A::Error::missing_field(wire::$required))?, )*
                                $( $field, )*
                                $( $list: $list.unwrap_or_default(), )*
                                extra,
                            });
                            $( if let Some(refusal) = $refusal(_model) {
                                return Err(A::Error::custom(refusal));
                            } )?
                            Ok(())
                        }
                    }
                }
            }

            impl<'de> Visitor<'de> for Reader {
                type Value = $model;

                fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str(concat!("a ", stringify!($model)))
                }

                fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$model, A::Error> {
                    let mut model = None;
                    Self::read(map, &mut model, None)?;
                    model.ok_or_else(|| A::Error::custom("a field is missing"))
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $model {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    const NAMES: &[&str] = <Field as FieldNames>::NAMES;
                    $crate::model::macros::deserialize_as!(deserializer $model NAMES Reader $($refusal)?)
                }
            }

            impl<'de> Tolerant<'de> for $model {
                /// Inside another value, a value without a required field is odd and does not fail the outer
                /// one.
                fn from_map<A: MapAccess<'de>>(map: A, place: &mut Option<Self>, odd: &mut Odd) -> Result<(), A::Error> {
                    Reader::read(map, place, Some(odd))
                }
            }

            /// What is written of a model, which may lack required fields.
            struct Written<'a> {
                $( $required: Option<&'a $required_type>, )*
                $( $field: &'a Option<$type>, )*
                $( $list: &'a [$item], )*
                extra: &'a $crate::model::Extra,
            }

            impl Serialize for $model {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let written = Written {
                        $( $required: Some(&self.$required), )*
                        $( $field: &self.$field, )*
                        $( $list: &self.$list, )*
                        extra: &self.extra,
                    };
                    written.serialize(serializer)
                }
            }

            impl Serialize for Written<'_> {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let with_secrets = secrets::are_written();
                    let mut map = serializer.serialize_map(None)?;
                    $( if let (Some(value), true) = (self.$required, with_secrets || !is_secret::<$required_type>()) {
                        map.serialize_entry(wire::$required, value)?;
                    } )*
                    $( if let (Some(value), true) = (self.$field, with_secrets || !is_secret::<$type>()) {
                        map.serialize_entry(wire::$field, &Rejoined(value, self.extra.odd_items(wire::$field)))?;
                    } )*
                    $( if !self.$list.is_empty() && (with_secrets || !is_secret::<$item>()) {
                        map.serialize_entry(wire::$list, &Rejoined(&self.$list, self.extra.odd_items(wire::$list)))?;
                    } )*
                    self.extra.write(&mut map, stringify!($model), |name| match name {
                        $( wire::$required => Place {
                            is_written: self.$required.is_some(), is_secret: is_secret::<$required_type>(),
                        }, )*
                        $( wire::$field => Place {
                            is_written: self.$field.is_some(), is_secret: is_secret::<$type>(),
                        }, )*
                        $( wire::$list => Place {
                            is_written: !self.$list.is_empty(), is_secret: is_secret::<$item>(),
                        }, )*
                        _ => Place::default(),
                    })?;
                    map.end()
                }
            }

            const fn is_secret<T: for<'de> Tolerant<'de>>() -> bool {
                <T as Tolerant<'static>>::IS_SECRET
            }

            /// Shows only fields that are set, so that a user with five fields does not fill a screen.
            impl ::std::fmt::Debug for $model {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    let mut debug = f.debug_struct(stringify!($model));
                    $( debug.field(stringify!($required), &self.$required); )*
                    $( if let Some(value) = &self.$field {
                        debug.field(stringify!($field), $crate::model::macros::shown!(value $($($hidden)?)?));
                    } )*
                    $( if !self.$list.is_empty() { debug.field(stringify!($list), &self.$list); } )*
                    debug.field("extra", &self.extra).finish()
                }
            }
        };
    };
}

pub(crate) use model;

/// Deserialises as a map, which serde's `flatten` takes completely. A type that may be a refusal is
/// deserialised as a struct: `wire::substitute` recognises an acknowledgement by its name.
macro_rules! deserialize_as {
    ($deserializer:ident $model:ident $fields:ident $reader:ident) => {{
        let _ = $fields;
        $deserializer.deserialize_map($reader)
    }};
    ($deserializer:ident $model:ident $fields:ident $reader:ident $refusal:ident) => {
        $deserializer.deserialize_struct(stringify!($model), $fields, $reader)
    };
}
pub(crate) use deserialize_as;

/// `new` with the required fields of a model, or `Default` for a model without any, to create values in
/// tests.
macro_rules! constructor {
    ($model:ident {} { $($empty:ident,)* }) => {
        impl ::std::default::Default for $model {
            fn default() -> Self {
                Self { $( $empty: ::std::default::Default::default(), )* extra: ::std::default::Default::default() }
            }
        }
    };
    ($model:ident { $($required:ident : $type:ty,)+ } { $($empty:ident,)* }) => {
        impl $model {
            /// Creates a value that has only the required fields. For use in your tests: other fields can
            /// then be set one by one.
            pub fn new($($required: impl Into<$type>),+) -> Self {
                Self {
                    $( $required: $required.into(), )+
                    $( $empty: ::std::default::Default::default(), )*
                    extra: ::std::default::Default::default(),
                }
            }
        }
    };
}
pub(crate) use constructor;

/// Declares an enum that accepts values newer than the crate.
///
/// ```text
/// open_enum! {
///     /// Whether a user may sign in.
///     pub enum UserStatus {
///         /// May sign in.
///         Activated = "Activated",
///     }
/// }
/// ```
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $text:literal, )+
        }
    ) => {
        $(#[$meta])*
        ///
        /// Later versions of the crate may add variants. To match a value reliably, compare
        /// [`as_str`](Self::as_str).
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$variant_meta])* $variant, )+
            /// A value that this version of the crate does not know.
            Other(String),
        }

        impl $name {
            /// Returns the value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $text, )+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $( $text => Self::$variant, )+
                    _ => Self::Other(text.to_owned()),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = ::std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                Ok(Self::from(&*text))
            }
        }

        $crate::model::given_as! { $name: &str; }

        impl $crate::model::argument::Check for $name {
            fn check(&self, field: &'static str) -> Result<(), $crate::error::Error> {
                $crate::model::argument::check_text(self.as_str(), field)
            }
        }

        impl $crate::model::argument::Argument for $name {
            fn write_json(&self, json: &mut Vec<u8>) -> Result<(), $crate::error::Error> {
                $crate::model::argument::to_json(json, self.as_str())
            }

            fn each_text(&self, take: &mut dyn FnMut(&str)) -> bool {
                take(self.as_str());
                true
            }
        }

        impl<'de> $crate::model::tolerant::Tolerant<'de> for $name {
            fn from_text(text: &str) -> Option<Self> {
                Some(Self::from(text))
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    #[test]
    fn a_snake_becomes_a_camel() {
        assert_eq!(wire_name!(preferred_username), "preferredUsername");
        assert_eq!(wire_name!(id), "id");
        assert_eq!(wire_name!(last_ip "lastIP"), "lastIP");
    }
}
