//! Operations on many ids, in as many requests as the API's limit asks for.

use crate::api::mould::Call;
use crate::error::Error;
use crate::model::CommonMessage;
use crate::transport::Effect;
use crate::wire::Operation;

/// Outputs of the pieces of one call, put together.
pub(crate) trait Gather: Sized {
    fn gather(self, next: Self) -> Self;
}

impl<T> Gather for Vec<T> {
    fn gather(mut self, next: Self) -> Self {
        self.extend(next);
        self
    }
}

impl Gather for CommonMessage {
    fn gather(self, next: Self) -> Self {
        next
    }
}

/// Sends an operation piece by piece. The deadline is that of the whole.
pub(crate) fn send_split<O>(
    call: &Call,
    operation: &O,
    ids: &[String],
    size: usize,
    set: impl Fn(&mut O, Vec<String>),
) -> Result<O::Output, Error>
where
    O: Operation + Clone,
    O::Output: Gather,
{
    if ids.len() <= size {
        return call.send(operation).map_err(|error| match error.field() {
            // Found before anything was begun.
            Some(_) => error,
            None => error.with_unfinished(ids.to_vec()),
        });
    }
    // Arguments are looked at as a whole first, so that a bad one among the last does not surface half way.
    operation.wire().map_err(|error| error.in_operation(O::NAME))?;
    let mut outputs = None;
    let whole = call.within_one_deadline();
    for (index, chunk) in ids.chunks(size).enumerate() {
        let mut piece = operation.clone();
        set(&mut piece, chunk.to_vec());
        let output = whole.send(&piece).map_err(|error| {
            let error = error.with_unfinished(ids.iter().skip(index * size).cloned().collect());
            // The pieces before it were carried out: as a whole, the call has changed something.
            if index == 0 || O::EFFECT == Effect::Read {
                return error;
            }
            let is_safe = O::EFFECT == Effect::Idempotent && error.is_retryable();
            error.with_may_have_happened(true).with_safe_to_repeat(is_safe)
        })?;
        outputs = Some(match outputs {
            None => output,
            Some(before) => Gather::gather(before, output),
        });
    }
    outputs.ok_or_else(|| Error::invalid_input("ids", "must not be empty").in_operation(O::NAME))
}
