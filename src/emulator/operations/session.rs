//! Tokens of the pool's owner and of users, and the pool's public key.

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::{ApiError, Guess, Text};
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::password;
use crate::emulator::registry::field::Field;
use crate::emulator::rest::route::{Form, Param, Route};
use crate::emulator::state::field::{Field as UserField, Stored};
use crate::emulator::state::user::Status;
use crate::emulator::state::users::UserKey;
use crate::emulator::token::{self, Standing};

pub(crate) const FIELDS: &[Field] = &[
    Field::query("accessToken", Reached, access_token).open(),
    Field::query("checkLoginStatus", Reached, check_login_status).open(),
    Field::mutation("refreshAccessToken", Modelled, refresh_access_token).open(),
    Field::mutation("refreshToken", Reached, refresh_token),
];

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/userpools/accessToken", Modelled, rest_access_token)
        .query(&[Param::text("userPoolId").required(), Param::text("secret").required()])
        .form(Form::Bare)
        .open(),
    Route::ask("/api/v2/userpools/access-token", Modelled, rest_access_token)
        .body(&[Param::text("userPoolId").required(), Param::text("secret").required()])
        .form(Form::Bare)
        .status(201)
        .open(),
    Route::get("/api/v2/.well-known", Modelled, well_known).open(),
];

/// For callers that know the secret. Code 2224 for an unknown pool is documented; code 1001 for a wrong
/// secret is an assumption.
fn grant(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    if args.required("userPoolId")? != cx.pool.id {
        return Err(ApiError::pool_not_found());
    }
    if args.required("secret")? != cx.pool.secret.expose() {
        return Err(ApiError::wrong_secret());
    }
    let issued = token::issue_manager(cx)?;
    Ok(json!({ "accessToken": issued.token, "exp": issued.exp, "iat": issued.iat }))
}

fn access_token(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    grant(cx, args).map(Out::Json)
}

fn rest_access_token(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    grant(cx, args)
}

/// A valid token is exchanged for a new one.
fn refresh_access_token(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    if !args.str("accessToken").is_some_and(|token| token::is_manager(cx, token)) {
        return Err(ApiError::guess(
            Guess::DeadToken,
            Text::both("the token is no longer valid", "token 已失效"),
        ));
    }
    let issued = token::issue_manager(cx)?;
    Ok(Out::Json(json!({ "accessToken": issued.token, "exp": issued.exp, "iat": issued.iat })))
}

fn refresh_token(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    // Without an id the caller is meant, who is the owner and not a user of the pool.
    let key = cx.state.users.require(args.str("id").unwrap_or_default())?;
    check_may_sign_in(cx, key)?;
    let issued = token::issue_user(cx, key)?;
    Ok(Out::Json(json!({ "token": issued.token, "exp": issued.exp, "iat": issued.iat })))
}

/// A user who is suspended, has resigned, or is blocked cannot sign in. Code 2005 is an assumption.
fn check_may_sign_in(cx: &Cx<'_>, key: UserKey) -> Result<(), ApiError> {
    let user = cx.state.users.get(key).ok_or_else(ApiError::user_not_found)?;
    if user.status == Status::Activated && user.get(UserField::Blocked) != Stored::Flag(true) {
        Ok(())
    } else {
        Err(ApiError::guess(Guess::AccountLocked, Text::both("the account is locked", "账号已锁定")))
    }
}

/// Reports what is wrong with a token in the data, not by an error.
fn check_login_status(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    Ok(Out::Json(match token::standing(cx, args.str("token").unwrap_or_default()) {
        Standing::Live { user, iat, exp } => json!({
            "code": 200,
            "message": Text::both("logged in", "已登录").in_lang(cx.lang),
            "status": true,
            "exp": exp,
            "iat": iat,
            "data": { "id": user, "userPoolId": cx.pool.id, "arn": null },
        }),
        Standing::Dead => json!({
            "code": 2206,
            "message": Text::both("the log-in has expired", "登录信息已过期").in_lang(cx.lang),
            "status": false,
        }),
    }))
}

fn well_known(_: &mut Cx<'_>, _: &Args) -> Result<Value, ApiError> {
    Ok(json!({ "publicKey": password::public_key_pem() }))
}
