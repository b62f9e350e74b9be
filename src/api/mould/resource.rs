//! Declares a resource: the handle whose methods create requests.

/// Declares a handle, and the method of the client that returns it. `begin` lists its operations by the names
/// of their methods, each in the module of that name. The types of their arguments are models, or exported
/// next to the builders.
///
/// ```text
/// resource! {
///     /// The groups of the pool.
///     pub struct Groups = Client::groups;
///     begin create, delete, detail, list;
/// }
/// ```
macro_rules! resource {
    (
        $(#[$meta:meta])*
        pub struct $handle:ident = Client::$method:ident;
        begin $($operation:ident),+ $(,)?;
    ) => {
        // The methods are assembled here, so the types of their arguments are resolved here.
        #[allow(unused_imports, reason = "which are used depends on the operations")]
        use $crate::{model::*, secret::*};

        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $handle {
            client: $crate::client::Client,
        }

        impl $crate::client::Client {
            $(#[$meta])*
            #[inline]
            pub fn $method(&self) -> $handle {
                $handle { client: self.clone() }
            }
        }

        impl $handle {
            $( $operation::begin_request! {} )+
        }
    };
}
pub(crate) use resource;
