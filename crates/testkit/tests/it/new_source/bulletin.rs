//! A bulletin board that is a text file: a line for each notice, `2024-03-01 ada: text`.

use model::{Channel, Id, Identity, IdentityKind, Item, Message, Problem, Rows, Stage};
use serde::{Deserialize, Serialize};
use source::{CollectError, Context, ItemRef, Look, Normalizer, Options, OptionsError, Place, Seen, Sink, Source};
use sources::files::{self, Lines, Stamp};

/// The `bulletin` source.
pub static SOURCE: Source = Source {
    kind: "bulletin",
    title: "a bulletin board that is a text file",
    place: Place::List,
    about: "Reads a text file with a line for each notice: `2024-03-01 ada: text`.",
    example: "path = \"board.txt\"",
    recognize,
    version: 1,
    takes_back: false,
    collect,
    normalizer,
};

// --
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BulletinOptions {
    path: std::path::PathBuf,
}

/// What was read already.
#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    stamp: Stamp,
}

fn collect(context: &Context, cursor: &serde_json::Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = BulletinOptions::read(context)?;
    let mut cursor = Cursor::deserialize(cursor).unwrap_or_default();
    for file in files::find(&context.resolve(&options.path), None, &mut |_| {})? {
        if file.stamp == cursor.stamp {
            continue;
        }
        let mut lines = match file.open() {
            Ok(reader) => Lines::new(reader, 64 << 10),
            Err(problem) => return sink.problem(problem).and_then(|()| sink.end(serde_json::json!(cursor))),
        };
        // A reader of a file never fails: it ends, and tells why.
        while let Ok(Some(line)) = lines.next_line() {
            let id = line.number.to_string();
            let version = blake3::hash(line.bytes).to_hex();
            sink.item(ItemRef {
                id: &id,
                version: &version[..16],
                kind: "notice",
                origin: &file.name,
                bytes: line.bytes,
            })?;
        }
        cursor.stamp = file.stamp;
    }
    sink.end(serde_json::json!(cursor))
}

// --
fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    BulletinOptions::read(context)?;
    let source = context.source.clone();
    Ok(Box::new(move |item, rows| {
        if notice(&source, item, rows).is_none() {
            let (what, file) = ("no notice".to_owned(), item.origin.clone());
            let offset = item.id.parse().ok();
            rows.problems.push(Problem { stage: Stage::Normalize, what, file, offset, detail: String::new() });
        }
    }))
}

fn notice(source: &str, item: &Item, rows: &mut Rows) -> Option<()> {
    let line = std::str::from_utf8(&item.bytes).ok()?;
    let (day, rest) = line.split_once(' ')?;
    let (name, text) = rest.split_once(": ")?;
    let day: jiff::civil::Date = day.parse().ok()?;
    let time = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_microsecond();
    let author = Identity { seen: Some(time), ..Identity::new(source, IdentityKind::Nick, name) };
    rows.messages.push(Message {
        author: Some(author.id),
        time: Some(time),
        order: item.id.parse().ok()?,
        threaded: false,
        ..Message::new(Id::message(source, &item.id), &item.id, source, text)
    });
    rows.identities.push(author);
    rows.channels.push(Channel { name: source.to_owned(), kind: "board".to_owned(), title: None });
    Some(())
}

// --
fn recognize(look: &Look) -> Option<Seen> {
    let board = look.files.iter().find(|file| {
        let text = file.text();
        let line = text.lines().next().unwrap_or_default();
        line.get(..10).is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok()) && line.contains(": ")
    })?;
    Some(Seen::new(60, format!("a bulletin board: {}", board.name)))
}
