//! `switchboard init`: makes a workspace.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::json;

use super::Done;
use crate::config::{Template, template};
use crate::session::Session;
use crate::workspace::CONFIG;

/// Make a workspace: a folder for one community
///
/// The folder gets a switchboard.toml to edit. Nothing that is there already is changed.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to make, from the current one (-C does not matter here)
    #[arg(value_name = "NAME")]
    folder: PathBuf,
    /// The community's name, if it is not the folder's
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

/// All that the workspace holds is personal data or can be made again, except its configuration.
const IGNORED: &str = "*\n!.gitignore\n!switchboard.toml\n";

impl Init {
    /// Makes it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let folder = std::path::absolute(&self.folder)?;
        let name = match &self.title {
            Some(title) => title.clone(),
            None => folder_name(&folder)?,
        };
        make(&folder, &Template { name: &name, simulated: false })?;
        if session.printer.json {
            session.printer.json(&json!({ "workspace": folder, "community": name }))?;
        }
        session.printer.note(format_args!(
            "made the workspace {}\nnext: cd {} && switchboard add PATH   (`switchboard sources` lists what is read)",
            self.folder.display(),
            self.folder.display()
        ));
        Ok(Done::Found)
    }
}

/// Makes the workspace `folder`; nothing in it is overwritten.
pub fn make(folder: &Path, text: &Template<'_>) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    if !write_new(&folder.join(CONFIG), &template(text))? {
        bail!("{} is a workspace already; edit its {CONFIG}, or choose another name", folder.display());
    }
    write_new(&folder.join(".gitignore"), IGNORED)?;
    Ok(())
}

fn folder_name(folder: &Path) -> Result<String> {
    let whole = folder.canonicalize();
    let name = whole.as_deref().unwrap_or(folder).file_name();
    let name = name.with_context(|| format!("{} has no name; give --title", folder.display()))?;
    Ok(name.to_string_lossy().into_owned())
}

/// Writes a file that must not be there; false if it is.
fn write_new(path: &Path, text: &str) -> Result<bool> {
    let opened = OpenOptions::new().write(true).create_new(true).open(path);
    match opened.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot write {}", path.display())),
    }
}
