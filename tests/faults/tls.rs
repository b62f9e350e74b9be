//! TLS: certificates that must not be trusted, and handshakes that do not come about.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use authing::ErrorKind;
use authing::transport::UreqTransport;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use time::{Duration, OffsetDateTime};

use super::fault::{Aim, Connections, Ending, Fault, Play};
use super::matrix::{self, Cell, Op};
use super::promise::{Class, Lasting};
use super::support::answer;

pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // OpenSSL goes by the names of issuers: a certificate whose issuer has its own name counts as
        // self-signed.
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("authority {}", COUNT.fetch_add(1, Ordering::Relaxed));
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A server with a certificate for that name, good from a year ago until so many days from now.
    pub(crate) fn server(&self, name: &str, days_left: i64) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = OffsetDateTime::now_utc() - Duration::days(365);
        params.not_after = OffsetDateTime::now_utc() + Duration::days(days_left);
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key);
        Arc::new(config.unwrap())
    }

    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// A transport that trusts this authority and no other, by rustls whatever the features.
    pub(crate) fn transport(&self) -> UreqTransport {
        let builder = UreqTransport::builder().no_proxy().bundled_roots();
        builder.root_certificates_only(self.0.pem()).unwrap().build()
    }
}

#[test]
fn a_certificate_that_is_not_good_ends_the_handshake_before_anything_is_sent() {
    let _alone = super::alone();
    let ours = Authority::new();
    let good = ours.server("127.0.0.1", 365);
    let certificates = [
        ("a good certificate", ours.server("127.0.0.1", 365), Class::Harmless),
        ("an unknown authority", Authority::new().server("127.0.0.1", 365), Class::NotDelivered),
        ("an expired certificate", ours.server("127.0.0.1", -1), Class::NotDelivered),
        ("a certificate of another name", ours.server("elsewhere.example", 365), Class::NotDelivered),
    ];
    let fault = |name: &str, play, class, stalls| Fault {
        name: name.to_owned(),
        play,
        class,
        carried_out: false,
        only: None,
        connections: Connections::Fresh,
        stalls,
        spares_the_token: false,
    };
    let mut cells = Vec::new();
    let mut add = |fault: &Fault, config: &Arc<ServerConfig>, lasting: &[Lasting]| {
        for op in Op::ALL {
            for lasting in lasting {
                let tls = Some((Arc::clone(&good), Arc::clone(config)));
                cells.push(Cell { tls, ..Cell::plain(fault, op, Aim::Operation, *lasting, true) });
            }
        }
    };
    for (name, config, class) in certificates {
        add(&fault(name, Play::Certificate, class, false), &config, &[Lasting::Always, Lasting::Once]);
    }
    let [reset, closed, silence] = [Ending::Reset, Ending::Close, Ending::Silence].map(Play::Handshake);
    let lasting = [Lasting::Always, Lasting::Once];
    add(&fault("reset in the handshake", reset, Class::NotDelivered, false), &good, &lasting);
    add(&fault("closed in the handshake", closed, Class::NotDelivered, false), &good, &lasting);
    // A handshake that takes too long is a timeout, and nothing was sent all the same.
    let lasting = [Lasting::Always, Lasting::Once, Lasting::PastTheDeadline];
    let class = Class::NotDeliveredFor(ErrorKind::Timeout);
    add(&fault("silence in the handshake", silence, class, true), &good, &lasting);
    matrix::run("Faults of TLS", cells, || ours.transport());
}

#[test]
fn an_unencrypted_answer_to_a_handshake_is_an_error_and_nothing_is_sent() {
    use std::io::{Read, Write};

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let serving = std::thread::spawn(move || {
        let mut heard = Vec::new();
        for _ in 0..3 {
            let (mut stream, _) = listener.accept().unwrap();
            let mut hello = [0; 4096];
            let read = stream.read(&mut hello).unwrap();
            heard.extend_from_slice(&hello[..read]);
            stream.write_all(&answer(400, &[], b"this is plain HTTP")).unwrap();
        }
        heard
    });
    let pool = authing::emulator::Pool::new();
    let client = authing::Client::builder()
        .user_pool_id(pool.id())
        .secret("planted-secret")
        .host(format!("https://{addr}"))
        .transport(UreqTransport::builder().no_proxy().build())
        .clock(pool.clock().clone());
    let error = client.build().unwrap().users().create().username("alice").send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
    assert!(!error.may_have_happened() && error.is_retryable());
    let heard = String::from_utf8_lossy(&serving.join().unwrap()).into_owned();
    assert!(!heard.contains("planted-secret") && !heard.contains(pool.id()));
}
