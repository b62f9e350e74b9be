//! Paths that the service has and the pool does not, to distinguish them from misspelt paths.

use crate::transport::Method;

/// Paths of the management API that return "not supported".
pub(crate) const UNSUPPORTED: &[(Method, &str)] = &[
    // One of the official clients requests documents with this method; what the service then does is unknown.
    (Method::Delete, "/api/v2/users/{id}/management/principal_authentication"),
    // Events have a form that is agreed with the service; subscribing requires a web socket.
    (Method::Post, "/api/v3/pub-event"),
    (Method::Get, "/events/v1/management/sub"),
    // Devices are rows of a table whose columns are not documented.
    (Method::Post, "/api/v3/metadata/filter"),
    (Method::Get, "/api/v3/metadata/get-row"),
    (Method::Post, "/api/v3/device-status"),
    (Method::Post, "/api/v3/get-user-devices"),
    (Method::Post, "/api/v3/delete-device"),
    (Method::Post, "/api/v3/disable-device"),
    (Method::Post, "/api/v3/enable-device"),
    (Method::Post, "/api/v3/suspend-device"),
    (Method::Post, "/api/v3/delete-device-by-user"),
    (Method::Post, "/api/v3/disable-device-by-user"),
    (Method::Post, "/api/v3/enable-device-by-user"),
    (Method::Post, "/api/v3/suspend-device-by-user"),
];
