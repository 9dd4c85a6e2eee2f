//! `.mailmap` (gitmailmap(5)): `Name <address>`, `<address> <other>`, `Name <address> <other>`,
//! `Name <address> Other <other>`.

use model::Rows;

use super::person::{Person, address};

/// Whether a line has an address in angle brackets.
fn entry(line: &str) -> Option<Person> {
    let line = line.split('#').next().unwrap_or_default().trim();
    let (name, rest) = line.split_once('<')?;
    let (first, rest) = rest.split_once('>')?;
    let other = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(other, _)| other);
    let addresses: Vec<String> = [Some(first), other].into_iter().flatten().filter_map(address).collect();
    let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    (!addresses.is_empty()).then(|| Person { name, addresses, ..Person::default() })
}

/// Pushes what `text` says; gives the numbers, from 1, of lines that say nothing.
pub fn push(text: &str, source: &str, rows: &mut Rows) -> Vec<usize> {
    let mut lost = Vec::new();
    for (number, line) in text.lines().enumerate() {
        match entry(line) {
            Some(person) => _ = person.push(source, rows),
            None if line.trim().is_empty() || line.trim_start().starts_with('#') => {}
            None => lost.push(number + 1),
        }
    }
    lost
}
