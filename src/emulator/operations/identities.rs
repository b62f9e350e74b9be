//! Accounts at other identity providers, linked to users and unlinked.

use serde_json::Value;

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::fidelity::Fidelity::Modelled;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::user::Identity;
use crate::emulator::state::users::UserKey;

/// The default type of an account.
const GENERIC: &str = "generic";

pub(crate) const ROUTES: &[Route] = &[
    Route::post("/api/v2/users/identity/link", Modelled, link).body(&[
        Param::text("userId").required(),
        Param::text("userIdInIdp").required(),
        Param::text("identifier").required(),
        Param::flag("isSocial"),
        Param::text("type"),
        Param::text("extIdpId"),
    ]),
    Route::post("/api/v2/users/identity/unlink", Modelled, unlink).body(&[
        Param::text("userId").required(),
        Param::text("identifier").required(),
        Param::flag("isSocial"),
        Param::text("type"),
        Param::text("extIdpId"),
    ]),
    Route::post("/api/v2/users/identity/unlinkByUser", Modelled, unlink_own)
        .body(&[Param::text("type").required(), Param::text("identifier").required()])
        .for_users(),
];

fn link(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.state.users.require(args.required("userId")?)?;
    let (identifier, user_id) = (args.required("identifier")?, args.required("userIdInIdp")?);
    if cx.state.users.by_identity(identifier, user_id).is_some() {
        return Err(ApiError::guess(Guess::IdentityExists, "this account is already bound"));
    }
    let identity = Identity {
        provider: identifier.to_owned(),
        user_id_in_idp: user_id.to_owned(),
        identifier: Some(identifier.to_owned()),
        is_social: args.bool("isSocial"),
        ext_idp_id: args.str("extIdpId").map(str::to_owned),
        kind: Some(args.str("type").unwrap_or(GENERIC).to_owned()),
        ..Identity::default()
    };
    cx.state.users.link(key, identity, cx.now);
    Ok(Value::Bool(true))
}

fn unlink(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.state.users.require(args.required("userId")?)?;
    release(cx, key, args)
}

/// For the user itself, with its own token.
fn unlink_own(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.caller.ok_or_else(ApiError::not_logged_in)?;
    release(cx, key, args)
}

/// Unlinks the accounts that match everything that is given.
fn release(cx: &mut Cx<'_>, key: UserKey, args: &Args) -> Result<Value, ApiError> {
    let identifier = args.required("identifier")?;
    let fits = |identity: &Identity| {
        identity.provider == identifier
            && args.bool("isSocial").is_none_or(|social| identity.is_social.unwrap_or(false) == social)
            && args.str("type").is_none_or(|kind| identity.kind.as_deref().unwrap_or(GENERIC) == kind)
            && args.str("extIdpId").is_none_or(|id| identity.ext_idp_id.as_deref() == Some(id))
    };
    match cx.state.users.unlink(key, fits, cx.now) {
        0 => Err(ApiError::guess(Guess::IdentityNotFound, "this account is not bound")),
        _ => Ok(Value::Bool(true)),
    }
}
