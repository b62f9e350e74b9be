//! A document that has been parsed and measured, but not validated.
//!
//! Validation and planning follow every fragment wherever it is spread, so a document of two kilobytes can
//! lead to a million selections. The number is counted first, visiting each fragment once.

use std::collections::HashMap;

use apollo_compiler::ExecutableDocument;
use apollo_compiler::ast::{self, Definition, OperationType, Selection};
use apollo_compiler::parser::Parser;
use apollo_compiler::validation::Valid;

use super::engine::{Engine, RequestError};
use super::limits::{self, exceeded};
use super::outline::{Outline, RootField, is_open};

/// A document within the limits.
pub(crate) struct Document {
    ast: ast::Document,
    length: usize,
    size: Size,
}

/// The selections after fragments are expanded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Size {
    selections: usize,
    depth: usize,
    /// Values in the response to an introspection.
    introspected: usize,
}

type Fragments<'a> = HashMap<&'a str, &'a ast::FragmentDefinition>;

impl Document {
    pub(crate) fn parse(query: &str) -> Result<Self, RequestError> {
        limits::check_length(query)?;
        let mut parser = Parser::new().recursion_limit(limits::NESTING).token_limit(limits::TOKENS);
        let parsed = parser.parse_ast(query, "document.graphql");
        if parser.tokens_reached() > limits::TOKENS {
            return Err(exceeded("The document has too many tokens", limits::TOKENS));
        }
        if parser.recursion_reached() > limits::NESTING {
            return Err(exceeded("The document is nested too deeply", limits::NESTING));
        }
        let ast = parsed.map_err(|invalid| RequestError::found(&invalid.errors))?;
        let size = Measure::new(&ast).document(&ast)?;
        Ok(Self { ast, length: query.len(), size })
    }

    /// Returns the approximate size of its plan in bytes.
    pub(crate) fn weight(&self) -> usize {
        let introspected = self.size.introspected.saturating_mul(16);
        self.length.saturating_mul(16) + self.size.selections.saturating_mul(512) + introspected
    }

    /// Returns the document, if the schema allows it.
    pub(crate) fn validated(&self, engine: &Engine) -> Result<Valid<ExecutableDocument>, RequestError> {
        // Names that the schema lacks are reported before their consequences.
        let document =
            self.ast.to_executable(&engine.schema).map_err(|invalid| RequestError::found(&invalid.errors))?;
        document.validate(&engine.schema).map_err(|invalid| RequestError::found(&invalid.errors))
    }

    /// Returns the root fields of the requested operation.
    pub(crate) fn outline(&self, engine: &Engine, name: Option<&str>) -> Result<Outline, RequestError> {
        let refuse = |message: &str| Err(RequestError::new("GRAPHQL_VALIDATION_FAILED", message));
        let mut operations = self.ast.definitions.iter().filter_map(|definition| match definition {
            Definition::OperationDefinition(operation) => Some(operation),
            _ => None,
        });
        let found = match name {
            Some(name) => operations.find(|operation| operation.name.as_deref() == Some(name)),
            None => {
                let first = operations.next();
                if operations.next().is_some() {
                    return refuse("Must provide operation name if query contains multiple operations.");
                }
                first
            }
        };
        let Some(operation) = found else { return refuse("Unknown operation.") };
        let root = match operation.operation_type {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        let mut outline =
            Outline { name: operation.name.as_ref().map(ToString::to_string), root: Vec::new() };
        let mut left = fragments(&self.ast);
        self.collect(engine, root, &operation.selection_set, &mut left, &mut outline.root);
        Ok(outline)
    }

    /// Each fragment is removed when it is encountered, so none is visited twice.
    fn collect<'a>(
        &'a self,
        engine: &Engine,
        root: &str,
        selections: &'a [Selection],
        left: &mut Fragments<'a>,
        fields: &mut Vec<RootField>,
    ) {
        for selection in selections {
            match selection {
                Selection::Field(field) => {
                    let (key, name) = (field.response_name().as_str(), field.name.as_str());
                    if fields.iter().any(|known| known.key == key) {
                        continue;
                    }
                    let ty = engine.schema.type_field(root, name).ok().map(|field| field.ty.is_non_null());
                    let location = field.name.location();
                    let place = location.and_then(|span| span.line_column(&self.ast.sources));
                    fields.push(RootField {
                        key: key.to_owned(),
                        name: name.to_owned(),
                        nullable: ty != Some(true),
                        open: is_open(root, name),
                        location: place.map(|place| (place.line, place.column)),
                    });
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = left.remove(spread.fragment_name.as_str()) {
                        self.collect(engine, root, &fragment.selection_set, left, fields);
                    }
                }
                Selection::InlineFragment(inline) => {
                    self.collect(engine, root, &inline.selection_set, left, fields);
                }
            }
        }
    }
}

