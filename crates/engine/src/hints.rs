//! Errors of the planner, in words that help a person to mend the query.

use datafusion::common::{Column, SchemaError};
use datafusion::error::DataFusionError;
use model::tables::TABLES;

use crate::{EngineError, Place};

/// What the planner or the execution said, said so that a person knows what to do.
pub(crate) fn explain(error: DataFusionError) -> EngineError {
    let place = place(&error);
    match root(&error) {
        DataFusionError::ResourcesExhausted(message) => EngineError::Memory(first_line(message)),
        DataFusionError::SchemaError(schema, _) => match schema.as_ref() {
            SchemaError::FieldNotFound { field, valid_fields } => {
                EngineError::Query { place, message: no_column(field, valid_fields) }
            }
            SchemaError::AmbiguousReference { field } => EngineError::Query {
                place,
                message: format!(
                    "column `{0}` is in more than one table; write which, as in `messages.{0}`",
                    field.name
                ),
            },
            other => EngineError::Query { place, message: lowered(&other.to_string()) },
        },
        DataFusionError::Plan(message) => EngineError::Query { place, message: plan(message) },
        DataFusionError::SQL(error, _) => {
            let message = error.to_string();
            let message = message.strip_prefix("sql parser error: ").unwrap_or(&message);
            let (message, at) = split_location(message);
            EngineError::Query { place: Place(place.0.or(at)), message: lowered(message) }
        }
        DataFusionError::NotImplemented(message) => {
            EngineError::Query { place, message: format!("not supported: {}", lowered(message)) }
        }
        DataFusionError::Internal(message) => {
            // The rest asks for a report to DataFusion, which is for us to make.
            let message = message.lines().next().unwrap_or_default().split(". This issue").next().unwrap_or_default();
            EngineError::Query { place, message: format!("the query cannot be run: {}", lowered(message)) }
        }
        DataFusionError::Execution(message) => EngineError::Query { place, message: lowered(message) },
        DataFusionError::ArrowError(error, _) => EngineError::Query { place, message: lowered(&error.to_string()) },
        _ => EngineError::Failed(Box::new(error)),
    }
}

/// What is said of a table that is not there.
pub(crate) fn no_table(name: &str) -> String {
    let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    let hint = closest(name, &names).map(|near| format!("did you mean {near}? ")).unwrap_or_default();
    format!("no table `{name}`; {hint}there are {}", names.join(", "))
}

fn no_column(field: &Column, valid: &[Column]) -> String {
    let wanted = field.name();
    let names: Vec<&str> = valid.iter().map(|column| column.name.as_str()).collect();
    let hint = match closest(wanted, &names) {
        Some(near) => format!("did you mean {near}?"),
        None if names.is_empty() => "there are no columns here".to_owned(),
        None => format!("there are {}", unique(&names).join(", ")),
    };
    let elsewhere = |table: &&&model::tables::Table| table.columns.iter().any(|column| column.name == wanted);
    let tables: Vec<String> = TABLES.iter().filter(elsewhere).map(|table| format!("`{}`", table.name)).collect();
    match tables.is_empty() {
        true => format!("no column `{wanted}`; {hint}"),
        false => format!("no column `{wanted}` here, it is one of {}; {hint}", tables.join(", ")),
    }
}

fn plan(message: &str) -> String {
    let missing = message.strip_prefix("table '").and_then(|rest| rest.strip_suffix("' not found"));
    match missing {
        Some(name) => no_table(name.rsplit('.').next().unwrap_or(name)),
        None => lowered(message),
    }
}

