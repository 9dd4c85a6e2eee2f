//! The person of a row: accounts, address, name, organization.

use model::time::DAY;
use model::{Affiliation, Id, Identity, IdentityKind, Rows, Same};

use crate::table::normalize::Row;
use crate::table::when::Clock;

/// What the person's fields are called in a kind of rows.
pub struct Fields {
    /// An account's name.
    pub account: &'static str,
    /// A person's name.
    pub name: &'static str,
    /// Their address, or several.
    pub email: &'static str,
}

/// Pushes what a row says of its person and gives their first identity; `None` if it names nobody.
/// An account comes before an address before a name. What else the row has of them is the same person.
pub fn person(row: &Row<'_>, rows: &mut Rows, fields: &Fields, seen: Option<i64>) -> Option<Id> {
    let name = row.text(fields.name);
    let emails = row.text(fields.email).map(|text| addresses(&text)).unwrap_or_default();
    let mut found: Vec<Identity> = Vec::new();
    let account = row.text(fields.account).map(|text| account_name(&text).to_owned());
    if let Some(account) = account.filter(|name| !name.is_empty()) {
        let value = account.to_lowercase();
        let account = row.mapping.site.as_ref().map(|site| format!("{site}/{value}"));
        found.push(Identity { account, ..Identity::new(row.source, IdentityKind::Account, value) });
    }
    for (site, field) in &row.mapping.accounts {
        let account = row.text_of(field).map(|text| account_name(&text).to_lowercase());
        if let Some(account) = account.filter(|name| !name.is_empty()) {
            let account = format!("{site}/{account}");
            let identity = Identity::new(row.source, IdentityKind::Account, account.clone());
            found.push(Identity { account: Some(account), ..identity });
        }
    }
    let mut emails = emails.into_iter();
    let first = emails.next();
    match (found.first_mut(), first) {
        (Some(main), email) => main.email = email,
        (None, Some(email)) => {
            let identity = Identity::new(row.source, IdentityKind::Email, email.clone());
            found.push(Identity { email: Some(email), ..identity });
        }
        (None, None) => {
            let name = name.as_ref()?;
            found.push(Identity::new(row.source, IdentityKind::Name, name.to_lowercase()));
        }
    }
    found.extend(emails.map(|email| {
        let identity = Identity::new(row.source, IdentityKind::Email, email.clone());
        Identity { email: Some(email), ..identity }
    }));
    let main = found.first()?.id;
    let bot = row.yes("bot");
    rows.same.extend(found.iter().skip(1).map(|other| Same(main, other.id)).filter(|same| same.0 != same.1));
    rows.identities.extend(found.into_iter().map(|identity| Identity { name: name.clone(), bot, seen, ..identity }));
    Some(main)
}

/// Pushes where somebody works, if the row says so.
pub fn organization(row: &mut Row<'_>, rows: &mut Rows, who: Id) {
    let Some(organization) = row.text("organization") else { return };
    let from = row.time("from");
    // A day that somebody names as the last one is still of the stretch.
    let whole_day = row.text("until").is_some_and(|text| !Clock::has_hours(&text));
    let until = row.time("until").map(|until| if whole_day { until + DAY } else { until });
    rows.affiliations.push(Affiliation {
        who,
        organization: organization.trim_start_matches('@').to_owned(),
        from,
        until,
    });
}

/// The addresses in a text, in lower case: `Ada <ada@example.org>; ada@example.com`.
fn addresses(text: &str) -> Vec<String> {
    let plain = |part: &str| {
        let part = part.split_once('<').map_or(part, |(_, rest)| rest.split('>').next().unwrap_or(rest));
        let part = part.trim().trim_start_matches("mailto:").to_lowercase();
        let whole = part.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
        (whole && !part.contains(char::is_whitespace)).then_some(part)
    };
    let mut found: Vec<String> = Vec::new();
    for address in text.split([',', ';', '|', '\n']).filter_map(plain) {
        if !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

/// An account's name as people write it: without `@`, and out of a link to its page or to what it posted.
fn account_name(text: &str) -> &str {
    let text = text.trim();
    // As Meetup writes the numbers of its members.
    let text = text.strip_prefix("user ").filter(|id| id.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(text);
    let Some((_, link)) = text.split_once("://") else { return text.trim_start_matches('@') };
    let path = link.split_once('/').map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let path = path.split_once("/status/").map_or(path, |(account, _)| account);
    path.trim_matches('/').trim_start_matches('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses() {
        assert_eq!(
            addresses("Ada <Ada@Example.org>; bo@example.org, , x, bo@example.org"),
            ["ada@example.org", "bo@example.org"]
        );
        assert!(addresses("ada at example").is_empty() && addresses("@").is_empty());
        for text in
            ["@ada", "ada", " https://x.com/ada/status/12?s=20", "https://github.com/ada/", "https://x.com/@ada"]
        {
            assert_eq!(account_name(text), "ada", "{text}");
        }
        assert_eq!(account_name("https://example.org"), "");
    }
}
