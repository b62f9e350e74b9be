//! The host setting: where requests go, and whether sending a token there is safe.

use std::net::IpAddr;

use crate::transport::split_scheme;

/// A validated host: `https://idp.corp.example/prefix`, without a trailing slash.
pub(super) struct Host {
    pub(super) base: String,
    pub(super) is_encrypted: bool,
    pub(super) is_loopback: bool,
}

impl Host {
    /// Parses a scheme, a host, an optional port and an optional path prefix. The error describes what is
    /// wrong.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let base = text.trim_end_matches('/');
        let (scheme, rest) = split_scheme(base).ok_or("is not a URL: it needs `https://` in front")?;
        let is_encrypted = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err("has a scheme other than `https` and `http`"),
        };
        if !rest.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("contains a space, a control character or a letter outside ASCII");
        }
        if rest.bytes().any(|byte| b"?#@\\\"<>{}|^`".contains(&byte)) {
            return Err("must contain only a host, a port and a path");
        }
        let authority = rest.split('/').next().unwrap_or_default();
        let name = host_name(authority).ok_or("has no valid host and port")?;
        Ok(Self { base: base.to_owned(), is_encrypted, is_loopback: is_loopback(name) })
    }
}

/// Returns the name in `name`, `name:port` or `[address]:port`.
fn host_name(authority: &str) -> Option<&str> {
    let (name, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            address.parse::<std::net::Ipv6Addr>().ok()?;
            (address, port.strip_prefix(':').or(port.is_empty().then_some("")))
        }
        None => match authority.split_once(':') {
            Some((name, port)) => (name, Some(port).filter(|port| !port.is_empty())),
            None => (authority, Some("")),
        },
    };
    let port = port?;
    let has_valid_port = port.is_empty() || port.parse::<u16>().is_ok();
    let has_valid_name = !name.is_empty() && !name.bytes().any(|byte| b"[]%,;".contains(&byte));
    (has_valid_port && has_valid_name).then_some(name)
}

fn is_loopback(name: &str) -> bool {
    let last_label = name.rsplit_once('.').map_or(name, |(_, last)| last);
    last_label.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hosts_that_work() {
        for (text, base, loopback) in [
            ("https://core.authing.cn", "https://core.authing.cn", false),
            ("https://core.authing.cn/", "https://core.authing.cn", false),
            ("https://idp.corp.example:8443/authing/", "https://idp.corp.example:8443/authing", false),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000", true),
            ("http://[::1]:3000", "http://[::1]:3000", true),
            ("http://localhost", "http://localhost", true),
            ("http://idp.LocalHost:80", "http://idp.LocalHost:80", true),
            ("http://notlocalhost", "http://notlocalhost", false),
            ("http://localhost.", "http://localhost.", false),
            ("http://LOCALHOST.example", "http://LOCALHOST.example", false),
            ("http://127.0.0.1.example", "http://127.0.0.1.example", false),
        ] {
            let host = Host::parse(text).unwrap_or_else(|reason| panic!("{text}: {reason}"));
            assert_eq!((host.base.as_str(), host.is_loopback), (base, loopback), "{text}");
        }
    }

    #[test]
    fn hosts_that_are_refused() {
        for text in [
            "",
            "core.authing.cn",
            "ftp://core.authing.cn",
            "https://",
            "https:///path",
            "https://a b",
            "https://user:pw@host",
            "https://host:",
            "https://host:port",
            "https://host:99999",
            "https://host?x=1",
            "https://host#x",
            "https://[::1",
            "https://[nonsense]",
            "https://host\r\nx-injected: 1",
        ] {
            assert!(Host::parse(text).is_err(), "{text:?} was accepted");
        }
    }

    proptest! {
        #[test]
        fn no_text_gets_a_line_break_or_a_query_into_the_base(text in any::<String>()) {
            if let Ok(host) = Host::parse(&format!("https://{text}")) {
                prop_assert!(host.base.bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert!(!host.base.contains(['?', '#', '@']));
            }
        }
    }
}
