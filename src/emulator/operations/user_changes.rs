//! Users changed.

use serde_json::{Map, Value};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::password;
use crate::emulator::registry::field::Field;
use crate::emulator::rest::route::Route;
use crate::emulator::state::field::{Entry, Field as UserField};
use crate::emulator::state::user::{entries_from, is_unique};
use crate::emulator::state::users::UserKey;
use crate::emulator::users::{With, rest_user};

pub(crate) const FIELDS: &[Field] = &[Field::mutation("updateUser", Reached, update)];

pub(crate) const ROUTES: &[Route] =
    &[Route::post("/api/v2/users/{id}", Modelled, rest_update).input("UpdateUserInput")];

fn update(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    for name in ["emailToken", "phoneToken"] {
        if args.str(name).is_some() {
            return Err(ApiError::unsupported(&format!("updateUser with {name}")));
        }
    }
    // Without an id the caller is meant, who is the owner and not a user of the pool.
    let key = cx.state.users.require(args.str("id").unwrap_or_default())?;
    change(cx, key, args.object("input"))?;
    Ok(Out::User(key))
}

fn rest_update(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.state.users.require(args.required("id")?)?;
    change(cx, key, args.object("body"))?;
    Ok(rest_user(cx, key, With::default()))
}

/// A field that is given is set, null clears it, and others remain.
fn change(cx: &mut Cx<'_>, key: UserKey, input: Option<&Map<String, Value>>) -> Result<(), ApiError> {
    let empty = Map::new();
    let input = input.unwrap_or(&empty);
    let entries = entries_from(input)?;
    if let Some(taken) = cx.state.users.conflict(&entries, Some(key)) {
        return Err(match taken {
            UserField::Username => ApiError::username_exists(),
            UserField::Phone => ApiError::phone_bound(),
            UserField::Email => ApiError::email_bound(),
            _ => ApiError::user_exists(),
        });
    }
    keeps_a_name(cx, key, &entries)?;
    let password = match input.get("password") {
        Some(Value::String(received)) if !received.is_empty() => {
            Some(Some(password::store(cx, received, false)?))
        }
        Some(Value::Null) => Some(None),
        _ => None,
    };
    cx.state.users.update(key, entries, cx.now);
    if let Some(password) = password {
        cx.state.users.edit(key, cx.now, |user| user.extra_mut().password = password);
    }
    Ok(())
}

/// A user whose last identifier was cleared could not be found again.
fn keeps_a_name(cx: &Cx<'_>, key: UserKey, changes: &[Entry]) -> Result<(), ApiError> {
    let Some(user) = cx.state.users.get(key) else { return Err(ApiError::user_not_found()) };
    let clears = changes.iter().any(|change| matches!(change, Entry::Null(field) if is_unique(*field)));
    if !clears || !user.identities().is_empty() {
        return Ok(());
    }
    let names =
        [UserField::Username, UserField::Email, UserField::Phone, UserField::ExternalId, UserField::Unionid];
    let left = names.into_iter().any(|field| match changes.iter().find(|change| change.field() == field) {
        Some(change) => !matches!(change, Entry::Null(_)),
        None => user.text(field).is_some(),
    });
    if left { Ok(()) } else { Err(ApiError::invalid("the last identifier of a user cannot be cleared")) }
}
