//! The custom data of many targets.

use std::collections::BTreeMap;
use std::collections::btree_map;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::CustomData;
use crate::error::Error;

/// The custom data of many users, roles or other targets, by id.
///
/// `Debug` shows ids and keys, not the values.
#[derive(Clone, Default, PartialEq)]
pub struct CustomDataOfMany {
    targets: BTreeMap<String, CustomData>,
    odd: Vec<Box<str>>,
}

impl CustomDataOfMany {
    /// Returns the values of a target. `None` if the response does not contain the target.
    #[inline]
    pub fn get(&self, id: &str) -> Option<&CustomData> {
        self.targets.get(id)
    }

    /// Iterates over ids and values, in the order of the ids.
    #[inline]
    pub fn iter(&self) -> btree_map::Iter<'_, String, CustomData> {
        self.targets.iter()
    }

    /// Returns the number of targets.
    #[inline]
    pub fn len(&self) -> usize {
        self.targets.len()
    }

    /// Returns whether there are no targets.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// Reads the values of each target into a type of your own.
    ///
    /// # Errors
    /// The error names the target and the key that does not fit, and contains the value found.
    #[inline]
    pub fn read_as<T: DeserializeOwned>(&self) -> Result<BTreeMap<String, T>, Error> {
        let read = self.targets.iter().map(|(id, data)| {
            let value =
                data.read_as().map_err(|error: Error| error.with_context(&format!("target `{id}`")))?;
            Ok((id.clone(), value))
        });
        read.collect()
    }

    /// Returns the items of the response that cannot be read, as JSON text: those without an id, or whose
    /// custom data is not a list of fields. An odd field of a target is in its [`CustomData::odd`].
    pub fn odd(&self) -> impl ExactSizeIterator<Item = &str> {
        self.odd.iter().map(|item| &**item)
    }

    /// Rejects a response that contains a target that was not requested.
    #[inline]
    pub(crate) fn must_be_of(&self, ids: &[String]) -> Result<(), Error> {
        match self.targets.keys().find(|id| !ids.contains(id)) {
            Some(id) => Err(Error::unexpected(format!(
                "response contains the target `{id}`, which was not requested"
            ))),
            None => Ok(()),
        }
    }

    #[inline]
    pub(crate) fn extend(&mut self, others: Self) {
        self.targets.extend(others.targets);
        self.odd.extend(others.odd);
    }
}

impl IntoIterator for CustomDataOfMany {
    type Item = (String, CustomData);
    type IntoIter = btree_map::IntoIter<String, CustomData>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.targets.into_iter()
    }
}

impl<'a> IntoIterator for &'a CustomDataOfMany {
    type Item = (&'a String, &'a CustomData);
    type IntoIter = btree_map::Iter<'a, String, CustomData>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for CustomDataOfMany {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.targets.fmt(f)
    }
}

/// The form on the wire: a list of targets.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Target<'a> {
    target_id: &'a str,
    data: &'a CustomData,
}

/// The odd items come after the others.
impl Serialize for CustomDataOfMany {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let targets = self.targets.iter().map(|(target_id, data)| Target { target_id, data });
        if self.odd.is_empty() {
            return serializer.collect_seq(targets);
        }
        let targets = targets.filter_map(|target| serde_json::to_value(target).ok());
        let odd = self.odd.iter().filter_map(|item| serde_json::from_str::<Value>(item).ok());
        serializer.collect_seq(targets.chain(odd))
    }
}

/// Reads one item. `None` if it cannot be read.
fn target(item: &Value) -> Option<(String, CustomData)> {
    let id = match item.get("targetId")? {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => return None,
    };
    let data = item.get("data").map_or_else(|| Ok(CustomData::default()), CustomData::deserialize);
    Some((id, data.ok()?))
}

impl<'de> Deserialize<'de> for CustomDataOfMany {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut this = Self::default();
        for item in Vec::<Value>::deserialize(deserializer)? {
            match target(&item) {
                Some((id, data)) => _ = this.targets.insert(id, data),
                None => this.odd.push(item.to_string().into()),
            }
        }
        Ok(this)
    }
}
