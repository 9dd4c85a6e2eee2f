//! Tables of anything that has no source of its own: CSV, JSON lines, Parquet.
//!
//! [`collect`] reads rows ([`read`]) and keeps each; [`normalize`] maps them ([`mapping`]) to messages,
//! activities, people, events or measurements ([`rows`]), by the configuration or a preset ([`presets`]).
//!
//! An item is one row as a JSON object of column and text, in the file's order; an object of JSON lines is kept
//! as it is. A row of CSV alone could not be read without its header, its separator and its encoding, and a row
//! of Parquet has no bytes of its own; the object needs nothing else, for years. What is dropped are quotes and
//! encoding, which say nothing: the same row saved once more by another program is the same item.

use source::{Look, Place, Seen, Source};

mod cells;
mod collect;
mod config;
mod mapping;
mod names;
mod normalize;
mod number;
mod presets;
mod read;
mod rows;
#[cfg(test)]
mod tests;
mod when;
mod when_words;

/// The `table` source.
pub static SOURCE: Source = Source {
    kind: "table",
    title: "a table of anything: CSV, JSON lines or Parquet, with presets for well-known exports",
    place: Place::Any,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../exports/tickets"       # a file, a folder or a zip of CSV, TSV, JSON lines or Parquet
rows = "messages"                 # or activities, people, events, measurements; or preset = "orbit" without columns
# timezone = "Europe/Berlin"      # of times that name none; UTC by default
# date_order = "day-month-year"   # what 03/04/2024 means; or time_format = "%d/%m/%Y %H:%M"
columns.id = "Ticket ID"          # what a row's field is called in the file
columns.time = "Created"
columns.author_name = "Requester"
columns.author_email = "Requester email"
columns.subject = "Subject"
columns.body = ["Description", "Summary"]     # the first one that is not empty
columns.closed = "Status"
columns.tags = "Labels"
columns.parent = "Reply to"       # the ID of what it answers
columns.score = "Votes"
columns.channel = { value = "support" }       # the same for every row; { from = "file" } is the file's name
"#;

const ABOUT: &str = include_str!("about.md");

/// A preset's export by its columns; else a table of something.
fn recognize(look: &Look) -> Option<Seen> {
    let mut other = None;
    for file in &look.files {
        let name = file.name.to_lowercase();
        let lined = [".csv", ".tsv", ".txt", ".xls"].iter().any(|ending| name.ends_with(ending));
        if lined && !file.head.is_empty() {
            let columns = read::head_columns(&file.head);
            if let Some((preset, table)) = presets::recognize(&columns) {
                let mut seen = Seen::new(80, format!("an export of {}: {}", preset.title, table.title));
                seen.options.insert("preset".to_owned(), preset.name.into());
                return Some(seen);
            }
        }
        if name.ends_with("tweets.js") && file.holds("window.YTD.tweets") {
            let mut seen = Seen::new(80, "an archive of X (Twitter): posts");
            seen.options.insert("preset".to_owned(), "x".into());
            return Some(seen);
        }
        let kinds = [
            (".csv", "CSV"),
            (".tsv", "TSV"),
            (".jsonl", "JSON lines"),
            (".ndjson", "JSON lines"),
            (".parquet", "Parquet"),
        ];
        let kind = kinds.iter().find(|(ending, _)| name.ends_with(ending));
        other =
            other.or(kind.map(|(_, kind)| {
                Seen::new(20, format!("a table ({kind}); say in `rows` and `columns` what is in it"))
            }));
    }
    other
}
