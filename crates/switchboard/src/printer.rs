//! The one place that prints: data to stdout, everything else to stderr.

use std::fmt::{Arguments, Display};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use clap::builder::styling::{AnsiColor, Style};
use indicatif::{MultiProgress, ProgressDrawTarget};
use serde::Serialize;
use tracing_subscriber::EnvFilter;

use crate::cli::Global;

mod progress;
pub use progress::{Progress, Report};

/// Bold, for headings.
pub const BOLD: Style = Style::new().bold();
/// Faint, for what matters less.
pub const FAINT: Style = Style::new().dimmed();
/// For what is late or wrong.
pub const BAD: Style = AnsiColor::Red.on_default();
/// For what is well.
pub const GOOD: Style = AnsiColor::Green.on_default();

/// Where data goes: buffered, with colours only on a terminal that wants them.
pub type Out = BufWriter<AutoStream<io::Stdout>>;

/// Prints. Colours follow the terminal, `NO_COLOR` and `CLICOLOR`.
pub struct Printer {
    /// Whether results are to be JSON.
    pub json: bool,
    quiet: bool,
    /// Whether progress is to be lines for a program.
    reports: bool,
    /// Everything on stderr goes through it, so that lines do not run into progress lines.
    bars: MultiProgress,
}

impl Printer {
    /// A printer that does as the command line says.
    pub fn new(global: &Global) -> Printer {
        let draw = !global.quiet && !global.no_progress && io::stderr().is_terminal();
        let target = if draw { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bars = MultiProgress::with_draw_target(target);
        start_log(global, &bars);
        Printer { json: global.json, quiet: global.quiet, reports: global.reports, bars }
    }

    /// Writes results with `write`, if there are any.
    pub fn data(&self, write: impl FnOnce(&mut Out) -> io::Result<()>) -> io::Result<()> {
        let mut out = BufWriter::new(anstream::stdout());
        write(&mut out)?;
        out.flush()
    }

    /// Prints a result as JSON.
    pub fn json(&self, value: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string_pretty(value)?;
        self.data(|out| writeln!(out, "{text}"))
    }

    /// Says what happens, for a person.
    pub fn note(&self, text: impl Display) {
        if !self.quiet {
            self.stderr(format_args!("{text}\n"));
        }
    }

    /// Asks a person at a terminal, whatever else is kept quiet.
    pub fn prompt(&self, text: impl Display) {
        self.stderr(format_args!("{text}"));
    }

    /// Says that something is not as it should be, but does not stop the command.
    pub fn warn(&self, text: impl Display) {
        let style = AnsiColor::Yellow.on_default().bold();
        self.stderr(format_args!("{style}warning{style:#}: {text}\n"));
    }

    /// Says that a part of what was asked for failed.
    pub fn error(&self, error: &anyhow::Error) {
        let style = BAD.bold();
        let causes: String = error.chain().skip(1).map(|cause| format!("\n  because: {cause}")).collect();
        self.stderr(format_args!("{style}error{style:#}: {error}{causes}\n"));
    }

    /// Ends the program for `error`.
    pub fn failure(&self, error: &anyhow::Error) -> ExitCode {
        if let Some(usage) = error.downcast_ref::<clap::Error>() {
            let _ = usage.print();
            return ExitCode::from(2);
        }
        // Whoever read our output has seen enough, as `head` does.
        let pipe = |cause: &io::Error| cause.kind() == io::ErrorKind::BrokenPipe;
        if error.chain().any(|cause| cause.downcast_ref().is_some_and(pipe)) {
            return ExitCode::SUCCESS;
        }
        self.error(error);
        ExitCode::from(1)
    }

    /// A progress line for one task.
    pub fn progress(&self, label: &str) -> Progress {
        Progress::start(&self.bars, label, self.reports)
    }

    /// Nobody is left to be told when stderr is closed.
    fn stderr(&self, text: Arguments<'_>) {
        self.bars.suspend(|| {
            let _ = anstream::stderr().write_fmt(text);
        });
    }
}

/// Log lines are for whoever looks for a fault: warnings, more with `--verbose`.
fn start_log(global: &Global, bars: &MultiProgress) {
    let level = match (global.quiet, global.verbose) {
        (true, _) => "error",
        (_, true) => "info",
        _ => "warn",
    };
    let filter = EnvFilter::try_from_env("SWITCHBOARD_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let bars = bars.clone();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .without_time()
        .with_writer(move || LogWriter(bars.clone()));
    // A second printer in one process (in tests) keeps the first one's log.
    let _ = log.try_init();
}

struct LogWriter(MultiProgress);

impl Write for LogWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.suspend(|| io::stderr().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
