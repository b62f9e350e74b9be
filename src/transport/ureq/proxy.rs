//! The choice of the proxy for a request.
//!
//! `HTTPS_PROXY` is used for `https`, `HTTP_PROXY` for `http`, `ALL_PROXY` for both if there is no other;
//! names in lower case take precedence. `HTTP_PROXY` in capitals is ignored if `REQUEST_METHOD` is set: in a
//! CGI program it would be a header of the request. ureq behaves differently: it takes the first variable
//! that it finds, whatever the scheme, skips what it cannot parse, and matches `NO_PROXY` without ports,
//! networks and spaces.

use std::net::IpAddr;

use ::ureq::Proxy;
use ::ureq::http::Uri;

use crate::transport::TransportError;

/// The proxies for requests.
pub(super) enum Proxies {
    None,
    One(Proxy),
    Environment(Box<Environment>),
}

/// The proxy variables of the environment, read once.
pub(super) struct Environment {
    https: Option<Result<Proxy, String>>,
    http: Option<Result<Proxy, String>>,
    exceptions: Exceptions,
}

impl Proxies {
    pub(super) fn from_environment() -> Self {
        Self::from_variables(&|name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
    }

    fn from_variables(variable: &Variable<'_>) -> Self {
        let is_cgi = variable("REQUEST_METHOD").is_some();
        let http = if is_cgi { "" } else { "HTTP_PROXY" };
        let exceptions = variable("no_proxy").or_else(|| variable("NO_PROXY")).unwrap_or_default();
        Self::Environment(Box::new(Environment {
            https: first(variable, ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
            http: first(variable, ["http_proxy", http, "all_proxy", "ALL_PROXY"]),
            exceptions: Exceptions::parse(&exceptions),
        }))
    }

    /// Returns the proxy for requests to this URL.
    pub(super) fn choose(&self, uri: &Uri) -> Result<Option<&Proxy>, TransportError> {
        let environment = match self {
            Self::None => return Ok(None),
            Self::One(proxy) => return Ok(Some(proxy)),
            Self::Environment(environment) => environment,
        };
        let is_encrypted = uri.scheme_str() == Some("https");
        let Some(proxy) = (if is_encrypted { &environment.https } else { &environment.http }) else {
            return Ok(None);
        };
        let port = uri.port_u16().unwrap_or(if is_encrypted { 443 } else { 80 });
        if environment.exceptions.contain(uri.host().unwrap_or_default(), port) {
            return Ok(None);
        }
        proxy.as_ref().map(Some).map_err(|message| TransportError::configuration("proxy", message.as_str()))
    }
}

/// Returns the value of an environment variable.
type Variable<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Returns the proxy of the first of these variables that has a value.
fn first(variable: &Variable<'_>, names: [&str; 4]) -> Option<Result<Proxy, String>> {
    for name in names {
        let value = variable(name).unwrap_or_default();
        let address = value.trim();
        if !address.is_empty() {
            return Some(parse(address).map_err(|reason| format!("environment variable {name} {reason}")));
        }
    }
    None
}

/// Parses the address of a proxy. The error describes what is wrong, without the address, which may contain a
/// password.
pub(super) fn parse(address: &str) -> Result<Proxy, &'static str> {
    let proxy = Proxy::new(address).map_err(|_| "is not the address of a proxy")?;
    if proxy.host().is_empty() {
        return Err("is not the address of a proxy");
    }
    // ureq panics when it is given a kind of proxy that it was built without.
    match proxy.protocol() {
        ::ureq::ProxyProtocol::Http | ::ureq::ProxyProtocol::Https => Ok(proxy),
        _ => Err("is the address of a SOCKS proxy, which is not supported"),
    }
}

/// The hosts of `NO_PROXY`.
#[derive(Debug, Default)]
struct Exceptions {
    all: bool,
    names: Vec<(String, Option<u16>)>,
    /// An address, the length of the prefix that must be the same, and the port.
    networks: Vec<(IpAddr, u8, Option<u16>)>,
}

impl Exceptions {
    fn parse(list: &str) -> Self {
        let mut this = Self::default();
        for entry in list.split([',', ' ', '\t']).filter(|entry| !entry.is_empty()) {
            let (host, port) = with_port(entry);
            let address = || bare(host).parse().ok().map(|address| (address, bits_of(address), port));
            match network(entry).or_else(address) {
                _ if entry == "*" => this.all = true,
                Some(network) => this.networks.push(network),
                None => {
                    let host = host.trim_start_matches('*').trim_matches('.');
                    this.names.push((host.to_ascii_lowercase(), port));
                }
            }
        }
        this
    }

