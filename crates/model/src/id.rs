//! Stable ids: one letter for what it names, then 80 bits of BLAKE3 in base 32.
//!
//! The same source, native id and kind always give the same id, on any machine, so that decisions of
//! people can refer to them for years. 80 bits make a chance collision among 10^9 ids less likely
//! than one in two million (birthday bound). Ids carry no personal data: they may stand in URLs.

use std::fmt;

/// The id of a message, identity, activity or channel. A conversation's id is its opening message's;
/// a person's is its first identity's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id([u8; 17]);

/// Digits and lower-case letters without `i l o u` (Crockford's base 32): safe to read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl Id {
    /// A message's id. `space` is what its native id is unique in: `mail` for every Message-ID in the
    /// world (so that one mail in three archives is one message), else the source's id.
    pub fn message(space: &str, native: &str) -> Id {
        Id::new(b'm', &[space, native])
    }

    /// An identity's id: one account or address on one source.
    pub fn identity(source: &str, value: &str) -> Id {
        Id::new(b'i', &[source, value])
    }

    /// An activity's id, from whatever makes it unique within `space`: the source, or a site that several see.
    pub fn activity(space: &str, native: &str) -> Id {
        Id::new(b'a', &[space, native])
    }

    /// An event's id. `space` is what its native id is unique in, as for [`Id::message`].
    pub fn event(space: &str, native: &str) -> Id {
        Id::new(b'e', &[space, native])
    }

    /// A measurement's id, from whatever makes it unique within its source: name, time, labels.
    pub fn measurement(source: &str, native: &str) -> Id {
        Id::new(b'n', &[source, native])
    }

    /// A channel's id.
    pub fn channel(source: &str, name: &str) -> Id {
        Id::new(b'h', &[source, name])
    }

    fn new(letter: u8, parts: &[&str]) -> Id {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[letter]);
        for part in parts {
            // Length first, so that ("ab", "c") and ("a", "bc") differ.
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let hash = hasher.finalize();
        let mut out = [letter; 17];
        for (group, bytes) in hash.as_bytes()[..10].chunks(5).enumerate() {
            let bits = bytes.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
            for place in 0..8 {
                out[1 + group * 8 + place] = ALPHABET[(bits >> (35 - 5 * place)) as usize & 31];
            }
        }
        Id(out)
    }

    /// The id as it is written in tables and URLs: 17 ASCII characters.
    pub fn as_str(&self) -> &str {
        // Every byte comes from ALPHABET or was checked to be ASCII in `parse`.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Reads an id as written by [`Id::as_str`]; `None` if it is not one.
    pub fn parse(text: &str) -> Option<Id> {
        let bytes: [u8; 17] = text.as_bytes().try_into().ok()?;
        let known = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
        (bytes[0].is_ascii_lowercase() && bytes[1..].iter().all(known)).then_some(Id(bytes))
    }

    /// The 80 bits of the id without its letter, for compact storage; [`Id::message_from_bits`] reads them back.
    pub fn to_bits(&self) -> u128 {
        let digit = |byte: &u8| ALPHABET.iter().position(|known| known == byte).unwrap_or_default();
        self.0[1..].iter().fold(0, |bits, byte| bits << 5 | digit(byte) as u128)
    }

    /// The message id of these bits, as [`Id::to_bits`] gave them; bits above the 80th are ignored.
    pub fn message_from_bits(bits: u128) -> Id {
        let mut out = [b'm'; 17];
        for (place, byte) in out[1..].iter_mut().enumerate() {
            *byte = ALPHABET[(bits >> (75 - 5 * place)) as usize & 31];
        }
        Id(out)
    }

    /// 64 bits of the id, for compact columns in memory. Distinct ids may, very rarely, share it.
    pub fn short(&self) -> u64 {
        let half = |at: usize| self.0[at..at + 8].iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        // Odd constants of high entropy (the golden ratio's and FxHash's) spread the 40 bits of each half.
        half(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ half(9).wrapping_mul(0x517c_c1b7_2722_0a95).rotate_left(32)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
        Id::parse(&text).ok_or_else(|| serde::de::Error::custom("not an id"))
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable_and_read_back() {
        let id = Id::message("mail", "a@example.org");
        assert_eq!(Id::parse(id.as_str()), Some(id));
        assert_eq!(Id::message_from_bits(id.to_bits()), id);
        assert_eq!(id, Id::message("mail", "a@example.org"));
        assert_ne!(id, Id::message("mail", "b@example.org"));
        assert_ne!(Id::message("ab", "c"), Id::message("a", "bc"));
        assert_eq!(Id::parse("../../etc/passwd!"), None);
        assert_eq!(Id::parse("mé00000000000000"), None);
    }
}
