//! Second factors of users: bound, unbound, and imported.
//!
//! Arguments and responses follow the types of the official JavaScript SDK. The emulator never requires a
//! factor.

use serde_json::{Map, Value, json};

use super::applications::new_secret;
use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::fidelity::Fidelity::Modelled;
use crate::emulator::ids::Id;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::factors::{Factor, FactorKind};

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/users/{id}/mfa-bound", Modelled, bound),
    Route::delete("/api/v2/users/{id}/mfa-bound", Modelled, release).query(&[Param::text("type").required()]),
    Route::post("/api/v2/mfa/totp/import", Modelled, import_totp).body(&[
        Param::text("userId").required(),
        Param::text("secret").required(),
        Param::text("recoveryCode"),
    ]),
];

/// For each kind of factor, whether the user has bound one.
fn bound(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let user = cx.state.users.require(args.required("id")?)?;
    let kinds = FactorKind::ALL.into_iter();
    let bound: Map<String, Value> = kinds
        .map(|kind| (kind.as_str().to_owned(), Value::Bool(cx.state.factors.contains_key(&(user, kind)))))
        .collect();
    Ok(Value::Object(bound))
}

/// A factor that is not bound cannot be unbound.
fn release(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let user = cx.state.users.require(args.required("id")?)?;
    let name = args.required("type")?;
    let kind = FactorKind::from_name(name)
        .ok_or_else(|| ApiError::invalid(format!("type must be OTP or FACE, not \"{name}\"")))?;
    match cx.state.factors.remove(&(user, kind)) {
        Some(_) => Ok(Value::Bool(true)),
        None => Err(ApiError::guess(Guess::FactorNotFound, format!("the user has not bound {name}"))),
    }
}

/// Replaces a factor that was bound before. If no recovery code is given, one is generated.
fn import_totp(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = args.required("userId")?;
    let user = cx.state.users.require(id)?;
    let secret = args.required("secret")?;
    if secret.is_empty() {
        return Err(ApiError::invalid("secret must not be empty"));
    }
    let recovery_code = match args.str("recoveryCode").filter(|code| !code.is_empty()) {
        Some(code) => code.to_owned(),
        None => new_secret(cx),
    };
    let factor = Factor {
        id: Id::random(&mut cx.state.rng, cx.now).to_string(),
        secret: Some(secret.to_owned()),
        recovery_code: Some(recovery_code),
        created: cx.now,
        updated: cx.now,
    };
    let shown = json!({
        "id": factor.id,
        "userId": id,
        "enable": true,
        "secret": factor.secret,
        "authenticatorType": "totp",
        "recoveryCode": factor.recovery_code,
        "createdAt": dates::rest(factor.created),
        "updatedAt": dates::rest(factor.updated),
    });
    cx.state.factors.insert((user, FactorKind::Otp), factor);
    Ok(shown)
}
