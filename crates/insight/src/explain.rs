//! What was decided about a message, a conversation or a person, why, and how to correct it.

use archive::FileEntry;
use desk::Desk;
use model::Id;
use model::tables::{MESSAGES, PEOPLE, SIGNALS};

use crate::columns::{Batch, files, known};
use crate::views::{Decided, Explained, History};
use crate::{Community, Result, names};

impl Community {
    /// Every decision about what has this id, and what people decided about it; `None` if there is nothing of
    /// that id. A conversation's id is that of the message that opens it: both are explained.
    pub fn explain(&self, id: &str) -> Result<Option<Explained>> {
        self.settle(self.explained(id))
    }

    fn explained(&self, id: &str) -> Result<Option<Explained>> {
        let mut explained = Explained { id: id.to_owned(), ..Explained::default() };
        if let Some(row) = self.conversations.find(id) {
            explained.what.push("conversation");
            self.explain_conversation(row, &mut explained)?;
        }
        if id.starts_with('m') && self.explain_message(id, &mut explained)? {
            explained.what.push("message");
        }
        if id.starts_with('i') && self.people.find(id).is_some() {
            explained.what.push("person");
            self.explain_person(id, &mut explained)?;
        }
        if self.desk_file.exists() {
            explained.history = history(&Desk::open_read_only(&self.desk_file)?, id)?;
        }
        Ok((!explained.what.is_empty()).then_some(explained))
    }

    fn explain_conversation(&self, row: u32, explained: &mut Explained) -> Result<()> {
        let moment = self.moment()?;
        let id = self.conversations.ids[row as usize].to_string();
        let related = self.related(row)?;
        let details = self.details(related.iter().copied().chain([row]))?;
        explained.title = details.conversation(row).title;
        for (what, command, tier) in [
            ("asked tier", "asked", self.asked_view(row, &details, &moment)),
            ("observed tier", "observed", self.observed_view(row, &details, &moment)),
        ] {
            let correct = Some(format!("switchboard correct {id} {command} 0-4|none"));
            explained.decided.push(match tier {
                Some(tier) => Decided {
                    what,
                    value: format!("{} ({})", tier.tier, tier.name),
                    confidence: Some(tier.confidence),
                    why: tier.why,
                    correct,
                },
                None => Decided {
                    what,
                    value: "none".to_owned(),
                    confidence: None,
                    why: self.why_none(what, row)?,
                    correct,
                },
            });
        }
        let detail = details.get(row);
        let resolved = detail.and_then(|detail| detail.resolved_by.clone());
        explained.decided.push(Decided {
            what: "state",
            value: self.conversations.state[row as usize].as_str().to_owned(),
            confidence: None,
            why: resolved.into_iter().chain(self.conversations.waiting_words(row)).collect(),
            correct: None,
        });
        let because = |what, value: String| Decided { what, value, confidence: None, why: Vec::new(), correct: None };
        explained.decided.extend(related.iter().map(|other| {
            let other = details.conversation(*other);
            because("belongs with", format!("{} ({})", other.title, other.id))
        }));
        let topics = detail.map(|detail| detail.topics.join(", ")).filter(|topics| !topics.is_empty());
        explained.decided.extend(topics.map(|topics| because("topics", topics)));
        Ok(())
    }

    /// Why there is no tier of a kind.
    fn why_none(&self, what: &str, row: u32) -> Result<Vec<String>> {
        let details = self.details([row])?;
        let Some(detail) = details.get(row) else { return Ok(Vec::new()) };
        Ok(if what == "asked tier" { detail.asked.1.clone() } else { detail.observed.1.clone() })
    }

    /// Whether there is such a message.
    fn explain_message(&self, id: &str, explained: &mut Explained) -> Result<bool> {
        let columns: Vec<&str> = SIGNALS.columns.iter().map(|column| column.name).collect();
        // In which months it can lie; in any where the index does not know it.
        let known = Id::parse(id).and_then(|id| self.index.conversation_of(id).ok().flatten());
        let row = known.and_then(|conversation| self.conversations.find(&conversation));
        let months: Option<Vec<&FileEntry>> = row.map(|row| self.files_of(row));
        let may_hold = |entry: &FileEntry| {
            months.as_ref().is_none_or(|months| months.iter().any(|month| month.path == entry.path))
        };
        for (messages, signals) in self.twins().filter(|(messages, _)| may_hold(messages)) {
            let rows =
                self.tables.read_where_in(messages, "message_id", &[id], &["conversation_id", "month", "source"])?;
            if rows.iter().all(|batch| batch.num_rows() == 0) {
                continue;
            }
            for batch in self.tables.read_where_in(signals, "message_id", &[id], &columns)? {
                said(&Batch { table: &SIGNALS, batch }, explained)?;
            }
            for batch in rows {
                let batch = Batch { table: &MESSAGES, batch };
                explained.conversation = batch.text("conversation_id", 0)?.map(str::to_owned);
            }
            return Ok(true);
        }
        Ok(false)
    }

