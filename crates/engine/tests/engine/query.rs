//! Questions answered, statements refused, mistakes explained.

use crate::community::Community;
use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use engine::format::{self, Format};
use engine::{Engine, EngineError, Limits};
use insta::assert_snapshot;

fn number(engine: &Engine, sql: &str) -> i64 {
    let batches: Vec<_> = engine.query(sql).expect("an answer").collect::<Result<_, _>>().expect("rows");
    batches.iter().find(|batch| batch.num_rows() > 0).expect("rows").column(0).as_primitive::<Int64Type>().value(0)
}

fn text(engine: &Engine, sql: &str) -> String {
    let mut out = Vec::new();
    format::write(engine.query(sql).expect("an answer"), &Format::Table { cell: 80, rows: None }, &mut out)
        .expect("rows");
    String::from_utf8(out).expect("UTF-8")
}

fn mistake(sql: &str) -> String {
    let engine = Community::of_a_list().open();
    let failed = |answer: engine::Answer| answer.collect::<Result<Vec<_>, _>>();
    engine.query(sql).and_then(failed).expect_err("a mistake").to_string()
}

#[test]
fn tables_are_asked_over_all_their_files() {
    let engine = Community::of_a_list().open();
    assert_eq!(number(&engine, "SELECT count(*) FROM messages"), 3);
    assert_eq!(number(&engine, "SELECT count(*) FROM messages WHERE time >= '2020-02-01'"), 1);
    assert_eq!(number(&engine, "SELECT count(*) FROM messages WHERE month = '2020-01' AND body LIKE '%m2'"), 1);
    assert_eq!(number(&engine, "SELECT count(*) FROM messages WHERE time < now() - INTERVAL '1 day'"), 3);
    assert_eq!(number(&engine, "SELECT count(*) FROM (SELECT unnest(sources) FROM people)"), 3);
    let sql = "SELECT date_trunc('month', time) AS month, count(*) AS messages, count(DISTINCT name) AS people
        FROM messages JOIN people ON person_id = identity_id GROUP BY 1 ORDER BY 1";
    assert_snapshot!(text(&engine, sql), @"
    month                 messages  people
    --------------------  --------  ------
    2020-01-01T00:00:00Z         2       2
    2020-02-01T00:00:00Z         1       1
    ");
}

#[test]
fn lists_are_asked() {
    let engine = Community::of_a_list().open();
    let sql = "SELECT person_id, array_length(sources) AS length, array_has(sources, 'chat') AS chat,
        array_has(sources, NULLIF(name, 'Ada')) AS named FROM people ORDER BY 1";
    assert_snapshot!(text(&engine, sql), @"
    person_id  length  chat   named
    ---------  ------  -----  -----
    i1              2  true
    i2              1  false  false
    i3              0  false
    ");
    assert_eq!(number(&engine, "SELECT count(*) FROM people WHERE array_has(sources, 'list')"), 2);
    assert_eq!(number(&engine, "SELECT CAST(sum(array_length(sources)) AS BIGINT) FROM people"), 3);
    assert_eq!(number(&engine, "SELECT array_length(array_agg(name)) FROM people"), 3);
    assert_snapshot!(mistake("SELECT array_length(name) FROM people"), @"array_length takes a list");
    assert_snapshot!(mistake("SELECT array_has(sources, 1) FROM people"), @"array_has takes a list of text and a text");
}

#[test]
fn a_table_without_files_is_empty() {
    let engine = Community::empty().open();
    for table in model::tables::TABLES {
        assert_eq!(number(&engine, &format!("SELECT count(*) FROM {}", table.name)), 0, "{}", table.name);
    }
    let everything = engine.query("SELECT * FROM messages WHERE time > '2020-01-01' ORDER BY time").unwrap();
    assert_eq!(everything.schema().fields(), model::tables::MESSAGES.schema().fields());
    assert_eq!(everything.count(), 0);
}

#[test]
fn what_a_table_is_can_be_asked() {
    let engine = Community::of_a_list().open();
    assert!(text(&engine, "SHOW TABLES").contains("conversations"));
    assert!(text(&engine, "EXPLAIN SELECT 1").contains("physical_plan"));
    assert_snapshot!(text(&engine, "DESCRIBE knowledge"), @r#"
    column_name  data_type                is_nullable
    -----------  -----------------------  -----------
    person_id    Utf8                     NO
    area         Utf8                     NO
    answered     Int64                    NO
    thanked      Int64                    NO
    last_time    Timestamp(µs, "+00:00")  YES
    "#);
    assert_eq!(number(&engine, "VALUES (7)"), 7);
    assert_eq!(number(&engine, "WITH a AS (SELECT 7 AS n) SELECT n FROM a -- and a remark\n;"), 7);
}

#[test]
fn columns_have_one_type_each() {
    let engine = Community::of_a_list().open();
    let answer = engine
        .query(
            "SELECT CAST(messages AS VARCHAR) AS a, upper(name) AS b, concat(name, 'x') AS c,
        substr(name, 1, 2) AS d, CASE WHEN bot THEN 'bot' ELSE name END AS e FROM people",
        )
        .unwrap();
    for field in answer.schema().fields() {
        assert_eq!(*field.data_type(), arrow::datatypes::DataType::Utf8, "{}", field.name());
    }
}

#[test]
fn statements_that_change_something_are_refused() {
    let engine = Community::of_a_list().open();
    for sql in [
        "DROP TABLE messages",
        "CREATE TABLE t AS SELECT 1",
        "CREATE VIEW v AS SELECT 1",
        "CREATE EXTERNAL TABLE t STORED AS CSV LOCATION '/etc/passwd'",
        "CREATE SCHEMA s",
        "INSERT INTO people SELECT * FROM people",
        "DELETE FROM people",
        "UPDATE people SET name = 'x'",
        "TRUNCATE TABLE people",
        "COPY people TO 'people.csv'",
        "COPY (SELECT 1) TO '/tmp/x' STORED AS PARQUET",
        "SET datafusion.execution.target_partitions = 1",
        "RESET datafusion.execution.target_partitions",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "DEALLOCATE p",
        "BEGIN",
        "COMMIT",
        "EXPLAIN COPY people TO 'people.csv'",
        "EXPLAIN ANALYZE INSERT INTO people SELECT * FROM people",
        "GRANT ALL ON people TO eve",
        "ATTACH DATABASE 'x' AS y",
    ] {
        let error = engine.query(sql).err().unwrap_or_else(|| panic!("{sql} was answered"));
        assert!(matches!(error, EngineError::Refused(_)), "{sql}: {error}");
    }
    assert_snapshot!(mistake("drop table messages"), @"`DROP` is refused: tables can only be asked, with SELECT, WITH, VALUES, EXPLAIN, SHOW or DESCRIBE");
    assert!(engine.query("WITH a AS (INSERT INTO people SELECT * FROM people) SELECT 1").is_err());
    assert!(engine.query("SELECT * INTO people FROM people").is_err());
    assert_eq!(number(&engine, "SELECT count(*) FROM people"), 3);
}

#[test]
fn no_other_file_can_be_read() {
    let engine = Community::of_a_list().open();
    let inside = engine.community.folder.path().join("people/a.parquet");
    for name in [
        inside.to_str().unwrap(),
        "people/a.parquet",
        "/etc/passwd",
        "file:///etc/passwd",
        "tables:///people/a.parquet",
    ] {
        assert!(engine.query(&format!("SELECT * FROM '{name}'")).is_err(), "{name}");
        assert!(engine.query(&format!("SELECT * FROM \"{name}\"")).is_err(), "{name}");
    }
    for function in ["read_csv", "read_parquet", "parquet_metadata", "glob"] {
        assert!(engine.query(&format!("SELECT * FROM {function}('/etc/passwd')")).is_err(), "{function}");
    }
}

#[test]
fn mistakes_are_explained() {
    assert_snapshot!(mistake("SELECT sbject FROM messages"), @"line 1, column 8: no column `sbject`; did you mean `subject`?");
    assert_snapshot!(mistake("SELECT m.zebra FROM knowledge m"), @"line 1, column 8: no column `zebra`; there are person_id, area, answered, thanked, last_time");
    assert_snapshot!(mistake("SELECT person_id\nFROM channels"), @"line 1, column 8: no column `person_id` here, it is one of `affiliations`, `doings`, `identities`, `knowledge`, `people`, `suggestions`; there are channel_id, source, channel, kind, title, messages, activities, first_time, last_time, offered_tier, offered_why");
    assert_snapshot!(mistake("SELECT \"Subject\" FROM messages"), @"line 1, column 8: no column `Subject`; did you mean `subject`?");
    assert_snapshot!(mistake("SELECT source FROM messages JOIN channels ON messages.channel = channels.channel"), @"line 1, column 8: column `source` is in more than one table; write which, as in `messages.source`");
    assert_snapshot!(mistake("SELECT 1 FROM message"), @"line 1, column 15: no table `message`; did you mean `messages`? there are activities, affiliations, channels, conversations, doings, domains, events, gaps, identities, knowledge, measurements, messages, people, problems, signals, suggestions, topics");
    assert_snapshot!(mistake("SELECT 1\nFROM other.zebra"), @"line 2, column 6: no table `zebra`; there are activities, affiliations, channels, conversations, doings, domains, events, gaps, identities, knowledge, measurements, messages, people, problems, signals, suggestions, topics");
    assert_snapshot!(mistake("SELEC 1"), @"line 1, column 1: expected: an SQL statement, found: SELEC");
    assert_snapshot!(mistake("SELECT 1 FROM messages WHERE"), @"expected: an expression, found: the end of the query");
    assert_snapshot!(mistake("SELECT 'open"), @"line 1, column 8: unterminated string literal");
    assert_snapshot!(mistake("SELECT lowr(subject) FROM messages"), @"line 1, column 8: invalid function 'lowr'; did you mean 'lower'?");
    assert_snapshot!(mistake("SELECT subject, count(*) FROM messages"), @r#"line 1, column 8: column in SELECT must be in GROUP BY or an aggregate function: column "messages.subject" must appear in the GROUP BY clause or must be part of an aggregate function"#);
    assert_snapshot!(mistake("SELECT 1 + 'a' FROM messages"), @"cannot coerce arithmetic expression Int64 + Utf8 to valid types");
    assert_snapshot!(mistake("SELECT 1 / (messages - messages) FROM people"), @"divide by zero error");
    assert_snapshot!(mistake(""), @"the query is empty");
    assert_snapshot!(mistake(" -- nothing\n"), @"the query is empty");
    assert_snapshot!(mistake("SELECT 1; SELECT 2"), @"only one query at a time; leave out what follows the first `;`");
    assert_snapshot!(Community::empty().open().export("message", &Format::Csv, &mut Vec::new()).unwrap_err(), @"no table `message`; did you mean `messages`? there are activities, affiliations, channels, conversations, doings, domains, events, gaps, identities, knowledge, measurements, messages, people, problems, signals, suggestions, topics");
}

/// Five joins, subqueries, common table expressions: what a metric may look like.
#[test]
fn deep_plans_fit_the_stack() {
    let engine = Community::of_a_list().open();
    let sql = "
        WITH per_person AS (
            SELECT p.person_id, p.name, count(*) AS posts, min(m.time) AS first
            FROM people p LEFT JOIN messages m ON m.identity_id = p.person_id GROUP BY 1, 2),
        opened AS (SELECT conversation_id, min(time) AS opened FROM messages GROUP BY 1),
        answered AS (
            SELECT o.conversation_id, min(m.time) AS answered FROM opened o
            JOIN messages m ON m.conversation_id = o.conversation_id AND m.time > o.opened
            WHERE m.identity_id NOT IN (SELECT person_id FROM people WHERE bot) GROUP BY 1)
        SELECT count(*) FROM per_person pp
        JOIN messages m ON m.identity_id = pp.person_id
        JOIN channels c ON c.channel = m.channel AND c.source = m.source
        LEFT JOIN answered a ON a.conversation_id = m.conversation_id
        LEFT JOIN conversations v ON v.conversation_id = m.conversation_id
        LEFT JOIN signals s ON s.message_id = m.message_id
        WHERE pp.posts > (SELECT avg(posts) / 2 FROM per_person)
          AND EXISTS (SELECT 1 FROM messages x WHERE x.conversation_id = m.conversation_id AND x.time <> m.time)
          AND (a.answered IS NULL OR a.answered > (SELECT min(opened) FROM opened))";
    assert_eq!(number(&engine, sql), 3);
}

#[test]
fn hostile_queries_end_in_an_answer_or_an_error() {
    let engine = Community::of_a_list().open();
    let repeated = |text: &str, times: usize| text.repeat(times);
    let join = |n| format!(" JOIN people p{n} ON p{n}.person_id = people.person_id");
    let joins: String = (0..25).map(join).collect();
    let bombs = [
        // As deep as is allowed; sums are slow to plan.
        format!("SELECT 1{}", repeated("+1", 400)),
        format!("SELECT 1 FROM people WHERE messages = 0{}", repeated(" OR messages = 1", 600)),
        format!("SELECT name FROM people WHERE name LIKE '%a%'{}", repeated(" AND name LIKE '%b%'", 600)),
        format!("SELECT 1{}", repeated("::BIGINT", 990)),
        format!("SELECT 1{}", repeated(" UNION ALL SELECT 1", 100)),
        format!("SELECT 1 FROM people{joins}"),
        format!("SELECT {}true", repeated("NOT ", 1_900)),
        format!("SELECT {}1{}", repeated("(", 900), repeated(")", 900)),
        format!("SELECT {}1{}", repeated("abs(", 600), repeated(")", 600)),
        format!("SELECT * FROM {}people{}", repeated("(SELECT * FROM ", 40), repeated(")", 40)),
        format!("SELECT {}1{} FROM people", repeated("CASE WHEN bot THEN 1 ELSE ", 40), repeated(" END", 40)),
        "\0\u{feff}\u{202e}".to_owned(),
        "'".to_owned(),
        "SELECT $$".to_owned(),
        "/*".to_owned(),
    ];
    for sql in &bombs {
        // Whatever it says: the process is still there.
        let _ = engine.query(sql).map(|mut answer| answer.next().map(|batch| batch.is_ok()));
    }
    assert!(matches!(engine.query(&format!("SELECT 1{}", repeated("+1", 100_000))), Err(EngineError::TooLong { .. })));
    let ids: Vec<String> = (0..20_000).map(|number| format!("'m{number}'")).collect();
    assert_eq!(number(&engine, &format!("SELECT count(*) FROM messages WHERE message_id IN ({})", ids.join(","))), 3);
}

#[test]
fn memory_is_bounded() {
    let community = Community::of_a_list();
    let engine = community.try_open(Limits { memory: 1 << 20, threads: 2 }).unwrap();
    let sql = "SELECT count(*) FROM (SELECT value, repeat('x', 1000) AS x FROM range(200000) GROUP BY 1, 2)";
    // Either it goes on in temporary files or it says that it cannot.
    match engine.query(sql).and_then(|answer| answer.collect::<Result<Vec<_>, _>>()) {
        Ok(batches) => assert_eq!(batches.len(), 1),
        Err(error) => assert!(matches!(error, EngineError::Memory(_)), "{error}"),
    }
    assert_eq!(number(&engine, "SELECT count(*) FROM messages"), 3);
}

#[test]
fn an_answer_may_be_left_and_outlive_its_engine() {
    let engine = Community::of_a_list().open();
    let endless = "SELECT a.value FROM range(1000000) a CROSS JOIN range(1000000) b";
    let mut answer = engine.query(endless).unwrap();
    assert!(answer.next().unwrap().is_ok());
    let second = engine.query("SELECT value FROM range(100000)").unwrap();
    drop(answer);
    drop(engine.engine);
    assert_eq!(second.map(|batch| batch.unwrap().num_rows()).sum::<usize>(), 100_000);
}

#[test]
fn the_engine_is_asked_from_inside_a_runtime_and_by_many() {
    let engine = Community::of_a_list().open();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        assert_eq!(number(&engine, "SELECT count(*) FROM messages"), 3);
    });
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(number(&engine, "SELECT count(*) FROM messages JOIN people ON true"), 9));
        }
    });
    runtime.block_on(async move { drop(engine.engine) });
}

#[test]
fn a_file_that_is_missing_or_damaged_is_named() {
    let mut community = Community::of_a_list();
    let damaged = community.folder.path().join("people/a.parquet");
    let bytes = std::fs::read(&damaged).unwrap();
    let engine = community.try_open(Limits::default()).unwrap();
    std::fs::write(&damaged, &bytes[..bytes.len() / 2]).unwrap();
    let error =
        engine.query("SELECT * FROM people").and_then(|answer| answer.collect::<Result<Vec<_>, _>>()).unwrap_err();
    assert!(matches!(error, EngineError::Failed(_)), "{error}");
    assert!(error.to_string().contains("switchboard doctor"), "{error}");
    // The other tables still answer.
    assert_eq!(number(&engine, "SELECT count(*) FROM messages"), 3);
    community.add_path("people", "people/gone.parquet");
    let error = community.try_open(Limits::default()).err().unwrap();
    assert!(matches!(&error, EngineError::File { path, .. } if path.ends_with("people/gone.parquet")), "{error}");
    community.add_path("signals", "../outside.parquet");
    assert!(community.try_open(Limits::default()).is_err());
}
