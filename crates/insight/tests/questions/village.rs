//! A small community made of plain data: written as tables, indexed, opened.

use std::collections::BTreeMap;
use std::sync::Arc;

use archive::{Manifest, Tables};
use arrow::array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, ListBuilder, RecordBatch, StringArray, StringBuilder,
    TimestampMicrosecondArray,
};
use arrow::datatypes::{DataType, Field};
use insight::support::Support;
use insight::{Community, InsightError, Settings};
use model::Id;
use model::tables::{Column, Kind, TABLES, Table};
use model::time::{DAY, SECOND, month};

/// 2024-06-01T00:00:00Z: what “now” is in every test unless it says otherwise.
pub const NOW: i64 = 1_717_200_000 * SECOND;

/// So many days before [`NOW`].
pub fn ago(days: i64) -> i64 {
    NOW - days * DAY
}

/// A cell.
#[derive(Debug, Clone)]
pub enum Value {
    Text(String),
    Int(i64),
    Float(f64),
    Bool(bool),
    Texts(Vec<String>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(number)
    }
}

impl From<bool> for Value {
    fn from(fact: bool) -> Value {
        Value::Bool(fact)
    }
}

impl From<Vec<String>> for Value {
    fn from(texts: Vec<String>) -> Value {
        Value::Texts(texts)
    }
}

type Row = BTreeMap<&'static str, Value>;

/// The id of the person called `key`, and of their one identity.
pub fn person(key: &str) -> String {
    Id::identity("list", key).to_string()
}

/// The id of the message called `key`, and of the conversation that it opens.
pub fn message(key: &str) -> String {
    Id::message("mail", key).to_string()
}

/// A community and the folder it is read from, which goes with the last of those who use it.
pub struct Open {
    community: Community,
    _folder: Arc<tempfile::TempDir>,
}

impl std::ops::Deref for Open {
    type Target = Community;

    fn deref(&self) -> &Community {
        &self.community
    }
}

/// Rows by table, and the folder they are written to.
pub struct Village {
    folder: Arc<tempfile::TempDir>,
    rows: BTreeMap<&'static str, Vec<Row>>,
}

impl Village {
    pub fn new() -> Village {
        Village { folder: Arc::new(tempfile::tempdir().expect("a folder")), rows: BTreeMap::new() }
    }

