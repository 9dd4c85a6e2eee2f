//! `cargo xtask eval` and `cargo xtask train`: how well Switchboard understands, and its models made anew.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use learn::{Figure, TASKS, Task};

use crate::{bench, print, root::root};
use conversations::Program;
use helping::Replay;

mod conversations;
mod helping;

/// What is measured through the program itself.
const CONVERSATIONS: &str = "conversations";
/// What is measured by replaying the past.
const WHO_KNOWS: &str = "who-knows";
const SAME: &str = "same";
const BEYOND_TASKS: [&str; 3] = [CONVERSATIONS, SAME, WHO_KNOWS];

/// Measure how well Switchboard understands, on data that nothing was fitted to
#[derive(Args)]
pub(crate) struct Eval {
    /// Measure only this
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Where the data is, if not beside the checkout
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Measure this binary instead of building one
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
}

/// Make a model anew from its data, into this checkout
#[derive(Args)]
pub(crate) struct Train {
    /// Which one
    name: String,
    /// Where the data is, if not beside the checkout
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Measure this binary instead of building one
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
}

impl Eval {
    pub(crate) fn run(&self) -> Result<()> {
        let data = folder(self.data.as_ref())?;
        for name in self.only.iter().filter(|name| !BEYOND_TASKS.contains(&name.as_str())) {
            find(name)?;
        }
        let wanted = |name: &str| self.only.is_empty() || self.only.iter().any(|only| only == name);
        print::result(format_args!(
            "{:<44} {:<22} {:>7}   {:<15} {:>7}   on",
            "task", "measure", "value", "95 % interval", "reach"
        ));
        for task in TASKS.iter().filter(|task| wanted(task.name)) {
            let figures = (task.eval)(&data).with_context(|| format!("cannot measure {}", task.name))?;
            figures.iter().for_each(show);
        }
        if wanted(CONVERSATIONS) {
            program(&data, self.binary.as_ref())?.measure()?.iter().for_each(show);
        }
        if wanted(SAME) || wanted(WHO_KNOWS) {
            let binary = program(&data, self.binary.as_ref())?.binary;
            let rehearse = bench::built(&["--package", "insight", "--example", "rehearse"], "rehearse")?;
            let replay = Replay { binary, rehearse, data: &data };
            let same = if wanted(SAME) { replay.same()? } else { Vec::new() };
            let who_knows = if wanted(WHO_KNOWS) { replay.who_knows()? } else { Vec::new() };
            same.iter().chain(&who_knows).for_each(show);
        }
        Ok(())
    }
}

impl Train {
    pub(crate) fn run(&self) -> Result<()> {
        if self.name == CONVERSATIONS {
            return program(&folder(self.data.as_ref())?, self.binary.as_ref())?.train();
        }
        match find(&self.name)?.train {
            Some(train) => train(&folder(self.data.as_ref())?, &root()?),
            None => bail!("nothing is learned for {}", self.name),
        }
    }
}

fn program<'a>(data: &'a Path, binary: Option<&PathBuf>) -> Result<Program<'a>> {
    let binary = match binary {
        Some(binary) => binary.canonicalize().with_context(|| format!("there is no {}", binary.display()))?,
        None => bench::build()?,
    };
    Ok(Program { binary, data, checkout: root()? })
}

fn show(figure: &Figure) {
    let (low, high) = figure.interval;
    let mark = if figure.value >= figure.reach { ' ' } else { '!' };
    print::result(format_args!(
        "{:<44} {:<22} {:>7.3}{mark}  {:<15} {:>7.3}   {}",
        figure.task,
        figure.measure,
        figure.value,
        format!("{low:.3} – {high:.3}"),
        figure.reach,
        figure.cases
    ));
}

fn find(name: &str) -> Result<&'static Task> {
    let names = || TASKS.iter().map(|task| task.name).chain(BEYOND_TASKS).collect::<Vec<_>>().join(", ");
    TASKS.iter().find(|task| task.name == name).with_context(|| format!("no task {name}; there are {}", names()))
}

fn folder(given: Option<&PathBuf>) -> Result<PathBuf> {
    let folder = match given {
        Some(folder) => folder.clone(),
        None => root()?.join("../shared/data"),
    };
    folder.canonicalize().with_context(|| format!("the data is not at {}; say where with --data", folder.display()))
}
