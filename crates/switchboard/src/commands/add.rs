//! `switchboard add`: writes a source's section into `switchboard.toml`, after checking that it fits.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde_json::json;
use source::Context;

use super::Done;
use crate::cli::{Wait, usage};
use crate::config::{self, Config};
use crate::lock::Lock;
use crate::replace;
use crate::session::Session;
use crate::workspace::Workspace;

/// Add a source to collect from
///
/// Writes its section into switchboard.toml; nothing is collected before `switchboard sync`. A path
/// inside the workspace is written relative to it, any other one absolute.
#[derive(Debug, Args)]
pub struct Add {
    /// What kind of source it is
    #[arg(value_parser = super::sources::kinds())]
    kind: String,
    /// What to call it: letters, digits, `-`, `_` and `.`
    #[arg(value_parser = name)]
    name: String,
    /// The file or folder it collects from
    #[arg(long, value_name = "PATH")]
    path: Option<PathBuf>,
    /// Which files of the folder, as `*.mbox`
    #[arg(long)]
    glob: Option<String>,
    /// Another option of the kind; the value is TOML or a plain text. Never a secret: write
    /// `token={ env = "NAME" }`
    #[arg(long, value_name = "KEY=VALUE", value_parser = option)]
    set: Vec<(String, toml::Value)>,
    /// How long to wait.
    #[command(flatten)]
    wait: Wait,
}

impl Add {
    /// Checks it and writes it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let _lock = Lock::take(&workspace, "add", self.wait.duration(), &session.printer)?;
        let config = workspace.config()?;
        if config.sources.iter().any(|source| source.name() == self.name) {
            bail!(
                "there is a source `{}` already; edit its section in {}",
                self.name,
                workspace.config_file().display()
            );
        }
        let options = self.options(&workspace)?;
        self.check(&workspace, &options)?;
        self.write(&workspace, &options)?;
        if session.printer.json {
            session.printer.json(&json!({ "source": self.name, "kind": self.kind, "options": options }))?;
        }
        session.printer.note(format_args!("added `{}`; next: switchboard sync", self.name));
        Ok(Done::Found)
    }

    fn options(&self, workspace: &Workspace) -> Result<toml::Table> {
        let mut options = toml::Table::new();
        if let Some(path) = &self.path {
            options.insert("path".to_owned(), stored_path(path, workspace.folder())?.into());
        }
        if let Some(glob) = &self.glob {
            options.insert("glob".to_owned(), glob.clone().into());
        }
        for (key, value) in &self.set {
            if options.insert(key.clone(), value.clone()).is_some() || key == "kind" {
                return Err(usage(format!("`{key}` is given twice")));
            }
        }
        Ok(options)
    }

    /// Checks that the kind accepts the options.
    fn check(&self, workspace: &Workspace, options: &toml::Table) -> Result<()> {
        let source = sources::named(&self.kind).context("the list of kinds changed")?;
        let base = workspace.folder().to_owned();
        let context = Context { source: self.name.clone(), base, options: options.clone() };
        (source.normalizer)(&context).map(|_| ()).map_err(|error| usage(error.message))
    }

    fn write(&self, workspace: &Workspace, options: &toml::Table) -> Result<()> {
        let file = workspace.config_file();
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let text = config::add_section(&text, &self.name, &self.kind, options)?;
        // What we write we must be able to read: a file of an unusual shape is better left alone.
        Config::parse(text.clone(), workspace.folder()).map_err(|message| {
            anyhow::anyhow!(
                "cannot add a section to {}: it would read wrong{message}; write it by hand",
                file.display()
            )
        })?;
        replace::text(&file, &text)
    }
}

fn name(text: &str) -> Result<String, String> {
    config::check_name(text).map(|()| text.to_owned())
}

/// Reads `KEY=VALUE`. The error does not repeat the value, which may be a secret after all.
fn option(text: &str) -> Result<(String, toml::Value), String> {
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE")?;
    let as_toml = toml::from_str::<toml::Table>(&format!("value = {value}"));
    let value = as_toml.ok().and_then(|mut table| table.remove("value")).unwrap_or_else(|| value.into());
    Ok((key.trim().to_owned(), value))
}

/// A path as it is written: relative to the workspace if it lies in it, so that the workspace can be
/// moved with it, else absolute, so that it does not matter from where a command is given.
fn stored_path(path: &Path, workspace: &Path) -> Result<String> {
    if let Err(error) = path.metadata() {
        return Err(usage(format!("cannot read {}: {error}", path.display())));
    }
    let absolute = std::path::absolute(path)?;
    let inside = absolute.strip_prefix(workspace).ok().filter(|inside| !inside.as_os_str().is_empty());
    let stored = inside.unwrap_or(&absolute);
    let text =
        stored.to_str().with_context(|| format!("{} is not UTF-8; link it under another name", path.display()))?;
    Ok(text.to_owned())
}
