//! A chart as it stands in a text: its numbers, in a fence that says `chart`.
//!
//! ```text
//! Questions by month
//! about: Asked, and answered by now.
//! unit: count
//! shape: lines
//! month | asked | answered
//! 2019-04 | 41 | 39
//! 2019-05 | 38 | –
//! ```
//!
//! The first word of the head says what each line is: `day`, `week`, `month` or `year`, with the day it begins on; any
//! other word makes it a chart of names with a number each. So what a chart shows can be read, and mended, by whoever
//! edits the text.

use chart::{Bar, Bars, OverTime, Series, Shape, Step, Theme, Unit};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::Result;

/// Lines and columns of one chart, at most.
const LINES: usize = 400;
const COLUMNS: usize = 6;
/// Characters of a name.
const NAME: usize = 80;
/// Pixels of a picture's width.
const WIDTH: u32 = 680;

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Numbers along a calendar.
    Time(OverTime),
    /// Numbers side by side.
    Names(Bars),
}

impl Chart {
    /// Reads what stands in the fence; `None` if it is no chart.
    pub fn read(text: &str) -> Option<Chart> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let title = lines.next()?.to_owned();
        let (mut about, mut unit, mut shape, mut head) = (String::new(), Unit::Count, Shape::Lines, None);
        for line in lines.by_ref() {
            match line.split_once(": ") {
                Some(("about", said)) => about = said.to_owned(),
                Some(("unit", name)) => unit = unit_of(name.trim())?,
                Some(("shape", name)) => shape = if name.trim() == "bars" { Shape::Bars } else { Shape::Lines },
                _ => {
                    head = Some(line);
                    break;
                }
            }
        }
        let mut columns = cells(head?);
        let first = columns.next()?;
        let names: Vec<String> = columns.take(COLUMNS).map(str::to_owned).collect();
        let rows: Vec<Vec<&str>> = lines.take(LINES).map(|line| cells(line).collect()).collect();
        if names.is_empty() || rows.is_empty() {
            return None;
        }
        let about = Around { title, about, unit };
        match Step::parse(first) {
            Some(step) => over_time(about, shape, step, names, &rows),
            None => Some(bars(about, names, &rows)),
        }
    }

    /// What it shows.
    pub fn title(&self) -> &str {
        match self {
            Chart::Time(chart) => &chart.title,
            Chart::Names(chart) => &chart.title,
        }
    }

    /// The fence, to be put into a text.
    pub fn block(&self) -> String {
        let (title, about, unit) = match self {
            Chart::Time(chart) => (&chart.title, &chart.about, chart.unit),
            Chart::Names(chart) => (&chart.title, &chart.about, chart.unit),
        };
        let mut out = format!("```chart\n{}\n", clean(title));
        if !about.is_empty() {
            out += &format!("about: {}\n", clean(about));
        }
        out += &format!("unit: {}\n", name_of(unit));
        match self {
            Chart::Time(chart) => {
                if chart.shape == Shape::Bars {
                    out += "shape: bars\n";
                }
                let names: Vec<String> = chart.series.iter().map(|series| clean(&series.name)).collect();
                out += &format!("{} | {}\n", step_name(chart.step), names.join(" | "));
                for (at, start) in chart.starts.iter().enumerate() {
                    let values = chart.series.iter().map(|series| number(series.values.get(at).copied().flatten()));
                    out += &format!("{} | {}\n", day(*start), values.collect::<Vec<_>>().join(" | "));
                }
            }
            Chart::Names(chart) => {
                out +=
                    &format!("what | {}\n", chart.parts.iter().map(|part| clean(part)).collect::<Vec<_>>().join(" | "));
                for bar in &chart.bars {
                    let values = bar.values.iter().map(|value| number(Some(*value)));
                    out += &format!("{} | {}\n", clean(&bar.name), values.collect::<Vec<_>>().join(" | "));
                }
            }
        }
        out + "```\n"
    }

    /// The numbers as lines: what stands in for the drawing where there is none.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Chart::Time(chart) => {
                let said = |at: usize| {
                    let value = |series: &Series| {
                        let value = series.values.get(at).copied().flatten()?;
                        Some(format!("{} {}", series.name, chart.unit.long(value)))
                    };
                    let values: Vec<String> = chart.series.iter().filter_map(value).collect();
                    (!values.is_empty()).then(|| format!("{}: {}", day(chart.starts[at]), values.join(", ")))
                };
                (0..chart.starts.len()).filter_map(said).collect()
            }
            Chart::Names(chart) => {
                let said = |bar: &Bar| {
                    let values: Vec<String> = bar.values.iter().map(|value| chart.unit.long(*value)).collect();
                    format!("{}: {}", bar.name, values.join(", "))
                };
                chart.bars.iter().map(said).collect()
            }
        }
    }

    /// A PNG, twice as fine as its pixels.
    ///
    /// # Errors
    ///
    /// If it cannot be drawn.
    pub fn picture(&self) -> Result<Vec<u8>> {
        Ok(match self {
            Chart::Time(chart) => chart.picture(WIDTH, Theme::Light)?,
            Chart::Names(chart) => chart.picture(WIDTH, Theme::Light)?,
        })
    }

    /// For a page of the program: the drawing with its numbers as a table. `name` is a word that no other chart there has.
    pub fn figure(&self, name: &str) -> String {
        match self {
            Chart::Time(chart) => OverTime { name: name.to_owned(), ..chart.clone() }.figure(),
            Chart::Names(chart) => Bars { name: name.to_owned(), ..chart.clone() }.figure(),
        }
    }
}

