//! What an argument means here where that could surprise.

/// Operation, argument, note.
pub(crate) const NOTES: &[(&str, &str, &str)] = &[
    ("users", "limit", "There is no upper bound; the service's is not known."),
    ("userBatch", "ids", "At most 80, code 2030 for more. Ids that no user has are left out."),
    ("findUser", "email", "With several criteria, a user must fit all of them."),
    ("isUserExists", "email", "With several criteria, one that is taken is enough."),
    ("searchUser", "fields", "A field that cannot be searched is refused with code 2015."),
    ("createUser", "keepPassword", "The decrypted text is stored as the hash, whatever it is."),
    ("createUser", "params", "Custom data. The fields must be defined before."),
    ("refreshToken", "id", "Without it the caller is meant, who is no user of a pool: refused."),
    ("updateUserpool", "input", "Kept and shown. Only `tokenExpiresAfter` changes what other operations do."),
    ("sendEmail", "scene", "The schema checks it. No e-mail is sent."),
    ("POST /api/v2/ad/sync", "connectionId", "Not looked at, because the operation always refuses."),
];

/// The notes on the arguments of an operation.
pub(crate) fn of(operation: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    NOTES.iter().filter(move |(own, _, _)| *own == operation).map(|(_, argument, note)| (*argument, *note))
}
