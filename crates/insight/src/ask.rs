//! Has this been asked before, how was it answered, which page says it, who else waits with it, and who knows?

use crate::alike::{Alike, Found, Looking};
use crate::columns::{NOBODY, State, known};
use crate::details::Details;
use crate::helpers::{Question, Suggested};
use crate::messages::{Message, Read};
use crate::moment::Moment;
use crate::same::answering_sentence;
use crate::views::{Answer, Helper, Similar};
use crate::{Community, Result};

/// Similar conversations shown.
const SHOWN: usize = 10;
/// How much more similar an unresolved conversation must be to stand before a resolved one.
const RESOLVED: f64 = 1.25;
/// Less similar than this share of the best is about something else, and not shown.
pub(crate) const LEAST: f64 = 0.6;
/// Fewer words are hardly an answer.
const ANSWER_WORDS: usize = 6;

impl Community {
    /// Answered conversations and pages about the same as `text`, others who wait with it, and who may know.
    pub fn ask(&self, text: &str) -> Result<Answer> {
        self.settle(self.answer(text))
    }

    /// Who may know about a text, or about a conversation given by its id, likeliest first, the load spread.
    pub fn who_knows(&self, text: &str) -> Result<Vec<Helper>> {
        if let Some(row) = self.conversations.find(text.trim()) {
            let answer = self.same_as(row, 0);
            return self.settle(answer.map(|answer| answer.helpers));
        }
        self.ask(text).map(|answer| answer.helpers)
    }

    fn answer(&self, text: &str) -> Result<Answer> {
        let moment = self.moment()?;
        let found = self.alike(text, Looking::default())?;
        let areas = self.areas()?.named(text);
        let question = Question { text, areas, alike: &found.conversations, ..Question::default() };
        let helpers = self.chosen(&self.candidates(&question, moment.now)?, &moment)?;
        self.answer_of(text, &found, &helpers, SHOWN, &moment)
    }

    /// What was found, at most `limit` conversations of it, and the helpers, as they are shown.
    pub(crate) fn answer_of(
        &self,
        text: &str,
        found: &Found,
        helpers: &[Suggested],
        limit: usize,
        moment: &Moment,
    ) -> Result<Answer> {
        let alike = self.best(&found.conversations, limit);
        let waiting = self.waiting_alike(&found.conversations, moment);
        let pages = self.best_pages(&found.pages);
        let evidence = helpers.iter().flat_map(|helper| helper.candidate.evidence.iter().copied());
        let rows = alike.iter().chain(&waiting).map(|alike| alike.row).chain(self.rows_of_pages(&pages)?);
        let details = self.details(rows.chain(evidence))?;
        let meaning = text::meaning(text);
        Ok(Answer {
            similar: alike.iter().map(|alike| self.similar(alike, &details, &meaning)).collect::<Result<_>>()?,
            pages: self.pages_found(&pages, &details, &meaning)?,
            unanswered: waiting.iter().map(|alike| self.unanswered(alike, &details)).collect(),
            helpers: helpers.iter().filter_map(|helper| self.helper(helper, &details)).collect(),
            spread: self.settings().spread,
        })
    }

    /// The most similar that somebody answered, resolved ones first among those about as similar. Conversations
    /// that nobody knows the time of cannot be shown as what they are, and are left out.
    fn best(&self, alike: &[Alike], limit: usize) -> Vec<Alike> {
        let resolved = |row: u32| self.conversations.state[row as usize] == State::Resolved;
        let rank = |alike: &Alike| alike.score * if resolved(alike.row) { RESOLVED } else { 1.0 };
        let answered = |row: u32| !self.conversations.helpers(row).is_empty();
        let dated = |row: u32| known(self.conversations.latest(row)).is_some();
        let mut best: Vec<Alike> = alike.iter().filter(|one| answered(one.row) && dated(one.row)).copied().collect();
        let least = LEAST * best.first().map_or(0.0, |best| best.score);
        best.retain(|alike| alike.score >= least);
        best.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.row.cmp(&b.row)));
        best.truncate(limit);
        best
    }

    fn similar(&self, alike: &Alike, details: &Details<'_>, meaning: &text::Meaning) -> Result<Similar> {
        let row = alike.row;
        let opened = known(self.conversations.opened[row as usize]);
        let detail = details.get(row);
        let messages = self.messages(row, Read::Words)?;
        let answer = self.answering(row, &messages, detail.and_then(|detail| detail.accepted.as_deref()));
        Ok(Similar {
            conversation: details.conversation(row),
            opened: opened.unwrap_or_else(|| self.conversations.latest(row)),
            state: self.conversations.state[row as usize].as_str().to_owned(),
            resolved_by: detail.and_then(|detail| detail.resolved_by.clone()),
            answer: answer.and_then(|message| answering_sentence(&text::own_words(&message.body), meaning)),
            answered_by: answer.and_then(|message| self.person_ref(message.person)),
            message: answer.map(|message| message.id.clone()),
            score: alike.score,
        })
    }

    /// The sentence that answers a conversation's own question; remembered, for it takes a look at all its messages.
    pub(crate) fn best_answer(&self, row: u32) -> Result<Option<String>> {
        if let Some(answer) = self.best_answers.get(row) {
            return Ok(Option::clone(&answer));
        }
        let answer = self.find_best_answer(row)?;
        self.best_answers.put(row, answer.clone().into());
        Ok(answer)
    }

    fn find_best_answer(&self, row: u32) -> Result<Option<String>> {
        let details = self.details([row])?;
        let similar = Alike { row, words: 1.0, meaning: None, score: 1.0, share: 1.0 };
        let meaning = text::meaning(&details.conversation(row).title);
        self.similar(&similar, &details, &meaning).map(|similar| similar.answer)
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
            .or_else(|| messages[..before_last].iter().filter(helped).rfind(|message| says_something(message)))
            .or_else(|| messages[..before_last].iter().rfind(helped))
            .or_else(|| messages.iter().filter(|message| says_something(message)).find(others))
            .or_else(|| messages.iter().find(others))
    }
}

/// Whether a message may answer a question: a greeting or a joke in passing does not.
fn says_something(message: &Message) -> bool {
    text::own_words(&message.body).split_whitespace().take(ANSWER_WORDS).count() == ANSWER_WORDS
}
