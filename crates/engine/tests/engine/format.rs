//! Every format, as a person or a program reads it.

use crate::community::Community;
use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use engine::format::{self, Format, Written};
use insta::assert_snapshot;

fn written(sql: &str, format: Format) -> String {
    String::from_utf8(written_bytes(sql, format)).expect("UTF-8")
}

const CHANNELS: &str = "SELECT channel, title, messages, first_time, last_time FROM channels ORDER BY channel_id";
const PEOPLE: &str = "SELECT person_id, name, bot, sources FROM people ORDER BY person_id";
const TABLE: Format = Format::Table { cell: 60, rows: None };

#[test]
fn tables_are_aligned() {
    assert_snapshot!(written(CHANNELS, TABLE), @r#"
    channel       title        messages  first_time            last_time
    ------------  -----------  --------  --------------------  ------------------------
    dev           Development         3  2020-01-01T10:00:00Z  2020-02-01T00:00:00.250Z
    users, "all"                      0
    "#);
    assert_snapshot!(written(PEOPLE, TABLE), @r#"
    person_id  name             bot    sources
    ---------  ---------------  -----  ---------------
    i1         Ada              false  ["chat","list"]
    i2         Bo\u{1b}[2J\nB.  false  ["list"]
    i3                          true   []
    "#);
}

#[test]
fn tables_are_cut_where_asked() {
    assert_snapshot!(written(CHANNELS, Format::Table { cell: 8, rows: Some(1) }), @"
    channel  title     messages  first_t…  last_ti…
    -------  --------  --------  --------  --------
    dev      Develop…         3  2020-01…  2020-02…
    ");
    let mut out = Vec::new();
    let engine = Community::of_a_list().open();
    let mut write = |limit| {
        let format = Format::Table { cell: 8, rows: Some(limit) };
        format::write(engine.query("SELECT message_id FROM messages").unwrap(), &format, &mut out).unwrap()
    };
    assert_eq!(write(2), Written { rows: 2, more: true });
    assert_eq!(write(3), Written { rows: 3, more: false });
}

#[test]
fn a_long_table_is_written_whole() {
    let text = written("SELECT value FROM range(5000) ORDER BY value", TABLE);
    assert_eq!(text.lines().count(), 5_002);
    assert_eq!(text.lines().last(), Some(" 4999"));
    assert_eq!(text.lines().nth(2), Some("    0"));
}

#[test]
fn csv_is_quoted_where_it_must_be() {
    assert_snapshot!(written(CHANNELS, Format::Csv).replace("\r\n", "⏎\n"), @r#"
    channel,title,messages,first_time,last_time⏎
    dev,Development,3,2020-01-01T10:00:00Z,2020-02-01T00:00:00.250Z⏎
    "users, ""all""","",0,,⏎
    "#);
    assert_snapshot!(written("SELECT sources FROM people ORDER BY person_id", Format::Csv), @r#"
    sources
    "[""chat"",""list""]"
    "[""list""]"
    []
    "#);
}

#[test]
fn json_lines_hold_nulls_and_lists() {
    assert_snapshot!(written(CHANNELS, Format::Jsonl), @r#"
    {"channel":"dev","title":"Development","messages":3,"first_time":"2020-01-01T10:00:00Z","last_time":"2020-02-01T00:00:00.250Z"}
    {"channel":"users, \"all\"","title":"","messages":0,"first_time":null,"last_time":null}
    "#);
    assert_snapshot!(written(PEOPLE, Format::Jsonl), @r#"
    {"person_id":"i1","name":"Ada","bot":false,"sources":["chat","list"]}
    {"person_id":"i2","name":"Bo\u001b[2J\nB.","bot":false,"sources":["list"]}
    {"person_id":"i3","name":null,"bot":true,"sources":[]}
    "#);
}

#[test]
fn other_types_have_a_spelling() {
    let sql = "SELECT 1.5 AS f, true AS b, DATE '2020-02-29' AS d, TIMESTAMP '2020-02-29 12:00:00' AS t,
        arrow_cast('x', 'LargeUtf8') AS l, CAST(2.50 AS DECIMAL(5, 2)) AS m, NULL AS n,
        INTERVAL '1 day' AS i, struct(1, 'a') AS s, arrow_cast('x', 'Dictionary(Int32, Utf8)') AS k";
    assert_snapshot!(written(sql, TABLE), @r#"
      f  b     d           t                     l     m  n  i       s                  k
    ---  ----  ----------  --------------------  -  ----  -  ------  -----------------  -
    1.5  true  2020-02-29  2020-02-29T12:00:00Z  x  2.50     1 days  {"c0":1,"c1":"a"}  x
    "#);
    assert_snapshot!(written(sql, Format::Csv), @r#"
    f,b,d,t,l,m,n,i,s,k
    1.5,true,2020-02-29,2020-02-29T12:00:00Z,x,2.50,,1 days,"{""c0"":1,""c1"":""a""}",x
    "#);
    assert_snapshot!(written(&sql.replace("INTERVAL '1 day' AS i,", ""), Format::Jsonl), @r#"{"f":1.5,"b":true,"d":"2020-02-29","t":"2020-02-29T12:00:00Z","l":"x","m":2.50,"n":null,"s":{"c0":1,"c1":"a"},"k":"x"}"#);
}

#[test]
fn parquet_is_read_back() {
    let mut out = Vec::new();
    let engine = Community::of_a_list().open();
    assert_eq!(engine.export("people", &Format::Parquet, &mut out).unwrap(), Written { rows: 3, more: false });
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), out).unwrap();
    let reader =
        parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file.reopen().unwrap()).unwrap();
    let batch = reader.build().unwrap().next().unwrap().unwrap();
    assert_eq!(batch.schema().fields(), model::tables::PEOPLE.schema().fields());
    let messages = batch.column_by_name("messages").unwrap().as_primitive::<Int64Type>();
    assert_eq!(messages.values().iter().sum::<i64>(), 3);
}

#[test]
fn an_answer_without_rows_still_has_a_header() {
    let sql = "SELECT area, last_time FROM knowledge";
    assert_snapshot!(written(sql, TABLE), @"
    area  last_time
    ----  ---------
    ");
    assert_eq!(written(sql, Format::Csv), "area,last_time\r\n");
    assert_eq!(written(sql, Format::Jsonl), "");
    assert!(written_bytes(sql, Format::Parquet).starts_with(b"PAR1"));
}

fn written_bytes(sql: &str, format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    let engine = Community::of_a_list().open();
    format::write(engine.query(sql).expect("an answer"), &format, &mut out).expect("written");
    out
}

#[test]
fn every_table_is_exported_in_every_format() {
    for community in [Community::of_a_list(), Community::empty()] {
        let engine = community.open();
        for table in model::tables::TABLES {
            for name in Format::NAMES {
                engine.export(table.name, &Format::parse(name).unwrap(), &mut Vec::new()).unwrap();
            }
        }
    }
    assert_eq!(Format::parse("xlsx"), None);
}

#[test]
fn a_pipe_that_is_closed_is_told_apart() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let engine = Community::of_a_list().open();
    for name in Format::NAMES {
        let answer = engine.query("SELECT value, repeat('x', 50) AS x FROM range(20000)").unwrap();
        let error = format::write(answer, &Format::parse(name).unwrap(), &mut Closed).unwrap_err();
        let is_pipe = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
        assert!(matches!(&error, engine::EngineError::Write(error) if is_pipe(error)), "{name}: {error:?}");
    }
}
