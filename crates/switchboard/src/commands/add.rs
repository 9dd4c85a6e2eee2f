//! `switchboard add`: writes a source's section into `switchboard.toml`, after checking that it fits. What
//! it is not told it looks up at the path, and asks for where somebody sits at a terminal.

use std::io::{IsTerminal, stderr, stdin};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Args, ValueHint};
use serde_json::json;
use source::{Seen, Source};

use super::Done;
use crate::cli::{Wait, usage};
use crate::lock::Lock;
use crate::session::Session;

mod ask;
pub mod propose;
pub mod section;

use ask::Ask;
use section::Section;

/// Add a source to collect from
///
/// Given a path, it looks at what is there, says which kind of source it is and proposes a name. In a
/// terminal it asks for what is missing. It writes the source's section into switchboard.toml; nothing is
/// collected before `switchboard sync`. A path inside the workspace is written relative to it, any other one
/// absolute.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  switchboard add ~/Downloads/export.zip           says what it is, and asks
  switchboard add ~/Downloads/export.zip slack     adds it under this name
  switchboard add mbox dev-list --path ~/archives/dev")]
pub struct Add {
    /// A kind of source (`switchboard sources` lists them), or a file or folder to look at
    #[arg(value_name = "KIND or PATH", value_hint = ValueHint::AnyPath)]
    what: Option<PathBuf>,
    /// What to call it: letters, digits, `-`, `_` and `.`
    #[arg(value_parser = section::name)]
    name: Option<String>,
    /// The file or folder that a kind collects from
    #[arg(long, value_name = "PATH")]
    path: Option<PathBuf>,
    /// Which files of the folder, as `*.mbox`
    #[arg(long)]
    glob: Option<String>,
    /// Another option of the kind, as `channel=dev` or `columns.time=Created`; the value is TOML or a plain
    /// text. Never a secret: write `token={ env = "NAME" }`
    #[arg(long, value_name = "KEY=VALUE", value_parser = section::option)]
    set: Vec<(String, toml::Value)>,
    /// Take the kind and the name that are proposed
    #[arg(long, short)]
    yes: bool,
    /// How long to wait.
    #[command(flatten)]
    wait: Wait,
}

/// What is to be added.
struct Wanted {
    source: &'static Source,
    path: Option<PathBuf>,
    /// What was seen at the path, if that is how the kind came about.
    seen: Option<Seen>,
}

impl Add {
    /// Finds out what is wanted, checks it and writes it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let terminal = !session.printer.json && stdin().is_terminal() && stderr().is_terminal();
        let ask = terminal.then(|| Ask::new(&session.printer));
        let Some(wanted) = self.wanted(session, ask.as_ref())? else { return Ok(Done::NotFound) };
        let _lock = Lock::take(&workspace, "add", self.wait.duration(), &session.printer)?;
        let config = workspace.config()?;
        let free = |name: &str| config.sources.iter().all(|source| source.name() != name);
        let name = match (&self.name, &wanted.path, &ask) {
            (Some(name), _, _) => name.clone(),
            (None, Some(path), Some(ask)) if !self.yes => ask.name(&propose::name(path, wanted.source.kind, &free))?,
            (None, Some(path), _) if wanted.seen.is_some() => propose::name(path, wanted.source.kind, &free),
            (None, _, Some(ask)) => ask.name(wanted.source.kind)?,
            (None, _, None) => {
                return Err(usage(format!("what is it to be called? `switchboard add {} NAME …`", wanted.source.kind)));
            }
        };
        let options = self.options(&wanted, workspace.folder())?;
        Section { source: wanted.source, name: &name, options: &options }.add(&workspace)?;
        if session.printer.json {
            session.printer.json(&json!({ "source": name, "kind": wanted.source.kind, "options": options }))?;
        }
        session.printer.note(format_args!("added `{name}` ({}); next: switchboard sync", wanted.source.kind));
        Ok(Done::Found)
    }

    /// The kind and the path; `None` if all there is to say is what could be added.
    fn wanted(&self, session: &Session, ask: Option<&Ask<'_>>) -> Result<Option<Wanted>> {
        let what = match (&self.what, ask) {
            (Some(what), _) => what.clone(),
            (None, Some(ask)) => ask.path()?,
            (None, None) => return Err(usage("name a file or folder to look at, or a kind of source")),
        };
        if let Some(source) = what.to_str().and_then(sources::named) {
            let takes_path = source.example.contains("path =");
            let path = match (&self.path, ask) {
                (None, Some(ask)) if takes_path && self.set.iter().all(|(key, _)| key != "path") => Some(ask.path()?),
                _ => self.path.clone(),
            };
            return Ok(Some(Wanted { source, path, seen: None }));
        }
        if self.path.is_some() {
            let kinds: Vec<_> = sources::SOURCES.iter().map(|source| source.kind).collect();
            let what = what.display();
            return Err(usage(format!("there is no kind `{what}`; the kinds are {}", kinds.join(", "))));
        }
        if what.metadata().is_err() {
            let what = what.display();
            return Err(usage(format!(
                "`{what}` is neither a file or folder nor a kind of source; `switchboard sources` lists the kinds"
            )));
        }
        let chosen = propose::choose(&what, session, ask, self.yes || self.name.is_some())?;
        Ok(chosen.map(|(source, seen)| Wanted { source, path: Some(what), seen: Some(seen) }))
    }

    fn options(&self, wanted: &Wanted, workspace: &Path) -> Result<toml::Table> {
        let mut options = toml::Table::new();
        if let Some(path) = &wanted.path {
            options.insert("path".to_owned(), section::stored_path(path, workspace)?.into());
        }
        if let Some(glob) = &self.glob {
            options.insert("glob".to_owned(), glob.clone().into());
        }
        for (key, value) in &self.set {
            if key == "kind" || !section::insert(&mut options, key, value) {
                return Err(usage(format!("`{key}` is given twice")));
            }
        }
        for (key, value) in wanted.seen.iter().flat_map(|seen| &seen.options) {
            options.entry(key.clone()).or_insert_with(|| value.clone());
        }
        Ok(options)
    }
}

/// The kind called `kind`, which is in the list.
pub fn source(kind: &str) -> Result<&'static Source> {
    sources::named(kind).context("the list of kinds changed")
}
