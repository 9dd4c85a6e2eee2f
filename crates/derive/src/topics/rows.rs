//! The table of topics: how each grows, how it is answered, in which mood it is asked about.

use model::time::DAY;

use super::{COMMON, Conversations, Links, State, TopicKind, Topics, UNDATED};

/// A topic grows or fades from one such stretch to the next.
const STRETCH: i64 = 90 * DAY;
/// Conversations named at most, the latest ones.
const NAMED: usize = 20;

/// One row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicRow {
    /// Its number.
    pub topic: u32,
    /// Questions about it.
    pub questions: usize,
    /// Those that nobody has answered.
    pub unanswered: usize,
    /// Those of the last [`STRETCH`].
    pub recent: usize,
    /// Those of the one before.
    pub before: usize,
    /// Mean mood of the openings, −1 to 1.
    pub sentiment: f64,
    /// When it was first and last asked about.
    pub span: Option<(i64, i64)>,
    /// The latest conversations, latest first.
    pub latest: Vec<u32>,
}

/// A row for each topic that several ask about, by name.
pub fn rows(links: &Links, conversations: &Conversations, topics: &Topics) -> Vec<TopicRow> {
    let newest = links.newest();
    let mut rows: Vec<TopicRow> = (0..)
        .zip(topics.conversations())
        .filter(|(topic, about)| about.len() >= COMMON || topics.kinds[*topic as usize] == TopicKind::Phrase)
        .map(|(topic, about)| row(links, conversations, topic, about, &|source| newest.get(&source).copied()))
        .collect();
    rows.sort_by_key(|row| topics.name(row.topic).to_owned());
    rows
}

fn row(
    links: &Links,
    conversations: &Conversations,
    topic: u32,
    mut about: Vec<u32>,
    newest: &dyn Fn(u32) -> Option<i64>,
) -> TopicRow {
    let opening = |number: &u32| &links.all[conversations.all[*number as usize].opening as usize];
    let age = |number: &u32| {
        let link = opening(number);
        newest(link.source).filter(|_| link.time != UNDATED).map(|newest| newest - link.time)
    };
    let within = |from: i64, to: i64| about.iter().filter_map(age).filter(|age| (from..to).contains(age)).count();
    let waits = |number: &&u32| matches!(conversations.all[**number as usize].state, State::Waiting(_));
    let moods: f64 = about.iter().map(|number| f64::from(opening(number).mood) / 100.0).sum();
    let times = || about.iter().map(|number| opening(number).time).filter(|time| *time != UNDATED);
    let (recent, before) = (within(0, STRETCH), within(STRETCH, 2 * STRETCH));
    let row = TopicRow {
        topic,
        questions: about.len(),
        unanswered: about.iter().filter(waits).count(),
        recent,
        before,
        sentiment: moods / about.len().max(1) as f64,
        span: times().min().zip(times().max()),
        latest: Vec::new(),
    };
    about.sort_by_key(|number| std::cmp::Reverse((opening(number).time, opening(number).id)));
    about.truncate(NAMED);
    TopicRow { latest: about, ..row }
}
