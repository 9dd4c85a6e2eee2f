//! Signing in with an account somewhere else: OpenID Connect, and nothing but it. Knows no community.
//!
//! The authorization code flow with PKCE ([OpenID Connect Core 1.0](https://openid.net/specs/openid-connect-core-1_0.html)
//! section 3.1, RFC 7636): [`Provider::begin`] says where to send the browser and what to remember, [`Provider::finish`]
//! turns what it brings back into who it is. Both talk to the provider and block: call them where waiting is fine.

mod error;
mod http;
mod provider;

pub use error::SsoError;
pub use provider::{Begun, Known, Pending, Provider};
