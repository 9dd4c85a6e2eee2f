//! The whole way in three steps: collect into the archive, derive tables, index them. Each step takes up
//! where the last run ended, so that it can be repeated after any failure.

use std::time::Instant;

use anyhow::{Context as _, Result, anyhow};
use archive::{Archive, Limits, Tables};
use desk::Desk;
use serde::Serialize;
use source::erase::Erased;

use crate::config::{Config, Configured};
use crate::printer::Printer;
use crate::runs::{Run, Runs};
use crate::workspace::Workspace;
use crate::{decided, erasing, session, show};

/// What to do where the archive is whole but what was made of it is not.
const DAMAGED: &str = "cannot bring the tables up to date; if they are damaged, `switchboard rebuild` makes them again";

type Step = fn(&derive::Job<'_>, &mut dyn FnMut(derive::Progress)) -> Result<derive::Outcome, derive::DeriveError>;

/// A workspace to bring up to date. Whoever makes one holds the lock.
pub struct Pipeline<'a> {
    /// Where.
    pub workspace: &'a Workspace,
    /// From what.
    pub config: &'a Config,
    /// Who is told.
    pub printer: &'a Printer,
}

/// What one source gave.
#[derive(Debug, Serialize)]
pub struct Collected {
    /// Its name.
    pub source: String,
    /// New items, if it did not fail.
    pub items: Option<u64>,
    /// Why it failed.
    pub error: Option<String>,
}

/// What the tables are after a derive.
#[derive(Debug, Serialize)]
pub struct Derived {
    /// Whether any table changed.
    pub changed: bool,
    /// Messages in them.
    pub messages: u64,
    /// Those that were not there before.
    pub new_messages: u64,
    /// Conversations.
    pub conversations: u64,
    /// People.
    pub people: u64,
    /// Recorded problems.
    pub problems: u64,
}

impl Pipeline<'_> {
    /// The archive. What a killed process left half done in it is ended first: we hold the lock.
    pub fn archive(&self) -> Result<Archive> {
        let archive = Archive::open(&self.workspace.archive())?;
        archive.settle()?;
        Ok(archive)
    }

    /// Collects from each of `sources`. One that fails is told and passed over.
    pub fn collect(&self, sources: &[&Configured]) -> Result<Vec<Collected>> {
        let archive = self.archive()?;
        for file in archive.leftovers()? {
            // We hold the lock: whoever wrote it is gone. If it cannot be removed, collecting will say why.
            let _ = std::fs::remove_file(file);
        }
        let desk = self.workspace.desk();
        let erased = if desk.exists() { erasing::erased(&Desk::open(&desk)?)? } else { Erased::default() };
        let mut runs = Runs::read(&self.workspace.runs());
        let mut collected = Vec::new();
        for source in sources {
            let (started, clock) = (session::now(), Instant::now());
            let result = self.collect_one(&archive, source, &erased);
            let (items, error) = match result {
                Ok(items) => (Some(items), None),
                Err(error) => {
                    self.printer.error(&error);
                    (None, Some(format!("{error:#}")))
                }
            };
            let run = Run { started, seconds: clock.elapsed().as_secs_f64(), items, error: error.clone() };
            if let Err(error) = runs.put(source.name(), run, &self.workspace.runs()) {
                self.printer.warn(format_args!("{error:#}"));
            }
            collected.push(Collected { source: source.name().to_owned(), items, error });
        }
        Ok(collected)
    }

    fn collect_one(&self, archive: &Archive, source: &Configured, erased: &Erased) -> Result<u64> {
        let name = source.name();
        let mut line = self.printer.progress(name);
        let mut progress = |progress: source::run::Progress| {
            line.set(progress.done, progress.total, || show::counted(progress.items, "new item"));
        };
        let (kind, context, limits) = (source.source, &source.context, Limits::default());
        let collected = source::run::collect_without(archive, kind, context, erased, limits, &mut progress)
            .with_context(|| format!("collecting from `{name}` failed"))?;
        drop(line);
        let source::run::Collected { items, learned } = collected;
        if !learned.is_empty() {
            erasing::recognize(&self.workspace.desk(), &learned)?;
        }
        self.printer.note(format_args!("{name}: {}", show::counted(items, "new item")));
        Ok(items)
    }

    /// Derives what changed.
    pub fn derive(&self) -> Result<Derived> {
        self.derive_with(derive::derive)
    }

    /// Makes all tables from the archive alone.
    pub fn rebuild(&self) -> Result<Derived> {
        self.derive_with(derive::rebuild)
    }

    fn derive_with(&self, step: Step) -> Result<Derived> {
        let archive = self.archive()?;
        let tables = Tables::new(&self.workspace.tables());
        let input = |source: &Configured| derive::Input { context: source.context.clone(), source: source.source };
        let sources = self.config.sources.iter().map(input).collect();
        let decided = decided::read(&self.workspace.desk(), self.config)?;
        let job = derive::Job { archive: &archive, tables: &tables, sources, decided };
        let mut line = self.printer.progress("tables");
        let mut progress =
            |progress: derive::Progress| line.set(progress.done, progress.total, || progress.step.to_owned());
        let outcome = step(&job, &mut progress).context(DAMAGED)?;
        let derive::Outcome { changed, messages, new_messages, conversations, people, problems } = outcome;
        Ok(Derived { changed, messages, new_messages, conversations, people, problems })
    }

    /// Brings the full text up to the tables; gives how many messages were indexed.
    pub fn index(&self) -> Result<u64> {
        let tables = Tables::new(&self.workspace.tables());
        let manifest =
            tables.manifest()?.ok_or_else(|| anyhow!("there are no tables to index; run `switchboard sync`"))?;
        let mut line = self.printer.progress("full text");
        let mut progress = |done, total| line.set(done, total, || "messages".to_owned());
        Ok(index::update(&self.workspace.index(), &tables, &manifest, &mut progress)?.added)
    }

    /// Throws the full text away, so that nothing is left in it.
    pub fn forget_index(&self) -> Result<()> {
        let folder = self.workspace.index();
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove {}; check its permissions", folder.display()))
            }
            _ => Ok(()),
        }
    }

    /// Says in a line what there is now.
    pub fn tell(&self, derived: &Derived) {
        let Derived { messages, new_messages, conversations, people, problems, .. } = derived;
        let all = [
            (*messages, "message", "messages"),
            (*conversations, "conversation", "conversations"),
            (*people, "person", "people"),
        ];
        let all =
            all.map(|(number, one, many)| format!("{} {}", show::count(number), if number == 1 { one } else { many }));
        self.printer.note(format_args!("{} ({} new)", all.join(", "), show::count(*new_messages)));
        if *problems > 0 {
            let problems = show::counted(*problems, "problem");
            self.printer.note(format_args!("{problems} with the input; `switchboard problems` lists them"));
        }
    }
}
