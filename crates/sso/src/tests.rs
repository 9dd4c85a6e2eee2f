//! Tokens that must not be believed, from a provider made for the purpose.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};

use crate::{Pending, Provider, SsoError};

const BACK: &str = "https://desk.example.org/sign-in/sso/back";

/// A provider that gives whatever token it was told to.
struct MadeUp {
    issuer: String,
    key: CoreEdDsaPrivateSigningKey,
    token: Arc<Mutex<String>>,
}

fn key() -> CoreEdDsaPrivateSigningKey {
    let pem = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap().serialize_pem();
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new("one".to_owned()))).unwrap()
}

impl MadeUp {
    fn start() -> MadeUp {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let (key, token) = (key(), Arc::new(Mutex::new(String::new())));
        let discovery = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
        });
        let keys = json!({ "keys": [key.as_verification_key()] });
        let said = token.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, &discovery, &keys, &said.lock().unwrap());
            }
        });
        MadeUp { issuer, key, token }
    }

    fn provider(&self) -> Provider {
        Provider::new(&self.issuer, "switchboard", Some("a made-up secret".to_owned())).unwrap()
    }

    /// The claims of a token that is as it should be.
    fn claims(&self, pending: &Pending) -> Value {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        json!({
            "iss": self.issuer, "sub": "ada", "aud": "switchboard", "iat": now, "exp": now + 300,
            "nonce": pending.nonce, "email": "ada@example.org", "email_verified": true,
        })
    }

    fn gives(&self, header: &Value, claims: &Value, key: &CoreEdDsaPrivateSigningKey) {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = key.sign(&CoreJwsSigningAlgorithm::EdDsa, signed.as_bytes()).unwrap();
        *self.token.lock().unwrap() = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature));
    }
}

fn answer(mut stream: TcpStream, discovery: &Value, keys: &Value, token: &str) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut line, mut path, mut length) = (String::new(), String::new(), 0);
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        if path.is_empty() {
            path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        }
        if let Some(number) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = number.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let answer = match path.as_str() {
        "/.well-known/openid-configuration" => discovery.clone(),
        "/keys" => keys.clone(),
        _ => json!({ "access_token": "opaque", "token_type": "Bearer", "id_token": token }),
    };
    let answer = answer.to_string();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
    let _ = write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{answer}", answer.len());
}

#[test]
fn only_its_own_token_for_us_and_now_is_believed() {
    let made_up = MadeUp::start();
    let provider = made_up.provider();
    let good = json!({ "alg": "EdDSA", "kid": "one", "typ": "JWT" });
    let finish = |header: &Value, change: &dyn Fn(&mut Value), key: &CoreEdDsaPrivateSigningKey| {
        let pending = provider.begin(BACK).unwrap().pending;
        let mut claims = made_up.claims(&pending);
        change(&mut claims);
        made_up.gives(header, &claims, key);
        provider.finish(BACK, &pending, "a code")
    };
    let known = finish(&good, &|_| (), &made_up.key).unwrap();
    assert_eq!((known.subject.as_str(), known.email.as_deref()), ("ada", Some("ada@example.org")));
    let unsure = finish(&good, &|claims| claims["email_verified"] = json!(false), &made_up.key).unwrap();
    assert_eq!(unsure.email, None, "an address that nobody made sure of is none");

    let check = |name: &str, expected: &str, found: Result<crate::Known, SsoError>| match found {
        Err(SsoError::Untrusted(why)) => assert_eq!(why, expected, "{name}"),
        other => panic!("{name}: {other:?}"),
    };
    let changed = |change: &dyn Fn(&mut Value)| finish(&good, change, &made_up.key);
    check("nonce", "it belongs to another sign-in", changed(&|claims| claims["nonce"] = json!("another")));
    check(
        "no nonce",
        "it belongs to another sign-in",
        changed(&|claims| drop(claims.as_object_mut().unwrap().remove("nonce"))),
    );
    check("audience", "it was made for somebody else", changed(&|claims| claims["aud"] = json!("another")));
    check(
        "audiences",
        "it was made for somebody else",
        changed(&|claims| claims["aud"] = json!(["switchboard", "another"])),
    );
    check("expired", "it is too old", changed(&|claims| claims["exp"] = json!(1_700_000_000)));
    check("issuer", "another provider made it", changed(&|claims| claims["iss"] = json!("https://id.example.org")));
    let forged = "it is not signed by the provider";
    check("another's key", forged, finish(&good, &|_| (), &key()));
    check("no signature", forged, finish(&json!({ "alg": "none" }), &|_| (), &made_up.key));
    check("a shared secret", forged, finish(&json!({ "alg": "HS256" }), &|_| (), &made_up.key));
}

#[test]
fn what_no_sign_in_can_start_from_is_refused() {
    let settings = |issuer: &str| matches!(Provider::new(issuer, "a", None), Err(SsoError::Settings(_)));
    for issuer in ["", "id.example.org", "http://id.example.org", "ftp://127.0.0.1"] {
        assert!(settings(issuer), "{issuer}");
    }
    // Nobody listens there.
    let gone = Provider::new("http://127.0.0.1:9", "a", None).unwrap();
    assert!(matches!(gone.begin(BACK), Err(SsoError::Unreachable(_))));
    // It says that it is another.
    let made_up = MadeUp::start();
    let other = made_up.issuer.replace("127.0.0.1", "localhost");
    assert!(matches!(Provider::new(&other, "a", None).unwrap().begin(BACK), Err(SsoError::Unreachable(_))));
}

#[test]
fn nothing_secret_is_printed() {
    let provider = Provider::new("https://id.example.org", "us", Some("hush".to_owned())).unwrap();
    assert_eq!(format!("{provider:?}"), r#"Provider { issuer: "https://id.example.org", .. }"#);
    let pending: Pending =
        serde_json::from_value(json!({ "state": "hush", "nonce": "hush", "verifier": "hush" })).unwrap();
    assert_eq!(format!("{pending:?}"), "Pending(***)");
}
