//! E-mails, which an emulated pool reports as sent and never sends, and the strength of passwords.

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::{ApiError, Text};
use crate::emulator::fidelity::Fidelity::Reached;
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::registry::field::Field;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::field::Field as UserField;

pub(crate) const FIELDS: &[Field] = &[
    // The official Python SDK sends no token with this one.
    Field::mutation("sendEmail", Reached, send_email).open(),
    Field::mutation("sendFirstLoginVerifyEmail", Reached, send_first_login_verify_email),
];

pub(crate) const ROUTES: &[Route] =
    &[Route::ask("/api/v2/password/check", Reached, check_password)
        .body(&[Param::text("password").required()])];

/// A password has at least this many characters in the service (code 2029).
const SHORTEST_PASSWORD: usize = 6;

fn sent(cx: &Cx<'_>) -> Out {
    Out::Json(json!({ "code": 200, "message": Text::both("sent", "发送成功").in_lang(cx.lang) }))
}

fn send_email(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let email = args.required("email")?;
    match email.split_once('@') {
        Some((name, domain)) if !name.is_empty() && !domain.is_empty() => Ok(sent(cx)),
        _ => Err(ApiError::new(2003, Text::both("malformed e-mail address", "邮箱格式不正确"))),
    }
}

fn send_first_login_verify_email(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    cx.state.applications.require(args.required("appId")?)?;
    let key = cx.state.users.require(args.required("userId")?)?;
    match cx.state.users.get(key).and_then(|user| user.text(UserField::Email)) {
        Some(_) => Ok(sent(cx)),
        None => Err(ApiError::new(2028, Text::both("the user has no e-mail address", "用户没有邮箱"))),
    }
}

fn check_password(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let valid = args.required("password")?.chars().count() >= SHORTEST_PASSWORD;
    let text = if valid {
        Text::both("the password is valid", "密码校验通过")
    } else {
        Text::both("the password is shorter than 6 characters", "密码长度不能少于 6 位")
    };
    Ok(json!({ "valid": valid, "message": text.in_lang(cx.lang) }))
}