fn fragments(ast: &ast::Document) -> Fragments<'_> {
    ast.definitions
        .iter()
        .filter_map(|definition| match definition {
            Definition::FragmentDefinition(fragment) => Some((fragment.name.as_str(), &**fragment)),
            _ => None,
        })
        .collect()
}

/// Counts without expanding anything.
struct Measure<'a> {
    fragments: Fragments<'a>,
    /// `None` while a fragment is being measured: encountering it then means that it spreads itself.
    known: HashMap<&'a str, Option<Size>>,
    /// The number of selections visited.
    visited: usize,
}

impl<'a> Measure<'a> {
    fn new(ast: &'a ast::Document) -> Self {
        Self { fragments: fragments(ast), known: HashMap::new(), visited: 0 }
    }

    fn document(&mut self, ast: &'a ast::Document) -> Result<Size, RequestError> {
        let mut all = Size::default();
        for definition in &ast.definitions {
            let size = match definition {
                Definition::OperationDefinition(operation) => {
                    let size = self.set(&operation.selection_set, 0)?;
                    within(&size)?;
                    let roots = self.roots(&operation.selection_set);
                    if roots > limits::ROOT_FIELDS {
                        return Err(exceeded("The operation has too many root fields", limits::ROOT_FIELDS));
                    }
                    size
                }
                Definition::FragmentDefinition(fragment) => self.fragment(&fragment.name, 0)?,
                _ => continue,
            };
            all.selections = all.selections.saturating_add(size.selections);
            all.depth = all.depth.max(size.depth);
            all.introspected = all.introspected.saturating_add(size.introspected);
        }
        within(&all)?;
        Ok(all)
    }

    /// Counts the root fields. Only called when the number of selections is known to be within its limit.
    fn roots(&self, selections: &[Selection]) -> usize {
        let mut count = 0;
        let mut waiting = vec![selections];
        while let Some(selections) = waiting.pop() {
            for selection in selections {
                match selection {
                    Selection::Field(_) => count += 1,
                    Selection::FragmentSpread(spread) => {
                        let fragment = self.fragments.get(spread.fragment_name.as_str());
                        waiting.extend(fragment.map(|fragment| fragment.selection_set.as_slice()));
                    }
                    Selection::InlineFragment(inline) => waiting.push(&inline.selection_set),
                }
            }
        }
        count
    }

    fn set(&mut self, selections: &'a [Selection], above: usize) -> Result<Size, RequestError> {
        if above > limits::DEPTH {
            return Err(exceeded("The document is nested too deeply", limits::DEPTH));
        }
        let mut all = Size::default();
        for selection in selections {
            self.visited += 1;
            let (below, factor) = match selection {
                Selection::Field(field) => {
                    (self.set(&field.selection_set, above + 1)?, listed(field.name.as_str()))
                }
                Selection::FragmentSpread(spread) => (self.fragment(&spread.fragment_name, above + 1)?, 1),
                Selection::InlineFragment(inline) => (self.set(&inline.selection_set, above + 1)?, 1),
            };
            all.selections = all.selections.saturating_add(below.selections).saturating_add(1);
            all.depth = all.depth.max(below.depth.saturating_add(1));
            let introspected = below.introspected.saturating_add(1).saturating_mul(factor);
            all.introspected = all.introspected.saturating_add(introspected);
        }
        Ok(all)
    }

    fn fragment(&mut self, name: &'a str, above: usize) -> Result<Size, RequestError> {
        match self.known.get(name) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                let message = format!("Cannot spread fragment \"{name}\" within itself.");
                return Err(RequestError::new("GRAPHQL_VALIDATION_FAILED", &message));
            }
            None => {}
        }
        // A fragment that does not exist is rejected by the validator.
        let Some(fragment) = self.fragments.get(name).copied() else { return Ok(Size::default()) };
        self.known.insert(name, None);
        let size = self.set(&fragment.selection_set, above)?;
        self.known.insert(name, Some(size));
        Ok(size)
    }
}

fn within(size: &Size) -> Result<(), RequestError> {
    if size.selections > limits::SELECTIONS {
        let what = "The document selects too much once its fragments are put in";
        return Err(exceeded(what, limits::SELECTIONS));
    }
    if size.depth > limits::DEPTH {
        return Err(exceeded("The document is nested too deeply", limits::DEPTH));
    }
    if size.introspected > limits::INTROSPECTED {
        return Err(exceeded("The introspection asks for too many values", limits::INTROSPECTED));
    }
    Ok(())
}

