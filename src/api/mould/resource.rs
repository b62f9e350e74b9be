//! Declares a resource: the handle that requests begin at.

/// Declares a resource: the handle whose methods begin requests, and the client's method that gives it.
macro_rules! resource {
    (
        $(#[$meta:meta])*
        pub struct $handle:ident = Client::$method:ident;
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $handle {
            client: $crate::Client,
        }

        impl $crate::Client {
            $(#[$meta])*
            pub fn $method(&self) -> $handle {
                $handle { client: self.clone() }
            }
        }
    };
}
pub(crate) use resource;
