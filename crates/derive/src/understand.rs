//! What one message says: everything that later steps need of its text, read once.

use model::{Message, MessageKind};
use text::issue_kind::Kind;
use text::tier::{Asked, Signs};
use text::{Meaning, Reading, Signal};

use crate::fresh::always_asks;
use crate::marks::{Mark, Marks};

/// Characters of [`Understood::lead`].
const LEAD: usize = 160;
/// A message, understood.
pub struct Understood {
    /// How its own words begin.
    pub lead: String,
    /// Whether it shows code, a log, a session or a trace.
    pub code: bool,
    /// Words of prose.
    pub words: u32,
    /// What it does.
    pub marks: Marks,
    /// Each signal with its words, as `thanks: that worked`.
    pub why: Vec<String>,
    /// Its mood, −1 to 1.
    pub sentiment: f32,
    /// The words that made it so.
    pub sentiment_why: Vec<String>,
    /// Its language, ISO 639-1.
    pub language: Option<&'static str>,
    /// The signs of a support tier in it.
    pub asked_signs: Signs,
    /// What subject and own words mean, if it opens something and asks, or is a page.
    pub meaning: Option<Meaning>,
}

impl Understood {
    /// Reads a message.
    pub fn new(message: &Message) -> Understood {
        let own = text::own_words(&message.body);
        let subject = message.subject.as_deref();
        let reading = text::read(subject, &own);
        let (facts, sentiment) = (reading.facts, &reading.sentiment);
        let code = facts.code || facts.log || facts.trace || facts.diff;
        let mut marks = Marks::default();
        Signal::ALL
            .iter()
            .filter(|signal| reading.signals.has(**signal))
            .for_each(|signal| marks.add(Mark::Said(*signal)));
        let asked_signs = signs(message, &own, &reading);
        let asks = marks.does(Signal::Question) && message.parents.is_empty() || always_asks(message.kind);
        let meant = asks || message.kind == MessageKind::Page;
        Understood {
            lead: text::lead(&own, LEAD),
            code,
            words: facts.words,
            marks: marks.sized(code, facts.words),
            why: reading.signals.found.iter().map(|found| reason(found, subject, &own)).collect(),
            sentiment: sentiment.score,
            sentiment_why: sentiment.why.iter().filter_map(|words| own.get(words.clone())).map(one_line).collect(),
            language: reading.language.map(|language| language.as_str()),
            asked_signs,
            meaning: meant.then(|| meaning(subject, &own)),
        }
    }

    /// Its mood in hundredths.
    pub fn mood(&self) -> i8 {
        mood(f64::from(self.sentiment))
    }
}

/// A sentiment (−1 to 1) in hundredths.
pub fn mood(sentiment: f64) -> i8 {
    (sentiment * 100.0).round() as i8
}

fn meaning(subject: Option<&str>, own: &str) -> Meaning {
    match subject {
        Some(subject) => text::meaning(&format!("{subject}\n{own}")),
        None => text::meaning(own),
    }
}

/// The signs of a support tier: those of the words, and what its source calls it.
fn signs(message: &Message, own: &str, reading: &Reading) -> Signs {
    let mut signs = reading.asked;
    match message.kind {
        MessageKind::Question => signs.add(Asked::NativeQuestion as usize),
        MessageKind::Issue => {
            signs.add(Asked::NativeIssue as usize);
            signs.add(issue(message, own) as usize);
        }
        MessageKind::ChangeRequest => signs.add(Asked::NativeChange as usize),
        _ => {}
    }
    signs
}

/// What an issue is, as a sign.
fn issue(message: &Message, own: &str) -> Asked {
    match text::issue_kind(message.subject.as_deref().unwrap_or_default(), own).kind {
        Kind::Bug => Asked::Defect,
        Kind::Feature => Asked::Change,
        Kind::Question => Asked::HowTo,
    }
}

fn reason(found: &text::Found, subject: Option<&str>, own: &str) -> String {
    let text = if found.in_subject { subject.unwrap_or_default() } else { own };
    let words = text.get(found.words.clone()).unwrap_or_default();
    format!("{}: {}", found.signal.as_str(), one_line(words))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
