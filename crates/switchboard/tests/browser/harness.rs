//! Runs journeys one after the other, and says how they went as other tests do.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use crate::axe;
use crate::world::World;

/// One test: somebody does something in a browser.
pub struct Journey {
    /// What it shows, as a name of a function.
    pub name: &'static str,
    /// What it needs besides a browser.
    pub needs: Needs,
    /// The journey.
    pub run: fn(&World) -> Result<()>,
}

/// What has to be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Chromium and its driver.
    Browser,
    /// axe-core as well.
    Axe,
    /// The real archives beside the checkout as well.
    Data,
}

/// Runs those whose names have one of the words of the command line in them, or all.
pub fn run(all: &[&Journey]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let words: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let fits = |name: &str| match has("--exact") {
        _ if words.is_empty() => true,
        true => words.iter().any(|word| *word == name),
        false => words.iter().any(|word| name.contains(word.as_str())),
    };
    // `--ignored` alone means: only those that are ignored by default, of which there are none.
    let chosen: Vec<&Journey> = all.iter().copied().filter(|journey| fits(journey.name) && !has("--ignored")).collect();
    if has("--list") {
        chosen.iter().for_each(|journey| say(&format!("{}: test\n", journey.name)));
        return ExitCode::SUCCESS;
    }
    say(&format!("\nrunning {} tests\n", chosen.len()));
    tell(&chosen)
}

fn tell(chosen: &[&Journey]) -> ExitCode {
    let start = Instant::now();
    let mut world = None;
    let (mut passed, mut ignored, mut failures) = (0, 0, Vec::new());
    for journey in chosen {
        say(&format!("test {} ... ", journey.name));
        if let Some(missing) = missing(journey.needs) {
            ignored += 1;
            say(&format!("ignored, {missing}\n"));
            continue;
        }
        let started = Instant::now();
        let went = catch_unwind(AssertUnwindSafe(|| match &world {
            Some(world) => (journey.run)(world),
            None => (journey.run)(world.insert(World::new()?)),
        }));
        let seconds = started.elapsed().as_secs_f64();
        match went {
            Ok(Ok(())) => {
                passed += 1;
                say(&format!("ok ({seconds:.1} s)\n"));
            }
            Ok(Err(error)) => failures.push((journey.name, format!("{error:#}"))),
            Err(_) => failures.push((journey.name, "it panicked, see above".to_owned())),
        }
        if failures.last().is_some_and(|(name, _)| *name == journey.name) {
            say(&format!("FAILED ({seconds:.1} s)\n"));
        }
    }
    failures.iter().for_each(|(name, why)| say(&format!("\n---- {name} ----\n{why}\n")));
    let result = if failures.is_empty() { "ok" } else { "FAILED" };
    say(&format!(
        "\ntest result: {result}. {passed} passed; {} failed; {ignored} ignored; finished in {:.1} s\n\n",
        failures.len(),
        start.elapsed().as_secs_f64()
    ));
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(101) }
}

/// What is not here, and how to get it; `None` if nothing is missing.
fn missing(needs: Needs) -> Option<String> {
    browser::missing().or_else(|| match needs {
        Needs::Browser => None,
        Needs::Axe => axe::missing(),
        Needs::Data => (!testkit::shared_data().is_dir()).then(|| "../shared/data is not here".to_owned()),
    })
}

/// To stdout, where other tests report; that nobody reads it is no failure.
fn say(text: &str) {
    let mut out = std::io::stdout();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}
