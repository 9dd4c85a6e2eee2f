//! What stands before a page: front matter in YAML or TOML, and what it says.

use jiff::tz::TimeZone;
use serde_json::Value;

use crate::{dates, yaml};

/// What a page says about itself.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Meta {
    /// Its title.
    pub title: Option<String>,
    /// What it is called where neither that nor a heading says: HTML's `<title>`.
    pub called: Option<String>,
    /// When it was written, UTC.
    pub time: Option<i64>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Its tags and categories.
    pub tags: Vec<String>,
    /// Its path on the web site, if it names one of its own: it begins with `/`.
    pub path: Option<String>,
    /// What it says in a way that cannot be read: fixed phrases.
    pub wrong: Vec<&'static str>,
}

/// Who wrote a page: a name, an address or both.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Author {
    /// The name.
    pub name: Option<String>,
    /// The address.
    pub email: Option<String>,
}

/// More authors than this, or tags, no page has.
const MOST: usize = 100;
/// Fields that say when, the best first.
const DATES: [&str; 9] =
    ["date", "publishdate", "pubdate", "published", "created", "lastmod", "last_update", "updated", "last_updated"];

/// Takes the front matter off a text. What only looks like it stays where it is.
pub fn split(text: &str) -> (Meta, &str) {
    let mut meta = Meta::default();
    let Some((kind, front, rest)) = cut(text) else { return (meta, text) };
    let read = if kind == "---" { yaml::first(front) } else { from_toml(front) };
    match read {
        Ok(Value::Object(fields)) => meta.read(&Value::Object(fields)),
        // A line above and a line below: the text between them is the page's.
        Ok(Value::String(_) | Value::Array(_)) => return (meta, text),
        Ok(_) => {}
        Err(_) if !front.contains([':', '=']) => return (meta, text),
        Err(_) => meta.wrong.push("front matter cannot be read"),
    }
    (meta, rest)
}

/// The mark, what stands between it and its likeness, and what follows.
fn cut(text: &str) -> Option<(&str, &str, &str)> {
    let first = text.split_inclusive('\n').next()?;
    let mark = first.trim_end();
    if mark != "---" && mark != "+++" {
        return None;
    }
    let mut end = first.len();
    for line in text[end..].split_inclusive('\n') {
        let at = end;
        end += line.len();
        if line.trim_end() == mark {
            return Some((mark, &text[first.len()..at], &text[end..]));
        }
    }
    None
}

fn from_toml(text: &str) -> Result<Value, &'static str> {
    let table: toml::Table = text.parse().map_err(|_| "is no TOML")?;
    Ok(toml_value(toml::Value::Table(table)))
}

/// The parser bounds how deep it goes, so this ends.
fn toml_value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Boolean(yes) => Value::Bool(yes),
        toml::Value::Array(list) => list.into_iter().map(toml_value).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, toml_value(value))).collect(),
        other => Value::String(other.to_string()),
    }
}

impl Meta {
    /// Takes what is known among these fields. Names of fields are in lower case or as Hugo has them.
    pub fn read(&mut self, fields: &Value) {
        let Some(object) = fields.as_object() else { return };
        for (name, value) in object {
            match name.to_ascii_lowercase().as_str() {
                "title" => self.title = text(value).or(self.title.take()),
                "author" | "authors" => self.add_authors(value),
                "tags" | "categories" | "category" | "keywords" => self.add_tags(value),
                "permalink" | "url" | "slug" => {
                    self.path = text(value).filter(|path| path.starts_with('/')).or(self.path.take());
                }
                _ => {}
            }
        }
        let field = |name: &&str| object.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        let said: Vec<&Value> = DATES.iter().filter_map(field).map(|(_, value)| value).collect();
        // Docusaurus: `last_update: { date: …, author: … }`.
        let written = said.iter().filter_map(|value| text(value).or_else(|| text(value.get("date")?)));
        let written: Vec<String> = written.collect();
        self.set_time(written.iter().map(String::as_str));
    }

    /// Takes the first of these dates that can be read.
    pub fn set_time<'a>(&mut self, written: impl Iterator<Item = &'a str>) {
        let mut some = false;
        for date in written {
            some = true;
            if let Some(time) = dates::read(date).and_then(|date| date.instant(&TimeZone::UTC)) {
                self.time = Some(time);
                return;
            }
        }
        if some {
            self.wrong.push("date cannot be read");
        }
    }

    /// Adds who is named: a text, a list of texts, or objects with `name` and `email`.
    pub fn add_authors(&mut self, value: &Value) {
        match value {
            Value::String(names) => names.split([',', ';']).for_each(|name| self.add_author(name)),
            Value::Array(list) => list.iter().take(MOST).for_each(|value| match value {
                Value::String(name) => self.add_author(name),
                value => self.add_authors_object(value),
            }),
            value => self.add_authors_object(value),
        }
    }

    fn add_authors_object(&mut self, value: &Value) {
        let field = |name| value.get(name).and_then(text);
        let author = Author { name: field("name"), email: field("email").filter(|email| email.contains('@')) };
        self.push_author(author);
    }

    /// Adds `Name`, `address` or `Name <address>`.
    pub fn add_author(&mut self, written: &str) {
        let (name, email) = match written.split_once('<') {
            Some((name, rest)) => (name, rest.split('>').next().unwrap_or_default()),
            None if written.contains('@') && !written.trim().contains(' ') => ("", written),
            None => (written, ""),
        };
        let (name, email) = (name.trim(), email.trim().trim_start_matches("mailto:"));
        self.push_author(Author {
            name: Some(name).filter(|name| !name.is_empty()).map(str::to_owned),
            email: Some(email).filter(|email| email.contains('@')).map(str::to_lowercase),
        });
    }

    fn push_author(&mut self, author: Author) {
        let known = self.authors.contains(&author) || author == Author::default();
        if !known && self.authors.len() < MOST {
            self.authors.push(author);
        }
    }

    /// Adds tags: a list, or a text parted by commas, else by blanks.
    pub fn add_tags(&mut self, value: &Value) {
        let mut add = |tag: &str| {
            let tag = tag.trim();
            if !tag.is_empty() && self.tags.len() < MOST && !self.tags.iter().any(|known| known == tag) {
                self.tags.push(tag.to_owned());
            }
        };
        match value {
            Value::String(tags) if tags.contains(',') => tags.split(',').for_each(&mut add),
            Value::String(tags) => tags.split_whitespace().for_each(&mut add),
            Value::Array(list) => {
                list.iter().filter_map(|tag| text(tag).or_else(|| text(tag.get("label")?))).for_each(|tag| add(&tag))
            }
            _ => {}
        }
    }
}

fn text(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
