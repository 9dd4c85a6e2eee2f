//! Has this been asked before, how was it answered, and who knows?

use crate::alike::Alike;
use crate::columns::{NOBODY, State, known};
use crate::details::Details;
use crate::helpers::{Candidate, Question, chosen};
use crate::messages::{Message, Read};
use crate::opening::word_areas;
use crate::views::{Answer, Similar};
use crate::{Community, Result};

/// Similar conversations shown.
const SHOWN: usize = 10;
/// How much more similar an unresolved conversation must be to stand before a resolved one.
const RESOLVED: f64 = 1.1;
/// Less similar than this share of the best is about something else, and not shown.
const LEAST: f64 = 0.5;
/// Fewer words are hardly an answer.
const ANSWER_WORDS: usize = 6;
/// Characters of an answer's beginning.
const LEAD: usize = 200;

impl Community {
    /// Answered conversations about the same as `text`, and who may know.
    pub fn ask(&self, text: &str) -> Result<Answer> {
        self.settle(self.answer(text))
    }

    fn answer(&self, text: &str) -> Result<Answer> {
        let moment = self.moment()?;
        let alike = self.alike(text, None)?;
        let question = Question { asker: None, areas: word_areas(text).collect(), alike: &alike };
        let helpers = chosen(&self.candidates(&question, moment.now)?, self, &moment);
        self.answer_of(&alike, &helpers, SHOWN)
    }

    /// The most similar conversations, at most `limit`, and the helpers, as they are shown.
    pub(crate) fn answer_of(&self, alike: &[Alike], helpers: &[Candidate], limit: usize) -> Result<Answer> {
        let alike = self.best(alike, limit);
        let evidence = helpers.iter().flat_map(|helper| helper.evidence.iter().copied());
        let details = self.details(alike.iter().map(|alike| alike.row).chain(evidence))?;
        let mut similar = Vec::with_capacity(alike.len());
        for alike in &alike {
            similar.push(self.similar(alike, &details)?);
        }
        Ok(Answer { similar, helpers: helpers.iter().filter_map(|helper| self.helper(helper, &details)).collect() })
    }

    /// The most similar, resolved ones first among those about as similar. Conversations that nobody
    /// knows the time of cannot be shown as what they are, and are left out.
    fn best(&self, alike: &[Alike], limit: usize) -> Vec<Alike> {
        let resolved = |row: u32| self.conversations.state[row as usize] == State::Resolved;
        let rank = |alike: &Alike| alike.score * if resolved(alike.row) { RESOLVED } else { 1.0 };
        let fits = |alike: &&Alike| alike.share >= LEAST && known(self.conversations.latest(alike.row)).is_some();
        let mut best: Vec<Alike> = alike.iter().filter(fits).copied().collect();
        best.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.row.cmp(&b.row)));
        best.truncate(limit);
        best
    }

    fn similar(&self, alike: &Alike, details: &Details<'_>) -> Result<Similar> {
        let row = alike.row;
        let opened = known(self.conversations.opened[row as usize]);
        Ok(Similar {
            conversation: details.conversation(row),
            opened: opened.unwrap_or_else(|| self.conversations.latest(row)),
            state: self.conversations.state[row as usize].as_str().to_owned(),
            answer: self.best_answer(row)?,
            score: alike.score,
        })
    }

    /// How the message that answers a conversation begins.
    pub(crate) fn best_answer(&self, row: u32) -> Result<Option<String>> {
        let details = self.details([row])?;
        let accepted = details.get(row).and_then(|detail| detail.accepted.as_deref());
        let messages = self.messages(row, Read::Words)?;
        let answer = self.answering(row, &messages, accepted);
        let lead = answer.map(|message| text::lead(&text::own_words(&message.body), LEAD));
        Ok(lead.filter(|lead| !lead.is_empty()))
    }

    /// The message that answers: the accepted one, else the one the opener gave thanks for, else the
    /// first by another person that says something, else the first.
    fn answering<'a>(&self, row: u32, messages: &'a [Message], accepted: Option<&str>) -> Option<&'a Message> {
        let opener = self.conversations.openers[row as usize];
        let thanked = self.conversations.thanked(row);
        // Thanks are given after the help: the last of theirs that the opener wrote after.
        let before_last = messages.iter().rposition(|message| message.person == opener).unwrap_or_default();
        let helped = |message: &&Message| thanked.contains(&message.person);
        let others = |message: &&Message| {
            let person = message.person;
            person != opener && person != NOBODY && !self.people.is_bot(person)
        };
        messages
            .iter()
            .find(|message| accepted == Some(message.id.as_str()))
            .or_else(|| messages[..before_last].iter().rfind(helped))
            .or_else(|| messages.iter().filter(|message| says_something(message)).find(others))
            .or_else(|| messages.iter().find(others))
    }
}

/// Whether a message may answer a question: a greeting or a joke in passing does not.
fn says_something(message: &Message) -> bool {
    text::own_words(&message.body).split_whitespace().take(ANSWER_WORDS).count() == ANSWER_WORDS
}
