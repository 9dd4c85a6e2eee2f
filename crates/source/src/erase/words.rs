//! Finding what somebody is called in bytes of any kind.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use model::{Identity, IdentityKind, Of};

use super::{Erased, INSTEAD, INSTEAD_OF_ADDRESS};

/// What people who were erased are called: whole names, accounts, and nicks behind an `@`.
#[derive(Debug, Default, Clone)]
pub struct Words {
    texts: Vec<String>,
    finder: Option<AhoCorasick>,
}

/// Letters of a name at least: shorter ones are part of too much.
const NAME: usize = 5;
/// Letters of a nick behind an `@` at least.
const NICK: usize = 2;

impl Words {
    /// The words for these texts, as [`Words::of`] gave them.
    pub fn new(texts: impl IntoIterator<Item = String>) -> Words {
        let mut texts: Vec<String> = texts.into_iter().collect();
        texts.sort();
        texts.dedup();
        let finder =
            AhoCorasickBuilder::new().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(&texts);
        // Too many words for one finder would be millions.
        Words { finder: finder.ok().filter(|_| !texts.is_empty()), texts }
    }

    /// What is to be looked for where this identity is erased.
    pub fn of(identity: &Identity) -> Vec<String> {
        let named = (identity.kind == IdentityKind::Name).then_some(identity.value.as_str());
        let name = identity.name.as_deref().or(named).map(str::trim);
        let name = name.filter(|name| name.chars().count() >= NAME && name.split_whitespace().nth(1).is_some());
        let account = identity.account.clone().filter(|account| account.contains('/'));
        let nick = match identity.kind {
            IdentityKind::Nick | IdentityKind::Account => Some(identity.value.as_str()),
            IdentityKind::Email | IdentityKind::Name => None,
        };
        let of_account = account.as_deref().and_then(|account| account.rsplit('/').next());
        // An account's number is in every date.
        let is_nick = |nick: &&str| nick.chars().count() >= NICK && nick.chars().any(char::is_alphabetic);
        let nicks = nick.into_iter().chain(of_account).filter(is_nick).map(|nick| format!("@{nick}"));
        nicks.chain(name.map(str::to_owned)).chain(account.clone()).collect()
    }

    /// The texts.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Where they are in `bytes`, with the addresses that were erased, in order, none over another.
    pub(super) fn find(&self, erased: &Erased, bytes: &[u8]) -> Vec<(Range<usize>, &'static str)> {
        let of_people = addresses(bytes)
            .filter(|at| std::str::from_utf8(&bytes[at.clone()]).is_ok_and(|address| erased.has(Of::Address, address)));
        let mut found: Vec<_> = of_people.map(|at| (at, INSTEAD_OF_ADDRESS)).collect();
        let named = self.finder.iter().flat_map(|finder| finder.find_iter(bytes)).map(|found| found.range());
        let named = named.filter(|at| is_whole(bytes, at));
        found.extend(named.map(|at| (at, INSTEAD)));
        found.sort_by_key(|(at, _)| (at.start, std::cmp::Reverse(at.end)));
        let mut end = 0;
        found.retain(|(at, _)| {
            let free = at.start >= end;
            end = if free { at.end } else { end };
            free
        });
        found
    }

    /// `bytes` without them; `None` where none is in it.
    pub(super) fn without(&self, erased: &Erased, bytes: &[u8]) -> Option<Vec<u8>> {
        let found = self.find(erased, bytes);
        let (first, _) = found.first()?;
        let mut out = bytes[..first.start].to_vec();
        for (place, (at, instead)) in found.iter().enumerate() {
            out.extend_from_slice(instead.as_bytes());
            let next = found.get(place + 1).map_or(bytes.len(), |(next, _)| next.start);
            out.extend_from_slice(&bytes[at.end..next]);
        }
        Some(out)
    }

    /// The same for a text.
    pub fn without_in(&self, erased: &Erased, text: &str) -> Option<String> {
        self.without(erased, text.as_bytes()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// Whether what was found is no part of a longer word.
fn is_whole(bytes: &[u8], at: &Range<usize>) -> bool {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let before = at.start.checked_sub(1).and_then(|before| bytes.get(before));
    // In JSON, a line's end is written `\n`: its `n` is no part of a name.
    let escaped = at.start >= 2 && bytes[at.start - 2] == b'\\';
    let after = bytes.get(at.end);
    (escaped || !before.is_some_and(part)) && !after.is_some_and(|byte| part(byte) || *byte == b'-')
}

/// Where addresses are in `bytes`.
pub(super) fn addresses(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    memchr::memchr_iter(b'@', bytes).filter_map(|at| {
        let local = |byte: &&u8| byte.is_ascii_alphanumeric() || b"._%+-'&".contains(byte) || !byte.is_ascii();
        let host = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-".contains(byte) || !byte.is_ascii();
        let mut start = at - bytes[..at].iter().rev().take_while(local).count();
        let mut end = at + 1 + bytes[at + 1..].iter().take_while(host).count();
        while start < at && b".'".contains(&bytes[start]) {
            start += 1;
        }
        while end > at + 1 && b".-".contains(&bytes[end - 1]) {
            end -= 1;
        }
        (start < at && end > at + 1).then_some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use model::mark;

    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn check(text: &str, expected: &str) {
        let erased = Erased::new(KEY, [mark(&KEY, Of::Address, "alice@x.example")]);
        let named = Identity {
            name: Some("Alice Example".into()),
            account: Some("github.com/alice-ex".into()),
            ..Identity::new("s", IdentityKind::Account, "alice-ex")
        };
        let words = Words::new(Words::of(&named));
        assert_eq!(words.without_in(&erased, text).unwrap_or_else(|| text.to_owned()), expected, "{text}");
    }

    #[test]
    fn what_somebody_is_called_is_found_in_any_case_and_whole_only() {
        check("From: Alice Example <alice@x.example>", "From: [erased] <erased@erased.invalid>");
        check("ALICE EXAMPLE, Alice@X.Example.", "[erased], erased@erased.invalid.");
        check("Malice Example, Alice Examples", "Malice Example, Alice Examples");
        check("malice@x.example alice@x.example.org", "malice@x.example alice@x.example.org");
        check("mailto:alice@x.example?a", "mailto:erased@erased.invalid?a");
        check(
            "cc @alice-ex, @alice-example and https://github.com/alice-ex/thing",
            "cc [erased], @alice-example and https://[erased]/thing",
        );
        check(r#"{"a":"so\nAlice Example\nwrote"}"#, r#"{"a":"so\n[erased]\nwrote"}"#);
        check("Alice’s example of alice", "Alice’s example of alice");
        check("@", "@");
        check("a@ @b", "a@ @b");
    }
}
