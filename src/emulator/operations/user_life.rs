//! Users suspended, resigned and signed out, and the places to which they belong.

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::rest::route::{Form, Param, Route};
use crate::emulator::state::user::Status;
use crate::emulator::token;
use crate::emulator::users::{With, rest_user};

pub(crate) const ROUTES: &[Route] = &[
    Route::post("/api/v2/users/kick", Reached, kick).body(&[Param::texts("userIds").required()]),
    Route::get("/logout", Reached, logout).query(&[Param::text("appId"), Param::text("userId")]),
    Route::get("/api/v2/users/login-status", Modelled, login_status).query(&[
        Param::text("userId").required(),
        Param::text("appId"),
        Param::text("deviceId"),
    ]),
    Route::post("/api/v2/users/{id}/resign", Modelled, resign),
    Route::post("/api/v2/users/{id}/suspend", Modelled, suspend),
    Route::post("/api/v2/users/{id}/activate", Modelled, activate),
    Route::post("/api/v3/resign-user", Modelled, resign_one)
        .body(&[Param::text("userId").required()])
        .form(Form::StatusCode),
    Route::post("/api/v3/resign-user-batch", Modelled, resign_many)
        .body(&[Param::texts("userIds").required()])
        .form(Form::StatusCode),
];

/// Unknown ids are ignored: the service returns 200 for them.
fn kick(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let ids = args.strings("userIds");
    Cx::check_ids("userIds", &ids)?;
    for id in ids {
        if let Some(key) = cx.state.users.by_id(id) {
            cx.state.sign_out(key);
        }
    }
    Ok(Value::Bool(true))
}

/// From one application or from all. The tokens that `refreshToken` returns belong to no application, so only
/// signing out of all ends them.
fn logout(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id =
        args.str("userId").ok_or_else(|| ApiError::invalid("logout without a userId is not supported"))?;
    let key = cx.state.users.require(id)?;
    let application = args.str("appId").filter(|id| !id.is_empty());
    match application {
        Some(application) => {
            cx.state.applications.require(application)?;
            cx.state.logins.end(key, Some(application));
        }
        None => cx.state.sign_out(key),
    }
    Ok(Value::Null)
}

/// Without an application and a device, anywhere. A token counts if neither is given.
fn login_status(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.state.users.require(args.required("userId")?)?;
    let wanted = |name: &str| args.str(name).filter(|id| !id.is_empty());
    let (application, device) = (wanted("appId"), wanted("deviceId"));
    if let Some(application) = application {
        cx.state.applications.require(application)?;
    }
    let mut entered: Vec<&str> = Vec::new();
    for login in cx.state.logins.of(key) {
        let asked = application.is_none_or(|id| login.application == id)
            && device.is_none_or(|id| login.device.as_deref() == Some(id));
        if login.active && asked && !entered.contains(&login.application.as_str()) {
            entered.push(&login.application);
        }
    }
    let has_token = application.is_none() && device.is_none() && token::is_logged_in(cx, key);
    Ok(if has_token || !entered.is_empty() {
        let applications = entered.into_iter().filter_map(|id| cx.state.applications.get(id));
        let applications: Vec<Value> = applications
            .map(|own| {
                json!({
                    "id": own.id, "name": own.name, "identifier": own.identifier, "logo": own.logo,
                })
            })
            .collect();
        json!({ "isLogin": true, "user": rest_user(cx, key, With::default()), "application": applications })
    } else {
        json!({ "isLogin": false })
    })
}

fn set_status(cx: &mut Cx<'_>, ids: &[&str], status: Status) -> Result<Value, ApiError> {
    let keys = ids.iter().map(|id| cx.state.users.require(id)).collect::<Result<Vec<_>, _>>()?;
    for key in keys {
        cx.state.users.edit(key, cx.now, |user| user.status = status);
        if status != Status::Activated {
            cx.state.sign_out(key);
        }
    }
    Ok(Value::Null)
}

fn resign(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    set_status(cx, &[args.required("id")?], Status::Resigned)
}

fn suspend(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    set_status(cx, &[args.required("id")?], Status::Suspended)
}

fn activate(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    set_status(cx, &[args.required("id")?], Status::Activated)
}

fn resign_one(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    set_status(cx, &[args.required("userId")?], Status::Resigned)
}

fn resign_many(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let ids = args.strings("userIds");
    Cx::check_ids("userIds", &ids)?;
    set_status(cx, &ids, Status::Resigned)
}
