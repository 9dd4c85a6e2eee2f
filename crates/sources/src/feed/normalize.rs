//! Entries to messages.

use std::cell::RefCell;

use model::{
    Activity, ActivityKind, Channel, Id, Identity, IdentityKind, Item, Message, MessageKind, Problem, Rows, Stage,
};
use serde_json::Value;
use source::{Context, Normalizer, Options, OptionsError};

use super::config::FeedOptions;
use super::date;
use super::decode;
use super::entry::{Entry, Writer, is_web};
use super::head::{Head, read_xml};
use crate::json::Origin;

/// What ids are unique in that are unique in the world.
const WORLD: &str = "feed";
/// Sites where the first part of a page's path is an account.
const ACCOUNTS: [&str; 3] = ["codeberg.org", "github.com", "gitlab.com"];

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let options = FeedOptions::read(context)?;
    let source = context.source.clone();
    Ok(Box::new(move |item, rows| {
        let origin: Origin<Head> = Origin::read(item);
        let mut problem = |what: &str, detail: &str| {
            let (what, file, detail) = (what.to_owned(), origin.file.clone(), detail.to_owned());
            rows.problems.push(Problem { stage: Stage::Normalize, what, file, offset: Some(origin.offset), detail });
        };
        let Some(entry) = read(item, &origin.more, &mut problem) else { return };
        let dates = [("published", &entry.published), ("updated", &entry.updated)];
        let mut dates = dates.map(|(name, written)| {
            let read = written.as_deref().map(date::parse);
            if read == Some(None) {
                problem("date cannot be", name);
            }
            read.flatten()
        });
        if dates[0].is_none() {
            dates[0] = dates[1];
        }
        let channel = options.channel.as_deref().unwrap_or_else(|| channel(&origin.more, &origin.file));
        let mut reading = Reading { source: &source, head: &origin.more, channel, rows };
        reading.entry(&entry, dates);
    }))
}

fn read(item: &Item, head: &Head, problem: &mut dyn FnMut(&str, &str)) -> Option<Entry> {
    if item.kind == "json-entry" {
        let wrong = RefCell::default();
        let value: Value = serde_json::from_slice(&item.bytes).unwrap_or_default();
        let entry = Entry::of_json(&value, &wrong);
        if entry.is_none() {
            problem("is no JSON object", "");
        }
        wrong.borrow().iter().for_each(|name| problem("field of a wrong type", name));
        return entry;
    }
    let (text, decoded) = decode::text(&item.bytes, &head.encoding);
    if !decoded {
        problem("letters are not of its encoding", &head.encoding);
    }
    let (entry, sound) = read_xml(&text, head);
    if !sound {
        problem("is no sound XML", "");
    }
    Some(entry)
}

/// The channel is the feed: by its title, its site, or the file it was saved in.
fn channel<'a>(head: &'a Head, file: &'a str) -> &'a str {
    let site = head.site.split_once("://").and_then(|(_, rest)| rest.split('/').next());
    let named = [head.title.as_str(), site.unwrap_or_default(), file];
    named.into_iter().find(|name| !name.is_empty()).unwrap_or("feed")
}

/// What an entry's id is unique in, and the id: its own, else its address, else what it says. `source` is
/// what entries without an address are unique in if their feed has none either.
pub fn named(entry: &Entry, head: &Head, source: &str) -> (String, String) {
    let native = entry.id.clone().or_else(|| entry.link.clone()).unwrap_or_else(|| {
        let said = [entry.title.as_str(), entry.published.as_deref().unwrap_or_default(), &entry.body].join("\n");
        blake3::hash(said.as_bytes()).to_hex()[..16].to_owned()
    });
    (space_of(&native, head, source), native)
}

fn space_of(native: &str, head: &Head, source: &str) -> String {
    let lower = native.get(..4).unwrap_or_default().to_lowercase();
    match () {
        () if is_web(native) || lower == "urn:" || lower == "tag:" => WORLD.to_owned(),
        () if !head.address.is_empty() => head.address.clone(),
        () => format!("{source}/{}", head.title),
    }
}

