//! The settings as sections: their simple values as fields, all of them as the text that stands in the file.

use insight::support::Support;
use toml_edit::{Item, Table, TableLike};
use web::office::{Field, FieldGroup, SectionLine, SectionView};
use web::{Fault, OfficeError, OfficeResult, Values};

use super::{Workroom, blocks, edit, section, values};

mod list;

use list::{Kept, SECTIONS, Simple};

impl Workroom {
    pub(super) fn list_sections(&self) -> OfficeResult<Vec<SectionLine>> {
        let table = table(&self.text()?)?;
        let line = |section: &Kept| SectionLine {
            name: section.name.to_owned(),
            title: section.title.to_owned(),
            about: section.about.to_owned(),
            now: (section.now)(&table),
        };
        Ok(SECTIONS.iter().map(line).collect())
    }

    pub(super) fn show_section(&self, name: &str) -> OfficeResult<Option<SectionView>> {
        let Some(section) = named(name) else { return Ok(None) };
        let whole = self.text()?;
        let text = blocks::text_of(&whole, section.keys).map_err(|error| unreadable(&whole, &error))?;
        let table = table(&whole)?;
        let support = Support::default_with(2 * model::time::DAY);
        Ok(Some(SectionView {
            name: section.name.to_owned(),
            title: section.title.to_owned(),
            about: section.about.to_owned(),
            counts: section.counts.to_owned(),
            groups: section.groups(&support).into_iter().map(|group| filled(group, &table)).collect(),
            seen: edit::seal(&text),
            text: if section.has_text { text } else { String::new() },
            example: section.example.to_owned(),
            keys: section.keys.iter().filter(|_| section.has_text).map(|key| (*key).to_owned()).collect(),
        }))
    }

    pub(super) fn write_text(&self, name: &str, text: &str, seen: &str) -> OfficeResult<()> {
        let section = named(name).filter(|section| section.has_text).ok_or_else(missing)?;
        // Browsers end lines as RFC 1945 has it; the file has them as its editor does.
        let text = text.replace("\r\n", "\n");
        let stranger = blocks::stranger(&text, section.keys);
        let stranger = stranger.map_err(|error| OfficeError::Wrong(values::fault(&text, &error, None)))?;
        if let Some(key) = stranger {
            let keys: Vec<String> = section.keys.iter().map(|key| format!("[{key}]")).collect();
            let keys = keys.join(", ");
            return Err(OfficeError::wrong(format!(
                "`{key}` does not stand in a section of this page; they are {keys}"
            )));
        }
        self.edit(|whole| {
            is_as_seen(whole, section, seen)?;
            blocks::replace(whole, section.keys, &text).map_err(|error| unreadable(whole, &error))
        })
    }

    pub(super) fn write_values(&self, name: &str, sent: &Values, seen: &str) -> OfficeResult<()> {
        let section = named(name).ok_or_else(missing)?;
        let support = Support::default_with(2 * model::time::DAY);
        let fields: Vec<Field> = section.groups(&support).into_iter().flat_map(|group| group.fields).collect();
        let written = self.edit(|whole| {
            is_as_seen(whole, section, seen)?;
            let mut document = edit::document(whole)?;
            for field in &fields {
                let text = sent.iter().find(|(name, _)| *name == field.name).map_or("", |(_, value)| value.trim());
                set(document.as_table_mut(), field, text)?;
            }
            Ok((document.to_string(), usize::MAX))
        });
        written.map_err(|error| match error {
            // The line is one of the file, which whoever sent a form does not see.
            OfficeError::Wrong(fault) => OfficeError::Wrong(in_a_field(fault, &fields)),
            error => error,
        })
    }
}

fn named(name: &str) -> Option<&'static Kept> {
    SECTIONS.iter().find(|section| section.name == name)
}

fn missing() -> OfficeError {
    OfficeError::Missing("there is no such section".to_owned())
}

fn unreadable(text: &str, error: &toml_edit::TomlError) -> OfficeError {
    let fault = values::fault(text, error, None);
    OfficeError::Failed(format!("switchboard.toml cannot be read ({fault}); mend it by hand first"))
}

fn is_as_seen(whole: &str, section: &Kept, seen: &str) -> OfficeResult<()> {
    let text = blocks::text_of(whole, section.keys).map_err(|error| unreadable(whole, &error))?;
    if edit::seal(&text) == seen { Ok(()) } else { Err(OfficeError::Faster) }
}

