//! Paths that the service has and the pool has not: asking one is told apart from a misspelt path.

use crate::transport::Method;

/// Paths of the management API that answer "not supported".
pub(crate) const UNSUPPORTED: &[(Method, &str)] = &[
    // One of the official clients asks for papers with this method; what the service does then is not known.
    (Method::Delete, "/api/v2/users/{id}/management/principal_authentication"),
    // Events have a form that depends on what was agreed on with the service; subscribing takes a web socket.
    (Method::Post, "/api/v3/pub-event"),
    (Method::Get, "/events/v1/management/sub"),
    // Devices are rows of a table whose columns are not written down.
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
