//! How a conversation went: who responded, where it stands, and which kind of help it took.

use model::MessageKind;
use model::time::DAY;
use rustc_hash::FxHashSet;
use text::Signal;
use text::tier::{Asked, Observed, Signs, Verdict};

use crate::links::{Closed, Link, Links, UNDATED};
use crate::marks::{Mark, Marks};
use crate::people::People;

/// Who was asked back and has not written for so long, while the source went on, has gone.
const GONE: i64 = 14 * DAY;
/// So many others, or so many turns of both sides, make a conversation more than an answer.
const MANY: usize = 3;
/// So many messages after the opening are a long talk.
const LONG_TALK: usize = 5;

/// Where a conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody asked for help.
    NotQuestion,
    /// The opener waits, since this time ([`UNDATED`] if unknown).
    Waiting(i64),
    /// Somebody asked the opener for more.
    AskedBack,
    /// The same, and the opener never came back.
    Abandoned,
    /// It was handed on to another place.
    Moved,
    /// Somebody wrote after the question.
    Answered,
    /// Done, and why.
    Resolved(&'static str),
}

impl State {
    /// As in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            State::NotQuestion => "not_question",
            State::Waiting(_) => "waiting",
            State::AskedBack => "asked_back",
            State::Abandoned => "abandoned",
            State::Moved => "moved",
            State::Answered => "answered",
            State::Resolved(_) => "resolved",
        }
    }
}

/// The messages of a conversation in the order of time, and who wrote them.
pub struct Turns<'a> {
    /// Every message.
    pub links: &'a Links,
    /// Every person.
    pub people: &'a People,
    /// By person: whether they change the project's code.
    pub coders: &'a [bool],
    /// The messages of this conversation.
    pub members: &'a [u32],
    /// The one that opens it.
    pub opening: u32,
    /// Who wrote that one.
    pub opener: Option<u32>,
}

enum Writer {
    Opener,
    Bot,
    Other(Option<u32>),
}

impl Turns<'_> {
    /// The messages after the opening and who wrote each.
    fn after_opening(&self) -> impl Iterator<Item = (&Link, Writer)> {
        self.members.iter().copied().filter(|at| *at != self.opening).map(|at| {
            let link = &self.links.all[at as usize];
            let person = self.people.person(link.author);
            let writer = match person {
                Some(number) if self.people.all[number as usize].bot => Writer::Bot,
                None => Writer::Other(None),
                person if person == self.opener => Writer::Opener,
                person => Writer::Other(person),
            };
            (link, writer)
        })
    }

    /// The signs of what the opening asks for. In chat people begin with several lines: all that the opener
    /// writes before anybody responds is the opening.
    pub fn asked_signs(&self) -> Signs {
        let opening = &self.links.all[self.opening as usize];
        let mut signs = opening.asked_signs;
        if opening.threaded {
            return signs;
        }
        let short = 1 << Asked::Short as u64;
        for (link, _) in self.after_opening().take_while(|(_, writer)| matches!(writer, Writer::Opener)) {
            // Two short lines are no long one, but no longer short.
            signs.0 = (signs.0 | link.asked_signs.0) & !short;
        }
        signs
    }
}

/// What happened, message by message.
#[derive(Debug, Default)]
pub struct Course {
    /// The first message by another person that is more than a “me too”: when, and who.
    pub first_response: Option<(i64, u32)>,
    /// Others who wrote in it, in order.
    pub helpers: Vec<u32>,
    /// Those who wrote last before the opener's thanks.
    pub thanked: Vec<u32>,
    met: FxHashSet<u32>,
    responded: bool,
    /// The last word is somebody else's, who asks the opener for more: when.
    asked_back: Option<i64>,
    /// The last word is somebody else's, who hands it on.
    moved: bool,
    /// The earliest message of the opener that nobody has answered.
    unanswered: Option<i64>,
    /// How the opener said that it is done.
    done: Option<&'static str>,
    last_other: Option<u32>,
    signs: Signs,
    answers: usize,
    returns: usize,
    /// Every answer is short.
    short: bool,
    /// Every answer only asks for more.
    only_asks: bool,
}

impl Course {
    /// Goes through a conversation.
    pub fn follow(turns: &Turns<'_>) -> Course {
        let opened = turns.links.all[turns.opening as usize].time;
        let mut course = Course { unanswered: Some(opened), short: true, only_asks: true, ..Course::default() };
        for (link, writer) in turns.after_opening() {
            match writer {
                Writer::Bot if link.marks.does(Signal::PointsToPage) => course.sign(Observed::BotPage),
                Writer::Bot => {}
                Writer::Opener => course.opener(link),
                Writer::Other(person) => course.other(link, person, turns.coders),
            }
        }
        course
    }

    fn sign(&mut self, sign: Observed) {
        self.signs.add(sign as usize);
    }

