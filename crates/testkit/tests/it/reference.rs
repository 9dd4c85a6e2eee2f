//! The generated reference in `docs/`: a page for each kind of source with its worked example, and one for
//! the tables. `UPDATE_REFERENCE=1 cargo test -p testkit reference` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use model::tables::TABLES;
use source::Source;
use sources::SOURCES;
use testkit::{MemorySink, tell};

/// Lines that are shown of a file, and of what came of the example.
const LINES: usize = 40;
const ROWS: usize = 80;
/// Letters that are shown of a line.
const WIDE: usize = 160;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference")
}

/// Compares a page with what is committed, or writes it.
#[track_caller]
fn check(name: &str, page: &str) {
    let file = docs().join(name);
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        fs::create_dir_all(file.parent().expect("in a folder")).expect("made");
        fs::write(&file, page).expect("written");
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    let hint = "run `UPDATE_REFERENCE=1 cargo test -p testkit reference` and read what changed";
    assert!(committed == page, "docs/reference/{name} is not what the code says; {hint}");
}

#[test]
fn every_source_has_its_page() {
    for source in SOURCES {
        check(&format!("sources/{}.md", source.kind), &page(source));
    }
}

#[test]
fn the_lists_are_whole() {
    let mut page = "# Sources\n\nEvery kind of source, with what it reads. This page and those it leads to are \
                    made from the code.\n\n| kind | reads |\n|---|---|\n"
        .to_owned();
    for source in SOURCES {
        writeln!(page, "| [`{0}`]({0}.md) | {1} |", source.kind, source.title).expect("written");
    }
    check("sources/README.md", &page);
    let mut page = "# Tables\n\nEvery table and column, made from the code. `switchboard tables NAME` prints the \
                    same. Instants are microseconds UTC.\n"
        .to_owned();
    for table in TABLES {
        let sorted = table.sort.join(", ");
        let place = if table.partitioned { "a file for each source and month" } else { "one file" };
        writeln!(page, "\n## {}\n\n{}. {place}, sorted by {sorted}.\n", table.name, capital(table.about))
            .expect("written");
        page.push_str("| column | type | null | |\n|---|---|---|---|\n");
        for column in table.columns {
            let null = if column.nullable { "yes" } else { "" };
            let about = column.about.replace('|', "\\|");
            writeln!(page, "| `{}` | {} | {null} | {about} |", column.name, column.kind.as_str()).expect("written");
        }
    }
    check("tables.md", &page);
}

#[test]
fn no_page_is_left_behind() {
    let known = |name: &str| name == "README.md" || sources::named(name.trim_end_matches(".md")).is_some();
    for entry in fs::read_dir(docs().join("sources")).expect("there").flatten() {
        let name = entry.file_name().into_string().expect("a name");
        assert!(known(&name), "docs/reference/sources/{name} is of no kind that there is");
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn page(source: &Source) -> String {
    let (kind, title, place) = (source.kind, source.title, source.place.as_str());
    let mut page = format!(
        "<!-- made from the code; see crates/testkit/tests/it/reference.rs -->\n# `{kind}`\n\n{} ({place}).\n\n",
        capital(title)
    );
    writeln!(page, "{}\n", source.about.trim()).expect("written");
    writeln!(page, "## Configuration\n\n```toml\n[sources.NAME]\nkind = \"{kind}\"\n{}\n```\n", source.example.trim())
        .expect("written");

    let scratch = tempfile::tempdir().expect("a folder");
    let context = testkit::example(source, scratch.path());
    let path = PathBuf::from(context.options["path"].as_str().expect("a path"));
    let set = testkit::example_options(source);
    page.push_str("## A worked example\n\n");
    let folder = path.strip_prefix(scratch.path()).map(|_| "a repository made for this page".to_owned());
    let folder = folder.unwrap_or_else(|_| format!("`crates/sources/src/{}/fixtures/example`", kind.replace('-', "_")));
    writeln!(page, "The input is {folder}:\n").expect("written");
    if !path.starts_with(scratch.path()) {
        files(&path, &mut page);
    }
    let set = match set.lines().count() {
        0 => String::new(),
        1 => format!(" --set \"{set}\""),
        _ => "   # and the options as above".to_owned(),
    };
    writeln!(page, "```sh\nswitchboard add {kind} example --path PATH{set}\nswitchboard sync\n```\n").expect("written");

    let mut sink = MemorySink::new();
    sink.collect(source, &context).unwrap_or_else(|error| panic!("{kind}: {error}"));
    let items: Vec<_> = sink.latest().into_iter().cloned().collect();
    let mut rows = testkit::normalize(source, &context, &items);
    rows.problems.extend(sink.problems().iter().cloned());
    let mut seen = std::collections::HashSet::new();
    rows.identities.retain(|identity| seen.insert(identity.id));
    let mut seen = std::collections::HashSet::new();
    rows.channels.retain(|channel| seen.insert(channel.name.clone()));
    writeln!(page, "gives these rows ({}):\n", counts(&rows)).expect("written");
    block("text", &tell(&rows), ROWS, &mut page);
    page
}

fn counts(rows: &model::Rows) -> String {
    let counts = [
        (rows.messages.len(), "message", "messages"),
        (rows.activities.len(), "activity", "activities"),
        (rows.identities.len(), "identity", "identities"),
        (rows.channels.len(), "channel", "channels"),
        (rows.events.len(), "event", "events"),
        (rows.measurements.len(), "measurement", "measurements"),
        (rows.affiliations.len(), "affiliation", "affiliations"),
        (rows.problems.len(), "problem", "problems"),
    ];
    let told = counts.into_iter().filter(|(count, _, _)| *count > 0);
    told.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Shows the files of an example, sorted by name: texts as they are, as far as a page has room.
fn files(path: &Path, page: &mut String) {
    let found = sources::files::find(path, None, &mut |_| {}).expect("there");
    for file in found {
        let mut bytes = Vec::new();
        let reader = file.open().expect("opens");
        std::io::Read::read_to_end(&mut std::io::Read::take(reader, 64 << 10), &mut bytes).expect("reads");
        writeln!(page, "`{}`\n", file.name).expect("written");
        match String::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => block(language(&file.name), &text, LINES, page),
            _ => writeln!(page, "(not text)\n").expect("written"),
        }
    }
}

fn language(name: &str) -> &'static str {
    match name.trim_end_matches(".gz").rsplit('.').next().unwrap_or_default() {
        "json" => "json",
        "xml" | "rss" | "atom" => "xml",
        "toml" => "toml",
        "yml" | "yaml" => "yaml",
        "csv" => "csv",
        "html" => "html",
        _ => "text",
    }
}

/// A block of code, cut at `most` lines. Control characters are shown as such: a page is text.
fn block(language: &str, text: &str, most: usize, page: &mut String) {
    let fence = if text.contains("```") { "~~~~" } else { "```" };
    writeln!(page, "{fence}{language}").expect("written");
    let lines: Vec<&str> = text.lines().collect();
    for line in lines.iter().take(most) {
        let shown: String =
            line.chars().take(WIDE).map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect();
        let more = if line.chars().count() > WIDE { "…" } else { "" };
        writeln!(page, "{}{more}", shown.trim_end()).expect("written");
    }
    if lines.len() > most {
        writeln!(page, "… {} more lines", lines.len() - most).expect("written");
    }
    writeln!(page, "{fence}\n").expect("written");
}
