//! What can go wrong, and what each of it is to a client.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use authing::ErrorKind;
use authing::clock::Clock;
use authing::emulator::Pool;
use flate2::Compression;
use flate2::write::GzEncoder;
use time::format_description::well_known::Rfc2822;

use super::promise::Class;
use super::support::{Good, answer, head};

/// Which requests a fault is played to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    Operation,
    Token,
}

/// Up to where a request is read or an answer written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    RequestLine,
    Headers,
    HalfBody,
    WholeBody,
    ResponseHeaders,
    HalfResponse,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Ending {
    /// The connection stays open for the next request.
    KeepAlive,
    Close,
    Reset,
    /// The connection stays open, and nothing more is said.
    Silence,
    /// One byte each 20 ms, for ever.
    Drip(u8),
    /// One chunk of one byte each 20 ms, for ever.
    DripChunks,
    /// The same bytes again and again, as fast as they are taken.
    Flood(&'static [u8]),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    pub(crate) at: Point,
    pub(crate) ending: Ending,
}

type MakeAnswer = dyn Fn(&Good, &Pool) -> (Vec<u8>, Ending) + Send + Sync;

/// What a server does in place of answering.
#[derive(Clone)]
pub(crate) enum Play {
    /// Nobody listens any more.
    Refused,
    ResetAtAccept,
    /// The first bytes are read, and there is no handshake.
    Handshake(Ending),
    /// All is well but the certificate.
    Certificate,
    Cut(Cut),
    Answer(Arc<MakeAnswer>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    GraphQl,
    Rest,
}

#[derive(Clone)]
pub(crate) struct Fault {
    pub(crate) name: String,
    pub(crate) play: Play,
    pub(crate) class: Class,
    /// Whether the request is carried out before the fault.
    pub(crate) carried_out: bool,
    /// For one protocol only.
    pub(crate) only: Option<Wire>,
    /// Needs a connection of its own, or is the same on any connection.
    pub(crate) connections: Connections,
    /// Ends only with a timeout.
    pub(crate) stalls: bool,
    /// Means nothing in the answer to the token query.
    pub(crate) spares_the_token: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connections {
    Fresh,
    Reused,
    Both,
}

impl Fault {
    fn new(name: impl Into<String>, play: Play, class: Class) -> Self {
        Self {
            name: name.into(),
            play,
            class,
            carried_out: true,
            only: None,
            connections: Connections::Reused,
            stalls: false,
            spares_the_token: false,
        }
    }

    fn bytes(
        name: impl Into<String>,
        class: Class,
        make: impl Fn(&Good, &Pool) -> (Vec<u8>, Ending) + Send + Sync + 'static,
    ) -> Self {
        Self::new(name, Play::Answer(Arc::new(make)), class)
    }

    /// An answer of this server or of something on the way that had the request carried out or not.
    fn plain(
        name: impl Into<String>,
        class: Class,
        status: u16,
        headers: &'static [(&'static str, &'static str)],
        body: &'static str,
    ) -> Self {
        Self::bytes(name, class, move |_, _| (answer(status, headers, body.as_bytes()), Ending::KeepAlive))
    }

    fn refused(self) -> Self {
        Self { carried_out: false, ..self }
    }

    fn stalls(self) -> Self {
        Self { stalls: true, ..self }
    }

    fn only(self, wire: Wire) -> Self {
        Self { only: Some(wire), ..self }
    }

    fn on(self, connections: Connections) -> Self {
        Self { connections, ..self }
    }

    fn spares_the_token(self) -> Self {
        Self { spares_the_token: true, ..self }
    }
}

/// Every fault that a server in plain HTTP can play.
pub(crate) fn all() -> Vec<Fault> {
    let mut all = Vec::new();
    all.extend(connections());
    all.extend(framing());
    all.extend(pages());
    all.extend(statuses());
    all.extend(patience());
    all.extend(refusals());
    all.extend(documents());
    all
}

fn connections() -> Vec<Fault> {
    use Connections::{Both, Fresh};
    let mut faults = vec![
        Fault::new("connection refused", Play::Refused, Class::NotDelivered).refused().on(Fresh),
        Fault::new("reset at accept", Play::ResetAtAccept, Class::PerhapsDelivered).refused().on(Fresh),
    ];
    let points = [
        (Point::RequestLine, "the request line"),
        (Point::Headers, "the headers"),
        (Point::HalfBody, "half the body"),
        (Point::WholeBody, "the whole body"),
        (Point::ResponseHeaders, "response headers"),
        (Point::HalfResponse, "half the response"),
    ];
    for (at, place) in points {
        let carried_out = matches!(at, Point::WholeBody | Point::ResponseHeaders | Point::HalfResponse);
        let cut = |ending| Play::Cut(Cut { at, ending });
        let unknown = |name: &str, ending, kind| {
            let fault =
                Fault::new(format!("{name} after {place}"), cut(ending), Class::Unknown(kind)).on(Both);
            Fault { carried_out, ..fault }
        };
        faults.push(unknown("reset", Ending::Reset, ErrorKind::Connection));
        faults.push(unknown("silence", Ending::Silence, ErrorKind::Timeout).stalls());
        if carried_out {
            faults.push(unknown("closed", Ending::Close, ErrorKind::Connection));
        }
    }
    faults
}

fn framing() -> Vec<Fault> {
    use ErrorKind::{Connection, Timeout, UnexpectedAnswer};
    let length = |good: &Good, more: isize| good.body.len().saturating_add_signed(more).to_string();
    vec![
        Fault::bytes("headers that drip", Class::Unknown(Timeout), |_, _| {
            (b"HTTP/1.1 200 OK\r\nx-slow: ".to_vec(), Ending::Drip(b'a'))
        })
        .stalls(),
        Fault::bytes("a body that drips", Class::Unknown(Timeout), |_, _| {
            (head(200, &[("content-length", "100000")]), Ending::Drip(b' '))
        })
        .stalls(),
        Fault::bytes("content length too long, closed", Class::Unknown(Connection), move |good, _| {
            let length = length(good, 10);
            ([head(200, &[("content-length", &length)]), good.body.clone()].concat(), Ending::Close)
        }),
        Fault::bytes("content length too long, silence", Class::Unknown(Timeout), move |good, _| {
            let length = length(good, 10);
            ([head(200, &[("content-length", &length)]), good.body.clone()].concat(), Ending::Silence)
        })
        .stalls(),
        Fault::bytes("content length too short", Class::Unknown(UnexpectedAnswer), move |good, _| {
            let length = length(good, -10);
            ([head(200, &[("content-length", &length)]), good.body.clone()].concat(), Ending::KeepAlive)
        }),
        Fault::bytes("chunks that drip for ever", Class::Unknown(Timeout), |_, _| {
            (head(200, &[("transfer-encoding", "chunked")]), Ending::DripChunks)
        })
        .stalls(),
        Fault::bytes("chunks without end", Class::Unreadable, |_, _| {
            (head(200, &[("transfer-encoding", "chunked")]), Ending::Flood(FLOOD))
        }),
        Fault::bytes("chunks cut off", Class::Unknown(Connection), |_, _| {
            let head = head(200, &[("transfer-encoding", "chunked")]);
            ([head, b"8\r\n{\"data\":".to_vec()].concat(), Ending::Close)
        }),
        Fault::bytes("a chunk of no size", Class::Unknown(UnexpectedAnswer), |_, _| {
            let head = head(200, &[("transfer-encoding", "chunked")]);
            ([head, b"many\r\n{}\r\n0\r\n\r\n".to_vec()].concat(), Ending::Close)
        }),
        Fault::bytes("gzip that is not", Class::Unknown(UnexpectedAnswer), |good, _| {
            (answer(200, &[("content-encoding", "gzip")], &good.body), Ending::KeepAlive)
        }),
        Fault::bytes("gzip cut off", Class::Unknown(UnexpectedAnswer), |good, _| {
            let zipped = gzip(&good.body);
            (answer(200, &[("content-encoding", "gzip")], &zipped[..zipped.len() / 2]), Ending::KeepAlive)
        }),
        Fault::bytes("gzip as it should be", Class::Harmless, |good, _| {
            (answer(200, &[("content-encoding", "gzip")], &gzip(&good.body)), Ending::KeepAlive)
        }),
        Fault::bytes("gzip bomb", Class::Unreadable, |_, _| {
            (answer(200, &[("content-encoding", "gzip")], &gzip(&vec![b' '; 4 << 20])), Ending::KeepAlive)
        }),
        Fault::bytes("a header of a megabyte", Class::Unknown(UnexpectedAnswer), |_, _| {
            (head(200, &[("x-large", &"a".repeat(1 << 20))]), Ending::Close)
        }),
        Fault::bytes("not HTTP", Class::Unknown(UnexpectedAnswer), |_, _| {
            (b"220 mail.example ESMTP\r\n\r\n".to_vec(), Ending::Close)
        }),
    ]
}

fn pages() -> Vec<Fault> {
    use ErrorKind::{Server, UnexpectedAnswer};
    const HTML: &[(&str, &str)] = &[("content-type", "text/html")];
    const PAGE: &str = "<!DOCTYPE html><html><body>Please log in to the proxy</body></html>";
    let again = Class::Unknown(UnexpectedAnswer);
    vec![
        Fault::plain("HTML with 200", again, 200, HTML, PAGE),
        Fault::plain("HTML with 404", Class::Answered(UnexpectedAnswer), 404, HTML, PAGE).refused(),
        Fault::plain("HTML with 502", Class::Unknown(Server), 502, HTML, PAGE),
        Fault::plain("HTML with 503", Class::Unknown(Server), 503, HTML, PAGE),
        Fault::plain("empty 200", again, 200, &[], ""),
        Fault::plain("empty 201", again, 201, &[], ""),
        Fault::bytes("204", again, |_, _| (head(204, &[]), Ending::KeepAlive)),
        Fault::plain("text with 200", again, 200, &[("content-type", "text/plain")], "upstream sent nothing"),
        Fault::bytes("the answer with 201", Class::Harmless, |good, _| {
            (answer(201, &[], &good.body), Ending::KeepAlive)
        }),
    ]
}

fn statuses() -> Vec<Fault> {
    use ErrorKind::{Conflict, NotFound, PermissionDenied, Server, Timeout, UnexpectedAnswer};
    let mut faults = vec![
        Fault::plain("401", Class::TokenRejected, 401, &[], r#"{"code":401,"message":"who are you"}"#)
            .refused(),
        Fault::plain("403", Class::Answered(PermissionDenied), 403, &[], r#"{"message":"no"}"#).refused(),
        Fault::plain("404", Class::Answered(NotFound), 404, &[], r#"{"code":987654,"message":"no"}"#)
            .refused(),
        Fault::plain("408", Class::Unknown(Timeout), 408, &[], ""),
        Fault::plain("409", Class::Answered(Conflict), 409, &[], "").refused(),
        Fault::plain("500", Class::Unknown(Server), 500, &[], r#"{"code":500,"message":"oops"}"#),
        Fault::plain("502", Class::Unknown(Server), 502, &[], ""),
        Fault::plain("503", Class::Unknown(Server), 503, &[], r#"{"statusCode":503,"message":"busy"}"#),
        Fault::plain("504", Class::Unknown(Server), 504, &[], "upstream timed out"),
    ];
    for status in [301, 302, 303, 307, 308] {
        faults.push(
            Fault::plain(
                format!("{status} to another host"),
                Class::Answered(UnexpectedAnswer),
                status,
                &[],
                "",
            )
            .refused(),
        );
    }
    faults
}

/// The address in every redirect, which the test of the matrix fills in.
pub(crate) fn redirecting_to(fault: &Fault, other: std::net::SocketAddr) -> Fault {
    let Some(status) = fault.name.strip_suffix(" to another host").and_then(|status| status.parse().ok())
    else {
        return fault.clone();
    };
    let play = Play::Answer(Arc::new(move |_, _| {
        (answer(status, &[("location", &format!("http://{other}/elsewhere"))], b""), Ending::KeepAlive)
    }));
    Fault { play, ..fault.clone() }
}

fn patience() -> Vec<Fault> {
    use ErrorKind::{Server, Throttled};
    let asked = |kind, asked| Class::Throttled { kind, asked, fits: true };
    let two = Duration::from_secs(2);
    let after = |status: u16, value: &'static str| {
        move |_: &Good, _: &Pool| (answer(status, &[("retry-after", value)], b""), Ending::KeepAlive)
    };
    let date = |status: u16, seconds: i64| {
        move |_: &Good, pool: &Pool| {
            // A date has whole seconds. Cut off, it would be up to a second earlier than it says, and with
            // the time that the answer is under way shorter than what the client must wait: rounded up, it
            // never is.
            let now = pool.clock().wall();
            let up = time::Duration::nanoseconds(1_000_000_000 - i64::from(now.nanosecond()));
            let at = now + up + time::Duration::seconds(seconds);
            let date = at.format(&Rfc2822).unwrap().replace("+0000", "GMT");
            (answer(status, &[("retry-after", &date)], b""), Ending::KeepAlive)
        }
    };
    let never = Class::Throttled { kind: Throttled, asked: Some(Duration::from_secs(3_600)), fits: false };
    let code = |code: &str| {
        let body =
            format!(r#"{{"errors":[{{"message":{{"code":{code},"message":"slowly"}}}}],"data":null}}"#);
        move |_: &Good, _: &Pool| (answer(200, &[], body.as_bytes()), Ending::KeepAlive)
    };
    let rest = |code: &str| {
        let body = format!(r#"{{"code":{code},"message":"slowly"}}"#);
        move |_: &Good, _: &Pool| (answer(200, &[], body.as_bytes()), Ending::KeepAlive)
    };
    let none = asked(Throttled, None);
    let faults = vec![
        Fault::bytes("429, Retry-After: 2", asked(Throttled, Some(two)), after(429, "2")),
        Fault::bytes("429, Retry-After: 0", asked(Throttled, Some(Duration::ZERO)), after(429, "0")),
        // A date has whole seconds: the two may be little more than one.
        Fault::bytes("429, Retry-After: date", asked(Throttled, Some(two / 2)), date(429, 2)),
        Fault::bytes("429, Retry-After: past date", asked(Throttled, Some(Duration::ZERO)), date(429, -60)),
        Fault::bytes("429, Retry-After: soon", none, after(429, "soon")),
        Fault::bytes("429, Retry-After: -1", none, after(429, "-1")),
        Fault::bytes("429, Retry-After: 1e3", none, after(429, "1e3")),
        Fault::bytes("429, Retry-After: huge", none, after(429, "99999999999999999999999999")),
        Fault::bytes("429, Retry-After: empty", none, after(429, "")),
        Fault::plain("429, no Retry-After", none, 429, &[], r#"{"code":429,"message":"slowly"}"#),
        Fault::plain("429, HTML", none, 429, &[("content-type", "text/html")], "<html></html>"),
        Fault::bytes("429, Retry-After past the deadline", never, after(429, "3600")),
        Fault::bytes("429, date past the deadline", never, date(429, 3_601)),
        Fault::bytes("503, Retry-After: 2", asked(Server, Some(two)), after(503, "2")),
        Fault::bytes("503, Retry-After: date", asked(Server, Some(two / 2)), date(503, 2)),
        Fault::bytes("503, Retry-After: soon", Class::Unknown(Server), after(503, "soon")),
        Fault::bytes("GraphQL code 1000", none, code("1000")).only(Wire::GraphQl),
        Fault::bytes("GraphQL code 2100 as text", none, code("\"2100\"")).only(Wire::GraphQl),
        Fault::bytes("REST code 1000", none, rest("1000")).only(Wire::Rest),
        Fault::bytes("REST code 2100 as text", none, rest("\"2100\"")).only(Wire::Rest),
    ];
    // Only what nobody knows about may have been carried out.
    let is_known = |fault: &Fault| !matches!(fault.class, Class::Unknown(_));
    faults.into_iter().map(|fault| if is_known(&fault) { fault.refused() } else { fault }).collect()
}

fn refusals() -> Vec<Fault> {
    use ErrorKind::{Conflict, InvalidInput, NotFound, Refused};
    let graphql = |name: &str, kind, body: &'static str| {
        Fault::plain(name, Class::Answered(kind), 200, &[], body).only(Wire::GraphQl).refused()
    };
    let rest = |name: &str, kind, body: &'static str| {
        Fault::plain(name, Class::Answered(kind), 200, &[], body).only(Wire::Rest).refused()
    };
    vec![
        graphql(
            "GraphQL error as object",
            Conflict,
            r#"{"errors":[{"message":{"code":2026,"message":"exists"}}],"data":null}"#,
        ),
        graphql("GraphQL error as text", Refused, r#"{"errors":[{"message":"cannot do that"}],"data":null}"#),
        graphql(
            "GraphQL error as text, of validation",
            InvalidInput,
            r#"{"errors":[{"message":"no such field","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}"#,
        ),
        graphql("GraphQL errors as one text", Refused, r#"{"errors":"cannot do that"}"#),
        Fault::plain(
            "GraphQL token rejected",
            Class::TokenRejected,
            200,
            &[],
            r#"{"errors":[{"message":{"code":2020,"message":"log in"}}],"data":null}"#,
        )
        .only(Wire::GraphQl)
        .refused(),
        // Part of the answer is there, so the operation was begun.
        Fault::bytes("GraphQL error with partial data", Class::Partial(Refused), |good, _| {
            let errors = r#"{"errors":[{"message":"a field failed"}],"#;
            (answer(200, &[], &[errors.as_bytes(), &good.body[1..]].concat()), Ending::KeepAlive)
        })
        .only(Wire::GraphQl),
        rest("REST code as number", NotFound, r#"{"code":2210,"message":"no"}"#),
        rest("REST code as text", NotFound, r#"{"code":"2210","message":"no","data":null}"#),
        rest(
            "REST apiCode as number",
            NotFound,
            r#"{"statusCode":499,"apiCode":2210,"message":"no","data":null}"#,
        ),
        rest(
            "REST apiCode as text",
            NotFound,
            r#"{"uniqueId":"1","statusCode":499,"apiCode":"2210","message":"no"}"#,
        ),
        Fault::plain(
            "REST token rejected",
            Class::TokenRejected,
            200,
            &[],
            r#"{"code":2020,"message":"log in"}"#,
        )
        .only(Wire::Rest)
        .refused(),
    ]
}

fn documents() -> Vec<Fault> {
    let changed = |name: &str, class, change: fn(&str) -> String| {
        Fault::bytes(name, class, move |good, _| {
            let body = String::from_utf8(good.body.clone()).unwrap();
            (answer(200, &[], change(&body).as_bytes()), Ending::KeepAlive)
        })
    };
    vec![
        changed("duplicate data", Class::Harmless, |body| {
            let inner = &body[1..body.len() - 1];
            format!("{{{inner},{inner}}}")
        }),
        changed("duplicate field", Class::Harmless, |body| {
            into_the_model(body, r#""id":"0","nickname":"x""#)
        })
        .spares_the_token(),
        changed("BOM", Class::Harmless, |body| format!("\u{feff}{body}")),
        changed("deep in the envelope", Class::Harmless, |body| {
            format!(r#"{{"deep":{},{}"#, deep(), &body[1..])
        }),
        changed("deep in the model", Class::Harmless, |body| {
            into_the_model(body, &format!(r#""deep":{}"#, deep()))
        })
        .spares_the_token(),
        changed("deep, and nothing else", Class::Unreadable, |_| deep()),
        changed("large integers", Class::Harmless, |body| {
            into_the_model(
                body,
                r#""huge":123456789012345678901234567890,"loginsCount":99999999999999999999"#,
            )
        })
        .spares_the_token(),
        changed("a number beyond floating point", Class::Harmless, |body| {
            into_the_model(body, r#""huge":1e999"#)
        })
        .spares_the_token(),
        changed("another document", Class::Unreadable, |_| r#"{"data":{"weather":"fine"}}"#.to_owned()),
        changed("a list", Class::Unreadable, |_| "[]".to_owned()),
        changed("null", Class::Unreadable, |_| "null".to_owned()),
        changed("cut off in the middle", Class::Unknown(ErrorKind::UnexpectedAnswer), |body| {
            body[..body.len() / 2].to_owned()
        }),
        changed("text after the end", Class::Unknown(ErrorKind::UnexpectedAnswer), |body| format!("{body}x")),
    ]
}

fn into_the_model(body: &str, fields: &str) -> String {
    let place = body.find(r#""id":"#).unwrap();
    format!("{}{fields},{}", &body[..place], &body[place..])
}

fn deep() -> String {
    format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

/// A chunk of 4 KiB.
const FLOOD: &[u8] = &{
    let mut chunk = [b' '; 4096 + 8];
    let (size, end) = (*b"1000\r\n", *b"\r\n");
    let mut at = 0;
    while at < size.len() {
        chunk[at] = size[at];
        at += 1;
    }
    chunk[4096 + 6] = end[0];
    chunk[4096 + 7] = end[1];
    chunk
};
