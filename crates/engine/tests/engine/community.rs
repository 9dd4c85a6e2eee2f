//! Tables of a made-up community, as Parquet files.

use std::path::Path;
use std::sync::Arc;

use arrow::json::ReaderBuilder;
use arrow::record_batch::RecordBatch;
use engine::{Engine, Limits, TableFiles};
use model::tables::{Kind, Table};
use parquet::arrow::ArrowWriter;
use serde_json::{Map, Value, json};

pub struct Community {
    pub folder: tempfile::TempDir,
    files: Vec<TableFiles>,
}

impl Community {
    /// No files at all.
    pub fn empty() -> Community {
        Community { folder: tempfile::tempdir().expect("a folder"), files: Vec::new() }
    }

    /// A list with two months of messages, three people and a few odd texts.
    pub fn of_a_list() -> Community {
        let mut community = Community::empty();
        community.add(
            "channels",
            "channels/a.parquet",
            &[
                json!({"channel_id": "h1", "source": "list", "channel": "dev", "kind": "list", "title": "Development",
                "messages": 3, "first_time": "2020-01-01T10:00:00Z", "last_time": "2020-02-01T00:00:00.25Z"}),
                json!({"channel_id": "h2", "source": "list", "channel": "users, \"all\"", "kind": "list", "title": "",
                "messages": 0}),
            ],
        );
        community.add(
            "people",
            "people/a.parquet",
            &[
                json!({"person_id": "i1", "name": "Ada", "sources": ["chat", "list"], "messages": 2}),
                json!({"person_id": "i2", "name": "Bo\u{1b}[2J\nB.", "sources": ["list"], "messages": 1}),
                json!({"person_id": "i3", "bot": true}),
            ],
        );
        for (month, rows) in [
            ("2020-01", &[("m1", "i1", "2020-01-01T10:00:00Z"), ("m2", "i2", "2020-01-01T11:30:00Z")][..]),
            ("2020-02", &[("m3", "i1", "2020-02-01T00:00:00.25Z")][..]),
        ] {
            let message = |(id, who, time): &(&str, &str, &str)| {
                json!({"message_id": id, "conversation_id": "m1", "source": "list", "month": month,
                    "channel": "dev", "identity_id": who, "time": time, "body": format!("body of {id}")})
            };
            let rows: Vec<Value> = rows.iter().map(message).collect();
            community.add("messages", &format!("messages/source=list/month={month}/a.parquet"), &rows);
        }
        community
    }

    /// Adds a file of a table. What a row does not say is null, zero, false or empty.
    pub fn add(&mut self, table: &'static str, path: &str, rows: &[Value]) {
        let place = self.folder.path().join(path);
        std::fs::create_dir_all(place.parent().expect("in a folder")).expect("a folder");
        write(Table::named(table).expect("a table"), &place, rows);
        self.add_path(table, path);
    }

    /// Names a file of a table, whether it is there or not.
    pub fn add_path(&mut self, table: &str, path: &str) {
        match self.files.iter_mut().find(|files| files.name == table) {
            Some(files) => files.paths.push(path.to_owned()),
            None => self.files.push(TableFiles { name: table.to_owned(), paths: vec![path.to_owned()] }),
        }
    }

    pub fn try_open(&self, limits: Limits) -> engine::Result<Engine> {
        Engine::open(self.folder.path(), self.files.clone(), limits)
    }

    pub fn open(self) -> Opened {
        let engine = self.try_open(Limits::default()).expect("it opens");
        Opened { engine, community: self }
    }
}

/// An engine whose files are there for as long as it is.
pub struct Opened {
    pub engine: Engine,
    pub community: Community,
}

impl std::ops::Deref for Opened {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

fn write(table: &Table, place: &Path, rows: &[Value]) {
    let whole = |row: &Value| {
        Value::Object(
            table
                .columns
                .iter()
                .map(|column| {
                    let value = match (row.get(column.name), column.nullable, column.kind) {
                        (Some(value), ..) => value.clone(),
                        (None, true, _) => Value::Null,
                        (None, false, Kind::Text) => json!(""),
                        (None, false, Kind::Int | Kind::Float | Kind::Time) => json!(0),
                        (None, false, Kind::Bool) => json!(false),
                        (None, false, Kind::Texts) => json!([]),
                    };
                    (column.name.to_owned(), value)
                })
                .collect::<Map<_, _>>(),
        )
    };
    let text: String = rows.iter().map(|row| format!("{}\n", whole(row))).collect();
    let batches: Vec<RecordBatch> = ReaderBuilder::new(table.schema())
        .build(text.as_bytes())
        .expect("rows of the table")
        .collect::<Result<_, _>>()
        .expect("rows of the table");
    let file = std::fs::File::create(place).expect("a file");
    let mut writer = ArrowWriter::try_new(file, Arc::clone(&table.schema()), None).expect("rows of the table");
    batches.iter().for_each(|batch| writer.write(batch).expect("rows of the table"));
    writer.close().expect("rows of the table");
}
