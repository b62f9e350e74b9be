//! How an operation's file is written.
//!
//! A new operation is a file with this macro and `fixture!`, its GraphQL document beside it, two lines in the handle's
//! file, and a folder with the service's answer, to which the test adds the request (see
//! `fixtures.rs`). An output that no model fits has one of its own in [`model`](crate::model).
//!
//! [`request!`](self) takes the facts about one operation and makes of them a method of a resource, a builder, and an
//! [`Operation`](crate::Operation). The clauses, in their order; those in brackets are optional:
//!
//! ```text
//! request! {
//!     /// What the method of the handle does.
//!     Users::search(query: String) -> Page<User>;          the handle, the required arguments, the output
//!     effect Read;                                         what it does to the server's state
//!     graphql "searchUser" at "searchUser"                 the name, the place of the output below `data`,
//!         in "search.graphql", "user.graphql";             the document, in parts
//!     [rest Get "userDetail" "/api/v2/users/{}" [id];      or: method, name, path, the fields that fill its `{}`
//!      [query [app_id, device_id];]                        fields that go into the query
//!      [body json;]]                                       the builder as the body
//!     [sealed "/variables/input/password" => input;]       a part whose `password` is encrypted into that place
//!     [one_of [username, email];]                          optional parameters of which exactly one is set
//!     [check can_be_sent;]                                 a method that looks at the arguments before they are sent
//!     [split ids by 80;]                                   a list that is sent in pieces
//!     [paged User;]                                        adds `page`, `limit`, `pages` and `iter`
//!
//!     /// What the builder does, with an example.
//!     pub struct SearchUsers {
//!         [parts { input: UserInput }]                     values with setters of their own
//!         [flags { with_custom_data }]                     setters without argument that set something to true
//!         [optional { fields: Vec<UserField> }]            optional parameters and their setters
//!     }
//! }
//! ```
//!
//! A flag or an optional parameter has a documentation comment, which becomes that of its setter. A type is one word: it
//! is imported, not written with its path.
//!
//! On the wire a field has its name in camel case. Where the service has another, it follows the field: `= "name"` for
//! parameters and in `query`, `#[serde(rename = "name")]` for arguments. Beside a `body`, what is in the path or the query
//! is `#[serde(skip)]`. A GraphQL argument that never varies is written into the document.
//!
//! With the output `CommonMessage` a REST answer is read as a whole, and in either protocol a code other than success
//! makes it an error. REST operations have no name in the API: theirs is ours, for errors and logs.
//!
//! Empty texts, empty lists and zeros are refused before anything is sent, with the field's name: see [`Check`].

