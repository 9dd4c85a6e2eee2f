//! Stackalytics' `default_data.json`, and the lists that OpenStack keeps in its shape.

use model::{Domain, Rows};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::date;
use super::person::{Person, in_turn, lost, organization};

/// The file. Either part may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct File {
    users: Vec<Box<RawValue>>,
    companies: Vec<Box<RawValue>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct User {
    user_name: Option<String>,
    emails: Vec<String>,
    launchpad_id: Option<String>,
    github_id: Option<String>,
    gerrit_id: Option<String>,
    zanata_id: Option<String>,
    companies: Vec<Stayed>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Stayed {
    company_name: String,
    end_date: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Company {
    company_name: String,
    domains: Vec<String>,
}

impl File {
    /// Pushes everybody in it; gives how many could not be read or known by anything.
    pub fn push(self, source: &str, rows: &mut Rows) -> usize {
        for company in self.companies.iter().filter_map(|raw| serde_json::from_str::<Company>(raw.get()).ok()) {
            let Some(organization) = organization(&company.company_name) else { continue };
            let domains = company.domains.into_iter().filter(|domain| domain.contains('.'));
            rows.domains.extend(domains.map(|domain| Domain {
                domain: domain.trim().to_lowercase(),
                organization: organization.clone(),
                from: None,
                until: None,
            }));
        }
        let known = |raw: Box<RawValue>| serde_json::from_str(raw.get()).ok().map(person);
        lost(self.users.into_iter().map(known), source, rows)
    }
}

fn person(user: User) -> Person {
    let accounts = [
        ("launchpad.net", user.launchpad_id),
        ("github.com", user.github_id),
        ("review.opendev.org", user.gerrit_id),
        ("translate.openstack.org", user.zanata_id),
    ];
    let ends = user
        .companies
        .iter()
        .map(|stayed| (stayed.company_name.as_str(), stayed.end_date.as_deref().and_then(date::read)));
    Person {
        name: user.user_name,
        stays: in_turn(ends),
        addresses: user.emails,
        accounts: accounts.into_iter().filter_map(|(site, name)| Some((site.to_owned(), name?))).collect(),
        bot: false,
    }
}
