//! A text in several languages.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::Given;
use super::argument::{Argument, Check, check_text, refuse_if, to_json};
use super::data::{Data, Datum, Json};
use super::tolerant::{Odd, Tolerant};
use crate::error::Error;
use crate::json::to_raw;

/// A text in several languages, by language code.
///
/// The service stores it as JSON text. GraphQL responses contain that text, exported trees contain the
/// object. Both are read, and written back in the form received. A text that is not JSON is kept:
/// [`as_text`](Self::as_text).
///
/// ```
/// use authing::Translations;
///
/// let name = Translations::from([("en-US", "Sales"), ("ja-JP", "営業")]);
/// assert_eq!(name.get("en-US"), Some("Sales"));
/// assert_eq!(name.get("de-DE"), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Translations {
    texts: BTreeMap<String, String>,
    /// The original text, if it was received as text.
    text: Option<String>,
}

impl Translations {
    /// Returns the text in a language.
    #[inline]
    pub fn get(&self, language: &str) -> Option<&str> {
        self.texts.get(language).map(String::as_str)
    }

    /// Iterates over language codes and texts, in the order of the codes.
    #[inline]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.texts.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }

    /// Returns whether there is no text in any language, and no other text either.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.text.as_deref().is_none_or(|text| matches!(text.trim(), "" | "{}"))
    }

    /// Returns the text form of the service: the original text, otherwise JSON text.
    #[inline]
    pub fn as_text(&self) -> String {
        let json = || serde_json::to_string(&self.texts).unwrap_or_default();
        self.text.clone().unwrap_or_else(json)
    }

    #[inline]
    fn from_object(value: &Value) -> Option<BTreeMap<String, String>> {
        let mut texts = BTreeMap::new();
        for (language, text) in value.as_object()? {
            texts.insert(language.clone(), text.as_str()?.to_owned());
        }
        Some(texts)
    }
}

impl<L: Into<String>, T: Into<String>, const N: usize> From<[(L, T); N]> for Translations {
    #[inline]
    fn from(texts: [(L, T); N]) -> Self {
        texts.into_iter().collect()
    }
}

/// A setter takes the pairs as they are: `.name_i18n([("en-US", "Sales")])`.
impl<L: Into<String>, T: Into<String>, const N: usize> From<[(L, T); N]> for Given<Translations> {
    #[inline]
    fn from(texts: [(L, T); N]) -> Self {
        Translations::from(texts).into()
    }
}

impl<L: Into<String>, T: Into<String>> FromIterator<(L, T)> for Translations {
    #[inline]
    fn from_iter<I: IntoIterator<Item = (L, T)>>(texts: I) -> Self {
        let texts = texts.into_iter().map(|(language, text)| (language.into(), text.into())).collect();
        Self { texts, text: None }
    }
}

/// From the text form of the service.
impl From<&str> for Translations {
    #[inline]
    fn from(text: &str) -> Self {
        let texts = serde_json::from_str(text).ok().and_then(|value| Self::from_object(&value));
        Self { texts: texts.unwrap_or_default(), text: Some(text.to_owned()) }
    }
}

/// Equal if the texts are equal, in whichever form they were received.
impl PartialEq for Translations {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.texts == other.texts
            && (!self.texts.is_empty() || self.is_empty() && other.is_empty() || self.text == other.text)
    }
}

impl Eq for Translations {}

impl Serialize for Translations {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.data().serialize(serializer)
    }
}

impl Datum for Translations {
    #[inline]
    fn data(&self) -> Data<'_> {
        match &self.text {
            Some(text) => Data::Text(text),
            None => Data::Json(self),
        }
    }
}

impl Json for Translations {
    #[inline]
    fn json(&self) -> Cow<'_, Value> {
        let texts = self.texts.iter().map(|(language, text)| (language.clone(), text.clone().into()));
        Cow::Owned(Value::Object(texts.collect()))
    }
}

impl<'de> Deserialize<'de> for Translations {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let found = match &value {
            Value::String(text) => Some(Self::from(text.as_str())),
            _ => Self::from_object(&value).map(|texts| Self { texts, text: None }),
        };
        found.ok_or_else(|| serde::de::Error::custom("expected texts by language"))
    }
}

impl<'de> Tolerant<'de> for Translations {
    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::from(text))
    }

    #[inline]
    fn from_map<A: MapAccess<'de>>(map: A, place: &mut Option<Self>, odd: &mut Odd) -> Result<(), A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        match Self::from_object(&value) {
            Some(texts) => *place = Some(Self { texts, text: None }),
            None => *odd = to_raw(&value),
        }
        Ok(())
    }
}

impl Check for Translations {
    #[inline]
    fn check(&self, field: &'static str) -> Result<(), Error> {
        refuse_if(self.is_empty(), field, "must not be empty")?;
        self.texts.keys().try_for_each(|language| check_text(language, field))
    }
}

impl Argument for Translations {
    #[inline]
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        to_json(json, self)
    }
}

/// The form of GraphQL: JSON text.
#[inline]
pub(crate) fn language_text(value: &Option<Translations>, json: &mut Vec<u8>) -> Result<(), Error> {
    to_json(json, &value.as_ref().map(Translations::as_text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_forms_are_read_and_written_back() {
        for form in [json!({"en": "Sales"}), json!(r#"{"en":"Sales"}"#)] {
            let read: Translations = serde_json::from_value(form.clone()).unwrap();
            assert_eq!((read.get("en"), read.as_text().as_str()), (Some("Sales"), r#"{"en":"Sales"}"#));
            assert_eq!(read, Translations::from([("en", "Sales")]));
            assert_eq!(serde_json::to_value(&read).unwrap(), form);
        }
    }

    #[test]
    fn a_text_that_is_not_json_is_kept() {
        let read: Translations = serde_json::from_value(json!("Sales")).unwrap();
        assert_eq!((read.as_text().as_str(), read.iter().len(), read.is_empty()), ("Sales", 0, false));
        assert_ne!(read, Translations::from("Works"));
        assert!(serde_json::from_value::<Translations>(json!({"en": 7})).is_err());
        assert!(Translations::from("{}").is_empty());
        assert_eq!(Translations::from("{}"), Translations::default());
    }
}
