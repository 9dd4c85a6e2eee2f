//! To another program: a signed POST of JSON as Standard Webhooks describes
//! (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>).
//!
//! The id in `webhook-id` is the same for every try, so that a receiver drops what it has already.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::json;
use sha2::Sha256;

use crate::http::{self, Posted};
use crate::{Endpoint, Failure, Handing, Message, Secret, SettingsError};

/// Bytes that a key must have at least (the specification's “Signature scheme”: 24 to 64).
const KEY: std::ops::RangeInclusive<usize> = 24..=64;

/// Another program that wants to know.
#[derive(Debug)]
pub struct Webhook {
    endpoint: Endpoint,
    key: Option<Secret>,
}

impl Webhook {
    /// A webhook, signed if there is a key: `whsec_` and 24 to 64 bytes in base64, else the bytes of the text itself.
    pub fn new(endpoint: Endpoint, key: Option<Secret>) -> Result<Webhook, SettingsError> {
        if key.as_ref().is_some_and(|key| !KEY.contains(&bytes(key).len())) {
            return Err(SettingsError::new(
                "the key must have 24 to 64 bytes; `openssl rand -base64 32` with `whsec_` before it makes one",
            ));
        }
        Ok(Webhook { endpoint, key })
    }

    /// Posts the message's data. It is worth another try whatever happened but 410: the id is the same, and the
    /// specification asks for that.
    pub fn deliver(&self, message: &Message, now: Timestamp, handing: Handing<'_>) -> Result<(), Failure> {
        let body = json!({ "type": "switchboard.alerts", "timestamp": message.at.to_string(), "data": message.data });
        let body = body.to_string();
        let seconds = now.as_second().to_string();
        let signature = self.key.as_ref().map(|key| sign(key, &message.id, &seconds, &body));
        let mut headers = vec![("webhook-id", message.id.as_str()), ("webhook-timestamp", &seconds)];
        headers.extend(signature.as_deref().map(|signature| ("webhook-signature", signature)));
        if !handing() {
            return Err(Failure::later("it is being sent elsewhere"));
        }
        match http::post(&self.endpoint, &headers, &body) {
            Posted::Unsent(why) | Posted::Lost(why) => Err(Failure::later(why)),
            Posted::Status(code, after) => match http::status(code, after) {
                Err(Failure::Refused { why }) => Err(Failure::later(why)),
                ended => ended,
            },
        }
    }
}

fn bytes(key: &Secret) -> Vec<u8> {
    let text = key.expose();
    let decoded = text.strip_prefix("whsec_").map(|encoded| STANDARD.decode(encoded).unwrap_or_default());
    decoded.unwrap_or_else(|| text.as_bytes().to_vec())
}

fn sign(key: &Secret, id: &str, seconds: &str, body: &str) -> String {
    // HMAC takes keys of any length (RFC 2104): there is no error.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&bytes(key)) else { return String::new() };
    for part in [id, ".", seconds, ".", body] {
        mac.update(part.as_bytes());
    }
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn it_signs_as_the_standard_does() {
        let key = Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signature = sign(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", r#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn keys_are_long_enough_and_do_not_print() {
        let webhook = |key: &str| {
            let endpoint = Endpoint::parse("https://example.org/hook", false).expect("fine");
            Webhook::new(endpoint, Some(Secret::new(key)))
        };
        let good = "hush".repeat(8);
        assert!(!format!("{:?}", webhook(&good).expect("long enough")).contains("hush"));
        for bad in ["hush", "whsec_hush", "whsec_not base64 hush hush hush hush", &"hush".repeat(20)] {
            assert!(!webhook(bad).expect_err("refused").to_string().contains("hush"));
        }
    }
}
