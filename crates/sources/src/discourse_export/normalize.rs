//! Posts, raw texts, users and categories to rows.

use model::{Channel, Item, Rows};
use source::{Context, Normalizer, Options, OptionsError};

use super::collect::Told;
use super::config::ExportOptions;
use super::raw;
use crate::discourse::{self, Forum, Posts, Topic};
use crate::json::{Fields, Origin, Reading};

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let options = ExportOptions::read(context)?;
    let source = context.source.clone();
    Ok(Box::new(move |item, rows| match item.kind.as_str() {
        "raw" => raw_text(&source, &options, item, rows),
        _ => Reading::object(&source, item, rows, |reading, _, fields| object(&options, reading, fields)),
    }))
}

fn forum(source: &str, options: &ExportOptions, told: &Told) -> Forum {
    Forum::new(source, options.url.as_deref().unwrap_or(&told.site))
}

fn object(options: &ExportOptions, reading: &mut Reading<'_, Told>, fields: &Fields<'_>) {
    let told = &reading.origin.more;
    let forum = forum(reading.source, options, told);
    let topic = told.topic.clone().unwrap_or_default();
    let mut wrong = Vec::new();
    match reading.item.kind.as_str() {
        "post" => {
            wrong.extend(Posts { forum: &forum, topic: &topic, rows: &mut *reading.rows }.post(fields, None).err())
        }
        "topic" => {
            let mut posts = Posts { forum: &forum, topic: &topic, rows: &mut *reading.rows };
            for post in fields.objects("posts").filter(|post| options.private || !Posts::is_whisper(post)) {
                let writer = post.number("user_id").and_then(|number| told.people.get(&number.to_string()));
                wrong.extend(posts.post(&post, writer).err());
            }
        }
        "user" => {
            if discourse::user(&forum, fields, reading.rows).is_none() {
                wrong.push("has no name");
            }
        }
        "category" => reading.rows.channels.extend(told.channels.iter().map(|(name, title)| Channel {
            name: name.clone(),
            kind: "category".to_owned(),
            title: (!title.is_empty()).then(|| title.clone()),
        })),
        _ => wrong.push("unknown kind of item"),
    }
    wrong.into_iter().for_each(|what| reading.problem(what, ""));
}

fn raw_text(source: &str, options: &ExportOptions, item: &Item, rows: &mut Rows) {
    let origin: Origin<Told> = Origin::read(item);
    let forum = forum(source, options, &origin.more);
    let topic = origin.more.topic.clone().unwrap_or_else(|| Topic::numbered(0));
    let text = String::from_utf8_lossy(&item.bytes);
    let mut posts = Posts { forum: &forum, topic: &topic, rows };
    for (header, markdown) in raw::posts(text.trim_start_matches('\u{feff}')) {
        posts.raw(header.number, header.username, header.changed, markdown);
    }
}
