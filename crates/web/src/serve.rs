//! Listening, on this machine only, until told to stop.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use crate::answers::Answers;
use crate::router::router;

/// How long requests under way may take once we were told to stop.
const GRACE: Duration = Duration::from_secs(3);

/// Why the pages are not served.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Not a loopback address.
    #[error(
        "refusing to listen on {0}: there are no accounts yet, so everybody on the network could read personal data; \
         listen on 127.0.0.1 or [::1], and reach it from elsewhere through `ssh -L {port}:127.0.0.1:{port} HOST`",
        port = .0.port()
    )]
    NotLoopback(SocketAddr),
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
    /// The listener broke.
    #[error("the web server stopped: {0}; start it again")]
    Stopped(io::Error),
}

/// Serves the pages on `listen` (port 0 takes any free one) until ctrl-c or SIGTERM, then lets requests
/// under way finish for at most three seconds. `ready` is called once with the address that it listens on.
///
/// # Errors
///
/// [`WebError::NotLoopback`] for any address but this machine's own, [`WebError::InUse`] and
/// [`WebError::Listen`] when the address is not to be had.
pub async fn serve(
    listen: SocketAddr,
    answers: Arc<dyn Answers>,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), WebError> {
    serve_until(listen, answers, ready, told_to_stop()).await
}

async fn serve_until(
    listen: SocketAddr,
    answers: Arc<dyn Answers>,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), WebError> {
    if !listen.ip().to_canonical().is_loopback() {
        return Err(WebError::NotLoopback(listen));
    }
    let listener = TcpListener::bind(listen).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => WebError::InUse(listen),
        _ => WebError::Listen { address: listen, error },
    })?;
    let address = listener.local_addr().map_err(WebError::Stopped)?;
    ready(address);
    let (stopping, mut stopped) = tokio::sync::watch::channel(false);
    let stop = async move {
        stop.await;
        // Nobody listening any more means that the server has ended by itself.
        let _ = stopping.send(true);
    };
    // Pages leave in few small writes: waiting to fill a packet would only make them late.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let server = axum::serve(listener, router(answers, address.port())).with_graceful_shutdown(stop);
    let out_of_time = async move {
        let _ = stopped.wait_for(|stop| *stop).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = server => ended.map_err(WebError::Stopped),
        () = out_of_time => Ok(()),
    }
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
