//! What all calls of a client share: the token, and the key that encrypts passwords.
//!
//! Both are fetched under the client's own settings. A call that has about as much time left as the client's
//! deadline fetches on its own thread. A call that has less would have to end the fetch early, for all that
//! wait for it, or return late. It therefore has the fetch done on a background thread, which ends with the
//! fetch, and waits for it until its own deadline.

use std::sync::Arc;

use super::trace::Context;
use super::{Engine, Plan};
use crate::auth::FetchToken;
use crate::auth::Token;
use crate::auth::single_flight::{Age, Held, Order, SingleFlight, Start};
use crate::background;
use crate::error::Error;
use crate::transport::Request;
use crate::wire::Operation;

/// A shared value: where it is held, and how it is fetched.
pub(super) struct Shared<T> {
    pub(super) flight: fn(&Engine) -> &SingleFlight<T>,
    pub(super) fetch: fn(&Arc<Engine>, Order) -> Result<T, Error>,
}

impl Engine {
    /// Adds the token to a request, and fetches it if necessary.
    pub(super) fn authorize(
        self: &Arc<Self>,
        plan: &Plan,
        request: &mut Request,
    ) -> Result<Option<Arc<Held<Token>>>, Error> {
        if !plan.wire.with_token {
            return Ok(None);
        }
        let tokens = Shared { flight: |engine| &engine.tokens.flight, fetch: Self::fetch_token };
        let token = self.shared(plan, tokens, |token| token.age(self.clock.now()))?;
        request.set_header("authorization".into(), Arc::clone(&token.header));
        Ok(Some(token))
    }

    fn fetch_token(self: &Arc<Self>, order: Order) -> Result<Token, Error> {
        self.tokens.obtain(&*self.clock, order, |deadline| {
            self.counters.token_fetches.add(1);
            let query = FetchToken { user_pool_id: &self.user_pool_id, secret: &self.secret };
            let order = Order { deadline, ..order };
            self.nested(order, &query).map_err(|error| self.explain_refused_credentials(error))
        })
    }

    /// Returns the shared value, fetched by this call or for it if necessary.
    pub(super) fn shared<T: Send + Sync + 'static>(
        self: &Arc<Self>,
        plan: &Plan,
        Shared { flight, fetch }: Shared<T>,
        age: impl Fn(&T) -> Age,
    ) -> Result<Arc<Held<T>>, Error> {
        flight(self).get(&*self.clock, plan.deadline, age, |is_renewal| {
            let now = self.clock.now();
            let left = plan.deadline.saturating_sub(now).min(self.deadline);
            // The time that a call without options has left when it has just started or has waited briefly.
            let is_enough = left >= self.deadline - self.deadline / 8;
            let elsewhere = || {
                let (engine, context) = (Arc::clone(self), Context::current());
                let land = move || {
                    let deadline = engine.clock.now().saturating_add(engine.deadline);
                    flight(&engine).land(&*engine.clock, || {
                        context.within(|| fetch(&engine, Order { deadline, is_renewal }))
                    });
                };
                background::start("authing", Box::new(land))
            };
            if !is_enough && elsewhere().is_ok() {
                return Start::Elsewhere;
            }
            // The call continues with the old value if this fails, so half of its time is reserved for that.
            let time = if is_renewal { left / 2 } else { left };
            Start::Here(fetch(self, Order { deadline: now.saturating_add(time), is_renewal }))
        })
    }

    /// Runs an operation that other calls need, under the client's own settings.
    pub(super) fn nested<O: Operation>(
        self: &Arc<Self>,
        order: Order,
        operation: &O,
    ) -> Result<O::Output, Error> {
        self.output(Plan {
            name: O::NAME.into(),
            effect: O::EFFECT,
            wire: operation.wire()?,
            is_nested: true,
            deadline: order.deadline,
            timeout: self.timeout,
            retry: self.retry,
        })
    }
}
