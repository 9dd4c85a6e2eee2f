//! Posting, with an end: a time in all, no redirects, nothing of the answer's body read.

use std::time::Duration;

use ureq::{Agent, Error, Timeout};

use crate::{Endpoint, Failure};

/// Of the time in all, for the name and for the connection: what takes longer was not sent.
const CONNECT: Duration = Duration::from_secs(4);
/// The longest that the other side may ask to be left alone.
const MOST_AFTER: u64 = 24 * 3600;

/// How posting ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Posted {
    /// The other side answered with this status, and maybe asked for a pause.
    Status(u16, Option<Duration>),
    /// Nothing was sent.
    Unsent(&'static str),
    /// It was sent, at least in part, and no answer came.
    Lost(&'static str),
}

/// Posts `body`, which is JSON.
pub(crate) fn post(endpoint: &Endpoint, headers: &[(&str, &str)], body: &str) -> Posted {
    let mut config = Agent::config_builder()
        .timeout_global(Some(endpoint.total))
        .timeout_resolve(Some(CONNECT))
        .timeout_connect(Some(CONNECT))
        .http_status_as_error(false)
        // What is signed or secret goes where it was meant to, or nowhere.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("switchboard/", env!("CARGO_PKG_VERSION")));
    if endpoint.is_loopback {
        config = config.proxy(None);
    }
    let agent: Agent = config.build().into();
    let mut request = agent.post(endpoint.address()).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    match request.send(body) {
        Ok(response) => {
            let seconds =
                response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.trim().parse().ok());
            let after = seconds.map(|seconds: u64| Duration::from_secs(seconds.min(MOST_AFTER)));
            Posted::Status(response.status().as_u16(), after)
        }
        Err(error) => failed(&error),
    }
}

/// Which errors come before anything is sent.
fn failed(error: &Error) -> Posted {
    match error {
        Error::HostNotFound => Posted::Unsent("the name of its host is not known"),
        Error::ConnectionFailed => Posted::Unsent("no connection could be made"),
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => Posted::Unsent("no connection could be made in time"),
        Error::Tls(_) | Error::Rustls(_) | Error::TlsRequired => {
            Posted::Unsent("no encrypted connection could be made")
        }
        Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => Posted::Unsent("the proxy could not be used"),
        Error::BadUri(_) | Error::Http(_) | Error::RequireHttpsOnly(_) => Posted::Unsent("its address cannot be used"),
        Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            Posted::Unsent("the connection was refused")
        }
        Error::Timeout(_) => Posted::Lost("no answer came in time"),
        _ => Posted::Lost("the connection broke before an answer came"),
    }
}

/// The failure of a status that is no success; `5xx`, `408`, `425` and `429` pass, others stay.
pub(crate) fn status(status: u16, after: Option<Duration>) -> Result<(), Failure> {
    match status {
        200..=299 => Ok(()),
        410 => Err(Failure::Gone),
        300..=399 => Err(Failure::refused(format!(
            "the target answered with a redirect ({status}), which is not followed; write the final address"
        ))),
        408 | 425 | 429 | 500..=599 => {
            Err(Failure::Later { why: format!("the target answered with the status {status}"), after })
        }
        _ => {
            Err(Failure::refused(format!("the target refused it with the status {status}; check its address and key")))
        }
    }
}
