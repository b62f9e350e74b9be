//! How well the behaviour of an operation is known, and the table of all of them.

use std::fmt;

use super::graphql::engine::Engine;
use super::registry;
use super::rest::unsupported::UNSUPPORTED;

/// Where an operation's behaviour comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fidelity {
    /// The official SDK's own live tests run against it.
    Checked,
    /// Modelled from documents, types and captures; where they leave a choice, the strict one was taken.
    Modelled,
    /// Answers with an error that says so.
    Unsupported,
}

impl Fidelity {
    /// Every operation that the pool knows of, with where its behaviour comes from.
    ///
    /// Names are those of [`RecordedRequest::operation`](super::RecordedRequest::operation); a field of an object that is
    /// more than a stored value has the name of its type before it, as in `User.roles`.
    pub fn table() -> Vec<(String, Self)> {
        entries().into_iter().map(|entry| (entry.name, entry.fidelity)).collect()
    }
}

impl fmt::Display for Fidelity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Checked => "checked by the official SDK's tests",
            Self::Modelled => "modelled from documents",
            Self::Unsupported => "not supported",
        })
    }
}

/// The protocol of an operation, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Protocol {
    Query,
    Mutation,
    Field,
    Rest,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    protocol: Protocol,
    name: String,
    fidelity: Fidelity,
}

fn entries() -> Vec<Entry> {
    let mut entries: Vec<_> = registry::fields()
        .map(|field| match field.parent {
            "Query" => (Protocol::Query, field.name.to_owned(), field.fidelity),
            "Mutation" => (Protocol::Mutation, field.name.to_owned(), field.fidelity),
            parent => (Protocol::Field, format!("{parent}.{}", field.name), field.fidelity),
        })
        .collect();
    // What the schema declares and nothing resolves.
    for (protocol, root) in [(Protocol::Query, "Query"), (Protocol::Mutation, "Mutation")] {
        let declared = Engine::get().ok().and_then(|engine| engine.schema.get_object(root));
        for name in declared.into_iter().flat_map(|object| object.fields.keys()) {
            if registry::field(root, name).is_none() {
                entries.push((protocol, name.to_string(), Fidelity::Unsupported));
            }
        }
    }
    entries.extend(
        registry::routes()
            .map(|route| (Protocol::Rest, format!("{} {}", route.method, route.path), route.fidelity)),
    );
    entries.extend(
        UNSUPPORTED
            .iter()
            .map(|(method, path)| (Protocol::Rest, format!("{method} {path}"), Fidelity::Unsupported)),
    );
    let mut entries: Vec<_> =
        entries.into_iter().map(|(protocol, name, fidelity)| Entry { protocol, name, fidelity }).collect();
    entries.sort_by(|one, other| (one.protocol, &one.name).cmp(&(other.protocol, &other.name)));
    entries
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::{env, fs};

    use super::*;

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/emulator/fidelity.md");

    /// The table as the documentation shows it.
    fn markdown() -> String {
        let entries = entries();
        let mut text = String::new();
        let all = [Fidelity::Checked, Fidelity::Modelled, Fidelity::Unsupported];
        writeln!(text, "| Fidelity | Operations |\n|---|---:|").unwrap();
        for fidelity in all {
            let count = entries.iter().filter(|entry| entry.fidelity == fidelity).count();
            writeln!(text, "| {fidelity} | {count} |").unwrap();
        }
        for (protocol, title) in [
            (Protocol::Query, "Query"),
            (Protocol::Mutation, "Mutation"),
            (Protocol::Field, "Field of an object"),
            (Protocol::Rest, "REST path"),
        ] {
            writeln!(text, "\n| {title} | Fidelity |\n|---|---|").unwrap();
            for entry in entries.iter().filter(|entry| entry.protocol == protocol) {
                writeln!(text, "| `{}` | {} |", entry.name, entry.fidelity).unwrap();
            }
        }
        text
    }

    #[test]
    fn the_documented_table_is_that_of_the_code() {
        let expected = markdown();
        if env::var_os("UPDATE_FIDELITY").is_some() {
            fs::write(FILE, &expected).unwrap();
        }
        let found = fs::read_to_string(FILE).unwrap_or_default();
        assert!(
            found == expected,
            "run this test with UPDATE_FIDELITY=1 to write src/emulator/fidelity.md anew"
        );
    }

    #[test]
    fn every_field_of_the_registry_is_in_the_schema() {
        let engine = Engine::get().unwrap();
        for field in registry::fields() {
            assert!(
                engine.schema.type_field(field.parent, field.name).is_ok(),
                "{}.{}",
                field.parent,
                field.name
            );
        }
    }

    #[test]
    fn no_operation_is_declared_twice() {
        let mut names: Vec<_> = Fidelity::table().into_iter().map(|(name, _)| name).collect();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
