//! Operations that answer a page at a time.

/// Makes a builder paged: `page`, `limit`, `pages` and `iter`.
macro_rules! paged {
    ($builder:ident : $paged:ty) => {
        impl $crate::paging::sealed::Sealed for $builder {}

        impl $crate::paging::Paged for $builder {
            type Item = $paged;

            fn turn_to(&mut self, page: u32, limit: u32) {
                self.page = Some(page);
                self.limit.get_or_insert(limit);
            }

            fn first(&self) -> u32 {
                self.page.unwrap_or(1)
            }

            fn fetch(&self) -> Result<$crate::model::Page<$paged>, $crate::Error> {
                self.send()
            }
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

            /// All pages from this one on, each fetched when it is asked for: one request a page.
            pub fn pages(self) -> $crate::paging::Pages<Self> {
                $crate::paging::Pages::new(self)
            }

            /// All items from this page on, fetched page by page.
            pub fn iter(self) -> $crate::paging::Items<Self> {
                $crate::paging::Items::new(self)
            }
        }
    };
}
pub(crate) use paged;
