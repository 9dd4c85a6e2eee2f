//! Whom to thank, what was told, what waits. A report for everybody names people in thanks only.

use insight::views::{ConversationRef, FirstTime, GapView, OpenQuestion, PeriodView, StoryLead};

use super::words::{day, place};
use crate::facts::{Facts, First, Gap, Talk, Thanks, Told, Waiting};
use crate::{Questions, Result};

/// Lines of each list: a newsletter is read to its end.
const STORIES: usize = 5;
const ANNOUNCED: usize = 8;
const BUSIEST: usize = 5;
const WAITING: usize = 12;

pub(super) fn add(questions: &dyn Questions, period: &PeriodView, facts: &mut Facts) -> Result<()> {
    let public = facts.public;
    let first = |one: &FirstTime| {
        let conversation = one.conversation.as_ref();
        Ok(First {
            name: one.person.name.clone(),
            did: one.did.join(" and "),
            title: conversation.map(|one| one.title.clone()).unwrap_or_default(),
            url: conversation.map(|one| address(questions, one)).transpose()?.unwrap_or_default(),
        })
    };
    facts.firsts = period.firsts.iter().map(first).collect::<Result<_>>()?;
    let thanks = |one: &insight::views::Thanked| Thanks { name: one.person.name.clone(), times: one.times };
    facts.thanked = period.thanked.iter().map(thanks).collect();
    let told = |one: &StoryLead| {
        let name = one.person.as_ref().filter(|_| !public).map(|person| person.name.clone());
        Ok(Told {
            title: one.conversation.title.clone(),
            lead: one.lead.clone(),
            name: name.unwrap_or_default(),
            channel: place(&one.conversation.source, &one.conversation.channel),
            day: day(one.time),
            url: address(questions, &one.conversation)?,
        })
    };
    facts.stories = period.stories.iter().take(STORIES).map(told).collect::<Result<_>>()?;
    facts.announced = period.announced.iter().take(ANNOUNCED).map(told).collect::<Result<_>>()?;
    let tiers = questions.tiers();
    let waiting = |one: &OpenQuestion| {
        let tier = one.tier.and_then(|tier| tiers.get(usize::from(tier))).map(|tier| tier.name.clone());
        Ok(Waiting {
            title: one.conversation.title.clone(),
            channel: place(&one.conversation.source, &one.conversation.channel),
            day: day(one.opened),
            tier: tier.unwrap_or_default(),
            newcomer: one.newcomer,
            again: one.again,
            url: address(questions, &one.conversation)?,
        })
    };
    facts.waiting = period.open.iter().take(WAITING).map(waiting).collect::<Result<_>>()?;
    facts.waiting_total = period.open_total;
    let talk = |one: &insight::views::Busy| {
        Ok(Talk {
            title: one.conversation.title.clone(),
            channel: place(&one.conversation.source, &one.conversation.channel),
            messages: one.messages,
            people: one.people,
            url: address(questions, &one.conversation)?,
        })
    };
    // One message is no conversation.
    let busiest = period.busiest.iter().filter(|one| one.messages > 1).take(BUSIEST);
    facts.busiest = busiest.map(talk).collect::<Result<_>>()?;
    Ok(())
}

fn address(questions: &dyn Questions, conversation: &ConversationRef) -> Result<String> {
    Ok(questions.address(&conversation.id)?.unwrap_or_default())
}

pub(super) fn gap(gap: GapView) -> Gap {
    Gap { title: gap.title, questions: gap.questions, people: gap.people }
}
