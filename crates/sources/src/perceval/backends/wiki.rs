//! Pages: of MediaWiki the revisions, of Confluence each version with its text.

use model::{ActivityKind, Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Deed, Known, Scribe};

/// A page of MediaWiki: who edited it, without its text.
pub fn mediawiki(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let site = scribe.site.clone();
    scribe.place(&site, "wiki", None);
    let title = data.text("title").unwrap_or_default();
    for one in data.each("revisions") {
        let (Some(number), time) = (one.key("revid"), one.time("timestamp")) else { continue };
        // Who has no account is known by an address that others had before and after.
        let name = one.text("user").filter(|name| name.parse::<std::net::IpAddr>().is_err());
        let who = name.map(|name| scribe.account(name, Known { seen: time, ..Known::default() }));
        let first = one.number("parentid") == Some(0);
        let detail = if first { format!("{title} (new)") } else { title.to_owned() };
        scribe.did(ActivityKind::Edited, Deed { key: format!("revisions/{number}"), who, time, object: None, detail });
    }
}

/// A version of a page, a blog post or a comment of Confluence.
pub fn confluence(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(number) = data.key("id") else { return scribe.problem("has no id", "page") };
    let space = data.text("space.key").unwrap_or_default().to_owned();
    scribe.place(&space, "wiki", data.text("space.name"));
    let time = data.time("version.when");
    let version = data.number("version.number").unwrap_or(1);
    let who = user(scribe, data.at("version.by"), time);
    let title = data.text("title").unwrap_or_default();
    let first = data.time("history.createdDate").or(time.filter(|_| version == 1));
    let author = user(scribe, data.at("history.createdBy"), first).or(who.filter(|_| version == 1));
    let comment = data.text("type") == Some("comment");
    let parent = data.key("container.id").filter(|_| comment).map(|number| scribe.id(&format!("content/{number}")));
    let message = Message {
        author,
        time: first,
        time_guess: time,
        kind: if comment { MessageKind::Comment } else { MessageKind::Page },
        parents: parent.into_iter().collect(),
        subject: (!comment).then(|| title.to_owned()),
        attachments: data.each("attachments").filter_map(|one| one.text("title").map(str::to_owned)).collect(),
        url: data.text("content_url").map(str::to_owned),
        ..scribe.message(format!("content/{number}"), body(data), time)
    };
    let object = Some(message.id);
    scribe.rows.messages.push(message);
    if version > 1 {
        let (key, detail) = (format!("content/{number}/{version}"), title.to_owned());
        scribe.did(ActivityKind::Edited, Deed { key, who, time, object, detail });
    }
}

fn body(data: Data<'_>) -> String {
    data.text("body.storage.value").map(text::html_to_text).unwrap_or_default()
}

fn user(scribe: &mut Scribe<'_>, user: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let login = user.text("username").or(user.text("accountId")).or(user.text("userKey"))?;
    Some(scribe.account(login, Known { name: user.text("displayName"), email: user.text("email"), seen, bot: false }))
}
