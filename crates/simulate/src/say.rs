//! The words of a message: a pure function of the conversation and the turn, so that whoever quotes it
//! can make it again.

use crate::conversation::{Conversation, Feeling, Opening, Place, Role, Turn};
use crate::facts::Facts;
use crate::people::People;
use crate::prose::sentences;
use crate::rng::Rng;
use crate::topics::{Statement, Topic, Wordings};
use crate::world::World;

/// In how many openings it can be seen which kind of help they need; the others could be of any tier.
const NEED_SAID: f64 = 0.85;

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Prose(String),
    /// Configuration, a log, a stack trace: never reflowed.
    Code(String),
}

/// What a conversation is called.
pub(crate) fn subject(world: &World, people: &People, conversation: &Conversation) -> String {
    let Some(opening) = conversation.turns.first() else { return String::new() };
    let mut speaker = Speaker::new(world, people, conversation, opening);
    speaker.rng = Rng::of(conversation.seed, 1);
    let subjects = match statement(world, conversation.opening) {
        Some(statement) => &statement.subjects,
        None => &speaker.topic.subjects,
    };
    speaker.prose(&[subjects]);
    match speaker.blocks.pop() {
        Some(Block::Prose(subject)) => subject,
        _ => String::new(),
    }
}

/// What a turn says, in full (in chat: all the parts together).
pub(crate) fn say(world: &World, people: &People, conversation: &Conversation, turn: &Turn) -> Vec<Block> {
    let mut speaker = Speaker::new(world, people, conversation, turn);
    speaker.speak();
    speaker.blocks
}

struct Speaker<'a> {
    facts: Facts<'a>,
    turn: &'a Turn,
    topic: &'a Topic,
    rng: Rng,
    blocks: Vec<Block>,
}

