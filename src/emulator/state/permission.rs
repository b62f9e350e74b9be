//! Rules about actions on resources, without state.
//!
//! A resource is `kind:id`, a whole kind is `kind:*`; an action is `kind:verb`, or a bare verb. What is
//! granted covers what is asked when both are equal or when the granted one ends in `*` and the rest of it
//! begins the other. It never works the other way round: a grant of `books:1` says nothing about `books:*`.

/// Stands for every id of a kind, and for every verb.
const ANY: &str = "*";

/// Whether a grant of `granted` covers `asked`.
pub(crate) fn covers(granted: &str, asked: &str) -> bool {
    if granted == asked || granted == ANY {
        return true;
    }
    match granted.strip_suffix(ANY) {
        Some(kind) => kind.ends_with(':') && asked.starts_with(kind),
        None => false,
    }
}

/// The stored code of a resource: a kind without an id stands for the whole kind.
pub(crate) fn whole_kind(resource: &str) -> String {
    if resource == ANY || resource.contains(':') { resource.to_owned() } else { format!("{resource}:{ANY}") }
}

/// Whether the text has the form `kind:id`, which `allow` requires.
pub(crate) fn is_kind_and_id(resource: &str) -> bool {
    resource.split_once(':').is_some_and(|(kind, id)| !kind.is_empty() && !id.is_empty())
}

/// Whether the resource `code` belongs to `kind`.
pub(crate) fn is_of_kind(code: &str, kind: &str) -> bool {
    code.split_once(':').is_some_and(|(own, _)| own == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_covers_its_members_and_not_the_other_way_round() {
        assert!(covers("books:*", "books:1"));
        assert!(covers("books:*", "books:*"));
        assert!(!covers("books:1", "books:*"));
        assert!(!covers("books:1", "books:2"));
    }

    #[test]
    fn a_kind_covers_no_other_kind() {
        assert!(!covers("books:*", "orders:1"));
        assert!(!covers("book:*", "books:1"));
        assert!(!covers("boo*", "books:1"));
    }

    #[test]
    fn actions_follow_the_same_rule() {
        assert!(covers("books:*", "books:delete"));
        assert!(covers("edit", "edit"));
        assert!(!covers("books:*", "edit"));
        assert!(covers("*", "edit"));
    }

    #[test]
    fn a_kind_alone_stands_for_all_of_it() {
        assert_eq!(whole_kind("books"), "books:*");
        assert_eq!(whole_kind("books:1"), "books:1");
        assert!(!is_kind_and_id("books"));
        assert!(is_kind_and_id("books:1"));
    }
}
