//! A REST path, its parameters, and the function that carries it out.

use serde_json::Value;

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::{Fidelity, Mark};
use crate::emulator::registry::field::Access;
use crate::transport::Method;

/// Carries a REST path out; the value is the envelope's `data`.
pub(crate) type Handle = fn(&mut Cx<'_>, &Args) -> Result<Value, ApiError>;

/// What a parameter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
    Flag,
    Texts,
    /// Any JSON; the operation checks it.
    Json,
    /// An input object of the schema.
    Input(&'static str),
}

/// A parameter of the query or a field of the body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

impl Param {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, required: false }
    }

    pub(crate) const fn text(name: &'static str) -> Self {
        Self::new(name, Kind::Text)
    }

    pub(crate) const fn int(name: &'static str) -> Self {
        Self::new(name, Kind::Int)
    }

    pub(crate) const fn flag(name: &'static str) -> Self {
        Self::new(name, Kind::Flag)
    }

    pub(crate) const fn texts(name: &'static str) -> Self {
        Self::new(name, Kind::Texts)
    }

    pub(crate) const fn json(name: &'static str) -> Self {
        Self::new(name, Kind::Json)
    }

    pub(crate) const fn input(name: &'static str, ty: &'static str) -> Self {
        Self::new(name, Kind::Input(ty))
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// The body of a request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Body {
    /// None, or an empty object.
    Empty,
    /// An object with these fields.
    Fields(&'static [Param]),
    /// An object that is an input type of the schema; the operation receives it as `body`.
    Input(&'static str),
}

/// How a success is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `{code, message, data}`
    Envelope,
    /// `{statusCode, message, data}`, as in the newer paths.
    StatusCode,
    /// The data alone.
    Bare,
}

/// The message of a success of one path, if it differs from the usual one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message {
    pub(crate) english: &'static str,
    pub(crate) chinese: &'static str,
}

/// A REST path.
pub(crate) struct Route {
    pub(crate) method: Method,
    /// With `{name}` for the variable parts.
    pub(crate) path: &'static str,
    pub(crate) query: &'static [Param],
    pub(crate) body: Body,
    pub(crate) access: Access,
    pub(crate) fidelity: Fidelity,
    pub(crate) mark: Option<Mark>,
    pub(crate) form: Form,
    pub(crate) status: u16,
    /// Whether it may change the pool and is recorded in the audit log.
    pub(crate) changes: bool,
    /// The message of a success.
    pub(crate) message: Option<Message>,
    pub(crate) handle: Handle,
}

impl Route {
    const fn new(method: Method, path: &'static str, fidelity: Fidelity, handle: Handle) -> Self {
        Self {
            method,
            path,
            query: &[],
            body: Body::Empty,
            access: Access::Manager,
            fidelity,
            mark: None,
            form: Form::Envelope,
            status: 200,
            changes: !matches!(method, Method::Get),
            message: None,
            handle,
        }
    }

    pub(crate) const fn get(path: &'static str, fidelity: Fidelity, handle: Handle) -> Self {
        Self::new(Method::Get, path, fidelity, handle)
    }

    pub(crate) const fn post(path: &'static str, fidelity: Fidelity, handle: Handle) -> Self {
        Self::new(Method::Post, path, fidelity, handle)
    }

    /// A read whose parameters are in a body.
    pub(crate) const fn ask(path: &'static str, fidelity: Fidelity, handle: Handle) -> Self {
        let mut route = Self::new(Method::Post, path, fidelity, handle);
        route.changes = false;
        route
    }

    pub(crate) const fn put(path: &'static str, fidelity: Fidelity, handle: Handle) -> Self {
        Self::new(Method::Put, path, fidelity, handle)
    }

    pub(crate) const fn patch(path: &'static str, fidelity: Fidelity, handle: Handle) -> Self {
        Self::new(Method::Patch, path, fidelity, handle)
    }

    pub(crate) const fn delete(path: &'static str, fidelity: Fidelity, handle: Handle) -> Self {
        Self::new(Method::Delete, path, fidelity, handle)
    }

    pub(crate) const fn query(mut self, query: &'static [Param]) -> Self {
        self.query = query;
        self
    }

    pub(crate) const fn body(mut self, body: &'static [Param]) -> Self {
        self.body = Body::Fields(body);
        self
    }

    pub(crate) const fn input(mut self, ty: &'static str) -> Self {
        self.body = Body::Input(ty);
        self
    }

    pub(crate) const fn open(mut self) -> Self {
        self.access = Access::Open;
        self
    }

    /// Returns the route with a mark for the fidelity table.
    pub(crate) const fn marked(mut self, mark: Mark) -> Self {
        self.mark = Some(mark);
        self
    }

    /// For a user's own token.
    pub(crate) const fn for_users(mut self) -> Self {
        self.access = Access::User;
        self
    }

    pub(crate) const fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// For the few paths whose messages clients compare.
    pub(crate) const fn saying(mut self, english: &'static str, chinese: &'static str) -> Self {
        self.message = Some(Message { english, chinese });
        self
    }

    pub(crate) const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}
