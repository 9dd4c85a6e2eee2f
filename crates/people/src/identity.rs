//! What proves that two identities are one person.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::address::{Address, address};

/// One account or address on one source, as far as it says who somebody is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Identity<'a> {
    /// The source, or the site where a source shows several: two accounts of one place are rarely one person.
    pub place: &'a str,
    /// The name shown with it.
    pub name: Option<&'a str>,
    /// Its address in lower case, whole.
    pub email: Option<&'a str>,
    /// The account as other sources see it too, `SITE/NAME` in lower case.
    pub account: Option<&'a str>,
    /// What it is called by where it is: a nick, an account's name. No number.
    pub handle: Option<&'a str>,
}

/// Local parts that many share: they prove nothing.
const SHARED: &[&str] = &[
    "admin",
    "anonymous",
    "bounce",
    "bounces",
    "contact",
    "daemon",
    "devnull",
    "do-not-reply",
    "donotreply",
    "hello",
    "hostmaster",
    "info",
    "jenkins",
    "list",
    "mail",
    "mailer-daemon",
    "no-reply",
    "nobody",
    "noreply",
    "notifications",
    "office",
    "postmaster",
    "root",
    "support",
    "webmaster",
];
/// Hosts that no address outside one machine has.
const LOCAL_HOSTS: &[&str] = &["(none)", "example.invalid", "localhost", "localhost.localdomain"];

/// Whether many people may write from an address that begins so.
pub(crate) fn is_shared(local: &str) -> bool {
    SHARED.binary_search(&local).is_ok()
}

/// The address that proves who an identity is, if it has one. One that is cut or masked proves nothing:
/// `ada@...` may be anybody called Ada.
pub fn proof<'a>(identity: &Identity<'a>) -> Option<&'a str> {
    let email = identity.email?;
    let (local, host) = email.rsplit_once('@')?;
    let personal = !local.is_empty() && host.contains('.') && !is_shared(local) && !LOCAL_HOSTS.contains(&host);
    (personal && !matches!(address(email), Some(Address::Cut { .. }))).then_some(email)
}

/// The account that proves who an identity is: its own, or the one that a site's hiding address stands for.
pub fn account<'a>(identity: &Identity<'a>) -> Option<Cow<'a, str>> {
    if let Some(account) = identity.account {
        return Some(account.into());
    }
    match address(identity.email?) {
        Some(Address::NoReply { account }) => Some(account.into()),
        _ => None,
    }
}

/// How an identity that was merged with others is known to be theirs.
pub fn proven_by(identity: &Identity<'_>) -> &'static str {
    match identity {
        _ if proof(identity).is_some() => "the same address",
        _ if account(identity).is_some() => "the same account",
        _ => "named as one by a source",
    }
}

/// Pairs of identities, by their numbers, that an address or an account proves to be one person: enough of
/// them that whoever is one person hangs together.
pub fn proven<'a>(identities: impl IntoIterator<Item = Identity<'a>>) -> Vec<(u32, u32)> {
    let mut by_address: FxHashMap<&str, u32> = FxHashMap::default();
    let mut by_account: FxHashMap<Cow<'_, str>, u32> = FxHashMap::default();
    let mut pairs = Vec::new();
    for (identity, at) in identities.into_iter().zip(0..) {
        let address = proof(&identity).map(|address| *by_address.entry(address).or_insert(at));
        let account = account(&identity).map(|account| *by_account.entry(account).or_insert(at));
        pairs.extend([address, account].into_iter().flatten().filter(|first| *first != at).map(|first| (first, at)));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(email: &str, proves: bool, stands_for: Option<&str>) {
        let identity = Identity { email: Some(email), ..Identity::default() };
        assert_eq!(proof(&identity).is_some(), proves, "{email}");
        assert_eq!(account(&identity).as_deref(), stands_for, "{email}");
    }

    #[test]
    fn one_address_or_account_is_one_person() {
        let mail = |email| Identity { email: Some(email), ..Identity::default() };
        let site = |account| Identity { account: Some(account), ..Identity::default() };
        let hiding = mail("ada@users.noreply.github.com");
        let all =
            [mail("ada@x.org"), site("github.com/ada"), mail("bob@x.org"), mail("ada@x.org"), hiding, mail("a@...")];
        assert_eq!(proven(all), [(0, 3), (1, 4)]);
        assert_eq!(proven([mail("dave@..."), mail("dave@..."), mail("info@x.org"), mail("info@x.org")]), []);
    }

    #[test]
    fn a_whole_address_proves() {
        assert!(SHARED.is_sorted());
        check("ada@example.org", true, None);
        check("ada+lists@example.org", true, None);
        check("info@example.org", false, None);
        check("root@localhost", false, None);
        check("ada@box", false, None);
        check("@example.org", false, None);
        check("ada", false, None);
    }

    #[test]
    fn a_cut_address_proves_nothing() {
        check("ada@...", false, None);
        check("ada...@gmail.com", false, None);
        check("a***@example.org", false, None);
        check("ada@xxxxxxx.xxx", false, None);
    }

    #[test]
    fn a_hiding_address_stands_for_an_account() {
        check("7+ada@users.noreply.github.com", true, Some("github.com/ada"));
        check("ada@users.noreply.github.com", true, Some("github.com/ada"));
        check("7-ada@users.noreply.gitlab.com", true, Some("gitlab.com/ada"));
        check("ada@noreply.codeberg.org", true, Some("codeberg.org/ada"));
    }
}
