//! Drafts of thanks that say what somebody did: to be read, changed and sent by a person, or not.

use model::time::DAY;

use super::Circle;
use super::firsts::FirstKind;
use super::guides::Told;
use super::sayings::hello;
use crate::views::{EntryView, FirstDeed, NextAsk, TeamSide};
use crate::{Community, Result};

/// What counts as lately.
const LATELY: i64 = 91 * DAY;

impl Community {
    /// What a person's page says for the team: thanks, who could guide them, the keys, and how they were approached.
    pub(crate) fn caring(&self, person: u32, circle: &Circle) -> Result<TeamSide> {
        let now = circle.moment.now;
        let arrived = self.arrived(now)?;
        let first = arrived.iter().find(|one| one.person == person);
        let first = first.map(|one| self.first_view(one, circle, &mut Told::default())).transpose()?.flatten();
        let (thanks, mentor) = match first {
            Some(first) => (Some(first.thanks), first.mentor),
            None => (self.thanks_for_lately(person, now)?, None),
        };
        Ok(TeamSide {
            thanks: thanks.filter(|_| !self.people.is_bot(person)),
            mentor,
            keys: self.keys_of(person, circle)?,
            approaches: circle.approaches.get(&person).cloned().unwrap_or_default(),
            ..TeamSide::default()
        })
    }

    fn thanks_for_lately(&self, person: u32, now: i64) -> Result<Option<String>> {
        let (lives, titles) = (self.lives()?, self.titles()?);
        let past = lives.of(person).iter().filter(|entry| entry.time() <= now);
        let gave =
            past.take_while(|entry| entry.time() > now.saturating_sub(LATELY)).filter(|entry| entry.doing().gives());
        let (mut rows, mut other) = (Vec::new(), 0);
        for entry in gave {
            match entry.conversation() {
                Some(row) if rows.contains(&row) => {}
                Some(row) => rows.push(row),
                None => other += 1,
            }
        }
        let Some(name) = self.person_ref(person).map(|person| person.name) else { return Ok(None) };
        let thanked = rows.iter().find(|row| self.conversations.thanked(**row).contains(&person)).or(rows.first());
        let title = thanked.map(|row| titles.of(*row)).filter(|title| !title.is_empty());
        let any = !rows.is_empty() || other > 0;
        Ok(any.then(|| lately(&name, rows.len() as u32, other, title)))
    }
}

/// What to say to somebody whose question nobody has answered: thanks can wait.
pub(super) fn unanswered(name: &str, did: &[FirstDeed]) -> String {
    let title = did.iter().find_map(|deed| deed.entry.conversation.as_ref()).map(|one| one.title.as_str());
    let title = title.map(|title| format!(" “{title}”")).unwrap_or_default();
    format!("{} your question{title} has waited for too long. We are looking for somebody who knows.", hello(name))
}

/// Thanks for first contributions. `solved` says that one of them ended well, `next` is what they could be asked.
pub(super) fn draft(name: &str, did: &[FirstDeed], solved: bool, next: Option<&NextAsk>) -> String {
    let deeds: Vec<String> = did.iter().map(|deed| words(deed.kind, &deed.entry)).collect();
    let mut said = vec![format!("{} thank you for {}.", hello(name), joined(&deeds))];
    let helped = did.iter().any(|deed| deed.kind == FirstKind::Answer);
    if solved {
        said.push(if helped { "It helped." } else { "Good to read that it is solved." }.to_owned());
    }
    said.extend(next.map(ask));
    if did.iter().any(|deed| matches!(deed.kind, FirstKind::Change | FirstKind::Page | FirstKind::Answer)) {
        said.push("And should you ever like to write about how you got there, we would gladly publish it.".to_owned());
    }
    said.join(" ")
}

/// Thanks for what somebody who has been here for longer did lately; `title` is the latest of it.
pub(super) fn lately(name: &str, answers: u32, other: u32, title: Option<&str>) -> String {
    let counted = |number: u32, one: &str, many: &str| match number {
        0 => None,
        1 => Some(format!("your {one}")),
        more => Some(format!("your {more} {many}")),
    };
    let done = [
        counted(answers, "answer", "answers"),
        counted(other, "contribution to the project", "contributions to the project"),
    ];
    let done: Vec<String> = done.into_iter().flatten().collect();
    let title = title.map(|title| format!(", “{title}” among them")).unwrap_or_default();
    format!("{} thank you for {} in the last three months{title}.", hello(name), joined(&done))
}

/// The next specific ask.
fn ask(next: &NextAsk) -> String {
    let (title, channel) = (&next.conversation.title, &next.conversation.channel);
    let about = next.areas.first().map(|area| format!(" and is about {area}")).unwrap_or_default();
    format!("If you feel like it: “{title}” on {channel} waits for an answer{about}; there is no hurry.")
}

fn words(kind: FirstKind, entry: &EntryView) -> String {
    let title = entry.conversation.as_ref().map(|conversation| conversation.title.as_str());
    let named = title.or(entry.detail.as_deref()).map(|title| format!(", “{title}”")).unwrap_or_default();
    let first = match kind {
        FirstKind::Change => "your first change",
        FirstKind::Review => "your first review",
        FirstKind::Page => "your first page",
        FirstKind::Answer => "your first answer",
        FirstKind::Report => "your first report",
        FirstKind::Event => "coming to one of our events for the first time",
        FirstKind::Message => "writing to us",
    };
    format!("{first}{named}")
}

fn joined(parts: &[String]) -> String {
    match parts {
        [] => "being here".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and for {last}", most.join(", for ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::ConversationRef;

    fn conversation(title: &str) -> ConversationRef {
        let (id, source, channel) = ("m1".to_owned(), "chat".to_owned(), "#help".to_owned());
        ConversationRef { id, title: title.to_owned(), source, channel }
    }

    fn did(kind: FirstKind, title: Option<&str>, detail: Option<&str>) -> FirstDeed {
        let entry = EntryView {
            time: 0,
            kind: "helped",
            words: "",
            times: 1,
            source: "chat".to_owned(),
            channel: "#help".to_owned(),
            conversation: title.map(conversation),
            detail: detail.map(str::to_owned),
        };
        FirstDeed { kind, entry }
    }

    #[test]
    fn thanks_say_what_was_done() {
        let next = NextAsk { conversation: conversation("TLS?"), since: 0, areas: vec!["tls".into()], why: Vec::new() };
        let both =
            [did(FirstKind::Change, None, Some("Speak TLS")), did(FirstKind::Answer, Some("How to stop?"), None)];
        insta::assert_snapshot!(
            [
                draft("Ada", &both, true, Some(&next)),
                draft("somebody 1a2b", &[did(FirstKind::Message, Some("How to stop?"), None)], true, None),
                lately("Ada", 3, 1, Some("How to stop?")),
                lately("Ada", 1, 0, None),
            ]
            .join("\n"),
            @"
            Hello Ada, thank you for your first change, “Speak TLS” and for your first answer, “How to stop?”. It helped. If you feel like it: “TLS?” on #help waits for an answer and is about tls; there is no hurry. And should you ever like to write about how you got there, we would gladly publish it.
            Hello, thank you for writing to us, “How to stop?”. Good to read that it is solved.
            Hello Ada, thank you for your 3 answers and for your contribution to the project in the last three months, “How to stop?” among them.
            Hello Ada, thank you for your answer in the last three months.
            "
        );
    }
}
