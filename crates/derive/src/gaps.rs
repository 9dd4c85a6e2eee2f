//! Questions that are asked again and again and that no page answers: what should be documented.
//!
//! Within each topic, questions that mean the same as an earlier one are put to it. Groups that several people
//! ask in are gaps, unless a page means the same or the answers point to one.

use model::time::DAY;
use rustc_hash::{FxHashMap, FxHashSet};
use text::Meaning;

use crate::conversations::Conversations;
use crate::course::State;
use crate::links::{Links, UNDATED};
use crate::topics::Topics;

/// From this likeness on, two questions are the same question.
const SAME: f32 = 0.75;
/// From this likeness on, a page is about a question.
const ANSWERED_BY: f32 = 0.65;
/// Questions and people that make a gap.
const QUESTIONS: usize = 3;
const PEOPLE: usize = 2;
/// Questions of a topic that are compared, the latest ones: what nobody asks any more needs no page.
const COMPARED: usize = 300;

/// One gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The conversation that the others are most like.
    pub typical: u32,
    /// All of them, resolved ones first, then the latest.
    pub conversations: Vec<u32>,
    /// Different people who asked.
    pub people: usize,
    /// Those that nobody has answered.
    pub unanswered: usize,
    /// When it was first and last asked.
    pub span: Option<(i64, i64)>,
}

/// Every gap, in the order of the typical conversations' ids.
pub fn gaps(links: &Links, conversations: &Conversations, topics: &Topics) -> Vec<Gap> {
    let mut groups: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut taken = FxHashSet::default();
    let mut about = topics.conversations();
    // The more special a topic, the surer its questions are of one kind.
    about.sort_by_key(|questions| (questions.len(), questions.first().copied()));
    let opening = |number: u32| conversations.all[number as usize].opening;
    let meaning = |number: u32| links.meanings.get(&opening(number));
    for mut questions in about {
        questions.retain(|number| !taken.contains(number) && meaning(*number).is_some());
        questions.sort_by_key(|number| {
            let link = &links.all[opening(*number) as usize];
            (std::cmp::Reverse(if link.time == UNDATED { i64::MIN } else { link.time }), link.id)
        });
        questions.truncate(COMPARED);
        let mut leaders: Vec<(u32, &Meaning)> = Vec::new();
        for number in questions {
            let Some(own) = meaning(number) else { continue };
            match leaders.iter().find(|(_, leader)| leader.likeness(own) >= SAME) {
                Some((leader, _)) => {
                    taken.extend([*leader, number]);
                    groups.entry(*leader).or_default().push(number);
                }
                None => leaders.push((number, own)),
            }
        }
    }
    let pages: Vec<&Meaning> = links
        .meanings
        .iter()
        .filter(|(at, _)| links.all[**at as usize].kind == model::MessageKind::Page)
        .map(|(_, meaning)| meaning)
        .collect();
    let documented =
        |number: u32| meaning(number).is_some_and(|own| pages.iter().any(|page| page.likeness(own) >= ANSWERED_BY));
    let mut gaps: Vec<Gap> = groups
        .into_iter()
        .filter(|(leader, _)| !documented(*leader))
        .filter_map(|(leader, members)| gap(links, conversations, leader, members))
        .collect();
    gaps.sort_by_key(|gap| conversations.id(links, gap.typical));
    gaps
}

/// The same words on one day are a flood: however many nicks said them, they were asked once.
fn words_of_day<'a>(links: &'a Links, conversations: &Conversations, number: u32) -> (i64, Option<&'a Meaning>) {
    let opening = conversations.all[number as usize].opening;
    (links.all[opening as usize].time.div_euclid(DAY), links.meanings.get(&opening))
}

fn gap(links: &Links, conversations: &Conversations, leader: u32, members: Vec<u32>) -> Option<Gap> {
    let mut all = members;
    all.push(leader);
    all.sort_unstable();
    all.dedup();
    let mut said = FxHashSet::default();
    all.retain(|number| said.insert(words_of_day(links, conversations, *number)));
    let one = |number: &u32| &conversations.all[*number as usize];
    let people: FxHashSet<u32> = all.iter().filter_map(|number| one(number).opener).collect();
    let pointed = all.iter().filter(|number| one(number).page_linked).count();
    if all.len() < QUESTIONS || people.len() < PEOPLE || 2 * pointed > all.len() {
        return None;
    }
    let time = |number: &u32| links.all[one(number).opening as usize].time;
    let times = || all.iter().map(time).filter(|time| *time != UNDATED);
    let span = times().min().zip(times().max());
    let unanswered = all.iter().filter(|number| matches!(one(number).state, State::Waiting(_))).count();
    let mut ordered = all.clone();
    ordered.sort_by_key(|number| {
        let resolved = matches!(one(number).state, State::Resolved(_));
        (!resolved, std::cmp::Reverse(time(number)), conversations.id(links, *number))
    });
    Some(Gap { typical: leader, conversations: ordered, people: people.len(), unanswered, span })
}
