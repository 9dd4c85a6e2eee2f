//! A row as it was kept to rows of our own.

use model::{Channel, Item, Rows};
use serde_json::Value;
use source::{Context, Normalizer, OptionsError};

use super::cells;
use super::mapping::{Field, Kind, Mapping, Mappings};
use super::rows;
use crate::json;

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let mappings = Mappings::read(context)?;
    let source = context.source.clone();
    Ok(Box::new(move |item, rows| {
        json::Reading::<Nothing>::object(&source, item, rows, |reading, value, _| {
            let has = |name: &str| cells::has(value, name);
            let Some(mapping) = mappings.named(&item.kind).or_else(|| mappings.fitting(has)) else {
                return reading.problem("row fits no table of the preset", "");
            };
            let mut row = Row {
                mapping,
                value,
                source: &source,
                item,
                file: &reading.origin.file,
                order: i64::try_from(reading.origin.offset).unwrap_or_default(),
                wrong: Vec::new(),
            };
            row.read(reading.rows);
            for (what, detail) in row.wrong {
                reading.problem(what, &detail);
            }
        });
    }))
}

/// A row's origin says no more than where it was found.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Nothing {}

/// A row that is being read.
pub struct Row<'a> {
    /// What is what.
    pub mapping: &'a Mapping,
    /// The row itself.
    pub value: &'a Value,
    /// The source's id.
    pub source: &'a str,
    /// Its item.
    pub item: &'a Item,
    /// The file it was in.
    pub file: &'a str,
    /// Its place in the file, for the order of rows of one time.
    pub order: i64,
    /// What is wrong with it: a fixed phrase, and a column's name.
    pub wrong: Vec<(&'static str, String)>,
}

impl Row<'_> {
    fn read(&mut self, rows: &mut Rows) {
        match self.mapping.rows {
            Kind::Messages => rows::message(self, rows),
            Kind::Activities => rows::activity(self, rows),
            Kind::People => rows::person(self, rows),
            Kind::Events => rows::event(self, rows),
            Kind::Measurements => rows::measurements(self, rows),
        }
    }

    /// What ids are unique in.
    pub fn space(&self) -> &str {
        self.mapping.site.as_deref().unwrap_or(self.source)
    }

    /// The row's own id, else what the collector called it.
    pub fn native_id(&self) -> String {
        self.text("id").unwrap_or_else(|| self.item.id.clone())
    }

    /// A field's text, trimmed; `None` if it is empty or not told.
    pub fn text(&self, name: &str) -> Option<String> {
        self.text_of(self.mapping.field(name)?)
    }

    /// As [`Row::text`], for a field that is at hand.
    pub fn text_of(&self, field: &Field) -> Option<String> {
        let found = cells::find(self.value, &field.columns).map(|value| cells::text(value).trim().to_owned());
        let fixed = || field.value.as_ref().map(|value| value.trim().to_owned());
        let file = || field.file.then(|| stem(self.file));
        found.or_else(fixed).or_else(file).filter(|text| !text.is_empty())
    }

    /// A field as a list.
    pub fn list(&self, name: &str) -> Vec<String> {
        let Some(field) = self.mapping.field(name) else { return Vec::new() };
        match cells::find(self.value, &field.columns) {
            Some(value) => cells::list(value),
            None => self.text_of(field).into_iter().collect(),
        }
    }

    /// A field that says yes.
    pub fn yes(&self, name: &str) -> bool {
        self.text(name).is_some_and(|text| is_yes(&text))
    }

    /// A time, microseconds UTC. One that cannot be read is a problem that names its column.
    pub fn time(&mut self, name: &str) -> Option<i64> {
        let text = self.text(name)?;
        match self.mapping.clock.read(&text) {
            Ok(time) => Some(time),
            Err(what) => {
                let column = self.column(name);
                self.wrong.push((what, column));
                None
            }
        }
    }

    /// The name of the column that a field is in, as it was configured.
    pub fn column(&self, name: &str) -> String {
        self.mapping.field(name).and_then(|field| field.columns.first()).cloned().unwrap_or_default()
    }

    /// Our word for one of the file's, in lower case: as the configuration has it, else with `_` for spaces.
    pub fn word(&self, text: &str) -> String {
        let word = text.trim().to_lowercase();
        match self.mapping.words.get(&word) {
            Some(ours) => ours.clone(),
            None => word.replace([' ', '-'], "_"),
        }
    }

    /// The row's channel, which is also pushed: the source's name where it has none.
    pub fn channel(&self, rows: &mut Rows) -> String {
        let name = self.text("channel").unwrap_or_else(|| self.source.to_owned());
        if rows.channels.last().is_none_or(|last| last.name != name) {
            rows.channels.push(Channel { name: name.clone(), kind: "table".to_owned(), title: None });
        }
        name
    }
}

/// Whether a cell says yes.
pub fn is_yes(text: &str) -> bool {
    ["yes", "y", "true", "1", "x", "on", "bot", "✓"].iter().any(|yes| text.eq_ignore_ascii_case(yes))
}

/// A file's name without folders and endings.
fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let name = [".gz", ".zst"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
