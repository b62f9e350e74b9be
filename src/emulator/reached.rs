//! Checks the fidelity marks against what the official SDK's tests reached.
//!
//! `tests/conformance/run.py` records the operations that its passing tests used. An operation is marked as
//! reached if and only if it is in that list.

use std::collections::BTreeSet;
use std::{env, fs};

use super::fidelity::Fidelity;
use super::{registry, rest};
use crate::transport::Method;

fn method(name: &str) -> Method {
    [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete]
        .into_iter()
        .find(|method| method.to_string() == name)
        .unwrap()
}

#[test]
fn an_operation_is_marked_reached_if_and_only_if_a_passing_test_reached_it() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/reached.json");
    // The published package does not contain its tests.
    let Ok(text) = fs::read_to_string(file) else { return };
    let reached: Vec<String> = serde_json::from_str(&text).unwrap();
    let reached: BTreeSet<String> = reached
        .into_iter()
        .map(|asked| match asked.split_once(' ') {
            Some((name, path)) => rest::find(method(name), path).expect(path).name().to_owned(),
            None => asked,
        })
        .collect();
    let roots = registry::fields()
        .filter(|field| ["Query", "Mutation"].contains(&field.parent))
        .map(|field| (field.name.to_owned(), field.fidelity));
    let paths = registry::routes().map(|route| (format!("{} {}", route.method, route.path), route.fidelity));
    let wrong: Vec<_> = roots
        .chain(paths)
        .filter(|(name, fidelity)| (*fidelity == Fidelity::Reached) != reached.contains(name))
        .collect();
    assert!(wrong.is_empty(), "marked otherwise than reached: {wrong:?}");
}
