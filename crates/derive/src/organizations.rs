//! Who was at which organization: as imported, and by the domains of their addresses.
//!
//! An imported domain counts for everybody who writes from it or from below it, within its dates. A domain
//! that nobody told anything about is taken for an organization when two or more people write from it,
//! because one person's own domain is none. Free-mail providers are never organizations.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use arrow::array::RecordBatch;
use model::tables::AFFILIATIONS;
use model::{Affiliation, Domain, Id, Timestamp};
use rustc_hash::FxHashSet;

use crate::columns::Filling;
use crate::error::Result;
use crate::links::Links;
use crate::people::{People, proof};

/// Where anybody gets an address, and whoever is below them: domains, one a line.
static FREE_MAIL: LazyLock<FxHashSet<&str>> = LazyLock::new(|| include_str!("free_mail.txt").lines().collect());

/// Why an affiliation is known, the surest first.
const BASES: [&str; 3] = ["imported", "mail domain", "shared domain"];

/// Who was where.
pub struct Affiliations<'a> {
    rows: BTreeSet<Row<'a>>,
}

/// Person, organization, identity, from when, until when, why it is known, which source says so.
type Row<'a> = (&'a str, String, Id, Option<Timestamp>, Option<Timestamp>, &'static str, Option<&'a str>);

impl<'a> Affiliations<'a> {
    /// From stays and domains as sources tell them (each with the source's id).
    pub fn new(
        stays: impl Iterator<Item = (Affiliation, &'a str)>,
        domains: impl Iterator<Item = (Domain, &'a str)>,
        links: &'a Links,
        people: &People,
    ) -> Affiliations<'a> {
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
            row(identity, (&stay.organization, stay.from, stay.until), BASES[0], Some(source));
        }
        let mut untold: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (at, identity) in links.identities.iter().enumerate() {
            let Some((_, host)) = proof(identity).and_then(|address| address.rsplit_once('@')) else { continue };
            if identity.bot || is_free_mail(host) {
                continue;
            }
            match above(host).find_map(|domain| told.get(domain)) {
                Some(rules) => rules.iter().for_each(|(rule, source)| {
                    row(at as u32, (&rule.organization, rule.from, rule.until), BASES[1], Some(*source));
                }),
                None => untold.entry(host).or_default().push(at as u32),
            }
        }
        for (host, identities) in untold {
            let writers: BTreeSet<u32> = identities.iter().map(|at| people.of[*at as usize]).collect();
            for at in identities.into_iter().filter(|_| writers.len() > 1) {
                let first = links.identities[at as usize].seen.map(|(first, _)| first);
                row(at, (host, first, None), BASES[2], None);
            }
        }
        Affiliations { rows }
    }

    /// Where each person is now, by their id: of what is known the one that ends last, of those the one that began last,
    /// and what a source says before what addresses say.
    pub fn latest(&self) -> BTreeMap<&str, &str> {
        let key = |(_, organization, _, from, until, basis, _): &Row<'a>| {
            let told = BASES.iter().position(|one| one == basis);
            (
                until.unwrap_or(Timestamp::MAX),
                from.unwrap_or(Timestamp::MIN),
                Reverse(told),
                Reverse(organization.clone()),
            )
        };
        let mut latest: BTreeMap<&str, &Row<'a>> = BTreeMap::new();
        for row in &self.rows {
            let known = latest.entry(row.0).or_insert(row);
            if key(row) > key(known) {
                *known = row;
            }
        }
        latest.into_iter().map(|(person, row)| (person, row.1.as_str())).collect()
    }

    /// The rows of the table.
    pub fn table(&self) -> Result<RecordBatch> {
        let mut filling = Filling::new(&AFFILIATIONS);
        for (person, organization, who, from, until, basis, source) in &self.rows {
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
