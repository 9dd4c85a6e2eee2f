//! How far a conversation is: by its messages, and by what people decided on the desk.

use super::Is;
use crate::Community;
use crate::moment::Moment;
use crate::views::Standing;

impl Community {
    /// Whether `is:` holds of a conversation for somebody (`me`, as the desk calls them; none for nobody in particular).
    pub(crate) fn is(&self, row: u32, is: Is, moment: &Moment, me: Option<&str>) -> bool {
        let at = row as usize;
        let standing = self.standing(row, moment);
        let holder = || self.holder(row, moment).filter(|_| !standing.is_done());
        let promise = || self.promise_of(row, moment).map(|promise| promise.state);
        match is {
            Is::Waiting => self.waits(row, moment),
            Is::Unanswered => {
                self.conversations.question[at] && !standing.is_done() && self.conversations.helpers(row).is_empty()
            }
            Is::Answered => standing == Standing::Answered,
            Is::Resolved => standing == Standing::Resolved,
            Is::Question => self.conversations.question[at] && standing != Standing::NotQuestion,
            Is::NotQuestion => standing == Standing::NotQuestion,
            Is::AskedBack => standing == Standing::AskedBack,
            Is::Abandoned => standing == Standing::Abandoned,
            Is::Moved => standing == Standing::Moved,
            Is::Overdue => promise() == Some("overdue"),
            Is::Soon => promise() == Some("soon"),
            Is::Newcomer => self.conversations.first_of(self.conversations.openers[at]) == Some(row),
            Is::Mine => me.is_some() && holder() == me,
            Is::Nobody => standing == Standing::Waiting && self.waits(row, moment),
            Is::Taken => holder().is_some(),
            Is::Escalated => self.is_escalated(row, moment),
            Is::Parked => standing == Standing::Parked,
        }
    }

    /// Who has the case, as the desk calls them.
    pub(crate) fn holder<'a>(&self, row: u32, moment: &'a Moment) -> Option<&'a str> {
        self.case_of(row, moment)?.holder.as_deref()
    }

    /// The tags that people gave the case.
    pub(crate) fn case_tags<'a>(&self, row: u32, moment: &'a Moment) -> &'a [String] {
        self.case_of(row, moment).map_or(&[], |case| &case.tags)
    }

    /// Whether another tier was to help, and it is not done yet.
    pub(crate) fn is_escalated(&self, row: u32, moment: &Moment) -> bool {
        let tier = self.case_of(row, moment).and_then(|case| case.tier);
        tier.is_some() && !self.standing(row, moment).is_done()
    }
}
