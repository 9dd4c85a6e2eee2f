//! First contributions: whoever is welcomed after the first comes back for the second.

use std::collections::BTreeSet;

use model::ActivityKind;
use model::tables::ACTIVITIES;
use model::time::month;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{AlertRule, Draft};
use crate::columns::{Did, NEVER, Said, each_batch, files, text_at};
use crate::moment::Moment;
use crate::views::AlertView;
use crate::{Community, Result};

impl Community {
    /// Everybody's first message, first answer and first activity of each kind. Whose message is a first answer too is
    /// told of once.
    pub(super) fn first_contributions(&self, rule: &AlertRule, from: i64, moment: &Moment) -> Result<Vec<AlertView>> {
        let mut drafts = self.first_answers(rule, from, moment)?;
        let answered: FxHashSet<u32> = drafts.iter().map(|(_, draft)| draft.person).collect();
        let messages = self.first_messages(rule, from, moment)?;
        drafts.extend(messages.into_iter().filter(|(_, draft)| !answered.contains(&draft.person)));
        drafts.extend(self.first_activities(rule, from, moment)?);
        self.with_conversations(drafts, rule)
    }

    /// The earliest message after `from` of each person whom `is_first` says it of.
    fn earliest(
        &self,
        rule: &AlertRule,
        from: i64,
        moment: &Moment,
        counts: impl Fn(&Said) -> bool,
    ) -> Result<Vec<Said>> {
        let recent = self.recent(moment.now)?;
        let mut seen = FxHashSet::default();
        let mine = |said: &&Said| {
            !self.people.is_bot(said.person)
                && (said.person as usize) < self.people.len()
                && counts(said)
                && seen.insert(said.person)
                && rule.covers(self.conversations.place(said.conversation))
        };
        Ok(recent.since(from).iter().filter(mine).copied().collect())
    }

    fn first_messages(&self, rule: &AlertRule, from: i64, moment: &Moment) -> Result<Vec<(Option<u32>, Draft)>> {
        let is_first = |said: &Said| {
            let seen = self.people.first_seen.get(said.person as usize).copied().unwrap_or(NEVER);
            let opened = self.conversations.first_of(said.person).map(|row| self.conversations.opened[row as usize]);
            // Who was seen before only did other things, if the first conversation they wrote in is a new one.
            seen > from || opened.is_some_and(|opened| opened > from)
        };
        let draft = |said: Said| {
            let (row, opener) = (said.conversation, self.conversations.openers[said.conversation as usize]);
            let asks = opener == said.person && self.conversations.question[row as usize];
            let (happened, why) = ("first message".to_owned(), "they were never seen to write before".to_owned());
            let draft = Draft::new(said.time, said.person, self.of(said.person, &happened), why, move |name, title| {
                format!("{name} {} for the first time, in “{title}”", if asks { "asks" } else { "writes" })
            });
            (Some(row), draft)
        };
        Ok(self.earliest(rule, from, moment, is_first)?.into_iter().map(draft).collect())
    }

    fn first_answers(&self, rule: &AlertRule, from: i64, moment: &Moment) -> Result<Vec<(Option<u32>, Draft)>> {
        let conversations = &self.conversations;
        let is_answer = |said: &Said| {
            conversations.question[said.conversation as usize]
                && conversations.helpers(said.conversation).contains(&said.person)
        };
        let recent = self.recent(moment.now)?;
        let mut answered = FxHashMap::<u32, BTreeSet<u32>>::default();
        for said in recent.since(from).iter().filter(|said| is_answer(said)) {
            answered.entry(said.person).or_default().insert(said.conversation);
        }
        let is_first = |said: &Said| {
            // All the questions of others they ever wrote in are these.
            let ever = self.people.helped.get(said.person as usize).copied().unwrap_or_default();
            is_answer(said) && answered.get(&said.person).is_some_and(|rows| ever <= rows.len() as i64)
        };
        let draft = |said: Said| {
            let why = "they never wrote in a question of somebody else before".to_owned();
            let draft = Draft::new(said.time, said.person, self.of(said.person, "first answer"), why, |name, title| {
                format!("{name} answers for the first time, in “{title}”")
            });
            (Some(said.conversation), draft)
        };
        Ok(self.earliest(rule, from, moment, is_first)?.into_iter().map(draft).collect())
    }

    fn first_activities(&self, rule: &AlertRule, from: i64, moment: &Moment) -> Result<Vec<(Option<u32>, Draft)>> {
        let contributions = self.contributions(moment.now)?;
        let mut firsts = FxHashMap::<(u32, &'static str), Did>::default();
        for did in contributions.recent.iter().filter(|did| did.time > from && !self.people.is_bot(did.person)) {
            if let Some(deed) = deed(did.kind) {
                firsts.entry((did.person, deed)).or_insert(*did);
            }
        }
        self.leave_out_earlier(&mut firsts, from)?;
        let covered = firsts.into_iter().filter(|(_, did)| rule.covers(contributions.places.get(did.place)));
        let draft = |((person, deed), did): ((u32, &'static str), Did)| {
            let place = contributions.places.get(did.place).0.to_owned();
            let why = "they were never seen to do so before".to_owned();
            let happened = self.of(person, &format!("first {deed}"));
            (
                None,
                Draft::new(did.time, person, happened, why, move |name, _| {
                    format!("{name} {deed} {place} for the first time")
                }),
            )
        };
        Ok(covered.map(draft).collect())
    }

    /// Takes out those who did the same until `from`.
    fn leave_out_earlier(&self, firsts: &mut FxHashMap<(u32, &'static str), Did>, from: i64) -> Result<()> {
        if firsts.is_empty() {
            return Ok(());
        }
        let latest = month(from);
        let earlier = |month: &Option<String>| {
            month.as_ref().is_none_or(|month| *month <= latest || !month.starts_with(char::is_numeric))
        };
        let entries = files(&self.manifest, &ACTIVITIES).iter().filter(|entry| earlier(&entry.month));
        each_batch(&self.tables, &ACTIVITIES, entries, &["kind", "identity_id", "time"], |batch| {
            let (kinds, identities, times) = (batch.texts("kind")?, batch.texts("identity_id")?, batch.times("time")?);
            for row in 0..batch.rows() {
                if let Some(deed) = ActivityKind::parse(kinds.value(row)).and_then(deed)
                    && times.at(row) <= from
                {
                    firsts.remove(&(self.people.of_identity(text_at(identities, row)), deed));
                }
            }
            Ok(())
        })
    }

    /// What happened, with whom it happened to: several may do something for the first time in one conversation.
    fn of(&self, person: u32, happened: &str) -> String {
        let id = self.people.ids.get(person as usize);
        format!("{happened} {}", id.map_or("", |id| id.as_str()))
    }
}

/// What an activity is to somebody who reads of it. Coming, leaving and voting are no contributions.
fn deed(kind: ActivityKind) -> Option<&'static str> {
    use ActivityKind::{Authored, CoAuthored, Edited, Merged, Reported, Reviewed, Tested};
    match kind {
        Authored | CoAuthored => Some("commits to"),
        Merged => Some("merges into"),
        Reviewed => Some("reviews in"),
        Reported => Some("reports a defect in"),
        Tested => Some("tests in"),
        Edited => Some("edits in"),
        _ => None,
    }
}
