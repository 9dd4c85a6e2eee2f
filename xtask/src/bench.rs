//! `cargo xtask bench`: measures what Switchboard promises, as a user would: it runs the release binary
//! on simulated communities in a temporary folder.

mod community;
mod exports;
mod figure;
mod http;
mod mailbox;
mod metrics;
pub(crate) mod process;
mod readers;
mod search;
mod writers;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde::Serialize;

use crate::{print, root::root};
use figure::Figure;

/// Measure speed and memory against what was promised
#[derive(Args)]
pub(crate) struct Bench {
    /// Messages of the simulated community
    #[arg(long, default_value_t = 1_000_000)]
    messages: u64,
    /// Megabytes of the mailbox
    #[arg(long, default_value_t = 300)]
    mailbox: u64,
    /// Items of each made-up export
    #[arg(long, default_value_t = 500_000)]
    items: u64,
    /// How often each thing is measured
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Measure only this: collect, normalize, exports, whole, unchanged, append, ready, latency, search, pages, writes, notmuch, metrics
    #[arg(long, value_name = "NAME")]
    only: Vec<Part>,
    /// Also write the figures to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Measure this binary instead of building one
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// Measure pages, writes and metrics at this workspace instead of making one; it is not written to
    #[arg(long, value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// Compare metrics with DuckDB, in this Python (`pip install duckdb pytz`)
    #[arg(long, value_name = "FILE")]
    python: Option<PathBuf>,
    /// Work below this folder instead of the system's for temporary files
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// What can be measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Collect,
    Normalize,
    Exports,
    Whole,
    Unchanged,
    Append,
    Ready,
    Latency,
    Search,
    Pages,
    Writes,
    Notmuch,
    Metrics,
}

/// What all measurements need.
pub(crate) struct Setup {
    binary: PathBuf,
    folder: PathBuf,
    messages: u64,
    mailbox: u64,
    items: u64,
    runs: usize,
    only: Vec<Part>,
    workspace: Option<PathBuf>,
    python: Option<PathBuf>,
}

impl Setup {
    fn wants(&self, parts: &[Part]) -> bool {
        self.only.is_empty() || parts.iter().any(|part| self.only.contains(part))
    }
}

#[derive(Serialize)]
struct Report<'a> {
    machine: Machine,
    messages: u64,
    mailbox_megabytes: u64,
    figures: &'a [Figure],
}

#[derive(Serialize)]
struct Machine {
    cores: usize,
    memory_gibibytes: Option<u64>,
    system: &'static str,
    architecture: &'static str,
}

impl Bench {
    pub(crate) fn run(&self) -> Result<()> {
        ensure!(self.runs > 0, "--runs 0 measures nothing; say 1 or more");
        let binary = match &self.binary {
            Some(binary) => binary.canonicalize().with_context(|| format!("there is no {}", binary.display()))?,
            None => build()?,
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix("switchboard-bench-");
        let folder = match &self.folder {
            Some(folder) => builder.tempdir_in(folder),
            None => builder.tempdir(),
        };
        let folder = folder.context("cannot make a folder to work in; name one with --folder")?;
        let setup = Setup {
            binary,
            folder: folder.path().to_owned(),
            messages: self.messages,
            mailbox: self.mailbox,
            items: self.items,
            runs: self.runs,
            only: self.only.clone(),
            workspace: self.workspace.clone(),
            python: self.python.clone(),
        };
        let mut figures = Vec::new();
        if setup.wants(&[Part::Collect, Part::Normalize]) {
            mailbox::measure(&setup, &mut figures)?;
        }
        if setup.wants(&[Part::Exports]) {
            exports::measure(&setup, &mut figures)?;
        }
        use Part::{Append, Latency, Metrics, Pages, Ready, Search, Unchanged, Whole, Writes};
        if setup.wants(&[Whole, Unchanged, Append, Ready, Latency, Search, Pages, Writes, Metrics]) {
            community::measure(&setup, &mut figures)?;
        }
        if setup.wants(&[Part::Notmuch]) {
            search::beside(&setup, &mut figures)?;
        }
        self.tell(&figures)
    }

    fn tell(&self, figures: &[Figure]) -> Result<()> {
        let machine = Machine::here();
        let memory = machine.memory_gibibytes.map_or(String::new(), |memory| format!(", {memory} GiB of memory"));
        print::result(format_args!("{} cores{memory}, {} messages", machine.cores, self.messages));
        figure::table(figures);
        let missed = figures.iter().filter(|figure| figure.reached() == Some(false)).count();
        let open = figures.iter().filter(|figure| figure.runs.is_empty()).count();
        print::result(format_args!("{} figures: {missed} missed, {open} not measured", figures.len()));
        if let Some(file) = &self.json {
            let report = Report { machine, messages: self.messages, mailbox_megabytes: self.mailbox, figures };
            let json = serde_json::to_string_pretty(&report)? + "\n";
            std::fs::write(file, json).with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    }
}

impl Machine {
    fn here() -> Machine {
        let memory = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
            let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
            line.trim().strip_suffix(" kB")?.parse::<u64>().ok()
        });
        Machine {
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_gibibytes: memory.map(|kibibytes| kibibytes.div_ceil(1 << 20)),
            system: std::env::consts::OS,
            architecture: std::env::consts::ARCH,
        }
    }
}

/// Builds the release binary and says where it is.
pub(crate) fn build() -> Result<PathBuf> {
    print::note(format_args!("building the release binary; the first time this takes a while"));
    built(&["--package", "switchboard"], "switchboard")
}

/// Builds with cargo, optimised, and says where the program `name` is.
pub(crate) fn built(what: &[&str], name: &str) -> Result<PathBuf> {
    let output = Command::new("cargo")
        .args(["build", "--release", "--message-format", "json-render-diagnostics"])
        .args(what)
        .current_dir(root()?)
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "the release build failed");
    let messages = String::from_utf8_lossy(&output.stdout);
    for message in messages.lines().rev() {
        let message: serde_json::Value = serde_json::from_str(message)?;
        if message["target"]["name"] == name
            && let Some(path) = message["executable"].as_str()
        {
            return Ok(path.into());
        }
    }
    bail!("cargo built no program called {name}")
}
