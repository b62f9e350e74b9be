//! What this crate protects, what it does not, and how to report a vulnerability.
//!
//! A management client can change who may sign in. This page describes how the crate handles that power, so
//! that you can judge whether it meets your requirements. There is no code in this module.
//!
//! # What is protected
//!
//! - **The connection to the service.** Certificates are always verified; no setting disables this. Other
//!   roots can be trusted instead of the bundled ones. Redirects are not followed, so the token goes to the
//!   configured host and to no other. Plain `http` is refused for a host that is not loopback, unless
//!   [`dangerously_allow_plain_http`](crate::ClientBuilder::dangerously_allow_plain_http) is called.
//! - **Secrets in output.** The pool secret, the management token and passwords are
//!   [`Secret`](crate::Secret)s: `Debug` shows `Secret(***)`, and there is no `Display`. `Debug` of clients,
//!   of a transport's requests and responses, and of errors shows no header values, no query and no body.
//!   `Debug` of builders and of models such as [`User`](crate::User) shows arguments and fields, including
//!   personal data; secrets among them and the values of custom data are left out. Spans and events of the
//!   feature `tracing` contain only names of operations, codes, numbers and times. The memory of a secret is
//!   wiped when it is dropped.
//! - **Secrets in serialised data.** A serialised model leaves out its secrets, at every depth: password
//!   hashes, tokens, data of identity providers, and unknown fields with the name of a secret, such as
//!   `salt`. [`WithSecrets`](crate::WithSecrets) includes them.
//! - **Passwords.** They are encrypted with the deployment's public key, inside TLS. They are never sent
//!   unencrypted, and never written when a [`UserInput`](crate::UserInput) is serialised.
//! - **Injection.** Ids and codes are percent-encoded in every path and query. Values that a header cannot
//!   carry are rejected. GraphQL values are sent as variables and are never inserted in a document.
//! - **Responses.** A body is limited to 16 MiB after decompression, JSON to 128 levels, and every call has a
//!   deadline. Any response produces an output or an error, never a panic.
//! - **Changes.** A change whose outcome is unknown is never sent again automatically unless it is
//!   idempotent: see [`retry`](crate::retry).
//! - **The token file** of the feature `token-file`. It has mode 0600, in a directory that others cannot
//!   write to. A file that is accessible to others or belongs to another user is not used.
//! - **Memory safety.** The crate contains no `unsafe` code. Some of its dependencies do.
//!
//! # What is not protected
//!
//! - **Processes that can read this one's memory**, and processes of the same user: they can read environment
//!   variables and the token file. Buffers of the allocator, of TLS and of HTTP may keep copies that are not
//!   wiped.
//! - **The choice of the host.** The [`host`](crate::ClientBuilder::host) receives the pool id and the
//!   secret, and provides the key that encrypts passwords. Do not read it from a place that others can write
//!   to. Proxies from the environment are used for a host that is not loopback, unless the transport is
//!   configured otherwise; over `https` they see the name of the host, not the contents.
//! - **Password encryption without TLS.** The scheme is the service's own: RSA with PKCS#1 v1.5 padding,
//!   often with 1024 bits. It is only a second layer.
//! - **Texts from the service.** Its messages are part of errors and may repeat what was sent, such as an
//!   e-mail address. [`Error::body`](crate::Error::body), `send_raw`, the `extra` of responses and the odd
//!   items of a page contain the received data, including personal data and secrets.
//! - **What you print yourself.** The JSON of a [`Secret`](crate::Secret), of
//!   [`with_secrets`](crate::User::with_secrets) and of a struct of your own that contains a `Secret` is the
//!   real value.
//! - **Permissions within the pool.** The management token has all permissions of the pool's owner. The crate
//!   does not restrict it.
//! - **The emulator.** It is for tests: its key pair is published, it has no encryption, and anyone who knows
//!   its secret has full access. Do not store data of real people in it.
//!
//! RUSTSEC-2023-0071, which concerns the timing of private-key operations in the crate `rsa`, does not affect
//! clients: they use public keys only. The emulator's private key is published.
//!
//! # Reporting a vulnerability
//!
//! Please do not open a public issue. Use the private vulnerability report of the site that hosts the source,
//! which only the maintainers can read. State the version and features, what an attacker needs and gains,
//! and, if possible, how to reproduce it: the emulator or a closure as the transport is often enough. Never
//! include a real secret, token or person. Fixes are made for the latest release.
