//! The table of all operations, with how well the behaviour of each is known.

use super::{Fidelity, Mark, notes};
use crate::emulator::graphql::engine::Engine;
use crate::emulator::registry;
use crate::emulator::rest::unsupported::UNSUPPORTED;

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
    mark: Option<Mark>,
}

/// What is known about one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationFidelity {
    name: String,
    fidelity: Fidelity,
    mark: Option<Mark>,
}

impl OperationFidelity {
    /// Returns the name, as in [`RecordedRequest::operation`](crate::emulator::RecordedRequest::operation).
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the source of its behaviour.
    pub fn fidelity(&self) -> Fidelity {
        self.fidelity
    }

    /// Returns notes on arguments whose meaning could surprise: the name of each, and a note.
    pub fn notes(&self) -> Vec<(&'static str, &'static str)> {
        notes::of(&self.name).collect()
    }

    /// Returns a limitation of the operation, if any.
    pub fn mark(&self) -> Option<Mark> {
        self.mark
    }
}

impl Fidelity {
    /// Returns every operation that the pool knows, with the source of its behaviour.
    ///
    /// Names are those of [`RecordedRequest::operation`](crate::emulator::RecordedRequest::operation). For a
    /// field of an object that is more than a stored value, the name of the type precedes its own, as in
    /// `User.roles`.
    pub fn table() -> Vec<(String, Self)> {
        entries().into_iter().map(|entry| (entry.name, entry.fidelity)).collect()
    }

    /// Like [`table`](Self::table), with everything that is known about each operation.
    pub fn details() -> Vec<OperationFidelity> {
        entries()
            .into_iter()
            .map(|Entry { protocol: _, name, fidelity, mark }| OperationFidelity { name, fidelity, mark })
            .collect()
    }
}

fn entries() -> Vec<Entry> {
    let mut entries: Vec<_> = registry::fields()
        .map(|field| {
            let (protocol, name) = match field.parent {
                "Query" => (Protocol::Query, field.name.to_owned()),
                "Mutation" => (Protocol::Mutation, field.name.to_owned()),
                parent => (Protocol::Field, format!("{parent}.{}", field.name)),
            };
            Entry { protocol, name, fidelity: field.fidelity, mark: field.mark }
        })
        .collect();
    let unsupported = |protocol, name| Entry { protocol, name, fidelity: Fidelity::Unsupported, mark: None };
    // What the schema declares and nothing resolves.
    for (protocol, root) in [(Protocol::Query, "Query"), (Protocol::Mutation, "Mutation")] {
        let declared = Engine::get().ok().and_then(|engine| engine.schema.get_object(root));
        for name in declared.into_iter().flat_map(|object| object.fields.keys()) {
            if registry::field(root, name).is_none() {
                entries.push(unsupported(protocol, name.to_string()));
            }
        }
    }
    entries.extend(registry::routes().map(|route| Entry {
        protocol: Protocol::Rest,
        name: format!("{} {}", route.method, route.path),
        fidelity: route.fidelity,
        mark: route.mark,
    }));
    entries.extend(
        UNSUPPORTED.iter().map(|(method, path)| unsupported(Protocol::Rest, format!("{method} {path}"))),
    );
    entries.sort_by(|one, other| (one.protocol, &one.name).cmp(&(other.protocol, &other.name)));
    entries
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::{env, fs};

    use super::*;
    use crate::emulator::error::Guess;
    use crate::emulator::rest::route::Body;

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/emulator/fidelity.md");

    /// The table as shown in the documentation.
    fn markdown() -> String {
        let entries = entries();
        let mut text = String::new();
        let all = [Fidelity::Reached, Fidelity::Modelled, Fidelity::Unsupported];
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
            writeln!(text, "\n| {title} | Fidelity | Note |\n|---|---|---|").unwrap();
            for entry in entries.iter().filter(|entry| entry.protocol == protocol) {
                let mark = entry.mark.map(|mark| mark.to_string()).unwrap_or_default();
                writeln!(text, "| `{}` | {} | {mark} |", entry.name, entry.fidelity).unwrap();
            }
        }
        writeln!(text, "\n| Operation | Argument | Note |\n|---|---|---|").unwrap();
        for (operation, argument, note) in notes::NOTES {
            writeln!(text, "| `{operation}` | `{argument}` | {note} |").unwrap();
        }
        writeln!(text, "\n| Code that is a guess | Code |\n|---|---:|").unwrap();
        for guess in Guess::ALL {
            writeln!(text, "| `{guess}` | {} |", guess.default_code()).unwrap();
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
    fn every_note_is_about_an_argument_that_exists() {
        let engine = Engine::get().unwrap();
        for (operation, argument, _) in notes::NOTES {
            let field =
                ["Query", "Mutation"].iter().find_map(|root| engine.schema.type_field(root, operation).ok());
            let of_field = field.is_some_and(|field| field.argument_by_name(argument).is_some());
            let of_route = registry::routes().any(|route| {
                let body = match route.body {
                    Body::Fields(params) => params,
                    Body::Empty | Body::Input(_) => &[],
                };
                format!("{} {}", route.method, route.path) == *operation
                    && route.query.iter().chain(body).any(|param| param.name == *argument)
            });
            assert!(of_field || of_route, "{operation} has no {argument}");
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