struct Reading<'a> {
    source: &'a str,
    head: &'a Head,
    channel: &'a str,
    rows: &'a mut Rows,
}

impl Reading<'_> {
    fn entry(&mut self, entry: &Entry, [time, updated]: [Option<i64>; 2]) {
        let (space, native) = named(entry, self.head, self.source);
        let id = Id::message(&space, &native);
        let writers = if entry.writers.is_empty() { &self.head.writers } else { &entry.writers };
        let writers: Vec<Id> = writers.iter().map(|writer| self.writer(writer, time)).collect();
        let is_comment = !entry.answers.is_empty();
        let parents = entry.answers.iter().map(|post| Id::message(&space_of(post, self.head, self.source), post));
        let message = Message {
            author: writers.first().copied(),
            time,
            order: time.unwrap_or_default(),
            // A post is to be read: nobody waits for an answer to it.
            kind: if is_comment { MessageKind::Comment } else { MessageKind::Page },
            parents: parents.collect(),
            subject: (!entry.title.is_empty()).then(|| entry.title.clone()),
            attachments: entry.files.clone(),
            tags: entry.tags.clone(),
            url: entry.link.as_deref().and_then(|link| self.whole(link)),
            ..Message::new(id, &native, self.channel, entry.body.clone())
        };
        let (name, kind) = (self.channel.to_owned(), "feed".to_owned());
        self.rows.channels.push(Channel { name, kind, title: None });
        self.rows.messages.push(message);
        for (number, who) in writers.iter().enumerate().skip(1) {
            self.activity(ActivityKind::CoAuthored, &format!("{space} {native}/writer/{number}"), Some(*who), time, id);
        }
        if let Some(updated) = updated.filter(|updated| time.is_some_and(|time| *updated > time)) {
            self.activity(ActivityKind::Edited, &format!("{space} {native}/edited/{updated}"), None, Some(updated), id);
        }
    }

    /// A link, completed where it begins at the feed's own site.
    fn whole(&self, link: &str) -> Option<String> {
        if is_web(link) {
            return Some(link.to_owned());
        }
        let (scheme, rest) = self.head.site.split_once("://")?;
        let host = rest.split('/').next().filter(|_| link.starts_with('/') && !link.starts_with("//"))?;
        Some(format!("{scheme}://{host}{link}"))
    }

    fn writer(&mut self, writer: &Writer, seen: Option<i64>) -> Id {
        let page = writer.url.split_once("://").map(|(_, page)| page.trim_end_matches('/').to_lowercase());
        let account = page.as_deref().filter(|page| {
            let mut parts = page.split('/');
            ACCOUNTS.contains(&parts.next().unwrap_or_default()) && parts.next().is_some() && parts.next().is_none()
        });
        let (kind, value) = match (writer.email.as_str(), account) {
            ("", Some(account)) => (IdentityKind::Account, account.to_owned()),
            ("", None) if writer.name.is_empty() => (IdentityKind::Account, page.clone().unwrap_or_default()),
            ("", None) => (IdentityKind::Name, writer.name.to_lowercase()),
            (email, _) => (IdentityKind::Email, email.to_owned()),
        };
        let who = Identity {
            name: (!writer.name.is_empty()).then(|| writer.name.clone()),
            email: (!writer.email.is_empty()).then(|| writer.email.clone()),
            account: account.map(str::to_owned),
            seen,
            ..Identity::new(self.source, kind, value)
        };
        let id = who.id;
        self.rows.identities.push(who);
        id
    }

    fn activity(&mut self, kind: ActivityKind, native: &str, who: Option<Id>, time: Option<i64>, object: Id) {
        self.rows.activities.push(Activity {
            who,
            time,
            order: time.unwrap_or_default(),
            object: Some(object.to_string()),
            ..Activity::new(Id::activity(WORLD, native), kind, self.channel)
        });
    }
}
