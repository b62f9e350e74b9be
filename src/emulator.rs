//! A user pool inside the process, or served over HTTP, that behaves as Authing's management service does.
//!
//! A program that manages users can be tested without a network, without credentials and without a real person's data: the
//! pool takes the same requests as the service, GraphQL and REST, and keeps the same rules. In-process it is a
//! [`Transport`](crate::transport::Transport); served, it is for any client in any language. Both are the same code.
//!
//! ```
//! use authing::emulator::Pool;
//!
//! let pool = Pool::new();
//! let client = pool.client();                      // in this process: no socket, no credentials
//! let bob = client.users().create().username("bob").send()?;
//!
//! let server = pool.serve("127.0.0.1:0")?;         // the same pool over HTTP
//! println!("AUTHING_HOST={}", server.url());
//! println!("AUTHING_USERPOOL_ID={}", pool.id());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a test can do
//!
//! | Wish | How |
//! |---|---|
//! | start with users, groups, roles | [`Pool::from_seed`] |
//! | start with very many users | [`PoolBuilder::generated_users`] |
//! | go back to a known state | [`Pool::snapshot`], [`Pool::restore`] |
//! | see what was asked | [`Pool::requests`] |
//! | let time pass | [`Pool::clock`] |
//! | let things go wrong | [`Pool::faults`] |
//!
//! Faults and time together: the client goes by the pool's clock, so it waits for ten minutes in no time.
//!
//! ```
//! use std::time::{Duration, Instant};
//! use authing::emulator::{Fault, Pool};
//!
//! let pool = Pool::new();
//! let client = pool.client_builder().deadline(Duration::from_secs(3600)).build()?;
//!
//! // The next `createUser` is told to wait, the one after it finds its token dead.
//! pool.faults().next("createUser", Fault::status(429).retry_after(600));
//! pool.faults().next("createUser", Fault::token_dies());
//!
//! let started = Instant::now();
//! let bob = client.users().create().username("bob").send()?;
//! assert!(pool.clock().skipped() >= Duration::from_secs(600));
//! assert!(started.elapsed() < Duration::from_secs(60));
//!
//! // Token, refused, refused, another token, done.
//! let asked: Vec<_> = pool.requests().iter().map(|request| request.operation().to_owned()).collect();
//! assert_eq!(asked, ["accessToken", "createUser", "createUser", "accessToken", "createUser"]);
//!
//! // A connection that broke in the middle leaves it open whether there is a second user.
//! pool.faults().next("createUser", Fault::reset().after_carrying_out());
//! assert!(client.users().create().username("ann").send().is_err());
//! assert!(client.users().find().username("ann").send()?.is_some());
//! # Ok::<(), authing::Error>(())
//! ```
//!
//! The script applies to a served pool as well; there the delays are real.
//!
//! # How strict it is
//!
//! As strict as the service's stack, and where that is not known, strict:
//!
//! - A document that the schema does not allow, an unknown input field, a wrong type, an unknown enum value, an unknown
//!   argument: the whole request is refused with status 400, a message that is a text, and no `data`. Variables that no
//!   document declares are tolerated, as the service does.
//! - A query parameter or a body field that a REST path does not have: refused by name with code 2231.
//! - A request without a token, with one that has expired, or with one of another pool: code 2020. With another pool's id
//!   in its header: code 2224. A wrong secret: code 1001, which is a choice of ours.
//! - What the pool lacks answers that it is not supported, and is in the table below.
//!
//! # What is a choice of ours
//!
//! Where neither the service's documents nor a capture tell, the pool decides so:
//!
//! - The codes of refusals that are not documented: each is a [`Guess`], which [`PoolBuilder::error_code`] sets and which the
//!   response names in the header `x-authing-emulator-guess`.
//! - A deleted user goes to the archive, which nothing else leads to, and its identifiers are free again.
//! - Several changes in one request are all made or none: ids in `deleteUsers`, values in `setUdvBatch`, roles in
//!   `assignRole`. Ids that nobody has are an error there, and are left out of `userBatch` and `kick`.
//! - `findUser` with several criteria finds who fits all of them; `isUserExists` is true if any of them is taken.
//! - Custom fields must be defined before they are given a value.
//! - A page and a limit begin at 1 and have no upper bound. Null and absence mean the first page of ten.
//! - A date without a zone is in UTC. Answers are in UTC.
//! - REST answers business errors with status 200, as captures of it do.
//! - The roles of a user are those that were given to the user, not to its groups and departments; of every namespace,
//!   when none is named.
//! - Each answer has an `x-request-id`, which [`RecordedRequest::id`] repeats.
//! - A missing user id means the caller to the service. The caller is the pool's owner, who is not one of its users, so
//!   here it is refused.
//!
//! # Where each operation's behaviour comes from
//!
//! Generated from the code. "Reached by the Python SDK's tests" means that a passing test of the Python package `authing`
//! 4.5.18 sent the operation and accepted the response, no more. Those tests run as they were published, against a served
//! pool that holds the users, applications and other things that they name: the seed of that run, `seed.json`, was made for
//! them. The official JavaScript SDK is driven against the pool too, by calls written for this project; those count as
//! modelled. [`Fidelity::details`] gives the table to programs.
//!
#![doc = include_str!("emulator/fidelity.md")]

