//! Setters of builders and input values.

/// Declares a setter that takes whatever turns into the field's type, and wraps it.
///
/// `setter! { self.part = Some; /// Docs. field: String }`
macro_rules! setter {
    (self $(. $part:ident)* = $wrap:path; $(#[$meta:meta])* $field:ident : Vec<$item:ty>) => {
        $(#[$meta])*
        pub fn $field(mut self, $field: impl IntoIterator<Item = impl Into<$item>>) -> Self {
            self $(. $part)* .$field = $wrap($field.into_iter().map(Into::into).collect());
            self
        }
    };
    (self $(. $part:ident)* = $wrap:path; $(#[$meta:meta])* $field:ident : $plain:ident) => {
        $crate::model::setter::setter! { @$plain self $(. $part)* = $wrap; $(#[$meta])* $field: $plain }
    };
    (@bool $($rest:tt)*) => { $crate::model::setter::setter! { @plain $($rest)* } };
    (@i64 $($rest:tt)*) => { $crate::model::setter::setter! { @plain $($rest)* } };
    (@u32 $($rest:tt)*) => { $crate::model::setter::setter! { @plain $($rest)* } };
    (@plain self $(. $part:ident)* = $wrap:path; $(#[$meta:meta])* $field:ident : $type:ty) => {
        $(#[$meta])*
        pub fn $field(mut self, $field: $type) -> Self {
            self $(. $part)* .$field = $wrap($field);
            self
        }
    };
    (@$head:ident self $(. $part:ident)* = $wrap:path; $(#[$meta:meta])* $field:ident : $type:ty) => {
        $(#[$meta])*
        pub fn $field(mut self, $field: impl Into<$type>) -> Self {
            self $(. $part)* .$field = $wrap($field.into());
            self
        }
    };
}
pub(crate) use setter;
