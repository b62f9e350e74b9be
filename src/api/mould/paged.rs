//! Operations that answer a page at a time.

/// Makes a builder paged: `page`, `limit`, `pages` and `iter`. Where a parameter chooses the order, its name
/// follows, and those of the parameters that make a filter of the list.
macro_rules! paged {
    ($builder:ident : $paged:ty $(, $sort:ident $($filter:ident)?)?) => {
        impl $crate::paging::Paged for $builder {
            type Item = $paged;

            fn turn_to(&mut self, page: u32, limit: u32) {
                self.page = Some(page);
                self.limit = Some(limit);
            }

            fn first_page(&self) -> u32 {
                self.page.unwrap_or(1)
            }

            fn page_limit(&self) -> Option<u32> {
                self.limit
            }

            $( fn settle_order(&mut self) -> $crate::paging::Order {
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

        impl $builder {
            /// The page to begin with. The first is 1, which is the default.
            pub fn page(mut self, page: u32) -> Self {
                self.page = Some(page);
                self
            }

            /// How many items a page has at most. The service's default is 10; [`iter`](Self::iter) and
            /// [`pages`](Self::pages) ask for 100.
            pub fn limit(mut self, limit: u32) -> Self {
                self.limit = Some(limit);
                self
            }

            /// All pages from this one on, each fetched when it is asked for: one request a page, and two at
            /// most that [prove](crate::paging) that nothing is missing.
            pub fn pages(self) -> $crate::paging::Pages<$paged> {
                let call = self.call.clone();
                $crate::paging::pages(&call.client, call.options, self)
            }

            /// All items from this page on, fetched page by page: one request a page, and two at most that
            /// [prove](crate::paging) that nothing is missing.
            pub fn iter(self) -> $crate::paging::Items<$paged> {
                let call = self.call.clone();
                $crate::paging::items(&call.client, call.options, self)
            }

            /// All items as the JSON text that the service sent, secrets included, for programs that pass
            /// them on. Costs a fraction of [`iter`](Self::iter).
            pub fn iter_raw(self) -> $crate::paging::Items<$crate::paging::RawItem> {
                let call = self.call.clone();
                $crate::paging::items_raw(&call.client, call.options, self)
            }

            /// All items, read into a type of your own that has the fields you need. One that cannot be read
            /// as that type is an error, and `next` goes on with the one after it.
            pub fn iter_as<R>(self) -> $crate::paging::Rows<R>
            where
                R: ::serde::de::DeserializeOwned + Send + 'static,
            {
                let call = self.call.clone();
                $crate::paging::items_as(&call.client, call.options, self)
            }
        }

        /// The same as `iter`.
        impl IntoIterator for $builder {
            type Item = Result<$paged, $crate::Error>;
            type IntoIter = $crate::paging::Items<$paged>;

            fn into_iter(self) -> Self::IntoIter {
                self.iter()
            }
        }

        /// The same as `iter` of a clone.
        impl IntoIterator for &$builder {
            type Item = Result<$paged, $crate::Error>;
            type IntoIter = $crate::paging::Items<$paged>;

            fn into_iter(self) -> Self::IntoIter {
                self.clone().iter()
            }
        }
    };
}
pub(crate) use paged;

/// A parameter that makes a list one of some items only.
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