/// Up to three of `names` that `wanted` may be a slip of, best first, as `a`, `b` or `c`.
fn closest(wanted: &str, names: &[&str]) -> Option<String> {
    let wanted = wanted.to_lowercase();
    let near = |name: &&str| {
        let distance = distance(&wanted, name);
        let part = wanted.len() > 2 && (name.contains(wanted.as_str()) || wanted.contains(*name));
        (distance <= (wanted.chars().count() / 3).max(1) || part).then_some(distance)
    };
    let mut found: Vec<_> = unique(names).iter().filter_map(|name| Some((near(name)?, *name))).collect();
    found.sort_unstable();
    found.truncate(3);
    let found: Vec<String> = found.into_iter().map(|(_, name)| format!("`{name}`")).collect();
    let (last, others) = found.split_last()?;
    Some(if others.is_empty() { last.clone() } else { format!("{} or {last}", others.join(", ")) })
}

fn unique<'a>(names: &[&'a str]) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for name in names {
        if !seen.contains(name) {
            seen.push(*name);
        }
    }
    seen
}

/// Letters to add, remove or change to make one of the other (Levenshtein), a swap counting as two.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, letter) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = line + 1;
        for (place, other) in b.iter().enumerate() {
            let changed = corner + usize::from(letter != *other);
            corner = row[place + 1];
            row[place + 1] = changed.min(corner + 1).min(row[place] + 1);
        }
    }
    row[b.len()]
}

/// The error that the others are wrapped around; of several the first.
fn root(error: &DataFusionError) -> &DataFusionError {
    match error {
        DataFusionError::Context(_, inner) | DataFusionError::Diagnostic(_, inner) => root(inner),
        DataFusionError::Shared(inner) => root(inner),
        DataFusionError::Collection(errors) => errors.first().map_or(error, root),
        DataFusionError::External(inner) => inner.downcast_ref().map_or(error, root),
        DataFusionError::ArrowError(inner, _) => match inner.as_ref() {
            arrow::error::ArrowError::ExternalError(inner) => inner.downcast_ref().map_or(error, root),
            _ => error,
        },
        other => other,
    }
}

fn place(error: &DataFusionError) -> Place {
    match error {
        DataFusionError::Diagnostic(diagnostic, inner) => match diagnostic.span {
            Some(span) => Place(Some((span.start.line, span.start.column))),
            None => place(inner),
        },
        DataFusionError::Context(_, inner) => place(inner),
        DataFusionError::Shared(inner) => place(inner),
        DataFusionError::Collection(errors) => errors.first().map(place).unwrap_or_default(),
        _ => Place::default(),
    }
}

/// Splits ` at Line: 1, Column: 8` off the end, where the parser puts it.
fn split_location(message: &str) -> (&str, Option<(u64, u64)>) {
    let parse = || {
        let (before, location) = message.rsplit_once(" at Line: ")?;
        let (line, column) = location.split_once(", Column: ")?;
        Some((before, (line.trim().parse().ok()?, column.trim().parse().ok()?)))
    };
    parse().map_or((message, None), |(before, at)| (before, Some(at)))
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

/// On one line, beginning in lower case unless with a name in capitals, without a full stop and
/// without asides about the planner's own steps.
fn lowered(message: &str) -> String {
    let line = message.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let line = line.split(", currently only ").next().unwrap_or_default();
    let line = line.replace("While expanding wildcard, ", "").replace("found: EOF", "found: the end of the query");
    let line = line.replace(". Did you mean", "; did you mean");
    let line = line.trim_end_matches('.');
    let mut letters = line.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("sbject", "subject", 1)] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn close_names() {
        let names = ["subject", "source", "time", "time_estimated", "person_id", "subject"];
        let check = |wanted: &str, expected: Option<&str>| assert_eq!(closest(wanted, &names).as_deref(), expected);
        check("sbject", Some("`subject`"));
        check("Source", Some("`source`"));
        check("person", Some("`person_id`"));
        check("times", Some("`time`"));
        check("zebra", None);
    }

    #[test]
    fn locations() {
        assert_eq!(split_location("Expected: x at Line: 2, Column: 8"), ("Expected: x", Some((2, 8))));
        assert_eq!(split_location("Expected: x"), ("Expected: x", None));
    }
}
