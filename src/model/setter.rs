//! Setters of builders and input values.

/// Declares a setter that takes a value or an option of one, in any form that [`Given`](crate::Given)
/// accepts. A list is anything that can be iterated over.
///
/// `setter! { self.part = option; /// Docs. field: String }` sets an `Option`, with `patch` a
/// [`Patch`](crate::Patch).
macro_rules! setter {
    (self $(. $part:ident)* = $wrap:ident; $(#[$meta:meta])* $field:ident : Vec<$item:ty>) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, $field: impl IntoIterator<Item = impl Into<$item>>) -> Self {
            let $field = $field.into_iter().map(Into::into).collect();
            self $(. $part)* .$field = $crate::model::setter::setter!(@wrap $wrap Some($field));
            self
        }
    };
    (self $(. $part:ident)* = $wrap:ident; $(#[$meta:meta])* $field:ident : $type:ty) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, $field: impl Into<$crate::model::Given<$type>>) -> Self {
            self $(. $part)* .$field = $crate::model::setter::setter!(@wrap $wrap $field.into().0);
            self
        }
    };
    (@wrap option $given:expr) => { $given };
    (@wrap patch $given:expr) => { $given.map_or($crate::model::Patch::Leave, $crate::model::Patch::Set) };
}
pub(crate) use setter;
