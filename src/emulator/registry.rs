//! Every operation that the pool knows, in one list.
//!
//! An operation is a function, the name under which a protocol offers it, who may call it, and how well its
//! behaviour is known. A new operation is a line in the table of its file; a new file is a line here.

pub(crate) mod field;

use std::collections::HashMap;
use std::sync::OnceLock;

use self::field::Field;
use super::operations;
use super::rest::route::Route;

/// GraphQL fields, by file.
const FIELDS: &[&[Field]] = &[
    operations::session::FIELDS,
    operations::users::FIELDS,
    operations::user_lists::FIELDS,
    operations::user_changes::FIELDS,
    operations::groups::FIELDS,
    operations::roles::FIELDS,
    operations::udf::FIELDS,
    operations::policies::FIELDS,
    operations::access::FIELDS,
    operations::orgs::FIELDS,
    operations::org_members::FIELDS,
    operations::pool::FIELDS,
    operations::messages::FIELDS,
];

/// REST paths, by file. The first match is used, so a fixed path comes before a template.
const ROUTES: &[&[Route]] = &[
    operations::session::ROUTES,
    operations::user_life::ROUTES,
    operations::user_lists::ROUTES,
    operations::identities::ROUTES,
    operations::users::ROUTES,
    operations::user_changes::ROUTES,
    operations::roles::ROUTES,
    operations::udf::ROUTES,
    operations::access::ROUTES,
    operations::access_lists::ROUTES,
    operations::policies::ROUTES,
    operations::resources::ROUTES,
    operations::org_rest::ROUTES,
    operations::org_members::ROUTES,
    operations::pool::ROUTES,
    operations::application_access::ROUTES,
    operations::applications::ROUTES,
    operations::principals::ROUTES,
    operations::factors::ROUTES,
    operations::tenants::ROUTES,
    operations::providers::ROUTES,
    operations::messages::ROUTES,
    operations::audit::ROUTES,
];

/// All GraphQL fields.
pub(crate) fn fields() -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().copied().flatten()
}

/// All REST paths.
pub(crate) fn routes() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().copied().flatten()
}

/// Returns what carries out a field of a type.
pub(crate) fn field(parent: &str, name: &str) -> Option<&'static Field> {
    static INDEX: OnceLock<HashMap<(&'static str, &'static str), &'static Field>> = OnceLock::new();
    INDEX
        .get_or_init(|| fields().map(|field| ((field.parent, field.name), field)).collect())
        .get(&(parent, name))
        .copied()
}
