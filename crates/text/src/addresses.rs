//! Mail addresses in a text, and the text without them.
//!
//! What leaves the program for other programs (the JSON API, assistants, SQL of a token that may not see
//! addresses) goes through [`without_addresses`]. It rather takes out too much: what looks like an address is
//! one, whoever wrote it where.

use std::borrow::Cow;

/// What stands where an address was.
pub const HIDDEN: &str = "(address)";

/// How the sign between name and host is written: as it is, wide, in web addresses and HTML, and the ways in
/// which people and archives of lists disguise it.
const SIGNS: &[&str] = &["@", "\u{ff20}", "%40", "&#64;", "(at)", "[at]", "{at}", " at "];
/// A disguise that is also an English word: an address only within `<…>`, or before ` (Name)` or ` wrote`.
const WORD: &str = " at ";
/// `git@host` and the like name a service, nobody's mailbox.
const SERVICES: &[&str] = &["git", "hg", "svn"];

/// The text with [`HIDDEN`] in place of every mail address; borrowed where it holds none. Linear in its length.
pub fn without_addresses(text: &str) -> Cow<'_, str> {
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return Cow::Borrowed(text);
    }
    let (mut clean, mut done, mut at) = (String::new(), 0, 0);
    while at < text.len() {
        let Some(sign) = sign_at(text, at) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let found = address(text, done, at, sign);
        at += sign.len();
        if let Some((start, end)) = found {
            clean.push_str(&text[done..start]);
            clean.push_str(HIDDEN);
            (done, at) = (end, end);
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    clean.push_str(&text[done..]);
    Cow::Owned(clean)
}

fn sign_at(text: &str, at: usize) -> Option<&'static str> {
    let byte = *text.as_bytes().get(at)?;
    // Most characters begin no sign.
    if !matches!(byte, b'@' | 0xef | b'%' | b'&' | b'(' | b'[' | b'{' | b' ') {
        return None;
    }
    SIGNS.iter().copied().find(|sign| text[at..].starts_with(sign))
}

/// From where to where the address around the sign at `at` goes; `None` if there is none. Looks no further
/// back than `from`, and at no sign but this one, so that all calls together are linear.
fn address(text: &str, from: usize, at: usize, sign: &str) -> Option<(usize, usize)> {
    let spaced = sign.ends_with([')', ']', '}']);
    let before = if spaced { text[from..at].trim_end_matches(' ') } else { &text[from..at] };
    let name_length: usize = before.chars().rev().take_while(|c| is_name(*c)).map(char::len_utf8).sum();
    let name = before[before.len() - name_length..].trim_start_matches(['.', '\'', '*', '`']);
    let start = from + before.len() - name.len();
    let after = at + sign.len();
    let after = if spaced { after + leading_spaces(&text[after..]) } else { after };
    let host_length: usize = text[after..].chars().take_while(|c| is_host(*c)).map(char::len_utf8).sum();
    let host = text[after..after + host_length].trim_end_matches(['.', '-']);
    let end = after + host.len();
    let whole = !name.is_empty() && is_domain(host) && !SERVICES.contains(&name);
    let meant = sign != WORD || text[..start].ends_with('<') || says_who(&text[end..]);
    (whole && meant).then_some((start, end))
}

fn leading_spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

/// Whether what follows a disguised address shows that it was one.
fn says_who(rest: &str) -> bool {
    rest.starts_with('>') || rest.starts_with(" (") || rest.starts_with(" wrote")
}

/// Characters of an address before the sign: RFC 5321 `Dot-string` and letters of RFC 6531, without those
/// that delimit addresses in practice. `=` is one of them: lists write `ada=example.org@…` for whom they wrote to.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '=' | '~' | '#' | '$' | '!' | '*' | '\'' | '`' | '^')
}

fn is_host(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-')
}

/// Whether it has a dot and ends in what can be a top-level domain: no number, as in `x@1.2`.
fn is_domain(host: &str) -> bool {
    let Some((rest, top)) = host.rsplit_once('.') else { return false };
    !rest.is_empty() && top.chars().count() >= 2 && top.starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(without_addresses(text), expected);
    }

    #[test]
    fn addresses_are_taken_out_however_they_are_written() {
        for address in [
            "ada@example.org",
            "ada.b+c_d@mail.example.co.uk",
            "ADA@EXAMPLE.ORG",
            "ада@пример.рф",
            "ada%40example.org",
            "ada&#64;example.org",
            "ada＠example.org",
            "ada (at) example.org",
            "ada[at]example.org",
        ] {
            check(address, "(address)");
            check(&format!("<{address}>"), "<(address)>");
            check(&format!("ask {address}, or not."), "ask (address), or not.");
            check(&format!("{address}."), "(address).");
        }
        check("a@example.org b@example.org,c@example.org", "(address) (address),(address)");
        check("From ada at example.org (Ada B.)", "From (address) (Ada B.)");
        check("On Monday ada at example.org wrote:", "On Monday (address) wrote:");
        check("Ada <ada at example.org>", "Ada <(address)>");
        check("https://lists.example/?from=ada%40example.org&x=1", "https://lists.example/?(address)&x=1");
    }

    #[test]
    fn what_is_no_address_stays() {
        for text in [
            "",
            "look at example.org for more",
            "@decorator",
            "a @ b",
            "x@y",
            "x@1.2",
            "user@host:~$ ls",
            "git clone git@example.org:a/b",
            "@example.org",
            "100 % at 40",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn hostile_texts_take_no_time() {
        for part in ["@", "a@", "a@b", "a@b.", " at ", "a (at) ", "a@b.c", "(at)"] {
            without_addresses(&part.repeat(100_000));
        }
    }

    proptest! {
        #[test]
        fn nothing_that_looks_like_an_address_is_left(text in "[ a-c@.<>(é]{0,30}", more in "\\PC{0,20}") {
            let hidden = without_addresses(&text);
            prop_assert_eq!(without_addresses(&hidden), hidden.as_ref());
            without_addresses(&more);
            let with = format!("{more} ada@example.org {more}");
            prop_assert!(!without_addresses(&with).contains("ada@example.org"));
        }
    }
}
