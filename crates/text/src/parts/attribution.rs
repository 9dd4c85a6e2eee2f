//! `On Monday Jo Doe wrote:`, in one line or several, in whatever language.

use super::lines::Lines;

/// An attribution takes at most this many lines …
const MOST_LINES: usize = 4;
/// … and bytes.
const MOST_BYTES: usize = 400;

/// Words that such a line ends with, where the language has one: English, German, French, Spanish,
/// Portuguese, Italian, Dutch, Scandinavian, Polish, Russian, Finnish, Czech.
const VERBS: &[&str] = &[
    "wrote",
    "writes",
    "said",
    "schrieb",
    "schrieb am",
    "écrit",
    "ecrit",
    "escribió",
    "escribio",
    "escreveu",
    "scritto",
    "schreef",
    "skrev",
    "napisał",
    "napisał(a)",
    "pisze",
    "написал",
    "написал(а)",
    "пишет",
    "kirjoitti",
    "napsal",
    "napsal(a)",
];
/// What such a line begins with.
const OPENERS: &[&str] = &[
    "On ",
    "Am ",
    "Le ",
    "El ",
    "Em ",
    "Il ",
    "Op ",
    "Den ",
    "Dnia ",
    "W dniu ",
    "At ",
    "In article ",
    "Quoting ",
    "Mon",
    "Tue",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
    "Sun",
    "* ",
];

/// Where the attribution that begins at line `at` ends, if one does: past its last line.
pub(super) fn end(lines: &Lines<'_>, at: usize) -> Option<usize> {
    // Yahoo put dashes before it: `--- On Wed, 4/4/12, Jo <jo@example.org> wrote:`.
    let first = lines.text(at).trim_start_matches(['-', ' ']);
    let opens =
        OPENERS.iter().any(|opener| first.starts_with(opener)) || first.starts_with(|c: char| c.is_ascii_digit());
    let mut bytes = 0;
    for line in at..(at + MOST_LINES).min(lines.len()) {
        let text = lines.text(line);
        bytes += text.len();
        if text.is_empty() || bytes > MOST_BYTES || lines.is_quote(line) {
            return None;
        }
        // Only a line that ends with a colon can be the last.
        if let Some(head) = text.strip_suffix(':') {
            let quoted = lines.is_quote(lines.next(line + 1));
            let verb = ends_with_verb(head);
            let all = || (at..=line).map(|number| lines.text(number));
            let known = |judge: fn(&str) -> bool| all().any(judge);
            let is_one = match (quoted, opens) {
                (true, true) => verb || known(has_address) || known(has_date),
                (true, false) => line == at && (verb || has_address(head) && has_date(head)),
                (false, true) => verb && known(has_date) && (known(has_address) || line > at || head.contains(',')),
                (false, false) => false,
            };
            return is_one.then_some(line + 1);
        }
        if !opens {
            return None;
        }
    }
    None
}

fn ends_with_verb(head: &str) -> bool {
    let head = head.trim_end();
    VERBS.iter().any(|verb| {
        // Gmail once forgot the space: `<jo@example.org>wrote:`.
        head.strip_suffix(verb).is_some_and(|before| before.is_empty() || !before.ends_with(char::is_alphanumeric))
    })
}

fn has_address(text: &str) -> bool {
    let at = |mark: &str| text.find(mark).is_some_and(|at| at > 0 && at + mark.len() < text.len());
    at("@") || at(" at ") && text.contains('<')
}

/// A year, a time of day or a date in digits.
fn has_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize, count: usize| {
        bytes.get(from..from + count).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let year = |at: usize| (text[at..].starts_with("19") || text[at..].starts_with("20")) && digits(at, 4);
    let between = |mark: u8| (1..bytes.len()).any(|at| bytes[at] == mark && digits(at - 1, 1) && digits(at + 1, 2));
    (0..bytes.len()).any(|at| bytes[at].is_ascii_digit() && year(at)) || between(b':') || between(b'.') || between(b'/')
}
