//! Paths that the service has and the pool has not: asking one is told apart from a misspelt path.

use crate::transport::Method;

/// Paths of the management API that answer "not supported".
pub(crate) const UNSUPPORTED: &[(Method, &str)] = &[
    // Meant for an end user's own token.
    (Method::Post, "/api/v2/users/identity/unlinkByUser"),
    // Counts over log-ins through applications, which a pool does not have.
    (Method::Get, "/api/v2/analysis/total-login-count"),
    (Method::Get, "/api/v2/analysis/exist-defined-field-count"),
    (Method::Get, "/api/v2/application/{id}/tenants"),
    (Method::Get, "/api/v2/policies/assignments/by-target"),
    // Forms of the calls for many that nobody has written down.
    (Method::Post, "/api/v2/resources/bulk"),
    (Method::Post, "/api/v2/acl/list-authorized-resources-batch"),
    // Second factors, tenants and other identity providers are modules of their own.
    (Method::Get, "/api/v2/users/{id}/mfa-bound"),
    (Method::Delete, "/api/v2/users/{id}/mfa-bound"),
    (Method::Post, "/api/v2/mfa/totp/import"),
    (Method::Get, "/api/v2/tenants"),
    (Method::Get, "/api/v2/tenant/{id}"),
    (Method::Post, "/api/v2/tenant"),
    (Method::Post, "/api/v2/tenant/{id}"),
    (Method::Delete, "/api/v2/tenant/{id}"),
    (Method::Get, "/api/v2/tenant/{id}/users"),
    (Method::Post, "/api/v2/tenant/{id}/user"),
    (Method::Delete, "/api/v2/tenant/{id}/user"),
    (Method::Post, "/api/v3/pub-event"),
];
