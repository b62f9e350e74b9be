//! Operations on many ids, split into as many requests as the limit of the API requires.

use std::collections::HashSet;

use crate::api::mould::Call;
use crate::error::Error;
use crate::model::{CommonMessage, CustomDataOfMany, Department, TargetCustomData, Tenant};
use crate::transport::{Effect, Response};
use crate::wire::Operation;

/// The outputs of the parts of one call, combined.
pub(crate) trait Gather: Sized {
    fn gather(&mut self, next: Self);
}

impl<T> Gather for Vec<T> {
    #[inline]
    fn gather(&mut self, next: Self) {
        self.extend(next);
    }
}

impl Gather for CommonMessage {
    #[inline]
    fn gather(&mut self, next: Self) {
        *self = next;
    }
}

/// The department after the last part.
impl Gather for Department {
    #[inline]
    fn gather(&mut self, next: Self) {
        *self = next;
    }
}

/// The tenant after the last part.
impl Gather for Tenant {
    #[inline]
    fn gather(&mut self, next: Self) {
        *self = next;
    }
}

/// An item of a list that is sent in parts, identified by its id.
pub(crate) trait Item: Clone {
    /// Whether it consists of its id: then a change of an item given twice is a change of one.
    const IS_ID: bool;

    fn id(&self) -> &str;
}

impl Item for String {
    const IS_ID: bool = true;

    #[inline]
    fn id(&self) -> &str {
        self
    }
}

impl Item for TargetCustomData {
    const IS_ID: bool = false;

    #[inline]
    fn id(&self) -> &str {
        self.target_id()
    }
}

impl Gather for CustomDataOfMany {
    #[inline]
    fn gather(&mut self, next: Self) {
        self.extend(next);
    }
}

/// Sends an operation in parts, each with its own deadline.
#[inline]
pub(crate) fn send_split<O, I>(
    call: &Call,
    operation: &O,
    items: &[I],
    size: usize,
    set: impl Fn(&mut O, Vec<I>),
) -> Result<O::Output, Error>
where
    I: Item,
    O: Operation + Clone,
    O::Output: Gather + Send + Sync + 'static,
{
    if items.len() <= size {
        return call.send(operation).map_err(|error| match error.field() {
            // Found before anything was sent.
            Some(_) => error,
            None => error.with_unfinished(ids_of(items)),
        });
    }
    // All arguments are checked first, so that an invalid one near the end does not surface half way.
    operation.wire().map_err(|error| error.in_operation(O::NAME))?;
    // Of a user deleted by one part, the next part would know nothing.
    let distinct;
    let items = if O::EFFECT != Effect::Read && I::IS_ID {
        distinct = without_doubled(items);
        distinct.as_deref().unwrap_or(items)
    } else {
        items
    };
    // Without the items, so that each part copies only its own.
    let mut template = operation.clone();
    set(&mut template, Vec::new());
    let mut outputs: Option<O::Output> = None;
    for (index, chunk) in items.chunks(size).enumerate() {
        let mut piece = template.clone();
        set(&mut piece, chunk.to_vec());
        match call.send(&piece) {
            Ok(output) => match &mut outputs {
                None => outputs = Some(output),
                Some(before) => before.gather(output),
            },
            Err(error) => {
                let error = error.with_unfinished(ids_of(items.get(index * size..).unwrap_or_default()));
                let Some(outputs) = outputs else { return Err(error) };
                let error = error.with_partial(Box::new(outputs));
                // The parts before it were carried out: as a whole, the call has changed something.
                if O::EFFECT == Effect::Read {
                    return Err(error);
                }
                let is_safe = O::EFFECT == Effect::Idempotent && error.is_retryable();
                return Err(error.with_may_have_happened(true).with_safe_to_repeat(is_safe));
            }
        }
    }
    outputs.ok_or_else(|| Error::invalid_input("ids", "must not be empty").in_operation(O::NAME))
}

/// Returns the items without those that were given before. `None` if there are none.
#[inline]
fn without_doubled<I: Item>(items: &[I]) -> Option<Vec<I>> {
    let mut seen = HashSet::with_capacity(items.len());
    if items.iter().all(|item| seen.insert(item.id())) {
        return None;
    }
    seen.clear();
    Some(items.iter().filter(|item| seen.insert(item.id())).cloned().collect())
}

#[inline]
fn ids_of<I: Item>(items: &[I]) -> Vec<String> {
    items.iter().map(|item| item.id().to_owned()).collect()
}

/// Sends an operation whose raw response is requested. There is only one response if the items fit in one
/// part.
#[inline]
pub(crate) fn send_raw_piece<O: Operation>(
    call: &Call,
    operation: &O,
    field: &'static str,
    count: usize,
    size: usize,
) -> Result<Response, Error> {
    if count > size {
        let reason = format!("{count} are more than the {size} of one request, and of one response");
        return Err(Error::invalid_input(field, reason).in_operation(O::NAME));
    }
    call.send_raw(operation)
}
