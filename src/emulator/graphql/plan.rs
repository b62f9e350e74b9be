//! A prepared document: fragments expanded, fields merged, names looked up, once.
//!
//! The schema has neither interfaces nor unions, so the type of every selection and the shape of the response
//! are known in advance. Executing a plan is what makes a page of two hundred users cheap.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;
use std::sync::atomic::AtomicUsize;

use apollo_compiler::executable::{self, Selection, SelectionSet};
use apollo_compiler::introspection::{check_max_depth, partial_execute};
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::JsonMap;
use apollo_compiler::schema::{FieldDefinition, Type};
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Node};
use serde_json::{Map, Value};

use super::coerce::{coerce, literal};
use super::engine::{Engine, RequestError};
use super::outline::is_open;
use crate::emulator::registry;
use crate::emulator::state::field::Field as UserField;
use crate::emulator::users::Derived;

/// A document and one of its operations.
pub(crate) struct Plan {
    document: Valid<ExecutableDocument>,
    operation: Node<executable::Operation>,
    pub(crate) root: Vec<Step>,
    /// Whether it can be reused: the response to an introspection may depend on any variable.
    pub(crate) is_kept: bool,
    /// The length of the last response.
    pub(crate) last_size: AtomicUsize,
    /// The responses to introspection fields, as they are written.
    introspection: OnceLock<HashMap<String, Vec<u8>>>,
}

/// What a selected field is.
pub(crate) enum Action {
    Typename,
    Introspection,
    /// A stored value of a user.
    UserField(UserField),
    /// A value of a user that is derived from stored ones.
    Derived(Derived),
    /// Something that is looked up or carried out.
    Resolve(&'static registry::field::Field),
    /// A part of its parent.
    Project,
}

/// One selected field.
pub(crate) struct Step {
    pub(crate) response_key: String,
    /// The key as it is written: quoted, with its colon.
    pub(crate) prefix: Vec<u8>,
    pub(crate) parent: String,
    pub(crate) name: String,
    pub(crate) action: Action,
    pub(crate) definition: Node<FieldDefinition>,
    pub(crate) location: Option<(usize, usize)>,
    arguments: Vec<Node<executable::Argument>>,
    pub(crate) selection: Vec<Step>,
}

impl Step {
    pub(crate) fn ty(&self) -> &Type {
        &self.definition.ty
    }

    /// Returns the values of the arguments, or why one of them is invalid.
    pub(crate) fn arguments(
        &self,
        engine: &Engine,
        variables: &Map<String, Value>,
    ) -> Result<Map<String, Value>, String> {
        let mut values = Map::new();
        for definition in &self.definition.arguments {
            let given = self
                .arguments
                .iter()
                .find(|argument| argument.name == definition.name)
                .and_then(|argument| literal(&argument.value, variables));
            let value = match given {
                Some(value) => value,
                None => match &definition.default_value {
                    Some(default) => literal(default, variables).unwrap_or(Value::Null),
                    None if definition.ty.is_non_null() => {
                        return Err(format!(
                            "Argument \"{}\" of required type \"{}\" was not provided.",
                            definition.name, definition.ty
                        ));
                    }
                    None => continue,
                },
            };
            let value = coerce(&engine.schema, &definition.ty, value, &definition.name)?;
            values.insert(definition.name.to_string(), value);
        }
        Ok(values)
    }
}

impl Plan {
    pub(crate) fn new(
        engine: &Engine,
        document: Valid<ExecutableDocument>,
        operation: Option<&str>,
        variables: &Map<String, Value>,
    ) -> Result<Self, RequestError> {
        let operation = document
            .operations
            .get(operation)
            .map_err(|error| RequestError::new("GRAPHQL_VALIDATION_FAILED", &error.message().to_string()))?
            .clone();
        let default = |definition: &Node<executable::VariableDefinition>| {
            let default = literal(definition.default_value.as_ref()?, &Map::new())?;
            Some((definition.name.to_string(), default))
        };
        let mut with_defaults: Map<String, Value> = operation.variables.iter().filter_map(default).collect();
        with_defaults.extend(variables.clone());
        let mut compiler = Compiler {
            document: &document,
            variables: &with_defaults,
            has_variables: !operation.variables.is_empty(),
            is_kept: true,
        };
        let root = compiler.steps(&operation.selection_set.ty, &[&operation.selection_set]);
        let is_kept = compiler.is_kept;
        let plan = Self {
            document,
            operation,
            root,
            is_kept,
            last_size: AtomicUsize::new(1024),
            introspection: OnceLock::new(),
        };
        plan.check(engine)?;
        Ok(plan)
    }

    /// Rejects an operation type that the service does not have.
    fn check(&self, engine: &Engine) -> Result<(), RequestError> {
        if engine.schema.get_object(&self.operation.selection_set.ty).is_none() {
            return Err(RequestError::new("GRAPHQL_VALIDATION_FAILED", "Unknown operation type."));
        }
        check_max_depth(&self.document, &self.operation)
            .map_err(|error| RequestError::new("LIMIT_EXCEEDED", &format!("{}.", error.message())))
    }

    /// Returns whether none of the fields requires a token.
    pub(crate) fn is_open(&self) -> bool {
        self.root.iter().all(|step| is_open(&step.parent, &step.name))
    }

    /// The name of the operation in the document.
    pub(crate) fn operation_name(&self) -> Option<&str> {
        self.operation.name.as_deref()
    }

