//! Counts.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A count: a number, or an object that contains one. The service does not document which.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Count(Value);

impl Count {
    /// Returns the number, if this is one or an object that contains one under a name such as `count` or
    /// `total`.
    #[inline]
    pub fn get(&self) -> Option<u64> {
        let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
        let named = |name: &&str| self.0.get(name).and_then(number);
        number(&self.0).or_else(|| ["count", "total", "totalCount", "num"].iter().find_map(named))
    }

    /// Returns what the service sent.
    #[inline]
    pub fn as_json(&self) -> &Value {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Count {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            value @ (Value::Number(_) | Value::String(_) | Value::Object(_)) => Ok(Self(value)),
            _ => Err(serde::de::Error::custom("expected a count")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_count_is_a_number_in_any_form() {
        let count = |value| serde_json::from_value::<Count>(value).map(|count| count.get()).ok();
        for value in [json!(7), json!("7"), json!({"count": 7}), json!({"total": "7"})] {
            assert_eq!(count(value), Some(Some(7)));
        }
        assert_eq!(count(json!({"users": 7})), Some(None));
        assert_eq!((count(json!(null)), count(json!([7]))), (None, None));
    }
}
