//! One section `[sources.NAME]`: checked against its kind, then written.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use source::{Context, Source};

use crate::cli::usage;
use crate::config::{self, Config};
use crate::replace;
use crate::workspace::Workspace;

/// A section that is to be added.
pub struct Section<'a> {
    /// The kind.
    pub source: &'static Source,
    /// The source's name.
    pub name: &'a str,
    /// Its options.
    pub options: &'a toml::Table,
}

impl Section<'_> {
    /// Checks that no source is called so and that the kind accepts the options, and writes it. The
    /// workspace's lock must be held.
    pub fn add(&self, workspace: &Workspace) -> Result<()> {
        let config = workspace.config()?;
        if config.sources.iter().any(|source| source.name() == self.name) {
            bail!(
                "there is a source `{}` already; edit its section in {}",
                self.name,
                workspace.config_file().display()
            );
        }
        let (base, options) = (workspace.folder().to_owned(), self.options.clone());
        let context = Context { source: self.name.to_owned(), base, options };
        (self.source.normalizer)(&context).map(|_| ()).map_err(|error| usage(error.message))?;
        self.write(workspace)
    }

    fn write(&self, workspace: &Workspace) -> Result<()> {
        let file = workspace.config_file();
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let text = config::add_section(&text, self.name, self.source.kind, self.options)?;
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

/// Checks a source's name.
pub fn name(text: &str) -> Result<String, String> {
    config::check_name(text).map(|()| text.to_owned())
}

/// Reads `KEY=VALUE`. The error does not repeat the value, which may be a secret after all.
pub fn option(text: &str) -> Result<(String, toml::Value), String> {
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE")?;
    let as_toml = toml::from_str::<toml::Table>(&format!("value = {value}"));
    let value = as_toml.ok().and_then(|mut table| table.remove("value")).unwrap_or_else(|| value.into());
    Ok((key.trim().to_owned(), value))
}

/// Puts an option into its section; in `columns.time` each part before the last is a table. False if there is
/// such an option already.
pub fn insert(options: &mut toml::Table, key: &str, value: &toml::Value) -> bool {
    match key.split_once('.') {
        Some((table, key)) => {
            let inner = options.entry(table).or_insert_with(|| toml::Table::new().into());
            inner.as_table_mut().is_some_and(|inner| insert(inner, key, value))
        }
        None => options.insert(key.to_owned(), value.clone()).is_none(),
    }
}

/// A path as it is written: relative to the workspace if it lies in it, so that the workspace can be
/// moved with it, else absolute, so that it does not matter from where a command is given.
pub fn stored_path(path: &Path, workspace: &Path) -> Result<String> {
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