    /// Adds a row; cells not given are null, empty, false or zero.
    pub fn row(&mut self, table: &'static str, cells: &[(&'static str, Value)]) -> &mut Village {
        self.rows.entry(table).or_default().push(cells.iter().cloned().collect());
        self
    }

    /// A person seen from two years ago until now, with one identity. `more` overrides.
    pub fn person(&mut self, key: &str, name: Option<&str>, more: &[(&'static str, Value)]) -> &mut Village {
        let mut cells: Vec<(&'static str, Value)> = vec![
            ("person_id", person(key).into()),
            ("identities", 1.into()),
            ("first_seen", ago(730).into()),
            ("last_seen", ago(0).into()),
        ];
        cells.extend(name.map(|name| ("name", name.into())));
        cells.extend(more.iter().cloned());
        self.row("people", &cells);
        let identity = [
            ("identity_id", person(key).into()),
            ("person_id", person(key).into()),
            ("source", "list".into()),
            ("kind", "email".into()),
            ("value", format!("{key}@example.org").into()),
            ("email", format!("{key}@example.org").into()),
        ];
        self.row("identities", &identity)
    }

    /// A conversation on `list`/`dev-list` with its messages (who, time, body); the first is its opening one.
    pub fn conversation(&mut self, key: &str, title: &str, said: &[(&str, i64, &str)], more: &[(&'static str, Value)]) {
        let (opener, opened, _) = said[0];
        let mut helpers: Vec<String> = Vec::new();
        for (who, ..) in said.iter().filter(|(who, ..)| *who != opener) {
            if !helpers.contains(&person(who)) {
                helpers.push(person(who));
            }
        }
        let mut cells: Vec<(&'static str, Value)> = vec![
            ("conversation_id", message(key).into()),
            ("source", "list".into()),
            ("channel", "dev-list".into()),
            ("title", title.into()),
            ("opener_person_id", person(opener).into()),
            ("opened", opened.into()),
            ("last_time", said[said.len() - 1].1.into()),
            ("messages", (said.len() as i64).into()),
            ("is_question", true.into()),
            ("state", if helpers.is_empty() { "waiting" } else { "answered" }.into()),
            ("helper_person_ids", helpers.clone().into()),
        ];
        if helpers.is_empty() {
            cells.push(("waiting_since", opened.into()));
        } else {
            cells.push(("first_response", said[1].1.into()));
        }
        cells.extend(more.iter().cloned());
        self.row("conversations", &cells);
        for (number, (who, time, body)) in said.iter().enumerate() {
            let own = if number == 0 { message(key) } else { message(&format!("{key}/{number}")) };
            let subject = if number == 0 { title.to_owned() } else { format!("Re: {title}") };
            let cells = [
                ("message_id", own.into()),
                ("conversation_id", message(key).into()),
                ("source", "list".into()),
                ("channel", "dev-list".into()),
                ("kind", "post".into()),
                ("identity_id", person(who).into()),
                ("time", (*time).into()),
                ("position", (number as i64).into()),
                ("subject", subject.into()),
                ("body", (*body).into()),
                ("seen_in", vec!["list/dev-list".to_owned()].into()),
            ];
            self.row("messages", &cells);
        }
    }

    pub fn tables(&self) -> Tables {
        Tables::new(&self.folder.path().join("tables"))
    }

    /// Writes tables and index anew and opens them.
    pub fn open(&mut self) -> Result<Open, InsightError> {
        self.open_as_of(Some(NOW))
    }

    pub fn open_as_of(&mut self, as_of: Option<i64>) -> Result<Open, InsightError> {
        let tables = self.tables();
        let mut manifest = Manifest::default();
        for table in TABLES {
            let rows = self.rows.remove(table.name).unwrap_or_default();
            manifest.tables.insert(table.name.to_owned(), write(&tables, table, rows));
        }
        tables.publish(&manifest).expect("published");
        let index = self.folder.path().join("index");
        index::update(&index, &tables, &manifest, &mut |_, _| ()).expect("indexed");
        self.open_what_is_there(as_of)
    }

    pub fn open_what_is_there(&self, as_of: Option<i64>) -> Result<Open, InsightError> {
        self.open_tables(&self.tables(), as_of)
    }

    /// What was written, as those see it who may not see some places.
    pub fn open_without(&self, places: &[&str]) -> Result<Open, InsightError> {
        self.open_tables(&self.tables().without(places.iter().map(|place| (*place).to_owned())), Some(NOW))
    }

    fn open_tables(&self, tables: &Tables, as_of: Option<i64>) -> Result<Open, InsightError> {
        let settings = Settings {
            community: "Village".into(),
            simulated: true,
            support: Support::default_with(2 * DAY),
            as_of,
            spread: insight::SPREAD,
            levels: insight::people::LevelRules::default(),
        };
        let index = self.folder.path().join("index");
        let community = Community::open(tables, &index, &self.desk_file(), settings)?;
        Ok(Open { community, _folder: self.folder.clone() })
    }

    pub fn desk_file(&self) -> std::path::PathBuf {
        self.folder.path().join("desk.sqlite")
    }
}

/// Writes rows in the table's order, partitioned if it is.
fn write(tables: &Tables, table: &'static Table, mut rows: Vec<Row>) -> Vec<archive::FileEntry> {
    let mut partitions = BTreeMap::<Option<(String, String)>, Vec<Row>>::new();
    for row in &mut rows {
        let time = match row.get("time") {
            Some(Value::Int(time)) => month(*time),
            _ => "unknown".to_owned(),
        };
        let source = match row.get("source") {
            Some(Value::Text(source)) => source.clone(),
            _ => String::new(),
        };
        let partition = table.partitioned.then(|| (source, time.clone()));
        if table.partitioned {
            row.insert("month", time.into());
        }
        partitions.entry(partition).or_default().push(std::mem::take(row));
    }
    let written = partitions.into_iter().map(|(partition, mut rows)| {
        rows.sort_by_key(|row| table.sort.iter().map(|name| format!("{:?}", row.get(name))).collect::<Vec<_>>());
        let columns = table.columns.iter().map(|column| array(column, &rows)).collect();
        let batch = RecordBatch::try_new(table.schema(), columns).expect("fits the schema");
        let partition = partition.as_ref().map(|(source, month)| (source.as_str(), month.as_str()));
        let mut file = tables.create(table, partition).expect("a file");
        file.write(&batch).expect("written");
        file.finish().expect("finished")
    });
    written.flatten().collect()
}

fn array(column: &Column, rows: &[Row]) -> ArrayRef {
    let cells = rows.iter().map(|row| row.get(column.name));
    let number = |cell: Option<&Value>| match cell {
        Some(Value::Int(number)) => Some(*number),
        _ => (!column.nullable).then_some(0),
    };
    match column.kind {
        Kind::Text => Arc::new(StringArray::from_iter(cells.map(|cell| match cell {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => (!column.nullable).then_some(""),
        }))),
        Kind::Int => Arc::new(Int64Array::from_iter(cells.map(number))),
        Kind::Float => Arc::new(Float64Array::from_iter(cells.map(|cell| match cell {
            Some(Value::Float(number)) => Some(*number),
            _ => Some(0.0),
        }))),
        Kind::Bool => {
            Arc::new(BooleanArray::from_iter(cells.map(|cell| Some(matches!(cell, Some(Value::Bool(true)))))))
        }
        Kind::Time => Arc::new(TimestampMicrosecondArray::from_iter(cells.map(number)).with_timezone("+00:00")),
        Kind::Texts => {
            let field = Field::new("item", DataType::Utf8, false);
            let mut lists = ListBuilder::new(StringBuilder::new()).with_field(field);
            for cell in cells {
                if let Some(Value::Texts(texts)) = cell {
                    texts.iter().for_each(|text| lists.values().append_value(text));
                }
                lists.append(true);
            }
            Arc::new(lists.finish())
        }
    }
}
