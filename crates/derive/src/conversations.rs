//! Groups of messages to conversations: what opened each, who answered, who still waits.

use model::{Id, MessageKind};

use rustc_hash::FxHashSet;

use crate::fresh::always_asks;
use crate::links::{Link, Links, UNDATED};
use crate::people::People;
use crate::union::Groups;

/// All conversations, and which one each message is in.
#[derive(Debug, Default)]
pub struct Conversations {
    /// The conversation of each message, by the message's number.
    pub of: Vec<u32>,
    /// Every conversation.
    pub all: Vec<Conversation>,
}

/// One conversation. Numbers are of messages in [`Links::all`] or of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Its opening message.
    pub opening: u32,
    /// Who opened it.
    pub opener: Option<u32>,
    /// Messages in it.
    pub messages: u32,
    /// People in it who are no bots.
    pub people: u32,
    /// Time of its latest dated message.
    pub last: Option<i64>,
    /// Whether the opening message asks.
    pub question: bool,
    /// Where it stands.
    pub state: State,
    /// The first message by another person.
    pub first_response: Option<(i64, u32)>,
    /// The accepted answer, if it is here.
    pub accepted: Option<u32>,
    /// Others who wrote in it, in order.
    pub helpers: Vec<u32>,
    /// Those whose help was accepted or thanked.
    pub thanked: Vec<u32>,
}

/// Where a conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody asked.
    NotQuestion,
    /// The opener waits, since this time ([`UNDATED`] if unknown).
    Waiting(i64),
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
            State::Answered => "answered",
            State::Resolved(_) => "resolved",
        }
    }
}

impl Conversations {
    /// Reads the groups of all messages.
    pub fn new(links: &Links, people: &People, groups: &mut Groups) -> Conversations {
        let roots: Vec<u32> = (0..links.len() as u32).map(|at| groups.find(at)).collect();
        // The keys side by side sort twice as fast as those looked up in the links.
        let key = |(at, link): (u32, &Link)| (roots[at as usize], link.time, link.position, at);
        let mut keys: Vec<_> = (0..).zip(&links.all).map(key).collect();
        let id = |at: u32| links.all[at as usize].id;
        keys.sort_unstable_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then_with(|| id(a.3).cmp(&id(b.3))));
        let order: Vec<u32> = keys.into_iter().map(|(.., at)| at).collect();
        let mut conversations = Conversations { of: vec![0; links.len()], all: Vec::new() };
        for members in order.chunk_by(|a, b| roots[*a as usize] == roots[*b as usize]) {
            members.iter().for_each(|at| conversations.of[*at as usize] = conversations.all.len() as u32);
            conversations.all.push(read(links, people, members));
        }
        conversations
    }

    /// A conversation's id: its opening message's.
    pub fn id(&self, links: &Links, conversation: u32) -> Id {
        links.all[self.all[conversation as usize].opening as usize].id
    }
}

/// `members` in the order of time.
fn read(links: &Links, people: &People, members: &[u32]) -> Conversation {
    let opening = opening(links, members);
    let link = |at: u32| &links.all[at as usize];
    let person = |at: u32| people.person(link(at).author);
    let opener = person(opening);
    let human = |number: &u32| !people.all[*number as usize].bot;
    let (mut helpers, mut met) = (Vec::new(), FxHashSet::default());
    let mut first_response = None;
    for at in members.iter().copied().filter(|at| *at != opening) {
        let Some(other) = person(at).filter(human).filter(|other| Some(*other) != opener) else { continue };
        if first_response.is_none() && link(at).time != UNDATED {
            first_response = Some((link(at).time, other));
        }
        if met.insert(other) {
            helpers.push(other);
        }
    }
    let asked = link(opening);
    let accepted = (asked.accepted != 0).then(|| links.find(asked.accepted)).flatten();
    // Bots do not wait, a page asks nothing, and a reply to what is not in the archive opens nothing.
    let opens = !asked.threaded || asked.refers.0 == asked.refers.1 || always_asks(asked.kind);
    let question = asked.question && opens && asked.kind != MessageKind::Page && opener.as_ref().is_none_or(human);
    let course = Course::follow(links, people, members, opening, opener);
    let mut thanked: Vec<u32> = accepted.and_then(person).filter(|other| Some(*other) != opener).into_iter().collect();
    thanked.extend(course.thanked.iter().filter(|other| !thanked.contains(other)).copied().collect::<Vec<_>>());
    Conversation {
        opening,
        opener,
        messages: members.len() as u32,
        people: helpers.len() as u32 + u32::from(opener.as_ref().is_some_and(human)),
        last: members.iter().map(|at| link(*at).time).filter(|time| *time != UNDATED).max(),
        question,
        state: if question { course.state(asked, accepted.is_some()) } else { State::NotQuestion },
        first_response,
        accepted,
        helpers,
        thanked,
    }
}

/// The message that opens a conversation: the earliest of those that answer none of it. Clocks are
/// off by hours at times, so an answer may be dated before its question.
fn opening(links: &Links, members: &[u32]) -> u32 {
    let is_root = |at: &&u32| {
        let link = &links.all[**at as usize];
        !link.threaded || links.refers(link).iter().all(|parent| links.find(*parent).is_none_or(|other| other == **at))
    };
    members.iter().find(is_root).or(members.first()).copied().unwrap_or_default()
}

/// How a conversation went, message by message.
#[derive(Default)]
struct Course {
    /// Somebody else has written.
    responded: bool,
    /// The earliest message of the opener nobody has written after.
    unanswered: Option<i64>,
    /// How the opener said that it is done: after a response, or without one.
    done: Option<&'static str>,
    thanked: Vec<u32>,
}

impl Course {
    fn follow(links: &Links, people: &People, members: &[u32], opening: u32, opener: Option<u32>) -> Course {
        let mut course = Course { unanswered: Some(links.all[opening as usize].time), ..Course::default() };
        let mut last_other = None;
        for at in members.iter().copied().filter(|at| *at != opening) {
            let link = &links.all[at as usize];
            let person = people.person(link.author);
            if person.is_some_and(|person| people.all[person as usize].bot) {
                continue;
            }
            if person.is_none() || person != opener {
                course.responded = true;
                course.unanswered = None;
                last_other = person.or(last_other);
            } else if link.thanks && !link.question {
                course.done = Some(if course.responded { "thanked" } else { "self" });
                course.unanswered = None;
                course.thanked.extend(last_other.filter(|other| !course.thanked.contains(other)));
            } else if link.question && course.unanswered.is_none() {
                course.unanswered = Some(link.time);
            }
        }
        course
    }

    fn state(&self, asked: &Link, accepted: bool) -> State {
        match (self.unanswered, self.done) {
            _ if accepted || asked.accepted != 0 => State::Resolved("accepted"),
            _ if asked.closed => State::Resolved("closed"),
            (Some(since), _) => State::Waiting(since),
            (None, Some(why)) => State::Resolved(why),
            (None, None) => State::Answered,
        }
    }
}
