//! What the pages do to the workspace itself: its sources, its settings, exports. Everything that the command line does with
//! the same words, done with the same parts.

use std::io::Write;
use std::sync::Mutex;
use std::time::SystemTime;

use web::office::{
    AlertsView, ExportTable, KindView, ProblemsView, Proposal, SectionLine, SectionView, SourceForm, SourcesView,
    SyncView, Trial,
};
use web::{Draft, Office, OfficeError, OfficeResult, Values};

use crate::config::Config;
use crate::workspace::Workspace;

mod alerts;
mod blocks;
mod edit;
mod export;
mod first;
mod form;
mod section;
mod settings;
mod sources;
mod sync;
mod trial;
mod values;

pub use first::tables as first_tables;

/// Looks after one workspace.
pub struct Workroom {
    workspace: Workspace,
    /// Held while the configuration is read, changed and written.
    writing: Mutex<()>,
    /// What the sources hold, as of a stamp.
    held: Mutex<Option<(Stamp, sources::Held)>>,
    sync: sync::Syncs,
}

/// What tells one state of a file from the next without reading it.
pub type Stamp = Option<(SystemTime, u64)>;

impl Workroom {
    /// Looks after a workspace. Nothing is opened yet.
    pub fn new(workspace: Workspace) -> Workroom {
        let sync = sync::Syncs::new(workspace.clone());
        Workroom { workspace, writing: Mutex::new(()), held: Mutex::new(None), sync }
    }

    /// The configuration as it stands. It may have been edited by hand since.
    fn config(&self) -> OfficeResult<Config> {
        self.workspace.config().map_err(failed)
    }
}

/// A file's stamp; `None` if it is not there.
pub fn stamp(file: &std::path::Path) -> Stamp {
    let data = std::fs::metadata(file).ok()?;
    Some((data.modified().ok()?, data.len()))
}

/// An error of the binary, with its causes, as the pages say it.
fn failed(error: anyhow::Error) -> OfficeError {
    OfficeError::Failed(format!("{error:#}"))
}

impl Office for Workroom {
    fn kinds(&self) -> Vec<KindView> {
        ::sources::SOURCES.iter().map(|source| sources::kind(source)).collect()
    }

    fn sources(&self) -> OfficeResult<SourcesView> {
        self.list_sources().map_err(failed)
    }

    fn problems(&self, source: &str, skip: usize, most: usize) -> OfficeResult<ProblemsView> {
        self.list_problems(source, skip, most).map_err(failed)
    }

    fn look(&self, path: &str) -> OfficeResult<Vec<Proposal>> {
        self.look_at(path)
    }

    fn new_form(&self, kind: &str, path: Option<&str>) -> OfficeResult<Option<SourceForm>> {
        self.form_of_kind(kind, path)
    }

    fn form(&self, name: &str) -> OfficeResult<Option<SourceForm>> {
        self.form_of_source(name)
    }

    fn test(&self, draft: &Draft) -> OfficeResult<Trial> {
        self.try_draft(draft)
    }

    fn put_source(&self, draft: &Draft) -> OfficeResult<()> {
        self.write_source(draft)
    }

    fn remove_source(&self, name: &str, seen: &str) -> OfficeResult<()> {
        self.take_source_out(name, seen)
    }

    fn sync(&self, names: &[String], who: &str) -> OfficeResult<()> {
        self.config()?.named(names).map_err(|_| OfficeError::Missing("no source is called so".to_owned()))?;
        self.sync.start(names, who)
    }

    fn erase(&self, person: &str, who: &str) -> OfficeResult<()> {
        self.sync.erase(person, who)
    }

    fn stop_sync(&self) -> OfficeResult<bool> {
        Ok(self.sync.stop())
    }

    fn syncing(&self) -> SyncView {
        self.sync.view()
    }

    fn sections(&self) -> OfficeResult<Vec<SectionLine>> {
        self.list_sections()
    }

    fn section(&self, name: &str) -> OfficeResult<Option<SectionView>> {
        self.show_section(name)
    }

    fn put_values(&self, name: &str, values: &Values, seen: &str) -> OfficeResult<()> {
        self.write_values(name, values, seen)
    }

    fn put_text(&self, name: &str, text: &str, seen: &str) -> OfficeResult<()> {
        self.write_text(name, text, seen)
    }

    fn alerts(&self, most: usize) -> OfficeResult<AlertsView> {
        self.list_alerts(most).map_err(failed)
    }

    fn test_alert(&self, target: &str) -> OfficeResult<()> {
        self.send_test(target)
    }

    fn stop_alerts(&self, subject: &str, stop: bool, who: &str) -> OfficeResult<()> {
        self.stop_or_resume(subject, stop, who)
    }

    fn send_again(&self, number: i64) -> OfficeResult<()> {
        self.queue_again(number)
    }

    fn tables(&self) -> OfficeResult<Vec<ExportTable>> {
        self.list_tables().map_err(failed)
    }

    fn export(&self, table: &str, format: &str, out: &mut (dyn Write + Send)) -> OfficeResult<()> {
        self.write_table(table, format, out)
    }

    fn export_desk(&self, out: &mut (dyn Write + Send)) -> OfficeResult<()> {
        self.write_desk(out).map_err(failed)
    }
}
