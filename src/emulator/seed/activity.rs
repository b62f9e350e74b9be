//! Who signed in to which application, and what users did.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::error::SeedError;
use super::object::Object;
use super::part::{instant, part, placed, written};
use super::section::{Load, Section, Write, compact};
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::state::State;
use crate::emulator::state::actions::{Action, Details};
use crate::emulator::state::logins::Login;

pub(crate) const LOGINS: Section =
    Section { name: "logins", read: read_login, write: Write::List(write_logins) };

pub(crate) const ACTIONS: Section =
    Section { name: "userActions", read: read_action, write: Write::List(write_actions) };

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct LoginPart {
    user_id: String,
    application: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device_id: Option<String>,
    #[serde(default = "once")]
    count: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_at: Option<String>,
    #[serde(default = "yes")]
    is_active: bool,
}

const fn once() -> i64 {
    1
}

const fn yes() -> bool {
    true
}

fn read_login(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take_login(load, part))
}

fn take_login(load: &mut Load<'_>, part: LoginPart) -> Result<(), ApiError> {
    let user = load.state.users.require(&part.user_id)?;
    load.state.applications.require(&part.application)?;
    if part.count < 1 {
        return Err(ApiError::invalid(format!("count must be at least 1, but it is {}", part.count)));
    }
    let login = Login {
        application: part.application,
        device: part.device_id,
        count: part.count,
        last: instant(part.last_at.as_deref(), load.now)?,
        active: part.is_active,
    };
    if load.state.logins.insert(user, login) {
        Ok(())
    } else {
        Err(ApiError::invalid("the same user, application and device come twice"))
    }
}

fn write_logins(state: &State) -> Vec<Value> {
    written(state.logins.iter().filter_map(|(user, login)| {
        Some(LoginPart {
            user_id: state.users.get(user)?.id.to_string(),
            application: login.application.clone(),
            device_id: login.device.clone(),
            count: login.count,
            last_at: Some(dates::rest(login.last)),
            is_active: login.active,
        })
    }))
}

fn read_action(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    // In addition to these, the keys of the details, which are checked there.
    let (user, application, time) =
        (object.required("userId")?, object.owned("application")?, object.time("at")?);
    let mut rest = object.map().clone();
    rest.retain(|key, _| !["userId", "application", "at"].contains(&key.as_str()));
    let details: Details = serde_json::from_value(Value::Object(rest))
        .map_err(|error| SeedError::new(object.place(), error.to_string()))?;
    placed(object, take_action(load, user, application, time, details))
}

fn take_action(
    load: &mut Load<'_>,
    user: &str,
    application: Option<String>,
    time: Option<i64>,
    details: Details,
) -> Result<(), ApiError> {
    let users = &load.state.users;
    if users.by_id(user).is_none() && !users.archived().any(|gone| gone.id.to_string() == user) {
        return Err(ApiError::user_not_found());
    }
    if let Some(application) = &application {
        load.state.applications.require(application)?;
    }
    let time = time.unwrap_or(load.now);
    load.state.actions.push(Action { time, user: user.to_owned(), application, details });
    Ok(())
}

fn write_actions(state: &State) -> Vec<Value> {
    state.actions.iter().filter_map(write_action).collect()
}

fn write_action(action: &Action) -> Option<Value> {
    let mut shown = serde_json::to_value(&action.details).ok()?;
    let own = compact(json!({
        "userId": action.user,
        "application": action.application,
        "at": dates::rest(action.time),
    }));
    shown.as_object_mut()?.extend(own.as_object()?.clone());
    Some(shown)
}
