//! How long it takes to change many cases in one step, to take that back, and to read them:
//! `cargo run -p desk --example bulk [CASES]` (20,000 if not given).

use std::io::Write;
use std::time::Instant;

use desk::{Change, Deed, Desk, Subject};
use model::Id;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count: usize = std::env::args().nth(1).map_or(Ok(20_000), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("desk.sqlite");
    let mut desk = Desk::open(&path)?;
    let id = |number: usize| Id::message("mail", &number.to_string()).to_string();
    let subjects: Vec<Subject> = (0..count).map(|number| id(number).as_str().into()).collect();
    let changes = [Deed::Tag("spring".to_owned()).into(), Change::from(Deed::Resolve).because("too old")];
    let mut out = std::io::stdout().lock();
    let mut tell = |what: &str, since: Instant| writeln!(out, "{what}: {:.2} s", since.elapsed().as_secs_f64());

    let start = Instant::now();
    let step = desk.change(&subjects, &changes, "ada", 1)?;
    tell(&format!("{count} cases tagged and resolved in one step"), start)?;
    let start = Instant::now();
    desk.undo(step.number, "ada", 2)?;
    tell("the step taken back", start)?;
    let start = Instant::now();
    let cases = Desk::open_read_only(&path)?.cases()?;
    tell(&format!("{} cases read", cases.len()), start)?;
    let start = Instant::now();
    Desk::open_read_only(&path)?.cases_stamp()?;
    tell("asked whether anything changed", start)?;
    Ok(())
}
