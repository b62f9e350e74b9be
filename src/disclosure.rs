//! Disclosure of everything that a pool holds about one person, and erasure of that person.
//!
//! ```
//! # fn main() -> Result<(), authing::Error> {
//! # let client = authing::emulator::Pool::new().client();
//! # let bob = client.users().create().username("bob").send()?;
//! let disclosure = client.users().disclose(&bob.id).send()?;
//! if !disclosure.is_complete() {
//!     eprintln!("could not be read: {}", disclosure.missing().join(", "));
//! }
//! let document = disclosure.to_json()?;
//! # assert!(document.contains("bob"));
//!
//! let erasure = client.users().erase(&bob.id).send()?;
//! println!("{erasure}");
//! assert!(erasure.is_erased());
//! # Ok(()) }
//! ```
//!
//! # Disclosure
//!
//! [`disclose`](crate::users::Users::disclose) requests each part of what the pool holds: see the fields of
//! [`Disclosure`]. It takes 14 requests, and one more for each further page of paged lists. A part that
//! cannot be read does not fail the others: the document contains the error in its place. Secrets are left
//! out of the document, as of all models; [`with_secrets`](Disclosure::with_secrets) includes them.
//!
//! The API cannot return what applications hold about the person, messages that were sent, and rules about
//! who may sign in to an application that name the person. [`NOT_COVERED`] lists this.
//!
//! # Erasure
//!
//! [`erase`](crate::users::Users::erase) discloses, permanently deletes, and checks again every place where
//! the person was. The [`Erasure`] contains what was there and what is left. Repeating it is harmless: a user
//! who is gone is looked for but not deleted again. The service keeps deleted users in its archive, and
//! entries in its logs. The API cannot remove these; [`remains`](Erasure::remains) counts them.

// Every function is `#[inline]`, so that it is compiled only in programs that use disclosures: these send
// many operations, each of which is much code.

mod collect;
mod document;
mod erase;
mod part;
mod remains;

pub use self::collect::DiscloseUser;
pub use self::document::{Disclosure, NOT_COVERED};
pub use self::erase::{Deletion, EraseUser, Erasure};
pub use self::part::Part;
pub use self::remains::{Place, Remains};
