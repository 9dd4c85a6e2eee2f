//! Queries of others: what they may use, and what they do not see.

use std::time::{Duration, Instant};

use engine::format::{Rows, rows};
use engine::{Bounds, Engine, EngineError};
use serde_json::{Value, json};

use crate::community::Community;

const SECONDS: Duration = Duration::from_secs(20);

/// A list on which two people wrote addresses wherever text can be.
fn community() -> Community {
    let mut community = Community::of_a_list();
    let ada = "ada@example.org";
    community.add(
        "identities",
        "identities/a.parquet",
        &[json!({"identity_id": "i1", "person_id": "i1", "source": "list", "kind": "email", "value": ada,
            "name": format!("Ada <{ada}>"), "email": ada, "account": "example.org/ada"})],
    );
    community.add(
        "messages",
        "messages/source=list/month=2020-03/a.parquet",
        &[json!({"message_id": "m9", "conversation_id": "m9", "source": "list", "month": "2020-03",
            "channel": "dev@lists.example.org", "time": "2020-03-01T00:00:00Z", "native_id": format!("1.{ada}"),
            "subject": format!("from {ada}"), "body": format!("write to {ada}, or ada (at) example.org"),
            "mentions": [ada, "bob"]})],
    );
    community
}

fn ask(engine: &Engine, sql: &str, addresses: bool) -> engine::Result<Rows> {
    rows(engine.query_within(sql, &Bounds { time: SECONDS, addresses })?, 100, 1 << 20)
}

#[track_caller]
fn check(sql: &str, masked: Value, seen: Value) {
    let engine = community().open();
    for (addresses, expected) in [(false, masked), (true, seen)] {
        let found = ask(&engine, sql, addresses).expect("rows").rows;
        assert_eq!(json!(found), expected, "{sql}");
    }
}

#[test]
fn addresses_are_not_there_for_those_who_may_not_see_them() {
    let ada = "ada@example.org";
    check("SELECT name FROM identities", json!([["Ada <(address)>"]]), json!([[format!("Ada <{ada}>")]]));
    check(
        "SELECT native_id, subject, body, mentions, channel FROM messages WHERE message_id = 'm9'",
        json!([[
            "(address)",
            "from (address)",
            "write to (address), or (address)",
            ["(address)", "bob"],
            "dev@lists.example.org"
        ]]),
        json!([[
            format!("1.{ada}"),
            format!("from {ada}"),
            format!("write to {ada}, or ada (at) example.org"),
            [ada, "bob"],
            "dev@lists.example.org"
        ]]),
    );
    // Neither can they be guessed.
    check("SELECT count(*) FROM messages WHERE body LIKE '%ada@example.org%'", json!([[0]]), json!([[1]]));
    check("SELECT count(*) FROM messages WHERE array_has(mentions, 'ada@example.org')", json!([[0]]), json!([[1]]));
    check("SELECT max(strpos(subject, 'ada')) FROM messages", json!([[0]]), json!([[6]]));
    check(
        "SELECT count(*) FROM messages a JOIN (SELECT 'from ada@example.org' AS s) b ON b.s = a.subject",
        json!([[0]]),
        json!([[1]]),
    );
}

#[test]
fn columns_that_are_addresses_are_no_columns() {
    let engine = community().open();
    for sql in [
        "SELECT value FROM identities",
        "SELECT identity_id FROM identities WHERE email LIKE 'a%'",
        "SELECT identity_id FROM identities ORDER BY account",
        "SELECT * FROM \"?table?\"",
        "SELECT * FROM switchboard.tables.\"?table?\"",
    ] {
        assert!(ask(&engine, sql, false).is_err(), "{sql}");
    }
    let all = ask(&engine, "SELECT * FROM identities", false).unwrap();
    assert!(!all.columns.iter().any(|(name, _)| ["value", "email", "account"].contains(&name.as_str())));
    let described =
        ask(&engine, "SELECT column_name FROM information_schema.columns WHERE table_name = 'identities'", false);
    assert!(!json!(described.unwrap().rows).to_string().contains("email"));
}

