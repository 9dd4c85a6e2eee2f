//! AsciiDoc cut at its section titles: a small parser of titles, anchors, blocks and links, by the
//! AsciiDoc Language Documentation (docs.asciidoctor.org). What it does not know stays as it is written.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::Value;

use super::anchors::{Anchors, Style};
use super::front::Meta;
use super::page::Pieces;

/// Cuts AsciiDoc into pieces. What its header says goes to `meta`.
pub fn parse(text: &str, meta: &mut Meta, anchors: &mut Anchors) -> Pieces {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut reader = Reader { pieces: Pieces::new(), anchors, meta, body: String::new() };
    let mut at = 0;
    let mut id: Option<String> = None;
    // The line that ends the block that is open.
    let mut block: Option<&str> = None;
    let mut header = true;
    while let Some(&line) = lines.get(at) {
        let before = at.checked_sub(1).and_then(|before| lines.get(before)).map_or("", |line| line);
        at += 1;
        if let Some(end) = block {
            block = block.filter(|_| line != end);
            if !end.starts_with("////") {
                reader.line(line);
            }
            continue;
        }
        if let Some(end) = verbatim(line) {
            // A line of this kind below a text of its length is an old title's, but then it is taken with it.
            block = Some(end);
            if !end.starts_with("////") {
                reader.line(line);
            }
        } else if let Some((level, title)) = title(line) {
            reader.title(level, title, id.take());
            if header && level == 1 {
                at += reader.header(&lines[at..]);
            }
            header = false;
        } else if let Some(level) = two_lines(before, line, lines.get(at)) {
            reader.title(level, line, id.take());
            at += 1;
            if header && level == 1 {
                at += reader.header(&lines[at..]);
            }
            header = false;
        } else if let Some(given) = anchor(line) {
            // What stands in brackets besides an id says how a block is shown.
            id = given.or(id);
        } else if line.starts_with("//") && !line.starts_with("///") {
            // A comment.
        } else if header && reader.attribute(line) {
            // Attributes may stand before the title too.
        } else {
            if !line.is_empty() {
                id = None;
                header = false;
            }
            reader.line(line);
        }
    }
    reader.flush();
    reader.pieces
}

struct Reader<'a> {
    pieces: Pieces,
    anchors: &'a mut Anchors,
    meta: &'a mut Meta,
    /// What was read since the last title.
    body: String,
}

impl Reader<'_> {
    fn line(&mut self, line: &str) {
        self.body.push_str(line);
        self.body.push('\n');
    }

    fn title(&mut self, level: usize, title: &str, given: Option<String>) {
        self.flush();
        let (title, within) = match title.strip_prefix("[[").and_then(|rest| rest.split_once("]]")) {
            Some((id, rest)) => (rest.trim(), Some(id.split(',').next().unwrap_or_default().to_owned())),
            None => (title, None),
        };
        let given = within.or(given);
        self.pieces.heading(level, &inline(title).replace('`', ""), given.as_deref(), self.anchors);
    }

    fn flush(&mut self) {
        let body = std::mem::take(&mut self.body);
        self.pieces.text(&inline(&body));
    }

    /// Reads the lines below the document's title: who, which revision, attributes. Gives how many.
    fn header(&mut self, lines: &[&str]) -> usize {
        let header = lines.iter().take_while(|line| !line.is_empty()).count();
        let mut authors = None;
        for (number, line) in lines[..header].iter().enumerate() {
            if self.attribute(line) || line.starts_with("//") {
                continue;
            }
            let is_name = line.contains('<') || line.split_whitespace().count() <= 4;
            if number == 0 && is_name && line.starts_with(char::is_alphabetic) {
                line.split(';').for_each(|author| self.meta.add_author(author));
                authors = Some(number);
            } else if authors.is_some_and(|authors| number == authors + 1) && is_revision(line) {
                let date = line.split_once(',').map_or(*line, |(_, date)| date);
                let date = date.split_once(": ").map_or(date, |(date, _)| date);
                if date.contains(['-', '/', ' ']) {
                    self.meta.set_time([date].into_iter());
                }
            } else {
                // No header goes on here: this is text.
                return number;
            }
        }
        header
    }

    /// `:name: value`. Those that a page is known by are taken; none is text.
    fn attribute(&mut self, line: &str) -> bool {
        let cut = line.strip_prefix(':').and_then(|rest| rest.split_once(':'));
        let Some((name, value)) = cut.filter(|(name, _)| !name.is_empty() && !name.contains(' ')) else { return false };
        let value = value.trim();
        match name {
            "author" => self.meta.add_author(value),
            "authors" => value.split(';').for_each(|author| self.meta.add_author(author)),
            "email" => {
                if let Some(author) = self.meta.authors.last_mut().filter(|_| value.contains('@')) {
                    author.email.get_or_insert(value.to_lowercase());
                }
            }
            "revdate" if self.meta.time.is_none() => self.meta.set_time([value].into_iter()),
            "keywords" | "page-tags" => self.meta.add_tags(&Value::String(value.to_owned())),
            "idprefix" | "idseparator" => {
                if let Style::Asciidoctor { mut prefix, mut separator } = self.anchors.style().clone() {
                    *(if name == "idprefix" { &mut prefix } else { &mut separator }) = value.to_owned();
                    self.anchors.set_style(Style::Asciidoctor { prefix, separator });
                }
            }
            _ => {}
        }
        true
    }
}

