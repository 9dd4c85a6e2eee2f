//! Which identity a name and an address of a commit stand for.

use std::borrow::Cow;

use model::{Id, Identity, IdentityKind, Timestamp};

/// The address under which GitHub itself commits: merges and edits made in the browser.
const FORGE: &str = "noreply@github.com";
/// Domains that stand for "this machine": many people have the same address there.
const NOWHERE: &[&str] = &["(none)", ".local", ".localdomain", ".localhost", ".lan", ".internal", ".invalid"];
/// Names that tools write where they know none.
const NOBODY: &[&str] = &["", "(no author)", "no author", "none", "unknown", "root"];

/// The identity behind a name and an address, both as written; `None` where neither says anything.
pub fn identity(source: &str, name: &str, address: &str, seen: Option<Timestamp>) -> Option<Identity> {
    let name = squeezed(name);
    let address = address.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '<' | '>'));
    let address = address.to_lowercase();
    let known_name = !NOBODY.contains(&name.to_lowercase().as_str());
    let (kind, value, email) = if is_personal(&address) {
        (IdentityKind::Email, address.clone(), Some(address))
    } else if known_name {
        (IdentityKind::Name, name.to_string(), None)
    } else {
        let local = address.split('@').next().filter(|local| !NOBODY.contains(local))?;
        (IdentityKind::Name, local.to_owned(), None)
    };
    let bot = name.ends_with("[bot]") || value.split('@').next().is_some_and(|local| local.ends_with("[bot]"));
    let bot = bot || value == FORGE;
    let name = known_name.then(|| name.into_owned());
    Some(Identity { id: Id::identity(source, &value), kind, value, name, email, account: None, bot, seen })
}

/// The identity named by a trailer's value: `Name <address>`, an address or a name.
pub fn named(source: &str, value: &str, seen: Option<Timestamp>) -> Option<Identity> {
    match value.split_once('<') {
        Some((name, rest)) => identity(source, name, rest.split('>').next().unwrap_or_default(), seen),
        None if value.contains('@') && !value.contains(char::is_whitespace) => identity(source, "", value, seen),
        None => identity(source, value, "", seen),
    }
}

/// Whether a forge's own button made the commit rather than a person.
pub fn is_forge(identity: &Identity) -> bool {
    identity.value == FORGE
}

/// Whether an address in lower case can be one person's own in the whole world, so that meeting it
/// elsewhere proves that it is the same person.
fn is_personal(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else { return false };
    let word = |text: &str| !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '@');
    let dotted = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    word(local) && word(domain) && dotted && !NOWHERE.iter().any(|end| domain.ends_with(end))
}

/// Without white space at its ends and with single spaces within.
fn squeezed(name: &str) -> Cow<'_, str> {
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == ',');
    if name.contains("  ") || name.contains(|c: char| c.is_whitespace() && c != ' ') {
        return Cow::Owned(name.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    Cow::Borrowed(name)
}
