//! One conversation with its messages, and what is about the same.

use crate::alike::Looking;
use crate::columns::{State, known};
use crate::details::Detail;
use crate::messages::{Message, Read};
use crate::views::{ConversationPage, MessageView, Part};
use crate::{Community, Result};

/// Similar conversations shown.
const SIMILAR: usize = 5;

impl Community {
    /// A conversation by its id; `None` if there is none of that id.
    pub fn conversation(&self, id: &str) -> Result<Option<ConversationPage>> {
        let row = self.conversations.find(id);
        row.map(|row| self.settle(self.conversation_page(row))).transpose()
    }

    fn conversation_page(&self, row: u32) -> Result<ConversationPage> {
        let moment = self.moment()?;
        let (conversations, at) = (&self.conversations, row as usize);
        let opening = self.openings(&[row], &moment)?;
        let opening = opening.first().map(|opening| opening.as_ref());
        let candidates = match (conversations.state[at], opening) {
            (State::Waiting, Some(opening)) => self.chosen(&opening.candidates, &moment)?,
            _ => Vec::new(),
        };
        let text = opening.map_or("", |opening| &opening.text);
        let found = self.alike(text, Looking { except: Some(row), before: None })?;
        let around = self.answer_of(text, &found, &candidates, SIMILAR, &moment)?;
        let related = self.related(row)?;
        let details = self.details(related.iter().copied().chain([row]))?;
        let detail = details.get(row);
        let messages = self.messages(row, Read::All)?;
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
            messages: messages.into_iter().map(|message| self.message_view(message, detail)).collect(),
            messages_total: u64::from(conversations.messages[at]),
            helpers: around.helpers,
            similar: around.similar,
        })
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
