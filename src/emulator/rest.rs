//! The REST paths.

pub(crate) mod params;
pub(crate) mod route;
pub(crate) mod unsupported;

use serde_json::{Map, Value, json};

use self::route::{Form, Route};
use self::unsupported::UNSUPPORTED;
use super::answer::{Answer, refuse};
use super::args::Args;
use super::ask::Ask;
use super::context::Cx;
use super::error::{ApiError, DONE, Lang, Text};
use super::registry;
use super::registry::field::Access;
use super::token;
use crate::transport::Method;

/// A path that exists, with its variable parts.
pub(crate) struct Found {
    pub(crate) route: &'static Route,
    name: String,
    parts: Map<String, Value>,
}

/// Looks a path up. A path that is known and not supported does not match a template.
pub(crate) fn find(method: Method, path: &str) -> Option<Found> {
    let plain = path.trim_start_matches('/');
    if UNSUPPORTED.iter().any(|(own, known)| *own == method && known.trim_start_matches('/') == plain) {
        return None;
    }
    registry::routes().filter(|route| route.method == method).find_map(|route| {
        let parts = match_path(route.path, path)?;
        Some(Found { route, name: format!("{method} {}", route.path), parts })
    })
}

/// The response for an unknown path.
pub(crate) fn unknown(ask: &Ask<'_>, lang: Lang) -> Answer {
    let declared = UNSUPPORTED
        .iter()
        .any(|(method, path)| *method == ask.method && match_path(path, ask.path).is_some());
    let mut error = ApiError::unsupported(&format!("{} {}", ask.method, ask.path));
    if !declared {
        error = ApiError::new(404, Text::english(format!("there is no {} {}", ask.method, ask.path)));
        error.status = 404;
    }
    refuse(&error, lang)
}

impl Found {
    /// Returns the path with names for its variable parts.
    pub(crate) fn template(&self) -> &str {
        self.route.path
    }

    /// Returns the name of the operation: the method and the template.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Carries the request out.
    pub(crate) fn execute(mut self, cx: &mut Cx<'_>, ask: &Ask<'_>, manager: bool) -> Answer {
        match self.run(cx, ask, manager) {
            Ok(data) => {
                let status = self.route.status;
                let message = self.route.message.map_or(DONE, |own| Text::both(own.english, own.chinese));
                let message = message.in_lang(cx.lang);
                match self.route.form {
                    Form::Envelope => {
                        Answer::json(status, &json!({ "code": 200, "message": message, "data": data }))
                    }
                    Form::StatusCode => {
                        Answer::json(status, &json!({ "statusCode": 200, "message": message, "data": data }))
                    }
                    Form::Bare => Answer::json(status, &data),
                }
            }
            Err(error) => refuse(&error, cx.lang),
        }
    }

    fn run(&mut self, cx: &mut Cx<'_>, ask: &Ask<'_>, manager: bool) -> Result<Value, ApiError> {
        match self.route.access {
            Access::Open => {}
            Access::Manager if manager => {}
            Access::User => cx.caller = Some(token::user_of(cx, ask.bearer().unwrap_or_default())?),
            Access::Manager => return Err(ApiError::not_logged_in()),
        }
        let arguments = self.arguments(ask).map_err(|error| error.settle(&cx.pool.codes))?;
        let done = (self.route.handle)(cx, &arguments).map_err(|error| error.settle(&cx.pool.codes));
        if self.route.changes {
            cx.note(self.name(), &done);
        }
        done
    }

    fn arguments(&mut self, ask: &Ask<'_>) -> Result<Args, ApiError> {
        let mut values = std::mem::take(&mut self.parts);
        params::query(self.route, ask.query, &mut values)?;
        params::body(self.route, ask.body, &mut values)?;
        Ok(Args::new(values))
    }
}

fn match_path(template: &str, path: &str) -> Option<Map<String, Value>> {
    let mut parts = Map::new();
    let mut given = path.trim_start_matches('/').split('/');
    for expected in template.trim_start_matches('/').split('/') {
        let part = given.next()?;
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => {
                if part.is_empty() {
                    return None;
                }
                parts.insert(name.to_owned(), Value::from(params::decode(part).ok()?));
            }
            None if part == expected => {}
            None => return None,
        }
    }
    given.next().is_none().then_some(parts)
}
