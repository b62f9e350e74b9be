//! A request, independent of the transport.

use crate::transport::{Method, Request};

/// The contents of a request.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) body: &'a [u8],
    pub(crate) authorization: Option<&'a str>,
    pub(crate) pool_id: Option<&'a str>,
    pub(crate) lang: Option<&'a str>,
    /// The application for which the request is made.
    pub(crate) application: Option<&'a str>,
    /// The tenant in which the request is made.
    pub(crate) tenant: Option<&'a str>,
}

impl<'a> Ask<'a> {
    /// The host is ignored: any request that reaches this pool is for it.
    pub(crate) fn from_request(request: &'a Request) -> Self {
        let url = request.url();
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let target = rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/");
        Self::new(request.method(), target, request.body().unwrap_or_default(), |name| request.header(name))
    }

    /// From the path with its query, as in HTTP.
    pub(crate) fn new(
        method: Method,
        target: &'a str,
        body: &'a [u8],
        header: impl Fn(&str) -> Option<&'a str>,
    ) -> Self {
        let target = target.split_once('#').map_or(target, |(target, _)| target);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method,
            path,
            query,
            body,
            authorization: header("authorization"),
            pool_id: header("x-authing-userpool-id").filter(|id| !id.is_empty()),
            lang: header("x-authing-lang"),
            application: header("x-authing-app-id").filter(|id| !id.is_empty()),
            tenant: header("x-authing-app-tenant-id").filter(|id| !id.is_empty()),
        }
    }

    pub(crate) fn bearer(&self) -> Option<&'a str> {
        let (scheme, token) = self.authorization?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }
}