/// `v1.2, 2024-03-01: what changed`, or a part of it.
fn is_revision(line: &str) -> bool {
    line.strip_prefix('v').unwrap_or(line).starts_with(|c: char| c.is_ascii_digit())
}

/// `== Title`, or with `#` as in Markdown.
fn title(line: &str) -> Option<(usize, &str)> {
    let mark = line.chars().next().filter(|c| matches!(c, '=' | '#'))?;
    let text = line.trim_start_matches(mark);
    let level = line.len() - text.len();
    let title = text.strip_prefix(' ')?.trim();
    // Marks may stand behind it too.
    let title = title
        .strip_suffix(&line[..level])
        .map_or(title, |title| if title.ends_with(' ') { title.trim_end() } else { title });
    (level <= 6 && !title.is_empty()).then_some((level, title))
}

/// A title with a line below that is as long, give or take one: the form of old.
fn two_lines(before: &str, line: &str, below: Option<&&str>) -> Option<usize> {
    let mark = below?.chars().next()?;
    let level = ['=', '-', '~', '^', '+'].iter().position(|known| *known == mark)? + 1;
    let opens = before.is_empty() || before.starts_with([':', '[', '/']);
    let length = line.chars().count();
    let fits = length >= 2 && length.abs_diff(below?.len()) <= 1 && below?.chars().all(|c| c == mark);
    let text = line.starts_with(|c: char| c.is_alphanumeric() || c == '[') && !line.starts_with("[[");
    (opens && fits && text).then_some(level)
}

/// The line that ends the block which `line` opens, if nothing in it is a title.
fn verbatim(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '-' | '.' | '+' | '/' | '`'))?;
    let least = if mark == '`' { 3 } else { 4 };
    if mark == '`' && line.starts_with("```") && !line[3..].contains('`') {
        return Some("```");
    }
    (line.len() >= least && line.chars().all(|c| c == mark)).then_some(line)
}

/// `[[id]]`, `[#id]`, `[#id.role]`, `[id=id]`, `[discrete#id]`: a line of its own. `Some(None)` for other
/// such lines.
fn anchor(line: &str) -> Option<Option<String>> {
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    if let Some(id) = inner.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        return Some(id.split(',').next().map(str::to_owned));
    }
    // Brackets around words are text: a footnote, a link.
    if inner.contains([']', '[']) || inner.contains(' ') && !inner.contains(['=', ',', '#']) {
        return None;
    }
    let first = inner.split(',').next().unwrap_or_default();
    if let Some((_, id)) = first.split_once('#') {
        return Some(id.split(['.', '%']).next().filter(|id| !id.is_empty()).map(str::to_owned));
    }
    let named = inner.split(',').find_map(|part| part.trim().strip_prefix("id="));
    Some(named.map(|id| id.trim_matches('"').to_owned()))
}

static LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:link:)?(https?://[^\s\[\]<>]+|mailto:[^\s\[\]<>]+)\[([^\]\n]*)\]").ok());
static XREF: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:xref|link):([^\s\[\]<>]+)\[([^\]\n]*)\]|<<([^<>,\n]+),([^<>\n]+)>>").ok());

/// Resolves links.
fn inline(text: &str) -> String {
    let text = replace(&LINK, text, &|found| {
        let (target, shown) = (&found[1], shown(&found[2]));
        let bare = target.trim_start_matches("mailto:");
        if shown.is_empty() { bare.to_owned() } else { format!("{shown} <{bare}>") }
    });
    replace(&XREF, &text, &|found| match (found.get(1), found.get(2), found.get(4)) {
        (Some(target), Some(text), _) => {
            let shown = shown(text.as_str());
            if shown.is_empty() { target.as_str().to_owned() } else { shown.to_owned() }
        }
        (_, _, Some(text)) => text.as_str().trim().to_owned(),
        _ => found[0].to_owned(),
    })
}

/// The text of a link without its options: `text^`, `text,window=_blank`.
fn shown(text: &str) -> &str {
    let text = match text.split_once(',') {
        Some((shown, options)) if options.contains('=') => shown,
        _ => text,
    };
    text.trim().trim_end_matches('^').trim_matches('"')
}

fn replace(pattern: &LazyLock<Option<Regex>>, text: &str, with: &dyn Fn(&Captures<'_>) -> String) -> String {
    match pattern.as_ref() {
        Some(pattern) => pattern.replace_all(text, with).into_owned(),
        None => text.to_owned(),
    }
}
