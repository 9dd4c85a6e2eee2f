//! The sources as the pages list them.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use anyhow::Result;
use archive::{Archive, Tables};
use insight::views::{SourceLine, SourceSpan};
use source::Source;
use web::office::{KindView, ProblemLine, ProblemsView, RunView, SourceView, SourcesView};

use super::{Workroom, stamp};
use crate::runs::Runs;

/// What is known of each source but its configuration.
#[derive(Clone, Default)]
pub struct Held {
    /// Items and bytes in the archive, by source.
    archived: BTreeMap<String, (u64, u64)>,
    lines: BTreeMap<String, SourceLine>,
    spans: BTreeMap<String, SourceSpan>,
}

/// A kind, as the pages show it.
pub fn kind(source: &'static Source) -> KindView {
    let Source { kind, title, about, .. } = source;
    KindView {
        kind: (*kind).to_owned(),
        title: (*title).to_owned(),
        place: source.place.as_str().to_owned(),
        about: about.trim().to_owned(),
    }
}

impl Workroom {
    pub(super) fn list_sources(&self) -> Result<SourcesView> {
        let config = self.workspace.config()?;
        let (runs, held) = (Runs::read(&self.workspace.runs()), self.held()?);
        let view = |name: &str, source: Option<&'static Source>| held.view(name, source, &runs);
        let mut all: Vec<SourceView> =
            config.sources.iter().map(|source| view(source.name(), Some(source.source))).collect();
        for name in held.archived.keys() {
            if all.iter().all(|source| source.name != *name) {
                all.push(view(name, None));
            }
        }
        Ok(SourcesView { sources: all, sync: self.sync.view() })
    }

    pub(super) fn list_problems(&self, source: &str, skip: usize, most: usize) -> Result<ProblemsView> {
        let tables = Tables::new(&self.workspace.tables());
        let Some(manifest) = tables.manifest()? else { return Ok(ProblemsView::default()) };
        let found = insight::problems(&tables, &manifest, source, skip, most)?;
        let line = |problem: insight::views::ProblemAt| {
            let insight::views::ProblemAt { file, offset, what, detail } = problem;
            ProblemLine { file, offset, what, detail }
        };
        let problems = found.problems.into_iter().map(line).collect();
        Ok(ProblemsView { counts: found.counts, total: found.total, problems })
    }

    /// What the sources hold. Read again only when a run or a derive has ended since.
    fn held(&self) -> Result<Held> {
        let runs = stamp(&self.workspace.runs());
        let now = runs.max(stamp(&self.workspace.tables().join("manifest.json")));
        let mut known = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, held)) = known.as_ref().filter(|(of, _)| of.is_some() && *of == now) {
            return Ok(held.clone());
        }
        let held = self.read_held()?;
        *known = Some((now, held.clone()));
        Ok(held)
    }

    fn read_held(&self) -> Result<Held> {
        let tables = Tables::new(&self.workspace.tables());
        let mut held = Held::default();
        if let Some(manifest) = tables.manifest()? {
            let lines = insight::source_lines(&tables, &manifest)?;
            held.lines = lines.into_iter().map(|line| (line.source.clone(), line)).collect();
            held.spans = insight::source_spans(&tables, &manifest)?;
        }
        let folder = self.workspace.archive();
        // Looking must not make a folder: the workspace may be read-only.
        if !folder.is_dir() {
            return Ok(held);
        }
        let archive = Archive::open_existing(&folder)?;
        for name in archive.sources()? {
            let (mut items, mut bytes) = (0, 0);
            for number in archive.numbers(&name)? {
                let segment = archive.segment(&name, number)?;
                items += segment.head().items;
                bytes += segment.head().bytes;
            }
            held.archived.insert(name, (items, bytes));
        }
        Ok(held)
    }
}

impl Held {
    fn view(&self, name: &str, source: Option<&'static Source>, runs: &Runs) -> SourceView {
        let (items, bytes) = self.archived.get(name).copied().unwrap_or_default();
        let (line, span) = (self.lines.get(name), self.spans.get(name).cloned().unwrap_or_default());
        SourceView {
            name: name.to_owned(),
            kind: source.map(|source| source.kind.to_owned()),
            title: source.map(|source| source.title.to_owned()).unwrap_or_default(),
            place: source.map(|source| source.place.as_str().to_owned()).unwrap_or_default(),
            items,
            bytes,
            messages: line.map_or(0, |line| line.messages),
            activities: line.map_or(0, |line| line.activities),
            problems: line.map_or(0, |line| line.problems),
            channels: span.channels,
            first: span.first,
            last: span.last,
            run: runs.get(name).map(|run| RunView {
                started: run.started,
                seconds: run.seconds,
                items: run.items,
                error: run.error.clone(),
            }),
        }
    }
}
