//! How values that requests take are declared.

/// Declares a value that a request takes: the struct, its setters, how it is written, read and checked.
///
/// ```text
/// input! {
///     /// An account at another identity provider.
///     pub struct IdentityInput {
///         required {
///             /// The provider.
///             provider: String,                       an argument of `new`
///         }
///         optional {
///             /// The provider's id of the user.
///             openid: String,                         an `Option` with a setter
///             /// The address of the last sign-in.
///             last_ip: String = "lastIP",             its name on the wire, if that is not its own in camel case
///             /// Targets.
///             targets: Vec<Target>,                   a list, with a setter that takes anything that can be iterated over
///         }
///     }
/// }
/// ```
///
/// A value can be read from JSON, where unknown fields are refused, because the service refuses the whole request for
/// one. Written with serde it leaves its secrets out; in a request they are sent. `sealed password;` behind the fields adds a
/// `password` that is neither written nor sent: the operation has it encrypted.
///
/// Where changes are sent in the same form, a second struct beside it has [`Patch`](crate::Patch)es in place of options:
///
/// ```text
/// input! {
///     /// A user to be created.
///     pub struct UserInput;
///     /// Changes to a user.
///     pub patch UserPatch of UserField;
///     both { … }                                      fields of either
///     input { … }                                     fields of the first
///     patch { … }                                     fields of the second
///     sealed password;
/// }
/// ```
macro_rules! input {
    (
        $(#[$meta:meta])*
        pub struct $input:ident {
            $( required { $(
                $(#[$required_meta:meta])* $required:ident : $required_type:ident $(<$required_item:ty>)?
                $(= $required_name:literal)?,
            )* } )?
            $( optional { $(
                $(#[$field_meta:meta])* $field:ident : $type:ident $(<$item:ty>)? $(= $name:literal)?,
            )* } )?
            $( sealed $sealed:ident; )?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, ::serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        #[non_exhaustive]
        pub struct $input {
            $( $(
                $(#[$required_meta])*
                $( #[serde(rename = $required_name)] )?
                pub $required: $required_type $(<$required_item>)?,
            )* )?
            $(
                /// The password, at most 117 bytes. It is encrypted on its way out.
                #[cfg(feature = "password")]
                #[cfg_attr(docsrs, doc(cfg(feature = "password")))]
                #[serde(default)]
                pub $sealed: Option<$crate::Secret>,
            )?
            $( $(
                $(#[$field_meta])*
                #[serde(default $(, rename = $name)?)]
                pub $field: Option<$type $(<$item>)?>,
            )* )?
        }

        $crate::model::input::input! { @new $input
            [$( $( $required: $required_type $(<$required_item>)?, )* )?] [$( $( $field, )* )?] [$( $sealed )?]
        }

        #[allow(clippy::return_self_not_must_use, reason = "a value that is not used does no harm")]
        impl $input {
            $(
                $crate::model::setter::setter! {
                    self = option;
                    /// Sets the password, at most 117 bytes. It is encrypted on its way out.
                    #[cfg(feature = "password")]
                    #[cfg_attr(docsrs, doc(cfg(feature = "password")))]
                    $sealed: $crate::Secret
                }
            )?
            $( $(
                $crate::model::setter::setter! {
                    self = option; $(#[$field_meta])* $field: $type $(<$item>)?
                }
            )* )?
        }

        $crate::model::input::input! { @traits $input
            [$( $( $required: $required_type $(= $required_name)?, )* )? $( $( $field: $type $(= $name)?, )* )?]
            [$( $sealed )?]
        }
    };
    (
        $(#[$meta:meta])*
        pub struct $input:ident;
        $(#[$patch_meta:meta])*
        pub patch $patch:ident of $fields:ident;
        both { $($both:tt)* }
        input { $($own:tt)* }
        patch { $( $(#[$patched_meta:meta])* $patched:ident : $patched_type:ident $(= $patched_name:literal)?, )* }
        $( sealed $sealed:ident; )?
    ) => {
        $crate::model::input::input! {
            $(#[$meta])*
            pub struct $input {
                optional { $($both)* $($own)* }
                $( sealed $sealed; )?
            }
        }
        $crate::model::input::input! { @patch
            [$(#[$patch_meta])*] $patch $fields [$($sealed)?]
            $($both)* $( $(#[$patched_meta])* $patched : $patched_type $(= $patched_name)?, )*
        }
    };

    (@new $input:ident [] [$( $field:ident, )*] [$($sealed:ident)?]) => {
        impl Default for $input {
            fn default() -> Self {
                Self { $( #[cfg(feature = "password")] $sealed: None, )? $( $field: None, )* }
            }
        }

        impl $input {
            /// A value in which nothing is set.
            pub fn new() -> Self {
                Self::default()
            }
        }
    };
    (@new $input:ident [$( $required:ident : $type:ident $(<$item:ty>)?, )+] [$( $field:ident, )*] []) => {
        impl $input {
            /// A value of what it cannot do without.
            pub fn new($( $required: $crate::model::input::input!(@given $type $(<$item>)?) ),+) -> Self {
                Self {
                    $( $required: $crate::model::input::input!(@take $required $type), )+
                    $( $field: None, )*
                }
            }
        }
    };
    (@given Vec<$item:ty>) => { impl IntoIterator<Item = impl Into<$item>> };
    (@given $type:ty) => { impl Into<$type> };
    (@take $value:ident Vec) => { $value.into_iter().map(Into::into).collect() };
    (@take $value:ident $type:ident) => { $value.into() };

    (@traits $input:ident [$( $field:ident : $type:ident $(= $name:literal)?, )*] [$($sealed:ident)?]) => {
        impl ::serde::Serialize for $input {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeMap;
                use $crate::model::argument::Argument;
                let mut map = serializer.serialize_map(None)?;
                $( if !Argument::is_absent(&self.$field) {
                    $crate::model::input::input!(@entry $type map
                        $crate::model::macros::wire_name!($field $($name)?), &self.$field);
                } )*
                SerializeMap::end(map)
            }
        }

        impl $crate::model::argument::Check for $input {
            fn check(&self, _: &'static str) -> Result<(), $crate::Error> {
                $( $crate::model::argument::Check::check(&self.$field, stringify!($field))?; )*
                $(
                    #[cfg(feature = "password")]
                    $crate::model::argument::Check::check(&self.$sealed, stringify!($sealed))?;
                )?
                Ok(())
            }
        }

        impl $crate::model::argument::Argument for $input {
            fn write_json(&self, json: &mut Vec<u8>) -> Result<(), $crate::Error> {
                let mut members = $crate::model::argument::Members::begin(json);
                $( members.put($crate::model::macros::wire_name!($field $($name)?), &self.$field)?; )*
                members.end();
                Ok(())
            }
        }
    };
    (@entry Secret $map:ident $name:expr, $value:expr) => { _ = $value };
    (@entry $type:ident $map:ident $name:expr, $value:expr) => { SerializeMap::serialize_entry(&mut $map, $name, $value)? };

    (@patch [$(#[$meta:meta])*] $patch:ident $fields:ident [$($sealed:ident)?]
        $( $(#[$field_meta:meta])* $field:ident : $type:ident $(= $name:literal)?, )*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, ::serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields, default)]
        #[non_exhaustive]
        pub struct $patch {
            $(
                /// The new password, at most 117 bytes. It is encrypted on its way out.
                #[cfg(feature = "password")]
                #[cfg_attr(docsrs, doc(cfg(feature = "password")))]
                pub $sealed: Option<$crate::Secret>,
            )?
            /// Fields to clear that cannot be cleared: kept, so that sending can refuse them by name.
            #[serde(skip)]
            pub(crate) not_clearable: Vec<$fields>,
            $(
                $(#[$field_meta])*
                $( #[serde(rename = $name)] )?
                pub $field: $crate::model::Patch<$type>,
            )*
        }

        #[expect(clippy::return_self_not_must_use, reason = "a value that is not used does no harm")]
        impl $patch {
            /// A patch that changes nothing.
            pub fn new() -> Self {
                Self::default()
            }
            $(
                $crate::model::setter::setter! {
                    self = option;
                    /// Sets the new password, at most 117 bytes. It is encrypted on its way out.
                    #[cfg(feature = "password")]
                    #[cfg_attr(docsrs, doc(cfg(feature = "password")))]
                    $sealed: $crate::Secret
                }
            )?
            $( $crate::model::setter::setter! { self = patch; $(#[$field_meta])* $field: $type } )*

            /// Clears a field. One that cannot be cleared, such as the id, is an error when the patch is sent.
            pub fn clear(mut self, field: $fields) -> Self {
                $( if field.as_str() == $crate::model::macros::wire_name!($field $($name)?) {
                    self.$field = $crate::model::Patch::Clear;
                    return self;
                } )*
                self.not_clearable.push(field);
                self
            }

            /// Whether it changes nothing.
            pub fn is_empty(&self) -> bool {
                use $crate::model::argument::Argument as _;
                $(
                    #[cfg(feature = "password")]
                    if self.$sealed.is_some() {
                        return false;
                    }
                )?
                self.not_clearable.is_empty() $( && self.$field.is_absent() )*
            }
        }

        $crate::model::input::input! { @traits $patch [$( $field: $type $(= $name)?, )*] [$($sealed)?] }
    };
}
pub(crate) use input;
