//! `On Monday Jo Doe wrote:`, in one line or several, in whatever language.

use super::lines::Lines;

/// An attribution takes at most this many lines …
const MOST_LINES: usize = 4;
/// … and bytes.
const MOST_BYTES: usize = 400;

/// Words that such a line ends with, where the language has one: English, German, French, Spanish,
/// Portuguese, Italian, Dutch, Scandinavian, Polish, Russian and Ukrainian, Finnish, Czech and Slovak, Hungarian,
/// Turkish, Romanian, Greek, Catalan, Chinese, Japanese, Korean.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "wrote", "writes", "said", "says", "sent", "schrieb", "schrieb am", "geschrieben", "écrit", "ecrit", "écrivit",
    "escribió", "escribio", "ha escrito", "escreveu", "scritto", "ha scritto", "schreef", "geschreven", "skrev",
    "skrev följande", "napisał", "napisał(a)", "napisała", "pisze", "написал", "написал(а)", "написала", "пишет", "пише",
    "написав", "kirjoitti", "napsal", "napsal(a)", "napísal", "napísal(a)", "írta", "ezt írta", "şunu yazdı", "yazdı",
    "a scris", "έγραψε", "va escriure", "写道", "寫道", "のメール", "さんは書きました", "が書き込みました", "님이 작성",
    "님의 말", "wrote in message",
];
/// Those of them that may also stand in the middle, before the name: `Op 2 mei schreef Jo:`.
const MIDDLE_VERBS: &[&str] =
    &[" schrieb ", " schreef ", " skrev ", " wrote ", " escribió ", " écrit ", " scrisse ", " napsal ", " kirjoitti "];
/// What such a line begins with.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "On ", "Am ", "Le ", "El ", "Em ", "Il ", "Op ", "Den ", "Dnia ", "W dniu ", "At ", "Pe ", "På ", "La ", "Dne ",
    "Dňa ", "Στις ", "V ", "Il giorno ", "In article ", "In message ", "Quoting ", "Sent from ", "Excerpts from ",
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "* ", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "Понедельник",
    "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье", "在 ", "于",
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
        let quoted = lines.is_quote(lines.next(line + 1));
        // Only a line that ends with a colon can be the last, but for a few programs' that is one line.
        if let Some(head) = text.strip_suffix([':', '：']) {
            return is_attribution(lines, (at, line), head, (quoted, opens)).then_some(line + 1);
        }
        if line == at && quoted && is_bare(text) {
            return Some(line + 1);
        }
        if !opens {
            return None;
        }
    }
    None
}

/// Whether the lines from the first to the last, this one ending with a colon after `head`, say who wrote
/// what follows.
fn is_attribution(lines: &Lines<'_>, (first, last): (usize, usize), head: &str, (quoted, opens): (bool, bool)) -> bool {
    let known = |judge: fn(&str) -> bool| (first..=last).any(|number| judge(lines.text(number)));
    let verb = ends_with_verb(head) || first == last && opens && has_middle_verb(head);
    match (quoted, opens) {
        (true, true) => verb || known(has_address) || known(has_date),
        (true, false) => first == last && (verb || has_address(head) && has_date(head)),
        (false, true) => {
            let told = known(has_address) || last > first || head.contains(',') || has_middle_verb(head);
            known(has_date) && (verb && told || head.ends_with('>') && known(has_address) && known(has_time))
        }
        (false, false) => false,
    }
}

/// Right above a quote, without a colon: `Quoting Jo Doe (2016-05-02 10:00:00)`, `2011/4/7 Jo <jo@example.org>`.
fn is_bare(text: &str) -> bool {
    let quoting = text.starts_with("Quoting ") || text.starts_with("Excerpts from ");
    let dated = text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with('>') && has_address(text);
    (quoting || dated) && has_date(text)
}

/// Whether a line, its colon taken off, ends with a verb of writing.
pub(super) fn ends_with_verb(head: &str) -> bool {
    let head = head.trim_end();
    VERBS.iter().any(|verb| {
        // Gmail once forgot the space: `<jo@example.org>wrote:`. Some scripts have none at all.
        head.strip_suffix(verb).is_some_and(|before| {
            before.is_empty()
                || !verb.is_ascii() && verb.chars().next().is_some_and(is_wide)
                || !before.ends_with(char::is_alphanumeric)
        })
    })
}

/// A character of a script that does not part words by spaces, or not these.
fn is_wide(c: char) -> bool {
    c >= '\u{3040}'
}

fn has_middle_verb(head: &str) -> bool {
    MIDDLE_VERBS.iter().any(|verb| head.contains(verb))
}

/// A time of day.
fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .windows(4)
        .any(|four| four[0].is_ascii_digit() && four[1] == b':' && four[2].is_ascii_digit() && four[3].is_ascii_digit())
}

fn has_address(text: &str) -> bool {
    let at = |mark: &str| text.find(mark).is_some_and(|at| at > 0 && at + mark.len() < text.len());
    at("@") || at(" at ") && text.contains('<')
}

/// A year, a time of day or a date in digits.
pub(super) fn has_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize, count: usize| {
        bytes.get(from..from + count).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let year = |at: usize| (text[at..].starts_with("19") || text[at..].starts_with("20")) && digits(at, 4);
    let between = |mark: u8| (1..bytes.len()).any(|at| bytes[at] == mark && digits(at - 1, 1) && digits(at + 1, 2));
    (0..bytes.len()).any(|at| bytes[at].is_ascii_digit() && year(at)) || between(b':') || between(b'.') || between(b'/')
}
