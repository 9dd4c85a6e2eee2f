//! The run of time: each day opens conversations until every place has its share, then everything that
//! is due is written. What is planned lies in a heap, so memory holds weeks, not years.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::ask::{question, welcomed};
use crate::calendar::second_of_day;
use crate::change::{Report, change};
use crate::chat::Chat;
use crate::clock::{DAY, Seconds};
use crate::code::Code;
use crate::conversation::{Conversation, Opening, Place, Role};
use crate::discuss::discussion;
use crate::files::Rolling;
use crate::forum::{Forum, Vote};
use crate::list::{List, message_id};
use crate::people::People;
use crate::planted::{self, Planted};
use crate::rng::Rng;
use crate::settings::{Progress, SimulateError, Summary};
use crate::truth::Truth;
use crate::world::World;

/// Something that is due at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Say {
        conversation: u32,
        turn: u16,
    },
    Accept {
        conversation: u32,
    },
    Vote(Vote),
    /// Somebody looks in on the chat without a word.
    Visit {
        who: u32,
    },
    Idle {
        who: u32,
    },
}

/// A conversation in which something is still to come.
#[derive(Debug)]
struct Open {
    conversation: Conversation,
    ids: Vec<String>,
    left: usize,
}

pub(crate) struct Timeline<'a> {
    world: &'a World,
    root: &'a Path,
    people: People,
    rng: Rng,
    due: BinaryHeap<Reverse<(Seconds, u64, Event)>>,
    /// Numbers events, so that those of one second stay in order.
    events: u64,
    open: FxHashMap<u32, Open>,
    /// Messages planned so far, by place.
    planned: [u64; 4],
    conversations: u32,
    last_chat: Seconds,
    reports: Vec<Report>,
    list: List,
    chat: Chat,
    forum: Forum,
    code: Code,
    truth: Truth,
    summary: Summary,
}

/// Reports of bugs that wait for a commit at most; more are forgotten, as in life.
const MOST_REPORTS: usize = 60;

