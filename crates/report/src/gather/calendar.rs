//! Events, and the places where one can take part.

use insight::views::{ChannelView, EventView};
use model::time::DAY;

use super::Ask;
use super::words::{days, place};
use crate::facts::{Event, Facts, Way};
use crate::{Questions, Result};

/// How far ahead events are told of, in days.
const AHEAD: i64 = 92;
/// Places named, the liveliest.
const WAYS: usize = 6;
/// A place where nothing was said for so long before the period's end is none to send people to, in days.
const QUIET: i64 = 365;

pub(super) fn add(questions: &dyn Questions, ask: &Ask, facts: &mut Facts) -> Result<()> {
    let (from, until) = (ask.period.from(), ask.period.until());
    let calendar = questions.calendar()?;
    let mut events: Vec<&EventView> = calendar.past.iter().chain(&calendar.coming).collect();
    events.retain(|event| !event.cancelled);
    events.sort_by_key(|event| (event.starts, event.id.clone()));
    let between = |from: i64, until: i64| {
        let within = move |event: &&&EventView| event.starts.is_some_and(|starts| starts >= from && starts < until);
        events.iter().filter(within).filter_map(|event| view(event)).collect()
    };
    facts.recent_events = between(from, until);
    facts.coming_events = between(until, until.saturating_add(AHEAD * DAY));
    let open = |channel: &ChannelView| {
        let talked = channel.last.is_some_and(|last| last > until.saturating_sub(QUIET * DAY));
        talked && channel.messages > 0 && what(&channel.kind).is_some()
    };
    let tiers = questions.tiers();
    let way = |channel: ChannelView| Way {
        name: place(&channel.source, &channel.channel),
        what: what(&channel.kind).unwrap_or_default().to_owned(),
        offers: tiers.get(usize::from(channel.offered)).map(|tier| tier.name.clone()).unwrap_or_default(),
    };
    let mut channels = questions.channels()?;
    channels.retain(open);
    channels.sort_by(|a, b| b.messages.cmp(&a.messages).then_with(|| a.id.cmp(&b.id)));
    facts.ways = channels.into_iter().take(WAYS).map(way).collect();
    Ok(())
}

fn view(event: &EventView) -> Option<Event> {
    Some(Event {
        title: event.title.clone(),
        when: days(event.starts?, event.ends),
        place: event.place.clone().unwrap_or_default(),
        url: event.url.clone().unwrap_or_default(),
    })
}

/// What a kind of channel is for somebody who comes; `None` where nobody talks.
fn what(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "list" => "mailing list",
        "chat" => "chat",
        "site" => "questions and answers",
        "repository" => "code and issues",
        _ => return None,
    })
}
