//! The same question before and beside: for a conversation, what answers it and who else waits with it.

use model::time::DAY;

use crate::alike::Alike;
use crate::columns::known;
use crate::details::Details;
use crate::helpers::Question;
use crate::moment::Moment;
use crate::views::{Answer, Unanswered};
use crate::{Community, Result};

mod sentence;
pub(crate) use sentence::{answering_sentence, sentences};

/// Similar conversations shown.
const SHOWN: usize = 10;
/// Others shown who wait.
const WAITING: usize = 20;
/// Those who waited longer than this have gone, in days.
const WAITED: i64 = 365;
/// Two openings ask the same when they are at least this much alike by meaning, or by words and meaning together.
const SAME_MEANING: f64 = 0.8;
const SAME: f64 = 0.6;

impl Community {
    /// What answers a conversation's question: the same as [`Community::ask`] gives for its opening, without itself.
    /// `None` if there is none of that id.
    pub fn same(&self, id: &str) -> Result<Option<Answer>> {
        let row = self.conversations.find(id);
        row.map(|row| self.settle(self.same_as(row, SHOWN))).transpose()
    }

    pub(crate) fn same_as(&self, row: u32, limit: usize) -> Result<Answer> {
        let moment = self.moment()?;
        let opening = self.openings(&[row], &moment)?;
        let Some(opening) = opening.first() else { return Ok(Answer::default()) };
        let found = self.alike_of(row, &opening.text)?;
        let helpers = self.chosen(&opening.candidates, &moment)?;
        self.answer_of(&opening.text, &found, &helpers, limit, &moment)
    }

    /// What a conversation touches, for [`Community::candidates`].
    pub(crate) fn question_of<'a>(&self, row: u32, text: &'a str, alike: &'a [Alike]) -> Result<Question<'a>> {
        let asker = Some(self.conversations.openers[row as usize]);
        let place = self.conversations.place.get(row as usize).copied();
        Ok(Question { text, asker, place, areas: self.areas()?.of(row).to_vec(), alike, before: None })
    }

    /// Those of them that ask the same and wait, and that nobody closed on the desk.
    pub(crate) fn waiting_alike(&self, alike: &[Alike], moment: &Moment) -> Vec<Alike> {
        let waits = |one: &&Alike| {
            let since = self.waits_since(one.row, moment);
            since.is_some_and(|since| since > moment.now.saturating_sub(WAITED * DAY))
        };
        let same = |one: &&Alike| one.score >= SAME || one.meaning.is_some_and(|meaning| meaning >= SAME_MEANING);
        alike.iter().filter(same).filter(waits).take(WAITING).copied().collect()
    }

    pub(crate) fn unanswered(&self, alike: &Alike, details: &Details<'_>) -> Unanswered {
        let at = alike.row as usize;
        Unanswered {
            conversation: details.conversation(alike.row),
            asker: self.person_ref(self.conversations.openers[at]),
            since: known(self.conversations.waiting_since[at]),
            score: alike.score,
        }
    }
}
