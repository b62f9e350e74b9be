//! Lists of the caller's own requests: GraphQL documents and REST paths.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::{Identified, Items, Paged, Pages};
use crate::client::{GraphQl, Rest};
use crate::engine::CallOptions;
use crate::error::Error;
use crate::model::Page;
use crate::transport::Effect;
use crate::wire::{Operation, Wire};

/// What both kinds have in common, as operations and as lists.
macro_rules! own_list {
    ($(#[$meta:meta])* $list:ident of $request:ident { $($field:ident : $type:ty),* }, $name:literal) => {
        $(#[$meta])*
        pub struct $list<T> {
            request: $request,
            $( $field: $type, )*
            item: PhantomData<fn() -> T>,
        }

        impl<T> Clone for $list<T> {
            fn clone(&self) -> Self {
                Self { request: self.request.clone(), $( $field: self.$field.clone(), )* item: PhantomData }
            }
        }

        impl<T> fmt::Debug for $list<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($list)).field(&self.request).finish()
            }
        }

        impl<T: DeserializeOwned + Identified + Send + 'static> Operation for $list<T> {
            type Output = Page<T>;
            const NAME: &'static str = $name;
            const EFFECT: Effect = Effect::Read;

            fn wire(&self) -> Result<Wire, Error> {
                self.request.list_wire($( &self.$field )*)
            }
        }

        impl<T: DeserializeOwned + Identified + Send + 'static> Paged for $list<T> {
            type Item = T;

            fn turn_to(&mut self, page: u32, limit: u32) {
                self.request = self.request.clone().turned(page, limit);
            }
        }

        impl<T: DeserializeOwned + Identified + Send + 'static> $list<T> {
            /// Iterates over all pages, and fetches each when it is needed.
            pub fn pages(self) -> Pages<T> {
                let (client, options) = (self.request.client().clone(), self.options());
                super::pages(&client, options, self)
            }

            /// Iterates over all items, and fetches each page when it is needed.
            pub fn iter(self) -> Items<T> {
                let (client, options) = (self.request.client().clone(), self.options());
                super::items(&client, options, self)
            }

            fn options(&self) -> CallOptions {
                self.request.options()
            }
        }

        impl<T: DeserializeOwned + Identified + Send + 'static> IntoIterator for $list<T> {
            type Item = Result<T, Error>;
            type IntoIter = Items<T>;

            fn into_iter(self) -> Items<T> {
                self.iter()
            }
        }
    };
}

own_list! {
    /// The list returned by a GraphQL request of your own. Created by [`GraphQl::list`].
    GraphQlList of GraphQl { at: String },
    "graphql"
}

own_list! {
    /// The list returned by a REST request of your own. Created by [`Rest::list`].
    RestList of Rest {},
    "rest"
}

impl GraphQl {
    /// Reads the list at `at`, an object with `totalCount` and `list`, page by page through the variables
    /// `$page` and `$limit` of the document. `$page` is required. Without `list`, there are no items, and the
    /// list is [incomplete](super::Completeness::Incomplete). The document must be a query, or be
    /// declared as [`read_only`](Self::read_only), because failures are retried. `iter` and `pages` can be
    /// configured like those of other lists, for example with [`prefetch`](Items::prefetch). Items are
    /// [`Value`](serde_json::Value)s, models, or a type of your own that implements [`Identified`].
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let document = "query ($page: Int, $limit: Int) {
    ///     users(page: $page, limit: $limit) { totalCount list { id } }
    /// }";
    /// for user in client.graphql(document).list::<serde_json::Value>("users") {
    ///     println!("{}", user?["id"]);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list<T>(self, at: impl Into<String>) -> GraphQlList<T> {
        GraphQlList { request: self, at: at.into(), item: PhantomData }
    }

    #[inline]
    fn turned(self, page: u32, limit: u32) -> Self {
        self.variable("page", page).variable("limit", limit)
    }

    #[inline]
    fn list_wire(&self, at: &str) -> Result<Wire, Error> {
        // First what is wrong with the document itself.
        let wire = self.wire(at.to_owned().into())?;
        must_be_read(self.declared_effect())?;
        if !self.has_variable("page") {
            let reason = "must declare the variable `$page`: each page is requested through it";
            return Err(Error::invalid_input("document", reason));
        }
        Ok(wire)
    }
}

impl Rest {
    /// Reads the list in the `data` of the response, an object with `totalCount` or `total` and `list`, page
    /// by page through the query parameters `page` and `limit`. The method must be `GET`, or the request be
    /// declared as [`read_only`](Self::read_only), because failures are retried.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::transport::Method;
    ///
    /// let applications = client.rest(Method::Get, "/api/v2/applications");
    /// for application in applications.list::<serde_json::Value>() {
    ///     println!("{}", application?["name"]);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list<T>(self) -> RestList<T> {
        RestList { request: self, item: PhantomData }
    }

    #[inline]
    fn turned(self, page: u32, limit: u32) -> Self {
        self.set_query("page", page).set_query("limit", limit)
    }

    #[inline]
    fn list_wire(&self) -> Result<Wire, Error> {
        must_be_read(self.declared_effect())?;
        self.wire()
    }
}

/// A list is fetched again after a failure, and is sent in a dry run.
#[inline]
fn must_be_read(effect: Effect) -> Result<(), Error> {
    if effect == Effect::Read {
        return Ok(());
    }
    Err(Error::invalid_input(
        "effect",
        "must be that of a read: `read_only` declares that nothing is changed",
    ))
}
