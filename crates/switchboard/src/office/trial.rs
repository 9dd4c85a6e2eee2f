//! Trying a source without collecting from it: its first items are read, understood and forgotten.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use model::{Item, Problem, Rows};
use source::{CollectError, Context, ItemRef, Normalizer, Sink, Source};
use web::office::Trial;
use web::{Draft, OfficeResult};

use super::Workroom;
use crate::show;

/// Items that are enough to see whether a source is what it is taken for.
const ENOUGH: usize = 50;
/// How long they may take: whoever waits sits before a page.
const PATIENCE: Duration = Duration::from_secs(15);

impl Workroom {
    pub(super) fn try_draft(&self, draft: &Draft) -> OfficeResult<Trial> {
        let (source, options) = self.understood(draft)?;
        let context = self.context(draft, options);
        let (tell, told) = mpsc::channel();
        let work = move || {
            // Nobody listens any more where it took too long.
            let _ = tell.send(first_items(source, &context));
        };
        let started = thread::Builder::new().name("trial".to_owned()).spawn(work);
        if started.is_err() {
            return Ok(bad("there is no thread left to try it with; try again in a moment"));
        }
        let slow =
            || bad(&format!("it gave nothing within {} seconds; it may still work, only slowly", PATIENCE.as_secs()));
        Ok(told.recv_timeout(PATIENCE * 2).unwrap_or_else(|_| slow()))
    }
}

fn first_items(source: &'static Source, context: &Context) -> Trial {
    let normalizer = match (source.normalizer)(context) {
        Ok(normalizer) => normalizer,
        Err(error) => return bad(&error.message),
    };
    let mut taster = Taster {
        normalizer,
        rows: Rows::default(),
        items: 0,
        problems: Vec::new(),
        until: Instant::now() + PATIENCE,
        enough: false,
    };
    let ended = (source.collect)(context, &serde_json::Value::Null, &mut taster);
    match ended {
        Err(error) if !taster.enough => bad(&error.to_string()),
        _ => taster.said(),
    }
}

/// Takes the first items and then says that it is enough.
struct Taster {
    normalizer: Normalizer,
    rows: Rows,
    items: usize,
    /// What was wrong, each sort once.
    problems: Vec<String>,
    until: Instant,
    enough: bool,
}

impl Taster {
    fn go_on(&mut self) -> Result<(), CollectError> {
        self.enough = self.enough || self.items >= ENOUGH || Instant::now() >= self.until;
        if self.enough { Err(CollectError::Other("enough was seen".to_owned())) } else { Ok(()) }
    }

    fn note(&mut self, problem: &Problem) {
        if self.problems.len() < 5 && !self.problems.contains(&problem.what) {
            self.problems.push(problem.what.clone());
        }
    }

    fn said(mut self) -> Trial {
        for problem in std::mem::take(&mut self.rows.problems) {
            self.note(&problem);
        }
        let (messages, activities) = (self.rows.messages.len() as u64, self.rows.activities.len() as u64);
        let mut said = Vec::new();
        if self.items == 0 {
            said.push("It can be read, but there is nothing in it.".to_owned());
        } else {
            let first = if self.enough { "The first " } else { "" };
            let what = [(messages, "message", "messages"), (activities, "activity", "activities")];
            let what = what.iter().filter(|(number, ..)| *number > 0);
            let what: Vec<String> = what
                .map(|(number, one, many)| {
                    format!("{} {}", show::count(*number), if *number == 1 { one } else { many })
                })
                .collect();
            let what = if what.is_empty() {
                "nothing that counts as a message or an activity".to_owned()
            } else {
                what.join(" and ")
            };
            said.push(format!("It can be read. {first}{} held {what}.", show::counted(self.items as u64, "item")));
        }
        if !self.problems.is_empty() {
            said.push(format!("Some of it could not be understood: {}.", self.problems.join("; ")));
        }
        Trial { well: self.items > 0 && (messages + activities > 0 || self.problems.is_empty()), said }
    }
}

impl Sink for Taster {
    fn item(&mut self, item: ItemRef<'_>) -> Result<(), CollectError> {
        let ItemRef { id, version, kind, origin, bytes } = item;
        let owned = Item {
            id: id.to_owned(),
            version: version.to_owned(),
            kind: kind.to_owned(),
            origin: origin.to_owned(),
            bytes: bytes.to_vec(),
        };
        (self.normalizer)(&owned, &mut self.rows);
        self.items += 1;
        self.go_on()
    }

    fn safe_point(&mut self, _: &dyn Fn() -> serde_json::Value) -> Result<(), CollectError> {
        self.go_on()
    }

    fn end(&mut self, _: serde_json::Value) -> Result<(), CollectError> {
        Ok(())
    }

    fn problem(&mut self, problem: Problem) -> Result<(), CollectError> {
        self.note(&problem);
        self.go_on()
    }

    fn progress(&mut self, _: u64, _: u64) {}
}

fn bad(why: &str) -> Trial {
    let mut letters = why.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    Trial { well: false, said: vec![format!("{first}{}.", letters.as_str().trim_end_matches('.'))] }
}
