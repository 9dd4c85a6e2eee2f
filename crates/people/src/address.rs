//! Addresses that an archive or a site has hidden, recognised for what they are.

/// What an address, as it is shown somewhere, is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// All of it is there, in lower case, whether written `ada@example.org` or `ada at example.org`.
    Whole(String),
    /// A part was taken away: `ada@...`, `ada...@gmail.com`, `a***@example.org`. Two that look the same may
    /// be two people.
    Cut {
        /// What is left before the `@`, masks taken off; may be empty.
        start: String,
    },
    /// A site's own address that hides the one behind it; `account` is whose, as `SITE/NAME`.
    NoReply {
        /// `github.com/ada`.
        account: String,
    },
}

/// Longer is no address (RFC 5321, section 4.5.3.1: 64 octets, `@` and 255), with room for spaces.
const LONGEST: usize = 400;

/// What `text` is, if it is an address at all.
pub fn address(text: &str) -> Option<Address> {
    let text = text.trim().trim_matches(['<', '>', '"']).trim();
    if text.len() > LONGEST {
        return None;
    }
    let text = text.to_lowercase();
    let plain = match text.contains('@') {
        true => text,
        false => written_out(&text)?,
    };
    let (local, host) = plain.rsplit_once('@')?;
    let blank = |part: &str| part.contains(char::is_whitespace);
    if blank(local) || blank(host) || local.is_empty() && host.is_empty() {
        return None;
    }
    if is_cut(local) || is_cut(host) || is_crossed_out(host) {
        let start = local.split(['.', '*', '…', '\u{2022}', '_']).find(|part| !part.is_empty()).unwrap_or_default();
        return Some(Address::Cut { start: start.to_owned() });
    }
    if let Some(account) = hides(local, host) {
        return Some(Address::NoReply { account });
    }
    (!local.is_empty() && !host.is_empty()).then_some(Address::Whole(plain))
}

/// Whether a part was shortened: `ada...`, `a***`, `…`, or nothing is left of it.
fn is_cut(part: &str) -> bool {
    part.is_empty() || part.contains("...") || part.contains(['…', '\u{2022}']) || part.contains("**") || part == "*"
}

/// `xxxxxxx.xxx`, as one archiver writes every host.
fn is_crossed_out(host: &str) -> bool {
    host.len() > 2 && host.contains("xx") && host.bytes().all(|byte| matches!(byte, b'x' | b'.'))
}

/// `ada at example.org`, `ada (at) example (dot) org`, `ada [at] example.org`: as with an `@`.
fn written_out(text: &str) -> Option<String> {
    let mut words = text.split_whitespace().map(|word| word.trim_matches(['(', ')', '[', ']', '{', '}', '<', '>']));
    let local = words.next()?;
    if words.next()? != "at" {
        return None;
    }
    let host: String = words.map(|word| if word == "dot" { "." } else { word }).collect();
    let plausible = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_graphic());
    (plausible(local) && plausible(&host) && host.contains('.')).then(|| format!("{local}@{host}"))
}

/// Whose account an address of a site hides. GitHub (docs.github.com, "Email addresses reference"):
/// `NUMBER+LOGIN@users.noreply.github.com`, without the number before 2017-07-18. GitLab (docs.gitlab.com,
/// "Use an automatically-generated private commit email"): `NUMBER-LOGIN@users.noreply.gitlab.com`. Gitea and
/// Forgejo (`NO_REPLY_ADDRESS`): `LOGIN@noreply.HOST`.
fn hides(local: &str, host: &str) -> Option<String> {
    let numbered = |separator| match local.split_once(separator) {
        Some((number, login)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => login,
        _ => local,
    };
    let (site, login) = match host {
        "users.noreply.github.com" => ("github.com", numbered('+')),
        _ if host.starts_with("users.noreply.gitlab.") => (&host["users.noreply.".len()..], numbered('-')),
        _ => (host.strip_prefix("noreply.")?, local),
    };
    (!login.is_empty() && site.contains('.')).then(|| format!("{site}/{login}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Option<Address>) {
        assert_eq!(address(text), expected, "{text}");
    }

    fn whole(text: &str) -> Option<Address> {
        Some(Address::Whole(text.into()))
    }

    fn cut(start: &str) -> Option<Address> {
        Some(Address::Cut { start: start.into() })
    }

    fn hidden(account: &str) -> Option<Address> {
        Some(Address::NoReply { account: account.into() })
    }

    #[test]
    fn whole_ones() {
        check("Ada@Example.org", whole("ada@example.org"));
        check("<ada@example.org>", whole("ada@example.org"));
        check("ada at example.org", whole("ada@example.org"));
        check("ada (at) example (dot) org", whole("ada@example.org"));
        check("ada [at] example.org", whole("ada@example.org"));
    }

    #[test]
    fn cut_ones() {
        check("ada@...", cut("ada"));
        check("ada@…", cut("ada"));
        check("ada...@gmail.com", cut("ada"));
        check("a***@example.org", cut("a"));
        check("...@example.org", cut(""));
        check("ada@xxxxxxx.xxx", cut("ada"));
        check("ada@", cut("ada"));
    }

    #[test]
    fn hiding_ones() {
        check("1234+Ada@users.noreply.github.com", hidden("github.com/ada"));
        check("ada@users.noreply.github.com", hidden("github.com/ada"));
        check("12-ada@users.noreply.gitlab.com", hidden("gitlab.com/ada"));
        check("ada@noreply.codeberg.org", hidden("codeberg.org/ada"));
        check("noreply@example.org", whole("noreply@example.org"));
    }

    #[test]
    fn no_addresses() {
        for text in ["", "ada", "meet me at noon", "look at it", "@", "a b@example.org"] {
            check(text, None);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in ".{0,40}(@| at )?.{0,40}") {
            if let Some(Address::Whole(whole)) = address(&text) {
                prop_assert_eq!(address(&whole), Some(Address::Whole(whole)));
            }
        }
    }
}
