//! A made-up community with something of everything, and its tables as plain rows.

use std::collections::BTreeMap;
use std::path::Path;

use engine::{Bounds, Engine, TableFiles};
use metric::{Sql, SqlError, SqlLimits, SqlRows};
use serde_json::Value;

use crate::common::Place;

/// Microseconds in a day.
pub const DAY: i64 = 86_400_000_000;

/// The rows of a table, by column.
pub type Rows = Vec<BTreeMap<String, Value>>;

/// The tables of a workspace, asked in SQL.
pub struct Tables(Engine);

impl Tables {
    pub fn open(workspace: &Path) -> Tables {
        let tables = archive::Tables::new(&workspace.join("tables"));
        let manifest = tables.manifest().expect("reads").expect("is there");
        let files = manifest.tables.into_iter().map(|(name, files)| {
            let paths = files.into_iter().map(|file| file.path).collect();
            TableFiles { name, paths }
        });
        Tables(Engine::open(tables.folder(), files, engine::Limits::default()).expect("opens"))
    }

    /// All rows that a query gives.
    pub fn all(&self, query: &str) -> Rows {
        let answer = self.0.query(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let found = engine::format::rows(answer, usize::MAX, usize::MAX).expect("reads");
        let names: Vec<String> = found.columns.into_iter().map(|(name, _)| name).collect();
        found.rows.into_iter().map(|row| names.iter().cloned().zip(row).collect()).collect()
    }
}

impl Sql for Tables {
    fn rows(&self, query: &str, limits: &SqlLimits) -> Result<SqlRows, SqlError> {
        let bounds = Bounds { time: limits.time, addresses: limits.addresses };
        let failed = |error: engine::EngineError| SqlError::Query(format!("{error}\n{query}"));
        let answer = self.0.query_within(query, &bounds).map_err(failed)?;
        let found = engine::format::rows(answer, limits.rows, limits.bytes).map_err(failed)?;
        let column = |(name, kind)| metric::SqlColumn { name, kind };
        Ok(SqlRows { columns: found.columns.into_iter().map(column).collect(), rows: found.rows, more: found.more })
    }
}

/// The demonstration, with a tracker, reviews, downloads and employers beside it, and some staff, in the workspace `w`.
pub fn community() -> Place {
    let place = Place::new();
    place.run(&["demo", "--no-serve", "--folder", "w", "--seed", "7"]).ok();
    let tables = Tables::open(&place.path().join("w"));
    // Whoever answered most makes up a tracker, so that people of the tables above are in those below.
    let people = tables.all(
        "SELECT i.person_id, min(i.email) AS email FROM identities AS i JOIN people AS p ON p.person_id = i.person_id \
         WHERE i.email IS NOT NULL AND NOT p.bot GROUP BY i.person_id, p.helped ORDER BY p.helped DESC, i.person_id LIMIT 40",
    );
    let newest = tables.all("SELECT max(last_time) AS time FROM channels");
    let now = time(&newest[0]["time"]).expect("a time");
    let address = |number: usize| people[number % people.len()]["email"].as_str().expect("an address").to_owned();
    let at = |back: i64| jiff::Timestamp::from_microsecond(now - back * DAY).expect("a time").to_string();
    let mut tracker = "id,time,email,subject,what,closed,channel\n".to_owned();
    let mut deeds = "id,time,email,what,channel\n".to_owned();
    let mut numbers = "day,downloads,visits,mentions\n".to_owned();
    for number in 0..60_usize {
        let back = 7 * number as i64 + 1;
        let what = if number % 3 == 0 { "issue" } else { "change_request" };
        let closed = ["", "merged", "closed", "merged"][number % 4];
        tracker += &format!("{number},{},{},Number {number},{what},{closed},tracker\n", at(back), address(number * 5));
        let kind = ["reviewed", "authored", "committed", "reported", "tested"][number % 5];
        deeds += &format!("d{number},{},{},{kind},tracker\n", at(back), address(number * number + 3));
        numbers += &format!("{},{},{},{}\n", &at(back)[..10], 100 + number, 10 * number, number % 7);
    }
    let mut stays = "email,organization,from,until\n".to_owned();
    for number in 0..20_usize {
        let (organization, left) = (["Acme", "Initech", "Umbrella"][number % 3], number % 4 == 0);
        let until = if left { at(400)[..10].to_owned() } else { String::new() };
        stays += &format!("{},{organization},2010-01-01,{until}\n", address(number));
    }
    let author = "columns.time = 'time'\ncolumns.author_email = 'email'\ncolumns.what = 'what'\ncolumns.channel = 'channel'\ncolumns.id = 'id'";
    let mut config = std::fs::read_to_string(place.path().join("w/switchboard.toml")).expect("a file");
    for (name, text, options) in [
        ("tracker", tracker, format!("rows = 'messages'\n{author}\ncolumns.subject = 'subject'\ncolumns.closed = 'closed'")),
        ("deeds", deeds, format!("rows = 'activities'\n{author}")),
        ("numbers", numbers, "rows = 'measurements'\ncolumns.time = 'day'\nvalues = ['downloads', 'visits', 'mentions']".to_owned()),
        (
            "employers",
            stays,
            "rows = 'people'\ncolumns.email = 'email'\ncolumns.organization = 'organization'\ncolumns.from = 'from'\ncolumns.until = 'until'"
                .to_owned(),
        ),
    ] {
        place.write(&format!("w/more/{name}.csv"), text);
        config += &format!("\n[sources.{name}]\nkind = 'table'\npath = 'more/{name}.csv'\n{options}\n");
    }
    place.write("w/switchboard.toml", config);
    let staff = [1, 4].map(|number: usize| people[number]["person_id"].as_str().expect("an id").to_owned());
    let mut desk = desk::Desk::open(&place.path().join("w/desk.sqlite")).expect("opens");
    let tag = [desk::PersonChange::Tag("staff".to_owned())];
    desk.change_people(&staff, &tag, "ada", now).expect("kept");
    place.w(&["sync"]);
    place
}

/// Microseconds UTC of an instant in a row.
pub fn time(value: &Value) -> Option<i64> {
    Some(value.as_str()?.parse::<jiff::Timestamp>().expect("an instant").as_microsecond())
}
