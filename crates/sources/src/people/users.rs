//! CNCF's `github_users.json`: a list of accounts with their addresses and employers in one text.

use serde::Deserialize;

use super::date;
use super::person::{Person, in_turn};

/// One account.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct User {
    login: Option<String>,
    name: Option<String>,
    email: Option<String>,
    affiliation: Option<String>,
}

impl User {
    /// Who it is.
    pub fn person(self) -> Person {
        let affiliation = self.affiliation.unwrap_or_default();
        let bot = affiliation.trim() == "(Robots)";
        // `Acme < 2014-05-01, Umbrella`: each until a day, the last one without.
        let ends = affiliation.split(',').map(|part| match part.rsplit_once('<') {
            Some((name, until)) => (name.trim(), date::read(until)),
            None => (part.trim(), None),
        });
        Person {
            name: self.name,
            stays: in_turn(ends),
            addresses: self.email.into_iter().collect(),
            accounts: self.login.into_iter().map(|login| ("github.com".to_owned(), login)).collect(),
            bot,
        }
    }
}
