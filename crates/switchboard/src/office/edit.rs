//! Changing `switchboard.toml` from the pages: one at a time, checked whole, written by rename.

use std::sync::PoisonError;

use toml_edit::DocumentMut;
use web::{Fault, OfficeError, OfficeResult};

use super::{Workroom, failed};
use crate::config::Config;
use crate::replace;

impl Workroom {
    /// Reads the file, gives its text to `change`, checks what comes back and writes it. Where another program writes the
    /// file in between, its change stands and [`OfficeError::Faster`] says so.
    pub(super) fn edit(&self, change: impl FnOnce(&str) -> OfficeResult<(String, usize)>) -> OfficeResult<()> {
        let _one_at_a_time = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.text()?;
        let (after, line) = change(&before)?;
        if after == before {
            return Ok(());
        }
        self.check(&after, line)?;
        if self.text()? != before {
            return Err(OfficeError::Faster);
        }
        replace::text(&self.workspace.config_file(), &after).map_err(failed)
    }

    /// The text of the file.
    pub(super) fn text(&self) -> OfficeResult<String> {
        let file = self.workspace.config_file();
        let cannot = |error| OfficeError::Failed(format!("cannot read {}: {error}", file.display()));
        std::fs::read_to_string(&file).map_err(cannot)
    }

    /// Whether a text is a configuration. Lines are counted from `first`, where what was sent begins in it.
    fn check(&self, text: &str, first: usize) -> OfficeResult<()> {
        let wrong = |said: &str| OfficeError::Wrong(in_what_was_sent(text, said, first));
        let config = Config::parse(text.to_owned(), self.workspace.folder()).map_err(|said| wrong(&said))?;
        config.check().map_err(|error| wrong(format!("{error:#}").trim_start_matches("switchboard.toml")))
    }
}

/// A complaint of the configuration, `:LINE: message`, about the text that was sent: its line there, its column if known.
fn in_what_was_sent(text: &str, said: &str, first: usize) -> Fault {
    let parts = said.strip_prefix(':').and_then(|rest| rest.split_once(": "));
    let Some((Ok(line), message)) = parts.map(|(line, message)| (line.parse::<usize>(), message)) else {
        return Fault::new(said);
    };
    let column = Config::fault_at(text).filter(|(of, _)| *of == line).map(|(_, column)| column);
    match line.checked_sub(first) {
        Some(below) => Fault { line: Some(below + 1), column, ..Fault::new(message) },
        None => Fault::new(format!("line {line} of switchboard.toml: {message}")),
    }
}

/// The file as a document that can be edited.
pub(super) fn document(text: &str) -> OfficeResult<DocumentMut> {
    text.parse().map_err(|error| {
        let fault = super::values::fault(text, &error, None);
        OfficeError::Failed(format!("switchboard.toml cannot be read ({fault}); mend it by hand first"))
    })
}

/// What stands for a text: the same for the same text.
pub(super) fn seal(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..32].to_owned()
}
