//! Logs: changes through the management API, and user actions.

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::actions::Action;
use crate::emulator::state::audit::Change;
use crate::emulator::state::field::Field;
use crate::emulator::state::user::User;
use crate::emulator::state::users::UserKey;

/// Every request to an emulated pool comes from the same machine.
const CLIENT_IP: &str = "127.0.0.1";

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/analysis/audit", Reached, list_changes).query(&[
        Param::text("clientip"),
        Param::texts("operation_name"),
        Param::texts("operator_arn"),
        Param::text("eventType"),
        Param::text("userId"),
        Param::texts("app_id"),
        Param::int("start"),
        Param::int("end"),
        Param::int("page"),
        Param::int("limit"),
    ]),
    Route::get("/api/v2/analysis/user-action", Reached, list_user_actions).query(&[
        Param::text("request_id"),
        Param::text("clientip"),
        Param::texts("operation_name"),
        Param::texts("operator_arn"),
        Param::text("operationType"),
        Param::text("resourceName"),
        Param::text("eventType"),
        Param::text("eventResultCode"),
        Param::text("userId"),
        Param::text("userName"),
        Param::text("appId"),
        Param::texts("app_id"),
        Param::flag("exclude_non_app_records"),
        Param::int("start"),
        Param::int("end"),
        Param::int("page"),
        Param::int("limit"),
    ]),
    Route::get("/api/v2/analysis/total-login-count", Modelled, total_login_count)
        .query(&[Param::text("appId").required()]),
    Route::get("/api/v2/analysis/exist-defined-field-count", Modelled, exist_defined_field_count)
        .query(&[Param::text("definedFieldKey").required(), Param::text("appId").required()]),
];

/// Texts of a filter, without the empty ones that one of the official clients sends for unset values.
fn wanted<'a>(args: &'a Args, name: &str) -> Vec<&'a str> {
    args.strings(name).into_iter().chain(args.str(name)).filter(|text| !text.is_empty()).collect()
}

fn to_json(cx: &Cx<'_>, change: &Change) -> Value {
    json!({
        "timestamp": dates::rest(change.time),
        "userPoolId": cx.pool.id,
        "userPoolName": cx.state.settings.values().get("name"),
        "userId": cx.pool.owner,
        "userName": "owner",
        "photoUrl": null,
        "clientIp": CLIENT_IP,
        "ua": null,
        "geoip": null,
        "eventType": change.operation,
        "operation_name": change.operation,
        "operator_arn": cx.arn("user", &cx.pool.owner),
        "app_id": change.application,
        "success": change.code == 200,
        "eventResultCode": change.code,
    })
}

/// Changes, newest first. All were made by the pool's owner.
fn list_changes(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let page = args.page()?;
    // Two forms of a user's ARN are in use: with the pool and without.
    let owner = [cx.arn("user", &cx.pool.owner), format!("arn:cn:authing:user:{}", cx.pool.owner)];
    let is_one_of = |name: &str, own: &dyn Fn(&str) -> bool| {
        let wanted = wanted(args, name);
        wanted.is_empty() || wanted.into_iter().any(own)
    };
    let by_owner = is_one_of("clientip", &|ip| ip == CLIENT_IP)
        && is_one_of("userId", &|id| id == cx.pool.owner)
        && is_one_of("operator_arn", &|arn| owner.iter().any(|own| own == arn));
    let found: Vec<&Change> = cx
        .state
        .audit
        .newest_first()
        .filter(|_| by_owner)
        .filter(|change| is_one_of("operation_name", &|name| name == change.operation))
        .filter(|change| is_one_of("app_id", &|id| change.application.as_deref() == Some(id)))
        .filter(|change| is_one_of("eventType", &|name| name == change.operation))
        .filter(|change| args.int("start").is_none_or(|start| change.time >= start))
        .filter(|change| args.int("end").is_none_or(|end| change.time <= end))
        .collect();
    let (total, page) = page.of(found.into_iter());
    let list: Vec<Value> = page.into_iter().map(|change| to_json(cx, change)).collect();
    Ok(json!({ "totalCount": total, "list": list }))
}

/// The actions in the seed, newest first. Every condition must hold; if one has several values, any of them.
fn list_user_actions(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let page = args.page()?;
    let filter = ActionFilter::new(cx, args);
    let mut found: Vec<&Action> = cx.state.actions.iter().filter(|action| filter.fits(cx, action)).collect();
    found.sort_by_key(|action| std::cmp::Reverse(action.time));
    let (total, page) = page.of(found.into_iter());
    let list: Vec<Value> = page.into_iter().map(|action| action_to_json(cx, action)).collect();
    Ok(json!({ "totalCount": total, "list": list }))
}

/// The filter of `analysis/user-action`.
struct ActionFilter<'a> {
    /// Parameters that are compared with a text of the action.
    texts: Vec<(&'static str, Vec<&'a str>)>,
    /// The ids that the ARNs name. An ARN that is not one of this pool's users matches nobody.
    operators: Option<Vec<&'a str>>,
    through_applications: bool,
    start: Option<i64>,
    end: Option<i64>,
}

