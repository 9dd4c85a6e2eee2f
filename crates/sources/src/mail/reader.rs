//! One mail into a message, its writer, its channel, and problems. Pure.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::{Message as Parsed, MessageParser};
use memchr::{memchr, memchr_iter, memmem};
use model::{Channel, Id, Message, Problem, Rows, Stage, Timestamp, time};

use super::body::{self, Body};
use super::dialect::Dialect;
use super::envelope::{self, BYTE_ORDER_MARK};
use super::fields::{self, Fields};
use super::{date, sender};

/// Nothing was written from here on: 2100-01-01. (When an item was collected is not known here.)
const LATEST: Timestamp = 4_102_444_800 * time::SECOND;
/// A mail may claim to be written this much after it arrived: zones and clocks are off by a day or two.
const AHEAD: Timestamp = 3 * time::DAY;
/// Mails within mails are parsed, and dropped again, one within the other: more than this many would
/// eat the stack.
const MOST_NESTED: usize = 200;
/// The end of a part of parts may be looked for through the whole mail: this many bytes in all take
/// about a second.
const MOST_SEARCHED: usize = 2 << 30;
/// Mails it may answer; a list's longest threads name fewer.
const MOST_PARENTS: usize = 200;

const CONTENT_TYPE: &[u8] = b"content-type";

/// Reads the mails of one channel of a source.
pub struct Reader {
    source: String,
    channel: String,
    dialect: Dialect,
    parser: MessageParser,
}

/// A mail taken apart: what [`Reader::read`] makes of bytes, and what a tool may have made of it already.
#[derive(Debug, Default)]
pub struct Parts<'a> {
    /// Its header.
    pub fields: Fields<'a>,
    /// Its text, and what is attached.
    pub body: Body,
}

/// Where a mail was found.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place<'a> {
    /// The file, for problems and for a guess at its month.
    pub file: &'a str,
    /// Where in that file, in bytes.
    pub offset: Option<u64>,
    /// When it came to the archive, if the archive says so: no mail was written much later.
    pub arrived: Option<Timestamp>,
}

impl Reader {
    /// A reader of mails in `channel` of the source with the id `source`, cut out of an mbox in `dialect`.
    pub fn new(source: &str, channel: &str, dialect: Dialect) -> Reader {
        // Only what MIME needs; the other fields are decoded here, if at all.
        let parser = MessageParser::new().with_mime_headers().default_header_ignore();
        Reader { source: source.to_owned(), channel: channel.to_owned(), dialect, parser }
    }

    /// Reads one mail, with or without its envelope line.
    pub fn read(&self, bytes: &[u8], place: Place<'_>, rows: &mut Rows) {
        let mut problem = |what: &str, detail: String| rows.problems.push(place.problem(what, detail));
        let (envelope, mail) = without_envelope(bytes);
        let (parsed, plain) = match self.parse(mail) {
            Some(parsed) => (Some(parsed), None),
            // Its own headers can be read, and what follows is shown as it is.
            None => {
                problem("MIME of a mail cannot be read", format!("{} bytes", bytes.len()));
                let end = memmem::find(mail, b"\n\n").map_or(mail.len(), |end| end + 2);
                let (head, body) = mail.split_at(end);
                (self.parse_headers(head), Some(body))
            }
        };
        let Some(mut parsed) = parsed else {
            return problem("mail cannot be parsed", format!("{} bytes", bytes.len()));
        };
        let fields = Fields::new(&parsed, mail);
        let mut body = body::take(&mut parsed, self.dialect);
        if let Some(plain) = plain {
            body.text = String::from_utf8_lossy(plain).into_owned();
        }
        let arrived = place.arrived.or_else(|| envelope.and_then(envelope::date));
        self.understand(Parts { fields, body }, Place { arrived, ..place }, rows);
    }

    /// Makes rows of a mail that is taken apart already.
    pub fn understand(&self, parts: Parts<'_>, place: Place<'_>, rows: &mut Rows) {
        let Parts { fields, body: Body { text, attachments, mended } } = parts;
        let mut problem = |what: &str, detail: String| rows.problems.push(place.problem(what, detail));
        if mended {
            problem("charset is wrong", String::new());
        }
        let dated = Dated::new(&fields, place);
        if let Some((what, detail)) = &dated.problem {
            problem(what, detail.clone());
        }
        let author = sender::sender(&self.source, &fields, dated.time);
        if author.is_none() {
            problem("writer is missing", String::new());
        }

        let native_id = fields.message_id.and_then(fields::message_id).unwrap_or_else(|| made_up_id(&fields, &text));
        let id = Id::message("mail", &native_id);
        rows.messages.push(Message {
            author: author.as_ref().map(|author| author.id),
            time: dated.time,
            time_guess: dated.guess,
            order: place.order(),
            parents: parents(&fields, id),
            threaded: true,
            subject: fields.subject.and_then(fields::text),
            attachments,
            url: fields.archived_at.and_then(url),
            ..Message::new(id, native_id, self.channel.as_str(), text)
        });
        rows.identities.extend(author);
        rows.channels.push(self.channel(&fields));
    }

    fn parse<'a>(&self, mail: &'a [u8]) -> Option<Parsed<'a>> {
        let (nested, parted) = announced(mail);
        if nested > MOST_NESTED || parted.saturating_mul(mail.len()) > MOST_SEARCHED {
            return None;
        }
        self.parse_headers(mail)
    }

    fn parse_headers<'a>(&self, mail: &'a [u8]) -> Option<Parsed<'a>> {
        // mail-parser subtracts without looking and asserts what hostile input may break, in builds
        // that check; the parser holds no state that could be left half-changed.
        catch_unwind(AssertUnwindSafe(|| self.parser.parse(mail))).ok().flatten()
    }

    fn channel(&self, fields: &Fields<'_>) -> Channel {
        let title = fields.list_id.and_then(fields::text).and_then(|list| {
            let title = list.split('<').next().unwrap_or_default().trim_matches([' ', '"']).to_owned();
            (!title.is_empty() && !list.starts_with('<')).then_some(title)
        });
        Channel { name: self.channel.clone(), kind: "list".to_owned(), title }
    }
}

