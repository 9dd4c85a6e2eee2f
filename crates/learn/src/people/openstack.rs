//! People of OpenStack, with all their addresses and accounts.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::{Known, Person, View};

#[derive(Deserialize)]
struct File {
    users: Vec<User>,
}

/// One line of the list; who has no address cannot be in it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct User {
    user_name: String,
    emails: Vec<String>,
    launchpad_id: Option<String>,
    github_id: Option<String>,
    zanata_id: Option<String>,
}

/// The train and the test half.
pub(crate) fn halves(data: &Path) -> Result<(Vec<User>, Vec<User>)> {
    let path = data.join("identities/openstack-half.json");
    let text = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let file: File = serde_json::from_slice(&text).with_context(|| format!("cannot read {}", path.display()))?;
    let first = |user: &User| user.emails.first().cloned().unwrap_or_default();
    Ok(file.users.into_iter().partition(|user| hash(&first(user)).is_multiple_of(2)))
}

/// FNV-1a (Fowler, Noll, Vo), mixed once more: equal on every machine.
fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    (hash ^ hash >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20
}

/// Everybody with their identities, names shown as `view` says.
pub(crate) fn view(users: &[User], view: View) -> Vec<Person> {
    users.iter().map(|user| Person { identities: identities(user, view) }).collect()
}

/// Everybody as two tools see them that both know the addresses: what is merged by proof.
pub(crate) fn seen_twice(users: &[User]) -> Vec<Person> {
    let twice = |user| {
        let mut identities = identities(user, View::Addresses);
        let mut others = identities.clone();
        others.iter_mut().for_each(|other| "list".clone_into(&mut other.place));
        identities.extend(others);
        Person { identities }
    };
    users.iter().map(twice).collect()
}

fn identities(user: &User, view: View) -> Vec<Known> {
    let shown = |key: &str, address: bool| match view {
        View::Addresses => address,
        // Another bit than the one that splits: else all first addresses of a half were alike.
        View::Half => (hash(key) >> 7).is_multiple_of(2),
        View::All => true,
        View::None => false,
    };
    let name = |key: &str, address| shown(key, address).then(|| user.user_name.clone());
    let mail = |email: &String| {
        let email = email.trim().to_lowercase();
        Known { place: "git".into(), name: name(&email, true), email: Some(email), ..Known::default() }
    };
    let accounts = [
        ("launchpad.net", &user.launchpad_id),
        ("github.com", &user.github_id),
        ("translate.openstack.org", &user.zanata_id),
    ];
    let account = |(site, login): (&str, &Option<String>)| {
        let login = login.as_deref().map(str::trim).filter(|login| !login.is_empty())?.to_lowercase();
        let account = format!("{site}/{login}");
        Some(Known { place: site.into(), name: name(&account, false), account: Some(account), ..Known::default() })
    };
    user.emails.iter().map(mail).chain(accounts.into_iter().filter_map(account)).collect()
}
