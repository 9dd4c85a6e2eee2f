//! Every metric once more, by loops over plain rows instead of SQL.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::world::{Rows, Tables, time};

/// One row of what a metric counts.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub time: i64,
    pub source: String,
    pub channel: String,
    pub tier: Option<i64>,
    pub person: String,
    pub organization: Option<String>,
    pub staff: bool,
    pub kind: String,
    /// What else is known, by column.
    pub more: BTreeMap<String, Value>,
}

/// A person, as far as metrics need them.
#[derive(Debug, Clone, Default)]
struct Person {
    staff: bool,
    organization: Option<String>,
    first: i64,
}

/// All rows by what they are of; bots are left out.
pub struct Plain {
    people: BTreeMap<String, Person>,
    channels: BTreeMap<(String, String), i64>,
    pub rows: BTreeMap<&'static str, Vec<Row>>,
}

fn text(row: &BTreeMap<String, Value>, name: &str) -> String {
    row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

impl Plain {
    pub fn read(tables: &Tables) -> Plain {
        let mut plain = Plain { people: BTreeMap::new(), channels: BTreeMap::new(), rows: BTreeMap::new() };
        let mut owner = BTreeMap::new();
        for row in tables.all("SELECT identity_id, person_id FROM identities") {
            owner.insert(text(&row, "identity_id"), text(&row, "person_id"));
        }
        for row in tables.all("SELECT source, channel, offered_tier FROM channels") {
            plain.channels.insert(
                (text(&row, "source"), text(&row, "channel")),
                row["offered_tier"].as_i64().expect("it is there"),
            );
        }
        for row in tables.all("SELECT * FROM people WHERE NOT bot") {
            let (staff, organization) = (row["staff"] == true, row["organization"].as_str().map(str::to_owned));
            let first = time(&row["first_seen"]).unwrap_or(i64::MAX);
            plain.people.insert(text(&row, "person_id"), Person { staff, organization, first });
            for (view, column) in [("newcomers", "first_seen"), ("last_seen_people", "last_seen")] {
                plain.add(view, &row, column, &text(&row, "person_id"));
            }
        }
        let mut helps = BTreeSet::new();
        for row in tables.all("SELECT * FROM conversations WHERE is_question") {
            let opener = text(&row, "opener_person_id");
            if opener.is_empty() || plain.people.contains_key(&opener) {
                plain.add("questions", &row, "opened", &opener);
                plain.add_firsts("asked", &opener, time(&row["opened"]));
            }
            for helper in row["helper_person_ids"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                plain.add_of("answers", "answered", &row, "opened", helper);
                plain.add_of("contributions", "answered", &row, "opened", helper);
                helps.insert((text(&row, "conversation_id"), helper.to_owned()));
            }
        }
        let mut moods = BTreeMap::new();
        for row in tables.all("SELECT message_id, sentiment FROM signals") {
            moods.insert(text(&row, "message_id"), row["sentiment"].clone());
        }
        let columns = "message_id, conversation_id, source, channel, kind, identity_id, time, closed";
        for mut row in tables.all(&format!("SELECT {columns} FROM messages")) {
            let person = owner.get(&text(&row, "identity_id")).cloned().unwrap_or_default();
            row.insert("sentiment".to_owned(), moods[&text(&row, "message_id")].clone());
            if helps.contains(&(text(&row, "conversation_id"), person.clone())) {
                plain.add_firsts("answered", &person, time(&row["time"]));
            }
            for view in ["written", "moods"] {
                plain.add(view, &row, "time", &person);
            }
            if row["kind"] == "issue" || row["kind"] == "change_request" {
                plain.add("tickets", &row, "time", &person);
            }
        }
        for row in tables.all("SELECT source, channel, kind, identity_id, time, merge FROM activities") {
            let (person, kind) =
                (owner.get(&text(&row, "identity_id")).cloned().unwrap_or_default(), text(&row, "kind"));
            match kind.as_str() {
                "joined" | "left" | "kicked" => plain.add("arrivals", &row, "time", &person),
                "authored" | "co_authored" | "committed" | "edited" | "merged" | "released" | "reported"
                | "reviewed" | "tested"
                    if row["merge"] == false =>
                {
                    plain.add("deeds", &row, "time", &person);
                    plain.add("contributions", &row, "time", &person);
                    plain.add_firsts(&kind, &person, time(&row["time"]));
                }
                _ => {}
            }
        }
        plain.derive();
        for (view, table, column) in [
            ("missing_pages", "gaps", "last_time"),
            ("trends", "topics", "last_time"),
            ("reach", "measurements", "time"),
        ] {
            let rows: Rows = tables.all(&format!("SELECT * FROM {table}"));
            rows.iter().for_each(|row| plain.push(view, row, column, "", None));
        }
        plain
    }

    /// What is made of other rows: who was in a channel, who was given the keys.
    fn derive(&mut self) {
        let mut stays: BTreeMap<(String, String, String), (i64, i64, Row)> = BTreeMap::new();
        for row in self.rows.get("written").into_iter().flatten() {
            let key = (row.source.clone(), row.channel.clone(), row.person.clone());
            let stay = stays.entry(key).or_insert((row.time, row.time, row.clone()));
            (stay.0, stay.1) = (stay.0.min(row.time), stay.1.max(row.time));
        }
        for (first, last, mut row) in stays.into_values() {
            row.time = first;
            row.more.insert("last".to_owned(), last.into());
            self.rows.entry("channel_stays").or_default().push(row);
        }
        let firsts = self.rows.get("firsts").cloned().unwrap_or_default();
        let first = |person: &str, kinds: &[&str]| {
            let of = firsts.iter().filter(|row| row.person == person && kinds.contains(&row.kind.as_str()));
            of.map(|row| row.time).min()
        };
        let people: BTreeSet<&str> = firsts.iter().map(|row| row.person.as_str()).collect();
        for person in people {
            let Some(given) = first(person, &["committed", "merged"]) else { continue };
            let Some(change) = first(person, &["authored", "co_authored"]) else { continue };
            let mut row = firsts.iter().find(|row| row.person == person).cloned().expect("it is there");
            row.time = given;
            row.more.insert("change".to_owned(), change.into());
            self.rows.entry("keys").or_default().push(row);
        }
    }

    fn add(&mut self, view: &'static str, row: &BTreeMap<String, Value>, column: &str, person: &str) {
        let kind = text(row, "kind");
        match self.people.get(person).cloned() {
            Some(known) => self.push(view, row, column, person, Some((&kind, known))),
            // Nobody knows who it was: it counts where no person is needed.
            None if person.is_empty() && ["questions", "tickets"].contains(&view) => {
                self.push(view, row, column, person, Some((&kind, Person::default())));
            }
            None => {}
        }
    }

    fn add_of(&mut self, view: &'static str, kind: &str, row: &BTreeMap<String, Value>, column: &str, person: &str) {
        if let Some(known) = self.people.get(person).cloned() {
            self.push(view, row, column, person, Some((kind, known)));
        }
    }

    fn push(
        &mut self,
        view: &'static str,
        row: &BTreeMap<String, Value>,
        column: &str,
        person: &str,
        known: Option<(&str, Person)>,
    ) {
        let Some(time) = row.get(column).and_then(time) else { return };
        let (kind, known) = known.unwrap_or_default();
        self.rows.entry(view).or_default().push(Row {
            time,
            source: text(row, "source"),
            channel: text(row, "channel"),
            tier: row.get("asked_tier").and_then(Value::as_i64),
            person: person.to_owned(),
            organization: known.organization,
            staff: known.staff,
            kind: kind.to_owned(),
            more: row.clone(),
        });
    }

    fn add_firsts(&mut self, kind: &str, person: &str, time: Option<i64>) {
        let (Some(known), Some(time)) = (self.people.get(person), time) else { return };
        let firsts = self.rows.entry("firsts").or_default();
        match firsts.iter_mut().find(|row| row.person == person && row.kind == kind) {
            Some(row) => row.time = row.time.min(time),
            None => firsts.push(Row {
                time,
                person: person.to_owned(),
                kind: kind.to_owned(),
                staff: known.staff,
                organization: known.organization.clone(),
                ..Row::default()
            }),
        }
    }

    /// When somebody first did one of some things.
    pub fn first(&self, person: &str, kinds: &[&str]) -> Option<i64> {
        let firsts = self.rows.get("firsts").into_iter().flatten();
        firsts.filter(|row| row.person == person && kinds.contains(&row.kind.as_str())).map(|row| row.time).min()
    }

    pub fn is_staff(&self, person: &str) -> bool {
        self.people.get(person).is_some_and(|person| person.staff)
    }

    pub fn first_seen(&self, person: &str) -> i64 {
        self.people.get(person).map_or(i64::MAX, |person| person.first)
    }

    pub fn offered(&self, row: &Row) -> Option<i64> {
        self.channels.get(&(row.source.clone(), row.channel.clone())).copied()
    }
}
