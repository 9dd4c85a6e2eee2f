//! The tables: what they hold, and SQL over them.

use std::time::Duration;

use desk::Scope;
use metric::{SqlLimits, SqlRows};
use model::tables::{TABLES as ALL, Table};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::api::call::value;
use crate::api::endpoint::{Endpoint, Kind, Verb, may, shape};
use crate::api::{Call, Problem};

/// Rows of an answer if nothing is said, and the most that can be asked for.
const ROWS: (usize, usize) = (1_000, 10_000);
/// Bytes of an answer's values.
const BYTES: usize = 16 << 20;
/// How long a query may run.
const TIME: Duration = Duration::from_secs(10);
/// Characters of a query.
const LONGEST: usize = 100_000;

/// The tables.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct TableList {
    /// The tables, alphabetical.
    tables: Vec<TableView>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct TableView {
    /// Its name in SQL.
    name: &'static str,
    /// What one row is.
    about: &'static str,
    /// Its columns, in order.
    columns: Vec<ColumnView>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
struct ColumnView {
    /// Its name in SQL.
    name: &'static str,
    /// Its type.
    #[serde(rename = "type")]
    kind: &'static str,
    /// Whether it may be null.
    nullable: bool,
    /// What it says, its unit, and where it comes from.
    about: &'static str,
}

pub(crate) static TABLES: Endpoint = Endpoint {
    name: "tables",
    verb: Verb::Get,
    path: "/tables",
    title: "what the tables hold",
    about: "Every table with every column: what it says, its unit, where it comes from. Columns that are nothing but \
            addresses are listed for tokens with the scope `addresses` only.",
    scope: Scope::Read,
    parameters: &[may("name", Kind::Text(100), "this table only")],
    body: None,
    answer: shape::<TableList>,
    run: tables,
};

fn tables(call: &Call<'_>) -> Result<Value, Problem> {
    let wanted = call.text("name");
    if let Some(name) = wanted.filter(|name| Table::named(name).is_none()) {
        let names: Vec<&str> = ALL.iter().map(|table| table.name).collect();
        let name: String = name.chars().filter(|c| !c.is_control()).collect();
        return Err(Problem::Parameter(format!("there is no table `{name}`; there are {}", names.join(", "))));
    }
    let all = call.access.scopes.has(Scope::Addresses);
    let tables = ALL.iter().filter(|table| wanted.is_none_or(|wanted| wanted == table.name));
    value(&TableList { tables: tables.map(|table| view(table, all)).collect() })
}

fn view(table: &'static Table, addresses: bool) -> TableView {
    let columns = table.columns.iter().filter(|column| addresses || !table.is_address(column.name));
    let columns = columns.map(|column| ColumnView {
        name: column.name,
        kind: column.kind.as_str(),
        nullable: column.nullable,
        about: column.about,
    });
    TableView { name: table.name, about: table.about, columns: columns.collect() }
}

/// A query.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SqlQuery {
    /// One query that only reads: SELECT, WITH, VALUES, EXPLAIN, SHOW or DESCRIBE. The dialect is DataFusion's,
    /// close to PostgreSQL's.
    #[schemars(length(min = 1, max = 100_000))]
    query: String,
    /// How many rows to give at most: 1,000 if not given, 10,000 at most.
    #[schemars(range(min = 1, max = 10_000))]
    limit: Option<usize>,
}

pub(crate) static SQL: Endpoint = Endpoint {
    name: "sql",
    verb: Verb::Post,
    path: "/sql",
    title: "the rows of a query",
    about: "Only reads, only these tables, for 10 seconds at most. Without the scope `addresses` the columns that are \
            addresses are not there, and in all others addresses are `(address)` before the query sees them.",
    scope: Scope::Sql,
    parameters: &[],
    body: Some(shape::<SqlQuery>),
    answer: shape::<SqlRows>,
    run: sql,
};

fn sql(call: &Call<'_>) -> Result<Value, Problem> {
    let SqlQuery { query, limit } = call.body()?;
    let rows = limit.unwrap_or(ROWS.0);
    if !(1..=ROWS.1).contains(&rows) {
        return Err(Problem::Body(format!("`limit` must be from 1 to {}", ROWS.1)));
    }
    if query.trim().is_empty() || query.chars().nth(LONGEST).is_some() {
        return Err(Problem::Body(format!("`query` must have from 1 to {LONGEST} characters")));
    }
    let addresses = call.access.scopes.has(Scope::Addresses);
    let engine = call.service.sql.as_deref().ok_or(Problem::NotHere("SQL"))?;
    value(&engine.rows(&query, &SqlLimits { rows, bytes: BYTES, time: TIME, addresses })?)
}
