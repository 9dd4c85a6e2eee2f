//! Quotes without marks: a line that says so, or the quoted mail's headers, and all that follows.

use super::lines::Lines;

/// What stands between dashes above an unmarked quote.
const RULES: &[&str] = &[
    "original message",
    "forwarded message",
    "reply message",
    "original-nachricht",
    "ursprüngliche nachricht",
    "weitergeleitete nachricht",
    "message d'origine",
    "message original",
    "message transféré",
    "mensaje original",
    "mensaje reenviado",
    "mensagem original",
    "mensagem encaminhada",
    "messaggio originale",
    "messaggio inoltrato",
    "oorspronkelijk bericht",
    "originalmeddelande",
    "oprindelig meddelelse",
    "original appointment",
    "пересылаемое сообщение",
    "исходное сообщение",
];
/// How the sender's header is called: English, German, French and Spanish, Italian, Dutch, Swedish, Russian.
const FROM: &[&str] = &["from", "von", "de", "da", "van", "från", "от"];
/// How the others are called.
const OTHERS: &[&str] = &[
    "to",
    "cc",
    "sent",
    "date",
    "subject",
    "reply-to",
    "an",
    "gesendet",
    "datum",
    "betreff",
    "à",
    "a",
    "envoyé",
    "objet",
    "enviado",
    "para",
    "asunto",
    "assunto",
    "fecha",
    "data",
    "inviato",
    "oggetto",
    "aan",
    "verzonden",
    "onderwerp",
    "till",
    "skickat",
    "ämne",
    "кому",
    "дата",
    "отправлено",
    "тема",
];
/// A block of headers has at least this many …
const LEAST_HEADERS: usize = 3;
/// … within this many lines, long ones being folded.
const MOST_LINES: usize = 10;
/// Bytes in which a header's name and its colon must stand.
const LONGEST_NAME: usize = 24;

/// Where the unmarked quote that begins at line `at` ends, if one does.
pub(super) fn end(lines: &Lines<'_>, at: usize) -> Option<usize> {
    let text = lines.text(at);
    let rule = is_rule(text);
    let named = rule
        && RULES.iter().any(|name| inside(text).eq_ignore_ascii_case(name) || inside(text).to_lowercase() == *name);
    let headers = lines.next(if rule { at + 1 } else { at });
    let Some(after) = end_of_headers(lines, headers) else {
        return named.then_some(lines.len());
    };
    // Marked lines below speak for themselves, and own words may follow them.
    let marked = lines.is_quote(lines.next(after));
    Some(if marked { after } else { lines.len() })
}

/// A line of dashes or underscores, with or without words between.
fn is_rule(text: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '_' | '—');
    text.starts_with(dash) && text.ends_with(dash) && text.chars().take_while(|c| dash(*c)).count() >= 4
}

fn inside(text: &str) -> &str {
    text.trim_matches(|c: char| matches!(c, '-' | '_' | '—') || c.is_whitespace())
}

/// Past the last of the mail headers that begin at line `at`, the sender's among them.
fn end_of_headers(lines: &Lines<'_>, at: usize) -> Option<usize> {
    header(lines.text(at))?;
    let (mut count, mut sender, mut last) = (0, false, at);
    for line in at..(at + MOST_LINES).min(lines.len()) {
        let text = lines.text(line);
        match header(text) {
            Some(is_sender) => {
                count += 1;
                sender |= is_sender;
                last = line;
            }
            None if text.is_empty() && count > 0 => break,
            None => {}
        }
    }
    (sender && count >= LEAST_HEADERS).then_some(last + 1)
}

/// Whether a line is such a header, and if so whether the sender's. Bold ones carry stars.
fn header(text: &str) -> Option<bool> {
    let text = text.trim_start_matches('*');
    let colon = text.bytes().take(LONGEST_NAME).position(|byte| byte == b':')?;
    let name = text[..colon].trim_end_matches(['*', ' ', '\u{a0}']);
    let name = name.to_lowercase();
    let is = |list: &[&str]| list.contains(&name.as_str());
    if is(FROM) { Some(true) } else { is(OTHERS).then_some(false) }
}
