//! reStructuredText cut at its titles: a small parser of titles, targets, comments and links, by the
//! "reStructuredText Markup Specification" of docutils. What it does not know stays as it is written.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rustc_hash::FxHashMap;

use super::anchors::{Anchors, docutils};
use super::front::Meta;
use super::page::Pieces;

/// Roles that name a place or a word rather than code.
const PLAIN_ROLES: [&str; 16] = [
    "abbr",
    "any",
    "confval",
    "doc",
    "download",
    "emphasis",
    "guilabel",
    "menuselection",
    "numref",
    "ref",
    "rfc",
    "strong",
    "sub",
    "sup",
    "term",
    "title",
];

/// Cuts reStructuredText into pieces. What a field list at the top says goes to `meta`.
pub fn parse(text: &str, meta: &mut Meta, anchors: &mut Anchors) -> Pieces {
    let lines: Vec<&str> = text.lines().collect();
    let targets = targets(&lines);
    let mut reader =
        Reader { pieces: Pieces::new(), anchors, levels: Vec::new(), body: String::new(), targets: &targets };
    let mut at = 0;
    let mut named: Option<&str> = None;
    // Fields mean something at the top only.
    let mut top = true;
    while let Some(line) = lines.get(at) {
        let line = line.trim_end();
        let before = at.checked_sub(1).and_then(|before| lines.get(before)).map_or("", |line| line.trim_end());
        let opens = before.is_empty() || before.starts_with("..") || adornment(before).is_some();
        if let Some(title) = title(&lines[at..]).filter(|_| opens) {
            reader.title(&title, named.take());
            at += title.lines;
        } else if let Some(target) = anchor_target(line) {
            named = Some(target);
            at += 1;
        } else if is_comment(line) {
            at += 1;
            while lines.get(at).is_some_and(|line| line.trim().is_empty() || line.starts_with([' ', '\t'])) {
                at += 1;
            }
            // The blank lines behind it part what follows from what came before.
            reader.body.push('\n');
        } else {
            // A target names the title that follows it, and nothing else is written between the two.
            named = named.filter(|_| line.is_empty());
            top &= line.is_empty() || line.starts_with(':');
            if top {
                docinfo(line, meta);
            }
            reader.body.push_str(line);
            reader.body.push('\n');
            at += 1;
        }
    }
    reader.flush();
    reader.pieces
}

struct Reader<'a> {
    pieces: Pieces,
    anchors: &'a mut Anchors,
    /// The styles of titles in the order they came: a style's place is its level.
    levels: Vec<(char, bool)>,
    /// What was read since the last title.
    body: String,
    targets: &'a FxHashMap<String, &'a str>,
}

impl Reader<'_> {
    fn title(&mut self, title: &Title<'_>, named: Option<&str>) {
        self.flush();
        let style = (title.mark, title.over);
        let known = self.levels.iter().position(|known| *known == style);
        let level = known.unwrap_or_else(|| {
            self.levels.push(style);
            self.levels.len() - 1
        });
        let text = inline(title.text, self.targets);
        let plain = text.replace('`', "");
        let given = named.map(docutils).filter(|given| !given.is_empty());
        self.pieces.heading(level + 1, &plain, given.as_deref(), self.anchors);
    }

    fn flush(&mut self) {
        let body = std::mem::take(&mut self.body);
        self.pieces.text(&inline(&body, self.targets));
    }
}

struct Title<'a> {
    text: &'a str,
    mark: char,
    /// Whether a line stands above it too.
    over: bool,
    lines: usize,
}

/// A title at the beginning of `lines`: text with a line of one sign below it, as long at least or four
/// long, and perhaps the same line above.
fn title<'a>(lines: &[&'a str]) -> Option<Title<'a>> {
    let line = |at: usize| lines.get(at).map(|line| line.trim_end()).filter(|line| !line.is_empty());
    let first = line(0)?;
    if let Some(mark) = adornment(first) {
        let text = line(1)?;
        let fits = adornment(line(2)?) == Some(mark) && line(2)?.len() == first.len();
        let long = first.len() >= 4 || first.chars().count() >= text.trim().chars().count();
        let over = fits && long && adornment(text).is_none();
        return over.then(|| Title { text: text.trim(), mark, over: true, lines: 3 });
    }
    let below = line(1)?;
    let mark = adornment(below)?;
    let long = below.len() >= 4 || below.len() >= first.chars().count();
    let other = first.starts_with([' ', '\t']) || first.starts_with(".. ") || is_item(first);
    (long && !other).then_some(Title { text: first, mark, over: false, lines: 2 })
}

