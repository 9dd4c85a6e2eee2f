//! Writing a source's section from its form.

use std::path::Path;

use source::{Context, Source};
use toml_edit::{Item, Table};
use web::office::{Proposal, SourceForm};
use web::{Draft, Fault, OfficeError, OfficeResult};

use super::{Workroom, edit, form};
use crate::commands::add::propose;
use crate::config::{self, Configured};

impl Workroom {
    pub(super) fn look_at(&self, path: &str) -> OfficeResult<Vec<Proposal>> {
        let place = self.workspace.folder().join(path);
        let found = ::sources::recognize(&place).map_err(|error| OfficeError::wrong(error.to_string()))?;
        if found.is_empty() {
            return Err(OfficeError::wrong(format!(
                "nothing that a source reads was found at {}; choose a kind below to add it all the same",
                place.display()
            )));
        }
        let proposal = |candidate: ::sources::Candidate| Proposal {
            title: candidate.source().map(|source| source.title.to_owned()).unwrap_or_default(),
            kind: candidate.kind.to_owned(),
            sure: candidate.seen.sure,
            what: candidate.seen.what,
        };
        Ok(found.into_iter().map(proposal).collect())
    }

    pub(super) fn form_of_kind(&self, kind: &str, path: Option<&str>) -> OfficeResult<Option<SourceForm>> {
        let Some(source) = ::sources::named(kind) else { return Ok(None) };
        let mut form = empty(source);
        if let Some(path) = path {
            let config = self.config()?;
            let free =
                |name: &str| check_name(name).is_ok() && config.sources.iter().all(|source| source.name() != name);
            form.name = propose::name(Path::new(path), kind, &free);
            let place = self.workspace.folder().join(path);
            let seen = ::sources::recognize(&place).unwrap_or_default();
            let seen = seen.into_iter().find(|candidate| candidate.kind == kind);
            let mut options = seen.map(|candidate| candidate.seen.options).unwrap_or_default();
            options.insert("path".to_owned(), path.into());
            form.rest = form::fill(&mut form.fields, &options);
        }
        Ok(Some(form))
    }

    pub(super) fn form_of_source(&self, name: &str) -> OfficeResult<Option<SourceForm>> {
        let config = self.config()?;
        let Some(source) = config.sources.iter().find(|source| source.name() == name) else { return Ok(None) };
        let mut form = SourceForm { name: name.to_owned(), seen: seal(source), ..empty(source.source) };
        form.rest = form::fill(&mut form.fields, &source.context.options);
        Ok(Some(form))
    }

    pub(super) fn write_source(&self, draft: &Draft) -> OfficeResult<()> {
        let (source, options) = self.understood(draft)?;
        if draft.seen.is_empty() {
            let named =
                |message: String| OfficeError::Wrong(Fault { field: Some("name".into()), ..Fault::new(message) });
            check_name(&draft.name).map_err(named)?;
            return self.edit(|text| {
                if self.config()?.sources.iter().any(|source| source.name() == draft.name) {
                    return Err(named("there is a source of this name already; choose another".to_owned()));
                }
                let whole = config::add_section(text, &draft.name, source.kind, &options).map_err(super::failed)?;
                Ok((whole, usize::MAX))
            });
        }
        self.edit(|text| {
            self.is_as_seen(&draft.name, &draft.seen)?;
            let mut document = edit::document(text)?;
            let section = document.get_mut("sources").and_then(|sources| sources.get_mut(&draft.name));
            let section = section.and_then(Item::as_table_like_mut).ok_or(OfficeError::Faster)?;
            let gone: Vec<String> = section.iter().map(|(key, _)| key.to_owned()).collect();
            for key in gone.iter().filter(|key| *key != "kind" && !options.contains_key(*key)) {
                section.remove(key);
            }
            for (key, value) in &options {
                put(section, key, value)?;
            }
            Ok((document.to_string(), usize::MAX))
        })
    }

    pub(super) fn take_source_out(&self, name: &str, seen: &str) -> OfficeResult<()> {
        self.edit(|text| {
            self.is_as_seen(name, seen)?;
            let mut document = edit::document(text)?;
            let sources = document.get_mut("sources").and_then(Item::as_table_like_mut);
            sources.and_then(|sources| sources.remove(name)).ok_or(OfficeError::Faster)?;
            Ok((document.to_string(), usize::MAX))
        })
    }

    /// A draft's kind and options, if the kind accepts them.
    pub(super) fn understood(&self, draft: &Draft) -> OfficeResult<(&'static Source, toml::Table)> {
        let unknown = || OfficeError::wrong("there is no such kind of source; choose one of the list");
        let source = ::sources::named(&draft.kind).ok_or_else(unknown)?;
        let options = form::options(source, draft).map_err(OfficeError::Wrong)?;
        let context = self.context(draft, options.clone());
        (source.normalizer)(&context).map_err(|error| {
            let quoted = error.message.split('`').nth(1);
            let field = draft.values.iter().map(|(name, _)| name).find(|name| Some(name.as_str()) == quoted).cloned();
            OfficeError::Wrong(Fault { field, ..Fault::new(error.message) })
        })?;
        Ok((source, options))
    }

    pub(super) fn context(&self, draft: &Draft, options: toml::Table) -> Context {
        Context { source: draft.name.clone(), base: self.workspace.folder().to_owned(), options }
    }

    fn is_as_seen(&self, name: &str, seen: &str) -> OfficeResult<()> {
        let config = self.config()?;
        let stands = config.sources.iter().find(|source| source.name() == name);
        stands.filter(|source| seal(source) == seen).map(|_| ()).ok_or(OfficeError::Faster)
    }
}

/// The form of a kind with nothing in it.
fn empty(source: &'static Source) -> SourceForm {
    let (fields, rest_example) = form::fields(source);
    SourceForm {
        kind: source.kind.to_owned(),
        title: source.title.to_owned(),
        about: source.about.trim().to_owned(),
        fields,
        rest_example,
        ..SourceForm::default()
    }
}

/// Whether a source may be called so: a name that is also the address of a page would hide that page.
fn check_name(name: &str) -> Result<(), String> {
    if ["new", "sync"].contains(&name) {
        return Err("a page has this name; choose another".to_owned());
    }
    config::check_name(name)
}

fn seal(source: &Configured) -> String {
    edit::seal(&format!("{} {}", source.source.kind, toml::to_string(&source.context.options).unwrap_or_default()))
}

/// Sets one key of a section. What stays the same stays as it is written, its comment in any case.
pub(super) fn put(section: &mut dyn toml_edit::TableLike, key: &str, value: &toml::Value) -> OfficeResult<()> {
    let new = config::edit::edited(value).map_err(super::failed)?;
    match section.get_mut(key) {
        Some(Item::Value(old)) => {
            if old.clone().decorated("", "").to_string() != new.to_string() {
                let decor = old.decor().clone();
                *old = new;
                *old.decor_mut() = decor;
            }
        }
        Some(Item::Table(table)) if is_same(table, value) => {}
        Some(item) => *item = toml_edit::value(new),
        None => drop(section.insert(key, toml_edit::value(new))),
    }
    Ok(())
}

fn is_same(table: &Table, value: &toml::Value) -> bool {
    let shown: Result<toml::Table, _> = toml::from_str(&table.to_string());
    shown.is_ok_and(|shown| toml::Value::Table(shown) == *value)
}
