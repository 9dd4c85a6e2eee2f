//! One request to an endpoint: what was given, checked against what the endpoint takes.

use std::collections::BTreeMap;

use model::Id;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::endpoint::{Endpoint, Kind, Parameter};
use super::{Access, Problem};
use crate::service::Service;

/// A request, ready to be answered.
pub(crate) struct Call<'a> {
    pub service: &'a Service,
    pub access: &'a Access,
    values: BTreeMap<&'static str, Given>,
    body: Option<Value>,
}

/// A parameter's value, of the kind that the endpoint says.
#[derive(Debug, Clone, PartialEq)]
enum Given {
    Text(String),
    Number(u64),
    /// Microseconds UTC.
    Time(i64),
}

impl<'a> Call<'a> {
    /// Checks what was given against what the endpoint takes. `given` is in any order.
    pub(crate) fn new(
        service: &'a Service,
        access: &'a Access,
        endpoint: &Endpoint,
        given: &[(String, String)],
        body: Option<Value>,
    ) -> Result<Call<'a>, Problem> {
        let mut values = BTreeMap::new();
        for (name, text) in given {
            let parameter = endpoint.parameters.iter().find(|parameter| parameter.name == name);
            let parameter = parameter.ok_or_else(|| unknown(name, endpoint))?;
            if values.insert(parameter.name, read(parameter, text)?).is_some() {
                return Err(Problem::Parameter(format!("`{}` is given more than once", parameter.name)));
            }
        }
        for parameter in endpoint.parameters {
            match &parameter.kind {
                _ if values.contains_key(parameter.name) => {}
                Kind::Number { default: Some(number), .. } => {
                    drop(values.insert(parameter.name, Given::Number(*number)))
                }
                _ if parameter.required => {
                    return Err(Problem::Parameter(format!("`{}` is missing: {}", parameter.name, parameter.about)));
                }
                _ => {}
            }
        }
        Ok(Call { service, access, values, body })
    }

    /// A text, an id or a choice, if it was given.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.values.get(name)? {
            Given::Text(text) => Some(text),
            Given::Number(_) | Given::Time(_) => None,
        }
    }

    /// A text, an id or a choice that the endpoint requires.
    pub(crate) fn required(&self, name: &'static str) -> Result<&str, Problem> {
        self.text(name).ok_or(Problem::Broken)
    }

    /// A number, if it was given or has a default.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        match self.values.get(name)? {
            Given::Number(number) => Some(*number),
            Given::Text(_) | Given::Time(_) => None,
        }
    }

    /// An instant in microseconds UTC, if it was given.
    pub(crate) fn time(&self, name: &str) -> Option<i64> {
        match self.values.get(name)? {
            Given::Time(time) => Some(*time),
            Given::Text(_) | Given::Number(_) => None,
        }
    }

    /// What was sent.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let body = self.body.clone().unwrap_or_else(|| Value::Object(serde_json::Map::new()));
        serde_json::from_value(body).map_err(|error| Problem::Body(error.to_string()))
    }
}

/// An answer as JSON.
pub(crate) fn value(view: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(view).map_err(|_| Problem::Broken)
}

fn unknown(name: &str, endpoint: &Endpoint) -> Problem {
    let names: Vec<String> = endpoint.parameters.iter().map(|parameter| format!("`{}`", parameter.name)).collect();
    let known = if names.is_empty() { "it takes none".to_owned() } else { format!("it takes {}", names.join(", ")) };
    let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
    Problem::Parameter(format!("there is no parameter `{name}` here; {known}"))
}

fn read(parameter: &Parameter, text: &str) -> Result<Given, Problem> {
    let name = parameter.name;
    let wrong = |expected: String| Problem::Parameter(format!("`{name}` must be {expected}"));
    match &parameter.kind {
        Kind::Text(longest) => match text.chars().nth(*longest) {
            None => Ok(Given::Text(text.to_owned())),
            Some(_) => Err(wrong(format!("at most {longest} characters"))),
        },
        Kind::Number { least, most, .. } => {
            let number = text.parse().ok().filter(|number| (least..=most).contains(&number));
            number.map(Given::Number).ok_or_else(|| wrong(format!("a whole number from {least} to {most}")))
        }
        // What cannot be an id is the id of nothing.
        Kind::Id => Id::parse(text).map(|id| Given::Text(id.to_string())).ok_or(Problem::Nothing),
        Kind::Choice(words) => match words.contains(&text) {
            true => Ok(Given::Text(text.to_owned())),
            false => Err(wrong(format!("one of {}", words.join(", ")))),
        },
        Kind::Time => instant(text)
            .map(Given::Time)
            .ok_or_else(|| wrong("a day or an instant, as 2024-06-01 or 2024-06-01T12:00:00Z".to_owned())),
    }
}

/// Microseconds UTC of an instant, or of a day's beginning in UTC.
fn instant(text: &str) -> Option<i64> {
    let instant = text.parse::<jiff::Timestamp>().ok();
    let day = || text.parse::<jiff::civil::Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok();
    instant.or_else(|| Some(day()?.timestamp())).map(jiff::Timestamp::as_microsecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_instants() {
        let check = |text: &str, expected: Option<i64>| assert_eq!(instant(text), expected, "{text}");
        check("1970-01-02", Some(86_400_000_000));
        check("1970-01-01T00:00:01Z", Some(1_000_000));
        check("1970-01-01T01:00:01+01:00", Some(1_000_000));
        for text in ["", "yesterday", "2024-13-01", "2024", "1e9", "\u{661}970-01-01"] {
            check(text, None);
        }
    }
}
