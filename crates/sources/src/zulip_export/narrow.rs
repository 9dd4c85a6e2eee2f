//! Links to messages: `#narrow/channel/5-help/topic/a.20topic/near/101`.
//!
//! A part of such a link is percent-encoded as `encodeURIComponent` does, with `.` in the place of `%`
//! (`web/src/internal_url.ts` in Zulip's source).

use std::fmt::Write;

/// What a link of Zulip leads to.
#[derive(Debug, PartialEq, Eq)]
pub struct Narrow {
    /// The channel's number.
    pub channel: i64,
    /// The topic.
    pub topic: String,
    /// The message's number.
    pub message: i64,
}

/// The link to a message, behind the organization's address.
pub fn link(channel: i64, name: &str, topic: &str, message: i64) -> String {
    let name = encoded(&name.replace(' ', "-"));
    format!("#narrow/channel/{channel}-{name}/topic/{}/near/{message}", encoded(topic))
}

/// Reads a link to a message, from its `#narrow/` on; servers before 10.0 write `stream` for `channel`.
pub fn read(link: &str) -> Option<Narrow> {
    let mut parts = link.strip_prefix("#narrow/")?.split('/');
    let (mut channel, mut topic, mut message) = (None, None, None);
    while let (Some(what), Some(value)) = (parts.next(), parts.next()) {
        match what {
            "channel" | "stream" => channel = value.split('-').next()?.parse().ok(),
            "topic" | "subject" => topic = decoded(value, ".%"),
            "near" | "with" => message = value.parse().ok(),
            _ => {}
        }
    }
    Some(Narrow { channel: channel?, topic: topic?, message: message? })
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'-' | b'_' | b'!' | b'~' | b'*' | b'\'' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            // Writing to a text cannot fail.
            _ => _ = write!(out, ".{byte:02X}"),
        }
    }
    out
}

/// Undoes percent-encoding by any of `signs`; `None` if what they stand before is none, or gives no text.
pub fn decoded(text: &str, signs: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if !signs.as_bytes().contains(&byte) {
            out.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        out.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn links_lead_to_messages() {
        let told = link(5, "help desk", "✔ 1.0 (final)/é", 101);
        assert_eq!(told, "#narrow/channel/5-help-desk/topic/.E2.9C.94.201.2E0.20.28final.29.2F.C3.A9/near/101");
        let read_back = Narrow { channel: 5, topic: "✔ 1.0 (final)/é".to_owned(), message: 101 };
        assert_eq!(read(&told), Some(read_back));
        assert_eq!(read("#narrow/stream/5/subject/a.20b/near/7").map(|told| told.topic).as_deref(), Some("a b"));
        for none in [
            "",
            "#narrow/",
            "#narrow/channel/5-a/topic/a",
            "#narrow/dm/10-ada/near/7",
            "#narrow/channel/x/topic/./near/1",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn any_topic_is_read_back(topic in "\\PC{0,30}") {
            prop_assert_eq!(read(&link(1, &topic, &topic, 2)).map(|told| told.topic), Some(topic));
        }

        #[test]
        fn any_link_is_read(link in "#narrow/[a-z0-9./%é-]{0,40}") {
            read(&link);
        }
    }
}