/// The approximate number of items in the lists of an introspection, by the names of their fields.
fn listed(name: &str) -> usize {
    match name {
        "types" => 128,
        "fields" | "inputFields" => 16,
        "enumValues" | "directives" => 8,
        "args" => 4,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(query: &str) -> String {
        let error = Document::parse(query).err().expect("it is over a limit");
        error.errors[0]["message"].as_str().unwrap().to_owned()
    }

    fn visited(query: &str) -> usize {
        let ast = Parser::new().parse_ast(query, "document.graphql").unwrap();
        let mut measure = Measure::new(&ast);
        let _ = measure.document(&ast);
        measure.visited
    }

    /// Each of `count` fragments spreads the next one twice.
    fn doubled(count: usize) -> String {
        let mut query = "query { users { list { ...F0 } } }".to_owned();
        for number in 0..count {
            let next = number + 1;
            query += &format!(
                " fragment F{number} on User {{ a{number}: roles {{ list {{ users {{ list {{ ...F{next} }} }} }} }} \
                 b{number}: roles {{ list {{ users {{ list {{ ...F{next} }} }} }} }} }}"
            );
        }
        query + &format!(" fragment F{count} on User {{ id }}")
    }

    #[test]
    fn twenty_doubled_fragments_are_counted_in_some_hundred_steps_and_refused() {
        for count in [10, 12] {
            assert!(refusal(&doubled(count)).contains("the limit is"), "{count}");
            assert!(visited(&doubled(count)) < 200, "{}", visited(&doubled(count)));
        }
        let mut flat = "query { ...F0 }".to_owned();
        for number in 0..20 {
            let next = number + 1;
            flat += &format!(" fragment F{number} on Query {{ ...F{next} ...F{next} }}");
        }
        flat += " fragment F20 on Query { users { totalCount } }";
        assert!(refusal(&flat).contains("5000"));
        assert!(visited(&flat) < 100);
    }

    #[test]
    fn wide_deep_and_long_documents_are_refused_by_the_name_of_the_limit() {
        let aliases: String =
            (0..10_000).map(|number| format!(" a{number}: users {{ totalCount }}")).collect();
        assert!(refusal(&format!("{{ {aliases} }}")).contains("bytes: the limit is 100000"));
        let aliases: String = (0..4_000).map(|number| format!(" a{number}:x")).collect();
        assert!(refusal(&format!("{{ {aliases} }}")).contains("tokens: the limit is 10000"));
        let aliases: String = (0..101).map(|number| format!(" a{number}:x")).collect();
        assert!(refusal(&format!("{{ {aliases} }}")).contains("root fields: the limit is 100"));
        let deep = format!("{}x{}", "{ a ".repeat(1_000), "}".repeat(1_000));
        assert!(refusal(&deep).contains("nested too deeply: the limit is 64"));
        let mut chain = "{ ...F0 }".to_owned();
        for number in 0..200 {
            chain += &format!(" fragment F{number} on Query {{ ...F{} }}", number + 1);
        }
        chain += " fragment F200 on Query { x }";
        assert!(refusal(&chain).contains("nested too deeply: the limit is 64"));
        assert!(refusal(&"{ x } ".repeat(20_000)).contains("bytes"));
        let itself = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }";
        assert!(refusal(itself).contains("within itself"));
    }

    #[test]
    fn a_chain_that_is_given_from_its_end_is_as_deep() {
        let mut chain = "fragment F0 on Query { x }".to_owned();
        for number in 1..200 {
            chain += &format!(" fragment F{number} on Query {{ ...F{} }}", number - 1);
        }
        chain += " { ...F199 }";
        assert!(refusal(&chain).contains("nested too deeply"));
    }

    #[test]
    fn introspection_is_bounded_by_the_lists_it_passes_through() {
        let inner = "name fields { name args { name type { name ofType { name } } } type { name ofType { name } } } \
            inputFields { name type { name ofType { name } } } enumValues { name }";
        assert!(Document::parse(&format!("{{ __schema {{ types {{ {inner} }} }} }}")).is_ok());
        let nested = "fields { type { ".repeat(4) + "name" + &" } }".repeat(4);
        assert!(refusal(&format!("{{ __schema {{ types {{ {nested} }} }} }}")).contains("introspection"));
    }
}
