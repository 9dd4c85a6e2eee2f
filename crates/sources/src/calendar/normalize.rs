//! A calendar to events, and who has a part in them.

use jiff::tz::TimeZone;
use model::{Activity, ActivityKind, Channel, Event, Id, Identity, IdentityKind, Item, Problem, Rows, Stage};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::Value;
use source::{Context, Normalizer, OptionsError};

use super::config::CalendarOptions;
use super::draft::{Draft, Guest, Key, Part};
use super::{ics, list};
use crate::yaml;

/// What UIDs of iCalendar are unique in.
const WORLD: &str = "ical";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Origin {
    file: String,
}

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let (_, zone) = CalendarOptions::with_zone(context)?;
    let source = context.source.clone();
    Ok(Box::new(move |item, rows| {
        let origin: Origin = serde_json::from_str(&item.origin).unwrap_or_default();
        Reading { source: &source, file: origin.file, item, rows }.calendar(&zone);
    }))
}

struct Reading<'a> {
    source: &'a str,
    file: String,
    item: &'a Item,
    rows: &'a mut Rows,
}

impl Reading<'_> {
    fn calendar(&mut self, zone: &TimeZone) {
        let text = String::from_utf8_lossy(&self.item.bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let (drafts, wrong) = match self.item.kind.as_str() {
            "yaml" => {
                let (documents, wrong) = yaml::read(text);
                self.documents(documents, wrong, zone)
            }
            "json" => match serde_json::from_str::<Value>(text) {
                Ok(document) => self.documents(vec![document], None, zone),
                Err(_) => (Vec::new(), vec!["is no JSON"]),
            },
            _ => ics::read(text, zone),
        };
        let nothing = drafts.is_empty() && wrong.is_empty();
        self.problems(if nothing { vec!["holds no event"] } else { wrong });
        drafts.into_iter().for_each(|draft| self.event(draft));
    }

    fn documents(
        &self,
        documents: Vec<Value>,
        wrong: Option<&'static str>,
        zone: &TimeZone,
    ) -> (Vec<Draft>, Vec<&'static str>) {
        let (mut drafts, mut all_wrong) = (Vec::new(), Vec::from_iter(wrong));
        for (number, document) in documents.iter().enumerate() {
            let (mut found, wrong) = list::read(document, zone);
            if number > 0 {
                for draft in &mut found {
                    if let Key::File(key) = &mut draft.key {
                        *key = format!("{key}~{}", number + 1);
                    }
                }
            }
            drafts.append(&mut found);
            all_wrong.extend(wrong);
        }
        (drafts, all_wrong)
    }

    /// Pushes each problem once, with how often it came up.
    fn problems(&mut self, wrong: Vec<&'static str>) {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for what in &wrong {
            *counts.entry(what).or_default() += 1;
        }
        for what in wrong {
            let Some(count) = counts.remove(what) else { continue };
            let detail = if count > 1 { format!("{count} times") } else { String::new() };
            let (what, file) = (what.to_owned(), self.file.clone());
            self.rows.problems.push(Problem { stage: Stage::Normalize, what, file, offset: None, detail });
        }
    }

    fn event(&mut self, draft: Draft) {
        let channel = draft.channel.unwrap_or_else(|| self.source.to_owned());
        if self.rows.channels.last().is_none_or(|last| last.name != channel) {
            self.rows.channels.push(Channel { name: channel.clone(), kind: "calendar".to_owned(), title: None });
        }
        let (space, native) = match &draft.key {
            Key::World(key) => (WORLD, key.clone()),
            Key::File(key) => (self.source, format!("{}#{key}", self.item.id)),
        };
        let id = Id::event(space, &native);
        for (number, guest) in draft.guests.iter().enumerate() {
            let who = self.identity(guest, draft.span.starts);
            let kind = match guest.part {
                Part::Accepted | Part::Speaker => ActivityKind::Attended,
                Part::Declined | Part::Tentative | Part::Organizer => ActivityKind::Other,
            };
            let part = guest.part.as_str();
            self.rows.activities.push(Activity {
                who: Some(who),
                time: draft.span.starts,
                order: number as i64,
                object: Some(id.to_string()),
                detail: Some(part.to_owned()),
                ..Activity::new(Id::activity(space, &format!("{native}/{part}/{}", value(guest))), kind, &channel)
            });
        }
        self.rows.events.push(Event {
            starts: draft.span.starts,
            ends: draft.span.ends,
            whole_days: draft.span.whole_days,
            place: draft.place,
            url: draft.url,
            about: draft.about,
            cancelled: draft.cancelled,
            ..Event::new(id, channel, draft.title)
        });
    }

    fn identity(&mut self, guest: &Guest, seen: Option<i64>) -> Id {
        let kind = if guest.email.is_some() { IdentityKind::Email } else { IdentityKind::Name };
        let identity = Identity {
            name: guest.name.clone(),
            email: guest.email.clone(),
            seen,
            ..Identity::new(self.source, kind, value(guest))
        };
        let id = identity.id;
        self.rows.identities.push(identity);
        id
    }
}

/// What makes a guest this one: the address, else the name.
fn value(guest: &Guest) -> String {
    guest.email.clone().unwrap_or_else(|| guest.name.clone().unwrap_or_default().to_lowercase())
}
