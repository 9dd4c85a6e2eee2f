//! Names of columns: people write `ticket id` for `Ticket ID`, and exports change their spelling.

use std::borrow::Cow;
use std::collections::HashMap;

/// Whether two names are one, letters' case and everything that is no letter or digit aside.
pub fn same(one: &str, other: &str) -> bool {
    one == other || !is_blank(one) && squeezed(one).eq(squeezed(other))
}

/// Whether a header cell can be taken for a row's value: an address, a link, a number, a date.
pub fn is_value(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    name.contains('@') || name.contains("://") || digits > 3 && digits * 2 >= name.len()
}

/// Names for the columns of a header: trimmed, those without one by their place, later equal ones counted.
pub fn columns<'a>(header: impl Iterator<Item = Cow<'a, str>>) -> Vec<String> {
    let mut taken: HashMap<String, usize> = HashMap::new();
    let name = |(at, cell): (usize, Cow<'a, str>)| {
        let cell = cell.trim().trim_start_matches('\u{feff}').trim();
        let name = if cell.is_empty() { by_place(at) } else { cell.to_owned() };
        let count = taken.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name} ({count})") }
    };
    header.enumerate().map(name).collect()
}

/// What a column without a name is called; places count from 0, names from 1.
pub fn by_place(at: usize) -> String {
    format!("column {}", at + 1)
}

fn is_blank(name: &str) -> bool {
    squeezed(name).next().is_none()
}

fn squeezed(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_one() {
        assert!(same("Ticket ID", "ticket_id") && same("First Name", " first-name ") && same("A", "a"));
        assert!(!same("id", "id2") && !same("#", "%") && same("#", "#"));
        let header = [" Name ", "", "Name", "\u{feff}Id", "Name"].map(Cow::from);
        assert_eq!(columns(header.into_iter()), ["Name", "column 2", "Name (2)", "Id", "Name (3)"]);
        assert!(is_value("ada@example.org") && is_value("2024-03-01") && is_value("12345"));
        assert!(!is_value("Answer 1") && !is_value("Q1 2024 visitors") && !is_value(""));
    }
}
