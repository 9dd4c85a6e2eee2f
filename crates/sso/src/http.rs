//! Talking to the provider: one request, within bounds of time and size, in the clear to this machine only.

use std::fmt;
use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use ureq::Agent;
use ureq::http::Uri;

/// All of a request, from looking up the name to the answer's last byte.
const TOTAL: Duration = Duration::from_secs(10);
/// Bytes of an answer at most: key sets and tokens are a few thousand.
const LONGEST: u64 = 1 << 20;

/// Why a request came to nothing. The texts hold none of what was sent.
#[derive(Debug)]
pub(crate) struct HttpError(pub &'static str);

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for HttpError {}

/// Sends one request. Redirects are not followed: they could lead anywhere.
pub(crate) fn send(request: HttpRequest) -> Result<HttpResponse, HttpError> {
    let is_near = is_loopback(request.uri());
    if request.uri().scheme_str() != Some("https") && !is_near {
        return Err(HttpError("one of its addresses is not https"));
    }
    let mut config = Agent::config_builder()
        .timeout_global(Some(TOTAL))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("switchboard/", env!("CARGO_PKG_VERSION")));
    if is_near {
        config = config.proxy(None);
    }
    let agent: Agent = config.build().into();
    let answer = agent.run(request).map_err(|error| HttpError(reason(&error)))?;
    let (parts, mut body) = answer.into_parts();
    let bytes = body.with_config().limit(LONGEST).read_to_vec().map_err(|error| HttpError(reason(&error)))?;
    Ok(HttpResponse::from_parts(parts, bytes))
}

/// Whether an address is on this machine.
pub(crate) fn is_loopback(address: &Uri) -> bool {
    matches!(address.host(), Some("127.0.0.1" | "[::1]" | "localhost"))
}

fn reason(error: &ureq::Error) -> &'static str {
    use ureq::Error;
    match error {
        Error::HostNotFound => "the name of its host is not known",
        Error::Timeout(_) => "it did not answer in time",
        Error::BodyExceedsLimit(_) => "its answer is too long",
        Error::Tls(_) | Error::Rustls(_) => "no encrypted connection could be made",
        _ => "the connection failed",
    }
}
