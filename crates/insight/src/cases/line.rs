//! Cases as lists show them.

use super::Decided;
use crate::columns::known;
use crate::details::Details;
use crate::moment::Moment;
use crate::opening::Opening;
use crate::views::{CaseView, HandedOver};
use crate::waiting::says_more;
use crate::{Community, Result};

impl Community {
    /// Some cases, in the given order. With `fresh`, with how they begin and who could help: of all of which that is
    /// known already, and of so many others.
    pub(crate) fn case_lines(&self, rows: &[u32], fresh: Option<usize>, moment: &Moment) -> Result<Vec<CaseView>> {
        let openings = self.openings_known(rows, fresh, moment)?;
        let suggested = rows.iter().map(|row| match (openings.get(row), self.waits_since(*row, moment)) {
            (Some(opening), Some(_)) => self.chosen(&opening.candidates, moment),
            _ => Ok(Vec::new()),
        });
        let suggested = suggested.collect::<Result<Vec<_>>>()?;
        let evidence = suggested.iter().flatten().flat_map(|helper| helper.candidate.evidence.iter().copied());
        let linked = rows.iter().flat_map(|row| self.linked(*row, moment));
        let details = self.details(rows.iter().copied().chain(evidence).chain(linked))?;
        let mut lines = Vec::with_capacity(rows.len());
        for (row, suggested) in rows.iter().zip(&suggested) {
            let mut line = self.case_line(*row, &details, moment);
            if let Some(opening) = openings.get(row) {
                line.lead = lead(opening, &line.conversation.title);
                line.helpers = suggested.iter().filter_map(|helper| self.helper(helper, &details)).collect();
            }
            lines.push(line);
        }
        Ok(lines)
    }

    /// The rows of the conversations that a case belongs with.
    fn linked(&self, row: u32, moment: &Moment) -> Vec<u32> {
        let case = self.case_of(row, moment);
        let links = case.into_iter().flat_map(|case| case.links.iter().chain(&case.next));
        links.filter_map(|id| self.conversations.find(id)).chain(moment.cases.from.get(&row).copied()).collect()
    }

    fn case_line(&self, row: u32, details: &Details<'_>, moment: &Moment) -> CaseView {
        let (conversations, at) = (&self.conversations, row as usize);
        let case = self.case_of(row, moment);
        let next = case.and_then(|case| case.next.as_deref()).and_then(|id| conversations.find(id));
        let handed_over = case.and_then(|case| {
            Some(HandedOver {
                tier: case.tier?,
                why: case.why.clone(),
                next: next.map(|next| details.conversation(next)),
                next_standing: next.map(|next| self.standing(next, moment)),
            })
        });
        let mut links = self.linked(row, moment);
        links.retain(|link| Some(*link) != next);
        links.dedup();
        CaseView {
            conversation: details.conversation(row),
            asker: self.person_ref(conversations.openers[at]),
            newcomer: conversations.first_of(conversations.openers[at]) == Some(row),
            standing: self.standing(row, moment),
            since: self.waits_since(row, moment),
            opened: known(conversations.opened[at]),
            last: known(conversations.latest(row)),
            messages: u64::from(conversations.messages[at]),
            holder: case.and_then(|case| case.holder.clone()),
            held_since: case.and_then(|case| case.held_since),
            until: case.and_then(|case| case.until),
            handed_over,
            tier: self.asked_view(row, details, moment),
            promise: self.promise_of(row, moment),
            tags: case.map(|case| case.tags.clone()).unwrap_or_default(),
            links: links.into_iter().map(|link| details.conversation(link)).collect(),
            notes: case.map_or(0, |case| case.notes),
            trace: moment.cases.get(row).map(|decided: &Decided| decided.trace(moment.now)).unwrap_or_default(),
            lead: String::new(),
            helpers: Vec::new(),
        }
    }
}

fn lead(opening: &Opening, title: &str) -> String {
    if says_more(&opening.lead, title) { opening.lead.clone() } else { String::new() }
}
