//! The draft of a first answer, put together from earlier answers and pages only. Never sent by the program.
//!
//! Nothing is made up: each sentence is one that somebody wrote, unchanged, with the number of its source. Earlier
//! answers count where their question was about the same and its asker was helped; pages where a section is about
//! the question. Where nothing is good enough, the draft is empty and says so.

use text::{Meaning, Signal};

use crate::messages::{Message, Read};
use crate::same::{answering_sentence, sentences};
use crate::views::{Answer, DraftSentence, DraftSource, DraftView, PageFound, Similar};
use crate::{Community, Result, names};

/// Earlier answers that a draft is made of, and pages.
const ANSWERS: usize = 2;
const PAGES: usize = 2;
/// Conversations looked at for them.
const LOOKED_AT: usize = 10;
/// Sentences taken from one answer: the one that answers and those that go on from it.
const PER_ANSWER: usize = 3;
/// An earlier question must be at least so much like this one, by meaning (a cosine): as two that ask the same are
/// (`derive::gaps` has the same bound). At 0.65 drafts of a real list were about something else.
const LIKE: f64 = 0.75;
/// A page must be at least so much like the question to be about it, likewise.
const ABOUT: f64 = 0.65;
/// Characters of a sentence.
const SENTENCE: usize = 300;

impl Community {
    /// The draft of an answer to a conversation's question; `None` if there is no conversation of that id.
    pub fn draft(&self, id: &str) -> Result<Option<DraftView>> {
        let row = self.conversations.find(id);
        row.map(|row| self.settle(self.drafted(row))).transpose()
    }

    /// The draft, put together once: it is the same as long as the tables are.
    fn drafted(&self, row: u32) -> Result<DraftView> {
        if let Some(draft) = self.drafts.get(row) {
            return Ok(DraftView::clone(&draft));
        }
        let draft = self.make_draft(row)?;
        self.drafts.put(row, draft.clone().into());
        Ok(draft)
    }

    fn make_draft(&self, row: u32) -> Result<DraftView> {
        let moment = self.moment()?;
        let openings = self.openings(&[row], &moment)?;
        let question = openings
            .first()
            .map_or(Meaning::from_sum(&[0.0; text::DIMENSIONS]), |opening| text::meaning(&opening.text));
        let Answer { similar, pages, .. } = self.same_as(row, LOOKED_AT)?;
        let mut draft = DraftView {
            conversation: self.details([row])?.conversation(row),
            sentences: Vec::new(),
            sources: Vec::new(),
            note: String::new(),
        };
        for similar in &similar {
            if draft.sources.len() < ANSWERS {
                self.add_answer(similar, &question, &mut draft)?;
            }
        }
        for page in pages.iter().filter(|page| page.sentence.is_some()).take(PAGES) {
            self.add_page(page, &question, &mut draft);
        }
        draft.note = match draft.sentences.len() {
            0 => "nothing good enough was found: no earlier question about the same whose asker was helped, and no page",
            _ => "a draft of what others wrote before: read it, make it yours and check that it still holds; nothing was sent",
        }
        .to_owned();
        Ok(draft)
    }

    fn add_answer(&self, similar: &Similar, question: &Meaning, draft: &mut DraftView) -> Result<()> {
        let (Some(row), Some(id)) = (self.conversations.find(&similar.conversation.id), &similar.message) else {
            return Ok(());
        };
        let Some(why) = similar.resolved_by.as_deref().and_then(helped) else { return Ok(()) };
        let messages = self.messages(row, Read::All)?;
        let opening = messages.first().map(|opening| {
            let subject = opening.subject.as_deref().unwrap_or_default();
            text::meaning(&format!("{subject}\n{}", text::own_words(&opening.body)))
        });
        let likeness = opening.map_or(0.0, |opening| f64::from(opening.likeness(question)));
        let Some(answer) = messages.iter().find(|message| message.id == *id).filter(|_| likeness >= LIKE) else {
            return Ok(());
        };
        let said = passage(&text::own_words(&answer.body), question);
        if said.is_empty() {
            return Ok(());
        }
        let Message { person, time, url, .. } = answer;
        let source = DraftSource {
            number: draft.sources.len() as u32 + 1,
            conversation: similar.conversation.clone(),
            url: url.clone(),
            author: self.person_ref(*person),
            time: *time,
            likeness,
            why: why.to_owned(),
        };
        draft.sentences.extend(said.into_iter().map(|text| DraftSentence { text, source: source.number }));
        draft.sources.push(source);
        Ok(())
    }

