//! Groups of messages to conversations: what opened each, how it went, and what belongs with it.

use std::collections::BTreeSet;

use model::{Id, MessageKind};
use rustc_hash::FxHashMap;
use text::tier::{ASKED, OBSERVED, Signs, Verdict, asked};

use crate::course::{Course, State, Turns};
use crate::decided::{Decided, judge};
use crate::fresh::always_asks;
use crate::links::{Link, Links, UNDATED};
use crate::people::People;
use crate::related;
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
#[derive(Debug, Clone, PartialEq)]
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
    /// Whether the opening message asks for help.
    pub question: bool,
    /// Where it stands.
    pub state: State,
    /// The first message by another person that is more than a “me too”.
    pub first_response: Option<(i64, u32)>,
    /// The accepted answer, if it is here.
    pub accepted: Option<u32>,
    /// Others who wrote in it, in order.
    pub helpers: Vec<u32>,
    /// Those whose help was accepted or thanked.
    pub thanked: Vec<u32>,
    /// The signs of what its opening asks for.
    pub asked_signs: Signs,
    /// The tier that its opening asks for.
    pub asked: Verdict,
    /// The signs of what it took.
    pub observed_signs: Signs,
    /// The tier that it took.
    pub observed: Verdict,
    /// Whether somebody pointed the opener to a page.
    pub page_linked: bool,
    /// Conversations that belong with it, ascending.
    pub related: BTreeSet<u32>,
}

impl Conversations {
    /// Reads the groups of all messages. `hijacks` are the messages that open a conversation though they
    /// reply to another one's.
    pub fn new(
        links: &Links,
        people: &People,
        groups: &mut Groups,
        hijacks: &FxHashMap<u32, u32>,
        decided: &Decided,
    ) -> Conversations {
        let roots: Vec<u32> = (0..links.len() as u32).map(|at| groups.find(at)).collect();
        // The keys side by side sort twice as fast as those looked up in the links.
        let key = |(at, link): (u32, &Link)| (roots[at as usize], link.time, link.position, at);
        let mut keys: Vec<_> = (0..).zip(&links.all).map(key).collect();
        let id = |at: u32| links.all[at as usize].id;
        keys.sort_unstable_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then_with(|| id(a.3).cmp(&id(b.3))));
        let order: Vec<u32> = keys.into_iter().map(|(.., at)| at).collect();
        let mut conversations = Conversations { of: vec![0; links.len()], all: Vec::new() };
        let reading =
            Reading { links, people, hijacks, decided, newest: links.newest(), coders: coders(links, people) };
        for members in order.chunk_by(|a, b| roots[*a as usize] == roots[*b as usize]) {
            members.iter().for_each(|at| conversations.of[*at as usize] = conversations.all.len() as u32);
            conversations.all.push(reading.read(members));
        }
        conversations.judge(links, decided);
        related::relate(links, hijacks, &mut conversations);
        conversations
    }

    /// A conversation's id: its opening message's.
    pub fn id(&self, links: &Links, conversation: u32) -> Id {
        links.all[self.all[conversation as usize].opening as usize].id
    }

    /// Judges the tiers anew with what this community's people decided, where that is enough to learn from.
    fn judge(&mut self, links: &Links, decided: &Decided) {
        let signs = |id: &Id| Some(self.all[self.of[links.find(id.short())? as usize] as usize].asked_signs);
        let Some(judge) = judge(decided, signs) else { return };
        for conversation in self.all.iter_mut().filter(|one| one.question) {
            let opening = &links.all[conversation.opening as usize];
            if !decided.asked.contains_key(&opening.id) {
                conversation.asked = asked(&judge, conversation.asked_signs, always_asks(opening.kind));
            }
        }
    }
}

/// By person: whether they have committed to a repository.
fn coders(links: &Links, people: &People) -> Vec<bool> {
    let repositories: BTreeSet<&str> = links
        .channel_rows
        .iter()
        .filter(|(_, row)| row.kind == "repository")
        .filter_map(|(number, _)| links.channels.text(*number).split('/').next())
        .collect();
    let commits = |at: &u32| {
        let identity = &links.identities[*at as usize];
        identity.activities > 0 && repositories.contains(identity.source.as_str())
    };
    people.all.iter().map(|person| person.identities.iter().any(commits)).collect()
}

