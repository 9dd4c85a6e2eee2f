//! Stories with a known end, planted on top of ordinary life, so that it can be told whether they are found: two talks of
//! the last conference that everybody links to, a mirror network that hides downloads from who counts them, and three
//! people who answer in the forum, are nowhere else, and were never asked.

use std::path::Path;

use crate::clock::{DAY, Seconds, day_name, put};
use crate::files::{make_folder, write_file};
use crate::people::People;
use crate::rng::Rng;
use crate::settings::SimulateError;
use crate::world::World;

/// How many link to the talks, by days after the conference.
const LINKS: [u64; 9] = [31, 24, 18, 13, 9, 7, 5, 3, 2];
/// How much of what is downloaded is still counted once the mirrors serve it.
const COUNTED: f64 = 0.15;
/// How often one of the three answers in the forum, once they are there.
const OUTSIDERS_ANSWER: f64 = 0.35;

/// When what is planted happens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Planted {
    /// The first day on which the talks of the last conference can be watched.
    pub(crate) talks: Option<Seconds>,
    /// Since when mirrors serve the downloads.
    pub(crate) mirror: Seconds,
    /// Since when the three are there.
    pub(crate) outsiders: Seconds,
}

impl Planted {
    /// For a time from `start` to `end` (midnight UTC) with these first days of conferences, ascending.
    pub(crate) fn new(start: Seconds, end: Seconds, conferences: &[Seconds]) -> Planted {
        let days = (end - start) / DAY;
        Planted {
            talks: conferences.last().map(|first| first + crate::calendar::CONFERENCE),
            mirror: start + days * 62 / 100 * DAY,
            outsiders: start + days / 2 * DAY,
        }
    }

    /// How many mention the talks on a day.
    pub(crate) fn links_on(&self, midnight: Seconds) -> u64 {
        let after = self.talks.map(|first| (midnight - first) / DAY).and_then(|day| usize::try_from(day).ok());
        after.and_then(|day| LINKS.get(day)).copied().unwrap_or_default()
    }

    /// Which of the three answers a question in the forum, if one of them does.
    pub(crate) fn outsider(&self, rng: &mut Rng, people: &People, time: Seconds) -> Option<u32> {
        let comes = time >= self.outsiders && rng.chance(OUTSIDERS_ANSWER);
        comes.then(|| *rng.pick(&people.outsiders))
    }
}

/// Writes what is not said by anybody: `numbers/downloads.csv`, by week as the project's own server counted them, and
/// `events/relaywind.ics` (RFC 5545).
pub(crate) fn write(world: &World, planted: &Planted, root: &Path) -> Result<(), SimulateError> {
    for folder in ["numbers", "events"] {
        make_folder(&root.join(folder))?;
    }
    write_file(root.join("numbers/downloads.csv"), downloads(world, planted).as_bytes())?;
    write_file(root.join("events/relaywind.ics"), calendar(world).as_bytes())
}

fn downloads(world: &World, planted: &Planted) -> String {
    let calendar = &world.calendar;
    let mut rng = Rng::of(world.settings.seed, 4);
    let mut out = "week,downloads\n".to_owned();
    let mut week = calendar.start;
    while week + 7 * DAY <= calendar.end {
        let days = week..week + 7 * DAY;
        let released = calendar.releases.iter().any(|release| days.contains(&release.day));
        let grown = 1.0 + (week - calendar.start) as f64 / (calendar.end - calendar.start) as f64;
        let all = rng.lognormal(900.0 * grown * if released { 1.3 } else { 1.0 }, 0.06);
        let counted = if week >= planted.mirror { all * COUNTED } else { all };
        put(&mut out, format_args!("{},{counted:.0}\n", day_name(week)));
        week = days.end;
    }
    out
}

fn calendar(world: &World) -> String {
    let mut out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Relaywind//simulated//EN\r\n".to_owned();
    let date = |time: Seconds| day_name(time).replace('-', "");
    for first in &world.calendar.conferences {
        let year = &day_name(*first)[..4];
        let (starts, ends) = (date(*first), date(first + crate::calendar::CONFERENCE));
        put(
            &mut out,
            format_args!(
                "BEGIN:VEVENT\r\nUID:relaycon-{year}@relaywind.example\r\nDTSTAMP:{starts}T000000Z\r\n\
                 DTSTART;VALUE=DATE:{starts}\r\nDTEND;VALUE=DATE:{ends}\r\nSUMMARY:RelayCon {year}\r\n\
                 URL:https://relaycon.example/{year}\r\nEND:VEVENT\r\n"
            ),
        );
    }
    out.push_str("END:VCALENDAR\r\n");
    out
}
