//! Rows that are kept as they came: events, measurements, affiliations, domains. They are few enough to be
//! in memory together and to be written anew each time.
//!
//! Of one thing told by several sources the first source's row counts, and within a source the latest.

use std::collections::BTreeMap;

use archive::{Manifest, Tables};
use arrow::array::RecordBatch;
use model::tables::{AFFILIATIONS, DOMAINS, EVENTS, MEASUREMENTS, Table};
use model::{Affiliation, Domain, Event, Id, Measurement, Rows, Timestamp};

use crate::columns::{Filling, Reading, some, some_time};
use crate::error::{DeriveError, Result};
use crate::links::Links;
use crate::load::{batches, files};
use crate::organizations::Affiliations;
use crate::people::People;

/// One row that is kept as it came.
pub enum Fact {
    /// Something in a calendar.
    Event(Event),
    /// A number.
    Measurement(Measurement),
    /// Who was where.
    Affiliation(Affiliation),
    /// Whose mail domain it is.
    Domain(Domain),
}

/// Takes the facts out of `rows`.
pub fn facts(rows: &mut Rows) -> impl Iterator<Item = Fact> {
    let events = rows.events.drain(..).map(Fact::Event);
    let measurements = rows.measurements.drain(..).map(Fact::Measurement);
    let affiliations = rows.affiliations.drain(..).map(Fact::Affiliation);
    events.chain(measurements).chain(affiliations).chain(rows.domains.drain(..).map(Fact::Domain))
}

/// A source: its place in the configuration and its id.
type Place = (usize, String);
/// Who or what, at which organization, from when on.
type Stay<T> = (T, String, Option<Timestamp>);

/// All of them.
#[derive(Default)]
pub struct Facts {
    events: BTreeMap<Id, (Place, Event)>,
    measurements: BTreeMap<Id, (Place, Measurement)>,
    /// Until when each stay lasted.
    affiliations: BTreeMap<Stay<Id>, (Place, Option<Timestamp>)>,
    domains: BTreeMap<Stay<String>, (Place, Option<Timestamp>)>,
}

/// Keeps `value` unless a source before this one said otherwise.
fn keep<K: Ord, V>(map: &mut BTreeMap<K, (Place, V)>, key: K, place: &Place, value: V) {
    if map.get(&key).is_none_or(|((known, _), _)| place.0 <= *known) {
        map.insert(key, (place.clone(), value));
    }
}

impl Facts {
    /// Those of before. `sources` are the ids in the order of the configuration.
    pub fn load(tables: &Tables, before: &Manifest, sources: &[&str]) -> Result<Facts> {
        let mut facts = Facts::default();
        for table in [&EVENTS, &MEASUREMENTS, &AFFILIATIONS, &DOMAINS] {
            for entry in files(before, table) {
                batches(tables, entry, None, |batch| facts.read(table, &batch, sources))?;
            }
        }
        Ok(facts)
    }

    /// Adds what a segment of the source at `place` gave.
    pub fn absorb(&mut self, fresh: Vec<Fact>, place: usize, sources: &[&str]) {
        let place = (place, sources[place].to_owned());
        fresh.into_iter().for_each(|fact| self.add(&place, fact));
    }

    fn add(&mut self, place: &Place, fact: Fact) {
        match fact {
            Fact::Event(event) => keep(&mut self.events, event.id, place, event),
            Fact::Measurement(measured) if measured.value.is_finite() => {
                keep(&mut self.measurements, measured.id, place, measured);
            }
            Fact::Measurement(_) => {}
            Fact::Affiliation(Affiliation { who, organization, from, until }) => {
                keep(&mut self.affiliations, (who, organization, from), place, until);
            }
            Fact::Domain(Domain { domain, organization, from, until }) => {
                keep(&mut self.domains, (domain, organization, from), place, until);
            }
        }
    }

    fn read(&mut self, table: &'static Table, batch: &RecordBatch, sources: &[&str]) -> Result<()> {
        let reading = Reading { table, batch };
        let source = reading.text("source")?;
        for row in 0..batch.num_rows() {
            // What was told by nobody was worked out, and will be again.
            let Some(id) = some(source, row) else { continue };
            let place = sources.iter().position(|known| *known == id).unwrap_or_default();
            self.add(&(place, id.to_owned()), fact(reading, row)?);
        }
        Ok(())
    }

