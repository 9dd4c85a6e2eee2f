//! The form of a source: made from the example that its kind gives, filled from its section, and back.

use source::Source;
use toml_edit::{DocumentMut, Item, Value};
use web::office::{Field, FieldKind};
use web::{Draft, Fault};

/// The simple options of a kind as fields, and the example's other lines.
pub fn fields(source: &Source) -> (Vec<Field>, String) {
    let (mut fields, mut rest) = (Vec::new(), String::new());
    for line in source.example.lines() {
        let option = line.trim_start_matches(['#', ' ']);
        match field(option, option.len() == line.len()) {
            Some(field) => fields.push(field),
            None => {
                rest.push_str(option);
                rest.push('\n');
            }
        }
    }
    (fields, rest.trim_end().to_owned())
}

/// One line of an example, `key = value # what it is for`, as a field; `None` if it is not that simple.
fn field(line: &str, given: bool) -> Option<Field> {
    let document: DocumentMut = line.parse().ok()?;
    let (name, item) = document.iter().next()?;
    let value = item.as_value()?;
    let hint = value.decor().suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default();
    let (kind, example) = simple(value)?;
    Some(Field {
        name: name.to_owned(),
        title: title(name),
        hint: hint.trim().trim_start_matches('#').trim().to_owned(),
        kind,
        value: String::new(),
        example,
        // Nothing can be collected from nowhere; everything else has a default or is asked for by the kind.
        must: given && name == "path",
    })
}

/// What sort of field shows a value, and how the value stands in it; `None` if none does.
fn simple(value: &Value) -> Option<(FieldKind, String)> {
    match value {
        Value::String(text) => Some((FieldKind::Text, text.value().clone())),
        Value::Boolean(_) => Some((FieldKind::Yes, "yes".to_owned())),
        Value::Array(array) => {
            let lines: Option<Vec<&str>> = array.iter().map(Value::as_str).collect();
            Some((FieldKind::List, lines?.join("\n")))
        }
        Value::InlineTable(table) => {
            let (place, name) = table.iter().next().filter(|_| table.len() == 1)?;
            let name = name.as_str()?;
            ["env", "file"].contains(&place).then(|| (FieldKind::Secret, format!("{place}:{name}")))
        }
        _ => None,
    }
}

/// `site_url` as `Site url`.
fn title(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// Fills fields from a section's options; gives what has no field, as TOML.
pub fn fill(fields: &mut [Field], options: &toml::Table) -> String {
    let mut rest = toml::Table::new();
    for (key, value) in options {
        let shown = super::values::shown(value);
        match fields.iter_mut().find(|field| field.name == *key) {
            Some(field) if shown.as_ref().is_some_and(|(kind, _)| *kind == field.kind) => {
                field.value = shown.map(|(_, text)| text).unwrap_or_default();
            }
            _ => {
                rest.insert(key.clone(), value.clone());
            }
        }
    }
    toml::to_string(&rest).unwrap_or_default()
}

/// The options that a form's draft describes.
pub fn options(source: &Source, draft: &Draft) -> Result<toml::Table, Fault> {
    let (fields, _) = fields(source);
    let mut options = rest(&draft.rest)?;
    for field in fields {
        let sent = draft.values.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value.trim());
        let Some(text) = sent.filter(|text| !text.is_empty()) else { continue };
        let fault = |message: String| Fault { field: Some(field.name.clone()), ..Fault::new(message) };
        let value = super::values::written(&field.kind, text).map_err(fault)?;
        if options.insert(field.name.clone(), value).is_some() {
            return Err(fault(format!("`{}` stands among the further options as well; write it once", field.name)));
        }
    }
    Ok(options)
}

/// The further options, as a table.
fn rest(text: &str) -> Result<toml::Table, Fault> {
    let document: Result<DocumentMut, _> = text.parse();
    let document = document.map_err(|error| super::values::fault(text, &error, Some("rest")))?;
    let kind = |item: &Item| item.is_none();
    if document.get("kind").is_some_and(|item| !kind(item)) {
        let message = "the kind of a source cannot be changed; add another source";
        return Err(Fault { field: Some("rest".to_owned()), ..Fault::new(message) });
    }
    // Parsed by the one library, it is parsed by the other.
    toml::from_str(text).map_err(|error: toml::de::Error| Fault::new(error.message()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_form_and_its_example_fits_it() {
        for source in sources::SOURCES {
            let (fields, rest) = fields(source);
            assert!(fields.iter().any(|field| field.name == "path" && field.must), "{}", source.kind);
            assert!(fields.iter().all(|field| !field.title.is_empty()), "{}", source.kind);
            let values = fields.iter().map(|field| (field.name.clone(), field.example.clone())).collect();
            let draft = Draft { kind: source.kind.to_owned(), values, rest, ..Draft::default() };
            let options = options(source, &draft).unwrap_or_else(|fault| panic!("{}: {fault}", source.kind));
            let (mut again, _) = super::fields(source);
            let rest = fill(&mut again, &options);
            assert!(again.iter().all(|field| field.value == field.example), "{}", source.kind);
            assert_eq!(rest.is_empty(), draft.rest.is_empty(), "{}", source.kind);
        }
    }

    #[test]
    fn a_form_is_what_the_example_says() {
        let source = sources::named("git").expect("a kind");
        let (fields, rest) = fields(source);
        let all: Vec<String> = fields
            .iter()
            .map(|field| format!("{} {:?} {} | {}", field.title, field.kind, field.must, field.hint))
            .collect();
        insta::assert_snapshot!(all.join("\n"), @r"
        Path Text true | a working copy or a bare repository on this machine
        Branches List false | only these (`*` and `?` match); all local and remote ones if left out
        Channel Text false | how the repository is called in tables; the source's name if left out
        ");
        assert_eq!(rest, "");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let source = sources::named("table").expect("a kind");
        let check = |values: &[(&str, &str)], rest: &str, expected: &str| {
            let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let draft = Draft { values, rest: rest.to_owned(), ..Draft::default() };
            let fault = options(source, &draft).expect_err("wrong");
            assert_eq!(format!("{:?} {fault}", fault.field), expected);
        };
        check(
            &[],
            "columns.id = ",
            "Some(\"rest\") line 1, column 14: string values must be quoted, expected literal string",
        );
        check(
            &[("path", "x")],
            "path = 'y'",
            "Some(\"path\") `path` stands among the further options as well; write it once",
        );
        check(&[], "kind = 'mbox'", "Some(\"rest\") the kind of a source cannot be changed; add another source");
    }
}