impl<'a> ActionFilter<'a> {
    fn new(cx: &Cx<'_>, args: &'a Args) -> Self {
        const TEXTS: [&str; 11] = [
            "request_id",
            "clientip",
            "operation_name",
            "operationType",
            "resourceName",
            "eventType",
            "eventResultCode",
            "userId",
            "userName",
            "appId",
            "app_id",
        ];
        let texts = TEXTS.into_iter().map(|name| (name, wanted(args, name)));
        // Two forms of a user's ARN are in use: with the pool and without.
        let own = format!("arn:cn:authing:{}:user:", cx.pool.id);
        let operators = wanted(args, "operator_arn");
        let id = |arn: &'a str| {
            arn.strip_prefix(own.as_str()).or_else(|| arn.strip_prefix("arn:cn:authing:user:"))
        };
        Self {
            texts: texts.filter(|(_, wanted)| !wanted.is_empty()).collect(),
            operators: (!operators.is_empty()).then(|| operators.into_iter().filter_map(id).collect()),
            through_applications: args.bool("exclude_non_app_records").unwrap_or(false),
            start: args.int("start"),
            end: args.int("end"),
        }
    }

    fn fits(&self, cx: &Cx<'_>, action: &Action) -> bool {
        let name = user_of(cx, action).and_then(|user| display_name(user));
        let code = action.details.result_code.to_string();
        let details = &action.details;
        let value = |parameter: &str| match parameter {
            "request_id" => details.request_id.as_deref(),
            "clientip" => Some(details.client_ip.as_str()),
            "operation_name" | "eventType" => Some(details.operation.as_str()),
            "operationType" => details.operation_type.as_deref(),
            "resourceName" => details.resource_name.as_deref(),
            "eventResultCode" => Some(code.as_str()),
            "userId" => Some(action.user.as_str()),
            "userName" => name,
            _ => action.application.as_deref(),
        };
        self.texts.iter().all(|(parameter, wanted)| value(parameter).is_some_and(|own| wanted.contains(&own)))
            && self.operators.as_ref().is_none_or(|ids| ids.contains(&action.user.as_str()))
            && (!self.through_applications || action.application.is_some())
            && self.start.is_none_or(|start| action.time >= start)
            && self.end.is_none_or(|end| action.time <= end)
    }
}

fn user_of<'a>(cx: &'a Cx<'_>, action: &Action) -> Option<&'a User> {
    cx.state.users.get(cx.state.users.by_id(&action.user)?)
}

fn display_name(user: &User) -> Option<&str> {
    [Field::Nickname, Field::Name, Field::Username, Field::Email, Field::Phone]
        .into_iter()
        .find_map(|field| user.text(field))
}

/// The keys are those that one of the official clients reads, of the service's own log; others use other
/// names.
fn action_to_json(cx: &Cx<'_>, action: &Action) -> Value {
    let details = &action.details;
    let user = user_of(cx, action);
    let application = action.application.as_deref().and_then(|id| cx.state.applications.get(id));
    json!({
        "timestamp": dates::rest(action.time),
        "@timestamp": dates::rest(action.time),
        "userpool_id": cx.pool.id,
        "operator_arn": cx.arn("user", &action.user),
        "operation_name": details.operation,
        "operation_desc": details.description,
        "operationType": details.operation_type,
        "resourceName": details.resource_name,
        "eventType": details.operation,
        "eventResultCode": details.result_code,
        "clientip": details.client_ip,
        "user_agent": details.user_agent,
        "request_id": details.request_id,
        "geoip": { "ip": details.client_ip },
        "user": {
            "id": action.user,
            "userPoolId": cx.pool.id,
            "displayName": user.and_then(display_name),
            "photo": user.and_then(|user| user.text(Field::Photo)),
        },
        "app_id": action.application,
        "app": application.map(|own| json!({
            "id": own.id, "name": own.name, "identifier": own.identifier, "logo": own.logo,
            "description": own.description,
        })),
    })
}

/// Counts the users who signed in to the application.
fn total_login_count(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = args.required("appId")?;
    cx.state.applications.require(id)?;
    Ok(Value::from(cx.state.logins.users_of(id).count()))
}

/// Counts the users who signed in to the application and have a value of the custom field.
fn exist_defined_field_count(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (key, id) = (args.required("definedFieldKey")?, args.required("appId")?);
    cx.state.udf.definition("USER", key)?;
    cx.state.applications.require(id)?;
    let has_value = |user: UserKey| {
        let user = cx.state.users.get(user).map(|user| user.id.to_string());
        let values = user.as_deref().and_then(|id| cx.state.udf.raw("USER", id));
        values.is_some_and(|values| values.contains_key(key))
    };
    Ok(Value::from(cx.state.logins.users_of(id).filter(|(user, ..)| has_value(*user)).count()))
}
