//! CNCF's `developers_affiliations*.txt`: a line with a login and addresses, and below it, set in, a line
//! for each employer: `Acme`, `Acme until 2014-05-01`, `Acme from 2014-05-01 until 2016-01-01`.

use model::Rows;

use super::date;
use super::person::{Person, Stay, organization};

/// Whether a line begins a stanza: a name, a colon, and at least one address.
pub fn begins(line: &str) -> bool {
    !line.starts_with(char::is_whitespace)
        && line.split_once(':').is_some_and(|(name, rest)| {
            !name.trim().is_empty() && rest.split(',').any(|part| super::person::address(part).is_some())
        })
}

/// Pushes everybody in `text`; gives the numbers, from 1, of lines that say nothing.
pub fn push(text: &str, source: &str, rows: &mut Rows) -> Vec<usize> {
    let mut lost = Vec::new();
    let mut person: Option<(Person, Option<model::Timestamp>)> = None;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !is_blank(line)) {
        if begins(line) {
            if let Some((person, _)) = person.take() {
                person.push(source, rows);
            }
            person = Some((reads(line), None));
        } else if let Some((person, from)) = person.as_mut().filter(|_| line.starts_with(char::is_whitespace)) {
            if line.trim() == "(Robots)" {
                person.bot = true;
                continue;
            }
            let (name, begins, ends) = dates(line);
            let stay =
                organization(name).map(|organization| Stay { organization, from: begins.or(*from), until: ends });
            person.stays.extend(stay);
            *from = ends;
        } else {
            lost.push(number + 1);
        }
    }
    if let Some((person, _)) = person {
        person.push(source, rows);
    }
    lost
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

fn reads(line: &str) -> Person {
    let (login, rest) = line.split_once(':').unwrap_or((line, ""));
    let login = login.trim();
    // Older files have the person's name there, which no login is: logins hold no blanks.
    let is_login = !login.contains(char::is_whitespace);
    Person {
        name: (!is_login).then(|| login.to_owned()),
        addresses: rest.split(',').map(str::to_owned).collect(),
        accounts: is_login.then(|| ("github.com".to_owned(), login.to_owned())).into_iter().collect(),
        ..Person::default()
    }
}

/// The employer's name, and from when until when.
fn dates(line: &str) -> (&str, Option<model::Timestamp>, Option<model::Timestamp>) {
    let cut = |text: &'_ str, word: &str| text.rfind(word).map(|at| (at, date::read(&text[at + word.len()..])));
    let mut name = line.trim();
    let (mut from, mut until) = (None, None);
    if let Some((at, Some(day))) = cut(name, " until ") {
        (name, until) = (&name[..at], Some(day));
    }
    if let Some((at, Some(day))) = cut(name, " from ") {
        (name, from) = (&name[..at], Some(day));
    }
    (name, from, until)
}
