//! The body of a response, which may be sent slowly or break off.

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::Sleep;

use crate::emulator::faults::{Delivery, PIECES};

/// The time to send what precedes a break.
const FLUSH: Duration = Duration::from_millis(5);

/// A body in pieces.
pub(super) struct Payload {
    pieces: VecDeque<Bytes>,
    /// The value of the length header.
    length: u64,
    /// Whether the connection breaks after the last piece.
    breaks: bool,
    pause: Option<Duration>,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Payload {
    pub(super) fn new(body: Bytes, delivery: Delivery) -> Self {
        let length = u64::try_from(body.len()).unwrap_or(u64::MAX);
        let mut payload = Self { pieces: VecDeque::new(), length, breaks: false, pause: None, waiting: None };
        match delivery {
            Delivery::Cut => {
                payload.breaks = true;
                payload.pieces.push_back(body.slice(..body.len() / 2));
            }
            Delivery::Drip(pause) => {
                payload.pause = Some(pause);
                let size = body.len().div_ceil(PIECES as usize).max(1);
                let mut rest = body;
                while !rest.is_empty() {
                    payload.pieces.push_back(rest.split_to(size.min(rest.len())));
                }
            }
            _ if body.is_empty() => {}
            _ => payload.pieces.push_back(body),
        }
        payload
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        // What was written is sent while the body waits, so the break itself waits too.
        let pause = if self.breaks && self.pieces.is_empty() { Some(FLUSH) } else { self.pause };
        if let (Some(pause), false) = (pause, self.is_end_stream()) {
            let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
            if waiting.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.waiting = None;
        }
        match self.pieces.pop_front() {
            Some(piece) => Poll::Ready(Some(Ok(Frame::data(piece)))),
            None if self.breaks => {
                self.breaks = false;
                Poll::Ready(Some(Err(io::Error::other("injected fault"))))
            }
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty() && !self.breaks
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