fn table(text: &str) -> OfficeResult<toml::Table> {
    toml::from_str(text)
        .map_err(|_| OfficeError::Failed("switchboard.toml cannot be read; run `switchboard doctor`".into()))
}

/// What stands at a path of keys: `tiers.1.name`.
fn at<'a>(table: &'a toml::Table, path: &str) -> Option<&'a toml::Value> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let value = table.get(first)?;
    match rest {
        Some(rest) => at(value.as_table()?, rest),
        None => Some(value),
    }
}

fn filled(mut group: FieldGroup, table: &toml::Table) -> FieldGroup {
    for field in &mut group.fields {
        let shown = at(table, &field.name).and_then(values::shown);
        field.value = shown.map(|(_, text)| text).unwrap_or_default();
    }
    group
}

/// Sets the value of a field, or takes it out where nothing stands in it; sections that have nothing left go too.
fn set(root: &mut Table, field: &Field, text: &str) -> OfficeResult<()> {
    let fault = |message: String| OfficeError::Wrong(Fault { field: Some(field.name.clone()), ..Fault::new(message) });
    let (path, key) = field.name.rsplit_once('.').unwrap_or(("", &field.name));
    if text.is_empty() {
        remove(root, path, key);
        return Ok(());
    }
    let value = values::written(&field.kind, text).map_err(fault)?;
    let mut table: &mut dyn TableLike = root;
    let parts: Vec<&str> = path.split('.').filter(|part| !part.is_empty()).collect();
    for (depth, part) in parts.iter().enumerate() {
        let new = || {
            let mut table = Table::new();
            table.set_implicit(depth + 1 < parts.len());
            table.decor_mut().set_prefix("\n");
            Item::Table(table)
        };
        let inner = table.entry(part).or_insert_with(new);
        table =
            inner.as_table_like_mut().ok_or_else(|| fault(format!("`{part}` is no section of switchboard.toml")))?;
    }
    section::put(table, key, &value)
}

fn remove(root: &mut dyn TableLike, path: &str, key: &str) {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(inner) = root.get_mut(first).and_then(Item::as_table_like_mut) else { return };
    match rest {
        "" => drop(inner.remove(key)),
        rest => remove(inner, rest, key),
    }
    if inner.is_empty() && first != "community" {
        root.remove(first);
    }
}

/// A complaint about the whole file as one about a form: the field whose key it names is pointed at.
fn in_a_field(fault: Fault, fields: &[Field]) -> Fault {
    if fault.field.is_some() {
        return fault;
    }
    let message =
        fault.message.rsplit_once("switchboard.toml: ").map_or(fault.message.as_str(), |(_, message)| message);
    let quoted = message.split('`').nth(1);
    let of = |field: &&Field| quoted.is_some_and(|key| field.name.rsplit('.').next() == Some(key));
    let field = fields.iter().find(of).map(|field| field.name.clone());
    Fault { field, ..Fault::new(message) }
}

impl Kept {
    /// The simple values, as groups of empty fields.
    fn groups(&self, support: &Support) -> Vec<FieldGroup> {
        let mut groups: Vec<FieldGroup> =
            self.values.iter().map(|(title, about, simple)| group(title, about, simple)).collect();
        if self.name == "support" {
            groups.extend(support.tiers.iter().map(|tier| {
                let mut group = group(&format!("Tier {}: {}", tier.tier, tier.name), "", list::TIER);
                for field in &mut group.fields {
                    field.example = match field.name.as_str() {
                        "name" => tier.name.clone(),
                        "who" => tier.who.clone(),
                        _ => field.example.clone(),
                    };
                    field.name = format!("tiers.{}.{}", tier.tier, field.name);
                }
                group
            }));
        }
        groups
    }
}

fn group(title: &str, about: &str, simple: &[Simple]) -> FieldGroup {
    let field = |simple: &Simple| Field {
        name: simple.0.to_owned(),
        title: simple.1.to_owned(),
        hint: simple.2.to_owned(),
        kind: simple.4.clone(),
        value: String::new(),
        example: simple.3.to_owned(),
        must: simple.0 == "community.name",
    };
    FieldGroup { title: title.to_owned(), about: about.to_owned(), fields: simple.iter().map(field).collect() }
}
