//! What a row is and which column is which of its fields: from the configuration or a preset.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::tz::TimeZone;
use serde::Deserialize;
use source::{Context, Options, OptionsError};

use super::config::{Column, From, TableOptions, Told};
use super::number::Decimal;
use super::presets::{self, Preset, Table};
use super::when::Clock;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something that somebody wrote.
    Messages,
    /// Something that somebody did.
    Activities,
    /// Somebody.
    People,
    /// Something that has a date, or that somebody came to it.
    Events,
    /// A number, or several.
    Measurements,
}

impl Kind {
    /// As it is written in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Messages => "messages",
            Kind::Activities => "activities",
            Kind::People => "people",
            Kind::Events => "events",
            Kind::Measurements => "measurements",
        }
    }

    /// The fields that such a row can have.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Kind::Messages => &[
                "id",
                "time",
                "author",
                "author_name",
                "author_email",
                "organization",
                "bot",
                "subject",
                "body",
                "channel",
                "tags",
                "parent",
                "url",
                "what",
                "closed",
                "score",
                "mentions",
                "attachments",
            ],
            Kind::Activities => &[
                "id",
                "time",
                "author",
                "author_name",
                "author_email",
                "organization",
                "bot",
                "what",
                "detail",
                "channel",
                "about",
            ],
            Kind::People => {
                &["id", "account", "name", "email", "organization", "from", "until", "bot", "joined", "seen", "channel"]
            }
            Kind::Events => &[
                "id",
                "title",
                "starts",
                "ends",
                "place",
                "url",
                "detail",
                "cancelled",
                "channel",
                "attendee",
                "attendee_name",
                "attendee_email",
                "organization",
                "response",
                "time",
            ],
            Kind::Measurements => &["time", "name", "value", "unit", "channel"],
        }
    }

    /// Fields of which one at least must be told.
    fn needed(self) -> &'static [&'static str] {
        match self {
            Kind::Messages => &["body", "subject"],
            Kind::Activities => &["what"],
            Kind::People => &["account", "name", "email"],
            Kind::Events => &["title"],
            Kind::Measurements => &["value"],
        }
    }
}

/// One field of a row: where its value comes from.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Columns, the first one that is not empty counts.
    pub columns: Vec<String>,
    /// What holds where they are.
    pub value: Option<String>,
    /// True where the file's name is the value.
    pub file: bool,
}

/// What a row is and where its fields are.
#[derive(Debug)]
pub struct Mapping {
    /// The kind of its items: `row`, or the name of a preset's table.
    pub name: String,
    /// What a row is.
    pub rows: Kind,
    /// Where each field's value comes from.
    pub fields: BTreeMap<&'static str, Field>,
    /// Columns with accounts elsewhere, by site.
    pub accounts: Vec<(String, Field)>,
    /// Columns that each hold a measurement.
    pub values: Vec<String>,
    /// Columns that tell measurements apart.
    pub labels: Vec<String>,
    /// The file's words in lower case, and ours.
    pub words: BTreeMap<String, String>,
    /// Where ids and accounts are unique, if not in the source.
    pub site: Option<String>,
    /// How times are read.
    pub clock: Clock,
    /// How numbers are read.
    pub decimal: Decimal,
    /// Whether texts are HTML.
    pub html: bool,
    /// Columns by which a preset's table is recognised; all must be there.
    pub marks: &'static [&'static str],
}

/// The mappings of a configured source: one of its own, or those of a preset's tables.
pub struct Mappings {
    /// The mappings.
    pub all: Vec<Mapping>,
    /// The preset, if it is one.
    pub preset: Option<&'static Preset>,
}

impl Mappings {
    /// Checks the options and gives what they say.
    pub fn read(context: &Context) -> Result<Mappings, OptionsError> {
        let options = TableOptions::read(context)?;
        Self::of(&options).map_err(|message| OptionsError::new(&context.source, message))
    }

    /// What the options say, or what is wrong with them.
    pub fn of(options: &TableOptions) -> Result<Mappings, String> {
        if let Some(name) = &options.preset {
            let preset = presets::named(name).ok_or_else(|| {
                format!(
                    "there is no preset `{name}`; there are {}",
                    quoted(presets::PRESETS.iter().map(|one| one.name))
                )
            })?;
            if options.rows.is_some() {
                return Err(format!("the preset `{name}` says what a row is; leave out `rows`"));
            }
            let known = |field: &String| preset.tables.iter().any(|table| table.rows.fields().contains(&&**field));
            if let Some(stranger) = options.columns.keys().find(|field| !known(field)) {
                return Err(format!("`{stranger}` is no field of the rows of `{name}`"));
            }
            let all: Result<Vec<_>, _> = preset.tables.iter().map(|table| Mapping::of_table(table, options)).collect();
            return Ok(Mappings { all: all?, preset: Some(preset) });
        }
        let Some(rows) = options.rows else {
            return Err(format!(
                "say what a row is, as `rows = \"messages\"` (or activities, people, events, measurements), and which \
                 column is what in `columns`; or name a preset: {}",
                quoted(presets::PRESETS.iter().map(|one| one.name))
            ));
        };
        Ok(Mappings { all: vec![Mapping::of_options(rows, options)?], preset: None })
    }

    /// The mapping for a file or row with these columns.
    pub fn fitting(&self, has: impl Fn(&str) -> bool) -> Option<&Mapping> {
        self.all.iter().find(|mapping| mapping.marks.iter().all(|mark| presets::is_marked(mark, &has)))
    }

    /// The mapping that items of this kind were kept by.
    pub fn named(&self, kind: &str) -> Option<&Mapping> {
        self.all.iter().find(|mapping| mapping.name == kind)
    }
}

