//! Carries a plan out and writes the response.
//!
//! The response is written as text directly, without an intermediate tree of values. If a field fails and
//! cannot be null, what was written of the surrounding object is removed, up to the nearest nullable field.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use serde_json::{Map, Value, json};

use super::engine::Engine;
use super::limits::{STEPS, exceeded};
use super::out::{Out, Parent};
use super::plan::{Action, Step};
use crate::emulator::answer::{Answer, write};
use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::registry::field::{Access, Field};
use crate::emulator::state::users::UserKey;
use crate::emulator::users::write_user_field;

use apollo_compiler::schema::{ExtendedType, Type};

/// A non-null field failed; the error has been recorded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Failed {
    /// The nearest nullable field becomes null.
    Field,
    /// The whole response exceeds the limit: none of it is returned.
    Exhausted,
}

/// One run of a plan.
pub(crate) struct Execution<'r, 'c> {
    engine: &'r Engine,
    cx: &'r mut Cx<'c>,
    variables: &'r Map<String, Value>,
    /// Whether the caller has a valid management token.
    manager: bool,
    out: Vec<u8>,
    path: Vec<Value>,
    errors: Vec<Value>,
    /// The guesses that the response is based on.
    guesses: BTreeSet<Guess>,
    /// Fields and items that may still be written.
    steps: usize,
}

impl<'r, 'c> Execution<'r, 'c> {
    pub(crate) fn new(
        engine: &'r Engine,
        cx: &'r mut Cx<'c>,
        variables: &'r Map<String, Value>,
        manager: bool,
    ) -> Self {
        Self {
            engine,
            cx,
            variables,
            manager,
            out: Vec::new(),
            path: Vec::new(),
            errors: Vec::new(),
            guesses: BTreeSet::new(),
            steps: STEPS,
        }
    }

    /// The whole response.
    pub(crate) fn run(mut self, plan: &super::plan::Plan) -> Answer {
        // The size of the last response to the same document is the best estimate.
        self.out.reserve(plan.last_size.load(Ordering::Relaxed));
        self.out.extend_from_slice(b"{\"data\":");
        let start = self.out.len();
        match self.object(&plan.root, Parent::Root, Some(plan)) {
            Ok(()) => {}
            Err(Failed::Field) => {
                self.out.truncate(start);
                self.out.extend_from_slice(b"null");
            }
            Err(Failed::Exhausted) => {
                let error = exceeded("The response has too many fields and items", STEPS);
                return Answer::json(400, &json!({ "errors": error.errors }));
            }
        }
        if !self.errors.is_empty() {
            self.out.extend_from_slice(b",\"errors\":");
            write(&mut self.out, &Value::Array(std::mem::take(&mut self.errors)));
        }
        self.out.push(b'}');
        plan.last_size.store(self.out.len() + 64, Ordering::Relaxed);
        Answer::new(200, self.out).resting_on(self.guesses)
    }

