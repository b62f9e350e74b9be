//! How to write the file of an operation.
//!
//! A new operation consists of a file with this macro and `fixture!`, its GraphQL document next to it, its
//! name in three places of the file of the handle (`mod`, `pub use` and `begin`), a row of
//! `src/guide/operations.tsv`, and a folder with the service's response, to which the test adds the request
//! (see `fixtures.rs`). If no model fits the output, add one to [`model`](crate::model). At the end,
//! `UPDATE_FIXTURES=1 cargo test --all-features --lib coverage` adds the operation to
//! `src/guide/coverage.md`.
//!
//! The documentation of an operation ends with `API: … Cost: …`, and with `# Errors` if it can fail otherwise
//! than any call can: the predicate of the error (`is_not_found`), and `code N` or that the code is not
//! documented. A test holds it against the emulator, which marks the codes that are guesses. A `doc(alias)`
//! names what the other SDKs call it, if that is neither the method nor the builder.
//!
//! From the facts about an operation, [`request!`](self) generates a method of a resource, a builder, and an
//! [`Operation`](crate::Operation). These are the clauses, in order; those in brackets are optional:
//!
//! ```text
//! request! {
//!     /// What it does, an example, the API operation and its cost.
//!     Users::search(query: String) => SearchUsers -> Page<User>;
//!                               the method with its required arguments, the builder, the output;
//!                               the documentation is for the method and the builder
//!     effect Read;              the effect on the server's state: `Read`, `Idempotent` if twice
//!                               is the same as once, otherwise `Mutation`: a change that can
//!                               fail the second time, because it creates, or renames by name
//!     graphql "searchUser" [at "user.roles"]
//!         in "search.graphql", "user.graphql";
//!                               the name, the place of the output below `data` if it differs
//!                               from the name, and the parts of the document
//!     [rest Get "getUser" "/api/v2/users/{id}";]
//!                               or: the method, the name, the path with fields in braces
//!     [answer at "list";]       for REST, the place of the output below `data`;
//!                               `answer whole;` is `{code, message}` itself, whatever
//!                               `data` contains,
//!                               `answer bare;` has no envelope
//!     [absent [2004];]          codes that mean `None` in addition to 404, if the output is an
//!                               `Option`
//!     [missing "user";]         what does not exist if the output is null: an `is_not_found`
//!                               error, for an output that is not an `Option`
//!     [fixed { "targetType": "USER" }]
//!                               constant fields
//!     [sealed "/variables/input/password" => input;]
//!                               a part whose `password` is encrypted into that place
//!     [one_of [username, email];]
//!                               optional fields of which exactly one must be set
//!     [any_of [name, code];]    optional fields of which at least one must be set
//!     [check can_be_sent;]      a method that checks the arguments before they are sent
//!     [write extra_fields;]     a method that adds more to the [`Draft`](super::Draft)
//!     [same "user" [id];]       arguments that are also fields of the output, in which they
//!                               must have the same value, and what the output is
//!     [verify is_the_one;]      a method that checks the output before it is returned
//!     [split ids by 80;]        a list that is sent in parts
//!     [paged User;]             adds `page`, `limit`, `pages` and `iter`; the count may be
//!                               called `totalCount` or `total`; `, ordered by` names the field
//!                               that sets the order, `unless` one that filters
//!
//!     [parts { input: UserInput }]
//!                               values with their own setters
//!     [flags { include_custom_data = "with_custom_data" explicit }]
//!                               setters without arguments; `explicit` also sends false
//!     [optional { by: BatchKey = "type" else BatchKey::Id }]
//!                               optional fields and their setters; `else` is sent if they are unset
//! }
//! ```
//!
//! The type of a field is one word, optionally with a type in angle brackets; it is imported, not written
//! with its path. The name on the wire is the name in camel case, also in a query, unless `= "name"` follows;
//! a name with dots is a path of objects. The [`Draft`](super::Draft) determines where the field goes: in the
//! path if that names it, otherwise in the variables, the query or the body. `via as_list` sends a value as a
//! list of one, `via json_text` as a text that contains its JSON, `via json_texts` custom data with such a
//! text for each value, `via joined` a list as one text separated by commas, `via bearer` as the token that
//! authorizes the request in place of the management token, `via flat` its members next to the other fields,
//! and `via language_text` texts by language in the form of GraphQL. `via write` leaves the field to the
//! method of the clause `write`. `{user_pool_id}` in a path is replaced by the id of the client's pool.
//!
//! The output `CommonMessage` is an acknowledgement wherever it is used: a code other than success is an
//! error. In REST it needs `answer whole`. REST operations have no name in the API; the name here is used in
//! errors and logs.
//!
//! An operation that returns users over GraphQL is declared as `=> ListUsers<U> -> Page<U>` (and `paged U`).
//! Its builder has a method `select`, after which the response contains [`PartialUser`](crate::PartialUser)s.
//!
//! Empty texts, empty lists and zeros are rejected before anything is sent, with an error that names the
//! field: see [`Check`](crate::model::argument::Check).
//!
//! Everything is `#[inline]`, so that an operation is compiled only in programs that call it. The crate can
//! grow without making them larger or slower to build.

