//! Mail addresses with their names (RFC 5322, section 3.4), whole again where an archive broke them.

use std::borrow::Cow;

use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, Address, HeaderValue};

use super::fields;

/// What archives write in place of `@`: Pipermail, Hyperkitty and others.
const BROKEN_AT: &[&str] = &[" at ", "(a)", " [at] ", "(at)"];
/// The longest address that can be (RFC 5321, section 4.5.3.1.3).
const LONGEST: usize = 254;

/// An address with its name; at least one of them is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mailbox {
    /// The name shown, decoded; `None` where there is none or it only repeats the address.
    pub(super) name: Option<String>,
    /// The address in lower case.
    pub(super) address: Option<String>,
}

/// Every mailbox of a field such as `From`.
pub(super) fn mailboxes(field: &[u8]) -> Vec<Mailbox> {
    let line = format!("{}\n", mend(&fields::raw(field)));
    let HeaderValue::Address(address) = MessageStream::new(line.as_bytes()).parse_address() else { return Vec::new() };
    match address {
        Address::List(list) => list.into_iter().filter_map(mailbox).collect(),
        Address::Group(groups) => groups.into_iter().flat_map(|group| group.addresses).filter_map(mailbox).collect(),
    }
}

/// Writes `jo at example.org (Jo)` as `jo@example.org (Jo)`.
fn mend(text: &str) -> Cow<'_, str> {
    // The address stands in angle brackets, or before the name in round ones.
    let (begin, end) = match (text.find('<'), text.find('>')) {
        (Some(begin), Some(end)) if begin < end => (begin + 1, end),
        _ => (0, text.find(" (").or_else(|| text.find("\t(")).unwrap_or(text.len())),
    };
    let address = &text[begin..end];
    if address.contains('@') {
        return Cow::Borrowed(text);
    }
    let broken = BROKEN_AT.iter().find_map(|broken| address.split_once(broken));
    match broken {
        Some((local, host)) if !local.trim().is_empty() && !host.trim().is_empty() => {
            Cow::Owned(format!("{}{}@{}{}", &text[..begin], local.trim(), host.trim(), &text[end..]))
        }
        _ => Cow::Borrowed(text),
    }
}

fn mailbox(parsed: Addr<'_>) -> Option<Mailbox> {
    let address = parsed.address.as_deref().and_then(valid);
    // What is no address is at least a name.
    let shown = parsed.name.as_deref().or(parsed.address.as_deref().filter(|_| address.is_none()));
    let name = shown.map(clean_name).filter(|name| !name.is_empty());
    let repeats = |name: &String, address: &str| mend(name).eq_ignore_ascii_case(address);
    let name = name.filter(|name| address.as_deref().is_none_or(|address| !repeats(name, address)));
    (name.is_some() || address.is_some()).then_some(Mailbox { name, address })
}

/// The address in lower case if it is one.
fn valid(address: &str) -> Option<String> {
    let address = address.trim().trim_matches(['<', '>', '\'', '"']);
    let (local, host) = address.rsplit_once('@')?;
    let bad = |c: char| c.is_whitespace() || c.is_control();
    let fits = !local.is_empty() && !host.is_empty() && address.len() <= LONGEST && !address.contains(bad);
    fits.then(|| address.to_lowercase())
}

/// A name without the quotes that some programs leave around it.
pub(super) fn clean_name(name: &str) -> String {
    let name = fields::collapse(name);
    let bare = name.trim_matches(['"', '\'']).trim();
    // `O'` would lose its mark: only pairs go.
    if name.len() - bare.len() >= 2 { bare.to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: &str, name: &str, address: &str) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let expected = Mailbox { name: some(name), address: some(address) };
        assert_eq!(mailboxes(field.as_bytes()).first(), Some(&expected), "{field:?}");
    }

    #[test]
    fn addresses_are_whole() {
        check("Jo Doe <Jo@Example.org>", "Jo Doe", "jo@example.org");
        check("jo@example.org", "", "jo@example.org");
        check("jo@example.org (Jo Doe)", "Jo Doe", "jo@example.org");
        check("jo at example.org (Jo Doe)", "Jo Doe", "jo@example.org");
        check("jo at example.org (Jo at Work)", "Jo at Work", "jo@example.org");
        check("jo at example.org (Jo @ Work)", "Jo @ Work", "jo@example.org");
        check("jo.doe at mail.example.org", "", "jo.doe@mail.example.org");
        check("\"Jo at Work\" <jo at example.org>", "Jo at Work", "jo@example.org");
        check("Jo <jo(a)example.org>", "Jo", "jo@example.org");
        check("=?utf-8?q?J=C3=B6?= <jo@example.org>", "Jö", "jo@example.org");
        check("jo at example.org (=?utf-8?b?SsO2?=)", "Jö", "jo@example.org");
        check("\"'Jo Doe'\" <jo@example.org>", "Jo Doe", "jo@example.org");
        check("\"jo@example.org\" <jo@example.org>", "", "jo@example.org");
        check("jo at example.org (jo at example.org)", "", "jo@example.org");
        check("Jo Doe", "Jo Doe", "");
        check("Jo Doe <>", "Jo Doe", "");
        assert_eq!(mailboxes(b""), []);
        assert_eq!(mailboxes(b"<>"), []);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_will_do(field in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..60)) {
            mailboxes(&field);
        }
    }
}
