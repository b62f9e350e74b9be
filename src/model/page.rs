//! One page of a list.

use std::slice;
use std::vec;

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr, PickFirst, Same};

/// One page of a list, and how many items there are on all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Page<T> {
    /// How many items there are, as counted by the service when it answered.
    #[serde(alias = "total", with = "As::<PickFirst<(Same, DisplayFromStr)>>")]
    pub total_count: u64,
    /// The items of this page.
    pub list: Vec<T>,
}

impl<T> Page<T> {
    /// The items of this page.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.list.iter()
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}
