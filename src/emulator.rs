//! An in-process emulator of a user pool, which behaves like Authing's management service. It can also be
//! served over HTTP.
//!
//! Use it to test a program without a network, credentials or personal data. The pool accepts the same
//! GraphQL and REST requests as the service and enforces the same rules. In-process, it is a
//! [`Transport`](crate::transport::Transport); served, it accepts any client in any language. Both use the
//! same code.
//!
//! ```
//! use authing::emulator::Pool;
//!
//! let pool = Pool::new();
//! let client =
//!     pool.client();                      // in this process: no socket, no credentials
//! let bob = client.users().create().username("bob").send()?;
//!
//! let server = pool.serve("127.0.0.1:0")?;         // the same pool over HTTP
//! println!("AUTHING_HOST={}", server.url());
//! println!("AUTHING_USERPOOL_ID={}", pool.id());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features for tests
//!
//! | Goal | API |
//! |---|---|
//! | start with users, groups, roles | [`Pool::from_seed`] |
//! | start with a large number of users | [`PoolBuilder::generated_users`] |
//! | return to a known state | [`Pool::snapshot`], [`Pool::restore`] |
//! | get the same ids, tokens and times in every run | [`PoolBuilder::seed`] |
//! | inspect requests | [`Pool::requests`] |
//! | advance time | [`Pool::clock`] |
//! | inject faults | [`Pool::faults`] |
//!
//! This example combines faults and time: the client uses the pool's clock, so a wait of ten minutes takes no
//! time.
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
//! let asked: Vec<_> =
//!     pool.requests().iter().map(|request| request.operation().to_owned()).collect();
//! assert_eq!(
//!     asked,
//!     ["accessToken", "createUser", "createUser", "accessToken", "createUser"]
//! );
//!
//! // A connection that broke in the middle leaves it open whether there is a second user.
//! pool.faults().next("createUser", Fault::reset().after_carrying_out());
//! assert!(client.users().create().username("ann").send().is_err());
//! assert!(client.users().find().username("ann").send()?.is_some());
//! # Ok::<(), authing::Error>(())
//! ```
//!
//! Faults also apply to a served pool; there, delays are real.
//!
//! # Strictness
//!
//! The pool is as strict as the service, and strict where the service's behaviour is unknown:
//!
//! - If a document violates the schema, or an input contains an unknown field, a wrong type, an unknown enum
//!   value or an unknown argument, the whole request is rejected with status 400, a message that is a text,
//!   and no `data`. Variables that the document does not declare are ignored, as by the service.
//! - Unknown query parameters and body fields of a REST path are rejected by name with code 2231.
//! - A request without a token, with an expired token, or with a token of another pool is rejected with code
//!   2020; a request whose header contains the id of another pool, with code 2224; a wrong secret, with code
//!   1001, which is an assumption.
//! - Operations that the pool does not support return an error that says so. They are listed in the table
//!   below.
//! - The token is checked before the document: without a valid token, a request that requires one is rejected
//!   with code 2020, whether or not the schema allows its document.
//!
//! # Limits on requests
//!
//! A request that exceeds a limit is rejected with status 400 and a message that names the limit, before it
//! has taken more than milliseconds: 100,000 bytes and 10,000 tokens of a document, 64 levels of nesting,
//! 5,000 selections and 100 root fields after fragments are expanded, 500,000 values of an introspection,
//! 200,000 values in the variables, 4,000,000 fields and items of a response. If only the response exceeds a
//! limit, the changes of a mutation remain in effect. A served pool also limits connections, time and bytes:
//! see [`ServerBuilder`].
//!
//! # Assumptions
//!
//! Where neither the service's documentation nor a captured response defines the behaviour, the pool behaves
//! as follows:
//!
//! - Error codes that are not documented are assumed: each is a [`Guess`], which [`PoolBuilder::error_code`]
//!   sets and which the response names in the header `x-authing-emulator-guess`.
//! - A deleted user is moved to the archive, which only `archivedUsers` reads, and its identifiers become
//!   available again.
//! - Several changes in one request are all made or none: ids in `deleteUsers`, values in `setUdvBatch`,
//!   roles in `assignRole`. Unknown ids are an error there; they are ignored in `userBatch` and `kick`.
//! - `findUser` with several criteria finds a user that matches all of them; `isUserExists` is true if any of
//!   them is taken.
//! - Custom fields must be defined before they can have a value.
//! - Page numbers and limits start at 1 and have no upper bound. Null or absent means the first page of ten
//!   items.
//! - A date without a time zone is in UTC. Dates in responses are in UTC.
//! - REST returns business errors with status 200, as in captured responses.
//! - The roles of a user are those assigned to the user, not those of its groups and departments; without a
//!   namespace, those of every namespace.
//! - Each response has an `x-request-id`, which [`RecordedRequest::id`] returns.
//! - A user who is suspended, has resigned or is blocked cannot get a token (code 2005). The user's tokens
//!   and sign-ins end.
//! - Among the child departments of a department, those with a larger `order` come first.
//! - `x-authing-app-id` and `x-authing-app-tenant-id` must name existing objects. The application is recorded
//!   in the audit log. In a tenant, permissions can be checked and granted only for its members and its
//!   organisations.
//! - Messages are in Chinese unless `x-authing-lang` begins with `en`, except those about a GraphQL document
//!   or its variables. No message repeats more than a line of the request.
//! - To the service, a missing user id means the caller. The caller is the owner of the pool, who is not one
//!   of its users, so the pool rejects the request.
//!
//! # Fidelity of each operation
//!
//! This table is generated from the code. "Reached by the Python SDK's tests" means only that a passing test
//! of the Python package `authing` 4.5.18 sent the operation and accepted the response. Those tests run as
//! published, against a served pool that contains the users, applications and other objects that they name:
//! its seed, `seed.json`, was made for them. The official JavaScript SDK is also run against the pool, by
//! calls written for this project; those count as modelled. [`Fidelity::details`] provides the table to
//! programs.
//!
#![doc = include_str!("emulator/fidelity.md")]

mod answer;
mod args;
mod ask;
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
#[cfg(test)]
mod handled;
mod headers;
mod identity;
mod ids;
mod inner;
mod inprocess;
mod operations;
mod password;
mod pool;
mod random;
#[cfg(test)]
mod reached;
mod registry;
mod requests;
mod rest;
mod seed;
mod server;
mod snapshot;
mod state;
mod token;
mod users;

pub use self::builder::PoolBuilder;
pub use self::clock::PoolClock;
pub use self::error::{Guess, UnknownGuess};
pub use self::faults::{Fault, Faults};
pub use self::fidelity::{Fidelity, Mark, OperationFidelity};
pub use self::pool::Pool;
pub use self::requests::RecordedRequest;
pub use self::seed::SeedError;
pub use self::server::{Server, ServerBuilder};