impl Place<'_> {
    fn problem(&self, what: &str, detail: String) -> Problem {
        let (what, file) = (what.to_owned(), self.file.to_owned());
        Problem { stage: Stage::Normalize, what, file, offset: self.offset, detail }
    }

    /// As mails follow each other in the archive.
    fn order(&self) -> i64 {
        let offset = self.offset.map(|offset| i64::try_from(offset).unwrap_or(i64::MAX));
        offset.or(self.arrived).unwrap_or_default()
    }
}

/// The envelope line, if there is one, and the mail after it.
fn without_envelope(bytes: &[u8]) -> (Option<&[u8]>, &[u8]) {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    if !bytes.starts_with(envelope::FROM) {
        return (None, bytes.trim_ascii_start());
    }
    let end = memchr(b'\n', bytes).unwrap_or(bytes.len());
    (Some(&bytes[..end]), bytes.get(end + 1..).unwrap_or_default())
}

/// How often a mail within a mail is announced, which is as deep as they can be nested, and how often a
/// part of parts.
fn announced(mail: &[u8]) -> (usize, usize) {
    let (mut nested, mut parted) = (0, 0);
    for begin in std::iter::once(0).chain(memchr_iter(b'\n', mail).map(|end| end + 1)) {
        let line = &mail[begin..];
        if !line.get(..CONTENT_TYPE.len()).is_some_and(|name| name.eq_ignore_ascii_case(CONTENT_TYPE)) {
            continue;
        }
        // As the parser reads it: white space between the letters does not count, and may be a fold.
        let value = line[CONTENT_TYPE.len()..].iter().take(200).filter(|byte| !byte.is_ascii_whitespace());
        let value: Vec<u8> = value.skip_while(|byte| **byte == b':').take(40).map(u8::to_ascii_lowercase).collect();
        nested += usize::from(value.starts_with(b"message/") || value.starts_with(b"multipart/digest"));
        parted += usize::from(value.starts_with(b"multipart/"));
    }
    (nested, parted)
}

/// When a mail was written, or the best guess.
struct Dated {
    time: Option<Timestamp>,
    guess: Option<Timestamp>,
    problem: Option<(&'static str, String)>,
}

impl Dated {
    fn new(fields: &Fields<'_>, place: Place<'_>) -> Dated {
        let possible = |time: &Timestamp| (time::EARLIEST..LATEST).contains(time);
        let written = fields.date.and_then(|field| date::parse(&fields::raw(field)));
        let arrived = place.arrived.filter(possible);
        let received = || fields.received.and_then(received).filter(possible);
        let arrived_at_all = arrived.or_else(received);
        let in_time = |time: &Timestamp| arrived_at_all.is_none_or(|arrived| *time <= arrived.saturating_add(AHEAD));
        let believed = written.map(|date| date.time).filter(possible).filter(in_time);
        if let Some(time) = believed
            && written.is_some_and(|date| date.sound)
        {
            return Dated { time: Some(time), guess: None, problem: None };
        }
        let what = if fields.date.is_some() { "date cannot be" } else { "date is missing" };
        let shown: String = fields.date.map(|field| fields::raw(field).chars().take(60).collect()).unwrap_or_default();
        // Where only the zone is wrong, the date itself is the best guess.
        let guess = believed.or(arrived_at_all).or_else(|| date::of_file_name(place.file)).filter(possible);
        Dated { time: None, guess, problem: Some((what, shown)) }
    }
}

/// The date of a `Received` field: behind its last semicolon (RFC 5321, section 4.4).
fn received(field: &[u8]) -> Option<Timestamp> {
    let raw = fields::raw(field);
    let (_, date) = raw.rsplit_once(';')?;
    date::parse(date).map(|date| date.time)
}

/// The messages it may answer: In-Reply-To, then References from the last to the first, each once.
fn parents(fields: &Fields<'_>, own: Id) -> Vec<Id> {
    let ids = |field: Option<&[u8]>| field.map(fields::message_ids).unwrap_or_default();
    let all = ids(fields.in_reply_to).into_iter().chain(ids(fields.references).into_iter().rev());
    let mut parents = Vec::new();
    for native in all.take(MOST_PARENTS) {
        let id = Id::message("mail", &native);
        if id != own && !parents.contains(&id) {
            parents.push(id);
        }
    }
    parents
}

/// A name for a mail without Message-ID: what was written makes it, not the way it took, so that it
/// is the same in every archive.
fn made_up_id(fields: &Fields<'_>, text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for field in [fields.from, fields.date, fields.subject] {
        hasher.update(fields::raw(field.unwrap_or_default()).as_bytes());
        hasher.update(b"\n");
    }
    hasher.update(text.as_bytes());
    format!("no-message-id-{}", &hasher.finalize().to_hex()[..20])
}

/// The page that `Archived-At` names (RFC 5064); some archives write a date there.
fn url(field: &[u8]) -> Option<String> {
    let raw = fields::raw(field);
    let url = raw.trim_start_matches('<').split(['>', ' ']).next().unwrap_or_default();
    (url.starts_with("https://") || url.starts_with("http://")).then(|| url.to_owned())
}
