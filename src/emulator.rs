//! A user pool inside the process, or served over HTTP, that behaves as Authing's management service does.
//!
//! A program that manages users can be tested without a network, without credentials and without a real
//! person's data: the pool takes the same requests as the service, GraphQL and REST, and keeps the same
//! rules. In-process it is a [`Transport`](crate::transport::Transport); served, it is for any client in any
//! language. Both are the same code.
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
//! | get the same ids, tokens and times in every run | [`PoolBuilder::seed`] |
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
//! - A document that the schema does not allow, an unknown input field, a wrong type, an unknown enum value,
//!   an unknown argument: the whole request is refused with status 400, a message that is a text, and no
//!   `data`. Variables that no document declares are tolerated, as the service does.
//! - A query parameter or a body field that a REST path does not have: refused by name with code 2231.
//! - A request without a token, with one that has expired, or with one of another pool: code 2020. With
//!   another pool's id in its header: code 2224. A wrong secret: code 1001, which is a choice of ours.
//! - What the pool lacks answers that it is not supported, and is in the table below.
//! - The token is looked at before the document: without a good one, a request for what is not open to
//!   everybody gets code 2020, whether or not the schema allows its document.
//!
//! # How much work a request may cause
//!
//! What is over a limit is refused with status 400 and a message that names the limit, before it has cost
//! more than milliseconds: 100,000 bytes and 10,000 tokens of a document, 64 levels of nesting, 5,000
//! selections and 100 root fields after fragments are put in, 500,000 values of an introspection, 200,000
//! values in the variables, 4,000,000 fields and items of a response. A limit that only the response reaches
//! leaves the changes of a mutation in force. A served pool also limits its clients' connections, time and
//! bytes: see [`ServerBuilder`].
//!
//! # What is a choice of ours
//!
//! Where neither the service's documents nor a capture tell, the pool decides so:
//!
//! - The codes of refusals that are not documented: each is a [`Guess`], which [`PoolBuilder::error_code`]
//!   sets and which the response names in the header `x-authing-emulator-guess`.
//! - A deleted user goes to the archive, which nothing else leads to, and its identifiers are free again.
//! - Several changes in one request are all made or none: ids in `deleteUsers`, values in `setUdvBatch`,
//!   roles in `assignRole`. Ids that nobody has are an error there, and are left out of `userBatch` and
//!   `kick`.
//! - `findUser` with several criteria finds who fits all of them; `isUserExists` is true if any of them is
//!   taken.
//! - Custom fields must be defined before they are given a value.
//! - A page and a limit begin at 1 and have no upper bound. Null and absence mean the first page of ten.
//! - A date without a zone is in UTC. Answers are in UTC.
//! - REST answers business errors with status 200, as captures of it do.
//! - The roles of a user are those that were given to the user, not to its groups and departments; of every
//!   namespace, when none is named.
//! - Each answer has an `x-request-id`, which [`RecordedRequest::id`] repeats.
//! - A user who is suspended, has resigned or is blocked gets no token: code 2005. Its tokens and sign-ins
//!   end.
//! - Of the departments below one, those with a larger `order` come first.
//! - `x-authing-app-id` and `x-authing-app-tenant-id` must name what exists. The application is noted in the
//!   audit log; in a tenant, permissions are asked for and given only for its members and its organisations.
//! - Messages are in Chinese unless `x-authing-lang` begins with `en`, except those about a GraphQL document
//!   or its variables. None repeats more than a line of the request.
//! - A missing user id means the caller to the service. The caller is the pool's owner, who is not one of its
//!   users, so here it is refused.
//!
//! # Where each operation's behaviour comes from
//!
//! Generated from the code. "Reached by the Python SDK's tests" means that a passing test of the Python
//! package `authing` 4.5.18 sent the operation and accepted the response, no more. Those tests run as they
//! were published, against a served pool that holds the users, applications and other things that they name:
//! the seed of that run, `seed.json`, was made for them. The official JavaScript SDK is driven against the
//! pool too, by calls written for this project; those count as modelled. [`Fidelity::details`] gives the
//! table to programs.
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