impl<'a> Speaker<'a> {
    fn new(world: &'a World, people: &'a People, conversation: &'a Conversation, turn: &'a Turn) -> Speaker<'a> {
        let name = |who: u32| match conversation.place {
            Place::Chat => people.get(who).nick.as_str(),
            _ => people.get(who).first.as_str(),
        };
        let asker = name(conversation.asker());
        let helper = conversation.turns.get(usize::from(turn.to)).map_or(asker, |to| name(to.by));
        Speaker {
            facts: Facts { world, conversation, time: turn.time, asker, helper },
            turn,
            topic: &world.topics.list[conversation.topic],
            rng: Rng::of(conversation.seed, turn.voice),
            blocks: Vec::new(),
        }
    }

    fn speak(&mut self) {
        let phrases = &self.facts.world.phrases;
        match self.turn.role {
            Role::Question => self.question(),
            Role::Statement | Role::Remark if self.facts.conversation.opening == Opening::Chatter => self.chatter(),
            Role::Statement => {
                if let Some(statement) = statement(self.facts.world, self.facts.conversation.opening) {
                    self.prose(&[&statement.texts]);
                }
            }
            Role::Answer => self.answer(),
            Role::Clarify => self.prose(&[&phrases.clarify]),
            Role::Detail => {
                self.prose(&[&phrases.detail]);
                self.code(&self.topic.details);
            }
            Role::Still => match self.turn.feeling {
                Feeling::Angry => self.prose(&[&phrases.still, &phrases.angry]),
                Feeling::Frustrated => self.prose(&[&phrases.still, &phrases.frustrated]),
                _ => self.prose(&[&phrases.still]),
            },
            Role::Thanks if self.turn.feeling == Feeling::Delighted => self.prose(&[&phrases.delighted]),
            Role::Thanks => self.prose(&[&phrases.thanks]),
            Role::Welcome => self.prose(&[&phrases.welcome]),
            Role::MeToo => self.prose(&[&phrases.me_too]),
            Role::Bump => self.prose(&[&phrases.bump]),
            Role::Remark => self.remark(),
            Role::Commit | Role::Merge => {}
        }
    }

    fn question(&mut self) {
        let phrases = &self.facts.world.phrases;
        let chat = self.facts.conversation.place == Place::Chat;
        if self.facts.conversation.place == Place::List && self.rng.chance(0.85) {
            self.prose(&[&phrases.greeting]);
        }
        if self.turn.feeling == Feeling::Friendly {
            self.prose(&[&phrases.polite]);
        }
        self.prose(&[&self.topic.asks]);
        if self.rng.chance(NEED_SAID) {
            self.prose(&[&phrases.needs[usize::from(self.facts.conversation.tier.min(4))]]);
        }
        if self.rng.chance(if chat { 0.3 } else { 0.7 }) {
            self.prose(&[&phrases.context]);
        }
        if self.rng.chance(if chat { 0.25 } else { 0.6 }) {
            self.code(&self.topic.details);
        }
        if !chat && self.rng.chance(0.4) {
            self.prose(&[&phrases.tried]);
        }
        match self.turn.feeling {
            Feeling::Frustrated => self.prose(&[&phrases.frustrated]),
            Feeling::Angry => self.prose(&[&phrases.angry]),
            _ => {}
        }
        if self.facts.conversation.place == Place::List && self.rng.chance(0.7) {
            self.prose(&[&phrases.closing]);
        }
    }

    fn answer(&mut self) {
        let phrases = &self.facts.world.phrases;
        if self.facts.conversation.place == Place::List {
            self.prose(&[&phrases.open_answer]);
        }
        let replies_to = self.facts.conversation.turns.get(usize::from(self.turn.to));
        if replies_to.is_some_and(|to| to.feeling == Feeling::Angry) {
            self.prose(&[&phrases.calm]);
        }
        let topic = self.topic;
        match self.turn.tier {
            0 if self.turn.feeling == Feeling::Unkind => self.prose(&[&phrases.unkind]),
            0 => self.prose(&[&phrases.docs_pointer]),
            1 => self.next_wording(&topic.basic),
            2 => {
                self.prose(&[&phrases.deep_open]);
                self.next_wording(&topic.deep);
            }
            3 => {
                self.prose(&[&phrases.fix_open]);
                self.next_wording(&topic.fix);
            }
            _ => self.prose(&[&phrases.outside]),
        }
        if (1..=2).contains(&self.turn.tier) && self.rng.chance(0.2) {
            self.prose(&[&phrases.docs_pointer]);
        }
    }

    fn remark(&mut self) {
        let phrases = &self.facts.world.phrases;
        let remarks = &phrases.remarks;
        let wordings = match (self.facts.conversation.opening, self.turn.feeling) {
            (Opening::Question, _) => &phrases.addition,
            (_, Feeling::Angry) => &remarks.cross,
            (Opening::Proposal, Feeling::Friendly) => &remarks.in_favour,
            (_, Feeling::Critical) => &remarks.against,
            (_, Feeling::Friendly) => &remarks.kind,
            (Opening::Rant, _) => &phrases.calm,
            _ => &remarks.side,
        };
        self.prose(&[wordings]);
    }

    /// Small talk on one subject; nobody says what somebody has just said.
    fn chatter(&mut self) {
        let conversation = self.facts.conversation;
        let kinds = &self.facts.world.phrases.chatter;
        let Some(kind) = kinds.get(conversation.seed as usize % kinds.len().max(1)) else { return };
        let turns = &conversation.turns;
        match turns.iter().position(|turn| turn.voice == self.turn.voice) {
            Some(at) if at > 0 => self.wording(&kind.replies, at - 1),
            _ => self.prose(&[&kind.say]),
        }
    }

    /// A paragraph of one wording of each.
    fn prose(&mut self, wordings: &[&Wordings]) {
        let mut text = String::new();
        for wordings in wordings {
            let template = wordings.any(&mut self.rng);
            if !text.is_empty() {
                text.push(' ');
            }
            self.facts.tell(template, &mut self.rng, &mut text);
        }
        if !text.is_empty() {
            self.blocks.push(Block::Prose(text));
        }
    }

    /// A paragraph that is another one than in the answers of the same tier before it, as far as there
    /// are others.
    fn next_wording(&mut self, wordings: &Wordings) {
        let same = |turn: &&Turn| {
            turn.role == Role::Answer && turn.tier == self.turn.tier && turn.part.0 == 0 && turn.time < self.turn.time
        };
        let before =
            self.facts.conversation.turns.iter().filter(same).filter(|turn| turn.voice != self.turn.voice).count();
        self.wording(wordings, (self.facts.conversation.seed >> 7) as usize % 64 + before);
    }

    fn wording(&mut self, wordings: &Wordings, number: usize) {
        let mut text = String::new();
        self.facts.tell(wordings.turn(number), &mut self.rng, &mut text);
        self.blocks.push(Block::Prose(text));
    }

    fn code(&mut self, wordings: &Wordings) {
        let mut text = String::new();
        let template = wordings.any(&mut self.rng);
        self.facts.tell(template, &mut self.rng, &mut text);
        self.blocks.push(Block::Code(text));
    }
}

fn statement(world: &World, opening: Opening) -> Option<&Statement> {
    let statements = &world.phrases.statement;
    Some(match opening {
        Opening::Question | Opening::Change | Opening::Chatter => return None,
        Opening::Announcement => &statements.announcement,
        Opening::Conference => &statements.conference,
        Opening::Talk => &statements.talk,
        Opening::Mirror => &statements.mirror,
        Opening::Proposal => &statements.proposal,
        Opening::Story => &statements.story,
        Opening::Rant => &statements.rant,
        Opening::Report => &statements.report,
        Opening::Build => &statements.build,
    })
}

/// Questions without a conversation: the beginning of what people ask, or a subject.
pub(crate) fn loose_questions(world: &World, count: usize) -> Vec<String> {
    let mut rng = Rng::of(world.settings.seed, 3);
    let mut questions = Vec::with_capacity(count);
    for number in 0..count as u32 {
        let mut conversation = Conversation::new(number, Place::List, Opening::Question);
        conversation.topic = rng.weighted(&world.topics.weights);
        conversation.seed = rng.next();
        let topic = &world.topics.list[conversation.topic];
        let facts = Facts { world, conversation: &conversation, time: world.calendar.end - 1, asker: "", helper: "" };
        let wordings = if rng.chance(0.5) { &topic.subjects } else { &topic.asks };
        let mut text = String::new();
        facts.tell(wordings.any(&mut rng), &mut rng, &mut text);
        questions.push(sentences(&text, (0, 2)).unwrap_or(text));
    }
    questions
}