    /// Who was where, as told and by the addresses that `people` have.
    pub fn affiliations<'a>(&'a self, links: &'a Links, people: &People) -> Affiliations<'a> {
        let stays = self.affiliations.iter().map(|((who, organization, from), (place, until))| {
            let stay = Affiliation { who: *who, organization: organization.clone(), from: *from, until: *until };
            (stay, place.1.as_str())
        });
        let domains = self.domains.iter().map(|((domain, organization, from), (place, until))| {
            let organization = organization.clone();
            (Domain { domain: domain.clone(), organization, from: *from, until: *until }, place.1.as_str())
        });
        Affiliations::new(stays, domains, links, people)
    }

    /// Writes them into `manifest`.
    pub fn write(&self, tables: &Tables, affiliations: &Affiliations<'_>, manifest: &mut Manifest) -> Result<()> {
        for (table, rows) in [
            (&EVENTS, self.events()?),
            (&MEASUREMENTS, self.measurements()?),
            (&DOMAINS, self.domains()?),
            (&AFFILIATIONS, affiliations.table()?),
        ] {
            let mut file = tables.create(table, None)?;
            file.write(&rows)?;
            manifest.tables.insert(table.name.to_owned(), file.finish()?.into_iter().collect());
        }
        Ok(())
    }

    fn events(&self) -> Result<RecordBatch> {
        let mut order: Vec<_> = self.events.values().collect();
        order.sort_by_key(|(_, event)| (event.starts.unwrap_or(Timestamp::MAX), event.id));
        let mut filling = Filling::new(&EVENTS);
        for ((_, source), event) in order {
            filling
                .text(event.id.as_str())
                .text(source)
                .text(&event.channel)
                .text(&event.title)
                .time(event.starts)
                .time(event.ends)
                .bool(event.whole_days)
                .text_or_null(event.place.as_deref())
                .text_or_null(event.url.as_deref())
                .text_or_null(event.about.as_deref())
                .bool(event.cancelled);
        }
        filling.finish()
    }

    fn measurements(&self) -> Result<RecordBatch> {
        let mut order: Vec<_> = self.measurements.values().collect();
        order.sort_by(|((_, a_source), a), ((_, b_source), b)| {
            let key = |one: &Measurement| (one.time.unwrap_or(Timestamp::MAX), one.id);
            (a_source, &a.name, &a.channel, key(a)).cmp(&(b_source, &b.name, &b.channel, key(b)))
        });
        let mut filling = Filling::new(&MEASUREMENTS);
        for ((_, source), measured) in order {
            filling
                .text(measured.id.as_str())
                .text(source)
                .text(&measured.channel)
                .text(&measured.name)
                .time(measured.time)
                .float(measured.value)
                .text_or_null(measured.unit.as_deref())
                .texts(&measured.labels);
        }
        filling.finish()
    }

    fn domains(&self) -> Result<RecordBatch> {
        let mut filling = Filling::new(&DOMAINS);
        for ((domain, organization, from), (place, until)) in &self.domains {
            filling.text(domain).text(organization).time(*from).time(*until).text(&place.1);
        }
        filling.finish()
    }
}

/// The fact in one row of a table.
fn fact(reading: Reading<'_>, row: usize) -> Result<Fact> {
    let table = reading.table.name;
    let id = |column| -> Result<Id> {
        Id::parse(reading.text(column)?.value(row)).ok_or(DeriveError::Column { table, column })
    };
    let text = |column| -> Result<String> { Ok(reading.text(column)?.value(row).to_owned()) };
    let maybe = |column| -> Result<Option<String>> { Ok(some(reading.text(column)?, row).map(str::to_owned)) };
    let time = |column| -> Result<Option<Timestamp>> { Ok(some_time(reading.time(column)?, row)) };
    let yes = |column| -> Result<bool> { Ok(reading.bool(column)?.value(row)) };
    Ok(match table {
        "events" => Fact::Event(Event {
            id: id("event_id")?,
            channel: text("channel")?,
            title: text("title")?,
            starts: time("starts")?,
            ends: time("ends")?,
            whole_days: yes("whole_days")?,
            place: maybe("place")?,
            url: maybe("url")?,
            about: maybe("about")?,
            cancelled: yes("cancelled")?,
        }),
        "measurements" => Fact::Measurement(Measurement {
            id: id("measurement_id")?,
            name: text("name")?,
            channel: text("channel")?,
            time: time("time")?,
            value: reading.float("value")?.value(row),
            unit: maybe("unit")?,
            labels: reading.texts("labels")?.row(row).map(str::to_owned).collect(),
        }),
        "affiliations" => Fact::Affiliation(Affiliation {
            who: id("identity_id")?,
            organization: text("organization")?,
            from: time("from_time")?,
            until: time("until_time")?,
        }),
        _ => Fact::Domain(Domain {
            domain: text("domain")?,
            organization: text("organization")?,
            from: time("from_time")?,
            until: time("until_time")?,
        }),
    })
}
