//! Listening until told to stop: on this machine only, until there are accounts.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, Server};

use crate::door::Door;
use crate::router::router;
use crate::service::Service;
use crate::tls::{self, CertificateError};

/// How long requests under way may take once we were told to stop.
const GRACE: Duration = Duration::from_secs(3);

/// How long the head of a request may take to come, and how long a connection may wait for its next one.
const HEAD_TIME: Duration = Duration::from_secs(15);

/// Bytes of the head of a request at most: several times what browsers send.
const LONGEST_HEAD: usize = 64 << 10;

/// Why the pages are not served.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Not a loopback address, and no accounts.
    #[error(
        "refusing to listen on {0}: there are no accounts yet, so everybody on the network could read personal data; \
         listen on 127.0.0.1 or [::1], and reach it from elsewhere through `ssh -L {port}:127.0.0.1:{port} HOST`",
        port = .0.port()
    )]
    NotLoopback(SocketAddr),
    /// Not a loopback address, and no name for it.
    #[error(
        "refusing to listen on {0} without a name: write in switchboard.toml, below `[server]`, how people reach it, \
         such as `address = \"https://desk.example.org\"`"
    )]
    NoName(SocketAddr),
    /// Not a loopback address, and passwords would travel in the clear.
    #[error(
        "refusing to listen on {0} without TLS: give a certificate (`--tls-certificate FILE --tls-key FILE`), or list the \
         proxy that speaks TLS in `[server] behind_proxy` of switchboard.toml"
    )]
    NoTls(SocketAddr),
    /// The certificate cannot be used.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// Whether there are accounts cannot be read.
    #[error(transparent)]
    Desk(#[from] desk::DeskError),
    /// Somebody else listens there.
    #[error(
        "{0} is already in use, perhaps by another `switchboard serve`; stop that one, or choose another port \
         such as `--listen {next}`",
        next = SocketAddr::new(.0.ip(), .0.port().checked_add(1).unwrap_or(7474))
    )]
    InUse(SocketAddr),
    /// The system said no.
    #[error("cannot listen on {address}: {error}; choose another address with `--listen`")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        error: io::Error,
    },
    /// An assistant did not speak the protocol.
    #[error(
        "the assistant could not be understood: {0}; `switchboard mcp` is for programs that speak the Model Context Protocol"
    )]
    Assistant(String),
    /// The listener broke.
    #[error("the web server stopped: {0}; start it again")]
    Stopped(io::Error),
}

/// Serves pages, API and tools of assistants on `listen` (port 0 takes any free one) until ctrl-c or SIGTERM, then lets requests
/// under way finish for at most three seconds. `ready` is called once with the address that it listens on. Speaks TLS
/// where the service's gate has a certificate.
///
/// # Errors
///
/// [`WebError::NotLoopback`] for any address but this machine's own while there are no accounts, [`WebError::NoName`] and
/// [`WebError::NoTls`] for one that is not ready for others, [`WebError::InUse`] and [`WebError::Listen`] when the address
/// is not to be had.
pub async fn serve(listen: SocketAddr, service: Service, ready: impl FnOnce(SocketAddr)) -> Result<(), WebError> {
    serve_until(listen, service, ready, told_to_stop()).await
}

pub(crate) async fn serve_until(
    listen: SocketAddr,
    service: Service,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), WebError> {
    may_listen(listen, &service)?;
    let certificate = service.gate.certificate.clone();
    let config = certificate.as_ref().map(tls::config).transpose()?;
    let listener = TcpListener::bind(listen).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => WebError::InUse(listen),
        _ => WebError::Listen { address: listen, error },
    })?;
    let address = listener.local_addr().map_err(WebError::Stopped)?;
    let (door, handle) = (Door::new(service.gate.clone()), Handle::new());
    let pages = router(service, address.port()).into_make_service_with_connect_info::<SocketAddr>();
    ready(address);
    let stopping = handle.clone();
    let stopper = tokio::spawn(async move {
        stop.await;
        stopping.graceful_shutdown(Some(GRACE));
    });
    let server = axum_server::from_tcp(listener).map_err(WebError::Stopped)?;
    let ended = match certificate.zip(config) {
        Some((files, config)) => {
            let config = RustlsConfig::from_config(config);
            let renewing = tokio::spawn(tls::renew(files, config.clone()));
            let server = server.acceptor(RustlsAcceptor::new(config).acceptor(door));
            let ended = within_bounds(server, handle).serve(pages).await;
            renewing.abort();
            ended
        }
        None => within_bounds(server.acceptor(door), handle).serve(pages).await,
    };
    stopper.abort();
    ended.map_err(WebError::Stopped)
}

