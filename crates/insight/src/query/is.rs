//! How far a conversation is: by its messages, and by what people decided on the desk.

use super::Is;
use crate::Community;
use crate::columns::{State, known};
use crate::moment::Moment;

impl Community {
    /// Whether `is:` holds of a conversation for somebody (`me`, as the desk calls them; none for nobody in particular).
    pub(crate) fn is(&self, row: u32, is: Is, moment: &Moment, me: Option<&str>) -> bool {
        let at = row as usize;
        let state = self.conversations.state[at];
        let closed = || moment.closed.contains(self.conversations.ids[at].as_str());
        let waits = || state == State::Waiting && !closed();
        match is {
            Is::Waiting => waits(),
            Is::Unanswered => {
                self.conversations.question[at] && !closed() && self.conversations.helpers(row).is_empty()
            }
            Is::Answered => state == State::Answered && !closed(),
            Is::Resolved => state == State::Resolved || closed(),
            Is::Question => self.conversations.question[at],
            Is::NotQuestion => state == State::NotQuestion,
            Is::AskedBack => state == State::AskedBack && !closed(),
            Is::Abandoned => state == State::Abandoned && !closed(),
            Is::Moved => state == State::Moved,
            Is::Overdue => waits() && self.overdue(row, moment),
            Is::Newcomer => self.conversations.first_of(self.conversations.openers[at]) == Some(row),
            Is::Mine => me.is_some_and(|me| self.holder(row, moment) == Some(me)),
            Is::Nobody => waits() && self.holder(row, moment).is_none(),
            Is::Taken => self.holder(row, moment).is_some(),
            Is::Escalated | Is::Parked => false,
        }
    }

    /// Who has the case, as the desk calls them.
    pub(crate) fn holder<'a>(&self, _row: u32, _moment: &'a Moment) -> Option<&'a str> {
        None
    }

    /// The tags that people gave the case.
    pub(crate) fn case_tags<'a>(&self, _row: u32, _moment: &'a Moment) -> &'a [String] {
        &[]
    }

    fn overdue(&self, row: u32, moment: &Moment) -> bool {
        known(self.conversations.waiting_since[row as usize])
            .is_some_and(|since| self.settings.support.due(since, self.asked_tier(row, moment)) < moment.now)
    }
}