struct Around {
    title: String,
    about: String,
    unit: Unit,
}

fn over_time(around: Around, shape: Shape, step: Step, names: Vec<String>, rows: &[Vec<&str>]) -> Option<Chart> {
    let mut dated: Vec<(i64, &Vec<&str>)> = rows.iter().filter_map(|row| Some((start(row.first()?)?, row))).collect();
    dated.sort_by_key(|(start, _)| *start);
    dated.dedup_by_key(|(start, _)| *start);
    let series = names.into_iter().enumerate().map(|(at, name)| Series {
        name,
        tone: u8::try_from(at).unwrap_or_default(),
        values: dated.iter().map(|(_, row)| value(row.get(at + 1)?)).collect(),
    });
    let (series, starts): (Vec<Series>, Vec<i64>) = (series.collect(), dated.iter().map(|(start, _)| *start).collect());
    let Around { title, about, unit } = around;
    (!starts.is_empty()).then(|| {
        Chart::Time(OverTime {
            name: "chart".to_owned(),
            title,
            about,
            unit,
            shape,
            step,
            starts,
            series,
            ..OverTime::default()
        })
    })
}

fn bars(around: Around, parts: Vec<String>, rows: &[Vec<&str>]) -> Chart {
    let bar = |row: &Vec<&str>| {
        let values = (1..=parts.len()).map(|at| row.get(at).and_then(|cell| value(cell)).unwrap_or_default());
        Bar { name: row.first().copied().unwrap_or_default().to_owned(), link: None, values: values.collect() }
    };
    let bars = rows.iter().map(bar).collect();
    let Around { title, about, unit } = around;
    Chart::Names(Bars { name: "chart".to_owned(), title, about, unit, parts, bars })
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.trim_matches('|').split('|').map(str::trim)
}

/// A finite number; none for `–` and whatever else is none.
fn value(cell: &str) -> Option<f64> {
    cell.parse::<f64>().ok().filter(|value| value.is_finite() && value.abs() < 1e15)
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(
        || "–".to_owned(),
        |value| {
            let text = format!("{value:.4}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        },
    )
}

/// When the day, month or year of a cell begins.
fn start(cell: &str) -> Option<i64> {
    let text = match cell.len() {
        4 => format!("{cell}-01-01"),
        7 => format!("{cell}-01"),
        _ => cell.to_owned(),
    };
    let date: Date = text.parse().ok().filter(|date: &Date| (1900..2200).contains(&date.year()))?;
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond())
}

fn day(start: i64) -> String {
    let time = jiff::Timestamp::from_microsecond(start).unwrap_or_default();
    time.strftime("%Y-%m-%d").to_string()
}

/// A name that ends neither its cell nor the fence.
fn clean(name: &str) -> String {
    let line = notify::one_line(name);
    let line = text::without_addresses(&line);
    line.replace('|', "/").replace('`', "'").replace("~~~", "~").chars().take(NAME).collect()
}

const UNITS: [(&str, Unit); 4] =
    [("count", Unit::Count), ("share", Unit::Share), ("hours", Unit::Hours), ("number", Unit::Number)];

fn unit_of(name: &str) -> Option<Unit> {
    UNITS.iter().find(|(known, _)| *known == name).map(|(_, unit)| *unit)
}

fn name_of(unit: Unit) -> &'static str {
    UNITS.iter().find(|(_, known)| *known == unit).map_or("number", |(name, _)| name)
}

fn step_name(step: Step) -> &'static str {
    match step {
        Step::Day => "day",
        Step::Week => "week",
        Step::Month => "month",
        Step::Year => "year",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Document};

    const TEXT: &str = "Questions by month\nabout: Asked.\nunit: count\nmonth | asked | answered\n\
                        2019-04 | 41 | 39\n2019-05 | 38 | –\n";

    #[test]
    fn a_chart_is_its_numbers() {
        let chart = Chart::read(TEXT).unwrap();
        assert_eq!(chart.lines(), ["2019-04-01: asked 41, answered 39", "2019-05-01: asked 38"]);
        let again = Document::read(&chart.block());
        assert_eq!(again.blocks, [Block::Chart(chart)]);
    }

    #[test]
    fn hostile_names_stay_names() {
        let bar = |name: &str| Bar { name: name.to_owned(), link: None, values: vec![1.0] };
        let names = ["a|b", "```\n# Out", "<script>alert(1)</script>", "ada@example.org", "- | 99", "about: x"];
        let bars = Bars {
            title: "```\n\n# Title".to_owned(),
            parts: vec!["x|y".to_owned()],
            bars: names.into_iter().map(bar).collect(),
            ..Bars::default()
        };
        let text = Chart::Names(bars).block();
        let read = Document::read(&text);
        let [Block::Chart(chart)] = read.blocks.as_slice() else { panic!("{text}") };
        assert_eq!(chart.lines().len(), 6, "{text}");
        assert!(!text.contains("ada@example.org"));
        assert!(chart.picture().is_ok_and(|png| png.starts_with(b"\x89PNG")));
    }

    proptest::proptest! {
        #[test]
        fn no_fence_is_too_strange(text in "(?s)(month|what|unit: |shape: bars|\\| ?|\n|[0-9-]{1,10}|[a-z]|nan|inf|1e99){0,40}") {
            if let Some(chart) = Chart::read(&text) {
                chart.lines();
                chart.figure("x");
            }
        }
    }
}
