//! What really happened, as JSON Lines: what a test compares Switchboard's findings with.
//!
//! - `people.jsonl`: everybody with all their identities, what became of them, what they know.
//! - `conversations.jsonl`: every conversation with its messages by their native ids, in order of the
//!   plan (the opening first, each message after the one it replies to).
//! - `topics.jsonl`: conversations that ask the same thing, by topic.
//! - `events.jsonl`: conferences, releases and absences.

use std::path::Path;

use serde::Serialize;

use crate::clock::{Seconds, day_name};
use crate::conversation::{Conversation, Feeling, Opening, Place, Role};
use crate::files::{Out, make_folder, write_file};
use crate::people::People;
use crate::person::{Fate, Person, used};
use crate::settings::SimulateError;
use crate::world::World;

/// Writes the truth.
#[derive(Debug)]
pub(crate) struct Truth {
    folder: std::path::PathBuf,
    conversations: Out,
    /// For each topic, the numbers of the conversations that ask about it.
    questions: Vec<Vec<u32>>,
}

/// How a question stands at the end. The words are those of the table `conversations`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    NotQuestion,
    Waiting,
    Answered,
    Resolved,
}

#[derive(Serialize)]
struct ConversationLine<'a> {
    conversation: u32,
    source: Place,
    /// Of the opening message.
    id: &'a str,
    opening: Opening,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<&'a str>,
    /// Who opened it.
    by: u32,
    state: State,
    /// Since when the opener waits, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting_since: Option<Seconds>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked_tier: Option<u8>,
    /// The highest tier of its answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    observed_tier: Option<u8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answered_by: Vec<u32>,
    /// The message that solved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    solved_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<&'a str>,
    /// The mail of another conversation that it replies to.
    #[serde(skip_serializing_if = "Option::is_none")]
    hijacks: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reported_by: Option<u32>,
    messages: Vec<MessageLine<'a>>,
}

#[derive(Serialize)]
struct MessageLine<'a> {
    id: &'a str,
    by: u32,
    /// Unix seconds.
    time: Seconds,
    role: Role,
    feeling: Feeling,
    sentiment: i8,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<u8>,
    /// The place in this list of the message it replies to.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<u16>,
}

#[derive(Serialize)]
struct PersonLine<'a> {
    person: u32,
    name: &'a str,
    fate: Fate,
    bot: bool,
    organization: Option<&'a str>,
    /// Minutes from UTC.
    zone: i16,
    first_day: String,
    /// After this day they are not seen again, unless somebody asks them back in an open conversation.
    last_day: Option<String>,
    /// For newcomers: whether their first question was answered within three days, and kindly.
    welcomed: Option<bool>,
    areas: Vec<&'a str>,
    identities: Vec<IdentityLine>,
}

#[derive(Serialize)]
struct IdentityLine {
    source: Place,
    /// `email`, `nick` or `account`, as in the table `identities`.
    kind: &'static str,
    value: String,
    name: String,
}

#[derive(Serialize)]
struct EventLine {
    event: &'static str,
    what: String,
    first_day: String,
    last_day: String,
}

impl Truth {
    pub(crate) fn create(root: &Path, topics: usize) -> Result<Truth, SimulateError> {
        let folder = root.join("truth");
        make_folder(&folder)?;
        let conversations = Out::create(folder.join("conversations.jsonl"))?;
        Ok(Truth { folder, conversations, questions: vec![Vec::new(); topics] })
    }

    /// Writes a conversation in which everything was said; `ids` are its messages' native ids.
    pub(crate) fn conversation(
        &mut self,
        world: &World,
        conversation: &Conversation,
        ids: &[String],
    ) -> Result<(), SimulateError> {
        let question = conversation.opening == Opening::Question;
        let topic = world.topics.list.get(conversation.topic);
        let topic = topic.filter(|_| question || conversation.opening == Opening::Change);
        let id = |turn: u16| ids.get(usize::from(turn)).map(String::as_str);
        let turns = &conversation.turns;
        let answers = || turns.iter().filter(|turn| turn.role == Role::Answer && turn.part.0 == 0);
        let mut answered_by: Vec<u32> = Vec::new();
        for answer in answers() {
            if !answered_by.contains(&answer.by) {
                answered_by.push(answer.by);
            }
        }
        let (state, waiting_since) = state(conversation);
        let messages = turns.iter().zip(ids).enumerate().map(|(at, (turn, id))| MessageLine {
            id,
            by: turn.by,
            time: turn.time,
            role: turn.role,
            feeling: turn.feeling,
            sentiment: turn.feeling.sentiment(),
            tier: (turn.role == Role::Answer).then_some(turn.tier),
            to: (at > 0).then_some(turn.to),
        });
        let line = ConversationLine {
            conversation: conversation.number,
            source: conversation.place,
            id: id(0).unwrap_or_default(),
            opening: conversation.opening,
            topic: topic.map(|topic| topic.id.as_str()),
            area: topic.map(|topic| topic.area.as_str()),
            by: conversation.asker(),
            state,
            waiting_since,
            asked_tier: question.then_some(conversation.tier),
            observed_tier: answers().map(|answer| answer.tier).max(),
            answered_by,
            solved_by: conversation.solved_by().and_then(id),
            accepted: conversation.accepted.and_then(|(turn, _)| id(turn)),
            hijacks: conversation.hijacks.as_deref(),
            reported_by: conversation.reported_by,
            messages: messages.collect(),
        };
        if question {
            self.questions[conversation.topic].push(conversation.number);
        }
        put_line(&mut self.conversations, &line)
    }