mod args;
mod builder;
mod client;
mod clock;
mod context;
mod dates;
mod error;
mod exchange;
mod faults;
mod fidelity;
mod generate;
mod graphql;
mod ids;
mod inprocess;
mod operations;
mod password;
#[cfg(test)]
mod reached;
mod registry;
mod requests;
mod rest;
mod seed;
mod server;
mod state;
mod token;
mod users;

use std::fmt;
use std::io;
use std::net::ToSocketAddrs;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rand::Rng;

pub use self::builder::PoolBuilder;
pub use self::clock::PoolClock;
pub use self::error::{Guess, UnknownGuess};
pub use self::faults::{Fault, Faults};
pub use self::fidelity::{Fidelity, Mark, OperationFidelity};
pub use self::requests::RecordedRequest;
pub use self::seed::SeedError;
pub use self::server::{Server, ServerBuilder};

use self::error::Lang;
use self::error::guess::Codes;
use self::exchange::{Ask, Prepared};
use self::faults::{Outcome, Script};
use self::password::Undecryptable;
use self::requests::Requests;
use self::seed::{Load, Seed};
use self::state::State;
use crate::clock::Clock;
use crate::secret::Secret;

/// A user pool of its own.
///
/// It is a [`Transport`](crate::transport::Transport), so a client can be given one in place of a network. Clones are the same pool.
#[derive(Clone)]
pub struct Pool(Arc<Inner>);

/// What never changes about a pool.
pub(crate) struct PoolIdentity {
    pub(crate) id: String,
    pub(crate) secret: Secret,
    pub(crate) signing_key: Secret,
    /// The id of the person whom a management token stands for.
    pub(crate) owner: String,
    /// In seconds.
    pub(crate) manager_lifetime: i64,
    pub(crate) user_lifetime: i64,
    pub(crate) undecryptable: Undecryptable,
    pub(crate) codes: Codes,
}

pub(crate) struct Inner {
    pub(crate) identity: PoolIdentity,
    pub(crate) clock: PoolClock,
    pub(crate) script: Script,
    pub(crate) requests: Requests,
    state: Mutex<State>,
}

impl Inner {
    fn new(identity: PoolIdentity, clock: PoolClock, state: State) -> Self {
        Self {
            identity,
            clock,
            script: Script::default(),
            requests: Requests::default(),
            state: Mutex::new(state),
        }
    }

    /// A panic in one test thread must not take the pool away from the others.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request, as the script of faults wants it.
    pub(crate) fn exchange(&self, ask: &Ask<'_>) -> Outcome {
        let prepared = Prepared::new(ask);
        let fault = self.script.strike(&prepared.names(ask));
        let id = self.requests.push(RecordedRequest::new(ask, &prepared, fault.is_some()));
        let mut outcome = match fault {
            None => Outcome::good(prepared.execute(self, ask)),
            Some(fault) => {
                if fault.kills_tokens() {
                    self.revoke_tokens();
                }
                let lang = Lang::from_header(ask.lang);
                fault.apply(prepared, lang, |prepared| prepared.execute(self, ask))
            }
        };
        outcome.answer.headers.push(("x-request-id", id));
        outcome
    }