#[test]
fn every_table_can_be_asked_without_addresses() {
    let engine = Community::empty().open();
    for table in model::tables::TABLES {
        let all = ask(&engine, &format!("SELECT * FROM {}", table.name), false).expect("rows");
        let hidden = table.columns.iter().filter(|column| table.is_address(column.name)).count();
        assert_eq!(all.columns.len(), table.columns.len() - hidden, "{}", table.name);
    }
}

#[test]
fn values_are_as_json_spells_them() {
    let engine = community().open();
    let sql = "SELECT time, 1.5 AS f, NULL AS n, true AS b, mentions AS l, 'NaN'::double AS x FROM messages WHERE month = '2020-03'";
    let found = ask(&engine, sql, false).unwrap();
    assert_eq!(
        found.rows,
        [vec![
            json!("2020-03-01T00:00:00Z"),
            json!(1.5),
            json!(null),
            json!(true),
            json!(["(address)", "bob"]),
            json!(null)
        ]]
    );
    assert!(!found.more);
}

#[test]
fn rows_and_bytes_are_limited() {
    let engine = community().open();
    let bounds = Bounds { time: SECONDS, addresses: false };
    let endless = "SELECT a.value FROM range(1000000) a CROSS JOIN range(1000000) b";
    let found = rows(engine.query_within(endless, &bounds).unwrap(), 10, 1 << 20).unwrap();
    assert_eq!((found.rows.len(), found.more), (10, true));
    let found = rows(engine.query_within(endless, &bounds).unwrap(), 1_000_000, 100).unwrap();
    assert!(found.rows.len() <= 100 && found.more);
    let found = rows(engine.query_within("SELECT value FROM range(10)", &bounds).unwrap(), 10, 1 << 20).unwrap();
    assert_eq!((found.rows.len(), found.more), (10, false));
}

#[test]
fn time_is_limited() {
    let engine = community().open();
    let bounds = Bounds { time: Duration::from_millis(300), addresses: false };
    let start = Instant::now();
    let endless = "SELECT count(*) FROM range(10000000) a CROSS JOIN range(10000000) b WHERE a.value + b.value < 0";
    let error = engine.query_within(endless, &bounds).and_then(|answer| rows(answer, 1, 100)).unwrap_err();
    assert!(matches!(error, EngineError::TooSlow(_)), "{error}");
    assert!(start.elapsed() < SECONDS, "{:?}", start.elapsed());
    // And the engine goes on.
    assert_eq!(ask(&engine, "SELECT count(*) FROM messages", false).unwrap().rows, [[json!(4)]]);
}

#[test]
fn nothing_is_written_read_elsewhere_or_made_endless() {
    let engine = community().open();
    for sql in [
        "INSERT INTO messages SELECT * FROM messages",
        "DELETE FROM messages",
        "UPDATE messages SET body = ''",
        "DROP TABLE messages",
        "CREATE TABLE t AS SELECT 1",
        "CREATE EXTERNAL TABLE t STORED AS CSV LOCATION '/etc/passwd'",
        "COPY messages TO '/tmp/x.csv'",
        "SET datafusion.execution.batch_size = 1",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM \"/etc/passwd\"",
        "SELECT * FROM read_csv('/etc/passwd')",
        "WITH x AS (INSERT INTO messages SELECT * FROM messages) SELECT 1",
        "SELECT 1; DROP TABLE messages",
        "PREPARE p AS SELECT 1",
        "SELECT repeat('x', 1000000000)",
        "SELECT lpad('x', 1000000000)",
    ] {
        assert!(ask(&engine, sql, true).is_err(), "{sql}");
        assert!(ask(&engine, sql, false).is_err(), "{sql}");
    }
}
