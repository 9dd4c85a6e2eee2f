//! People as SortingHat and git read them.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::Result;
use engine::Engine;
use engine::format::{self, Format};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// One person with all that tells who they are.
#[derive(Debug, Default)]
pub struct Known {
    id: String,
    name: Option<String>,
    bot: bool,
    identities: Vec<Identity>,
    stays: Vec<Stay>,
}

#[derive(Debug, Deserialize)]
struct Identity {
    person_id: String,
    identity_id: String,
    source: String,
    kind: String,
    value: String,
    name: Option<String>,
    email: Option<String>,
    account: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Stay {
    person_id: String,
    organization: String,
    from_day: Option<String>,
    until_day: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Person {
    person_id: String,
    name: Option<String>,
    bot: bool,
}

/// A mail domain and whose it is.
#[derive(Debug, Deserialize)]
pub struct Domain {
    domain: String,
    organization: String,
}

/// Everybody, in the order of their ids.
pub fn people(engine: &Engine) -> Result<Vec<Known>> {
    let mut all: BTreeMap<String, Known> = BTreeMap::new();
    for Person { person_id, name, bot } in rows(engine, "SELECT person_id, name, bot FROM people")? {
        all.insert(person_id.clone(), Known { id: person_id, name, bot, ..Known::default() });
    }
    let identities = "SELECT person_id, identity_id, source, kind, \"value\", name, email, account \
                      FROM identities ORDER BY first_seen NULLS LAST, source, identity_id";
    for identity in rows::<Identity>(engine, identities)? {
        all.entry(identity.person_id.clone()).or_default().identities.push(identity);
    }
    // One stay may be known of several identities.
    let stays = "SELECT DISTINCT person_id, organization, to_char(from_time, '%Y-%m-%d') AS from_day, \
                 to_char(until_time, '%Y-%m-%d') AS until_day \
                 FROM affiliations WHERE basis <> 'shared domain' ORDER BY person_id, from_day NULLS FIRST, organization";
    for stay in rows::<Stay>(engine, stays)? {
        all.entry(stay.person_id.clone()).or_default().stays.push(stay);
    }
    Ok(all.into_values().collect())
}

/// Whose mail domain is whose.
pub fn domains(engine: &Engine) -> Result<Vec<Domain>> {
    rows(engine, "SELECT DISTINCT domain, organization FROM domains ORDER BY organization, domain")
}

/// As `sortinghat load` reads it. Days that nobody knows are 1900-01-01 and 2100-01-01, as SortingHat's.
pub fn sorting_hat(people: &[Known], domains: &[Domain]) -> Result<String> {
    let mut individuals = serde_json::Map::new();
    for person in people {
        let day = |day: &Option<String>, unknown: &str| format!("{}T00:00:00", day.as_deref().unwrap_or(unknown));
        let enrollments = person.stays.iter().map(|stay| {
            json!({
                "uuid": person.id,
                "organization": stay.organization,
                "start": day(&stay.from_day, "1900-01-01"),
                "end": day(&stay.until_day, "2100-01-01"),
            })
        });
        let identities = person.identities.iter().map(|one| {
            let (source, username) = source_and_name(one);
            json!({
                "id": one.identity_id,
                "uuid": person.id,
                "source": source,
                "name": one.name,
                "email": one.email,
                "username": username,
            })
        });
        let email = person.identities.iter().find_map(|one| one.email.as_deref());
        let individual = json!({
            "uuid": person.id,
            "profile": { "uuid": person.id, "name": person.name, "email": email, "is_bot": person.bot },
            "enrollments": enrollments.collect::<Vec<_>>(),
            "identities": identities.collect::<Vec<_>>(),
        });
        individuals.insert(person.id.clone(), individual);
    }
    let mut organizations: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for stay in people.iter().flat_map(|person| &person.stays) {
        organizations.entry(&stay.organization).or_default();
    }
    for Domain { domain, organization } in domains {
        let listed = json!({ "domain": domain, "is_top": true });
        organizations.entry(organization).or_default().push(listed);
    }
    let file = json!({
        "source": "switchboard",
        "blacklist": [],
        "organizations": organizations,
        "uidentities": individuals,
    });
    Ok(serde_json::to_string_pretty(&file)? + "\n")
}

/// SortingHat's name of a source and the account's name there: a site's where the account is one there.
fn source_and_name(identity: &Identity) -> (&str, Option<&str>) {
    match identity.account.as_deref().and_then(|account| account.split_once('/')) {
        Some(("github.com", name)) => ("github", Some(name)),
        Some(("gitlab.com", name)) => ("gitlab", Some(name)),
        Some((site, name)) => (site, Some(name)),
        None => (&identity.source, matches!(identity.kind.as_str(), "account" | "nick").then_some(&identity.value)),
    }
}

/// A line for each further address of everybody who has several (gitmailmap(5)).
pub fn mailmap(people: &[Known]) -> String {
    let mut lines = String::new();
    for person in people.iter().filter(|person| !person.bot) {
        let mut addresses: Vec<&str> = Vec::new();
        for address in person.identities.iter().filter_map(|one| one.email.as_deref()) {
            if !addresses.contains(&address) && !address.contains(['<', '>', '\n']) {
                addresses.push(address);
            }
        }
        let name = person.name.as_deref().unwrap_or_default().replace(['<', '>', '\n', '\r', '#'], " ");
        let Some((first, others)) = addresses.split_first() else { continue };
        for other in others {
            // Writing to a text cannot fail.
            let _ = writeln!(lines, "{}", format!("{} <{first}> <{other}>", name.trim()).trim_start());
        }
    }
    lines
}

/// What a query gives.
pub fn rows<T: DeserializeOwned>(engine: &Engine, query: &str) -> Result<Vec<T>> {
    let mut lines = Vec::new();
    format::write(engine.query(query)?, &Format::Jsonl, &mut lines)?;
    Ok(serde_json::Deserializer::from_slice(&lines).into_iter().collect::<Result<_, _>>()?)
}
