//! Principal authentication: authentication of users by identity documents.

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::Reached;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::principals::{Principal, PrincipalKind};

const PAPERS: &[Param] =
    &[Param::text("type"), Param::text("name"), Param::text("idCard"), Param::text("ext")];

/// One of the official clients sends the documents in the query, the others in the body; the pool accepts
/// either.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/users/{id}/management/principal_authentication", Reached, detail),
    Route::post("/api/v2/users/{id}/management/principal_authentication", Reached, authenticate)
        .query(PAPERS)
        .body(PAPERS),
];

fn to_json(user: &str, principal: &Principal) -> Value {
    json!({
        "userId": user,
        "type": principal.kind.as_str(),
        "name": principal.name,
        "idCard": principal.id_card,
        "ext": principal.ext,
        "status": "success",
        "createdAt": dates::rest(principal.created),
        "updatedAt": dates::rest(principal.updated),
    })
}

/// Null for a user who has never been authenticated.
fn detail(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = args.required("id")?;
    let key = cx.state.users.require(id)?;
    Ok(cx.state.principals.get(&key).map_or(Value::Null, |principal| to_json(id, principal)))
}

/// All documents are accepted as genuine.
fn authenticate(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = args.required("id")?;
    let key = cx.state.users.require(id)?;
    let name = args.required("type")?;
    let kind = PrincipalKind::from_name(name)
        .ok_or_else(|| ApiError::invalid(format!("type must be P or E, not \"{name}\"")))?;
    let text = |name: &str| match args.required(name)? {
        "" => Err(ApiError::invalid(format!("{name} must not be empty"))),
        text => Ok(text.to_owned()),
    };
    let principal = Principal {
        kind,
        name: text("name")?,
        id_card: text("idCard")?,
        ext: text("ext")?,
        created: cx.state.principals.get(&key).map_or(cx.now, |known| known.created),
        updated: cx.now,
    };
    let shown = to_json(id, &principal);
    cx.state.principals.insert(key, principal);
    Ok(shown)
}
