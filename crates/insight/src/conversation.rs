//! One conversation with its messages, and what is about the same.

use crate::columns::{State, known};
use crate::details::Detail;
use crate::messages::MOST;
use crate::messages::{Message, Read};
use crate::moment::Moment;
use crate::views::{ConversationPage, MessageView, Part, Similar};
use crate::{Community, Page, Result};
use std::sync::Arc;

/// Similar conversations shown.
const SIMILAR: usize = 5;
/// Messages of one conversation that can be reached: each page reads those before it.
const FURTHEST: usize = 20_000;

/// What is about the same as a conversation. The same as long as the tables are.
#[derive(Debug)]
pub(crate) struct Around {
    similar: Vec<Similar>,
}

impl Community {
    /// A conversation by its id with its first 500 messages; `None` if there is none of that id.
    pub fn conversation(&self, id: &str) -> Result<Option<ConversationPage>> {
        self.conversation_part(id, Page { offset: 0, limit: MOST })
    }

    /// A conversation by its id with some of its messages; `None` if there is none of that id.
    pub fn conversation_part(&self, id: &str, page: Page) -> Result<Option<ConversationPage>> {
        let row = self.conversations.find(id);
        row.map(|row| self.settle(self.conversation_page(row, page))).transpose()
    }

    fn conversation_page(&self, row: u32, page: Page) -> Result<ConversationPage> {
        let moment = self.moment()?;
        let (conversations, at) = (&self.conversations, row as usize);
        let opening = self.openings(&[row], &moment)?;
        let opening = opening.first().map(|opening| opening.as_ref());
        let candidates = match (conversations.state[at], opening) {
            (State::Waiting, Some(opening)) => self.chosen(&opening.candidates, &moment)?,
            _ => Vec::new(),
        };
        let around = self.around(row, opening.map_or("", |opening| &opening.text), &moment)?;
        let related = self.related(row)?;
        let evidence = candidates.iter().flat_map(|helper| helper.candidate.evidence.iter().copied());
        let details = self.details(related.iter().copied().chain([row]).chain(evidence))?;
        let detail = details.get(row);
        let until = page.offset.saturating_add(page.limit).min(FURTHEST);
        let messages = self.messages_up_to(row, Read::All, until)?.into_iter().skip(page.offset);
        Ok(ConversationPage {
            conversation: details.conversation(row),
            state: conversations.state[at].as_str().to_owned(),
            resolved_by: detail.and_then(|detail| detail.resolved_by.clone()),
            asked: self.asked_view(row, &details, &moment),
            observed: self.observed_view(row, &details, &moment),
            related: related.iter().map(|row| details.conversation(*row)).collect(),
            topics: detail.map(|detail| detail.topics.clone()).unwrap_or_default(),
            opened: known(conversations.opened[at]),
            first_response: known(conversations.first_response[at]),
            messages: messages.map(|message| self.message_view(message, detail)).collect(),
            messages_total: u64::from(conversations.messages[at]),
            helpers: candidates.iter().filter_map(|helper| self.helper(helper, &details)).collect(),
            similar: around.similar.clone(),
        })
    }

    /// What is about the same as a conversation, looked for once.
    fn around(&self, row: u32, text: &str, moment: &Moment) -> Result<Arc<Around>> {
        if let Some(around) = self.arounds.get(row) {
            return Ok(around);
        }
        let found = self.alike_of(row, text)?;
        let similar = self.answer_of(text, &found, &[], SIMILAR, moment)?.similar;
        let around = Arc::new(Around { similar });
        self.arounds.put(row, around.clone());
        Ok(around)
    }

    fn message_view(&self, message: Message, detail: Option<&Detail>) -> MessageView {
        let accepted = detail.and_then(|detail| detail.accepted.as_deref());
        MessageView {
            author: self.person_ref(message.person),
            time: message.time,
            time_estimated: message.time_estimated,
            parts: parts(&message.body),
            attachments: message.attachments,
            url: message.url,
            accepted: accepted == Some(message.id.as_str()),
            seen_in: message.seen_in,
            id: message.id,
        }
    }
}

fn parts(body: &str) -> Vec<Part> {
    let kind = |kind| match kind {
        text::PartKind::Own => "own",
        text::PartKind::Quote => "quote",
        text::PartKind::Signature => "signature",
    };
    text::parts(body).into_iter().map(|part| Part { kind: kind(part.kind), text: part.text.to_owned() }).collect()
}
