//! Builds a tree from the flat list of departments in GraphQL responses.
//!
//! The list contains the structure twice: each department has its `path` from the root and the ids of its
//! `children`. The path determines the parent, `children` the order of siblings; if one is missing, the other
//! is used for both. Each department has one parent and the root has none, so the departments below the root
//! form a tree whatever the list contains.

use std::collections::{HashMap, HashSet};

use super::{Department, DepartmentTree};
use crate::error::Error;

/// The service has no known limit. Trees are read, walked and dropped recursively, so a limit is needed.
const DEEPEST: usize = 100;

#[inline]
pub(super) fn treeify(root: &Department, nodes: &[Department]) -> Result<DepartmentTree, Error> {
    let mut known: HashMap<&str, &Department> = HashMap::from([(&*root.id, root)]);
    for node in nodes {
        known.entry(&node.id).or_insert(node);
    }
    let all = || std::iter::once(root).chain(nodes);
    let mut parents: HashMap<&str, &str> = HashMap::new();
    for node in all().filter(|node| node.id != root.id) {
        if let [.., parent, own] = node.path.as_slice() {
            if *own == node.id && parent != own && known.contains_key(&**parent) {
                parents.entry(&node.id).or_insert(parent);
            }
        }
    }
    for node in all() {
        for child in node.children.iter().filter(|child| **child != root.id && **child != node.id) {
            if known.contains_key(&**child) {
                parents.entry(child).or_insert(&node.id);
            }
        }
    }
    let mut below: HashMap<&str, Vec<&Department>> = HashMap::new();
    let mut placed: HashSet<&str> = HashSet::from([&*root.id]);
    let listed = all().flat_map(|node| node.children.iter().map(|child| (Some(&*node.id), &**child)));
    let others = all().map(|node| (None, &*node.id));
    for (listed_by, id) in listed.chain(others) {
        let (Some(parent), Some(node)) = (parents.get(id), known.get(id)) else { continue };
        if listed_by.is_none_or(|by| by == *parent) && placed.insert(id) {
            below.entry(parent).or_default().push(node);
        }
    }
    let mut count = 0;
    let tree = nest(root, &below, &mut count, 1)?;
    if count == known.len() {
        return Ok(tree);
    }
    let found: HashSet<&str> = tree.walk().map(|node| &*node.id).collect();
    let alone = nodes.iter().find(|node| !found.contains(&*node.id)).map_or("", |node| node.id.as_str());
    Err(Error::unexpected(format!("department `{alone}` is not connected with the root")))
}

#[inline]
fn nest(
    node: &Department,
    below: &HashMap<&str, Vec<&Department>>,
    count: &mut usize,
    level: usize,
) -> Result<DepartmentTree, Error> {
    if level > DEEPEST {
        let reason = format!("the departments are nested deeper than {DEEPEST} levels");
        return Err(Error::unexpected(reason));
    }
    *count += 1;
    let children = below.get(&*node.id).map(Vec::as_slice).unwrap_or_default();
    let children =
        children.iter().map(|child| nest(child, below, count, level + 1)).collect::<Result<_, _>>()?;
    Ok(DepartmentTree::with_children(node.clone(), children))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `id`, its path from the root, the ids of its children.
    fn node(id: &str, path: &[&str], children: &[&str]) -> Department {
        let mut node = Department::new(id);
        node.path = path.iter().map(|id| (*id).to_owned()).collect();
        node.children = children.iter().map(|id| (*id).to_owned()).collect();
        node
    }

    /// In the order of a walk, each with the ids of its children.
    fn shape(tree: &DepartmentTree) -> String {
        let children: Vec<String> = tree.children.iter().map(shape).collect();
        if children.is_empty() { tree.id.clone() } else { format!("{}({})", tree.id, children.join(" ")) }
    }

    #[test]
    fn siblings_stand_in_the_order_of_their_parent() {
        let root = node("r", &["r"], &["b", "a"]);
        let nodes = [
            node("c", &["r", "a", "c"], &[]),
            root.clone(),
            node("a", &["r", "a"], &["c"]),
            node("b", &["r", "b"], &[]),
        ];
        assert_eq!(shape(&treeify(&root, &nodes).unwrap()), "r(b a(c))");
    }

    #[test]
    fn a_path_or_a_list_of_children_is_enough() {
        let root = node("r", &[], &[]);
        let nodes = [node("a", &["r", "a"], &[]), node("b", &["r", "a", "b"], &[])];
        assert_eq!(shape(&treeify(&root, &nodes).unwrap()), "r(a(b))");
        let root = node("r", &[], &["a"]);
        let nodes = [node("b", &[], &[]), node("a", &[], &["b", "gone"])];
        assert_eq!(shape(&treeify(&root, &nodes).unwrap()), "r(a(b))");
    }

    #[test]
    fn a_department_comes_once_whoever_claims_it() {
        let root = node("r", &["r"], &["a", "b", "a"]);
        let nodes = [
            node("b", &["r", "b"], &["a", "b", "r"]),
            node("a", &["r", "a"], &["r"]),
            node("a", &["r", "b", "a"], &[]),
        ];
        assert_eq!(shape(&treeify(&root, &nodes).unwrap()), "r(a b)");
    }

    #[test]
    fn what_is_not_connected_with_the_root_is_an_error() {
        let root = node("r", &["r"], &[]);
        for nodes in [
            vec![node("lost", &[], &[])],
            vec![node("lost", &["lost", "other", "lost"], &["other"]), node("other", &[], &["lost"])],
        ] {
            let error = treeify(&root, &nodes).unwrap_err();
            assert!(error.to_string().contains("`lost` is not connected with the root"), "{error}");
        }
    }

    #[test]
    fn a_chain_without_end_is_an_error_and_not_a_stack_overflow() {
        let id = |level: usize| format!("n{level}");
        let chain = |levels: usize| -> Vec<Department> {
            (0..levels).map(|level| node(&id(level), &[], &[&id(level + 1)])).collect()
        };
        let short = chain(DEEPEST);
        assert_eq!(treeify(&short[0], &short).unwrap().walk().count(), DEEPEST);
        let long = chain(100_000);
        assert!(treeify(&long[0], &long).unwrap_err().to_string().contains("deeper than 100 levels"));
    }
}
