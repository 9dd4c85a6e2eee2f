//! Who speaks in a channel, and whom a line names.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::words::{hash, tokens};

/// People looked at when a line begins with a part of somebody's name.
const RECENT: usize = 40;
/// A shorter name is taken for one only where punctuation says so.
const SHORT: usize = 3;
/// People one line may name.
pub(crate) const MOST_NAMED: usize = 4;

/// A person's place in [`People`].
pub(crate) type PersonId = u32;

/// How plainly a line names somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Naming {
    /// A word somewhere in the line is somebody's name.
    Within = 1,
    /// It is the first or the last word.
    AtEnd = 2,
    /// `name:`, `name,` at the start, `@name`, or the source says so.
    Plain = 3,
}

/// One person a line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) person: PersonId,
    pub(crate) how: Naming,
}

/// Whom a line names and where.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mentions {
    pub(crate) named: Vec<Named>,
    /// Which of the first 64 tokens are names, a bit each.
    tokens: u64,
    /// First tokens that only address somebody.
    pub(crate) opening: usize,
    /// Whether the line addresses somebody who is not known.
    pub(crate) stranger: bool,
}

impl Mentions {
    pub(crate) fn is_name(&self, token: usize) -> bool {
        token < 64 && self.tokens >> token & 1 == 1
    }

    fn add(&mut self, person: PersonId, how: Naming) {
        if let Some(named) = self.named.iter_mut().find(|named| named.person == person) {
            named.how = named.how.max(how);
        } else if self.named.len() < MOST_NAMED {
            self.named.push(Named { person, how });
        }
    }
}

/// One person of the window.
#[derive(Debug, Default)]
pub(crate) struct Person {
    name: String,
    /// Their lines in the window, oldest first.
    pub(crate) lines: VecDeque<u64>,
    /// Others' lines in the window that name them, oldest first.
    pub(crate) named_in: VecDeque<u64>,
    /// Whether the name is one that bots bear.
    pub(crate) bot: bool,
}

/// Everybody who spoke in the window.
#[derive(Debug, Default)]
pub(crate) struct People {
    all: Vec<Person>,
    free: Vec<PersonId>,
    /// Who bears a name, or what is left of it without ornaments; of several the one who spoke last.
    by_name: FxHashMap<u32, PersonId>,
    by_full_name: FxHashMap<Box<str>, PersonId>,
}

impl People {
    pub(crate) fn get(&self, id: PersonId) -> &Person {
        &self.all[id as usize]
    }

    /// The person of a name in lower case, new if they were silent within the window.
    pub(crate) fn author(&mut self, name: &str) -> PersonId {
        if let Some(id) = self.by_full_name.get(name) {
            return *id;
        }
        let bot = name.ends_with("bot") || name.starts_with("ubot") || name.starts_with("bot-");
        let person = Person { name: name.to_owned(), bot, ..Person::default() };
        let id = match self.free.pop() {
            Some(id) => {
                self.all[id as usize] = person;
                id
            }
            None => {
                self.all.push(person);
                self.all.len() as PersonId - 1
            }
        };
        self.by_full_name.insert(name.into(), id);
        id
    }

    /// Notes a line: its author now answers to their names, and the named are told.
    pub(crate) fn note(&mut self, author: PersonId, named: &[Named], line: u64) {
        let person = &mut self.all[author as usize];
        person.lines.push_back(line);
        for alias in aliases(&person.name) {
            self.by_name.insert(hash(alias), author);
        }
        for named in named {
            self.all[named.person as usize].named_in.push_back(line);
        }
    }

    /// Forgets the oldest line, whose author and named these are.
    pub(crate) fn forget(&mut self, author: PersonId, named: &[Named]) {
        self.all[author as usize].lines.pop_front();
        for named in named {
            self.all[named.person as usize].named_in.pop_front();
            self.tidy(named.person);
        }
        self.tidy(author);
    }

