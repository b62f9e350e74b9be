//! The custom data of many targets.

use std::collections::BTreeMap;
use std::collections::btree_map;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::CustomData;
use crate::error::Error;

/// The custom data of many users, roles or other targets, by id.
///
/// `Debug` shows ids and keys, not the values.
#[derive(Clone, Default, PartialEq)]
pub struct CustomDataOfMany(BTreeMap<String, CustomData>);

impl CustomDataOfMany {
    /// Returns the values of a target. `None` if the response does not contain the target.
    pub fn get(&self, id: &str) -> Option<&CustomData> {
        self.0.get(id)
    }

    /// Iterates over ids and values, in the order of the ids.
    pub fn iter(&self) -> btree_map::Iter<'_, String, CustomData> {
        self.0.iter()
    }

    /// Returns the number of targets.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are no targets.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads the values of each target into a type of your own.
    ///
    /// # Errors
    /// The error names the target and the key that does not fit, and contains the value found.
    pub fn read_as<T: DeserializeOwned>(&self) -> Result<BTreeMap<String, T>, Error> {
        let read = self.0.iter().map(|(id, data)| {
            let value =
                data.read_as().map_err(|error: Error| error.with_context(&format!("target `{id}`")))?;
            Ok((id.clone(), value))
        });
        read.collect()
    }

    #[inline]
    pub(crate) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }
}

impl IntoIterator for CustomDataOfMany {
    type Item = (String, CustomData);
    type IntoIter = btree_map::IntoIter<String, CustomData>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a CustomDataOfMany {
    type Item = (&'a String, &'a CustomData);
    type IntoIter = btree_map::Iter<'a, String, CustomData>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for CustomDataOfMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The form on the wire: a list of targets.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target<I, D> {
    target_id: I,
    data: D,
}

impl Serialize for CustomDataOfMany {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(target_id, data)| Target { target_id, data }))
    }
}

impl<'de> Deserialize<'de> for CustomDataOfMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let targets = Vec::<Target<String, CustomData>>::deserialize(deserializer)?;
        Ok(Self(targets.into_iter().map(|target| (target.target_id, target.data)).collect()))
    }
}