/// The sign that a line is made of.
fn adornment(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(char::is_ascii_punctuation)?;
    // Two dots begin a comment, and two colons are what a literal block begins with.
    let short = line.len() < 3 && matches!(mark, '.' | ':');
    (!short && line.chars().all(|c| c == mark)).then_some(mark)
}

/// `- a point of a list`.
fn is_item(line: &str) -> bool {
    line.starts_with(['-', '*', '+']) && line[1..].starts_with(' ')
}

/// `.. _name:`
fn anchor_target(line: &str) -> Option<&str> {
    let name = line.strip_prefix(".. _")?.strip_suffix(':')?;
    (!name.is_empty() && name != "_").then(|| name.trim_matches('`'))
}

/// What is shown nowhere: `.. ` and neither a directive, a target, a footnote nor a substitution.
fn is_comment(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("..") else { return false };
    if rest.is_empty() {
        return true;
    }
    let Some(rest) = rest.strip_prefix([' ', '\t']).map(str::trim_start) else { return false };
    !(rest.starts_with(['_', '[', '|']) || rest.contains("::"))
}

/// `.. _name: https://example.org`
fn targets<'a>(lines: &[&'a str]) -> FxHashMap<String, &'a str> {
    let target = |line: &&'a str| {
        let (name, url) = line.trim_start().strip_prefix(".. _")?.split_once(": ")?;
        Some((name.trim_matches('`').to_lowercase(), url.trim()))
    };
    lines.iter().filter_map(target).collect()
}

/// `:author: Ada`, in the list of fields that begins a document.
fn docinfo(line: &str, meta: &mut Meta) {
    let field = line.strip_prefix(':').and_then(|rest| rest.split_once(": "));
    match field.map(|(name, value)| (name.to_ascii_lowercase(), value.trim())) {
        Some((name, value)) if name == "author" || name == "authors" => {
            value.split([',', ';']).for_each(|author| meta.add_author(author))
        }
        Some((name, value)) if name == "date" && meta.time.is_none() => meta.set_time([value].into_iter()),
        _ => {}
    }
}

static ROLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r":([a-zA-Z][\w:+.-]{0,60}):`([^`]+)`").ok());
static LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"``[^`]+``|`([^`<]*)<([^`>]+)>`__?|`([^`]+)`__?\b").ok());
static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"``([^`]+)``").ok());

/// Resolves links and roles.
fn inline(text: &str, targets: &FxHashMap<String, &str>) -> String {
    if !text.contains('`') {
        return text.to_owned();
    }
    let text = replace(&ROLE, text, &|found| {
        let (role, inner) = (&found[1], &found[2]);
        let shown = match inner.split_once('<') {
            Some((shown, _)) if !shown.trim().is_empty() && inner.ends_with('>') => shown.trim(),
            _ => inner.trim_start_matches(['~', '!']),
        };
        let name = role.rsplit(':').next().unwrap_or(role);
        if PLAIN_ROLES.contains(&name) { shown.to_owned() } else { format!("``{shown}``") }
    });
    let text = replace(&LINK, &text, &|found| {
        if let (Some(shown), Some(target)) = (found.get(1), found.get(2)) {
            let (shown, target) = (shown.as_str().trim(), target.as_str().trim());
            let target =
                target.strip_suffix('_').and_then(|name| targets.get(&name.to_lowercase())).copied().unwrap_or(target);
            return if shown.is_empty() { target.to_owned() } else { format!("{shown} <{target}>") };
        }
        let Some(shown) = found.get(3) else { return found[0].to_owned() };
        let name = shown.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
        match targets.get(&name.to_lowercase()) {
            Some(target) => format!("{} <{target}>", shown.as_str()),
            None => shown.as_str().to_owned(),
        }
    });
    replace(&CODE, &text, &|found| format!("`{}`", &found[1]))
}

fn replace(pattern: &LazyLock<Option<Regex>>, text: &str, with: &dyn Fn(&Captures<'_>) -> String) -> String {
    match pattern.as_ref() {
        Some(pattern) => pattern.replace_all(text, with).into_owned(),
        None => text.to_owned(),
    }
}