    fn tidy(&mut self, id: PersonId) {
        let person = &mut self.all[id as usize];
        if !person.lines.is_empty() {
            return;
        }
        for alias in aliases(&person.name) {
            if self.by_name.get(&hash(alias)) == Some(&id) {
                self.by_name.remove(&hash(alias));
            }
        }
        // While a line of the window names them they keep their place, so that nobody else gets it.
        if person.named_in.is_empty() && self.by_full_name.remove(person.name.as_str()).is_some() {
            person.name.clear();
            self.free.push(id);
        }
    }

    /// Whom a line (in lower case) by `author` names. `recent` gives the people who spoke last, latest first;
    /// `told` the names that the source says are addressed.
    pub(crate) fn mentions(
        &self,
        lower: &str,
        author: PersonId,
        told: &[String],
        recent: impl Iterator<Item = PersonId>,
    ) -> Mentions {
        let mut mentions = Mentions::default();
        for name in told {
            if let Some(id) = self.by_name.get(&hash(name)).filter(|id| **id != author) {
                mentions.add(*id, Naming::Plain);
            }
        }
        let mut recent = Some(recent);
        let mut last = None;
        for token in tokens(lower) {
            let plain = token.whole.starts_with('@') || token.at <= 1 && token.whole.ends_with([':', ',', ';']);
            let first = token.at == mentions.opening;
            let found = self.find(token.whole, token.core, plain && (first || token.whole.starts_with('@')));
            let found = found.or_else(|| {
                let colon = token.at == 0 && (token.whole.ends_with(':') || token.whole.ends_with(','));
                if colon { recent.take().and_then(|recent| self.begins(token.core, recent)) } else { None }
            });
            last = found;
            let Some(id) = found.filter(|id| *id != author) else {
                let colon = token.at == 0 && token.whole.ends_with(':') && token.whole.len() > 3;
                mentions.stranger |= colon && found.is_none();
                continue;
            };
            if token.at < 64 {
                mentions.tokens |= 1 << token.at;
            }
            let how = match (plain, first) {
                (true, true) => Naming::Plain,
                (true, false) if token.whole.starts_with('@') => Naming::Plain,
                (_, true) => Naming::AtEnd,
                _ => Naming::Within,
            };
            if first && (plain || mentions.opening == 0) {
                mentions.opening += 1;
            }
            mentions.add(id, how);
        }
        if let Some(named) = mentions.named.iter_mut().find(|named| Some(named.person) == last) {
            named.how = named.how.max(Naming::AtEnd);
        }
        mentions
    }

    /// The person of a token; short and everyday words only where they are marked as names.
    fn find(&self, whole: &str, core: &str, marked: bool) -> Option<PersonId> {
        let whole = whole.trim_end_matches([':', ',', ';', '.', '?', '!', ')']).trim_start_matches(['@', '(']);
        [whole, core].into_iter().find_map(|name| {
            let likely = marked || name.len() >= SHORT && !text::is_common(name) && crate::words::is_rare(name);
            if likely { self.by_name.get(&hash(name)).copied() } else { None }
        })
    }

    /// The one who spoke last among those whose name begins with `part`.
    fn begins(&self, part: &str, recent: impl Iterator<Item = PersonId>) -> Option<PersonId> {
        if part.len() < SHORT {
            return None;
        }
        recent.take(RECENT).find(|id| {
            let name = self.get(*id).name.trim_start_matches(|c: char| c.is_ascii_punctuation());
            name.starts_with(part)
        })
    }
}

/// What people call somebody: the name, and the name without ornaments (`|sam|`, `sam_`, `sam-away`, `sam2`).
fn aliases(name: &str) -> impl Iterator<Item = &str> {
    let core = name.trim_matches(|c: char| c.is_ascii_punctuation());
    let stem = core.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    let head = core.split(['|', '_', '-', '[', '`', ' ', '(']).next().unwrap_or(core);
    [name, core, stem, head]
        .into_iter()
        .enumerate()
        .filter(|(at, alias)| *at == 0 || alias.len() >= SHORT)
        .map(|(_, alias)| alias)
}
