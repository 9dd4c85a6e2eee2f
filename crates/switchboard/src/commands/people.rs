//! `switchboard people`: who is who, as a person decides it, and taken from and given to other tools; and the people
//! behind the numbers: whom to approach, thank, relieve and hear.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::add::section::{self, Section};
use super::{Done, add, output};
use crate::cli::{Wait, usage};
use crate::lock::Lock;
use crate::pipeline::Pipeline;
use crate::replace;
use crate::session::Session;

mod approach;
mod care;
pub mod decide;
pub mod export;
mod firsts;
mod levels;
mod log;
mod prefer;
mod suggestions;
mod unheard;
pub mod who;

/// Who is who, whom to approach, thank, relieve and hear, and what goes from and to other tools
#[derive(Debug, Args)]
pub struct People {
    #[command(subcommand)]
    command: PeopleCommand,
}

#[derive(Debug, Subcommand)]
enum PeopleCommand {
    Suggestions(suggestions::Suggestions),
    Merge(decide::Merge),
    Split(decide::Split),
    Refuse(decide::Refuse),
    Lock(decide::LockPerson),
    Undo(decide::Undo),
    Log(log::Log),
    Prefer(prefer::Prefer),
    Asked(prefer::Asked),
    Approach(approach::Approach),
    Firsts(firsts::Firsts),
    Levels(levels::Levels),
    Care(care::Care),
    Unheard(unheard::Unheard),
    Import(Import),
    Export(Export),
}

/// Read a file that says who is who and who works where
///
/// SortingHat's JSON, gitdm's and CNCF's text, Stackalytics' default_data.json or a .mailmap. The file
/// becomes a source: what it says follows it with every sync, and what it no longer says is taken back.
#[derive(Debug, Args)]
pub struct Import {
    /// The file, or a folder of such files
    file: PathBuf,
    /// What to call the source [default: the file's name]
    #[arg(long, value_parser = section::name)]
    name: Option<String>,
    /// How long to wait.
    #[command(flatten)]
    wait: Wait,
}

/// Write who is who for other tools
#[derive(Debug, Args)]
pub struct Export {
    /// In which form
    #[arg(long, value_enum, default_value_t = Form::Sortinghat)]
    format: Form,
    /// The file to write, which is replaced if it is there
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// SortingHat's JSON: identities, employers with dates, bots, organizations' domains
    Sortinghat,
    /// A .mailmap: the addresses of each person who has several
    Mailmap,
}

impl People {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        match self.command {
            PeopleCommand::Suggestions(suggestions) => suggestions.run(session),
            PeopleCommand::Merge(merge) => merge.run(session),
            PeopleCommand::Split(split) => split.run(session),
            PeopleCommand::Refuse(refuse) => refuse.run(session),
            PeopleCommand::Lock(lock) => lock.run(session),
            PeopleCommand::Undo(undo) => undo.run(session),
            PeopleCommand::Log(log) => log.run(session),
            PeopleCommand::Prefer(prefer) => prefer.run(session),
            PeopleCommand::Asked(asked) => asked.run(session),
            PeopleCommand::Approach(approach) => approach.run(session),
            PeopleCommand::Firsts(firsts) => firsts.run(session),
            PeopleCommand::Levels(levels) => levels.run(session),
            PeopleCommand::Care(care) => care.run(session),
            PeopleCommand::Unheard(unheard) => unheard.run(session),
            PeopleCommand::Import(import) => import.run(session),
            PeopleCommand::Export(export) => export.run(session),
        }
    }
}

impl Import {
    fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let printer = &session.printer;
        let source = add::source("people")?;
        if (source.recognize)(&sources::files::look(&self.file).map_err(usage)?).is_none() {
            return Err(usage(format!(
                "{} is in no format of people that is known; `switchboard sources people` lists them",
                self.file.display()
            )));
        }
        let _lock = Lock::take(&workspace, "people import", self.wait.duration(), printer)?;
        let config = workspace.config()?;
        let path = section::stored_path(&self.file, workspace.folder())?;
        let absolute = std::path::absolute(&self.file)?;
        let known = config
            .sources
            .iter()
            .find(|known| known.source.kind == "people" && known.path().as_ref() == Some(&absolute));
        let name = match (known, self.name) {
            (Some(known), None) => known.name().to_owned(),
            (Some(known), Some(_)) => {
                bail!("the source `{}` reads this file already; `switchboard sync` reads it again", known.name())
            }
            (None, name) => {
                let free = |name: &str| config.sources.iter().all(|source| source.name() != name);
                let name = name.unwrap_or_else(|| add::propose::name(&self.file, "people", &free));
                let options = toml::Table::from_iter([("path".to_owned(), path.into())]);
                Section { source, name: &name, options: &options }.add(&workspace)?;
                name
            }
        };
        let config = workspace.config()?;
        let pipeline = Pipeline { workspace: &workspace, config: &config, printer };
        let collected = pipeline.collect(&config.named(std::slice::from_ref(&name))?)?;
        let derived = pipeline.derive()?;
        let indexed = pipeline.index()?;
        pipeline.tell(&derived);
        if printer.json {
            printer.json(&json!({ "source": name, "sources": collected, "tables": derived, "indexed": indexed }))?;
        }
        if let Some(failed) = collected.iter().find(|source| source.error.is_some()) {
            bail!("the file could not be read: {}", failed.error.as_deref().unwrap_or_default());
        }
        printer.note(format_args!("`{name}` is a source now; `switchboard sync` follows the file"));
        Ok(Done::Found)
    }
}

impl Export {
    fn run(self, session: &Session) -> Result<Done> {
        let engine = output::engine(&session.workspace()?)?;
        let people = export::people(&engine)?;
        let text = match self.format {
            Form::Sortinghat => export::sorting_hat(&people, &export::domains(&engine)?)?,
            Form::Mailmap => export::mailmap(&people),
        };
        match &self.output {
            Some(file) => {
                replace::text(file, &text).with_context(|| format!("cannot write {}", file.display()))?;
                session.printer.note(format_args!("{} people written to {}", people.len(), file.display()));
            }
            None => session.printer.data(|out| std::io::Write::write_all(out, text.as_bytes()))?,
        }
        Ok(Done::Found)
    }
}
