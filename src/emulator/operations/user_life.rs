//! Users suspended, resigned, logged out, and where else they belong.

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
    Route::get("/api/v2/users/{id}/tenants", Modelled, tenants),
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

/// Ids of nobody are passed over: the service answers 200 to them.
fn kick(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let ids = args.strings("userIds");
    Cx::check_ids("userIds", &ids)?;
    for id in ids {
        if let Some(user) = cx.state.users.by_id(id).and_then(|key| cx.state.users.get(key)) {
            let id = user.id;
            cx.state.sessions.end(id);
        }
    }
    Ok(Value::Bool(true))
}

/// Of one application or of all: the pool keeps log-ins by user only.
fn logout(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id =
        args.str("userId").ok_or_else(|| ApiError::invalid("logout without a userId is not supported"))?;
    let key = cx.state.users.require(id)?;
    if let Some(id) = cx.state.users.get(key).map(|user| user.id) {
        cx.state.sessions.end(id);
    }
    Ok(Value::Null)
}

fn login_status(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.state.users.require(args.required("userId")?)?;
    Ok(if token::is_logged_in(cx, key) {
        json!({ "isLogin": true, "user": rest_user(cx, key, With::default()), "application": [] })
    } else {
        json!({ "isLogin": false })
    })
}

/// The pool has no tenants, so a user belongs to none.
fn tenants(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.state.users.require(args.required("id")?)?;
    let mut user = rest_user(cx, key, With::default());
    if let Some(user) = user.as_object_mut() {
        user.insert("tenants".to_owned(), json!([]));
    }
    Ok(user)
}

fn set_status(cx: &mut Cx<'_>, ids: &[&str], status: Status) -> Result<Value, ApiError> {
    let keys = ids.iter().map(|id| cx.state.users.require(id)).collect::<Result<Vec<_>, _>>()?;
    for key in keys {
        cx.state.users.edit(key, cx.now, |user| user.status = status);
        if status != Status::Activated {
            if let Some(id) = cx.state.users.get(key).map(|user| user.id) {
                cx.state.sessions.end(id);
            }
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
