//! Logs: what was changed through the management API, and what users did.

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::Reached;
use crate::emulator::fidelity::Mark::AlwaysEmpty;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::audit::Change;

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
    Route::get("/api/v2/analysis/user-action", Reached, list_user_actions)
        .query(&[
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
        ])
        .marked(AlwaysEmpty),
];

/// Texts of a filter, without the empty ones that one of the official clients sends for what is unset.
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
        "app_id": null,
        "success": change.code == 200,
        "eventResultCode": change.code,
    })
}

/// Changes, newest first. All of them were made by the pool's owner, and none through an application.
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
        && is_one_of("operator_arn", &|arn| owner.iter().any(|own| own == arn))
        && is_one_of("app_id", &|_| false);
    let found: Vec<&Change> = cx
        .state
        .audit
        .newest_first()
        .filter(|_| by_owner)
        .filter(|change| is_one_of("operation_name", &|name| name == change.operation))
        .filter(|change| is_one_of("eventType", &|name| name == change.operation))
        .filter(|change| args.int("start").is_none_or(|start| change.time >= start))
        .filter(|change| args.int("end").is_none_or(|end| change.time <= end))
        .collect();
    let (total, page) = page.of(found.into_iter());
    let list: Vec<Value> = page.into_iter().map(|change| to_json(cx, change)).collect();
    Ok(json!({ "totalCount": total, "list": list }))
}

/// Users of an emulated pool do nothing of their own accord, so whatever is asked for, the list is empty.
fn list_user_actions(_: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    args.page()?;
    Ok(json!({ "totalCount": 0, "list": [] }))
}
