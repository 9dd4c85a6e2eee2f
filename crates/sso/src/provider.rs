//! One provider: where to send a browser, and who came back.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    TokenResponse,
};
use serde::{Deserialize, Serialize};

use crate::SsoError;
use crate::http;

/// How long what a provider says about itself is believed. Its keys change now and then; a token of a key not known makes
/// us ask at once.
const FRESH: Duration = Duration::from_secs(3600);

/// How tokens may be signed: by a key that only the provider has. (`none` and what a shared secret signs are left out.)
const SIGNED: &[CoreJwsSigningAlgorithm] = &[
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// A provider, and who we are there.
#[derive(Clone)]
pub struct Provider {
    issuer: IssuerUrl,
    client: ClientId,
    secret: Option<ClientSecret>,
    known: Arc<Mutex<Option<(Instant, CoreProviderMetadata)>>>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.issuer.as_str()).finish_non_exhaustive()
    }
}

/// A sign-in that was begun.
#[derive(Debug)]
pub struct Begun {
    /// Where to send the browser.
    pub to: String,
    /// What to remember until it comes back, out of reach of everybody but that browser.
    pub pending: Pending,
}

/// What must come back with a sign-in. Good for one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// What the browser must bring back in `state`.
    pub state: String,
    /// What must stand in the token.
    nonce: String,
    /// What proves that the code was asked for by us.
    verifier: String,
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(***)")
    }
}

/// Who came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The provider.
    pub issuer: String,
    /// Who it is there: never given to anybody else, never changed.
    pub subject: String,
    /// Their mail address, if the provider says that it made sure of it.
    pub email: Option<String>,
    /// What they are called.
    pub name: Option<String>,
}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

impl Provider {
    /// A provider by its `issuer` (`https://…`; plain `http` on this machine only), where we are called `client` and have
    /// that secret, if any.
    ///
    /// # Errors
    ///
    /// [`SsoError::Settings`] if the issuer is no such address.
    pub fn new(issuer: &str, client: &str, secret: Option<String>) -> Result<Provider, SsoError> {
        let wrong = |why: &str| SsoError::Settings(format!("`issuer` {why}; write it as the provider gives it"));
        let address: ureq::http::Uri = issuer.parse().map_err(|_| wrong("is no address"))?;
        if address.scheme_str() != Some("https") && !http::is_loopback(&address) {
            return Err(wrong("does not begin with https://"));
        }
        Ok(Provider {
            issuer: IssuerUrl::new(issuer.to_owned()).map_err(|_| wrong("is no address"))?,
            client: ClientId::new(client.to_owned()),
            secret: secret.map(ClientSecret::new),
            known: Arc::default(),
        })
    }

    /// Begins a sign-in that comes back to `back`, an address of ours that the provider knows.
    ///
    /// # Errors
    ///
    /// [`SsoError::Unreachable`] if the provider does not say how to.
    pub fn begin(&self, back: &str) -> Result<Begun, SsoError> {
        let client = self.client(back, false)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scopes = ["email", "profile"].map(|scope| Scope::new(scope.to_owned()));
        let (to, state, nonce) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(scopes)
            .set_pkce_challenge(challenge)
            .url();
        let pending =
            Pending { state: state.into_secret(), nonce: nonce.secret().clone(), verifier: verifier.into_secret() };
        Ok(Begun { to: to.to_string(), pending })
    }

