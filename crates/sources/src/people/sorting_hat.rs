//! SortingHat's export (`sortinghat export`, the JSON that GrimoireLab's stack loads and writes).

use std::collections::BTreeMap;

use model::{Domain, Rows};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::date;
use super::person::{Person, Stay, lost, organization};

/// The file. Either part may be a file of its own.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct File {
    uidentities: BTreeMap<String, Box<RawValue>>,
    organizations: BTreeMap<String, Box<RawValue>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Individual {
    enrollments: Vec<Enrollment>,
    identities: Vec<Known>,
    profile: Option<Profile>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Enrollment {
    organization: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Known {
    name: Option<String>,
    email: Option<String>,
    username: Option<String>,
    source: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Profile {
    name: Option<String>,
    email: Option<String>,
    is_bot: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    domain: String,
}

/// The sites of SortingHat's sources whose account names are the ones people log in with there.
const SITES: &[(&str, &str)] = &[
    ("gerrit:launchpad", "launchpad.net"),
    ("gitee", "gitee.com"),
    ("github", "github.com"),
    ("github2", "github.com"),
    ("gitlab", "gitlab.com"),
    ("launchpad", "launchpad.net"),
    ("twitter", "twitter.com"),
];

impl File {
    /// Pushes everybody in it; gives how many could not be read or known by anything.
    pub fn push(self, source: &str, rows: &mut Rows) -> usize {
        for (name, domains) in self.organizations {
            let Some(organization) = organization(&name) else { continue };
            let domains: Vec<Listed> = serde_json::from_str(domains.get()).unwrap_or_default();
            rows.domains.extend(domains.into_iter().map(|listed| Domain {
                domain: listed.domain.trim().trim_start_matches('@').to_lowercase(),
                organization: organization.clone(),
                from: None,
                until: None,
            }));
        }
        let known = |raw: Box<RawValue>| serde_json::from_str(raw.get()).ok().map(person);
        lost(self.uidentities.into_values().map(known), source, rows)
    }
}

fn person(individual: Individual) -> Person {
    let profile = individual.profile.unwrap_or_default();
    let names = individual.identities.iter().filter_map(|known| known.name.clone());
    let mut person = Person {
        name: profile.name.into_iter().chain(names).find(|name| !name.trim().is_empty()),
        addresses: profile.email.into_iter().collect(),
        bot: profile.is_bot.unwrap_or_default(),
        ..Person::default()
    };
    for known in individual.identities {
        person.addresses.extend(known.email);
        let Some(username) = known.username.filter(|name| !name.trim().is_empty()) else { continue };
        let source = known.source.unwrap_or_default().to_lowercase();
        let site = SITES.iter().find(|(name, _)| *name == source).map_or(source.as_str(), |(_, site)| site);
        person.accounts.push((site.to_owned(), username));
    }
    person.stays = individual.enrollments.into_iter().filter_map(stay).collect();
    person
}

fn stay(enrollment: Enrollment) -> Option<Stay> {
    let day = |text: Option<String>| text.as_deref().and_then(date::read);
    let organization = organization(&enrollment.organization?)?;
    Some(Stay { organization, from: day(enrollment.start), until: day(enrollment.end) })
}
