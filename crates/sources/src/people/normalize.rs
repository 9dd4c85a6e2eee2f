//! Tells the formats apart and reads each.

use model::{Item, Problem, Rows, Stage};
use serde::Deserialize;
use serde_json::value::RawValue;
use source::{Context, Normalizer, Options, OptionsError};

use super::config::PeopleOptions;
use super::{gitdm, mailmap, person, sorting_hat, stackalytics, stanzas, users};

/// Gives the function that turns a file into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    PeopleOptions::read(context)?;
    let source = context.source.clone();
    Ok(Box::new(move |item, rows| {
        let origin: Origin = serde_json::from_str(&item.origin).unwrap_or_default();
        let problem = |what: &str, offset: Option<u64>, detail: String| {
            let (what, file) = (what.to_owned(), origin.file.clone());
            Problem { stage: Stage::Normalize, what, file, offset, detail }
        };
        match read(&source, item, &origin.file, rows) {
            Ok(Lost::Lines(lines)) => rows
                .problems
                .extend(lines.into_iter().map(|line| problem("line says nothing", Some(line as u64), String::new()))),
            Ok(Lost::People(0)) => {}
            Ok(Lost::People(lost)) => {
                let detail = format!("{lost} of a wrong shape, or with no name, address and account");
                rows.problems.push(problem("people that could not be read", None, detail));
            }
            Err((what, offset)) => rows.problems.push(problem(what, offset, String::new())),
        }
    }))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Origin {
    file: String,
}

/// What of a file gave nothing.
enum Lost {
    Lines(Vec<usize>),
    People(usize),
}

/// Reads a file; where it cannot be read, says why and in which line.
fn read(source: &str, item: &Item, file: &str, rows: &mut Rows) -> Result<Lost, (&'static str, Option<u64>)> {
    let bytes = item.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&item.bytes);
    let broken = |error: serde_json::Error| ("is no JSON of a known shape", Some(error.line() as u64));
    match bytes.trim_ascii_start().first() {
        Some(b'{') => {
            let shape: Shape = serde_json::from_slice(bytes).map_err(broken)?;
            Ok(Lost::People(match shape {
                Shape { uidentities: false, organizations: false, users: false, companies: false } => {
                    return Err(("is no JSON of a known shape", None));
                }
                Shape { users: true, .. } | Shape { companies: true, .. } => {
                    serde_json::from_slice::<stackalytics::File>(bytes).map_err(broken)?.push(source, rows)
                }
                _ => serde_json::from_slice::<sorting_hat::File>(bytes).map_err(broken)?.push(source, rows),
            }))
        }
        Some(b'[') => {
            let all: Vec<Box<RawValue>> = serde_json::from_slice(bytes).map_err(broken)?;
            let known = |raw: Box<RawValue>| serde_json::from_str(raw.get()).ok().map(users::User::person);
            Ok(Lost::People(person::lost(all.into_iter().map(known), source, rows)))
        }
        _ => {
            let text = String::from_utf8_lossy(bytes);
            Ok(Lost::Lines(match () {
                _ if file.ends_with("mailmap") => mailmap::push(&text, source, rows),
                _ if is_stanzas(&text) => stanzas::push(&text, source, rows),
                _ if gitdm::is_map(&text) => gitdm::push(&text, source, rows),
                _ if text.contains('<') => mailmap::push(&text, source, rows),
                _ => return Err(("is in no known format", None)),
            }))
        }
    }
}

/// Whether a text is made of stanzas: a line with a name and addresses, and employers set in below it.
pub fn is_stanzas(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).take(50);
    let (within, outside): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with(char::is_whitespace));
    let begin = outside.iter().filter(|line| stanzas::begins(line)).count();
    // A mail's head has a few such lines too, among many others.
    !within.is_empty() && begin > 0 && begin * 3 >= outside.len() * 2
}

/// Which parts a JSON object has.
#[derive(Default)]
struct Shape {
    uidentities: bool,
    organizations: bool,
    users: bool,
    companies: bool,
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::IgnoredAny;
        let parts = std::collections::BTreeMap::<String, IgnoredAny>::deserialize(deserializer)?;
        let has = |name: &str| parts.contains_key(name);
        Ok(Shape {
            uidentities: has("uidentities"),
            organizations: has("organizations"),
            users: has("users"),
            companies: has("companies"),
        })
    }
}
