//! Who was at which organization: as imported, and by the domains of their addresses.
//!
//! An imported domain counts for everybody who writes from it or from below it, within its dates. A domain
//! that nobody told anything about is taken for an organization when two or more people write from it,
//! because one person's own domain is none. Free-mail providers are never organizations.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use arrow::array::RecordBatch;
use model::tables::AFFILIATIONS;
use model::{Affiliation, Domain};
use rustc_hash::FxHashSet;

use crate::columns::Filling;
use crate::error::Result;
use crate::links::Links;
use crate::people::{People, proof};

/// Where anybody gets an address, and whoever is below them: domains, one a line.
static FREE_MAIL: LazyLock<FxHashSet<&str>> = LazyLock::new(|| include_str!("free_mail.txt").lines().collect());

/// The rows of `affiliations`, from stays and domains as sources tell them (each with the source's id).
pub fn affiliations<'a>(
    stays: impl Iterator<Item = (Affiliation, &'a str)>,
    domains: impl Iterator<Item = (Domain, &'a str)>,
    links: &Links,
    people: &People,
) -> Result<RecordBatch> {
    let mut told: BTreeMap<String, Vec<(Domain, &str)>> = BTreeMap::new();
    for (domain, source) in domains.filter(|(domain, _)| !is_free_mail(&domain.domain)) {
        told.entry(domain.domain.clone()).or_default().push((domain, source));
    }
    let mut rows = BTreeSet::new();
    let mut row = |identity: u32, stay: (&str, Option<i64>, Option<i64>), basis, source| {
        let person = people.id(links, people.of[identity as usize]);
        let who = links.identities[identity as usize].id;
        let (organization, from, until) = stay;
        rows.insert((person, organization.to_owned(), who, from, until, basis, source));
    };
    for (stay, source) in stays {
        let Some(identity) = links.identity(&stay.who) else { continue };
        row(identity, (&stay.organization, stay.from, stay.until), "imported", Some(source));
    }
    let mut untold: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (at, identity) in links.identities.iter().enumerate() {
        let Some((_, host)) = proof(identity).and_then(|address| address.rsplit_once('@')) else { continue };
        if identity.bot || is_free_mail(host) {
            continue;
        }
        match above(host).find_map(|domain| told.get(domain)) {
            Some(rules) => rules.iter().for_each(|(rule, source)| {
                row(at as u32, (&rule.organization, rule.from, rule.until), "mail domain", Some(*source));
            }),
            None => untold.entry(host).or_default().push(at as u32),
        }
    }
    for (host, identities) in untold {
        let writers: BTreeSet<u32> = identities.iter().map(|at| people.of[*at as usize]).collect();
        for at in identities.into_iter().filter(|_| writers.len() > 1) {
            let first = links.identities[at as usize].seen.map(|(first, _)| first);
            row(at, (host, first, None), "shared domain", None);
        }
    }
    let mut filling = Filling::new(&AFFILIATIONS);
    for (person, organization, who, from, until, basis, source) in &rows {
        filling
            .text(person)
            .text(who.as_str())
            .text(organization)
            .time(*from)
            .time(*until)
            .text(basis)
            .text_or_null(*source);
    }
    filling.finish()
}

/// A host and the domains it is below, longest first, the topmost one left out.
fn above(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |host| Some(host.split_once('.')?.1)).filter(|host| host.contains('.'))
}

fn is_free_mail(host: &str) -> bool {
    above(host).any(|domain| FREE_MAIL.contains(domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_mail_is_known_at_any_depth() {
        assert!(include_str!("free_mail.txt").lines().is_sorted());
        assert!(is_free_mail("gmail.com") && is_free_mail("mx.gmail.com") && !is_free_mail("notgmail.com"));
        assert_eq!(above("a.b.example.org").collect::<Vec<_>>(), ["a.b.example.org", "b.example.org", "example.org"]);
        assert_eq!(above("localhost").count(), 0);
    }
}
