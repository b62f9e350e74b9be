//! Notes on arguments whose meaning in the emulator could surprise.

/// Operation, argument, note.
pub(crate) const NOTES: &[(&str, &str, &str)] = &[
    ("users", "limit", "No upper bound; that of the service is unknown."),
    ("userBatch", "ids", "At most 80; more are rejected with code 2030. Unknown ids are left out."),
    ("findUser", "email", "With several criteria, a user must match all of them."),
    ("isUserExists", "email", "With several criteria, true if any of them is taken."),
    ("searchUser", "fields", "A field that cannot be searched is rejected with code 2015."),
    ("createUser", "keepPassword", "The decrypted text is stored as the hash, without checks."),
    ("createUser", "params", "Custom data. The fields must be defined."),
    ("refreshToken", "id", "If absent, it means the caller, who is not a user of the pool: rejected."),
    ("updateUserpool", "input", "Stored and returned. Only `tokenExpiresAfter` affects other operations."),
    ("sendEmail", "scene", "Validated by the schema. No e-mail is sent."),
    ("POST /api/v2/ad/sync", "connectionId", "Ignored, because the operation always returns an error."),
];

/// Returns the notes on the arguments of an operation.
pub(crate) fn of(operation: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    NOTES.iter().filter(move |(own, _, _)| *own == operation).map(|(_, argument, note)| (*argument, *note))
}
