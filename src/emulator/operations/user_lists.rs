//! Lists of users: all, in a batch, searched, filtered.

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::registry::field::Field;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::field::{Field as UserField, Kind};
use crate::emulator::state::udf::as_text;
use crate::emulator::state::user::User;
use crate::emulator::state::users::{Page, Sort, UserKey};
use crate::emulator::users::{With, rest_user};

pub(crate) const FIELDS: &[Field] = &[
    Field::query("users", Reached, list),
    Field::query("archivedUsers", Reached, archived),
    Field::query("userBatch", Reached, batch),
    Field::query("searchUser", Reached, search),
];

pub(crate) const ROUTES: &[Route] = &[
    Route::ask("/api/v2/users/batch", Modelled, rest_batch).body(&[
        Param::texts("ids").required(),
        Param::text("type"),
        Param::flag("withCustomData"),
    ]),
    Route::ask("/api/v2/users/filter", Modelled, filter).body(&[
        Param::int("page"),
        Param::int("limit"),
        Param::json("filter"),
    ]),
    Route::get("/api/v2/users/search", Modelled, rest_search).query(&[
        Param::text("query").required(),
        Param::int("page"),
        Param::int("limit"),
    ]),
];

/// More ids than this are rejected with code 2030.
const MOST_IDS: usize = 80;

/// The fields that a search uses by default.
const SEARCHED: &[UserField] = &[
    UserField::Username,
    UserField::Nickname,
    UserField::Email,
    UserField::Phone,
    UserField::Company,
    UserField::Name,
    UserField::GivenName,
    UserField::FamilyName,
    UserField::MiddleName,
    UserField::Profile,
    UserField::PreferredUsername,
];

fn list(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let page = args.page()?;
    let sort = Sort::from_name(args.str("sortBy"))?;
    let users = &cx.state.users;
    if args.bool("excludeUsersInOrg").unwrap_or(false) {
        let mut keys: Vec<_> = match sort {
            Sort::CreatedAsc | Sort::UpdatedAsc | Sort::UpdatedDesc => users.page(sort, Page::ALL),
            Sort::CreatedDesc => users.newest_first().map(|(key, _)| key).collect(),
        };
        keys.retain(|key| !cx.state.is_in_org(*key));
        let (total, keys) = page.of(keys.into_iter());
        return Ok(Out::Page(total, Out::users(keys)));
    }
    Ok(Out::Page(users.len(), Out::users(users.page(sort, page))))
}

fn archived(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let page = args.page()?;
    let users = &cx.state.users;
    Ok(Out::Page(users.archived_len(), Out::users(users.archived_page(page))))
}

/// In the given order. Unknown ids are left out.
fn of_batch(cx: &Cx<'_>, args: &Args) -> Result<Vec<UserKey>, ApiError> {
    let ids = args.strings("ids");
    if ids.len() > MOST_IDS {
        return Err(ApiError::too_many_users());
    }
    let field = match args.str("type").unwrap_or("id") {
        "id" => None,
        name => match UserField::from_name(name) {
            Some(
                field @ (UserField::Username | UserField::Phone | UserField::Email | UserField::ExternalId),
            ) => Some(field),
            _ => return Err(ApiError::invalid(format!("\"{name}\" is not a type of id"))),
        },
    };
    let users = &cx.state.users;
    let find = |id: &str| match field {
        None => users.by_id(id),
        Some(field) => users.by_unique(field, id),
    };
    Ok(ids.into_iter().filter_map(find).collect())
}

fn batch(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    Ok(Out::List(Out::users(of_batch(cx, args)?)))
}

fn rest_batch(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let custom_data = args.bool("withCustomData").unwrap_or(false);
    let with = With { custom_data, identities: false };
    Ok(of_batch(cx, args)?.into_iter().map(|key| rest_user(cx, key, with)).collect())
}

/// The comparison of a search: the text is found anywhere in one of the fields, case-insensitively.
struct Query {
    text: String,
    fields: Vec<UserField>,
}

impl Query {
    fn new(args: &Args) -> Result<Self, ApiError> {
        let text = args.required("query")?.to_lowercase();
        let named = args.strings("fields");
        let mut fields = Vec::with_capacity(named.len());
        for name in named {
            match UserField::from_name(name) {
                Some(field) if field.kind() == Kind::Text => fields.push(field),
                _ => return Err(ApiError::search_type(name)),
            }
        }
        if fields.is_empty() {
            fields = SEARCHED.to_vec();
        }
        Ok(Self { text, fields })
    }

    fn fits(&self, user: &User) -> bool {
        mentions_in(&self.fields, user, &self.text)
    }
}

/// Whether one of the searched fields contains a lower-case text.
pub(crate) fn mentions(user: &User, text: &str) -> bool {
    mentions_in(SEARCHED, user, text)
}

fn mentions_in(fields: &[UserField], user: &User, text: &str) -> bool {
    text.is_empty() || fields.iter().any(|field| user.text(*field).is_some_and(|value| contains(value, text)))
}

/// Whether a value contains a lower-case text, case-insensitively. Most values are ASCII and need no copy.
fn contains(value: &str, text: &str) -> bool {
    if !value.is_ascii() {
        return value.to_lowercase().contains(text);
    }
    value.as_bytes().windows(text.len().max(1)).any(|part| part.eq_ignore_ascii_case(text.as_bytes()))
}