impl<'a> Timeline<'a> {
    pub(crate) fn new(world: &'a World, root: &'a Path) -> Result<Timeline<'a>, SimulateError> {
        let settings = &world.settings;
        // Of the messages held back, the list gets as many as it has of all mails and chat lines.
        let (mails, lines) = (world.goal(Place::List), world.goal(Place::Chat));
        let held_mails = settings.hold_back * mails / (mails + lines).max(1);
        Ok(Timeline {
            people: People::found(world)?,
            rng: Rng::of(settings.seed, 2),
            due: BinaryHeap::new(),
            events: 0,
            open: FxHashMap::default(),
            planned: [0; 4],
            conversations: 0,
            last_chat: 0,
            reports: Vec::new(),
            list: List::new(Rolling::new(root, "list", held_mails)?),
            chat: Chat::new(Rolling::new(root, "chat", settings.hold_back - held_mails)?),
            forum: Forum::create(root, world.topics.list.len())?,
            code: Code::create(root)?,
            truth: Truth::create(root, world.topics.list.len())?,
            summary: Summary::default(),
            root,
            world,
        })
    }

    pub(crate) fn run(mut self, progress: &mut dyn FnMut(Progress)) -> Result<Summary, SimulateError> {
        let total = self.world.settings.messages;
        for day in 0..self.world.calendar.days() {
            let midnight = self.world.calendar.start + day as Seconds * DAY;
            self.announce(midnight);
            for place in Place::ALL {
                let goal = (self.world.goal(place) as f64 * self.world.calendar.share_until(day)).round() as u64;
                while self.planned[place as usize] < goal {
                    self.begin(place, midnight);
                }
            }
            self.until(midnight + DAY)?;
            progress(Progress { done: self.planned[..3].iter().sum(), total });
        }
        self.until(self.world.calendar.end)?;
        self.finish()
    }

    fn finish(mut self) -> Result<Summary, SimulateError> {
        let world = self.world;
        self.summary.people = self.people.list.len() as u64;
        self.summary.conversations = u64::from(self.conversations);
        self.summary.held_back = self.list.finish()? + self.chat.finish()?;
        (self.summary.posts, self.summary.comments) = self.forum.finish(world, &self.people)?;
        self.summary.commits = self.code.finish()?;
        self.truth.finish(world, &self.people)?;
        if let Some(planted) = &world.planted {
            planted::write(world, planted, self.root)?;
        }
        Ok(self.summary)
    }

    /// What the calendar says for a day.
    fn announce(&mut self, midnight: Seconds) {
        let calendar = &self.world.calendar;
        let morning = midnight + 9 * 3_600;
        if calendar.releases.iter().any(|release| release.day == midnight) {
            self.discuss(Place::List, Opening::Announcement, morning);
        }
        if calendar.conferences.iter().any(|first| [midnight, midnight + 7 * DAY].contains(first)) {
            self.discuss(Place::List, Opening::Conference, morning);
        }
        if let Some(planted) = self.world.planted {
            self.plant(&planted, midnight);
        }
    }

    /// What is planted for a day, on top of what goes on.
    fn plant(&mut self, planted: &Planted, midnight: Seconds) {
        let before = self.planned;
        if midnight == planted.mirror {
            self.discuss(Place::List, Opening::Mirror, midnight + 9 * 3_600);
        }
        for _ in 0..planted.links_on(midnight) {
            let place = if self.rng.chance(0.3) { Place::List } else { Place::Chat };
            let time = midnight + self.rng.between(7 * 3_600, 22 * 3_600) as Seconds;
            self.discuss(place, Opening::Talk, time);
        }
        self.planned = before;
    }

    /// Opens one conversation at some time of a day.
    fn begin(&mut self, place: Place, midnight: Seconds) {
        let time = self.opening_time(place, midnight);
        let opening = match place {
            Place::Code => return self.change(time),
            Place::Forum => Opening::Question,
            Place::Chat => {
                self.visit(time);
                [Opening::Question, Opening::Chatter, Opening::Build][self.rng.weighted(&[0.74, 0.2, 0.06])]
            }
            Place::List => {
                let kinds = [Opening::Question, Opening::Proposal, Opening::Story, Opening::Rant, Opening::Report];
                kinds[self.rng.weighted(&[0.895, 0.04, 0.025, 0.012, 0.028])]
            }
        };
        match opening {
            Opening::Question => self.ask(place, time, None),
            _ => self.discuss(place, opening, time),
        }
    }

    fn opening_time(&mut self, place: Place, midnight: Seconds) -> Seconds {
        // In chat, one conversation often makes another begin.
        let soon = self.last_chat + self.rng.between(5, 240) as Seconds;
        if place == Place::Chat && self.last_chat >= midnight && soon < midnight + DAY && self.rng.chance(0.35) {
            self.last_chat = soon;
            return soon;
        }
        // The time of day of somebody somewhere.
        let who = self.rng.below(self.people.list.len() as u64) as u32;
        let person = self.people.get(who);
        let second = second_of_day(&mut self.rng, person.office);
        let time = midnight + (second - Seconds::from(person.zone) * 60).rem_euclid(DAY);
        if place == Place::Chat {
            self.last_chat = time;
        }
        time
    }

    /// A question. `hijacks` is the mail that it replies to although it is about something else.
    fn ask(&mut self, place: Place, time: Seconds, hijacks: Option<String>) {
        let mut share = self.world.newcomer_share;
        if self.world.calendar.at_conference(time) {
            share = (share * 1.6).min(0.7);
        }
        let known = match self.rng.chance(share) {
            true => None,
            false => self.people.asker(&mut self.rng, place, time),
        };
        let newcomer = known.is_none();
        let asker = known.unwrap_or_else(|| self.people.newcomer(place, time));
        let number = self.number();
        let mut conversation = question(self.world, &mut self.people, (number, place), asker, newcomer, time);
        let last = conversation.turns.iter().map(|turn| turn.time).max().unwrap_or(time);
        if newcomer {
            let area = self.world.topics.area_of[conversation.topic];
            self.people.settle(asker, area, welcomed(&conversation), last);
        }
        let fixed = conversation.turns.iter().find(|turn| turn.role == Role::Answer && turn.tier == 3);
        if let Some(fixed) = fixed
            && place == Place::List
            && self.reports.len() < MOST_REPORTS
        {
            self.reports.push(Report { asker, topic: conversation.topic, time: fixed.time });
        }
        let hijacked = place == Place::List && hijacks.is_none() && self.rng.chance(0.03);
        conversation.hijacks = hijacks;
        let victim = hijacked.then(|| {
            let turn = self.rng.below(conversation.turns.len() as u64) as u16;
            (message_id(&self.people, &conversation, turn), conversation.turns[usize::from(turn)].time)
        });
        self.schedule(conversation);
        if let Some((mail, said)) = victim {
            let time = said + self.rng.between(1_800, 3 * DAY as u64) as Seconds;
            if self.world.lasts(time) {
                self.ask(place, time, Some(mail));
            }
        }
    }

    fn discuss(&mut self, place: Place, opening: Opening, time: Seconds) {
        let number = self.number();
        let conversation = discussion(self.world, &mut self.people, (number, place), opening, time);
        self.schedule(conversation);
    }

    fn change(&mut self, time: Seconds) {
        let number = self.number();
        let before = self.people.list.len();
        let conversation = change(self.world, &mut self.people, number, &mut self.reports, time);
        if self.people.list.len() > before {
            let area = self.world.topics.area_of[conversation.topic];
            self.people.settle(conversation.asker(), area, true, time);
        }
        self.schedule(conversation);
    }

    /// Some come to the chat only to read, more of them while the conference is on.
    fn visit(&mut self, time: Seconds) {
        let often = if self.world.calendar.at_conference(time) { 0.8 } else { 0.3 };
        if self.rng.chance(often)
            && let Some(who) = self.people.asker(&mut self.rng, Place::Chat, time)
        {
            self.push(time, Event::Visit { who });
        }
    }

    fn number(&mut self) -> u32 {
        self.conversations += 1;
        self.conversations
    }

    fn push(&mut self, time: Seconds, event: Event) {
        self.events += 1;
        self.due.push(Reverse((time, self.events, event)));
    }

    fn schedule(&mut self, conversation: Conversation) {
        let number = conversation.number;
        self.planned[conversation.place as usize] += conversation.turns.len() as u64;
        for (at, turn) in conversation.turns.iter().enumerate() {
            self.push(turn.time, Event::Say { conversation: number, turn: at as u16 });
        }
        let mut left = conversation.turns.len();
        if let Some((_, time)) = conversation.accepted {
            self.push(time, Event::Accept { conversation: number });
            left += 1;
        }
        let ids = vec![String::new(); conversation.turns.len()];
        self.open.insert(number, Open { conversation, ids, left });
    }

    /// Lets everything happen that is due before `limit`.
    fn until(&mut self, limit: Seconds) -> Result<(), SimulateError> {
        while let Some(Reverse((time, _, _))) = self.due.peek()
            && *time < limit
        {
            if let Some(Reverse((time, _, event))) = self.due.pop() {
                self.happen(time, event)?;
            }
        }
        Ok(())
    }

    fn happen(&mut self, time: Seconds, event: Event) -> Result<(), SimulateError> {
        match event {
            Event::Say { conversation, turn } => self.say(conversation, turn, time),
            Event::Accept { conversation } => {
                if let Some(open) = self.open.get(&conversation)
                    && let Some(vote) = self.forum.acceptance(&open.conversation)
                {
                    self.forum.vote(&self.people, vote, time)?;
                }
                self.done(conversation)
            }
            Event::Vote(vote) => self.forum.vote(&self.people, vote, time),
            Event::Visit { who } => self.arrive(who, time),
            Event::Idle { who } => {
                if let Some(next) = self.chat.idle(&self.people, who, time)? {
                    self.push(next, Event::Idle { who });
                }
                Ok(())
            }
        }
    }

    fn say(&mut self, number: u32, turn: u16, time: Seconds) -> Result<(), SimulateError> {
        let Some(open) = self.open.get(&number) else { return Ok(()) };
        let place = open.conversation.place;
        if let (Place::Chat, Some(said)) = (place, open.conversation.turns.get(usize::from(turn))) {
            let who = said.by;
            self.arrive(who, time)?;
        }
        let Some(open) = self.open.get_mut(&number) else { return Ok(()) };
        let (world, people, conversation) = (self.world, &mut self.people, &open.conversation);
        let mut votes = Vec::new();
        let id = match place {
            Place::List => self.list.write(world, people, conversation, turn)?,
            Place::Chat => self.chat.write(world, people, conversation, turn)?,
            Place::Forum => self.forum.write(world, people, conversation, turn, &mut votes)?,
            Place::Code => self.code.write(world, people, conversation, turn)?,
        };
        match place {
            Place::List => self.summary.mails += 1,
            Place::Chat => self.summary.chat_lines += 1,
            Place::Forum | Place::Code => {}
        }
        open.ids[usize::from(turn)] = id;
        for (time, vote) in votes {
            self.push(time, Event::Vote(vote));
        }
        self.done(number)
    }

    /// One thing less to come in a conversation; after the last it is closed and its truth is written.
    fn done(&mut self, number: u32) -> Result<(), SimulateError> {
        let Some(open) = self.open.get_mut(&number) else { return Ok(()) };
        open.left -= 1;
        if open.left > 0 {
            return Ok(());
        }
        let Some(open) = self.open.remove(&number) else { return Ok(()) };
        if open.conversation.place == Place::Forum {
            self.forum.close(self.world, &self.people, &open.conversation)?;
        }
        self.truth.conversation(self.world, &open.conversation, &open.ids)
    }

    fn arrive(&mut self, who: u32, time: Seconds) -> Result<(), SimulateError> {
        if let Some(idle) = self.chat.arrive(&mut self.people, who, time)? {
            self.push(idle, Event::Idle { who });
        }
        Ok(())
    }
}