    /// Makes every management token that is out worthless.
    pub(crate) fn revoke_tokens(&self) {
        self.lock().token_generation += 1;
    }
}

impl Pool {
    /// An empty pool with an id and a secret by chance.
    #[expect(clippy::new_without_default, reason = "two pools made alike are not the same pool")]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A pool with settings.
    pub fn builder() -> PoolBuilder {
        PoolBuilder::new()
    }

    /// A pool that holds what a seed says: a pool with your users in one line.
    ///
    /// A seed is JSON. `version` is required, every section may be left out, and a key that is not known is refused.
    /// Whoever refers to a user does so by id, so users that are referred to have one in the seed; a user without gets one
    /// by chance. Everything stands in the order of its creation, oldest first.
    ///
    /// ```
    /// let pool = authing::emulator::Pool::from_seed(r#"{
    ///     "version": 1,
    ///     "pool": { "id": "emulated-demo", "secret": "demo-secret" },
    ///     "customFields": [
    ///         { "targetType": "USER", "key": "school", "dataType": "STRING", "label": "School" }
    ///     ],
    ///     "users": [
    ///         {
    ///             "id": "613872b19c90be7d4da44466",
    ///             "username": "bob", "email": "bob@example.com", "password": "123456",
    ///             "status": "Activated", "createdAt": "2021-09-08T08:00:00Z",
    ///             "registerSource": ["import:manual"],
    ///             "identities": [{ "provider": "github", "userIdInIdp": "42", "isSocial": true }],
    ///             "customData": { "school": "Tsinghua" }
    ///         },
    ///         { "username": "alice" }
    ///     ],
    ///     "archivedUsers": [{ "username": "carol" }],
    ///     "namespaces": [{ "code": "shop", "name": "The shop" }],
    ///     "groups": [
    ///         { "code": "engineering", "name": "Engineering", "users": ["613872b19c90be7d4da44466"] }
    ///     ],
    ///     "roles": [
    ///         { "code": "admin", "users": ["613872b19c90be7d4da44466"], "groups": ["engineering"] },
    ///         { "code": "clerk", "namespace": "shop", "description": "Sells" }
    ///     ],
    ///     "customData": []
    /// }"#)?;
    /// assert_eq!(pool.id(), "emulated-demo");
    /// # Ok::<(), authing::emulator::SeedError>(())
    /// ```
    ///
    /// A user has the fields of the API under their names there; besides them `password` (plain, hashed on the way in) or
    /// `passwordHash` (kept as it is), and `customData` as an object of typed values.
    ///
    /// Organisations, permissions, applications and the pool's settings have sections too:
    ///
    /// ```
    /// let pool = authing::emulator::Pool::from_seed(r#"{
    ///     "version": 1,
    ///     "users": [{ "id": "613872b19c90be7d4da44466", "username": "bob" }],
    ///     "applications": [{
    ///         "id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop",
    ///         "agreements": [{ "id": 1, "title": "Terms" }]
    ///     }],
    ///     "orgs": [{
    ///         "id": "6142c2c41c6e6c6cc3edfd88",
    ///         "root": {
    ///             "name": "Acme", "children": [
    ///                 { "name": "Sales", "code": "sales", "members": [{ "userId": "613872b19c90be7d4da44466" }] }
    ///             ]
    ///         }
    ///     }],
    ///     "roles": [{ "code": "admin" }],
    ///     "resources": [{ "code": "books", "actions": [{ "name": "read" }] }],
    ///     "policies": [{
    ///         "code": "reader", "statements": [{ "resource": "books:*", "actions": ["books:read"], "effect": "ALLOW" }]
    ///     }],
    ///     "policyAssignments": [{ "policy": "reader", "targetType": "ROLE", "targetIdentifier": "admin" }],
    ///     "grants": [{
    ///         "resource": "books:1", "actions": ["books:edit"],
    ///         "targetType": "USER", "targetIdentifier": "613872b19c90be7d4da44466"
    ///     }],
    ///     "applicationAccess": [{
    ///         "application": "6139c4d24e78a4d706b7545b", "targetType": "ROLE", "targetIdentifier": "admin"
    ///     }],
    ///     "settings": [{ "name": "My pool", "whitelist": { "emailEnabled": true } }],
    ///     "allowLists": [{ "type": "EMAIL", "values": ["bob@example.com"] }],
    ///     "environment": [{ "key": "REGION", "value": "north" }]
    /// }"#)?;
    /// # Ok::<(), authing::emulator::SeedError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The seed cannot be used; the error says where.
    pub fn from_seed(seed: &str) -> Result<Self, SeedError> {
        Self::builder().build_from(seed)
    }

