//! The people behind the numbers of a workspace, each question as JSON, and how long it took:
//! `cargo run -p insight --example care -- WORKSPACE [AS-OF]`, where AS-OF is a day to look back from. What it prints names
//! people: look at it, keep it nowhere.

#![allow(clippy::print_stderr)] // A tool of the workshop, without a printer.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use archive::Tables;
use insight::care::FirstsAsk;
use insight::support::Support;
use insight::{Community, Result, SPREAD, Settings};
use model::time::DAY;

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let workspace = PathBuf::from(arguments.next().ok_or("which workspace?")?);
    let day: Option<jiff::civil::Date> = arguments.next().map(|day| day.parse()).transpose()?;
    let as_of = day.map(|day| day.to_zoned(jiff::tz::TimeZone::UTC)).transpose()?;
    let settings = Settings {
        community: "example".into(),
        simulated: false,
        support: Support::default_with(2 * DAY),
        spread: SPREAD,
        levels: Default::default(),
        as_of: as_of.map(|time| time.timestamp().as_microsecond()),
    };
    let tables = Tables::new(&workspace.join("tables"));
    let community = Community::open(&tables, &workspace.join("index"), &workspace.join("desk.sqlite"), settings)?;
    tell("the rest, warm", || community.warm())?;
    tell("approach", || community.approach())?;
    tell("firsts", || community.firsts(&FirstsAsk { limit: 20, ..FirstsAsk::default() }))?;
    tell("levels", || community.levels())?;
    tell("care", || community.care())?;
    tell("unheard", || community.unheard())?;
    Ok(())
}

/// Asks twice: the first time makes what holds for a day, unless warming did.
fn tell<T: serde::Serialize>(
    what: &str,
    ask: impl Fn() -> Result<T>,
) -> std::result::Result<(), Box<dyn std::error::Error>> {
    let time = || {
        let begun = Instant::now();
        ask().map(|answer| (answer, begun.elapsed().as_secs_f64() * 1e3))
    };
    let ((_, first), (answer, again)) = (time()?, time()?);
    eprintln!("{what}: {first:.0} ms, again {again:.1} ms");
    writeln!(std::io::stdout().lock(), "{}", serde_json::to_string_pretty(&serde_json::json!({ what: answer }))?)?;
    Ok(())
}
