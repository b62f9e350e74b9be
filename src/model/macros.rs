//! Declaration of models and enums.

/// Whether `Debug` shows only that a field is there.
macro_rules! is_hidden {
    () => {
        false
    };
    (hidden) => {
        true
    };
}
pub(crate) use is_hidden;

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
            #[inline]
            pub fn with_secrets(&self) -> $crate::model::WithSecrets<'_, Self> {
                $crate::model::WithSecrets::new(self)
            }
        }

        const _: () = {
            use ::serde::de::{Deserializer, Error as _, MapAccess, Visitor};
            use ::serde::ser::{Serialize, Serializer};
            use $crate::json::TextSeed;
            use $crate::model::data::{Data, Datum, Model};
            use $crate::model::fields::{self, Parts};
            use $crate::model::tolerant::{Names, Odd, Order, Slot, Tolerant, Vacant};

            const NAMES: &[&str] = $crate::model::wire_names::wire_names!(
                $( $required $(= $required_name)?, )* $( $field $(= $name)?, )* $( $list $(= $list_name)?, )*
            );

            #[expect(non_camel_case_types, reason = "named as the fields")]
            enum Field {
                $( $required, )*
                $( $field, )*
                $( $list, )*
            }

            const FIELDS: &[Field] = &[$( Field::$required, )* $( Field::$field, )* $( Field::$list, )*];

            struct Reader;

            impl Reader {
                /// Reads all fields into the place. A missing required field is an error, or makes the value
                /// odd if the caller accepts that. After an error the place has what was read up to there.
                fn read<'de, A: MapAccess<'de>>(
                    mut map: A,
                    place: &mut Option<$model>,
                    odd: Option<&mut Odd>,
                ) -> Result<(), A::Error> {
                    let model = place.insert($model::vacant());
                    $( let mut $required: Option<$required_type> = None; )*
                    let mut odd_value = None;
                    static ORDER: Order = Order::new();
                    let mut names = Names::new(NAMES, &ORDER);
                    while let Some(number) = map.next_key_seed(&mut names)? {
                        let slot = match number.and_then(|number| FIELDS.get(number)) {
                            $( Some(Field::$required) => Slot::begin(&mut map, &mut $required, &mut odd_value)?, )*
                            $( Some(Field::$field) => Slot::begin(&mut map, &mut model.$field, &mut odd_value)?, )*
                            $( Some(Field::$list) => Slot::begin_list(&mut map, &mut model.$list, &mut odd_value)?, )*
                            None => {
                                map.next_value_seed(TextSeed(&mut |json| model.extra.keep(&names.unknown, json)))?;
                                Slot::Filled
                            }
                        };
                        slot.fill(&mut map, &mut odd_value)?;
                        if odd_value.is_some() {
                            names.keep_odd(number, &mut odd_value, &mut model.extra);
                        }
                    }
                    let are_missing = [$( $required.is_none(), )*];
                    $( if let Some(value) = $required {
                        model.$required = value;
                    } )*
                    if are_missing.contains(&true) {
                        fields::incomplete(model, &are_missing, odd)?;
                        *place = None;
                        return Ok(());
                    }
                    $( if let Some(refusal) = $refusal(model) {
                        return Err(A::Error::custom(refusal));
                    } )?
                    Ok(())
                }
            }

            impl Vacant for $model {
                fn vacant() -> Self {
                    Self {
                        $( $required: Vacant::vacant(), )*
                        $( $field: None, )*
                        $( $list: Vec::new(), )*
                        extra: $crate::model::Extra::default(),
                    }
                }
            }

            impl<'de> Visitor<'de> for Reader {
                type Value = $model;

                #[inline]
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

            impl Model for $model {
                fn parts(&self) -> Parts<'_> {
                    Parts {
                        model: stringify!($model),
                        names: NAMES,
                        fields: vec![
                            $( &self.$required, )*
                            $( &self.$field, )*
                            $( &self.$list, )*
                        ],
                        lists: <[&str]>::len(&[$( stringify!($list), )*]),
                        extra: &self.extra,
                    }
                }
            }

            impl Datum for $model {
                fn data(&self) -> Data<'_> {
                    Data::Model(self)
                }
            }

            impl Serialize for $model {
                #[inline]
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    self.parts().serialize(serializer)
                }
            }

            impl ::std::fmt::Debug for $model {
                #[inline]
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    let fields: &[fields::Shown<'_>] = &[
                        $( (stringify!($required), false, Some(&self.$required)), )*
                        $( (stringify!($field), $crate::model::macros::is_hidden!($($($hidden)?)?),
                            self.$field.as_ref().map(|value| value as _)), )*
                        $( (stringify!($list), false, (!self.$list.is_empty()).then_some(&self.$list as _)), )*
                    ];
                    fields::debug(stringify!($model), fields, &self.extra, f)
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
            #[inline]
            fn default() -> Self {
                Self { $( $empty: ::std::default::Default::default(), )* extra: ::std::default::Default::default() }
            }
        }
    };
    ($model:ident { $($required:ident : $type:ty,)+ } { $($empty:ident,)* }) => {
        impl $model {
            /// Creates a value that has only the required fields. For use in your tests: other fields can
            /// then be set one by one.
            #[inline]
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
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $text, )+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $( $text => Self::$variant, )+
                    _ => Self::Other(text.to_owned()),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
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
            #[inline]
            fn check(&self, field: &'static str) -> Result<(), $crate::error::Error> {
                $crate::model::argument::check_text(self.as_str(), field)
            }
        }

        impl $crate::model::argument::Argument for $name {
            #[inline]
            fn write_json(&self, json: &mut Vec<u8>) -> Result<(), $crate::error::Error> {
                $crate::model::argument::to_json(json, self.as_str())
            }

            #[inline]
            fn each_text(&self, take: &mut dyn FnMut(&str)) -> bool {
                take(self.as_str());
                true
            }
        }

        impl $crate::model::tolerant::Vacant for $name {
            fn vacant() -> Self {
                Self::Other(String::new())
            }
        }

        impl $crate::model::data::Datum for $name {
            fn data(&self) -> $crate::model::data::Data<'_> {
                $crate::model::data::Data::Text(self.as_str())
            }
        }

        impl<'de> $crate::model::tolerant::Tolerant<'de> for $name {
            const IS_SCALAR: bool = true;

            #[inline]
            fn from_text(text: &str) -> Option<Self> {
                Some(Self::from(text))
            }
        }
    };
}

pub(crate) use open_enum;
