//! Shows labelled mails with what `parts` makes of each line, to label more of them or to see what goes wrong.
//!
//! `cargo run -p learn --example quotes -- DATA lines NAME…` numbers the lines of mails that need no label yet;
//! `… -- DATA wrong` shows the wrong lines of the half that may be looked at (`test` scores the other, in numbers).
//! It prints other people's mail: keep it on your screen.

#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use std::path::Path;

use anyhow::{Context, Result};
use learn::quotes;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().context("say where the data is")?;
    let data = Path::new(&data);
    match arguments.next().as_deref() {
        Some("lines") => arguments.try_for_each(|name| lines(data, &name)),
        Some("wrong") => report(data, false),
        Some("test") => report(data, true),
        _ => anyhow::bail!("say lines, wrong or test"),
    }
}

fn lines(data: &Path, name: &str) -> Result<()> {
    let body = quotes::body(data, name)?;
    println!("=== {name}");
    for (number, (line, kind)) in body.lines().zip(quotes::kinds(&body)).enumerate() {
        println!("{:>4} {:<9} {line}", number + 1, format!("{kind:?}"));
    }
    Ok(())
}

fn report(data: &Path, test: bool) -> Result<()> {
    let (mut right, mut all) = (0, 0);
    for case in quotes::cases(data)?.iter().filter(|case| quotes::is_test(&case.name) == test) {
        let score = quotes::score(case);
        (right, all) = (right + score.right, all + score.lines);
        println!("{:>4} of {:>4}  {}", score.right, score.lines, case.name);
        let said = quotes::kinds(&case.body);
        for (number, line) in case.body.lines().enumerate().filter(|_| !test) {
            if let Some(label) = case.labels.get(number).copied().flatten().filter(|label| *label != said[number]) {
                println!("       {:>4} {label:?}, not {:?}: {line:.90}", number + 1, said[number]);
            }
        }
    }
    println!("{right} of {all}: {:.4}", right as f64 / all as f64);
    Ok(())
}
