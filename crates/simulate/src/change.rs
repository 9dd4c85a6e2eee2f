//! Changes to the code: single commits, branches that are merged, and what a bot bumps.

use crate::clock::Seconds;
use crate::conversation::{Conversation, Feeling, Opening, Place, Role};
use crate::draft::{Draft, Pace};
use crate::people::People;
use crate::world::World;

/// Somebody whose question ended in a fix of the code that is still to come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Report {
    pub(crate) asker: u32,
    pub(crate) topic: usize,
    pub(crate) time: Seconds,
}

/// Plans one change. The first turn is a commit; if there are several, or its author may not push, the
/// last is a merge by a maintainer.
pub(crate) fn change(
    world: &World,
    people: &mut People,
    number: u32,
    reports: &mut Vec<Report>,
    time: Seconds,
) -> Conversation {
    let mut draft = Draft::new(world, people, number, Place::Code, Opening::Change);
    let bot = draft.rng.chance(0.1);
    let author = match bot {
        true => draft.people.code_bot,
        false if draft.rng.chance(0.05) => draft.people.newcomer(Place::Code, time),
        false => draft.people.committer(&mut draft.rng, time),
    };
    if let Some(at) = reports.iter().position(|report| report.time < time).filter(|_| !bot && draft.rng.chance(0.5)) {
        let report = reports.swap_remove(at);
        draft.conversation.topic = report.topic;
        draft.conversation.reported_by = Some(report.asker);
    }
    let branch = !bot && draft.rng.chance(0.3);
    let commits = if branch { draft.rng.between(1, 4) } else { 1 };
    let mut last = draft.say(author, Role::Commit, Feeling::Calm, 0, None, time);
    for _ in 1..commits {
        let Some(before) = last else { break };
        let time = draft.later(author, draft.end_of(before), Pace::Next);
        last = draft.say(author, Role::Commit, Feeling::Calm, 0, Some(before), time);
    }
    if let Some(before) = last
        && branch
    {
        let after = draft.end_of(before);
        let maintainer = draft.people.maintainer(&mut draft.rng, after, &[author]);
        let time = draft.later(maintainer, after, Pace::Next);
        draft.say(maintainer, Role::Merge, Feeling::Calm, 0, Some(before), time);
    }
    draft.finish()
}
