//! Keeps every post, raw text, user and category, unchanged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use source::{CollectError, Context, Options, Sink};

use super::config::ExportOptions;
use super::known::{Known, Shape};
use super::raw::{Whole, header};
use super::sorted::{Kind, kind, topic_number};
use crate::discourse::{Person, Topic};
use crate::files::FoundFile;
use crate::json::{Collector, Named, REVISION};

/// What an item's bytes do not tell: the `more` of its origin.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// Where the forum is, if the files tell.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub site: String,
    /// The topic of a post or a raw text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<Topic>,
    /// Who has which number, for posts that give numbers only.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub people: BTreeMap<String, Person>,
    /// The channels that a category and those within it are, with their titles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<(String, String)>,
}

/// What a site serves, and the posts of its exports.
const PATTERNS: [&str; 10] = [
    "post_stream.posts[]",
    "latest_posts[]",
    "private_posts[]",
    "users[]",
    "user",
    "directory_items[].user",
    "category_list.categories[]",
    "categories[]",
    "topics[]",
    "[]",
];

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = ExportOptions::read(context)?;
    let (mut collector, files) = Collector::start(context, &options.path, None, cursor, sink)?;
    let (mut raws, mut jsons, mut backups) = (Vec::new(), Vec::new(), 0);
    for file in files {
        match kind(&file) {
            Ok(Kind::Json(_)) => jsons.push(file),
            Ok(Kind::Raw) => raws.push(file),
            Ok(Kind::Backup) => {
                backups += 1;
                collector.problem(file.problem("full backups are not read", None, INSTEAD))?;
            }
            Ok(Kind::Broken) => collector.problem(file.problem("is no JSON", None, ""))?,
            Ok(Kind::Other) => {}
            Err(problem) => collector.problem(problem)?,
        }
    }
    if raws.is_empty() && jsons.is_empty() {
        let path = context.resolve(&options.path);
        let why = if backups > 0 { "but a full backup; " } else { "" };
        return Err(CollectError::Other(format!("{} holds nothing that a forum gave {why}{INSTEAD}", path.display())));
    }
    let mut known = Known::default();
    let mut shaped: Vec<(Shape, FoundFile)> = Vec::new();
    let any_new = raws.iter().chain(&jsons).any(|file| collector.is_new(file));
    for file in jsons {
        let shape = if any_new { known.learn(&file) } else { Shape::Served };
        shaped.push((shape, file));
    }
    known.place();
    // Of several forms of one post the one collected last counts: raw texts say least.
    shaped.sort_by_key(|(shape, _)| *shape);
    let taking = Taking { options: &options, known: &known };
    raws.iter().try_for_each(|file| taking.raw(&mut collector, file))?;
    for (shape, file) in &shaped {
        let patterns: &[&'static str] = if *shape == Shape::Post { &[""] } else { &PATTERNS };
        collector.file(file, patterns, |pattern, bytes| taking.piece(patterns[pattern], bytes))?;
    }
    collector.end()
}

/// What to do where a forum's files are not there.
const INSTEAD: &str = "save topics as JSON (`/t/ID.json`), raw text (`/raw/ID`), or run `rake export:categories`";

struct Taking<'a> {
    options: &'a ExportOptions,
    known: &'a Known,
}