/// Declares an operation. See the [module documentation](self).
macro_rules! request {
    (
        $(#[$meta:meta])*
        $handle:ident :: $method:ident (
            $( $arg:ident : $arg_type:ident $(<$arg_item:ty>)? $(= $arg_name:literal)? $(via $arg_via:ident)? ),* $(,)?
        ) => $builder:ident $(<$shape:ident>)? -> $output:ident $(<$output_item:ty>)?;
        effect $effect:ident;
        $( graphql $name:literal $(at $at:literal)? in $($document:literal),+; )?
        $( rest $verb:ident $rest_name:literal $path:literal; )?
        $( answer $answer:ident $($answer_at:literal)?; )?
        $( absent [$($absent:literal),+]; )?
        $( missing $missing:literal; )?
        $( fixed { $( $fixed_name:literal : $fixed:tt ),+ $(,)? } )?
        $( sealed $pointer:literal => $sealed:ident; )?
        $( one_of [$($one:ident),+]; )?
        $( any_of [$($any:ident),+]; )?
        $( check $check:ident; )?
        $( write $write:ident; )?
        $( same $same:literal [$($key:ident),+]; )?
        $( verify $verify:ident; )?
        $( split $split:ident by $size:literal; )?
        $( paged $paged:ident $(, ordered by $sort:ident $(unless $filter:ident)?)?; )?
        $( parts { $(
            $(#[$part_meta:meta])* $part:ident : $part_type:ident $(<$part_item:ty>)?
            $(= $part_name:literal)? $(via $part_via:ident)?,
        )* } )?
        $( flags { $(
            $(#[$flag_meta:meta])+ $flag:ident $(= $flag_name:literal)? $($explicit:ident)?,
        )* } )?
        $( optional { $(
            $(#[$field_meta:meta])+ $field:ident : $type:ident $(<$item:ty>)?
            $(= $field_name:literal)? $(via $field_via:ident)? $(else $default:expr)?,
        )* } )?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[must_use = "nothing happens before `send`"]
        pub struct $builder $(<$shape = $crate::model::User>)? {
            call: $crate::api::mould::Call,
            $( $arg: $arg_type $(<$arg_item>)?, )*
            $( $( $part: $part_type $(<$part_item>)?, )* )?
            $( $( $flag: bool, )* )?
            $( $( $field: Option<$type $(<$item>)?>, )* )?
            $( page: Option<u32>,
               limit: Option<u32>,
               items: ::std::marker::PhantomData<fn() -> $paged>, )?
            $( selection: Option<$crate::api::mould::Selection>,
               shape: ::std::marker::PhantomData<fn() -> $shape>, )?
        }

        /// The method of the handle, which the file of the handle puts in one `impl` block with the others.
        /// The macro has a name of its own, because the method may have the name of an attribute.
        macro_rules! begin_request {
            () => {
                $(#[$meta])*
                #[inline]
                pub fn $method(
                    &self $(, $arg: $crate::api::mould::request!(@argument $arg_type $(<$arg_item>)?))*
                ) -> $builder {
                    $builder::begin(self $(, $crate::api::mould::request!(@convert $arg $arg_type))*)
                }
            };
        }
        pub(super) use begin_request;

        impl $builder {
            #[inline]
            pub(super) fn begin(handle: &$handle $(, $arg: $arg_type $(<$arg_item>)?)*) -> Self {
                Self {
                    call: $crate::api::mould::Call::new(&handle.client),
                    $( $arg, )*
                    $( $( $part: Default::default(), )* )?
                    $( $( $flag: false, )* )?
                    $( $( $field: None, )* )?
                    $( page: None, limit: None, items: $crate::api::mould::request!(@nothing $paged), )?
                    $( selection: None, shape: $crate::api::mould::request!(@nothing $shape), )?
                }
            }
        }

        impl $(<$shape: $crate::model::AnyUser>)? $builder $(<$shape>)? {
            $( $(
                $(#[$flag_meta])+
                #[inline]
                pub fn $flag(mut self) -> Self {
                    self.$flag = true;
                    self
                }
                $crate::api::mould::request! { @alias $flag }
            )* )?
            $( $(
                $crate::model::setter::setter! {
                    self = option; $(#[$field_meta])+ $field: $type $(<$item>)?
                }
            )* )?

            $crate::api::mould::request! { @send [$($split $size)?] $output $(<$output_item>)? }
        }

        $crate::api::mould::select! {
            $builder [$($shape)?] { $($arg)* $( $($part)* )? $( $($flag)* )? $( $($field)* )? } [$($paged)?]
        }

        $crate::engine::with_call_options!($builder $(<$shape>)?, call.options);

        impl $(<$shape: $crate::model::AnyUser>)? $crate::wire::Operation for $builder $(<$shape>)? {
            type Output = $output $(<$output_item>)?;
            const NAME: &'static str = $crate::api::mould::request!(@name $($name)? $($rest_name)?);
            const EFFECT: $crate::transport::Effect = $crate::transport::Effect::$effect;

            #[inline]
            fn wire(&self) -> Result<$crate::wire::Wire, $crate::error::Error> {
                $crate::model::argument::check_each(&[
                    $( (stringify!($arg), &self.$arg), )*
                    $( $( (stringify!($part), &self.$part), )* )?
                    $( $( (stringify!($field), &self.$field), )* )?
                    $( $crate::api::mould::request!(@with $paged ("page", &self.page)),
                       $crate::api::mould::request!(@with $paged ("limit", &self.limit)), )?
                ])?;
                $( $crate::api::mould::one_of(&[$( (stringify!($one), self.$one.is_some()) ),+])?; )?
                $( $crate::api::mould::any_of(&[$( (stringify!($any), self.$any.is_some()) ),+])?; )?
                $( self.$check()?; )?
                $(
                    #[cfg(feature = "password")]
                    $crate::auth::password::check(self.$sealed.password.as_ref())?;
                )?
                let form = $crate::api::mould::request!(@form
                    $( graphql $name [$($at)?] [$($document),+] )?
                    $( rest $verb $path )?
                );
                let form = $crate::api::mould::request!(@narrowed form self [$($shape)?] [$( $($flag)* )?]);
                let wire = $crate::api::mould::Draft::build(form, self.call.client.user_pool_id(), &[
                    $( $( $crate::api::mould::Field::Placed("", Some($fixed_name), &::serde_json::json!($fixed)), )+ )?
                    $( $crate::api::mould::field!(self $arg [$($arg_name)?] [$($arg_via)?] []), )*
                    $( $( $crate::api::mould::field!(self $part [$($part_name)?] [$($part_via)?] []), )* )?
                    $( $( $crate::api::mould::field!(self $flag [$($flag_name)?] flag $($explicit)?), )* )?
                    $( $( $crate::api::mould::field!(self $field [$($field_name)?] [$($field_via)?] [$($default)?]), )* )?
                    $( $crate::api::mould::request!(@with $paged $crate::api::mould::field!(self page [] [] [1_u32])),
                       $crate::api::mould::request!(@with $paged $crate::api::mould::field!(self limit [] [] [10_u32])), )?
                ], &|_draft| {
                    $( self.$write(_draft)?; )?
                    Ok(())
                })?;
                $( let wire = $crate::api::mould::request!(@answer wire $answer $($answer_at)?); )?
                let wire = $crate::api::mould::request!(@absent wire $output [$($($absent),+)?]);
                $( let wire = wire.missing($missing); )?
                $(
                    #[cfg(feature = "password")]
                    let wire = wire.sealed($pointer, self.$sealed.password.as_ref());
                )?
                Ok(wire)
            }
            $crate::api::mould::request! {
                @verify $output $(<$output_item>)? [$($same [$($key),+])?] [$($verify)?]
            }
        }

        $crate::api::mould::paged! {
            $builder [$($shape)?] [$($paged)?] [$( $($sort $($filter)?)? )?]
        }

        #[cfg(test)]
        impl $crate::api::mould::fixtures::WithoutOptions for $builder {
            fn without_options(&self) -> Self {
                #[allow(unused_mut, reason = "there may be no option")]
                let mut least = self.clone();
                $( $( $crate::api::mould::request!(@reset least $part $part_type); )* )?
                $( $( least.$flag = false; )* )?
                $( $( least.$field = None; )* )?
                $( $crate::api::mould::request!(@ignore $paged);
                   (least.page, least.limit) = (None, None); )?
                $( $( least.$one.clone_from(&self.$one); )+ )?
                least
            }
        }
    };

    (@reset $least:ident $part:ident Option) => { $least.$part = None };
    (@reset $least:ident $part:ident $type:ident) => {};

    (@argument Vec<$item:ty>) => { impl IntoIterator<Item = impl Into<$item>> };
    (@argument $type:ident $(<$item:ty>)?) => { impl Into<$type $(<$item>)?> };
    (@convert $arg:ident Vec) => { $arg.into_iter().map(Into::into).collect() };
    (@convert $arg:ident $type:ident) => { $arg.into() };

    (@name $name:literal) => { $name };
    (@ignore $paged:ident) => {};
    (@with $paged:ident $value:expr) => { $value };
    (@nothing $type:ident) => { ::std::marker::PhantomData };

    (@narrowed $form:ident $self:ident [] [$($flag:ident)*]) => { $form };
    (@narrowed $form:ident $self:ident [$shape:ident] [$($flag:ident)*]) => {
        $form.narrowed($self.selection.as_ref(), false $( | $crate::api::mould::request!(@asks $self $flag) )*)?
    };
    (@asks $self:ident include_custom_data) => { $self.include_custom_data };
    (@asks $self:ident $flag:ident) => { false };

    // The name that the other SDKs give the flag.
    (@alias include_custom_data) => {
        #[doc(hidden)]
        #[inline]
        pub fn with_custom_data(self) -> Self {
            self.include_custom_data()
        }
    };
    (@alias $flag:ident) => {};

    (@form graphql $name:literal [] [$($document:literal),+]) => {
        $crate::api::mould::request!(@form graphql $name [$name] [$($document),+])
    };
    (@form graphql $name:literal [$at:literal] [$($document:literal),+]) => {{
        static DOCUMENT: $crate::api::mould::Document =
            $crate::api::mould::Document::new($name, concat!($(include_str!($document)),+));
        $crate::api::mould::Form::GraphQl { document: &DOCUMENT, at: $at }
    }};
    (@form rest $verb:ident $path:literal) => {
        $crate::api::mould::Form::Rest { method: $crate::transport::Method::$verb, path: $path }
    };

    (@absent $wire:ident Option [$($code:literal),*]) => { $wire.absent_if(&[404 $(, $code)*]) };
    (@absent $wire:ident $output:ident []) => { $wire };

    (@verify $output:ident $(<$item:ty>)? [] []) => {};
    (@verify $output:ident $(<$item:ty>)? [] [$verify:ident]) => {
        #[inline]
        fn verify(&self, output: &Self::Output) -> Result<(), $crate::error::Error> {
            self.$verify(output)
        }
    };
    (@verify Option<$object:ty> [$what:literal [$($key:ident),+]] []) => {
        $crate::api::mould::request! { @same Option::as_ref; $what [$($key),+] }
    };
    (@verify $object:ident [$what:literal [$($key:ident),+]] []) => {
        $crate::api::mould::request! { @same Some; $what [$($key),+] }
    };
    (@same $object:path; $what:literal [$($key:ident),+]) => {
        #[inline]
        fn verify(&self, output: &Self::Output) -> Result<(), $crate::error::Error> {
            let Some(object) = $object(output) else { return Ok(()) };
            $( $crate::api::mould::must_be($what, &self.$key, &object.$key)?; )+
            Ok(())
        }
    };

    (@answer $wire:ident at $at:literal) => { $wire.at($at) };
    (@answer $wire:ident whole) => { $wire.whole_answer() };
    (@answer $wire:ident bare) => { $wire.bare() };

    (@send [] $output:ty) => {
        /// Sends the request. Blocks until the response has arrived or the deadline of the call has passed.
        #[inline]
        pub fn send(&self) -> Result<$output, $crate::error::Error> {
            self.call.send(self)
        }
        $crate::api::mould::request! { @raw }
    };
    (@send [$ids:ident $size:literal] $output:ty) => {
        #[doc = concat!("Sends one request for each ", stringify!($size), " ids, each with its own deadline.")]
        ///
        /// If one of several requests fails, [`unfinished`](crate::Error::unfinished) returns the ids that
        /// were not processed, and [`partial`](crate::Error::partial) returns the output of the requests
        /// before it.
        #[inline]
        pub fn send(&self) -> Result<$output, $crate::error::Error> {
            let set = |piece: &mut Self, ids| piece.$ids = ids;
            $crate::api::mould::split::send_split(&self.call, self, &self.$ids, $size, set)
        }

        #[doc = concat!("Sends the request and returns the response unchanged: status, headers and bytes. ",
            "Returns an error for more than ", stringify!($size), " ids, which would take several requests.")]
        #[inline]
        pub fn send_raw(&self) -> Result<$crate::transport::Response, $crate::error::Error> {
            let length = self.$ids.len();
            $crate::api::mould::split::send_raw_piece(&self.call, self, stringify!($ids), length, $size)
        }
    };
    (@raw) => {
        /// Sends the request and returns the response unchanged: status, headers and bytes. Fails only if no
        /// response arrived.
        #[inline]
        pub fn send_raw(&self) -> Result<$crate::transport::Response, $crate::error::Error> {
            self.call.send_raw(self)
        }
    };

    // No rule matches: find out why.
    (@ $($inner:tt)*) => {
        compile_error!(concat!("`request!` does not know the form `", stringify!($($inner)*), "`"));
    };
    (
        $(#[$meta:meta])*
        $handle:ident :: $method:ident $args:tt
        => $builder:ident $(<$shape:ident>)? -> $output:ident $(<$output_item:ty>)?;
        $($clauses:tt)*
    ) => {
        $crate::api::mould::clauses::find_wrong! { $handle $method $args $($clauses)* }
    };
    ($($other:tt)*) => {
        compile_error!("`request!` begins with `Handle::method(arguments) => Builder -> Output;`");
    };
}
pub(crate) use request;
