//! Why nobody was signed in.

/// Why nobody was signed in. The texts hold no token, code or address of a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SsoError {
    /// What was configured cannot be used.
    #[error("{0}")]
    Settings(String),
    /// The provider did not answer, or not as OpenID Connect says.
    #[error(
        "the provider could not be asked: {0}; try again in a minute, and look at `issuer` in `[server.sso]` if it stays"
    )]
    Unreachable(String),
    /// The provider said no.
    #[error("the provider refused: {0}; begin again")]
    Refused(String),
    /// What came back was not made by the provider, for us, now, for this browser.
    #[error("what the provider sent cannot be trusted: {0}; begin again")]
    Untrusted(String),
}
