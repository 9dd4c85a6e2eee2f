//! Newcomers who are angry: the first days decide whether somebody stays.

use model::tables::{MESSAGES, SIGNALS, Table};
use model::time::month;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{AlertRule, Draft};
use crate::columns::{each_batch, files, text_at};
use crate::moment::Moment;
use crate::views::AlertView;
use crate::{Community, Result};

/// Frustration and hostility count in this mood or a worse one: “it took hours, but now it works” is none.
///
/// With this threshold for complaints as well, 28 of 50 messages to a help channel, read by hand and not looked at
/// before, were by somebody angry or at their wits' end (56 %; 95 % interval 42 to 69 %).
const BAD: f64 = -0.4;
/// A complaint counts in this mood or a worse one: of those 50, complaints were the weakest (8 of 20), for most say
/// soberly that something is broken. (Chosen after that reading, so not measured.)
const BITTER: f64 = -0.8;

impl Community {
    /// Each newcomer's first angry message in each conversation.
    pub(crate) fn angry_newcomers(&self, rule: &AlertRule, from: i64, moment: &Moment) -> Result<Vec<AlertView>> {
        let angry = self.angry_messages(from, moment)?;
        let mut drafts = Vec::new();
        let columns = ["message_id", "conversation_id", "identity_id", "time", "url"];
        each_batch(&self.tables, &MESSAGES, self.months(&MESSAGES, from, moment.now), &columns, |batch| {
            let (ids, conversations) = (batch.texts("message_id")?, batch.texts("conversation_id")?);
            let (identities, times, urls) = (batch.texts("identity_id")?, batch.times("time")?, batch.texts("url")?);
            for at in 0..batch.rows() {
                let Some(why) = angry.get(ids.value(at)) else { continue };
                let (person, time) = (self.people.of_identity(text_at(identities, at)), times.at(at));
                let Some(row) = self.conversations.find(conversations.value(at)) else { continue };
                if moment.is_between(from, time)
                    && self.is_new(person, time)
                    && rule.covers(self.conversations.place(row))
                    && !self.is_settled(row, moment)
                {
                    let happened = format!("angry {}", self.people.ids[person as usize]);
                    let draft = Draft::new(time, person, happened, why.clone(), |name, title| {
                        format!("{name}, who is new here, is angry in “{title}”")
                    });
                    drafts.push((row, Draft { url: text_at(urls, at).map(str::to_owned), ..draft }));
                }
            }
            Ok(())
        })?;
        drafts.sort_by_key(|(row, draft)| (draft.at, *row, draft.person));
        let mut seen = FxHashSet::default();
        drafts.retain(|(row, draft)| seen.insert((*row, draft.person)));
        self.with_conversations(drafts.into_iter().map(|(row, draft)| (Some(row), draft)).collect(), rule)
    }

    /// Whether a person said that nobody needs to look at it any more.
    fn is_settled(&self, row: u32, moment: &Moment) -> bool {
        self.case_of(row, moment).is_some() && self.standing(row, moment).is_done()
    }

    /// Messages that are angry, with why.
    fn angry_messages(&self, from: i64, moment: &Moment) -> Result<FxHashMap<String, String>> {
        let mut angry = FxHashMap::default();
        let columns = ["message_id", "complaint", "frustration", "hostility", "sentiment"];
        each_batch(&self.tables, &SIGNALS, self.months(&SIGNALS, from, moment.now), &columns, |batch| {
            let (ids, moods) = (batch.texts("message_id")?, batch.floats("sentiment")?);
            let [complaint, frustration, hostility] =
                [batch.bools("complaint")?, batch.bools("frustration")?, batch.bools("hostility")?];
            for at in 0..batch.rows() {
                let mood = moods.value(at);
                let why = [
                    (frustration.value(at) && mood <= BAD, "it says that its writer is frustrated"),
                    (hostility.value(at) && mood <= BAD, "it is hostile"),
                    (complaint.value(at) && mood <= BITTER, "it complains, in a bad mood"),
                ];
                let why: Vec<&str> = why.into_iter().filter(|(is, _)| *is).map(|(_, why)| why).collect();
                if !why.is_empty() {
                    angry.insert(ids.value(at).to_owned(), why.join(" and "));
                }
            }
            Ok(())
        })?;
        Ok(angry)
    }

    /// The files of a table that can hold something that happened between `from` and `now`.
    pub(crate) fn months(&self, table: &'static Table, from: i64, now: i64) -> Vec<&archive::FileEntry> {
        let months = month(from)..=month(now);
        let touched = |entry: &&archive::FileEntry| entry.month.as_ref().is_some_and(|month| months.contains(month));
        files(&self.manifest, table).iter().filter(touched).collect()
    }
}