struct Reading<'a> {
    links: &'a Links,
    people: &'a People,
    hijacks: &'a FxHashMap<u32, u32>,
    decided: &'a Decided,
    newest: FxHashMap<u32, i64>,
    /// By person: whether they change the project's code.
    coders: Vec<bool>,
}

impl Reading<'_> {
    /// `members` in the order of time.
    fn read(&self, members: &[u32]) -> Conversation {
        let links = self.links;
        let opening = self.opening(members);
        let asked_link = &links.all[opening as usize];
        let opener = self.people.person(asked_link.author);
        let human = opener.is_none_or(|number| !self.people.all[number as usize].bot);
        let turns = Turns { links, people: self.people, coders: &self.coders, members, opening, opener };
        let asked_signs = turns.asked_signs();
        // Bots do not wait, a page asks nothing, and a reply to what is not in the archive opens nothing.
        let opens = !asked_link.threaded
            || asked_link.refers.0 == asked_link.refers.1
            || always_asks(asked_link.kind)
            || self.hijacks.contains_key(&opening);
        let may_ask = opens && human && asked_link.kind != MessageKind::Page;
        let mut verdict = asked(&ASKED, asked_signs, always_asks(asked_link.kind));
        if let Some(tier) = self.decided.asked.get(&asked_link.id) {
            verdict = by_a_person(*tier);
        } else if !may_ask {
            verdict = Verdict { tier: None, confidence: 1.0, why: vec!["it opens no conversation of its own"] };
        }
        let question = verdict.tier.is_some();
        let course = Course::follow(&turns);
        let page_linked = course.page_linked();
        let accepted = (asked_link.accepted != 0).then(|| links.find(asked_link.accepted)).flatten();
        let newest = self.newest.get(&asked_link.source).copied().unwrap_or(UNDATED);
        let observed_signs = course.observed(&verdict, asked_link);
        let mut observed = OBSERVED.verdict(observed_signs);
        if verdict.tier.is_none() {
            observed = Verdict { tier: None, confidence: 1.0, why: vec!["no help was asked for"] };
        }
        if let Some(tier) = self.decided.observed.get(&asked_link.id) {
            observed = by_a_person(*tier);
        }
        let accepted_by = accepted.and_then(|at| self.people.person(links.all[at as usize].author));
        let mut thanked: Vec<u32> = accepted_by.filter(|other| Some(*other) != opener).into_iter().collect();
        let more: Vec<u32> = course.thanked.iter().filter(|other| !thanked.contains(other)).copied().collect();
        thanked.extend(more);
        let state = if question { course.state(asked_link, newest) } else { State::NotQuestion };
        Conversation {
            opening,
            opener,
            messages: members.len() as u32,
            people: course.helpers.len() as u32 + u32::from(opener.is_some() && human),
            last: members.iter().map(|at| links.all[*at as usize].time).filter(|time| *time != UNDATED).max(),
            question,
            state,
            first_response: course.first_response,
            accepted,
            helpers: course.helpers,
            thanked,
            asked_signs,
            asked: verdict,
            observed_signs,
            observed,
            page_linked,
            related: BTreeSet::new(),
        }
    }

    /// The message that opens a conversation: the earliest of those that answer none of it. Clocks are
    /// off by hours at times, so an answer may be dated before its question.
    fn opening(&self, members: &[u32]) -> u32 {
        let links = self.links;
        let is_root = |at: &&u32| {
            let link = &links.all[**at as usize];
            let alone = |parent: &u64| links.find(*parent).is_none_or(|other| other == **at);
            !link.threaded || self.hijacks.contains_key(*at) || links.refers(link).iter().all(alone)
        };
        members.iter().find(is_root).or(members.first()).copied().unwrap_or_default()
    }
}

fn by_a_person(tier: Option<u8>) -> Verdict {
    Verdict { tier, confidence: 1.0, why: vec!["a person said so"] }
}