    fn contain(&self, host: &str, port: u16) -> bool {
        let is_port = |only: &Option<u16>| only.is_none_or(|only| only == port);
        if self.all {
            return true;
        }
        if let Ok(address) = bare(host).parse::<IpAddr>() {
            return self
                .networks
                .iter()
                .any(|(network, bits, only)| is_port(only) && is_within(address, *network, *bits));
        }
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.names.iter().any(|(name, only)| {
            let rest = host.strip_suffix(name.as_str());
            is_port(only)
                && !name.is_empty()
                && rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    }
}

/// `10.0.0.0/8`
fn network(entry: &str) -> Option<(IpAddr, u8, Option<u16>)> {
    let (address, bits) = entry.split_once('/')?;
    let (address, bits) = (address.parse().ok()?, bits.parse().ok()?);
    (bits <= bits_of(address)).then_some((address, bits, None))
}

/// A host with or without a port. An IPv6 address with a port is in brackets.
fn with_port(entry: &str) -> (&str, Option<u16>) {
    match entry.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => match port.parse() {
            Ok(port) => (host, Some(port)),
            Err(_) => (entry, None),
        },
        _ => (entry, None),
    }
}

fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

fn bits_of(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn is_within(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    let number = |address| match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    };
    let below = u32::from(bits_of(network) - bits);
    let same = (number(address) ^ number(network)).checked_shr(below).unwrap_or(0) == 0;
    address.is_ipv4() == network.is_ipv4() && same
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(variables: &'static [(&str, &str)]) -> Proxies {
        Proxies::from_variables(&|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    fn chosen(proxies: &Proxies, url: &str) -> Result<Option<String>, String> {
        let proxy = proxies.choose(&url.parse().unwrap()).map_err(|error| error.to_string())?;
        Ok(proxy.map(|proxy| format!("{}:{}", proxy.host(), proxy.port())))
    }

    #[test]
    fn the_variable_of_the_scheme_comes_first_and_lower_case_before_upper() {
        let (http, https) = ("http://idp.example/", "https://idp.example/");
        for (variables, for_http, for_https) in [
            (&[("HTTPS_PROXY", "http://a:1")][..], None, Some("a:1")),
            (&[("http_proxy", "http://a:1")], Some("a:1"), None),
            (&[("HTTP_PROXY", "a:1"), ("http_proxy", "b:2")], Some("b:2"), None),
            (&[("ALL_PROXY", "a:1"), ("https_proxy", "b:2")], Some("a:1"), Some("b:2")),
            (&[("HTTPS_PROXY", " "), ("all_proxy", "a:1")], Some("a:1"), Some("a:1")),
            (&[("all_proxy", "a:1"), ("HTTPS_PROXY", "b:2")], Some("a:1"), Some("b:2")),
            (&[("HTTP_PROXY", "a:1"), ("REQUEST_METHOD", "GET")], None, None),
        ] {
            let proxies = proxies(variables);
            assert_eq!(chosen(&proxies, http).unwrap().as_deref(), for_http, "{variables:?}");
            assert_eq!(chosen(&proxies, https).unwrap().as_deref(), for_https, "{variables:?}");
        }
    }

    #[test]
    fn a_variable_that_is_no_proxy_is_an_error_that_names_it_and_not_its_password() {
        for value in ["htp//planted", "htp://planted", "http://", "socks5://user:planted@host:1"] {
            let proxies = Proxies::from_variables(&|name| (name == "HTTPS_PROXY").then(|| value.to_owned()));
            let message = chosen(&proxies, "https://idp.example/").unwrap_err();
            assert!(message.starts_with("proxy: environment variable HTTPS_PROXY is "), "{message}");
            assert!(!message.contains("planted"), "{message}");
            // It does not apply to others.
            assert_eq!(chosen(&proxies, "http://idp.example/"), Ok(None));
        }
    }

    #[test]
    fn no_proxy_has_domains_ports_networks_and_spaces() {
        for (list, host, port, is_exception) in [
            ("*", "idp.example", 443, true),
            ("", "idp.example", 443, false),
            ("corp.example", "corp.example", 443, true),
            ("corp.example", "idp.corp.example", 443, true),
            ("corp.example", "othercorp.example", 443, false),
            (".corp.example", "idp.corp.example", 443, true),
            ("*.corp.example", "idp.corp.example", 443, true),
            ("localhost, Corp.Example", "IDP.corp.example.", 443, true),
            ("corp.example.", "idp.corp.example", 443, true),
            ("idp.example:8443", "idp.example", 8443, true),
            ("idp.example:8443", "idp.example", 443, false),
            ("10.0.0.0/8", "10.1.2.3", 443, true),
            ("10.0.0.0/8", "11.1.2.3", 443, false),
            ("0.0.0.0/0", "11.1.2.3", 443, true),
            ("10.1.2.3", "10.1.2.3", 443, true),
            ("10.1.2.3:80", "10.1.2.3", 443, false),
            ("fd00::/8", "[fd00::1]", 443, true),
            ("[::1]:8080", "[::1]", 8080, true),
            ("::1", "[::1]", 8080, true),
            (",,", "idp.example", 443, false),
            (".", "idp.example", 443, false),
        ] {
            assert_eq!(Exceptions::parse(list).contain(host, port), is_exception, "{list:?}: {host}:{port}");
        }
    }
}
