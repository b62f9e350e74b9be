//! Declaration of values in requests.

/// Declares a value in requests: the struct, its setters, serialisation, deserialisation and checks.
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
///             last_ip: String = "lastIP",             its wire name, if not the name in camel case
///             /// Targets.
///             targets: Vec<Target>,                   a list, whose setter takes any iterable
///         }
///     }
/// }
/// ```
///
/// A value can be read from JSON. Unknown fields are rejected, because the service would reject the whole
/// request. Serialising it with serde leaves its secrets out; in a request they are sent. `sealed password;`
/// after the fields adds a `password` that is neither written nor sent: the operation has it encrypted.
/// `aside custom_data;` after that adds custom data, which is written as a map and not sent: the operation
/// sends it in a form of its own.
///
/// If changes are sent in the same form, a second struct has [`Patch`](crate::Patch)es instead of options:
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
            $( aside $aside:ident; )?
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
                /// The password, at most 117 bytes. It is sent encrypted.
                #[cfg(feature = "password")]
                #[cfg_attr(docsrs, doc(cfg(feature = "password")))]
                #[serde(default)]
                pub $sealed: Option<$crate::secret::Secret>,
            )?
            $(
                /// Custom data, for fields that have been defined. In JSON it is a map.
                #[serde(default, deserialize_with = "crate::model::custom_data_of_map")]
                pub $aside: $crate::model::CustomDataInput,
            )?
            $( $(
                $(#[$field_meta])*
                #[serde(default $(, rename = $name)?)]
                pub $field: Option<$type $(<$item>)?>,
            )* )?
        }

        $crate::model::input::input! { @new $input
            [$( $( $required: $required_type $(<$required_item>)?, )* )?] [$( $( $field, )* )?] [$( $sealed )?]
            [$( $aside )?]
        }

        #[allow(clippy::return_self_not_must_use, reason = "a value that is not used does no harm")]
        impl $input {
            $(
                $crate::model::setter::setter! {
                    self = option;
                    /// Sets the password, at most 117 bytes. It is sent encrypted.
                    #[cfg(feature = "password")]
                    #[cfg_attr(docsrs, doc(cfg(feature = "password")))]
                    $sealed: $crate::secret::Secret
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
            [$( $sealed )?] [$( $aside )?]
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
        $( aside $aside:ident; )?
    ) => {
        $crate::model::input::input! {
            $(#[$meta])*
            pub struct $input {
                optional { $($both)* $($own)* }
                $( sealed $sealed; )?
                $( aside $aside; )?
            }
        }
        $crate::model::input::input! { @patch
            [$(#[$patch_meta])*] $patch $fields [$($sealed)?]
            $($both)* $( $(#[$patched_meta])* $patched : $patched_type $(= $patched_name)?, )*
        }
    };

    (@new $input:ident [] [$( $field:ident, )*] [$($sealed:ident)?] [$($aside:ident)?]) => {
        impl Default for $input {
            #[inline]
            fn default() -> Self {
                Self {
                    $( #[cfg(feature = "password")] $sealed: None, )?
                    $( $aside: Default::default(), )?
                    $( $field: None, )*
                }
            }
        }

        impl $input {
            /// Creates a value with no fields set.
            #[inline]
            pub fn new() -> Self {
                Self::default()
            }
        }
    };
    (@new $input:ident [$( $required:ident : $type:ident $(<$item:ty>)?, )+] [$( $field:ident, )*] [] []) => {
        impl $input {
            /// Creates a value with its required fields.
            #[inline]
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

    (@traits $input:ident
        [$( $field:ident : $type:ident $(= $name:literal)?, )*] [$($sealed:ident)?] [$($aside:ident)?]
    ) => {
        const _: () = {
            use $crate::model::argument::{Argument, Check, Members};
            use $crate::model::fields::Entries;
            use $crate::model::wire_names::wire_names;

            const NAMES: &[&str] = wire_names!($( $field $(= $name)?, )*);

            impl $input {
                /// The fields that are sent as they are, each with its name.
                fn fields(&self) -> [(&'static str, &dyn Argument); NAMES.len()] {
                    [$( (stringify!($field), &self.$field), )*]
                }
            }

            impl ::serde::Serialize for $input {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut entries = Entries::begin(serializer, NAMES)?;
                    $( $crate::model::input::input!(@entry $type entries &self.$field); )*
                    $( if !self.$aside.is_empty() {
                        entries.named(wire_names!($aside), &self.$aside.as_map());
                    } )?
                    entries.end()
                }
            }

            impl Check for $input {
                #[inline]
                fn check(&self, _: &'static str) -> Result<(), $crate::error::Error> {
                    self.fields().iter().try_for_each(|(field, value)| value.check(field))?;
                    $( #[cfg(feature = "password")] self.$sealed.check(stringify!($sealed))?; )?
                    $( self.$aside.check_if_given(stringify!($aside))?; )?
                    Ok(())
                }
            }

            impl Argument for $input {
                #[inline]
                fn write_json(&self, json: &mut Vec<u8>) -> Result<(), $crate::error::Error> {
                    let mut members = Members::begin(json);
                    let mut fields = NAMES.iter().zip(self.fields());
                    fields.try_for_each(|(name, (_, value))| members.put(name, value))?;
                    members.end();
                    Ok(())
                }

                #[inline]
                fn each_secret(&self, take: &mut dyn FnMut(&$crate::secret::Secret)) {
                    self.fields().iter().for_each(|(_, value)| value.each_secret(take));
                }
            }
        };
    };
    (@entry Secret $entries:ident $value:expr) => { $entries.skip($value) };
    (@entry $type:ident $entries:ident $value:expr) => { $entries.entry($value) };

    (@patch [$(#[$meta:meta])*] $patch:ident $fields:ident [$($sealed:ident)?]
        $( $(#[$field_meta:meta])* $field:ident : $type:ident $(= $name:literal)?, )*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, ::serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields, default)]
        #[non_exhaustive]
        pub struct $patch {
            $(
                /// The new password, at most 117 bytes. It is sent encrypted.
                #[cfg(feature = "password")]
                #[cfg_attr(docsrs, doc(cfg(feature = "password")))]
                pub $sealed: Option<$crate::secret::Secret>,
            )?
            /// Fields to clear that cannot be cleared, kept for the error when the patch is sent.
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
            /// Creates a patch that changes nothing.
            #[inline]
            pub fn new() -> Self {
                Self::default()
            }
            $(
                $crate::model::setter::setter! {
                    self = option;
                    /// Sets the new password, at most 117 bytes. It is sent encrypted.
                    #[cfg(feature = "password")]
                    #[cfg_attr(docsrs, doc(cfg(feature = "password")))]
                    $sealed: $crate::secret::Secret
                }
            )?
            $( $crate::model::setter::setter! { self = patch; $(#[$field_meta])* $field: $type } )*

            /// Clears a field. Clearing a field that cannot be cleared, such as the id, is an error when the
            /// patch is sent.
            #[inline]
            pub fn clear(mut self, field: $fields) -> Self {
                const NAMES: &[&str] = $crate::model::wire_names::wire_names!($( $field $(= $name)?, )*);

                let mut names = NAMES.iter().map(|name| *name == field.as_str());
                let are_cleared = [$( self.$field.clear_if(names.next()), )*];
                if !are_cleared.contains(&true) {
                    self.not_clearable.push(field);
                }
                self
            }

            /// Returns whether the patch changes nothing.
            #[inline]
            pub fn is_empty(&self) -> bool {
                $(
                    #[cfg(feature = "password")]
                    if self.$sealed.is_some() {
                        return false;
                    }
                )?
                self.not_clearable.is_empty() && self.fields().iter().all(|(_, value)| value.is_absent())
            }
        }

        $crate::model::input::input! { @traits $patch [$( $field: $type $(= $name)?, )*] [$($sealed)?] [] }
    };
}
pub(crate) use input;
