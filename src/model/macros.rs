//! How models and enums are declared.

/// A constant with the camel case of a field's name, which is its name on the wire.
macro_rules! wire_name {
    ($field:ident) => {{
        const SNAKE: &str = stringify!($field);
        const CAMEL: [u8; $crate::model::macros::camel_length(SNAKE)] = $crate::model::macros::camel(SNAKE);
        match ::std::str::from_utf8(&CAMEL) {
            // Not `name`: a field may be called so, and its constant would be meant.
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

/// What `Debug` shows of a field.
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

/// Declares an answer of the service. The name of a field on the wire is given where it is not the camel case of the
/// field.
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
///             /// The address of the last log-in.
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
            /// What the service sent and this version of the crate has no field for, under its wire name.
            pub extra: $crate::model::Extra,
        }

        const _: () = {
            use ::serde::de::{Deserializer, MapAccess, Visitor};
            use ::serde::ser::{Serialize, SerializeMap, Serializer};
            use $crate::model::tolerant::{Read, Rejoined, Tolerant};

            #[expect(non_upper_case_globals, reason = "named as the fields")]
            mod wire {
                $( pub(super) const $required: &str = $crate::model::macros::wire_name!($required $($required_name)?); )*
                $( pub(super) const $field: &str = $crate::model::macros::wire_name!($field $($name)?); )*
                $( pub(super) const $list: &str = $crate::model::macros::wire_name!($list $($list_name)?); )*
            }

            struct Reader;

            impl<'de> Visitor<'de> for Reader {
                type Value = $model;

                fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str(concat!("a ", stringify!($model)))
                }

                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$model, A::Error> {
                    $( let mut $required = None; )*
                    $( let mut $field = None; )*
                    $( let mut $list = Vec::new(); )*
                    let mut extra = $crate::model::Extra::default();
                    while let Some(key) = map.next_key::<$crate::model::tolerant::Key<'de>>()? {
                        match &*key {
                            $( wire::$required => $required = Some(map.next_value::<$required_type>()?), )*
                            $( wire::$field => $field = extra.sort_out(wire::$field, map.next_value::<Read<$type>>()?), )*
                            $( wire::$list => {
                                $list = extra.sort_out(wire::$list, map.next_value::<Read<Vec<$item>>>()?).unwrap_or_default();
                            } )*
                            _ => extra.insert(key.into_owned(), map.next_value()?),
                        }
                    }
                    Ok($model {
                        $( $required: $required.ok_or_else(|| <A::Error as ::serde::de::Error>::missing_field(wire::$required))?, )*
                        $( $field, )*
                        $( $list, )*
                        extra,
                    })
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $model {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    // Not `deserialize_map`: the name is how `wire::substitute` knows an acknowledgement.
                    let model = deserializer.deserialize_struct(stringify!($model), &[], Reader)?;
                    $( if let Some(refusal) = $refusal(&model) {
                        return Err(::serde::de::Error::custom(refusal));
                    } )?
                    Ok(model)
                }
            }

            impl<'de> Tolerant<'de> for $model {
                /// Inside of another answer, one without a field that it needs is odd and does not cost the answer.
                fn from_map<A: MapAccess<'de>>(map: A) -> Result<Result<Self, ::serde_json::Value>, A::Error> {
                    const NEEDED: &[&str] = &[$( wire::$required ),*];
                    if NEEDED.is_empty() {
                        return Reader.visit_map(map).map(Ok);
                    }
                    let map = ::serde::de::value::MapAccessDeserializer::new(map);
                    let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(map)?;
                    Ok(<Self as ::serde::Deserialize>::deserialize(&value).map_err(|_| value))
                }
            }

            impl Serialize for $model {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut map = serializer.serialize_map(None)?;
                    $( map.serialize_entry(wire::$required, &self.$required)?; )*
                    $( if let Some(value) = &self.$field {
                        map.serialize_entry(wire::$field, &Rejoined(value, self.extra.get(wire::$field)))?;
                    } )*
                    $( if !self.$list.is_empty() {
                        map.serialize_entry(wire::$list, &Rejoined(&self.$list, self.extra.get(wire::$list)))?;
                    } )*
                    for (key, value) in self.extra.iter() {
                        let is_written = match key.as_str() {
                            $( wire::$required => true, )*
                            $( wire::$field => self.$field.is_some(), )*
                            $( wire::$list => !self.$list.is_empty(), )*
                            _ => false,
                        };
                        if !is_written {
                            map.serialize_entry(key, value)?;
                        }
                    }
                    map.end()
                }
            }

            /// Only what is there, so that a user with five fields does not fill a screen.
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

/// Declares an enum that survives values newer than the crate.
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
        /// A `match` that must go on working when the service knows more values compares [`as_str`](Self::as_str).
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$variant_meta])* $variant, )+
            /// A value that this version of the crate does not know.
            Other(String),
        }

        impl $name {
            /// The value as it is on the wire.
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
            fn check(&self, field: &'static str) -> Result<(), $crate::Error> {
                $crate::model::argument::check_text(self.as_str(), field)
            }
        }

        impl $crate::model::argument::Argument for $name {
            fn write_json(&self, json: &mut Vec<u8>) -> Result<(), $crate::Error> {
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