    /// Returns the variables, coerced to their types. Values without a declared variable are ignored, as by
    /// the service.
    pub(crate) fn variables(
        &self,
        engine: &Engine,
        given: &Map<String, Value>,
    ) -> Result<Map<String, Value>, RequestError> {
        let refuse = |message: String| RequestError::new("BAD_USER_INPUT", &message);
        let mut values = Map::new();
        for definition in &self.operation.variables {
            let name = definition.name.as_str();
            let value = match (given.get(name), &definition.default_value) {
                (Some(value), _) => coerce(&engine.schema, &definition.ty, value.clone(), name)
                    .map_err(|reason| refuse(format!("Variable \"${name}\" got invalid value {reason}")))?,
                (None, Some(default)) => literal(default, &Map::new()).unwrap_or(Value::Null),
                (None, None) if definition.ty.is_non_null() => {
                    let ty = &definition.ty;
                    return Err(refuse(format!(
                        "Variable \"${name}\" of required type \"{ty}\" was not provided."
                    )));
                }
                (None, None) => continue,
            };
            values.insert(name.to_owned(), value);
        }
        Ok(values)
    }

    /// Writes the response to an introspection field, which is computed once per document.
    pub(crate) fn introspect(
        &self,
        engine: &Engine,
        variables: &Map<String, Value>,
        response_key: &str,
        out: &mut Vec<u8>,
    ) {
        let answers = self.introspection.get_or_init(|| {
            let data = serde_json::from_value::<JsonMap>(Value::Object(variables.clone()))
                .ok()
                .and_then(|variables| {
                    coerce_variable_values(&engine.schema, &self.operation, &variables).ok()
                })
                .and_then(|variables| {
                    let (schema, implementers) = (&engine.schema, &engine.implementers);
                    partial_execute(schema, implementers, &self.document, &self.operation, &variables).ok()
                })
                .and_then(|response| response.data)
                .unwrap_or_default();
            data.iter()
                .map(|(key, value)| (key.as_str().to_owned(), serde_json::to_vec(value).unwrap_or_default()))
                .collect()
        });
        out.extend_from_slice(answers.get(response_key).map_or(b"null", Vec::as_slice));
    }
}

struct Compiler<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Map<String, Value>,
    has_variables: bool,
    is_kept: bool,
}

impl<'a> Compiler<'a> {
    fn steps(&mut self, ty: &str, sets: &[&'a SelectionSet]) -> Vec<Step> {
        let mut fields: Vec<(&'a str, Vec<&'a Node<executable::Field>>)> = Vec::new();
        // A fragment adds nothing the second time; without this, a chain of doubled spreads would never
        // finish.
        let mut seen = HashSet::new();
        for set in sets {
            self.collect(set, &mut seen, &mut fields);
        }
        fields.into_iter().filter_map(|(key, fields)| self.step(ty, key, &fields)).collect()
    }

    fn collect(
        &mut self,
        set: &'a SelectionSet,
        seen: &mut HashSet<&'a str>,
        fields: &mut Vec<(&'a str, Vec<&'a Node<executable::Field>>)>,
    ) {
        for selection in &set.selections {
            if !self.included(selection) {
                continue;
            }
            match selection {
                Selection::Field(field) => {
                    let key = field.response_key().as_str();
                    match fields.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, merged)) => merged.push(field),
                        None => fields.push((key, vec![field])),
                    }
                }
                // Validation has rejected cycles, and there are no other types for a fragment.
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.fragment_name);
                    if let Some(fragment) = fragment.filter(|_| seen.insert(&spread.fragment_name)) {
                        self.collect(&fragment.selection_set, seen, fields);
                    }
                }
                Selection::InlineFragment(inline) => self.collect(&inline.selection_set, seen, fields),
            }
        }
    }

    fn included(&mut self, selection: &Selection) -> bool {
        let mut included = true;
        for (directive, wanted) in [("skip", false), ("include", true)] {
            let Some(directive) = selection.directives().get(directive) else { continue };
            let condition = directive
                .specified_argument_by_name("if")
                .and_then(|value| literal(value, self.variables))
                .and_then(|value| value.as_bool());
            included &= condition.is_none_or(|condition| condition == wanted);
        }
        included
    }

    fn step(&mut self, parent: &str, key: &str, fields: &[&'a Node<executable::Field>]) -> Option<Step> {
        let field = fields.first()?;
        let name = field.name.as_str();
        let action = match name {
            "__typename" => Action::Typename,
            "__schema" | "__type" => {
                // Such a response may depend on variables, for example on the name of a type.
                self.is_kept &= !self.has_variables;
                Action::Introspection
            }
            _ => match (registry::field(parent, name), UserField::from_name(name)) {
                (Some(resolver), _) => Action::Resolve(resolver),
                (None, Some(field)) if parent == "User" => Action::UserField(field),
                (None, _) if parent == "User" => {
                    Derived::from_name(name).map_or(Action::Project, Action::Derived)
                }
                (None, _) => Action::Project,
            },
        };
        let selection = match action {
            Action::Introspection => Vec::new(),
            _ => {
                let sets: Vec<_> = fields.iter().map(|field| &field.selection_set).collect();
                let ty = field.definition.ty.inner_named_type();
                self.steps(ty, &sets)
            }
        };
        let location = field.name.location().and_then(|span| span.line_column(&self.document.sources));
        Some(Step {
            response_key: key.to_owned(),
            prefix: format!("\"{key}\":").into_bytes(),
            parent: parent.to_owned(),
            name: name.to_owned(),
            action,
            definition: field.definition.clone(),
            location: location.map(|place| (place.line, place.column)),
            arguments: field.arguments.clone(),
            selection,
        })
    }
}
