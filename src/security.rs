//! What this crate protects, what it does not, and how to report a weakness.
//!
//! A management client holds the right to change who may log in. This page says what it does with that right, so that
//! you can judge whether it is enough for you. There is no code in this module.
//!
//! # What is protected
//!
//! - **The way to the service.** Certificates are always verified; there is no setting that switches it off. Another
//!   root can be trusted instead of the bundled ones. Redirects are not followed, so the token goes to the host that was
//!   configured and to no other. Plain `http` is refused for a host that is not loopback, unless
//!   [`dangerously_allow_plain_http`](crate::ClientBuilder::dangerously_allow_plain_http) is called.
//! - **Secrets in what is printed.** Pool secret, management token and passwords are [`Secret`](crate::Secret)s: `Debug`
//!   shows `Secret(***)`, and there is no `Display`. `Debug` of clients, of a transport's requests and responses, and of
//!   errors shows no header's value, no query and no body. `Debug` of builders and of models such as
//!   [`User`](crate::User) shows arguments and fields, personal data included; secrets among them and the values of
//!   custom data are left out. Spans and events of the feature `tracing` hold names of operations, codes, numbers and
//!   times only. A secret's own memory is wiped when it is dropped.
//! - **Secrets in what is written.** A model that is serialised leaves out its secrets, at every depth: password hashes,
//!   tokens, what identity providers return, and what has no field and is called like a secret, such as `salt`.
//!   [`WithSecrets`](crate::WithSecrets) writes them.
//! - **Passwords.** They are encrypted with the deployment's public key, inside TLS. They are never sent in the clear, and
//!   never written when a [`UserInput`](crate::UserInput) is serialised.
//! - **Requests from what users type.** Ids and codes are percent-encoded wherever they stand in a path or a query; what
//!   cannot stand in a header is refused; GraphQL values travel as variables and are never put into a document.
//! - **What comes back.** A body is capped at 16 MiB after decompression, JSON at 128 levels, and every call has a
//!   deadline. An answer of any form is an output or an error, never a panic.
//! - **Changes.** A change that may have been made is never sent again by itself: see [`retry`](crate::retry).
//! - **The token file** of the feature `token-file`: mode 0600, in a directory that others cannot write to; a file that is
//!   open to others or belongs to somebody else is not used.
//! - **Memory safety.** There is no `unsafe` in this crate. Its dependencies have some.
//!
//! # What is not
//!
//! - **A process that can read this one's memory**, and whoever runs as the same user: they can read environment variables
//!   and the token file. Buffers of the allocator, of TLS and of HTTP may keep copies that are not wiped.
//! - **A host of your choice.** Whatever [`host`](crate::ClientBuilder::host) names is given pool id and secret, and says
//!   which key encrypts passwords; take it from nowhere that others can write to. Proxies of the environment are used
//!   for a host that is not loopback, unless the transport is told otherwise; over `https` they see the name of the host, not what is sent.
//! - **The encryption of passwords without TLS.** It is the service's own scheme, RSA with PKCS#1 v1.5 padding and often
//!   1024 bits. It is a second layer and no more.
//! - **What the service says.** Its messages stand in errors and may repeat what was sent, such as an e-mail address.
//!   [`Error::body`](crate::Error::body), `send_raw`, the `extra` of answers and the odd items of a page hold what came,
//!   personal data and secrets included.
//! - **What you print yourself.** The JSON of a [`Secret`](crate::Secret), of [`with_secrets`](crate::User::with_secrets)
//!   and of a struct of yours that holds a `Secret` is the real value.
//! - **Rights within the pool.** The management token may do all that the pool's owner may. The crate does not narrow it.
//! - **The pool emulator.** It is for tests: its key pair is published, it has no encryption, and whoever knows its
//!   secret can do everything. Put no real person's data into it.
//!
//! RUSTSEC-2023-0071, about the timing of private-key operations in the crate `rsa`, does not touch clients: they use
//! public keys only. The emulator's private key is published.
//!
//! # How to report a weakness
//!
//! Please do not open a public issue. Where the source is hosted, use the private report of a vulnerability, which only the
//! maintainers can read. Say which version and features it concerns, what an attacker
//! needs and gains, and, if you can, how to see it: the pool emulator or a transport that is a closure is often enough.
//! Never include a real secret, token or person. Fixes are made for the latest release.