/// Of several groups, roles or departments, one must match; each of the three kinds must match.
fn found(cx: &Cx<'_>, args: &Args) -> Result<Vec<UserKey>, ApiError> {
    let query = Query::new(args)?;
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);

    let mut groups = Vec::new();
    for option in args.list("groupOpts") {
        let code = text(option, "code").ok_or_else(|| ApiError::invalid("groupOpts needs a code"))?;
        groups.push(cx.state.groups.require(&code)?);
    }
    let mut roles = Vec::new();
    for option in args.list("roleOpts") {
        let namespace = text(option, "namespace");
        let namespace = cx.state.namespaces.resolve(namespace.as_deref())?.to_owned();
        roles.push(cx.state.roles.require(&namespace, &text(option, "code").unwrap_or_default())?);
    }
    let mut departments = Vec::new();
    for option in args.list("departmentOpts") {
        let id = text(option, "departmentId")
            .ok_or_else(|| ApiError::invalid("departmentOpts needs a departmentId"))?;
        let children = option.get("includeChildrenDepartments").and_then(Value::as_bool).unwrap_or(false);
        departments.push(cx.state.department_members(&id, children)?);
    }
    let fits = |key: UserKey, user: &User| {
        (groups.is_empty() || groups.iter().any(|group| group.members.contains(&key)))
            && (roles.is_empty() || roles.iter().any(|role| role.users.contains(&key)))
            && (departments.is_empty() || departments.iter().any(|members| members.contains(&key)))
            && query.fits(user)
    };
    let users = cx.state.users.searchable(cx.now).into_iter();
    Ok(users.filter(|(key, user)| fits(*key, user)).map(|(key, _)| key).collect())
}

fn search(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let page = args.page()?;
    let (total, keys) = page.of(found(cx, args)?.into_iter());
    Ok(Out::Page(total, Out::users(keys)))
}

fn rest_search(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let page = args.page()?;
    let (total, keys) = page.of(found(cx, args)?.into_iter());
    Ok(rest_page(cx, total, keys))
}

fn rest_page(cx: &Cx<'_>, total: usize, keys: Vec<UserKey>) -> Value {
    let list: Vec<_> = keys.into_iter().map(|key| rest_user(cx, key, With::default())).collect();
    json!({ "totalCount": total, "list": list })
}

/// What a condition of a filter compares.
enum Subject<'a> {
    /// The value of a custom field.
    CustomField(&'a str, &'a Value),
    /// Whether the user signed in to an application.
    Application(&'a str),
}

impl<'a> Subject<'a> {
    fn new(cx: &Cx<'_>, subject: &'a Value, operand: &'a Value) -> Result<Self, ApiError> {
        let text = |name: &str| {
            subject.get(name).and_then(Value::as_str).ok_or_else(|| {
                ApiError::invalid(format!("filter: {name} is required of a condition and a text"))
            })
        };
        match (text("type")?, text("value")?) {
            ("userDefinedFields", key) => {
                cx.state.udf.definition("USER", key)?;
                Ok(Self::CustomField(key, operand))
            }
            ("OtherFields", "app") => {
                let id = operand.get("id").and_then(Value::as_str).or_else(|| operand.as_str());
                let id = id.ok_or_else(|| {
                    ApiError::invalid("filter: an application is named by an object with its id")
                })?;
                cx.state.applications.require(id)?;
                Ok(Self::Application(id))
            }
            (kind, value) => Err(ApiError::unsupported(&format!("users/filter by {kind} \"{value}\""))),
        }
    }

    fn holds(&self, cx: &Cx<'_>, key: UserKey, user: &User) -> bool {
        match self {
            Self::Application(id) => cx.state.logins.has_entered(key, id),
            Self::CustomField(field, operand) => {
                let value =
                    cx.state.udf.raw("USER", &user.id.to_string()).and_then(|values| values.get(*field));
                value.is_some_and(|value| {
                    value == *operand || operand.as_str().is_some_and(|text| as_text(value) == text)
                })
            }
        }
    }
}

/// Conditions are triples of a subject, `EQ` or `NEQ`, and an operand; every one must hold.
fn filter(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let page = args.page()?;
    let mut conditions = Vec::new();
    for condition in args.list("filter") {
        let wrong = || ApiError::invalid(format!("filter condition {condition} is not understood"));
        let Some([subject, operator, operand]) = condition.as_array().map(Vec::as_slice) else {
            return Err(wrong());
        };
        let subject = Subject::new(cx, subject, operand)?;
        let equal = match operator.as_str() {
            Some("EQ") => true,
            Some("NEQ") => false,
            _ => return Err(wrong()),
        };
        conditions.push((subject, equal));
    }
    let fits = |key: UserKey, user: &User| {
        conditions.iter().all(|(subject, equal)| subject.holds(cx, key, user) == *equal)
    };
    let users = cx.state.users.newest_first();
    let keys: Vec<_> = users.filter(|(key, user)| fits(*key, user)).map(|(key, _)| key).collect();
    let (total, keys) = page.of(keys.into_iter());
    Ok(rest_page(cx, total, keys))
}
