//! Finds the invalid clause of a `request!`.
//!
//! The macro itself matches all clauses at once, and a mismatch would be reported where the matcher stopped,
//! often far from its cause. This one matches the clauses one by one and names the first that does not match.

/// Produces a compile error that names the invalid clause.
#[allow(unused_macros, reason = "used when a clause is wrong, and then nothing compiles")]
macro_rules! find_wrong {
    ($handle:ident $method:ident (
        $( $arg:ident : $arg_type:ident $(<$arg_item:ty>)? $(= $arg_name:literal)? $(via $arg_via:ident)? ),* $(,)?
    ) $($clauses:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $handle $method $($clauses)* }
    };
    ($handle:ident $method:ident $args:tt $($clauses:tt)*) => {
        compile_error!(concat!("`request!` of `", stringify!($handle), "::", stringify!($method), "`: the arguments `",
            stringify!($args), "` are not of the form `name: Type [= \"wireName\"] [via as_list]`"));
    };
    (@next $handle:ident $method:ident) => {
        compile_error!(concat!("`request!` of `", stringify!($handle), "::", stringify!($method),
            "`: the clauses are not in order, or one is there twice. In order: effect, graphql or rest, answer, absent, \
             missing, fixed, sealed, one_of, any_of, check, write, same, verify, split, paged, parts, flags, optional"));
    };
    (@next $h:ident $m:ident effect $effect:ident; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident graphql $name:literal $(at $at:literal)? in $($document:literal),+; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident rest $verb:ident $name:literal $path:literal; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident answer $answer:ident $($at:literal)?; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident absent [$($code:literal),+]; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident missing $missing:literal; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident fixed { $( $name:literal : $value:tt ),+ $(,)? } $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident sealed $pointer:literal => $sealed:ident; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident one_of [$($one:ident),+]; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident any_of [$($any:ident),+]; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident check $check:ident; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident write $write:ident; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident same $same:literal [$($key:ident),+]; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident verify $verify:ident; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident split $ids:ident by $size:literal; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident paged $item:ident $(, ordered by $sort:ident $(unless $filter:ident)?)?; $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident parts { $(
        $(#[$meta:meta])* $field:ident : $type:ident $(<$item:ty>)? $(= $name:literal)? $(via $via:ident)?,
    )* } $($rest:tt)*) => { $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* } };
    (@next $h:ident $m:ident flags { $( $(#[$meta:meta])+ $flag:ident $(= $name:literal)? $($explicit:ident)?, )* } $($rest:tt)*) => {
        $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* }
    };
    (@next $h:ident $m:ident optional { $(
        $(#[$meta:meta])+ $field:ident : $type:ident $(<$item:ty>)?
        $(= $name:literal)? $(via $via:ident)? $(else $default:expr)?,
    )* } $($rest:tt)*) => { $crate::api::mould::clauses::find_wrong! { @next $h $m $($rest)* } };
    (@next $h:ident $m:ident $clause:ident $($rest:tt)*) => {
        compile_error!(concat!("`request!` of `", stringify!($h), "::", stringify!($m), "`: the clause `",
            stringify!($clause), "` is not known or not of its form (see the documentation of `request!`); each field of \
             `flags` and `optional` has a documentation comment and ends in a comma"));
    };
    (@next $h:ident $m:ident $($other:tt)*) => {
        compile_error!(concat!("`request!` of `", stringify!($h), "::", stringify!($m), "`: `", stringify!($($other)*),
            "` is no clause"));
    };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use find_wrong;
