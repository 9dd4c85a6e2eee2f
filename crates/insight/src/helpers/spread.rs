//! Not the usual suspects: spreading the helping over more people, as a step of its own that says what it did.
//!
//! The ranking says who is likeliest to know. This step then moves people for reasons that have nothing to do with
//! what they know: who carries much or was asked a few times this week goes back; who could grow into it comes
//! forward. Each of these moves is a factor on the score, taken to the power of `2 · spread`: none at 0, as written
//! here at the default of 0.5, squared at 1. What people wish ([`wishes`]) counts at any strength.

use super::{Candidate, Shortlist};
use crate::columns::Knowledge;
use crate::moment::Moment;
use crate::words::count;
use crate::{Community, Result};

mod wishes;

/// People suggested for one question.
const SHOWN: usize = 5;
/// How strongly a share of all recent helping puts a person back: at a share of one half, to one half.
const CARRIES: f64 = 2.0;
/// Recent questions taken for granted when shares are made, so that the first answer of a quiet month is no load.
const QUIET: f64 = 10.0;
/// Whoever helped with at least this share of the recent questions is said to; below so many questions a share says
/// nothing.
const MUCH: f64 = 0.2;
const FEW: u32 = 10;
/// What each time that somebody was asked this week leaves.
const ASKED: f64 = 0.75;
/// Asked so often, they get a sentence.
const OFTEN: usize = 2;
/// What coming forward brings those who answered a question or two like this and hardly any other.
const GROWS: f64 = 1.5;
/// Up to so many questions in all, somebody may grow.
const SMALL: u32 = 10;

/// Somebody as they are suggested.
#[derive(Debug, Clone)]
pub(crate) struct Suggested {
    pub(crate) candidate: Candidate,
    /// After spreading.
    pub(crate) score: f64,
    /// What moved them, one sentence each.
    pub(crate) moved: Vec<String>,
    /// Their place without spreading, from 1.
    pub(crate) unmoved_place: u32,
}

/// A factor on somebody's score, with the sentence that says why where it is worth one.
type Move = (f64, Option<String>);

/// What the moves rest on.
struct Loads<'a> {
    community: &'a Community,
    moment: &'a Moment,
    knowledge: &'a Knowledge,
    shortlist: &'a Shortlist,
    spread: f64,
}

impl Community {
    /// The people to show, spread as the settings say, without those who do not want to be asked.
    pub(crate) fn chosen(&self, shortlist: &Shortlist, moment: &Moment) -> Result<Vec<Suggested>> {
        let knowledge = self.knowledge(moment.now)?;
        let mut chosen = self.spread(shortlist, moment, &knowledge, self.settings().spread);
        chosen.truncate(SHOWN);
        Ok(chosen)
    }

    /// All who want to be asked, spread at a strength.
    pub(crate) fn spread(
        &self,
        shortlist: &Shortlist,
        moment: &Moment,
        knowledge: &Knowledge,
        spread: f64,
    ) -> Vec<Suggested> {
        let loads = Loads { community: self, moment, knowledge, shortlist, spread: spread.clamp(0.0, 1.0) };
        let places = (1..).zip(shortlist.people.iter().filter(|candidate| loads.may_be_asked(candidate)));
        let mut suggested: Vec<Suggested> = places.map(|(place, candidate)| loads.moved(place, candidate)).collect();
        suggested.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.unmoved_place.cmp(&b.unmoved_place)));
        suggested
    }
}

impl Loads<'_> {
    fn id(&self, candidate: &Candidate) -> &str {
        self.community.people.ids.get(candidate.person as usize).map_or("", |id| id.as_str())
    }

    fn moved(&self, unmoved_place: u32, candidate: &Candidate) -> Suggested {
        let load = [self.carries(candidate), self.asked(candidate), self.grows(candidate)];
        let load = load.into_iter().flatten().filter(|_| self.spread > 0.0);
        let load = load.map(|(factor, why)| (factor.powf(2.0 * self.spread), why));
        let (mut score, mut moved) = (candidate.score, Vec::new());
        for (factor, why) in self.wishes(candidate).into_iter().chain(load) {
            score *= factor;
            moved.extend(why);
        }
        Suggested { candidate: candidate.clone(), score, moved, unmoved_place }
    }

    fn carries(&self, candidate: &Candidate) -> Option<Move> {
        let (helped, all) = self.knowledge.carried(candidate.person);
        let much = all >= FEW && f64::from(helped) >= MUCH * f64::from(all);
        let why = format!("put back: already helped with {helped} of the {all} questions of the last 90 days");
        let factor = 1.0 / (1.0 + CARRIES * f64::from(helped) / (f64::from(all) + QUIET));
        (helped > 0).then(|| (factor, much.then_some(why)))
    }

    fn asked(&self, candidate: &Candidate) -> Option<Move> {
        let times = self.asked_this_week(candidate);
        let why = format!("put back: was asked {times} times this week");
        let factor = ASKED.powi(i32::try_from(times).unwrap_or(i32::MAX));
        (times > 0).then(|| (factor, (times >= OFTEN).then_some(why)))
    }

    fn grows(&self, candidate: &Candidate) -> Option<Move> {
        let all = self.knowledge.person(candidate.person).map_or(0, |knows| knows.answered);
        let asked = self.moment.asks.contains_key(self.id(candidate));
        let like_this = match candidate.answered {
            1 => "one".to_owned(),
            more => count(more, "question"),
        };
        let why = format!("brought forward: answered {like_this} like this, has never been asked");
        (candidate.answered > 0 && all <= SMALL && !asked).then_some((GROWS, Some(why)))
    }
}
