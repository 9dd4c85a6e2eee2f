//! Reading a metric or a view: lines `-- key: value` at the head of a SQL file, then the SQL.

use serde::Serialize;

/// Why a file is no metric: what, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {what}")]
pub struct MetricError {
    /// The file's name, without its folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub what: String,
}

/// What a number is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Whole things: messages, questions.
    Count,
    /// People.
    People,
    /// A share, 0 to 1.
    Share,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// A plain number: a mood from -1 to 1, a measure of burstiness.
    Number,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Good {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither: it says how things are.
    Neither,
}

impl Unit {
    /// Its name, as headers have it.
    pub fn as_str(self) -> &'static str {
        UNITS.iter().find(|(_, unit)| *unit == self).map_or("number", |(name, _)| name)
    }
}

impl Good {
    /// Its name, as headers have it.
    pub fn as_str(self) -> &'static str {
        GOODS.iter().find(|(_, good)| *good == self).map_or("neither", |(name, _)| name)
    }
}

const UNITS: &[(&str, Unit)] = &[
    ("count", Unit::Count),
    ("people", Unit::People),
    ("share", Unit::Share),
    ("hours", Unit::Hours),
    ("days", Unit::Days),
    ("number", Unit::Number),
];

const GOODS: &[(&str, Good)] = &[("up", Good::Up), ("down", Good::Down), ("neither", Good::Neither)];

/// A number's definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Metric {
    /// Its name for programs and addresses: that of its file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// The CHAOSS metric that it is (<https://chaoss.community/kbtopic/all-metrics/>), where there is one.
    pub chaoss: Option<String>,
    /// What is counted, exactly.
    pub definition: String,
    /// What it is in.
    pub unit: Unit,
    /// Which way is good.
    pub good: Good,
    /// What to keep in mind when reading it.
    pub caveats: Vec<String>,
    /// Since which data it is complete.
    pub since: Option<String>,
    /// The view that its rows come from.
    pub view: String,
    /// From `rows`, with a column `key`, to columns `key`, `value`, `cases`. `earlier` are the rows of the 90 days before.
    #[serde(skip)]
    pub(crate) body: String,
    /// The line of the file that the body begins on, from 1.
    #[serde(skip)]
    pub(crate) body_line: usize,
    /// Whether it is the community's own.
    pub own: bool,
}

/// What metrics count: one row each, with a column `time`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct View {
    /// Its name in SQL.
    pub name: String,
    /// What one row is.
    pub about: String,
    /// The columns that values can be split by and narrowed to: `source`, `channel`, `tier`, `organization`, `staff`.
    pub dimensions: Vec<String>,
    #[serde(skip)]
    pub(crate) body: String,
}

const METRIC: &[&str] = &["title", "chaoss", "definition", "unit", "good", "caveat", "since", "rows"];
const VIEW: &[&str] = &["about", "dimensions"];
const DIMENSIONS: &[&str] = &["source", "channel", "tier", "organization", "staff"];

impl Metric {
    /// Reads a file's text. `name` is the file's without `.sql`.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with its place.
    pub fn read(name: &str, text: &str, own: bool) -> Result<Metric, MetricError> {
        let header = Header::read(name, text, METRIC)?;
        let unit = header.one_of("unit", UNITS)?;
        let good = header.one_of("good", GOODS)?;
        let caveats = header.lines.iter().filter(|line| line.key == "caveat").map(|line| line.value.clone()).collect();
        Ok(Metric {
            name: name.to_owned(),
            title: header.must("title")?.value.clone(),
            chaoss: header.may("chaoss").map(|line| line.value.clone()),
            definition: header.must("definition")?.value.clone(),
            unit,
            good,
            caveats,
            since: header.may("since").map(|line| line.value.clone()),
            view: header.must("rows")?.value.clone(),
            body: header.body,
            body_line: header.body_line,
            own,
        })
    }
}

impl View {
    pub(crate) fn read(name: &str, text: &str) -> Result<View, MetricError> {
        let header = Header::read(name, text, VIEW)?;
        let line = header.must("dimensions")?;
        let dimensions: Vec<String> =
            line.value.split(',').map(|one| one.trim().to_owned()).filter(|one| one != "none").collect();
        if let Some(unknown) = dimensions.iter().find(|one| !DIMENSIONS.contains(&one.as_str())) {
            return Err(header.error(line, format!("no dimension {unknown}; there are {}", DIMENSIONS.join(", "))));
        }
        Ok(View { name: name.to_owned(), about: header.must("about")?.value.clone(), dimensions, body: header.body })
    }

    /// Whether its rows have this column.
    pub fn has(&self, dimension: &str) -> bool {
        dimension.is_empty() || dimension == "time" || self.dimensions.iter().any(|one| one == dimension)
    }
}

/// A line of a header.
struct Line {
    number: usize,
    /// Where the value begins, in characters from 1.
    column: usize,
    key: String,
    value: String,
}

struct Header {
    file: String,
    lines: Vec<Line>,
    body: String,
    body_line: usize,
}