    /// Who came back with `code`, for a sign-in that was begun with the same `back`. The caller has compared `state`, and
    /// forgets `pending`.
    ///
    /// # Errors
    ///
    /// [`SsoError::Refused`] for a code that the provider did not give, [`SsoError::Untrusted`] for a token that is not
    /// its own, for us, for this sign-in, and now; [`SsoError::Unreachable`].
    pub fn finish(&self, back: &str, pending: &Pending, code: &str) -> Result<Known, SsoError> {
        let client = self.client(back, false)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| unreachable("it names no address for tokens"))?
            .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.clone()))
            .request(&http::send)
            .map_err(refused)?;
        let token = tokens.id_token().ok_or_else(|| SsoError::Untrusted("it holds no ID token".to_owned()))?;
        let nonce = Nonce::new(pending.nonce.clone());
        match self.claims(&client, token, &tokens, &nonce) {
            Ok(claims) => self.known(&client, claims, &tokens),
            // The key may be newer than what we know.
            Err(_) => {
                let client = self.client(back, true)?;
                let claims = self.claims(&client, token, &tokens, &nonce)?;
                self.known(&client, claims, &tokens)
            }
        }
    }

    /// What a token says, if it can be trusted (Core section 3.1.3.7).
    fn claims<'a>(
        &self,
        client: &Client,
        token: &'a CoreIdToken,
        tokens: &CoreTokenResponse,
        nonce: &Nonce,
    ) -> Result<&'a CoreIdTokenClaims, SsoError> {
        let verifier: CoreIdTokenVerifier<'_> = client.id_token_verifier().set_allowed_algs(SIGNED.iter().cloned());
        // The library's words name what was expected; what was found stays out of them.
        let claims = token.claims(&verifier, nonce).map_err(|error| SsoError::Untrusted(why(&error).to_owned()))?;
        if let Some(expected) = claims.access_token_hash() {
            let odd = |_| SsoError::Untrusted("its tokens do not fit together".to_owned());
            let algorithm = token.signing_alg().map_err(|_| odd(()))?;
            let key = token.signing_key(&verifier).map_err(|_| odd(()))?;
            let found = AccessTokenHash::from_token(tokens.access_token(), algorithm, key).map_err(|_| odd(()))?;
            if found != *expected {
                return Err(odd(()));
            }
        }
        Ok(claims)
    }

    /// Who it is. Many providers say the mail address only when asked once more.
    fn known(
        &self,
        client: &Client,
        claims: &CoreIdTokenClaims,
        tokens: &CoreTokenResponse,
    ) -> Result<Known, SsoError> {
        let mut known = Known {
            issuer: self.issuer.as_str().to_owned(),
            subject: claims.subject().as_str().to_owned(),
            email: verified(claims.email().map(|email| email.as_str()), claims.email_verified()),
            name: claims.name().and_then(|name| name.get(None)).map(|name| name.as_str().to_owned()),
        };
        if known.email.is_some() {
            return Ok(known);
        }
        let asking = client.user_info(tokens.access_token().clone(), Some(claims.subject().clone()));
        let Ok(asking) = asking else { return Ok(known) };
        let more: CoreUserInfoClaims =
            asking.request(&http::send).map_err(|_| unreachable("it says no more about them"))?;
        known.email = verified(more.email().map(|email| email.as_str()), more.email_verified());
        known.name = known.name.or(more.name().and_then(|name| name.get(None)).map(|name| name.as_str().to_owned()));
        Ok(known)
    }

    fn client(&self, back: &str, anew: bool) -> Result<Client, SsoError> {
        let back =
            RedirectUrl::new(back.to_owned()).map_err(|_| SsoError::Settings("our own address is none".into()))?;
        let client = CoreClient::from_provider_metadata(self.metadata(anew)?, self.client.clone(), self.secret.clone());
        Ok(client.set_redirect_uri(back))
    }

    /// What the provider says about itself (OpenID Connect Discovery 1.0), its keys included. Its issuer must be the one
    /// that was asked.
    fn metadata(&self, anew: bool) -> Result<CoreProviderMetadata, SsoError> {
        let held = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((since, metadata)) = held().as_ref().filter(|(since, _)| !anew && since.elapsed() < FRESH) {
            let _ = since;
            return Ok(metadata.clone());
        }
        let metadata = CoreProviderMetadata::discover(&self.issuer, &http::send).map_err(|error| match error {
            openidconnect::DiscoveryError::Request(error) => unreachable(error.0),
            _ => unreachable("what it says about itself is not as OpenID Connect Discovery says"),
        })?;
        *held() = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }
}

fn verified(email: Option<&str>, is_verified: Option<bool>) -> Option<String> {
    email.filter(|_| is_verified == Some(true)).map(str::to_owned)
}

fn unreachable(why: &str) -> SsoError {
    SsoError::Unreachable(why.to_owned())
}

/// Why a code gave no token.
fn refused<R: openidconnect::ErrorResponse>(error: openidconnect::RequestTokenError<http::HttpError, R>) -> SsoError {
    use openidconnect::RequestTokenError;
    match error {
        RequestTokenError::ServerResponse(_) => SsoError::Refused("it does not know this sign-in, or us".to_owned()),
        RequestTokenError::Request(error) => unreachable(error.0),
        _ => unreachable("its answer cannot be read"),
    }
}

fn why(error: &openidconnect::ClaimsVerificationError) -> &'static str {
    use openidconnect::ClaimsVerificationError;
    match error {
        ClaimsVerificationError::Expired(_) => "it is too old",
        ClaimsVerificationError::InvalidAudience(_) => "it was made for somebody else",
        ClaimsVerificationError::InvalidIssuer(_) => "another provider made it",
        ClaimsVerificationError::InvalidNonce(_) => "it belongs to another sign-in",
        ClaimsVerificationError::SignatureVerification(_) => "it is not signed by the provider",
        _ => "it is not as OpenID Connect says",
    }
}