impl Mapping {
    fn of_options(rows: Kind, options: &TableOptions) -> Result<Mapping, String> {
        let mut mapping = Mapping::empty("row", rows, options)?;
        for (field, column) in &options.columns {
            let known = rows.fields().iter().find(|known| *known == field).ok_or_else(|| {
                format!(
                    "`{field}` is no field of {}; they have {}",
                    rows.as_str(),
                    quoted(rows.fields().iter().copied())
                )
            })?;
            mapping.fields.insert(known, Field::of(field, column)?);
        }
        let needed = rows.needed();
        let lone_values = rows == Kind::Measurements && !mapping.values.is_empty();
        let lone_accounts = rows == Kind::People && !mapping.accounts.is_empty();
        if !needed.iter().any(|field| mapping.fields.contains_key(field)) && !lone_values && !lone_accounts {
            let more = if rows == Kind::Measurements { ", or list columns in `values`" } else { "" };
            return Err(format!(
                "{} need {}: say which column it is in `columns`{more}",
                rows.as_str(),
                needed.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(" or ")
            ));
        }
        if rows == Kind::Measurements && mapping.fields.contains_key("value") && !mapping.fields.contains_key("name") {
            return Err("measurements need `name`: a column, or { value = \"downloads\" }".to_owned());
        }
        Ok(mapping)
    }

    fn of_table(table: &'static Table, options: &TableOptions) -> Result<Mapping, String> {
        let mut mapping = Mapping::empty(table.name, table.rows, options)?;
        let columns = |names: &[&str]| Field {
            columns: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Field::default()
        };
        for (field, names) in table.columns {
            mapping.fields.insert(field, columns(names));
        }
        for (field, value) in table.fixed {
            mapping.fields.entry(field).or_default().value = Some((*value).to_owned());
        }
        for field in table.from_file {
            mapping.fields.entry(field).or_default().file = true;
        }
        for (field, column) in &options.columns {
            if let Some(known) = table.rows.fields().iter().find(|known| *known == field) {
                mapping.fields.insert(known, Field::of(field, column)?);
            }
        }
        mapping.accounts.extend(table.accounts.iter().map(|(site, names)| ((*site).to_owned(), columns(names))));
        mapping.values.extend(table.values.iter().map(|name| (*name).to_owned()));
        for (from, to) in table.words {
            mapping.words.entry((*from).to_owned()).or_insert_with(|| (*to).to_owned());
        }
        mapping.site = mapping.site.or(table.site.map(str::to_owned));
        mapping.clock.order = mapping.clock.order.or(table.date_order);
        mapping.marks = table.marks;
        Ok(mapping)
    }

    /// What the options say of any mapping.
    fn empty(name: &str, rows: Kind, options: &TableOptions) -> Result<Mapping, String> {
        let zone = options.timezone.as_deref().map_or(Ok(TimeZone::UTC), |zone| {
            TimeZone::get(zone).map_err(|_| format!("there is no timezone `{zone}`; write it as `Europe/Berlin`"))
        })?;
        let decimal = match options.decimal {
            None => Decimal::Told,
            Some(mark @ (',' | '.')) => Decimal::Is(mark),
            Some(mark) => return Err(format!("`decimal` is \",\" or \".\", not \"{mark}\"")),
        };
        let accounts =
            options.accounts.iter().map(|(site, column)| Ok((site.to_lowercase(), Field::of(site, column)?)));
        Ok(Mapping {
            name: name.to_owned(),
            rows,
            fields: BTreeMap::new(),
            accounts: accounts.collect::<Result<_, String>>()?,
            values: options.values.clone(),
            labels: options.labels.clone(),
            words: options.words.iter().map(|(from, to)| (from.to_lowercase(), to.to_lowercase())).collect(),
            site: options.site.as_ref().map(|site| site.to_lowercase()),
            clock: Clock { zone, order: options.date_order, format: options.time_format.clone() },
            decimal,
            html: options.html,
            marks: &[],
        })
    }

    /// Whether rows are people who came to events.
    pub fn is_attendance(&self) -> bool {
        ["attendee", "attendee_name", "attendee_email"].iter().any(|field| self.fields.contains_key(field))
    }

    /// Where a field's value comes from, if it is told.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }

    /// The columns that the mapping needs and a file does not have, by its own word for each.
    pub fn missing(&self, has: impl Fn(&str) -> bool) -> Vec<&str> {
        let fields = self.fields.values().chain(self.accounts.iter().map(|(_, field)| field));
        let absent = fields.filter(|field| !field.columns.is_empty() && !field.columns.iter().any(|name| has(name)));
        let absent = absent.filter_map(|field| field.columns.first());
        let listed = self.values.iter().chain(&self.labels).filter(|name| !has(name));
        absent.chain(listed).map(String::as_str).collect()
    }
}

impl Field {
    fn of(name: &str, column: &Column) -> Result<Field, String> {
        Ok(match column {
            Column::Name(column) => Field { columns: vec![column.clone()], ..Field::default() },
            Column::Names(columns) => Field { columns: columns.clone(), ..Field::default() },
            Column::Told(Told { column: None, value: None, from: None }) => {
                return Err(format!("`{name}` says nothing: write a column's name, or {{ value = \"…\" }}"));
            }
            Column::Told(Told { column, value, from }) => Field {
                columns: column.iter().cloned().collect(),
                value: value.clone(),
                file: *from == Some(From::File),
            },
        })
    }
}

/// Names as a person reads them: `a`, `b`, `c`.
pub fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for name in names {
        // Writing to a text cannot fail.
        let _ = write!(out, "{}`{name}`", if out.is_empty() { "" } else { ", " });
    }
    out
}
