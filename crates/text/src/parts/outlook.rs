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
    "antwort nachricht",
    "weitergeleitete mail",
    "videresendt meddelelse",
    "opprinnelig melding",
    "vidarebefordrat meddelande",
    "doorgestuurd bericht",
    "wiadomość oryginalna",
    "wiadomość przekazana",
    "původní zpráva",
    "přeposlaná zpráva",
    "alkuperäinen viesti",
    "eredeti üzenet",
    "orijinal mesaj",
    "původní e-mail",
    "原始邮件",
    "转发邮件信息",
    "原始郵件",
];
/// How the sender's header is called: English, German, French and Spanish, Italian, Dutch, Swedish, Danish,
/// Polish and Czech, Finnish, Hungarian, Turkish, Russian, Chinese, Japanese, Korean.
#[rustfmt::skip]
const FROM: &[&str] = &[
    "from", "von", "de", "da", "van", "från", "fra", "od", "lähettäjä", "feladó", "kimden", "gönderen", "от",
    "发件人", "寄件者", "差出人", "보낸 사람",
];
/// How the others are called.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "to", "cc", "bcc", "sent", "date", "subject", "reply-to", "importance", "attachments", "organization",
    "newsgroups", "message-id",
    "an", "gesendet", "datum", "betreff", "antwort an",
    "à", "a", "envoyé", "envoyé le", "objet", "date d'envoi",
    "enviado", "enviado el", "para", "asunto", "assunto", "fecha", "data", "enviada em",
    "inviato", "oggetto", "aan", "verzonden", "onderwerp",
    "till", "skickat", "ämne", "kopia", "til", "sendt", "emne", "dato", "kopi",
    "do", "wysłano", "temat", "dw", "komu", "odesláno", "předmět", "kopie",
    "vastaanottaja", "lähetetty", "aihe", "címzett", "elküldve", "tárgy", "kime", "gönderildi", "konu", "tarih",
    "кому", "дата", "отправлено", "тема", "копия",
    "发送时间", "收件人", "抄送", "主题", "日期", "宛先", "送信日時", "件名", "日時", "받는 사람", "보낸 날짜", "제목",
];
/// What stands by itself above a forwarded mail's headers.
const FORWARDS: &[&str] = &[
    "begin forwarded message",
    "anfang der weitergeleiteten nachricht",
    "anfang der weitergeleiteten e-mail",
    "début du message réexpédié",
    "début du message transféré",
    "inicio del mensaje reenviado",
    "início da mensagem reencaminhada",
    "inizio messaggio inoltrato",
    "begin doorgestuurd bericht",
];
/// A block of headers has at least this many …
const LEAST_HEADERS: usize = 3;
/// … within this many lines, long ones being folded.
const MOST_LINES: usize = 10;
/// The words between two rules, `On Mon, 2 May 2016 10:00:00 +0200 Jo Doe wrote`, are at most this many.
const MOST_WORDS: usize = 16;
/// Characters in which a header's name and its colon must stand.
const LONGEST_NAME: usize = 24;

/// Where the unmarked quote that begins at line `at` ends, if one does.
pub(super) fn end(lines: &Lines<'_>, at: usize) -> Option<usize> {
    let text = lines.text(at);
    let rule = is_rule(text);
    let named = rule && is_named(inside(text)) || is_forward(text);
    let headers = lines.next(if rule || named { at + 1 } else { at });
    let Some(after) = end_of_headers(lines, headers) else {
        return (rule && named).then_some(lines.tail().max(at + 1));
    };
    // Marked lines below speak for themselves, and own words may follow them.
    let marked = lines.is_quote(lines.next(after));
    Some(if marked { after } else { lines.tail().max(after) })
}

/// Whether the words between two rules say that a quote follows: `Original Message`, `Jo Doe wrote`.
fn is_named(words: &str) -> bool {
    let lower = words.to_lowercase();
    let lower = lower.trim_end_matches([':', ' ']);
    RULES.contains(&lower)
        || lower.starts_with("forwarded by ")
        || super::attribution::ends_with_verb(lower) && lower.split(' ').count() <= MOST_WORDS
}

fn is_forward(text: &str) -> bool {
    text.ends_with(':') && FORWARDS.contains(&text.trim_end_matches([':', ' ']).to_lowercase().as_str())
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
    let (mut address, mut date) = (false, false);
    for line in at..(at + MOST_LINES).min(lines.len()) {
        let text = lines.text(line);
        match header(text) {
            Some(is_sender) => {
                count += 1;
                sender |= is_sender;
                last = line;
            }
            None if text.is_empty() && count > 0 => break,
            None => continue,
        }
        address |= text.contains('@');
        date |= super::attribution::has_date(text);
    }
    // Two will do where they hold what only a mail's headers hold together.
    let enough = sender && count >= LEAST_HEADERS || count == 2 && address && date;
    enough.then_some(last + 1)
}

/// Whether a line is such a header, and if so whether the sender's. Bold ones carry stars.
fn header(text: &str) -> Option<bool> {
    let text = text.trim_start_matches('*');
    let colon = text.char_indices().take(LONGEST_NAME).find(|(_, c)| matches!(c, ':' | '：'))?.0;
    let name = text[..colon].trim_end_matches(['*', ' ', '\u{a0}']);
    let name = name.to_lowercase();
    let is = |list: &[&str]| list.contains(&name.as_str());
    if is(FROM) { Some(true) } else { is(OTHERS).then_some(false) }
}