    fn object(
        &mut self,
        steps: &[Step],
        parent: Parent<'_>,
        plan: Option<&super::plan::Plan>,
    ) -> Result<(), Failed> {
        self.spend(steps.len())?;
        self.out.push(b'{');
        for (index, step) in steps.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.out.extend_from_slice(&step.prefix);
            let start = self.out.len();
            let done = match (&step.action, parent) {
                // The one loop that must be fast: nothing can fail, and nothing is looked up.
                (Action::UserField(field), Parent::User(key)) => {
                    let user = self.cx.state.users.get(key);
                    write_user_field(&mut self.out, user, *field);
                    Ok(())
                }
                (Action::Derived(field), Parent::User(key)) => {
                    field.write(&mut self.out, self.cx, key);
                    Ok(())
                }
                (Action::Project, Parent::User(key)) if self.lacks(key, step) => {
                    self.out.extend_from_slice(b"[]");
                    Ok(())
                }
                (Action::Typename, _) => {
                    write(&mut self.out, &Value::from(step.parent.as_str()));
                    Ok(())
                }
                (Action::Introspection, _) => {
                    match plan {
                        Some(plan) => {
                            plan.introspect(self.engine, self.variables, &step.response_key, &mut self.out);
                        }
                        None => self.out.extend_from_slice(b"null"),
                    }
                    Ok(())
                }
                _ => {
                    self.path.push(Value::from(step.response_key.as_str()));
                    let done = self.field(step, parent);
                    let done = self.or_null(step.ty(), start, done);
                    self.path.pop();
                    done
                }
            };
            done?;
        }
        self.out.push(b'}');
        Ok(())
    }

    fn spend(&mut self, steps: usize) -> Result<(), Failed> {
        self.steps = self.steps.checked_sub(steps).ok_or(Failed::Exhausted)?;
        Ok(())
    }

    /// Whether a list is requested that hardly any user has.
    fn lacks(&self, key: UserKey, step: &Step) -> bool {
        step.name == "identities"
            && self.cx.state.users.get(key).is_some_and(|user| user.identities().is_empty())
    }

    /// Writes null in place of what failed, if null is allowed.
    fn or_null(&mut self, ty: &Type, start: usize, done: Result<(), Failed>) -> Result<(), Failed> {
        if done == Err(Failed::Field) && !ty.is_non_null() {
            self.out.truncate(start);
            self.out.extend_from_slice(b"null");
            return Ok(());
        }
        done
    }

    fn field(&mut self, step: &Step, parent: Parent<'_>) -> Result<(), Failed> {
        let resolved = match (&step.action, parent) {
            (Action::Resolve(field), _) => self.resolve(step, field, parent),
            (_, Parent::User(key)) => crate::emulator::users::user_field(self.cx, key, &step.name),
            (_, Parent::Page(total, list)) => {
                return match step.name.as_str() {
                    "totalCount" => self.complete(step, step.ty(), &Out::Json(Value::from(total))),
                    _ => self.list(step, step.ty(), list.iter()),
                };
            }
            (_, Parent::Json(value)) => {
                let value = value.get(&step.name).unwrap_or(&Value::Null);
                return self.complete_json(step, step.ty(), value);
            }
            (_, Parent::Root) => Err(ApiError::unsupported(&step.name)),
        };
        match resolved {
            Ok(out) => self.complete(step, step.ty(), &out),
            Err(error) => Err(self.fail(step, &error)),
        }
    }

    fn resolve(&mut self, step: &Step, field: &Field, parent: Parent<'_>) -> Result<Out, ApiError> {
        if field.access == Access::Manager && !self.manager {
            return Err(ApiError::not_logged_in());
        }
        let arguments = step
            .arguments(self.engine, self.variables)
            .map_err(|reason| ApiError::invalid(reason).settle(&self.cx.pool.codes))?;
        let resolved = (field.resolve)(self.cx, &parent, &Args::new(arguments))
            .map_err(|error| error.settle(&self.cx.pool.codes));
        if field.parent == "Mutation" {
            self.cx.note(field.name, &resolved);
        }
        resolved
    }

    fn complete(&mut self, step: &Step, ty: &Type, out: &Out) -> Result<(), Failed> {
        // Finding items has a cost, even if none of them is written.
        if let Out::Page(_, list) | Out::List(list) = out {
            self.spend(list.len())?;
        }
        match out {
            Out::Json(value) => self.complete_json(step, ty, value),
            Out::User(key) => self.user(step, *key),
            Out::Page(total, list) => self.object(&step.selection, Parent::Page(*total, list), None),
            Out::List(list) => self.list(step, ty, list.iter()),
        }
    }

    fn user(&mut self, step: &Step, key: UserKey) -> Result<(), Failed> {
        self.object(&step.selection, Parent::User(key), None)
    }

    fn list<'o>(
        &mut self,
        step: &Step,
        ty: &Type,
        items: impl Iterator<Item = &'o Out>,
    ) -> Result<(), Failed> {
        self.items(step, ty, items, |this, step, ty, item| this.complete(step, ty, item))
    }

    fn items<T>(
        &mut self,
        step: &Step,
        ty: &Type,
        items: impl Iterator<Item = T>,
        mut complete: impl FnMut(&mut Self, &Step, &Type, T) -> Result<(), Failed>,
    ) -> Result<(), Failed> {
        let (Type::List(item_ty) | Type::NonNullList(item_ty)) = ty else {
            return Err(self.mismatch(step, "a list"));
        };
        self.out.push(b'[');
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            let start = self.out.len();
            self.path.push(Value::from(index));
            let done = complete(self, step, item_ty, item);
            let done = self.or_null(item_ty, start, done);
            self.path.pop();
            done?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn complete_json(&mut self, step: &Step, ty: &Type, value: &Value) -> Result<(), Failed> {
        match (value, ty) {
            (Value::Null, ty) if ty.is_non_null() => {
                let message =
                    format!("Cannot return null for non-nullable field {}.{}.", step.parent, step.name);
                Err(self.fail(step, &ApiError::other(message)))
            }
            (Value::Null, _) => {
                self.out.extend_from_slice(b"null");
                Ok(())
            }
            (Value::Array(items), Type::List(_) | Type::NonNullList(_)) => {
                self.items(step, ty, items.iter(), Self::complete_json)
            }
            (_, Type::Named(name) | Type::NonNullNamed(name)) => {
                let fits = match (self.engine.schema.types.get(name), value) {
                    (Some(ExtendedType::Object(_)), Value::Object(_)) => {
                        return self.object(&step.selection, Parent::Json(value), None);
                    }
                    (Some(ExtendedType::Enum(definition)), Value::String(text)) => {
                        definition.values.contains_key(text.as_str())
                    }
                    (Some(ExtendedType::Scalar(_)), value) => match name.as_str() {
                        "String" | "ID" => value.is_string(),
                        "Int" => value.as_i64().is_some_and(|int| i32::try_from(int).is_ok()),
                        "Boolean" => value.is_boolean(),
                        "Float" => value.is_number(),
                        _ => true,
                    },
                    _ => false,
                };
                if fits {
                    write(&mut self.out, value);
                    Ok(())
                } else {
                    Err(self.mismatch(step, &value.to_string()))
                }
            }
            (_, Type::List(_) | Type::NonNullList(_)) => Err(self.mismatch(step, "no list")),
        }
    }

    fn mismatch(&mut self, step: &Step, what: &str) -> Failed {
        let message = format!("{}.{} of type {} came out as {what}", step.parent, step.name, step.ty());
        self.fail(step, &ApiError::other(message))
    }

    fn fail(&mut self, step: &Step, error: &ApiError) -> Failed {
        self.guesses.extend(error.guess);
        let locations: Vec<_> =
            step.location.iter().map(|(line, column)| json!({ "line": line, "column": column })).collect();
        self.errors.push(json!({
            "message": error.message(self.cx.lang),
            "locations": locations,
            "path": self.path,
            "extensions": { "code": "INTERNAL_SERVER_ERROR" },
        }));
        Failed::Field
    }
}
