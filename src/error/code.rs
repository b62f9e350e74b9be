//! Classification of the API's error codes.
//!
//! GraphQL and REST share the same codes. They are documented loosely, and one code can have two meanings, so
//! the error always keeps the raw code.

use super::ErrorKind;

/// The service rejected the token.
const NOT_LOGGED_IN: i64 = 2020;

/// The service cannot decrypt the password: it was encrypted with a key other than the service's.
pub(crate) const PASSWORD_NOT_DECRYPTED: i64 = 2016;

pub(super) fn kind(code: i64) -> ErrorKind {
    match code {
        NOT_LOGGED_IN | 2206 | 401 => ErrorKind::Authentication,
        1001 | 2018 | 2209 | 2212 | 403 => ErrorKind::PermissionDenied,
        2004 | 2011 | 2036 | 2210 | 2224 | 3003 | 3005 | 404 => ErrorKind::NotFound,
        2026 | 2034 | 2035 | 2039 | 2200 | 409 => ErrorKind::Conflict,
        2003 | 2014 | 2015 | PASSWORD_NOT_DECRYPTED | 2024 | 2028 | 2029 | 2030 | 2204 | 2231 | 400 => {
            ErrorKind::InvalidInput
        }
        1000 | 2100 | 429 => ErrorKind::Throttled,
        2002 | 2040 | 4021 => ErrorKind::Quota,
        500..=599 => ErrorKind::Server,
        _ => ErrorKind::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documented_codes_have_their_kind() {
        let table = [
            (2020, ErrorKind::Authentication),
            (2206, ErrorKind::Authentication),
            (1001, ErrorKind::PermissionDenied),
            (2004, ErrorKind::NotFound),
            (2224, ErrorKind::NotFound),
            (2026, ErrorKind::Conflict),
            (2200, ErrorKind::Conflict),
            (2030, ErrorKind::InvalidInput),
            (1000, ErrorKind::Throttled),
            (2100, ErrorKind::Throttled),
            (2040, ErrorKind::Quota),
            (500, ErrorKind::Server),
            (2820002, ErrorKind::Refused),
        ];
        for (code, expected) in table {
            assert_eq!(kind(code), expected, "code {code}");
        }
    }
}
