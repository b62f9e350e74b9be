//! Everything that a pool holds of one person, and the removal of that person.
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
//! [`disclose`](crate::users::Users::disclose) asks for each part of what the pool holds: see the fields of
//! [`Disclosure`]. That is 14 requests, and one more for each further page of the lists that have pages. A part that
//! could not be read does not cost the others: it is in the document with the error in its place. Secrets are left out of the
//! document, as of all models; [`with_secrets`](Disclosure::with_secrets) writes them.
//!
//! The API has no way to ask for: what applications hold of the person, messages that were sent, and who may sign in to an
//! application by a rule that names the person. [`NOT_COVERED`] lists it.
//!
//! # Erasure
//!
//! [`erase`](crate::users::Users::erase) discloses, deletes, and looks again in every place where the person was. The
//! [`Erasure`] has what was there and what is left. Doing it again is harmless: who is gone is looked for and not deleted
//! twice. The service keeps deleted users in its archive, and entries of its logs; the API cannot remove these, and
//! [`remains`](Erasure::remains) counts them.

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
