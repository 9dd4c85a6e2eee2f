//! What people did in a stretch of time, counted in one walk over everybody's life.

use rustc_hash::{FxHashMap, FxHashSet};

use model::ActivityKind;

use super::{Both, Stretches};
use crate::Community;
use crate::columns::{Doing, Entry, Lives, known};
use crate::details::Details;
use crate::views::{Busy, FirstTime, PeriodCounts};

/// People shown who did something for the first time.
const FIRSTS: usize = 200;
/// Conversations shown.
const BUSIEST: usize = 10;

/// A place, and whether what happened there counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) wanted: bool,
}

/// What was done.
#[derive(Debug, Default)]
pub(super) struct Deeds {
    pub(super) total: Both,
    /// By number of place.
    pub(super) channels: Vec<Both>,
    /// Who did what for the first time in the period; each person's earliest first.
    firsts: Vec<(u32, Vec<Entry>)>,
    busiest: Vec<Bustle>,
}

/// One conversation in the period.
#[derive(Debug, Default)]
struct Bustle {
    row: u32,
    messages: u64,
    people: FxHashSet<u32>,
    last: i64,
}

/// What of one person counts once in each stretch.
#[derive(Debug, Default, Clone, Copy)]
struct Part {
    active: bool,
    helped: bool,
}

impl Deeds {
    pub(super) fn of(community: &Community, lives: &Lives, stretches: Stretches, places: &[Place]) -> Deeds {
        let mut deeds = Deeds { channels: vec![Both::default(); places.len()], ..Deeds::default() };
        let all = places.iter().all(|place| place.wanted);
        let mut bustle = FxHashMap::<u32, Bustle>::default();
        for person in (0..community.people.len() as u32).filter(|person| !community.people.is_bot(*person)) {
            let entries = lives.of(person);
            let fits = |entry: &&Entry| places.get(entry.place() as usize).is_some_and(|place| place.wanted);
            deeds.count(person, entries.iter().filter(fits), stretches, &mut bustle);
            let first = entries.last();
            if let Some((first, stretch)) = first.filter(fits).and_then(|one| Some((one, stretches.of(one.time())?))) {
                deeds.channel(first.place(), stretch).newcomers += 1;
                deeds.total[stretch].newcomers += u64::from(!all);
            }
            // Where everything counts, so does whoever is known by nothing but a time.
            let seen = community.people.first_seen.get(person as usize).copied().and_then(known);
            if let Some(stretch) = seen.and_then(|time| stretches.of(time)).filter(|_| all) {
                deeds.total[stretch].newcomers += 1;
            }
            deeds.take_firsts(person, entries, stretches, fits);
        }
        deeds.firsts.sort_by_key(|(person, entries)| (entries.first().map(Entry::time), *person));
        deeds.firsts.truncate(FIRSTS);
        let mut busiest: Vec<Bustle> = bustle.into_values().collect();
        busiest.sort_by_key(|one| (std::cmp::Reverse((one.messages, one.people.len(), one.last)), one.row));
        busiest.truncate(BUSIEST);
        Deeds { busiest, ..deeds }
    }

    fn channel(&mut self, place: u32, stretch: usize) -> &mut PeriodCounts {
        // Every place of an entry has its number; the total is only a stand-in that is never asked for.
        match self.channels.get_mut(place as usize) {
            Some(both) => &mut both[stretch],
            None => &mut self.total[stretch],
        }
    }

