//! The chat: one log a day, `[HH:MM] <nick> text` in UTC with the date in the file's name, and lines
//! that begin with `===` for who comes, goes and is renamed.

use rustc_hash::FxHashMap;

use crate::clock::{Seconds, day_name, local, put};
use crate::conversation::{Conversation, Feeling, Place, Role};
use crate::files::Rolling;
use crate::people::People;
use crate::person::used;
use crate::prose::{one_line, sentences};
use crate::rng::{Rng, mix};
use crate::say::{Block, say};
use crate::settings::SimulateError;
use crate::world::World;

pub(crate) const CHANNEL: &str = "#relaywind";

/// Writes chat, in order of time.
#[derive(Debug)]
pub(crate) struct Chat {
    files: Rolling,
    /// The file being written and the number of lines in it.
    file: String,
    day: i64,
    lines: u64,
    /// Who is there, and when they last said something.
    present: FxHashMap<u32, Seconds>,
    line: String,
}

/// How long somebody stays without saying anything.
const PATIENCE: Seconds = 50 * 60;

impl Chat {
    pub(crate) fn new(files: Rolling) -> Chat {
        Chat { files, file: String::new(), day: i64::MIN, lines: 0, present: FxHashMap::default(), line: String::new() }
    }

    pub(crate) fn finish(self) -> Result<u64, SimulateError> {
        self.files.finish()
    }

    /// Writes one line and gives its place as `file#line`, lines counted from 0. Who says it must be
    /// there: see [`Chat::arrive`].
    pub(crate) fn write(
        &mut self,
        world: &World,
        people: &mut People,
        conversation: &Conversation,
        index: u16,
    ) -> Result<String, SimulateError> {
        let Some(turn) = conversation.turns.get(usize::from(index)) else { return Ok(String::new()) };
        self.present.insert(turn.by, turn.time);
        people.list[turn.by as usize].used |= used::CHAT;
        let text = text(world, people, conversation, index);
        let at = local(turn.time, 0);
        let nick = &people.get(turn.by).nick;
        self.line.clear();
        put(&mut self.line, format_args!("[{:02}:{:02}] <{nick}> {text}\n", at.hour(), at.minute()));
        self.flush(turn.time, true)?;
        Ok(format!("{}#{}", self.file, self.lines - 1))
    }

    /// Somebody comes, unless they are there. Gives the time to call [`Chat::idle`] if they came.
    pub(crate) fn arrive(
        &mut self,
        people: &mut People,
        who: u32,
        time: Seconds,
    ) -> Result<Option<Seconds>, SimulateError> {
        if self.present.insert(who, time).is_some() {
            return Ok(None);
        }
        let person = &mut people.list[who as usize];
        person.used |= used::CHAT;
        // A ghost of the last visit still holds the nick: comes in under another, then takes it over.
        let renamed = mix(u64::from(who) << 32 ^ time as u64).is_multiple_of(20);
        let (nick, mark) = (&person.nick, if renamed { "_" } else { "" });
        self.line.clear();
        put(&mut self.line, format_args!("=== {nick}{mark} [~{nick}@gateway.example]  has joined {CHANNEL}\n"));
        self.flush(time, false)?;
        if renamed {
            person.used |= used::SECOND_NICK;
            self.line.clear();
            put(&mut self.line, format_args!("=== {nick}{mark} is now known as {nick}\n"));
            self.flush(time, false)?;
        }
        Ok(Some(time + PATIENCE))
    }

    /// Somebody leaves if they have not said anything for a while; else gives the time to ask again.
    pub(crate) fn idle(&mut self, people: &People, who: u32, time: Seconds) -> Result<Option<Seconds>, SimulateError> {
        let Some(last) = self.present.get(&who).copied() else { return Ok(None) };
        if last + PATIENCE > time {
            return Ok(Some(last + PATIENCE));
        }
        self.present.remove(&who);
        let nick = &people.get(who).nick;
        self.line.clear();
        put(&mut self.line, format_args!("=== {nick} [~{nick}@gateway.example]  has left {CHANNEL} []\n"));
        self.flush(time, false)?;
        Ok(None)
    }

    /// Writes the line to the day's file.
    fn flush(&mut self, time: Seconds, message: bool) -> Result<(), SimulateError> {
        let day = time.div_euclid(crate::clock::DAY);
        if day != self.day {
            self.day = day;
            self.file = format!("{}.log", day_name(time));
            self.lines = 0;
        }
        self.lines += 1;
        self.files.write(&self.file, self.line.as_bytes(), message)
    }
}

/// What a line says: the sentences that fall to it, addressed to somebody or not.
fn text(world: &World, people: &People, conversation: &Conversation, index: u16) -> String {
    let turn = &conversation.turns[usize::from(index)];
    let mut rng = Rng::of(conversation.seed, turn.voice ^ (2 + u64::from(turn.part.0)));
    let blocks = say(world, people, conversation, turn);
    let mut all = one_line(&blocks);
    if blocks.iter().any(|block| matches!(block, Block::Code(_))) {
        put(&mut all, format_args!(" https://paste.example/{:08x}", mix(turn.voice) as u32));
    }
    let said = sentences(&all, turn.part).unwrap_or_else(|| {
        let facts = crate::facts::Facts { world, conversation, time: turn.time, asker: "", helper: "" };
        let mut text = String::new();
        facts.tell(world.phrases.ack.any(&mut rng), &mut rng, &mut text);
        text
    });
    let said = if people.get(turn.by).number % 5 < 2 { relaxed(&said) } else { said };
    let to = conversation.turns[usize::from(turn.to)].by;
    let named = said.contains(&people.get(to).nick);
    let addressed = turn.part.0 == 0 && to != turn.by && !named && turn.feeling != Feeling::Unkind;
    match (conversation.place, turn.role) {
        (Place::Chat, Role::Remark) if addressed && rng.chance(0.25) => format!("{}: {said}", people.get(to).nick),
        (Place::Chat, role) if addressed && role != Role::Remark && rng.chance(0.62) => {
            let mark = if rng.chance(0.8) { ':' } else { ',' };
            format!("{}{mark} {said}", people.get(to).nick)
        }
        _ => said,
    }
}

/// As some people type: no capital at the beginning, no full stop at the end.
fn relaxed(text: &str) -> String {
    let text = text.strip_suffix('.').unwrap_or(text);
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
