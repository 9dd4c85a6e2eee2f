//! Conversations that ask for nothing: announcements, proposals, stories, small talk and what bots say.

use crate::clock::Seconds;
use crate::conversation::{Conversation, Feeling, Opening, Place, Role};
use crate::draft::{Draft, Pace};
use crate::people::People;
use crate::world::World;

/// Plans one. Who begins it follows from what it is.
pub(crate) fn discussion(
    world: &World,
    people: &mut People,
    (number, place): (u32, Place),
    opening: Opening,
    time: Seconds,
) -> Conversation {
    let mut draft = Draft::new(world, people, number, place, opening);
    let rng = &mut draft.rng;
    let by = match opening {
        Opening::Report => draft.people.list_bot,
        Opening::Build => draft.people.chat_bot,
        Opening::Announcement | Opening::Conference | Opening::Mirror => draft.people.maintainer(rng, time, &[]),
        Opening::Rant => draft.people.asker(rng, place, time).unwrap_or(draft.people.core[0]),
        _ => draft.people.talker(rng, place, time),
    };
    let feeling = match opening {
        Opening::Story => Feeling::Grateful,
        Opening::Rant => Feeling::Angry,
        Opening::Announcement | Opening::Conference | Opening::Mirror | Opening::Talk => Feeling::Friendly,
        _ => Feeling::Calm,
    };
    let replies = match opening {
        Opening::Report | Opening::Build => 0,
        Opening::Announcement => draft.rng.between(3, 10),
        Opening::Proposal => draft.rng.between(4, 16),
        Opening::Chatter => draft.rng.between(1, 7),
        Opening::Talk => draft.rng.below(2),
        _ => draft.rng.between(1, 5),
    };
    draft.say(by, Role::Statement, feeling, 0, None, time);
    let mut last_time = time;
    let mut last_by = by;
    for _ in 0..replies {
        let who = draft.people.talker(&mut draft.rng, place, last_time);
        let pace = if draft.rng.chance(0.3) { Pace::First } else { Pace::Next };
        let time = draft.later(who, last_time, pace);
        // Mostly to what was said last, sometimes to the beginning.
        let to = if draft.rng.chance(0.35) { 0 } else { draft.conversation.turns.len() as u16 - 1 };
        let feeling = mood(&mut draft, opening);
        if who == last_by || draft.say(who, Role::Remark, feeling, 0, Some(to), time).is_none() {
            continue;
        }
        (last_time, last_by) = (time, who);
    }
    draft.finish()
}

fn mood(draft: &mut Draft<'_>, opening: Opening) -> Feeling {
    let weights = match opening {
        Opening::Announcement => [0.1, 0.75, 0.0, 0.15],
        Opening::Proposal => [0.3, 0.4, 0.3, 0.0],
        Opening::Rant => [0.6, 0.0, 0.4, 0.0],
        Opening::Chatter => [1.0, 0.0, 0.0, 0.0],
        _ => [0.1, 0.9, 0.0, 0.0],
    };
    [Feeling::Calm, Feeling::Friendly, Feeling::Critical, Feeling::Angry][draft.rng.weighted(&weights)]
}
