//! Posts: messages, and what was done.

use model::{Activity, ActivityKind, Channel, Id, Identity, Measurement, Message, MessageKind, Rows};

use super::{Forum, Person, Topic, Written, action, cooked, markup, native, people};
use crate::json::Fields;

/// The kind of post that says what was done to its topic (`Post.types` in `app/models/post.rs`).
const SMALL_ACTION: i64 = 3;
/// The kind of post that only the staff sees.
const WHISPER: i64 = 4;
/// The action that is a like (`PostActionType`).
const LIKE: i64 = 2;
/// More reactions of one emoji to one post than this are not told one by one.
const MOST_REACTIONS: i64 = 100;

/// Reads the posts of one topic into rows.
pub struct Posts<'a> {
    /// The forum.
    pub forum: &'a Forum,
    /// Their topic.
    pub topic: &'a Topic,
    /// Where rows go.
    pub rows: &'a mut Rows,
}

/// A post that is being read.
struct Said {
    number: i64,
    time: Option<i64>,
    id: Id,
    who: Option<Id>,
}

impl Posts<'_> {
    /// Whether only the staff sees this post.
    pub fn is_whisper(fields: &Fields<'_>) -> bool {
        fields.number("post_type") == Some(WHISPER)
    }

    /// Reads a post as the site serves it or an export writes it; `writer` is who wrote it, where the post has
    /// a user's number only. A post without a number is an error, as a problem's phrase.
    pub fn post(&mut self, fields: &Fields<'_>, writer: Option<&Person>) -> Result<(), &'static str> {
        let number = fields.number("post_number").ok_or("has no number")?;
        let time = fields.time("created_at");
        let who = self.writer(fields, writer, time);
        let said = Said { number, time, id: self.forum.message(self.topic.id, number), who };
        match fields.number("post_type") {
            Some(SMALL_ACTION) => self.action(fields, &said),
            _ => self.message(fields, &said),
        }
        Ok(())
    }

    /// Reads a post of which only this is known: a raw text says when a post changed last, not when it was made.
    pub fn raw(&mut self, number: i64, username: &str, changed: Option<i64>, markdown: &str) {
        let who = Identity { seen: changed, ..self.forum.account(username, None) };
        let written = markup::read(markdown);
        let message = Message {
            author: Some(who.id),
            time_guess: changed,
            mentions: written.mentions,
            attachments: written.attachments,
            ..self.placed(number, written.body)
        };
        self.rows.identities.push(who);
        self.push(number, message);
    }

    fn writer(&mut self, fields: &Fields<'_>, writer: Option<&Person>, seen: Option<i64>) -> Option<Id> {
        let identity = people::sighting(self.forum, fields).or_else(|| {
            let writer = writer?;
            let name = (!writer.name.is_empty() && writer.name != writer.username).then(|| writer.name.clone());
            Some(Identity { name, ..self.forum.account(&writer.username, fields.number("user_id")) })
        })?;
        let (id, value) = (identity.id, identity.value.clone());
        self.rows.identities.push(Identity { seen, ..identity });
        people::standing(self.forum, fields, id, &value, self.rows);
        Some(id)
    }

    fn message(&mut self, fields: &Fields<'_>, said: &Said) {
        let (deleted, hidden) = (fields.time("deleted_at"), fields.yes("hidden"));
        let gone = deleted.is_some() || fields.yes("user_deleted");
        // What stands there is the forum's notice, or what somebody had reasons to take away.
        let written = if gone || hidden { Written::default() } else { written(fields) };
        let kind = match said.number {
            1 if self.topic.solved => MessageKind::Question,
            _ if fields.yes("accepted_answer") => MessageKind::Answer,
            _ => MessageKind::Post,
        };
        let placed = self.placed(said.number, written.body);
        let title = fields.text("topic_title").filter(|_| said.number == 1 && placed.subject.is_none());
        let message = Message {
            author: said.who,
            time: said.time,
            kind,
            parents: self.parents(said.number, fields.number("reply_to_post_number")),
            subject: title.map(str::to_owned).or(placed.subject),
            mentions: written.mentions,
            attachments: written.attachments,
            score: score(fields),
            ..placed
        };
        self.push(said.number, message);
        self.done_to(fields, said, deleted, hidden);
    }

    /// A message in its place, with all that its topic tells.
    fn placed(&self, number: i64, body: String) -> Message {
        let (forum, topic) = (self.forum, self.topic);
        let first = number == 1;
        let closed = match () {
            () if topic.solved => Some("solved"),
            () if topic.closed => Some("closed"),
            () if topic.archived => Some("archived"),
            () => None,
        };
        Message {
            order: number,
            parents: self.parents(number, None),
            subject: (first && !topic.title.is_empty()).then(|| topic.title.clone()),
            tags: if first { topic.tags.clone() } else { Vec::new() },
            accepted: topic.accepted.filter(|_| first).map(|answer| forum.message(topic.id, answer)),
            closed: closed.filter(|_| first).map(str::to_owned),
            url: forum.link(topic, number),
            ..Message::new(forum.message(topic.id, number), native(topic.id, number), self.channel(), body)
        }
    }

    /// The post that this one answers, and the one that opens the topic.
    fn parents(&self, number: i64, answers: Option<i64>) -> Vec<Id> {
        let mut numbers: Vec<i64> = answers.into_iter().chain([1]).filter(|parent| *parent != number).collect();
        numbers.dedup();
        numbers.into_iter().map(|parent| self.forum.message(self.topic.id, parent)).collect()
    }

    fn channel(&self) -> String {
        if self.topic.channel.is_empty() { self.forum.name() } else { &self.topic.channel }.to_owned()
    }

    fn push(&mut self, number: i64, message: Message) {
        let channel = message.channel.clone();
        if self.rows.channels.last().is_none_or(|last| last.name != channel) {
            self.rows.channels.push(Channel { name: channel.clone(), kind: "category".to_owned(), title: None });
        }
        if number == 1 {
            for (name, count) in [("views", self.topic.views), ("likes", self.topic.likes)] {
                let native = format!("t/{}/{name}", self.topic.id);
                self.rows.measurements.extend(count.map(|count| Measurement {
                    id: Id::measurement(self.forum.space(), &native),
                    name: name.to_owned(),
                    channel: channel.clone(),
                    time: None,
                    value: count as f64,
                    unit: None,
                    labels: vec![format!("topic={}", self.topic.id)],
                }));
            }
        }
        self.rows.messages.push(message);
    }

    /// What was done to a post and, with the first, to its topic.
    fn done_to(&mut self, fields: &Fields<'_>, said: &Said, deleted: Option<i64>, hidden: bool) {
        let changed = fields.time("updated_at");
        if let Some(version) = fields.number("version").filter(|version| *version > 1) {
            let detail = fields.text("edit_reason").map(|reason| text::lead(reason, 200));
            self.activity(ActivityKind::Edited, &format!("/edited/{version}"), said, None, changed, detail);
        }
        if fields.yes("user_deleted") {
            self.activity(ActivityKind::Deleted, "/deleted", said, said.who, changed, None);
        } else if let Some(time) = deleted {
            let who = fields.object("deleted_by").and_then(|who| people::sighting(self.forum, &who));
            let who = who.map(|who| self.seen(who));
            self.activity(ActivityKind::Deleted, "/deleted", said, who, Some(time), None);
        }
        if hidden {
            self.activity(ActivityKind::Moderated, "/hidden", said, None, None, Some("hidden".to_owned()));
        }
        if fields.yes("wiki") {
            self.activity(ActivityKind::Other, "/wiki", said, None, None, Some("made a wiki".to_owned()));
        }
        if said.number == 1 && self.topic.unlisted {
            self.activity(ActivityKind::Other, "/unlisted", said, None, None, Some("not listed".to_owned()));
        }
        for reaction in fields.objects("reactions") {
            let emoji = reaction.text("id").unwrap_or("unknown");
            for number in 0..reaction.number("count").unwrap_or(1).clamp(0, MOST_REACTIONS) {
                let part = format!("/reacted/{emoji}/{number}");
                self.activity(ActivityKind::Reacted, &part, said, None, said.time, Some(format!(":{emoji}:")));
            }
        }
        let answer = match said.number {
            1 => self.topic.accepted,
            number => fields.yes("accepted_answer").then_some(number),
        };
        if let Some(answer) = answer {
            let accepter = self.topic.accepter.as_str();
            let who = (!accepter.is_empty()).then(|| self.seen(self.forum.account(accepter, None)));
            let at = Said { number: answer, id: self.forum.message(self.topic.id, answer), ..*said };
            self.activity(ActivityKind::Accepted, "/accepted", &at, who, None, None);
        }
    }

    fn action(&mut self, fields: &Fields<'_>, said: &Said) {
        let code = fields.text("action_code").unwrap_or("unknown");
        let (kind, of_other) = action::action(code);
        let other = fields.text("action_code_who").map(|who| self.seen(self.forum.account(who, None)));
        let who = if of_other { other.or(said.who) } else { said.who };
        let details = [Some(action::words(code)).filter(|_| kind == ActivityKind::Other), Some(written(fields).body)];
        let detail = details.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
        let detail = (!detail.is_empty()).then(|| text::lead(&detail, 200));
        let opening = self.forum.message(self.topic.id, 1);
        let id = self.forum.activity(&native(self.topic.id, said.number));
        self.rows.activities.push(Activity {
            who,
            time: said.time,
            order: said.number,
            object: Some(opening.to_string()),
            detail,
            ..Activity::new(id, kind, self.channel())
        });
    }

    fn seen(&mut self, who: Identity) -> Id {
        let id = who.id;
        self.rows.identities.push(who);
        id
    }

    /// Adds an activity on a post; `part` tells several of one post apart.
    fn activity(
        &mut self,
        kind: ActivityKind,
        part: &str,
        said: &Said,
        who: Option<Id>,
        time: Option<i64>,
        detail: Option<String>,
    ) {
        let id = self.forum.activity(&format!("{}{part}", native(self.topic.id, said.number)));
        self.rows.activities.push(Activity {
            who,
            time,
            order: said.number,
            object: Some(said.id.to_string()),
            detail,
            ..Activity::new(id, kind, self.channel())
        });
    }
}

/// The text of a post: of its HTML, which every form of a post but exports has, else its Markdown.
fn written(fields: &Fields<'_>) -> Written {
    match (fields.text("cooked"), fields.text("raw")) {
        (Some(html), _) => cooked::read(html),
        (None, Some(markdown)) => markup::read(markdown),
        (None, None) => Written::default(),
    }
}

/// Likes, or with discourse-reactions everybody who reacted.
fn score(fields: &Fields<'_>) -> Option<i64> {
    let likes = fields.objects("actions_summary").find(|action| action.number("id") == Some(LIKE));
    let likes = likes.map(|action| action.number("count").unwrap_or_default());
    likes.into_iter().chain(fields.number("reaction_users_count")).max()
}
