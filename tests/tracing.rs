//! What the feature `tracing` tells. In a process of its own: whether a place in the code is listened to is
//! remembered for all threads.
#![cfg(feature = "tracing")]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use authing::transport::{Method, Request, Response};
use authing::{Client, Retry};

const TOKEN: &str = r#"{"data":{"accessToken":{"accessToken":"planted","iat":1,"exp":1296001}}}"#;

/// Everything that is told, line by line.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0.lock().unwrap(), " {field}={value:?}").unwrap();
    }
}

impl Log {
    fn line(&self, begin: &str, record: impl FnOnce(&mut Self)) {
        self.0.lock().unwrap().push_str(begin);
        record(&mut self.clone());
        self.0.lock().unwrap().push('\n');
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "authing"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line("span", |log| span.record(log));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.line("  ", |log| values.record(log));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.line("event", |log| event.record(log));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {
        self.line("end", |_| {});
    }
}

#[test]
fn a_call_is_a_span_an_attempt_is_an_event_and_nothing_secret_is_told() {
    let log = Log::default();
    let refused = AtomicBool::new(false);
    let transport = move |request: &Request| {
        Ok(Response::new(
            200,
            match request.operation() {
                "accessToken" => TOKEN,
                _ if refused.swap(true, SeqCst) => r#"{"code":200,"data":1}"#,
                _ => r#"{"code":2004,"message":"planted@example.com"}"#,
            },
        ))
    };
    let client = Client::builder().user_pool_id("POOL").secret("planted").transport(transport);
    let client = client.retry(Retry::none()).build().unwrap();
    let read = || client.rest(Method::Get, "/planted").send::<i64>();
    tracing::subscriber::with_default(log.clone(), || {
        read().unwrap_err();
        read().unwrap();
    });
    // What a call in a hurry has done on another thread belongs to it all the same.
    let hurried = Log::default();
    let transport = |request: &Request| {
        let is_token = request.operation() == "accessToken";
        Ok(Response::new(200, if is_token { TOKEN } else { r#"{"code":200,"data":1}"# }))
    };
    let client =
        Client::builder().user_pool_id("POOL").secret("planted").transport(transport).build().unwrap();
    tracing::subscriber::with_default(hurried.clone(), || {
        let call = client.rest(Method::Get, "/planted").with_deadline(Duration::from_secs(20));
        call.send::<i64>().unwrap();
    });
    let hurried = hurried.0.lock().unwrap();
    assert!(hurried.contains(r#"span operation="accessToken" effect=Read"#), "{hurried}");
    assert_eq!((hurried.matches("span").count(), hurried.matches("event").count()), (2, 2), "{hurried}");

    let log = log.0.lock().unwrap();
    assert!(!log.contains("planted") && !log.contains("Bearer"), "{log}");
    let count = |text: &str| log.matches(text).count();
    assert_eq!((count("span"), count("end\n"), count("event")), (3, 3, 3), "{log}");
    assert!(log.contains(r#"span operation="rest" effect=Read"#), "{log}");
    assert!(log.contains(r#"span operation="accessToken" effect=Read"#), "{log}");
    assert!(log.contains("outcome=NotFound") && log.contains("code=2004"), "{log}");
    assert!(log.contains("number=1 status=200"), "{log}");
    assert!(log.contains(r#"outcome="ok""#) && log.contains("duration_ms="), "{log}");
}
