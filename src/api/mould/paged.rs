//! Operations that return pages.

/// Makes a builder paged: adds `page`, `limit`, `pages` and `iter`. If a parameter sets the order, its name
/// follows, and then the names of the parameters that filter the list.
macro_rules! paged {
    ($builder:ident [$($shape:ident)?] [] []) => {};
    ($builder:ident [$($shape:ident)?] [$paged:ident] [$($sort:ident $($filter:ident)?)?]) => {
        impl $(<$shape: $crate::model::AnyUser>)? $crate::paging::Paged for $builder $(<$shape>)? {
            type Item = $paged;

            #[inline]
            fn turn_to(&mut self, page: u32, limit: u32) {
                self.page = Some(page);
                self.limit = Some(limit);
            }

            #[inline]
            fn first_page(&self) -> u32 {
                self.page.unwrap_or(1)
            }

            #[inline]
            fn page_limit(&self) -> Option<u32> {
                self.limit
            }

            $( #[inline]
            fn settle_order(&mut self) -> $crate::paging::Order {
                use $crate::model::SortBy;

                let is_filtered = false $( || $crate::api::mould::paged::Filter::is_set(&self.$filter) )?;
                match self.$sort.get_or_insert(SortBy::CreatedAtAscending) {
                    SortBy::CreatedAtAscending | SortBy::CreatedAtDescending if !is_filtered => {
                        $crate::paging::Order::Creation
                    }
                    _ => $crate::paging::Order::Unspecified,
                }
            } )?
        }

        impl $(<$shape: $crate::model::AnyUser>)? $builder $(<$shape>)? {
            /// The number of the first page to fetch, starting at 1. Defaults to 1.
            #[inline]
            pub fn page(mut self, page: u32) -> Self {
                self.page = Some(page);
                self
            }

            /// The maximum number of items per page. The service's default is 10; [`iter`](Self::iter) and
            /// [`pages`](Self::pages) request 100.
            #[inline]
            pub fn limit(mut self, limit: u32) -> Self {
                self.limit = Some(limit);
                self
            }

            /// Iterates over all pages from this one on, and fetches each when it is needed. Cost: one
            /// request per page, and up to two to [prove](crate::paging) that nothing is missing.
            #[inline]
            pub fn pages(self) -> $crate::paging::Pages<$paged> {
                let call = self.call.clone();
                $crate::paging::pages(&call.client, call.options, self)
            }

            /// Iterates over all items from this page on, and fetches each page when it is needed. Cost: one
            /// request per page, and up to two to [prove](crate::paging) that nothing is missing.
            #[inline]
            pub fn iter(self) -> $crate::paging::Items<$paged> {
                let call = self.call.clone();
                $crate::paging::items(&call.client, call.options, self)
            }

            /// Iterates over all items as the JSON text that the service sent, secrets included, for programs
            /// that pass them on. Uses a fraction of the CPU time of [`iter`](Self::iter).
            #[inline]
            pub fn iter_raw(self) -> $crate::paging::Items<$crate::paging::RawItem> {
                let call = self.call.clone();
                $crate::paging::items_raw(&call.client, call.options, self)
            }

            /// Iterates over all items, read into a type of your own that has the fields you need. An item
            /// that cannot be read as that type is an error; `next` continues with the item after it.
            #[inline]
            pub fn iter_as<R>(self) -> $crate::paging::Rows<R>
            where
                R: ::serde::de::DeserializeOwned + Send + 'static,
            {
                let call = self.call.clone();
                $crate::paging::items_as(&call.client, call.options, self)
            }
        }

        /// Equivalent to `iter`.
        impl $(<$shape: $crate::model::AnyUser>)? IntoIterator for $builder $(<$shape>)? {
            type Item = Result<$paged, $crate::error::Error>;
            type IntoIter = $crate::paging::Items<$paged>;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                self.iter()
            }
        }

        /// Equivalent to `iter` on a clone.
        impl $(<$shape: $crate::model::AnyUser>)? IntoIterator for &$builder $(<$shape>)? {
            type Item = Result<$paged, $crate::error::Error>;
            type IntoIter = $crate::paging::Items<$paged>;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                self.clone().iter()
            }
        }
    };
}
pub(crate) use paged;

/// A parameter that limits a list to some items.
pub(crate) trait Filter {
    fn is_set(&self) -> bool;
}

impl Filter for bool {
    fn is_set(&self) -> bool {
        *self
    }
}

impl Filter for String {
    fn is_set(&self) -> bool {
        true
    }
}

impl<T: Filter> Filter for Option<T> {
    fn is_set(&self) -> bool {
        self.as_ref().is_some_and(Filter::is_set)
    }
}