    /// Everything that the pool holds, as a seed. Log-ins, injected faults and recorded requests are not part of it.
    pub fn snapshot(&self) -> String {
        seed::write(&self.0.lock())
    }

    /// Puts the pool into the state of a snapshot or a seed. Management tokens stay good, log-ins of users end, and the
    /// id and the secret stay what they are.
    ///
    /// # Errors
    ///
    /// The seed cannot be used; the error says where, and the pool is as it was.
    pub fn restore(&self, seed: &str) -> Result<(), SeedError> {
        let seed = Seed::parse(seed)?;
        seed.pool()?;
        let mut state = self.0.lock();
        let now = dates::millis(self.0.clock.wall()).unwrap_or_default();
        let mut fresh = State::new(state.rng.r#gen(), now);
        fresh.token_generation = state.token_generation;
        fresh.users.set_search_lag(state.users.search_lag());
        seed.load(&mut Load { state: &mut fresh, pool_id: self.id(), now })?;
        *state = fresh;
        Ok(())
    }

    fn from_inner(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// The pool's id. It begins with `emulated-`, and a client with such an id talks to loopback only.
    pub fn id(&self) -> &str {
        &self.0.identity.id
    }

    /// The pool's secret, for which it gives management tokens.
    pub fn secret(&self) -> &Secret {
        &self.0.identity.secret
    }

    /// The key for which passwords must be encrypted, as the pool's well-known address gives it.
    ///
    /// All emulated pools have the same key pair, which is published with this crate and protects nothing.
    pub fn public_key_pem(&self) -> &'static str {
        password::public_key_pem()
    }

    /// The pool's own time.
    pub fn clock(&self) -> &PoolClock {
        &self.0.clock
    }

    /// What the pool was asked, the oldest first; of very many, the last ten thousand.
    ///
    /// ```
    /// # use authing::emulator::Pool;
    /// use authing::transport::{Method, Request, Transport};
    ///
    /// let pool = Pool::new();
    /// pool.send(&Request::new(Method::Get, "http://pool/api/v2/users/613872b19c90be7d4da44466"))?;
    /// let asked = pool.requests();
    /// assert_eq!(asked[0].operation(), "GET /api/v2/users/{id}");
    /// assert!(!asked[0].is_authorized());
    /// # Ok::<(), authing::transport::TransportError>(())
    /// ```
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.0.requests.all()
    }

    /// Forgets what the pool was asked.
    pub fn clear_requests(&self) {
        self.0.requests.clear();
    }

    /// The script of what goes wrong; empty at first.
    pub fn faults(&self) -> Faults {
        Faults::new(Arc::clone(&self.0))
    }

    /// Serves the pool over HTTP on a loopback address until the [`Server`] is dropped.
    ///
    /// Port 0 takes any port that is free.
    pub fn serve(&self, addr: impl ToSocketAddrs) -> io::Result<Server> {
        self.server().bind(addr)
    }

    /// Serves the pool with settings.
    pub fn server(&self) -> ServerBuilder {
        ServerBuilder::new(self.clone())
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("id", &self.0.identity.id).finish_non_exhaustive()
    }
}
