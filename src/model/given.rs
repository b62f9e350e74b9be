//! Arguments of setters.

use super::Timestamp;
use crate::secret::Secret;

/// The argument of a setter of an optional field: a value or none.
///
/// A setter accepts a plain value or an `Option` of one; `None` leaves the field unset. A column of a CSV row
/// or a command-line argument that may be absent can therefore be passed on directly:
///
/// ```
/// # let client = authing::Client::new("POOL", "SECRET")?;
/// # struct Row<'a> { nickname: Option<&'a str>, company: Option<String> }
/// # let row = Row { nickname: Some("Bob"), company: None };
/// let request = client.users().create()
///     .username("bob")
///     .nickname(row.nickname)
///     .company(row.company);
/// # Ok::<(), authing::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T>(pub(crate) Option<T>);

impl<T> From<T> for Given<T> {
    fn from(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T> From<Option<T>> for Given<T> {
    fn from(value: Option<T>) -> Self {
        Self(value)
    }
}

/// Other types in which a value, or an option of one, can be passed.
macro_rules! given_as {
    ($($type:ty: $($from:ty),+;)+) => {
        $( $(
            impl From<$from> for $crate::model::Given<$type> {
                #[inline]
                fn from(value: $from) -> Self {
                    Self(Some(value.into()))
                }
            }

            impl From<Option<$from>> for $crate::model::Given<$type> {
                #[inline]
                fn from(value: Option<$from>) -> Self {
                    Self(value.map(Into::into))
                }
            }
        )+ )+
    };
}
pub(crate) use given_as;

given_as! {
    String: &str, &String, std::borrow::Cow<'_, str>, Box<str>, char;
    Secret: &str, String;
    Timestamp: &str, String, time::OffsetDateTime;
    i64: i32, u32;
}

impl From<&Option<String>> for Given<String> {
    #[inline]
    fn from(value: &Option<String>) -> Self {
        Self(value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: impl Into<Given<String>>) -> Option<String> {
        value.into().0
    }

    fn number(value: impl Into<Given<i64>>) -> Option<i64> {
        value.into().0
    }

    fn page(value: impl Into<Given<u32>>) -> Option<u32> {
        value.into().0
    }

    #[test]
    fn a_setter_takes_a_value_or_an_option_of_one() {
        let owned = String::from("x");
        assert_eq!(text("x"), Some("x".into()));
        assert_eq!(text(&owned), text(Some(&owned)));
        assert_eq!(text(Some("x")), text(owned.clone()));
        let optional = Some(owned.clone());
        assert_eq!(text(&optional), text(Some(owned)));
        assert_eq!(text(None::<&str>), None);
        assert_eq!((number(2), number(Some(2)), number(None::<i64>)), (Some(2), Some(2), None));
        assert_eq!((page(2), page(Some(2))), (Some(2), Some(2)));
    }
}