    /// The files of messages, each with that of the same messages' signals.
    fn twins(&self) -> impl Iterator<Item = (&FileEntry, &FileEntry)> {
        let signals = files(&self.manifest, &SIGNALS);
        files(&self.manifest, &MESSAGES).iter().filter_map(|entry| {
            let twin = |other: &&FileEntry| (&other.source, &other.month) == (&entry.source, &entry.month);
            Some((entry, signals.iter().find(twin)?))
        })
    }

    fn explain_person(&self, id: &str, explained: &mut Explained) -> Result<()> {
        let Some(person) = self.people.find(id) else { return Ok(()) };
        let person_id = self.people.ids[person as usize].to_string();
        explained.title = self.people.names[person as usize].to_string();
        self.rows_of(&PEOPLE, &person_id, |batch, row| {
            let bot = batch.bools("bot")?.value(row);
            let why = batch.lists("bot_why")?.at(row).map(str::to_owned).collect();
            explained.decided.push(Decided {
                what: "bot",
                value: if bot { "yes" } else { "no" }.to_owned(),
                confidence: None,
                why,
                correct: None,
            });
            Ok(())
        })?;
        self.identities_of(person, &["identity_id", "source", "kind", "name", "proof"], |batch, row| {
            let text = |name| Ok::<_, crate::InsightError>(batch.text(name, row)?.unwrap_or_default().to_owned());
            let (identity, source, kind) = (text("identity_id")?, text("source")?, text("kind")?);
            let name = batch.text("name", row)?.and_then(names::presentable).unwrap_or_default();
            explained.decided.push(Decided {
                what: "identity",
                value: format!("{name} · {kind} on {source} · {identity}"),
                confidence: None,
                why: batch.text("proof", row)?.map(str::to_owned).into_iter().collect(),
                correct: Some(format!("switchboard people split {identity}")),
            });
            Ok(())
        })
    }
}

/// What the signals of a message say.
fn said(batch: &Batch, explained: &mut Explained) -> Result<()> {
    for row in 0..batch.rows() {
        let list = |name: &str| {
            Ok::<Vec<String>, crate::InsightError>(batch.lists(name)?.at(row).map(str::to_owned).collect())
        };
        for why in list("why")? {
            let (signal, words) = why.split_once(": ").unwrap_or((&why, ""));
            explained.decided.push(Decided {
                what: "signal",
                value: signal.to_owned(),
                confidence: None,
                why: vec![format!("“{words}”")],
                correct: None,
            });
        }
        let quoted = |words: Vec<String>| words.into_iter().map(|word| format!("“{word}”")).collect();
        explained.decided.push(Decided {
            what: "sentiment",
            value: format!("{:+.2}", batch.floats("sentiment")?.value(row)),
            confidence: None,
            why: quoted(list("sentiment_why")?),
            correct: None,
        });
        if let Some(language) = batch.text("language", row)? {
            let (what, value) = ("language", language.to_owned());
            explained.decided.push(Decided { what, value, confidence: None, why: Vec::new(), correct: None });
        }
        let confidence = batch.float("answers_confidence", row)?;
        if confidence.is_some() {
            explained.decided.push(Decided {
                what: "answers",
                value: batch.text("answers_id", row)?.unwrap_or("nothing before it").to_owned(),
                confidence,
                why: list("answers_why")?,
                correct: Some(format!("switchboard correct {} answers ID|none", explained.id)),
            });
        }
    }
    Ok(())
}

fn history(desk: &Desk, id: &str) -> Result<Vec<History>> {
    let line = |decision: desk::Decision| History {
        at: decision.at,
        who: decision.who,
        kind: decision.kind.as_str(),
        value: decision.value,
        note: decision.note,
    };
    Ok(desk.history(id)?.into_iter().map(line).collect())
}

impl crate::columns::Conversations {
    /// Since when somebody waits, in words for a reason.
    fn waiting_words(&self, row: u32) -> Option<String> {
        let since = jiff::Timestamp::from_microsecond(known(self.waiting_since[row as usize])?).ok()?;
        Some(format!("nobody has answered since {}", since.strftime("%Y-%m-%d %H:%M UTC")))
    }
}
