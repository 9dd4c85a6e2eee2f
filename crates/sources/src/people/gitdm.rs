//! gitdm's maps, a line each (its README, "Configuration files"): `address employer < date`,
//! `domain employer < date`, and aliases `address address`. A date says until when; the latest one holds
//! on. What begins with `#` is a remark.

use std::collections::BTreeMap;

use model::{Domain, Rows, Timestamp};

use super::date;
use super::person::{Person, address, in_turn};

/// Whether most lines are those of a map.
pub fn is_map(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).collect();
    let known = lines.iter().take(50).filter(|line| entry(line).is_some()).count();
    known > 0 && known * 10 >= lines.len().min(50) * 9
}

enum Entry<'a> {
    Address(String, &'a str, Option<Timestamp>),
    Domain(String, &'a str, Option<Timestamp>),
    Alias(String, String),
}

fn entry(line: &str) -> Option<Entry<'_>> {
    let line = line.split('#').next().unwrap_or_default().trim();
    let (who, rest) = line.split_once(char::is_whitespace)?;
    let rest = rest.trim();
    if let (Some(alias), Some(main)) = (address(who), address(rest)) {
        return Some(Entry::Alias(alias, main));
    }
    let (employer, until) = match rest.rsplit_once('<') {
        Some((employer, until)) => (employer.trim(), Some(date::read(until)?)),
        None => (rest, None),
    };
    match address(who) {
        _ if employer.is_empty() => None,
        Some(address) => Some(Entry::Address(address, employer, until)),
        None => {
            let domain = who.trim_start_matches('@').to_lowercase();
            let sound = domain.contains('.')
                && domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
            sound.then_some(Entry::Domain(domain, employer, until))
        }
    }
}

/// Pushes what `text` says; gives the numbers, from 1, of lines that say nothing.
pub fn push(text: &str, source: &str, rows: &mut Rows) -> Vec<usize> {
    let mut lost = Vec::new();
    let mut people: BTreeMap<String, Vec<(&str, Option<Timestamp>)>> = BTreeMap::new();
    let mut domains: BTreeMap<String, Vec<(&str, Option<Timestamp>)>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        match entry(line) {
            Some(Entry::Address(address, employer, until)) => {
                people.entry(address).or_default().push((employer, until))
            }
            Some(Entry::Domain(domain, employer, until)) => domains.entry(domain).or_default().push((employer, until)),
            Some(Entry::Alias(alias, main)) => {
                Person { addresses: vec![main, alias], ..Person::default() }.push(source, rows);
            }
            None if line.trim().is_empty() || line.trim_start().starts_with('#') => {}
            None => lost.push(number + 1),
        }
    }
    for (address, ends) in people {
        let bot = ends.iter().any(|(employer, _)| *employer == "(Robots)");
        let person = Person { addresses: vec![address], stays: in_turn(ends), bot, ..Person::default() };
        person.push(source, rows);
    }
    for (domain, ends) in domains {
        rows.domains.extend(in_turn(ends).into_iter().map(|stay| Domain {
            domain: domain.clone(),
            organization: stay.organization,
            from: stay.from,
            until: stay.until,
        }));
    }
    lost
}
