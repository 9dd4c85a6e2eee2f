//! Shows labelled mails with what `parts` makes of each line, to label more of them or to see what goes wrong.
//!
//! `cargo run -p learn --example quotes -- DATA lines NAME…` numbers the lines of mails that need no label yet;
//! `… -- DATA wrong` shows the wrong lines of the half that may be looked at (`test` measures the other).
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
        Some("wrong") => wrong(data),
        Some("test") => test(data),
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

fn wrong(data: &Path) -> Result<()> {
    let (mut right, mut all) = (0, 0);
    for case in quotes::cases(data)?.iter().filter(|case| !quotes::is_test(&case.name)) {
        let score = quotes::score(case);
        (right, all) = (right + score.right, all + score.lines);
        println!("{:>4} of {:>4}  {}", score.right, score.lines, case.name);
        let lines = case.body.lines().zip(quotes::kinds(&case.body)).zip(&case.labels).enumerate();
        for (number, ((line, said), label)) in lines {
            if let Some(label) = label.filter(|label| *label != said) {
                println!("       {:>4} {label:?}, not {said:?}: {line:.90}", number + 1);
            }
        }
    }
    println!("{right} of {all}: {:.4}", right as f64 / all as f64);
    Ok(())
}

fn test(data: &Path) -> Result<()> {
    for figure in (quotes::TASK.eval)(data)? {
        println!("{} {:.4} {:.4?} on {}", figure.task, figure.value, figure.interval, figure.cases);
    }
    Ok(())
}
