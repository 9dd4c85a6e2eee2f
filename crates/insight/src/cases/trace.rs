//! How a case came to stand where it stands, in sentences.

use desk::{Case, CaseState};

use super::Decided;
use super::standing::After;
use crate::words::day;

impl Decided {
    /// What was decided last, and what came after it; empty where nothing was decided about its state.
    pub(super) fn trace(&self, now: i64) -> Vec<String> {
        let Decided { case, after } = self;
        let mut sentences: Vec<String> = decision(case, now).into_iter().collect();
        if sentences.is_empty() {
            return sentences;
        }
        let mut came: Vec<(i64, String)> = Vec::new();
        let After { opener, other } = after;
        came.extend(opener.map(|(first, _)| (first, format!("the asker wrote again on {}", day(first)))));
        came.extend(other.map(|(first, _)| (first, format!("somebody else wrote in it on {}", day(first)))));
        came.sort();
        sentences.extend(came.into_iter().map(|(_, sentence)| sentence));
        sentences
    }
}

fn decision(case: &Case, now: i64) -> Option<String> {
    let who = case.by.as_deref()?;
    let on = day(case.since?);
    let said = match case.state {
        CaseState::None => return None,
        CaseState::Open => format!("opened again by {who} on {on}"),
        CaseState::Taken => match case.holder.as_deref() {
            Some(holder) if holder != who => format!("given to {holder} by {who} on {on}"),
            _ => format!("taken by {who} on {on}"),
        },
        CaseState::HandedOver => {
            let tier = case.tier.map(|tier| format!(" to tier {tier}")).unwrap_or_default();
            format!("handed over{tier} by {who} on {on}")
        }
        CaseState::Parked => {
            let until = case.until?;
            let passed = if until <= now { ", which has passed" } else { "" };
            format!("parked by {who} on {on} until {}{passed}", day(until))
        }
        CaseState::Resolved => format!("resolved by {who} on {on}"),
        CaseState::NotQuestion => format!("said to be no question by {who} on {on}"),
    };
    Some(match &case.note {
        Some(note) => format!("{said}: {note}"),
        None => said,
    })
}