impl Taking<'_> {
    fn raw(&self, collector: &mut Collector<'_>, file: &FoundFile) -> Result<(), CollectError> {
        collector.cut(file, Whole::new, |_, bytes| {
            let number = topic_number(file.plain_name()).ok_or("name has no topic's number")?;
            let topic = self.known.topics.get(&number).cloned().unwrap_or_else(|| Topic::numbered(number));
            if topic.private && !self.options.private {
                return Ok(Named::default());
            }
            // Pages of one topic are told apart by the post that each begins with.
            let line = bytes.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
            let line = String::from_utf8_lossy(line.unwrap_or_default()).into_owned();
            let first = header(line.trim_start_matches('\u{feff}')).map_or(1, |header| header.number);
            self.named(format!("raw/{number}/{first}"), "raw", Told { topic: Some(topic), ..Told::default() })
        })
    }

    fn piece(&self, pattern: &str, bytes: &[u8]) -> Result<Named, &'static str> {
        let value: Value = serde_json::from_slice(bytes).map_err(|_| "is no JSON")?;
        match pattern {
            "post_stream.posts[]" | "latest_posts[]" | "" => self.post(&value),
            "private_posts[]" if self.options.private => self.post(&value),
            // Lists of posts; other lists are none of ours.
            "[]" if number(&value["post_number"]).is_some() => self.post(&value),
            "users[]" | "user" | "directory_items[].user" => self.user(pattern, &value),
            "category_list.categories[]" | "categories[]" => self.category(&value),
            "topics[]" if value["posts"].is_array() => self.topic(&value),
            // Not ours, or not wanted.
            _ => Ok(Named::default()),
        }
    }

    fn post(&self, value: &Value) -> Result<Named, &'static str> {
        let number = number(&value["post_number"]).ok_or("has no number")?;
        let topic = self.known.topic_of(value).ok_or("has no topic")?;
        // 4: seen by the staff only (`Post.types`).
        if !self.options.private && (topic.private || value["post_type"].as_i64() == Some(4)) {
            return Ok(Named::default());
        }
        let id = format!("t/{}/{number}", topic.id);
        self.named(id, "post", Told { topic: Some(topic.of_post(number)), ..Told::default() })
    }

    /// A topic of an export, with all its posts.
    fn topic(&self, value: &Value) -> Result<Named, &'static str> {
        let number = number(&value["id"]).ok_or("has no number")?;
        let topic = self.known.topics.get(&number).cloned().unwrap_or_else(|| Topic::numbered(number));
        if topic.private && !self.options.private {
            return Ok(Named::default());
        }
        let writers = value["posts"].as_array().into_iter().flatten().filter_map(|post| post["user_id"].as_i64());
        let people = writers.filter_map(|number| Some((number.to_string(), self.known.people.get(&number)?.clone())));
        let people = people.collect();
        self.named(format!("export/{number}"), "topic", Told { topic: Some(topic), people, ..Told::default() })
    }

    fn user(&self, pattern: &str, value: &Value) -> Result<Named, &'static str> {
        let username = value["username"].as_str().filter(|name| !name.is_empty()).ok_or("has no name")?;
        // Lists tell less of a user than their own page: what they tell is another item.
        let list = pattern.split(['.', '[']).next().unwrap_or_default();
        self.named(format!("{list}/{}", username.to_lowercase()), "user", Told::default())
    }

    fn category(&self, value: &Value) -> Result<Named, &'static str> {
        let number = number(&value["id"]).ok_or("has no number")?;
        let inner = value["subcategory_list"].as_array().into_iter().flatten().filter_map(|inner| inner["id"].as_i64());
        let channels = [number].into_iter().chain(inner).map(|number| {
            let channel = self.known.categories.titled(number);
            (channel.name, channel.title.unwrap_or_default())
        });
        let channels = channels.collect();
        self.named(format!("c/{number}"), "category", Told { channels, ..Told::default() })
    }

    fn named(&self, id: String, kind: &'static str, told: Told) -> Result<Named, &'static str> {
        let site = if self.options.url.is_some() { String::new() } else { self.known.site.clone() };
        let mut more = match serde_json::to_value(Told { site, ..told }) {
            Ok(Value::Object(map)) => map,
            _ => Map::new(),
        };
        // A topic that was closed since makes another version of its first post.
        let told = blake3::hash(Value::Object(more.clone()).to_string().as_bytes()).to_hex();
        more.insert(REVISION.to_owned(), told[..16].into());
        Ok(Named { id, kind, more })
    }
}

/// A number, or a text that is one.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}