/// Bounds what clients may do before a handler sees them.
fn within_bounds<A>(server: Server<SocketAddr, A>, handle: Handle<SocketAddr>) -> Server<SocketAddr, A> {
    let mut server = server.http1_only().handle(handle).first_request_timeout(HEAD_TIME);
    server.http_builder().http1().header_read_timeout(HEAD_TIME).max_buf_size(LONGEST_HEAD);
    server
}

/// Whether this service may be had from there.
fn may_listen(listen: SocketAddr, service: &Service) -> Result<(), WebError> {
    let gate = &service.gate;
    if listen.ip().to_canonical().is_loopback() {
        return Ok(());
    }
    if !has_accounts(service)? {
        return Err(WebError::NotLoopback(listen));
    }
    if gate.address.is_none() {
        return Err(WebError::NoName(listen));
    }
    if gate.certificate.is_none() && gate.proxies.is_empty() {
        return Err(WebError::NoTls(listen));
    }
    Ok(())
}

/// Whether anybody can sign in.
fn has_accounts(service: &Service) -> Result<bool, WebError> {
    let Some(path) = service.desk.as_deref().filter(|path| path.exists()) else { return Ok(false) };
    let _desk = desk::Desk::open_read_only(path)?;
    Ok(false)
}

/// Ends at ctrl-c or, where there is such a thing, at SIGTERM.
async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => (),
        () = terminated => (),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc};
    use std::time::Instant;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::oneshot;

    use super::*;
    use crate::tests::made_up::empty;

    async fn refusal(listen: &str) -> String {
        let served = serve(listen.parse().unwrap(), Service::reading(Arc::new(empty())), |_| panic!("it listens"));
        served.await.unwrap_err().to_string()
    }

    #[tokio::test]
    async fn only_loopback_is_listened_on() {
        for listen in ["0.0.0.0:7474", "192.168.1.7:7474", "[::]:7474", "[2001:db8::1]:80", "[::ffff:10.0.0.1]:80"] {
            let refusal = refusal(listen).await;
            assert!(refusal.contains("everybody on the network could read personal data"), "{refusal}");
            assert!(refusal.contains(listen), "{refusal}");
        }
    }

    #[tokio::test]
    async fn a_port_in_use_is_named() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let refusal = refusal(&address).await;
        assert!(refusal.starts_with(&format!("{address} is already in use")), "{refusal}");
        assert!(refusal.contains("`--listen 127.0.0.1:"), "{refusal}");
    }

    #[tokio::test]
    async fn it_serves_until_told_to_stop() {
        let (tell, told) = oneshot::channel::<()>();
        let (ready, is_ready) = mpsc::channel();
        let stop = async { told.await.unwrap_or_default() };
        let listen = "127.0.0.1:0".parse().unwrap();
        let served = tokio::spawn(async move {
            serve_until(
                listen,
                Service::reading(Arc::new(empty())),
                |address| ready.send(address).unwrap_or_default(),
                stop,
            )
            .await
        });
        let address = tokio::task::spawn_blocking(move || is_ready.recv()).await.unwrap().unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut reply = vec![0; 4096];
        let length = stream.read(&mut reply).await.unwrap();
        let reply = String::from_utf8_lossy(&reply[..length]);
        assert!(reply.starts_with("HTTP/1.1 200 OK\r\n") && reply.ends_with("ok\n"), "{reply}");
        // A connection kept alive, and one on which half a request was sent, do not hold it up for long.
        let mut half = TcpStream::connect(address).await.unwrap();
        half.write_all(b"GET / HTTP/1.1\r\nHo").await.unwrap();
        let start = Instant::now();
        tell.send(()).unwrap();
        served.await.unwrap().unwrap();
        assert!(start.elapsed() < GRACE * 3, "{:?}", start.elapsed());
    }
}
