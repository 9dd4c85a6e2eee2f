//! Templates: the community's words around the facts. One file per kind of report, and parts that several share.
//!
//! They are Jinja's (minijinja). Whatever a template prints is escaped for Markdown, always: nothing can switch that off.
//! Two filters give Markdown: `title|link(url)`, a link if the address is one, and `charts.questions|chart`, a chart's
//! fence. `number|things("question")` counts.

use std::path::{Path, PathBuf};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use crate::facts::Facts;
use crate::{Document, Kind, ReportError, Result, escape};

/// Steps that filling one template may take: enough for ten thousand lines, and an endless one ends.
const STEPS: u64 = 2_000_000;
/// Bytes of a template, at most.
const LONGEST: u64 = 1 << 20;

/// Templates by name, embedded.
macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../templates/", $name)))),*]
    };
}

/// Ours, by name; those that begin with `_` are parts of others.
const SHIPPED: &[(&str, &str)] = files!(
    "_actions.md"
    "_activity.md"
    "_announced.md"
    "_blips.md"
    "_caveats.md"
    "_changes.md"
    "_events.md"
    "_goals.md"
    "_involved.md"
    "_numbers.md"
    "_stories.md"
    "_thanks.md"
    "_topics.md"
    "_waiting.md"
    "channel.md"
    "digest.md"
    "newsletter.md"
    "release.md"
    "review.md"
    "source.md"
    "tiers.md"
    "year.md"
);

/// The templates of a community: its own, else ours.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    folder: Option<PathBuf>,
}

impl Templates {
    /// Ours alone.
    pub fn shipped() -> Templates {
        Templates::default()
    }

    /// Those in a folder (`newsletter.md`), ours where it has none. The folder need not be there.
    pub fn with_folder(folder: &Path) -> Templates {
        Templates { folder: Some(folder.to_owned()) }
    }

    /// The names of all templates, and of each whether it is the community's own.
    pub fn names(&self) -> Vec<(&'static str, bool)> {
        let own = |name: &str| self.folder.as_ref().is_some_and(|folder| folder.join(name).is_file());
        SHIPPED.iter().map(|(name, _)| (*name, own(name))).collect()
    }

    /// Our own text of a template: what somebody who changes it begins with.
    pub fn text(name: &str) -> Option<&'static str> {
        SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// The report of a kind, as Markdown.
    ///
    /// # Errors
    ///
    /// [`ReportError::Template`] names the file and the line.
    pub fn fill(&self, kind: Kind, facts: &Facts) -> Result<String> {
        let name = format!("{}.md", kind.as_str());
        let environment = self.environment();
        let template = environment.get_template(&name).map_err(|error| wrong(&name, &error))?;
        let filled = template.render(Value::from(Serde(facts))).map_err(|error| wrong(&name, &error))?;
        Ok(tidied(&filled))
    }

    fn environment(&self) -> Environment<'static> {
        let mut environment = Environment::new();
        let folder = self.folder.clone();
        environment.set_loader(move |name| load(folder.as_deref(), name));
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // Lines with nothing but `{% … %}` leave nothing behind; these settings are a syntax that there is.
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            environment.set_syntax(syntax);
        }
        environment.set_fuel(Some(STEPS));
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
        environment.set_formatter(print);
        // What these mark as safe would be printed as it is.
        environment.remove_filter("safe");
        environment.remove_filter("escape");
        environment.remove_filter("e");
        environment.add_filter("link", link);
        environment.add_filter("chart", chart);
        environment.add_filter("things", things);
        environment.add_filter("prose", prose);
        environment.add_filter("whole", whole);
        environment
    }
}

fn load(folder: Option<&Path>, name: &str) -> std::result::Result<Option<String>, Error> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_name = name.strip_suffix(".md").is_some_and(|stem| !stem.is_empty() && stem.chars().all(plain));
    if !is_name {
        return Ok(None);
    }
    let own = folder.map(|folder| folder.join(name)).filter(|path| path.is_file());
    let Some(path) = own else { return Ok(Templates::text(name).map(str::to_owned)) };
    let unreadable = |why: String| Error::new(ErrorKind::InvalidOperation, format!("it cannot be read: {why}"));
    let length = std::fs::metadata(&path).map_err(|error| unreadable(error.to_string()))?.len();
    if length > LONGEST {
        return Err(unreadable("it has more than a megabyte".to_owned()));
    }
    std::fs::read_to_string(&path).map(Some).map_err(|error| unreadable(error.to_string()))
}

/// A longer text in paragraphs.
fn prose(text: &str) -> Value {
    Value::from_safe_string(escape::prose(text))
}

/// A longer text in one paragraph.
fn whole(text: &str) -> Value {
    Value::from_safe_string(escape::whole(text))
}

/// Prints a value: harmless in Markdown, unless a filter of ours made it.
fn print(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> std::result::Result<(), Error> {
    if value.is_undefined() {
        return minijinja::escape_formatter(out, state, value);
    }
    let failed = |_| Error::new(ErrorKind::WriteFailure, "it could not be printed");
    match value.as_str() {
        Some(text) if value.is_safe() => out.write_str(text).map_err(failed),
        Some(text) => out.write_str(&escape::markdown(text)).map_err(failed),
        None if value.is_none() => Ok(()),
        None if value.is_number() => out.write_str(&grouped(value)).map_err(failed),
        None => out.write_str(&escape::markdown(&value.to_string())).map_err(failed),
    }
}

/// A whole number with its thousands set apart; any other as it is.
fn grouped(value: &Value) -> String {
    match i64::try_from(value.clone()) {
        Ok(number) => chart::Unit::Count.long(number as f64),
        Err(_) => value.to_string(),
    }
}

fn link(text: &str, url: &str) -> Value {
    let text = escape::markdown(text);
    let fine =
        |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '\\' | '`' | '"' | '|');
    let web = url.starts_with("https://") || url.starts_with("http://");
    let holds_address = text::without_addresses(url) != url;
    Value::from_safe_string(match web && url.chars().all(fine) && !holds_address {
        true => format!("[{text}](<{url}>)"),
        false => text,
    })
}

fn chart(text: &str) -> Value {
    // Only what reads as charts, and is nothing else, stands as it is.
    let is_chart =
        text.is_empty() || Document::read(text).blocks.iter().all(|block| matches!(block, crate::Block::Chart(_)));
    if is_chart { Value::from_safe_string(text.to_owned()) } else { Value::from(text) }
}

/// `1 question`, `1,204 questions`; a plural that is no `s` more is named.
fn things(number: u64, one: &str, many: Option<&str>) -> String {
    let many = many.map_or_else(|| format!("{one}s"), str::to_owned);
    format!("{} {}", chart::Unit::Count.long(number as f64), if number == 1 { one } else { &many })
}

/// Without trailing blanks, and with one empty line where there are several.
fn tidied(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && empty {
            continue;
        }
        empty = line.is_empty();
        out.push_str(line);
        out.push('\n');
    }
    out.trim_end().to_owned() + "\n"
}

fn wrong(name: &str, error: &Error) -> ReportError {
    // Of an error in a part, the part is to be named.
    let mut inner = error;
    while let Some(source) = std::error::Error::source(inner).and_then(|source| source.downcast_ref::<Error>()) {
        inner = source;
    }
    let what = inner.detail().map_or_else(|| inner.kind().to_string(), str::to_owned);
    ReportError::Template {
        file: inner.name().unwrap_or(name).to_owned(),
        line: inner.line().unwrap_or(1),
        what: notify::one_line(&what),
    }
}

#[cfg(test)]
mod tests;
