//! Keeps every page, unchanged.

use std::collections::BTreeMap;

use model::{Problem, Stage};
use serde_json::{Value, json};
use source::run::MAX_ITEM;
use source::{CollectError, Context, Options, Sink};

use super::config::DocumentsOptions;
use super::format::{Format, base, is_not_written};
use super::site::Site;
use crate::files::{self, FoundFile};
use crate::whole;

/// The kind of the items.
pub const KIND: &str = "page";

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = DocumentsOptions::read(context)?;
    let path = context.resolve(&options.path);
    let mut problems = Vec::new();
    let mut files = files::find(&path, options.glob.as_deref(), &mut |problem| problems.push(problem))?;
    problems.retain(|problem| !is_not_written(&problem.file));
    problems.into_iter().try_for_each(|problem| sink.problem(problem))?;
    files.retain(|file| !is_not_written(&file.name));

    let sites: Vec<(String, Site)> =
        files.iter().filter_map(|file| Site::configured_by(&file.name)).map(|(site, top)| (top, site)).collect();
    let (pages, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| Format::of(file.plain_name()).is_some());
    if pages.is_empty() {
        return Err(CollectError::Other(format!(
            "{} holds no pages; name a folder with files as .md, .rst, .adoc, .html or .txt",
            path.display()
        )));
    }
    passed_over(&others, sink)?;
    whole::collect(&pages, MAX_ITEM, cursor, sink, &|file| {
        let mut origin = json!({ "file": file.name });
        if let Some((top, site)) = site_of(&file.name, &sites) {
            origin["site"] = json!(site);
            origin["top"] = json!(top);
        }
        (KIND, origin)
    })
}

/// The site that a page is part of: the nearest one above it.
fn site_of<'a>(name: &str, sites: &'a [(String, Site)]) -> Option<&'a (String, Site)> {
    sites.iter().filter(|(top, _)| name.starts_with(top.as_str())).max_by_key(|(top, _)| top.len())
}

/// Says how many files are no pages, by their endings.
fn passed_over(others: &[FoundFile], sink: &mut dyn Sink) -> Result<(), CollectError> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for file in others {
        let name = base(file.plain_name());
        let ending = name.rsplit_once('.').filter(|(stem, ending)| !stem.is_empty() && ending.len() <= 10);
        let files = ending.map_or_else(|| name.to_owned(), |(_, ending)| format!("*.{}", ending.to_ascii_lowercase()));
        *counts.entry(files).or_default() += 1;
    }
    counts.into_iter().try_for_each(|(file, count)| {
        let detail = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        let what = "is no page".to_owned();
        sink.problem(Problem { stage: Stage::Collect, what, file, offset: None, detail })
    })
}
