//! Values between forms and TOML.

use toml_edit::TomlError;
use web::Fault;
use web::office::FieldKind;

use crate::config;

/// A value as a field shows it, and the sort of that field; `None` if no field can.
pub fn shown(value: &toml::Value) -> Option<(FieldKind, String)> {
    match value {
        toml::Value::String(text) => Some((FieldKind::Text, text.clone())),
        toml::Value::Boolean(yes) => Some((FieldKind::Yes, if *yes { "yes".to_owned() } else { String::new() })),
        toml::Value::Array(all) => {
            let lines: Option<Vec<&str>> = all.iter().map(toml::Value::as_str).collect();
            Some((FieldKind::List, lines?.join("\n")))
        }
        toml::Value::Table(table) => {
            let (place, name) = table.iter().next().filter(|_| table.len() == 1)?;
            let name = name.as_str()?;
            ["env", "file"].contains(&place.as_str()).then(|| (FieldKind::Secret, format!("{place}:{name}")))
        }
        toml::Value::Float(number) => Some((FieldKind::Share, number.to_string())),
        toml::Value::Integer(number) => Some((FieldKind::Share, number.to_string())),
        toml::Value::Datetime(_) => None,
    }
}

/// What stands in a field, as a value; else what is wrong with it. The text is not quoted: it may be a secret in the wrong
/// place.
pub fn written(kind: &FieldKind, text: &str) -> Result<toml::Value, String> {
    match kind {
        FieldKind::Text => Ok(text.into()),
        FieldKind::Yes => Ok(true.into()),
        FieldKind::List => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Ok(lines.map(toml::Value::from).collect::<Vec<_>>().into())
        }
        FieldKind::Secret => {
            let wrong = || "write where the secret is, as env:NAME or file:PATH, never the secret itself".to_owned();
            let (place, name) = text.split_once(':').ok_or_else(wrong)?;
            let known = ["env", "file"].contains(&place) && !name.trim().is_empty();
            if !known {
                return Err(wrong());
            }
            Ok(toml::Table::from_iter([(place.to_owned(), name.trim().into())]).into())
        }
        FieldKind::Share => {
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            number.map(toml::Value::from).ok_or_else(|| "write a number, as 0.5".to_owned())
        }
    }
}

/// What is wrong with a text that is no TOML, and where.
pub fn fault(text: &str, error: &TomlError, field: Option<&str>) -> Fault {
    let start = error.span().map(|span| span.start);
    Fault {
        // Of several lines the first says what; the rest shows the text, which may hold anything.
        message: error.message().lines().collect::<Vec<_>>().join(", "),
        field: field.map(str::to_owned),
        line: start.map(|start| config::line_of(text, start)),
        column: start.map(|start| config::edit::column_of(text, start)),
    }
}