    fn count<'a>(
        &mut self,
        person: u32,
        entries: impl Iterator<Item = &'a Entry>,
        stretches: Stretches,
        bustle: &mut FxHashMap<u32, Bustle>,
    ) {
        let mut whole = [Part::default(); 2];
        let mut parts = FxHashMap::<(u32, usize), Part>::default();
        for entry in entries {
            let Some(stretch) = stretches.of(entry.time()) else { continue };
            let (doing, times) = (entry.doing(), u64::from(entry.times()));
            let written = entry.conversation();
            let commit = matches!(doing, Doing::Did(ActivityKind::Authored | ActivityKind::CoAuthored));
            let add = |counts: &mut PeriodCounts| {
                counts.messages += if written.is_some() { times } else { 0 };
                counts.commits += if commit { times } else { 0 };
            };
            add(&mut self.total[stretch]);
            add(self.channel(entry.place(), stretch));
            for part in [&mut whole[stretch], parts.entry((entry.place(), stretch)).or_default()] {
                part.active |= written.is_some() || doing.gives();
                part.helped |= doing == Doing::Helped;
            }
            if let Some(row) = written.filter(|_| stretch == 0) {
                let one = bustle.entry(row).or_default();
                one.row = row;
                one.messages += times;
                one.people.insert(person);
                one.last = one.last.max(entry.time());
            }
        }
        let note = |counts: &mut PeriodCounts, part: Part| {
            counts.active_people += u64::from(part.active);
            counts.helpers += u64::from(part.helped);
        };
        whole.into_iter().zip(&mut self.total).for_each(|(part, counts)| note(counts, part));
        for ((place, stretch), part) in parts {
            note(self.channel(place, stretch), part);
        }
    }

    /// First times, of all times: `entries` are everything that the person ever did, the latest first.
    fn take_firsts<'a>(
        &mut self,
        person: u32,
        entries: &'a [Entry],
        stretches: Stretches,
        fits: impl Fn(&&'a Entry) -> bool,
    ) {
        let mut kinds: Vec<&'static str> = Vec::new();
        let mut firsts = Vec::new();
        for entry in entries.iter().rev().filter(|entry| entry.doing().gives()) {
            let Some(kind) = words(entry.doing()) else { continue };
            if kinds.contains(&kind) {
                continue;
            }
            kinds.push(kind);
            let counted = Some(entry).filter(&fits).and_then(|entry| stretches.of(entry.time()));
            if let Some(stretch) = counted.filter(|_| kinds.len() == 1) {
                self.total[stretch].new_contributors += 1;
                self.channel(entry.place(), stretch).new_contributors += 1;
            }
            firsts.extend(counted.filter(|stretch| *stretch == 0).map(|_| *entry));
        }
        if !firsts.is_empty() {
            self.firsts.push((person, firsts));
        }
    }

    /// Rows of conversations that first answers were given in.
    pub(super) fn first_rows(&self) -> Vec<u32> {
        self.firsts.iter().filter_map(|(_, entries)| entries.iter().find_map(Entry::conversation)).collect()
    }

    /// Rows of the busiest conversations.
    pub(super) fn busiest_rows(&self) -> Vec<u32> {
        self.busiest.iter().map(|one| one.row).collect()
    }

    pub(super) fn firsts(&self, community: &Community, lives: &Lives, details: &Details<'_>) -> Vec<FirstTime> {
        let view = |(person, entries): &(u32, Vec<Entry>)| {
            let did = |entry: &Entry| {
                let words = words(entry.doing())?;
                let source = lives.places.get(entry.place()).0;
                Some(if entry.conversation().is_some() { words.to_owned() } else { format!("{words} {source}") })
            };
            Some(FirstTime {
                person: community.person_ref(*person)?,
                did: entries.iter().filter_map(did).collect(),
                time: entries.first()?.time(),
                conversation: entries.iter().find_map(Entry::conversation).map(|row| details.conversation(row)),
            })
        };
        self.firsts.iter().filter_map(view).collect()
    }

    pub(super) fn busiest(&self, details: &Details<'_>) -> Vec<Busy> {
        let view = |one: &Bustle| Busy {
            conversation: details.conversation(one.row),
            messages: one.messages,
            people: one.people.len() as u64,
            last: one.last,
        };
        self.busiest.iter().map(view).collect()
    }
}

/// What somebody did for the first time, in words that follow their name; the source follows but where it is an answer.
fn words(doing: Doing) -> Option<&'static str> {
    use ActivityKind::{Authored, CoAuthored, Edited, Merged, Released, Reported, Reviewed, Tested};
    Some(match doing {
        Doing::Helped => "gave a first answer",
        Doing::Did(Authored | CoAuthored) => "made a first commit to",
        Doing::Did(Reviewed) => "did a first review in",
        Doing::Did(Reported) => "reported a first defect in",
        Doing::Did(Tested) => "tested for the first time in",
        Doing::Did(Merged) => "merged for the first time in",
        Doing::Did(Edited) => "edited for the first time in",
        Doing::Did(Released) => "made a first release of",
        _ => return None,
    })
}
