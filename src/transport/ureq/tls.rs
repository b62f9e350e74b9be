//! The certificates that are trusted, and the TLS library that verifies them.
//!
//! By default the transport trusts, in this order:
//!
//! 1. the contents of `SSL_CERT_FILE` and `SSL_CERT_DIR`, if one of them is set; they replace all other
//!    roots, as with OpenSSL and curl;
//! 2. the certificates of the operating system, with the feature `native-tls` or `platform-verifier`;
//! 3. Mozilla's roots, which are compiled in.
//!
//! Certificates that are added are trusted in addition. ureq cannot pass additional roots to a certificate
//! verifier, so the operating system's roots are then read into a list with `rustls-native-certs`.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use ::ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, TlsProvider, parse_pem};

/// The certificates of a TLS configuration.
type Certificates = Vec<Certificate<'static>>;

#[derive(Default)]
pub(super) struct Tls {
    pub(super) base: Base,
    /// The library, if it was chosen explicitly.
    pub(super) provider: Option<TlsProvider>,
    pub(super) added: Certificates,
    /// The bundled roots, as certificates to which others can be added. A function that is set only where
    /// certificates are added, so that other programs do not contain this second copy of the roots.
    pub(super) bundled: Option<fn() -> Certificates>,
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR`, when the transport was built.
    pub(super) file: Option<OsString>,
    pub(super) directories: Option<OsString>,
}

#[derive(Default)]
pub(super) enum Base {
    #[default]
    Default,
    Only(Certificates),
    Bundled,
    #[cfg(feature = "platform-verifier")]
    PlatformVerifier,
    #[cfg(feature = "native-tls")]
    NativeTls,
}

impl Base {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Default => "Default",
            Self::Only(_) => "Only",
            Self::Bundled => "Bundled",
            #[cfg(feature = "platform-verifier")]
            Self::PlatformVerifier => "PlatformVerifier",
            #[cfg(feature = "native-tls")]
            Self::NativeTls => "NativeTls",
        }
    }
}

impl Tls {
    /// Reads the two variables, unless the roots were chosen explicitly.
    pub(super) fn read_environment(&mut self) {
        let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        self.file = variable("SSL_CERT_FILE");
        self.directories = variable("SSL_CERT_DIR");
    }

    /// Returns the TLS configuration of a request; `roots` are used for nothing else.
    pub(super) fn config(&self, roots: Option<&RootCerts>) -> TlsConfig {
        let config = TlsConfig::builder().provider(self.provider());
        match roots {
            Some(roots) => config.root_certs(roots.clone()).build(),
            None => config.build(),
        }
    }

    fn provider(&self) -> TlsProvider {
        let default = if cfg!(feature = "native-tls") { TlsProvider::NativeTls } else { TlsProvider::Rustls };
        self.provider.unwrap_or(default)
    }

    /// Returns the trusted roots. The error describes what is wrong.
    pub(super) fn roots(&self) -> Result<RootCerts, String> {
        let system = cfg!(any(feature = "platform-verifier", feature = "native-tls"));
        let (is_system, mut certificates) = match &self.base {
            Base::Only(only) => (false, Some(only.clone())),
            Base::Default => (system, self.of_the_environment()?),
            Base::Bundled => (false, None),
            #[cfg(feature = "platform-verifier")]
            Base::PlatformVerifier => (true, None),
            #[cfg(feature = "native-tls")]
            Base::NativeTls => (true, None),
        };
        if !self.added.is_empty() {
            let mut base = match certificates {
                Some(certificates) => certificates,
                None if is_system => of_the_system()?,
                None => self.bundled.map(|bundled| bundled()).unwrap_or_default(),
            };
            base.extend_from_slice(&self.added);
            certificates = Some(base);
        }
        Ok(match certificates {
            Some(certificates) => RootCerts::Specific(Arc::new(certificates)),
            None if is_system => RootCerts::PlatformVerifier,
            None => RootCerts::WebPki,
        })
    }

    fn of_the_environment(&self) -> Result<Option<Certificates>, String> {
        if self.file.is_none() && self.directories.is_none() {
            return Ok(None);
        }
        let mut certificates = Certificates::new();
        if let Some(file) = &self.file {
            let cannot = |reason: &str| {
                format!("environment variable SSL_CERT_FILE: {} {reason}", Path::new(file).display())
            };
            let pem = fs::read(file).map_err(|error| cannot(&format!("cannot be read: {error}")))?;
            certificates = parse(&pem).map_err(|reason| cannot(&reason))?;
        }
        if let Some(directories) = &self.directories {
            for directory in std::env::split_paths(directories) {
                let read = read_directory(&directory, &mut certificates);
                // A missing directory among several does no harm, as with OpenSSL.
                if let Err(error) = read.or_else(|error| match error.kind() {
                    io::ErrorKind::NotFound if !certificates.is_empty() => Ok(()),
                    _ => Err(error),
                }) {
                    let directory = directory.display();
                    return Err(format!(
                        "environment variable SSL_CERT_DIR: {directory} cannot be read: {error}"
                    ));
                }
            }
            if certificates.is_empty() {
                return Err("environment variable SSL_CERT_DIR: there is no certificate".to_owned());
            }
        }
        // The file is often generated from the directory.
        let mut once = Certificates::new();
        for certificate in certificates {
            if !once.iter().any(|known| known.der() == certificate.der()) {
                once.push(certificate);
            }
        }
        Ok(Some(once))
    }
}

/// Parses certificates in PEM, each of which must be valid. The error describes what is wrong.
pub(super) fn parse(pem: &[u8]) -> Result<Certificates, String> {
    let mut certificates = Certificates::new();
    for item in parse_pem(pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(error) => return Err(format!("is not valid PEM: {error}")),
        }
    }
    if certificates.is_empty() {
        return Err("contains no certificate in PEM".to_owned());
    }
    // A bundle of many may contain one that is too old for this; a verifier skips it.
    if certificates.iter().any(is_certificate) {
        Ok(certificates)
    } else {
        Err("contains no valid certificate".to_owned())
    }
}

fn is_certificate(certificate: &Certificate<'static>) -> bool {
    let der = rustls::pki_types::CertificateDer::from_slice(certificate.der());
    rustls::RootCertStore::empty().add(der).is_ok()
}

/// The files of a directory that OpenSSL would read: `<hash>.<number>`, as created by `openssl rehash`.
fn read_directory(directory: &Path, certificates: &mut Certificates) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let is_hash =
            entry.file_name().to_str().and_then(|name| name.split_once('.')).is_some_and(|(hash, number)| {
                let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
                hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) && is_number
            });
        if is_hash {
            // A dangling link is common, and not a reason to trust nothing.
            if let Ok(found) = fs::read(entry.path()).map_err(drop).and_then(|pem| parse(&pem).map_err(drop))
            {
                certificates.extend(found);
            }
        }
    }
    Ok(())
}

/// Mozilla's roots, complete.
pub(super) fn bundled() -> Certificates {
    webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|root| Certificate::from_der(root)).collect()
}

#[cfg(any(feature = "platform-verifier", feature = "native-tls"))]
fn of_the_system() -> Result<Certificates, String> {
    let result = rustls_native_certs::load_native_certs();
    match result.errors.first() {
        Some(error) if result.certs.is_empty() => {
            Err(format!("the certificates of the system cannot be read: {error}"))
        }
        _ => Ok(result.certs.iter().map(|root| Certificate::from_der(root).to_owned()).collect()),
    }
}

#[cfg(not(any(feature = "platform-verifier", feature = "native-tls")))]
fn of_the_system() -> Result<Certificates, String> {
    Ok(bundled())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn authority(name: &str) -> String {
        let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap().pem()
    }

    fn count(tls: &Tls) -> Option<usize> {
        match tls.roots().unwrap() {
            RootCerts::Specific(certificates) => Some(certificates.len()),
            _ => None,
        }
    }

    fn with(base: Base, added: &str) -> Tls {
        let added = parse(added.as_bytes()).unwrap();
        Tls { base, added, bundled: Some(bundled), ..Tls::default() }
    }

    fn directory(name: &str) -> PathBuf {
        let directory = std::env::temp_dir().join(format!("authing-roots-{name}-{}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        directory
    }

    #[test]
    fn what_is_added_is_trusted_beside_the_bundled_roots_and_what_is_given_alone_in_place_of_them() {
        let (one, other) = (authority("one"), authority("other"));
        assert_eq!(count(&with(Base::Bundled, &one)), Some(bundled().len() + 1));
        assert!(bundled().len() > 100);
        let only = Base::Only(parse(one.as_bytes()).unwrap());
        assert_eq!(count(&with(only, &other)), Some(2));
        assert!(matches!(Tls { base: Base::Bundled, ..Tls::default() }.roots(), Ok(RootCerts::WebPki)));
    }

    #[test]
    fn the_features_take_effect_by_themselves() {
        let system = cfg!(any(feature = "platform-verifier", feature = "native-tls"));
        let tls = Tls::default();
        match tls.roots().unwrap() {
            RootCerts::PlatformVerifier => assert!(system),
            RootCerts::WebPki => assert!(!system),
            _ => panic!("nothing was added"),
        }
        assert_eq!(tls.provider() == TlsProvider::NativeTls, cfg!(feature = "native-tls"));
        if !system {
            assert_eq!(count(&with(Base::Default, &authority("one"))), Some(bundled().len() + 1));
        }
    }

    #[test]
    fn the_variables_replace_the_roots_and_what_is_added_is_trusted_beside_theirs() {
        let directory = directory("variables");
        let (one, other, third) = (authority("one"), authority("other"), authority("third"));
        let file = directory.join("bundle.pem");
        fs::write(&file, [&*one, &*other].concat()).unwrap();
        // As created by `openssl rehash`, and others that are skipped.
        for (name, pem) in [("0123abcd.0", &one), ("0123abcd.1", &third), ("third.pem", &third)] {
            fs::write(directory.join(name), pem).unwrap();
        }
        let environment = |file: Option<&Path>, directories: Option<&Path>| Tls {
            file: file.map(|file| file.as_os_str().to_owned()),
            directories: directories.map(|directory| directory.as_os_str().to_owned()),
            ..with(Base::Default, &authority("added"))
        };
        assert_eq!(count(&environment(Some(&file), None)), Some(3));
        assert_eq!(count(&environment(None, Some(&directory))), Some(3));
        // The file is often generated from the directory: each certificate counts once.
        assert_eq!(count(&environment(Some(&file), Some(&directory))), Some(4));
        let missing = directory.join("missing");
        assert_eq!(count(&environment(Some(&file), Some(&missing))), Some(3));
        for (tls, variable) in [
            (environment(Some(&missing), None), "SSL_CERT_FILE"),
            (environment(Some(&directory), None), "SSL_CERT_FILE"),
            (environment(None, Some(&missing)), "SSL_CERT_DIR"),
        ] {
            let message = tls.roots().unwrap_err();
            assert!(message.starts_with(&format!("environment variable {variable}: ")), "{message}");
        }
        fs::write(&file, "no certificate").unwrap();
        let message = environment(Some(&file), None).roots().unwrap_err();
        assert!(message.ends_with("bundle.pem contains no certificate in PEM"), "{message}");
        fs::remove_dir_all(directory).unwrap();
    }
}