    fn add_page(&self, page: &PageFound, question: &Meaning, draft: &mut DraftView) {
        let Some(sentence) = &page.sentence else { return };
        let likeness = f64::from(text::meaning(&format!("{}\n{sentence}", page.title)).likeness(question));
        if likeness < ABOUT {
            return;
        }
        let number = draft.sources.len() as u32 + 1;
        draft.sentences.push(DraftSentence { text: sentence.clone(), source: number });
        let heading = page.heading.as_ref().map(|heading| format!(", {heading}")).unwrap_or_default();
        draft.sources.push(DraftSource {
            number,
            conversation: page.page.clone(),
            url: page.url.clone(),
            author: None,
            time: None,
            likeness,
            why: format!("a page about it: {}{heading}", page.title),
        });
    }
}

/// Why an earlier answer is thought to have helped, by how its conversation was resolved; none where nobody said so.
fn helped(resolved_by: &str) -> Option<&'static str> {
    match resolved_by {
        "accepted" => Some("the asker accepted it"),
        "worked" => Some("the asker said that it worked"),
        "thanked" => Some("the asker gave thanks for it"),
        _ => None,
    }
}

/// The sentence of own words that answers, and those that go on from it in its paragraph.
fn passage(own: &str, question: &Meaning) -> Vec<String> {
    let Some(best) = answering_sentence(own, question) else { return Vec::new() };
    let all = sentences(own);
    let shown = |at: usize| all.get(at).map(|range| text::lead(&names::one_line(&own[range.clone()]), SENTENCE));
    let Some(first) = (0..all.len()).find(|at| shown(*at).as_deref() == Some(best.as_str())) else {
        return vec![best];
    };
    let mut said = vec![best];
    for at in first + 1..all.len() {
        let between = own.get(all[at - 1].end..all[at].start).unwrap_or_default();
        let ends_paragraph = between.matches('\n').count() > 1;
        match shown(at).filter(|sentence| !ends_paragraph && goes_on(sentence)) {
            Some(sentence) if said.len() < PER_ANSWER => said.push(sentence),
            _ => break,
        }
    }
    said
}

/// Whether a sentence may go on from an answer: it asks nothing, thanks for nothing and is no greeting.
fn goes_on(sentence: &str) -> bool {
    let signals = text::signals(None, sentence);
    let speaks_of_more = signals.has(Signal::Thanks) || signals.has(Signal::Question);
    !sentence.ends_with('?') && !speaks_of_more && sentence.split_whitespace().count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(own: &str, expected: &[&str]) {
        let question = text::meaning("How is the reactor stopped cleanly?");
        assert_eq!(passage(own, &question), expected, "{own:?}");
    }

    #[test]
    fn an_answer_is_its_sentence_and_what_goes_on_from_it() {
        let stop = "You need to call `reactor.stop()` from the main thread.";
        let own = format!("Hello. {stop} From another one use callFromThread. Which version is it? Regards");
        check(&own, &[stop, "From another one use callFromThread."]);
        check(&format!("{stop}\n\nThe weather is nice today."), &[stop]);
        check("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(own in "(?s).{0,200}") {
            let said = passage(&own, &text::meaning("how"));
            proptest::prop_assert!(said.len() <= PER_ANSWER);
        }
    }
}