/// Declares an operation. See the [module](self).
macro_rules! request {
    (
        $(#[$method_meta:meta])*
        $handle:ident :: $method:ident (
            $( $(#[$arg_meta:meta])* $arg:ident : $arg_type:ident $(<$arg_item:ty>)? ),* $(,)?
        ) -> $output:ident $(<$output_item:ty>)?;
        effect $effect:ident;
        $( graphql $name:literal at $at:literal in $($document:literal),+; )?
        $( rest $verb:ident $rest_name:literal $path:literal [$($segment:ident),*];
           $( query [$($query:ident $(= $query_name:literal)?),+]; )?
           $( body $body:ident; )? )?
        $( sealed $pointer:literal => $sealed:ident; )?
        $( one_of [$($one:ident),+]; )?
        $( check $check:ident; )?
        $( split $split:ident by $size:literal; )?
        $( paged $paged:ty; )?

        $(#[$meta:meta])*
        pub struct $builder:ident {
            $( parts { $( $(#[$part_meta:meta])* $part:ident : $part_type:ty, )* } )?
            $( flags { $( $(#[$flag_meta:meta])+ $flag:ident $(= $flag_name:literal)? ),* $(,)? } )?
            $( optional { $(
                $(#[$field_meta:meta])+ $field:ident : $type:ident $(<$item:ty>)? $(= $field_name:literal)?
            ),* $(,)? } )?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, ::serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        #[must_use = "nothing happens before `send`"]
        pub struct $builder {
            #[serde(skip)]
            call: $crate::api::mould::Call,
            $( $(#[$arg_meta])* $arg: $arg_type $(<$arg_item>)?, )*
            $( $( $(#[$part_meta])* $part: $part_type, )* )?
            $( $( #[serde(skip_serializing_if = "::std::ops::Not::not" $(, rename = $flag_name)?)] $flag: bool, )* )?
            $( $( #[serde(skip_serializing_if = "Option::is_none" $(, rename = $field_name)?)]
                  $field: Option<$type $(<$item>)?>, )* )?
            $( #[serde(skip_serializing_if = "Option::is_none")]
               page: Option<u32>,
               #[serde(skip_serializing_if = "Option::is_none")]
               limit: Option<u32>,
               #[serde(skip)]
               items: ::std::marker::PhantomData<fn() -> $paged>, )?
        }

        impl $handle {
            $(#[$method_meta])*
            pub fn $method(&self $(, $arg: request!(@argument $arg_type $(<$arg_item>)?))*) -> $builder {
                $builder {
                    call: $crate::api::mould::Call::new(&self.client),
                    $( $arg: request!(@convert $arg $arg_type), )*
                    $( $( $part: Default::default(), )* )?
                    $( $( $flag: false, )* )?
                    $( $( $field: None, )* )?
                    $( page: None, limit: None, items: ::std::marker::PhantomData::<fn() -> $paged>, )?
                }
            }
        }

        impl $builder {
            $( $(
                $(#[$flag_meta])+
                pub fn $flag(mut self) -> Self {
                    self.$flag = true;
                    self
                }
            )* )?
            $( $(
                $crate::model::setter::setter! { self = Some; $(#[$field_meta])+ $field: $type $(<$item>)? }
            )* )?

            request! { @send [$($split $size)?] $output $(<$output_item>)? }

            /// Sends it and returns the answer as it came: status, headers, bytes. Fails only if none came.
            pub fn send_raw(&self) -> Result<$crate::transport::Response, $crate::Error> {
                self.call.send_raw(self)
            }
        }

        $crate::engine::with_call_options!($builder, call.options);

        impl $crate::wire::Operation for $builder {
            type Output = $output $(<$output_item>)?;
            const NAME: &'static str = request!(@name $($name)? $($rest_name)?);
            const EFFECT: $crate::transport::Effect = $crate::transport::Effect::$effect;

            fn wire(&self) -> Result<$crate::wire::Wire, $crate::Error> {
                use $crate::api::mould::Check as _;
                $( self.$arg.check(stringify!($arg))?; )*
                $( $( self.$field.check(stringify!($field))?; )* )?
                $( request!(@paged $paged);
                   self.page.check("page")?;
                   self.limit.check("limit")?; )?
                $( $crate::api::mould::one_of(&[$( (stringify!($one), self.$one.is_some()) ),+])?; )?
                $( self.$check()?; )?
                $( if let Some(password) = &self.$sealed.password {
                    $crate::auth::password::check(password)?;
                } )?
                let wire = request!(@wire self
                    $( graphql $at [$($document),+] )?
                    $( rest $verb $path [$($segment),*] [$($($query $(= $query_name)?),+)?] [$($body)?] )?
                );
                let wire = request!(@acknowledged wire $output);
                $( let wire = wire.sealed($pointer, self.$sealed.password.as_ref()); )?
                Ok(wire)
            }
        }

        $( $crate::api::mould::paged!($builder: $paged); )?
    };

    (@argument Vec<$item:ty>) => { impl IntoIterator<Item = impl Into<$item>> };
    (@argument $type:ty) => { impl Into<$type> };
    (@convert $arg:ident Vec) => { $arg.into_iter().map(Into::into).collect() };
    (@convert $arg:ident $type:ident) => { $arg.into() };

    (@name $name:literal) => { $name };

    (@send [] $output:ty) => {
        /// Sends it. Blocks until the answer is there or the call's deadline has passed.
        pub fn send(&self) -> Result<$output, $crate::Error> {
            self.call.send(self)
        }
    };
    (@send [$ids:ident $size:literal] $output:ty) => {
        #[doc = concat!("Sends it: one request for each ", stringify!($size), " ids, all within the call's deadline.")]
        ///
        /// If one of them fails, [`unfinished`](crate::Error::unfinished) has the ids that were not carried out.
        pub fn send(&self) -> Result<$output, $crate::Error> {
            $crate::api::mould::split::send_split(&self.call, self, &self.$ids, $size, |piece, ids| piece.$ids = ids)
        }
    };

    (@wire $self:ident graphql $at:literal [$($document:literal),+]) => {
        $crate::wire::Wire::graphql(Self::NAME, concat!($(include_str!($document)),+), $at, $self)?
    };
    (@wire $self:ident rest $verb:ident $path:literal [$($segment:ident),*] [$($query:ident $(= $query_name:literal)?),*] [$($body:ident)?]) => {{
        let wire = $crate::wire::Wire::rest($crate::transport::Method::$verb, $path, &[$(&$self.$segment),*])?;
        $( let wire = $crate::api::mould::in_query(
            wire,
            $crate::model::macros::wire_name!($query $($query_name)?),
            &$self.$query,
        ); )*
        $( let wire = wire.$body($self)?; )?
        wire
    }};

    (@acknowledged $wire:ident CommonMessage) => { $wire.whole_answer() };
    (@acknowledged $wire:ident $other:ident) => { $wire };
    (@paged $item:ty) => {};
}
pub(crate) use request;