    pub(crate) fn finish(self, world: &World, people: &People) -> Result<(), SimulateError> {
        self.conversations.finish()?;
        let mut out = Out::create(self.folder.join("people.jsonl"))?;
        for person in &people.list {
            put_line(&mut out, &person_line(world, people, person))?;
        }
        out.finish()?;
        let mut out = Out::create(self.folder.join("topics.jsonl"))?;
        for (topic, conversations) in world.topics.list.iter().zip(&self.questions) {
            let line = serde_json::json!({ "topic": topic.id, "area": topic.area, "conversations": conversations });
            put_line(&mut out, &line)?;
        }
        out.finish()?;
        let mut events = Vec::new();
        for event in events_of(world) {
            serde_json::to_writer(&mut events, &event).map_err(crate::pack::commit_error)?;
            events.push(b'\n');
        }
        write_file(self.folder.join("events.jsonl"), &events)
    }
}

/// A question is resolved if its asker accepted an answer or said thanks; else waiting if nobody else
/// has said anything since the asker's first word that nobody came back to.
fn state(conversation: &Conversation) -> (State, Option<Seconds>) {
    if conversation.opening != Opening::Question {
        return (State::NotQuestion, None);
    }
    if conversation.solved_by().is_some() {
        return (State::Resolved, None);
    }
    let asker = conversation.asker();
    let helps = |role: Role| matches!(role, Role::Answer | Role::Clarify | Role::Remark);
    let last_help =
        conversation.turns.iter().filter(|turn| turn.by != asker && helps(turn.role)).map(|turn| turn.time).max();
    let waits = conversation.turns.iter().filter(|turn| turn.by == asker && Some(turn.time) > last_help);
    match waits.map(|turn| turn.time).min() {
        Some(since) => (State::Waiting, Some(since)),
        None => (State::Answered, None),
    }
}

fn person_line<'a>(world: &'a World, people: &'a People, person: &'a Person) -> PersonLine<'a> {
    let organization = person.organization.and_then(|at| people.names().organizations().get(at));
    let areas = world.topics.areas.iter().enumerate().filter(|(at, _)| person.areas & 1 << at != 0);
    PersonLine {
        person: person.number,
        name: &person.full,
        fate: person.fate,
        bot: person.fate == Fate::Bot,
        organization: organization.map(|organization| organization.name.as_str()),
        zone: person.zone,
        first_day: day_name(person.since),
        last_day: world.lasts(person.until).then(|| day_name(person.until)),
        welcomed: person.welcomed,
        areas: areas.map(|(_, area)| area.as_str()).collect(),
        identities: identities(person),
    }
}

fn identities(person: &Person) -> Vec<IdentityLine> {
    let second = person.second_mail.as_ref().map_or(String::new(), |(_, mail)| mail.clone());
    let full = || person.full.clone();
    let nick = |mark: &str| format!("{}{mark}", person.nick);
    let all = [
        (used::LIST, Place::List, "email", person.mail.clone(), full()),
        (used::SECOND_MAIL, Place::List, "email", second, full()),
        (used::CHAT, Place::Chat, "nick", nick(""), nick("")),
        (used::SECOND_NICK, Place::Chat, "nick", nick("_"), nick("_")),
        (used::FORUM, Place::Forum, "account", person.forum_id.to_string(), person.forum_name.clone()),
        (used::CODE, Place::Code, "email", person.code_mail.clone(), full()),
        (used::REPORTED, Place::Code, "email", person.mail.clone(), full()),
    ];
    let mut identities: Vec<IdentityLine> = Vec::new();
    for (bit, source, kind, value, name) in all {
        let known = identities.iter().any(|identity| identity.source == source && identity.value == value);
        if person.used & bit != 0 && !known {
            identities.push(IdentityLine { source, kind, value, name });
        }
    }
    identities
}

fn events_of(world: &World) -> Vec<EventLine> {
    use crate::calendar::CONFERENCE;
    use crate::clock::DAY;
    let calendar = &world.calendar;
    let event = |event, what: &str, first: Seconds, last: Seconds| EventLine {
        event,
        what: what.to_owned(),
        first_day: day_name(first),
        last_day: day_name(last),
    };
    let conferences =
        calendar.conferences.iter().map(|day| event("conference", "RelayCon", *day, day + CONFERENCE - DAY));
    let releases = calendar
        .releases
        .iter()
        .map(|release| event("release", &format!("Relaywind {}", release.version), release.day, release.day));
    let leave = event("absence", "the hero is on leave", calendar.hero_leaves, calendar.end - DAY);
    let planted = world.planted.iter().flat_map(|planted| {
        let talks = planted.talks.map(|first| event("talks", "two recordings go round", first, first + 8 * DAY));
        let mirror = event("mirror", "mirrors hide downloads", planted.mirror, calendar.end - DAY);
        talks.into_iter().chain([mirror])
    });
    conferences.chain(releases).chain([leave]).chain(planted).collect()
}

fn put_line(out: &mut Out, line: &impl Serialize) -> Result<(), SimulateError> {
    let mut bytes = serde_json::to_vec(line).map_err(crate::pack::commit_error)?;
    bytes.push(b'\n');
    out.write(&bytes)
}
