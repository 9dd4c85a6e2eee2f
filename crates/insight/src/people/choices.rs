//! What a list of people can be limited to.

use std::cmp::Reverse;

use super::list::place_name;
use crate::columns::{Lives, Names, Roster};
use crate::views::PeopleChoices;

/// What is offered of each kind, at most.
const CHOICES: usize = 200;

/// What there is, each with the most people first; without tags, which are the desk's.
pub(super) fn choices(lives: &Lives, roster: &Roster) -> PeopleChoices {
    let places: Vec<String> = lives.places.all().map(place_name).collect();
    let in_places = lives.all_places().map(|(place, _)| u32::from(*place));
    let channels = most(in_places, places.len()).into_iter().filter_map(|place| places.get(place).cloned());
    PeopleChoices {
        channels: channels.collect(),
        organizations: named(roster.stays.iter().map(|stay| stay.organization), &roster.organizations),
        areas: named(roster.knows.iter().map(|knows| knows.area), &roster.areas),
        tags: Vec::new(),
    }
}

fn named(all: impl Iterator<Item = u32>, names: &Names) -> Vec<String> {
    most(all, names.len()).into_iter().map(|number| names.get(number as u32).to_owned()).collect()
}

/// The numbers (below `length`) that come most often, at most [`CHOICES`].
fn most(all: impl Iterator<Item = u32>, length: usize) -> Vec<usize> {
    let mut counts: Vec<(u32, usize)> = (0..length).map(|number| (0, number)).collect();
    for number in all {
        if let Some((count, _)) = counts.get_mut(number as usize) {
            *count += 1;
        }
    }
    counts.retain(|(count, _)| *count > 0);
    counts.sort_unstable_by_key(|(count, number)| (Reverse(*count), *number));
    counts.into_iter().take(CHOICES).map(|(_, number)| number).collect()
}
