//! One case with its history.

use desk::{CaseEvent, Decision, Desk};

use crate::views::{CaseEventView, CasePage, PersonRef};
use crate::{Community, Result};

impl Community {
    /// A conversation's place on the desk and everything that was decided about it; `None` if there is no
    /// conversation of that id.
    pub fn case(&self, id: &str) -> Result<Option<CasePage>> {
        let row = self.conversations.find(id);
        row.map(|row| self.settle(self.case_page(row))).transpose()
    }

    fn case_page(&self, row: u32) -> Result<CasePage> {
        let moment = self.moment()?;
        let id = self.conversations.ids[row as usize].to_string();
        let (mut history, mut asked) = (Vec::new(), Vec::new());
        if self.desk_file.exists() {
            let desk = Desk::open_read_only(&self.desk_file)?;
            history.extend(desk.case_history(&id)?.into_iter().map(event));
            history.extend(desk.history(&id)?.into_iter().filter_map(decision));
            history.sort_by_key(|event| event.at);
            asked.extend(desk.asked_about(&id)?.into_iter().map(|(person, at)| (self.person_or(person), at)));
        }
        let mut lines = self.case_lines(&[row], Some(usize::MAX), &moment)?;
        match lines.pop() {
            Some(case) => Ok(CasePage { case, history, asked }),
            None => Err(crate::InsightError::Stale),
        }
    }

    /// A person by id; under the id where nobody of it is known any more.
    fn person_or(&self, id: String) -> PersonRef {
        let known = self.people.find(&id).and_then(|person| self.person_ref(person));
        known.unwrap_or_else(|| PersonRef { name: "somebody".to_owned(), id })
    }
}

fn event(event: CaseEvent) -> CaseEventView {
    CaseEventView {
        at: event.at,
        who: event.who,
        kind: event.change.deed.kind().to_owned(),
        what: event.change.deed.words(),
        note: event.change.note,
        step: Some(event.step),
        undone: event.undone,
    }
}

/// A decision that is no step: those that closed and reopened are steps as well.
fn decision(decision: Decision) -> Option<CaseEventView> {
    let what = match (decision.kind, decision.value.as_deref()) {
        (desk::Kind::AskedTier, Some(tier)) => format!("corrected the tier it asks for: {tier}"),
        (desk::Kind::ObservedTier, Some(tier)) => format!("corrected the tier it took: {tier}"),
        (desk::Kind::Answers, Some(other)) => format!("said that it answers {other}"),
        (desk::Kind::AskedTier | desk::Kind::ObservedTier | desk::Kind::Answers, None) => {
            "took a correction back".to_owned()
        }
        _ => return None,
    };
    let Decision { at, who, kind, note, .. } = decision;
    Some(CaseEventView { at, who, kind: kind.as_str().to_owned(), what, note, step: None, undone: false })
}