    fn other(&mut self, link: &Link, person: Option<u32>, coders: &[bool]) {
        let marks = link.marks;
        if marks.does(Signal::MeToo) && !marks.does(Signal::Answer) {
            return;
        }
        if self.first_response.is_none() && link.time != UNDATED {
            self.first_response = person.map(|person| (link.time, person));
        }
        if let Some(person) = person.filter(|person| self.met.insert(*person)) {
            self.helpers.push(person);
            if coders.get(person as usize).copied().unwrap_or_default() {
                self.sign(Observed::MaintainerAnswered);
            }
        }
        self.responded = true;
        self.answers += 1;
        self.short &= marks.has(Mark::Short);
        self.unanswered = None;
        self.last_other = person.or(self.last_other);
        self.asked_back = asks_back(marks).then_some(link.time);
        self.only_asks &= self.asked_back.is_some();
        self.moved = marks.does(Signal::HandsOn);
        for (found, sign) in [
            (marks.does(Signal::Answer), Observed::AnswerSaid),
            (marks.does(Signal::PointsToPage), Observed::PageLinked),
            (marks.does(Signal::AsksForLogs), Observed::LogsWanted),
            (marks.does(Signal::AsksForVersion), Observed::VersionWanted),
            (marks.does(Signal::NamesFix), Observed::FixNamed),
            (marks.does(Signal::AsksToFile), Observed::IssueNamed),
            (marks.does(Signal::HandsOn), Observed::HandedOn),
            (marks.has(Mark::Code), Observed::CodeInAnswer),
            (marks.has(Mark::Long), Observed::LongAnswer),
        ] {
            if found {
                self.sign(sign);
            }
        }
    }

    fn opener(&mut self, link: &Link) {
        let (marks, back) = (link.marks, self.asked_back.take().is_some());
        self.moved = false;
        self.returns += usize::from(self.responded);
        let asks = marks.does(Signal::Question);
        if marks.does(Signal::SelfSolved) || !self.responded && marks.does(Signal::Works) && !asks {
            self.finished("self");
            self.sign(Observed::SelfSolved);
        } else if marks.does(Signal::Works) && !asks {
            self.finished("worked");
        } else if marks.does(Signal::Thanks) && !asks {
            self.finished(if self.responded { "thanked" } else { "self" });
        } else if (asks || back) && self.unanswered.is_none() {
            self.unanswered = Some(link.time);
        }
    }

    fn finished(&mut self, how: &'static str) {
        self.done = Some(how);
        self.unanswered = None;
        let thanked = self.last_other.filter(|other| !self.thanked.contains(other));
        self.thanked.extend(thanked);
    }

    /// Whether somebody pointed the opener to a page.
    pub fn page_linked(&self) -> bool {
        self.signs.has(Observed::PageLinked as usize) || self.signs.has(Observed::BotPage as usize)
    }

    /// Where it stands; `newest` is the time of its source's newest message.
    pub fn state(&self, asked: &Link, newest: i64) -> State {
        if asked.accepted != 0 {
            return State::Resolved("accepted");
        }
        match (asked.closed, self.unanswered, self.done) {
            (Closed::Merged, ..) => State::Resolved("merged"),
            (Closed::Done, ..) => State::Resolved("closed"),
            (_, Some(since), _) => State::Waiting(since),
            (_, None, Some(how)) => State::Resolved(how),
            _ if self.asked_back.is_some_and(|since| newest.saturating_sub(since) > GONE) => State::Abandoned,
            _ if self.asked_back.is_some() => State::AskedBack,
            _ if self.moved => State::Moved,
            _ => State::Answered,
        }
    }

    /// The signs of the tier that it took, for an opening of which `asked` is known.
    pub fn observed(&self, asked: &Verdict, opening: &Link) -> Signs {
        let mut signs = self.signs;
        for (found, sign) in [
            (self.responded, Observed::Responded),
            (self.answers == 1 && self.short, Observed::ShortAnswer),
            (self.answers == 1 && self.short && self.page_linked(), Observed::OnlyPage),
            (self.answers >= MANY && self.returns >= MANY - 1, Observed::ManyTurns),
            (self.helpers.len() >= MANY, Observed::ManyHelpers),
            (self.responded && self.only_asks, Observed::OnlyAskedBack),
            (self.done.is_some(), Observed::Thanked),
            (self.answers + self.returns >= LONG_TALK, Observed::LongTalk),
            (opening.closed == Closed::Merged, Observed::Merged),
            (opening.kind == MessageKind::Question, Observed::QuestionSite),
            (!opening.threaded, Observed::Chat),
            (asked.tier == Some(3), Observed::AskedEngineering),
            (asked.tier == Some(2), Observed::AskedDepth),
            (asked.tier == Some(0), Observed::AskedPage),
            (asked.tier.is_none(), Observed::AskedNothing),
        ] {
            if found {
                signs.add(sign as usize);
            }
        }
        signs
    }
}

/// Whether a message only asks the opener for more.
fn asks_back(marks: Marks) -> bool {
    let asks = marks.does(Signal::AsksForLogs) || marks.does(Signal::AsksForVersion);
    asks || marks.does(Signal::Question) && marks.has(Mark::Short) && !marks.does(Signal::Answer)
}