impl Header {
    fn read(name: &str, text: &str, keys: &[&str]) -> Result<Header, MetricError> {
        let mut header = Header { file: format!("{name}.sql"), lines: Vec::new(), body: String::new(), body_line: 1 };
        for (number, line) in (1..).zip(text.lines()) {
            let wrong = |what: String, column| MetricError { file: header.file.clone(), line: number, column, what };
            let Some(rest) = line.strip_prefix("--") else {
                header.body_line = number;
                break;
            };
            let indent = rest.chars().take_while(|c| c.is_whitespace()).count();
            // A line that is further in goes on with the one before.
            if indent > 1
                && let Some(last) = header.lines.last_mut()
            {
                last.value = format!("{} {}", last.value, rest.trim());
                continue;
            }
            let Some((key, value)) = rest.trim().split_once(':') else {
                return Err(wrong("a line of the header is `-- key: value`; write it so".to_owned(), 1));
            };
            if !keys.contains(&key) {
                return Err(wrong(format!("no key `{key}`; there are {}", keys.join(", ")), 3 + indent));
            }
            let again = header.lines.iter().any(|line| line.key == key);
            if again && key != "caveat" {
                return Err(wrong(format!("`{key}` stands here a second time; take one away"), 3 + indent));
            }
            if value.trim().is_empty() {
                return Err(wrong(format!("`{key}` says nothing; write something after it"), 3 + indent));
            }
            let column = 3 + indent + key.chars().count() + 2;
            header.lines.push(Line { number, column, key: key.to_owned(), value: value.trim().to_owned() });
        }
        header.body = text.lines().skip(header.body_line - 1).collect::<Vec<_>>().join("\n").trim_end().to_owned();
        let is_sql = header.body.lines().any(|line| !line.trim().is_empty() && !line.trim().starts_with("--"));
        if !is_sql {
            let what = "no SQL follows the header; write a query after it".to_owned();
            return Err(MetricError { file: header.file, line: header.body_line, column: 1, what });
        }
        if header.body.contains(';') {
            let line = header.body.lines().position(|line| line.contains(';')).unwrap_or_default();
            let column = header.body.lines().nth(line).and_then(|line| line.find(';')).unwrap_or_default() + 1;
            let what = "a metric is one query; take the `;` away".to_owned();
            return Err(MetricError { file: header.file, line: header.body_line + line, column, what });
        }
        Ok(header)
    }

    fn may(&self, key: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.key == key)
    }

    fn must(&self, key: &str) -> Result<&Line, MetricError> {
        self.may(key).ok_or_else(|| MetricError {
            file: self.file.clone(),
            line: 1,
            column: 1,
            what: format!("the header lacks `{key}`; add a line `-- {key}: …`"),
        })
    }

    fn one_of<T: Copy>(&self, key: &str, known: &[(&str, T)]) -> Result<T, MetricError> {
        let line = self.must(key)?;
        let found = known.iter().find(|(name, _)| *name == line.value).map(|(_, value)| *value);
        let names = || known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        found.ok_or_else(|| self.error(line, format!("`{key}` is one of {}; this is none", names())))
    }

    fn error(&self, line: &Line, what: String) -> MetricError {
        MetricError { file: self.file.clone(), line: line.number, column: line.column, what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "-- title: Questions\n-- definition: what people asked\n--   in the period\n-- unit: count\n\
                        -- good: neither\n-- rows: questions\nSELECT key, count(*) AS value FROM rows GROUP BY key\n";

    #[test]
    fn a_file_is_read() {
        let metric = Metric::read("questions", GOOD, false).unwrap();
        assert_eq!(metric.definition, "what people asked in the period");
        assert_eq!((metric.unit, metric.good, metric.body_line), (Unit::Count, Good::Neither, 7));
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(Metric::read("own", text, true).unwrap_err().to_string(), expected);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        check("", "own.sql:1:1: no SQL follows the header; write a query after it");
        check("SELECT 1", "own.sql:1:1: the header lacks `unit`; add a line `-- unit: …`");
        check(
            &GOOD.replace("count\n", "kilos\n"),
            "own.sql:4:10: `unit` is one of count, people, share, hours, days, number; this is none",
        );
        check(
            &GOOD.replace("-- good", "-- god"),
            "own.sql:5:4: no key `god`; there are title, chaoss, definition, unit, good, caveat, since, rows",
        );
        check(
            &GOOD.replace("-- good: neither", "--"),
            "own.sql:5:1: a line of the header is `-- key: value`; write it so",
        );
        check(&GOOD.replace("GROUP", ";GROUP"), "own.sql:7:41: a metric is one query; take the `;` away");
        check(
            &GOOD.replace("-- unit", "-- title: x\n-- unit"),
            "own.sql:4:4: `title` stands here a second time; take one away",
        );
    }

    proptest::proptest! {
        #[test]
        fn no_file_is_too_strange(text in "(?s)(-- |--|title|unit|:|count|\n|SELECT|;|é|[a-z ]){0,60}") {
            let _ = Metric::read("x", &text, true);
        }
    }
}
