//! The certificate that TLS is spoken with, read again when its files change.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::gate::Certificate;

/// How often the files are looked at. Certificates are renewed days before they run out.
const EVERY: Duration = Duration::from_secs(60);

/// Why there is no TLS. What a key file holds is in none of them.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read.
    #[error("cannot read {}: {error}; give `certificate` and `key` as PEM files that this program may read", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// A file holds something else.
    #[error("{} holds no {what} in PEM; `{begin}` should stand in it", path.display())]
    Holds {
        /// The file.
        path: PathBuf,
        /// What it should hold.
        what: &'static str,
        /// How that begins.
        begin: &'static str,
    },
    /// They do not fit together, or are of a kind not known.
    #[error("the certificate {} and its key cannot be used: {error}; make sure that they belong together", path.display())]
    Unusable {
        /// The certificate's file.
        path: PathBuf,
        /// What is wrong.
        error: rustls::Error,
    },
}

/// Reads certificate and key.
pub(crate) fn config(files: &Certificate) -> Result<Arc<ServerConfig>, CertificateError> {
    let no_chain = || CertificateError::Holds {
        path: files.chain.clone(),
        what: "certificate",
        begin: "-----BEGIN CERTIFICATE-----",
    };
    let bytes = read(&files.chain)?;
    let chain =
        CertificateDer::pem_slice_iter(&bytes).collect::<Result<Vec<_>, pem::Error>>().map_err(|_| no_chain())?;
    if chain.is_empty() {
        return Err(no_chain());
    }
    let key = PrivateKeyDer::from_pem_slice(&read(&files.key)?).map_err(|_| CertificateError::Holds {
        path: files.key.clone(),
        what: "private key",
        begin: "-----BEGIN PRIVATE KEY-----",
    })?;
    let unusable = |error| CertificateError::Unusable { path: files.chain.clone(), error };
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(unusable)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn read(path: &Path) -> Result<Vec<u8>, CertificateError> {
    std::fs::read(path).map_err(|error| CertificateError::Read { path: path.to_owned(), error })
}

/// Puts renewed files in place of older ones, for ever: looks once a minute, and at once on SIGHUP. Files that cannot be
/// used leave the ones at hand in use.
pub(crate) async fn renew(files: Certificate, used: RustlsConfig) {
    let mut seen = stamp(&files);
    let mut told = hang_ups();
    loop {
        let was_told = tokio::select! {
            () = tokio::time::sleep(EVERY) => false,
            () = told.next() => true,
        };
        let now = stamp(&files);
        if now == seen && !was_told {
            continue;
        }
        seen = now;
        match config(&files) {
            Ok(config) => {
                used.reload_from_config(config);
                tracing::info!("the certificate was read again");
            }
            Err(error) => tracing::error!("the certificate stays the one at hand: {error}"),
        }
    }
}

/// What tells files from the ones before.
fn stamp(files: &Certificate) -> [Option<SystemTime>; 2] {
    [&files.chain, &files.key].map(|path| std::fs::metadata(path).and_then(|data| data.modified()).ok())
}

/// SIGHUPs, where there is such a thing.
struct HangUps(#[cfg(unix)] Option<tokio::signal::unix::Signal>);

fn hang_ups() -> HangUps {
    #[cfg(unix)]
    return HangUps(tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok());
    #[cfg(not(unix))]
    HangUps()
}

impl HangUps {
    async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = self.0.as_mut()
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }
}
