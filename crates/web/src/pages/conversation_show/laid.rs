//! Messages laid out: quotes and signatures folded, code coloured, links linked.

use insight::views::{ConversationPage, MessageView, PersonRef};

use crate::highlight::{self, Language, Token};
use crate::prose::{Block, Piece, blocks, web_address};

/// Bytes of code that are coloured on one page; what comes after stays plain.
const COLOURED: usize = 20_000;

/// One message, laid out.
pub(super) struct Row<'a> {
    pub(super) view: &'a MessageView,
    /// Whether it is by the person who opened the conversation.
    pub(super) by_opener: bool,
    /// Whether it goes on what the same person said just before, in a chat.
    pub(super) goes_on: bool,
    pub(super) parts: Vec<Laid<'a>>,
    pub(super) url: Option<&'a str>,
}

/// One part of a message, laid out.
pub(super) enum Laid<'a> {
    /// The writer's own words.
    Own(Vec<Part<'a>>),
    /// A quote or a signature, to be unfolded by whoever wants it.
    Folded { label: &'static str, hint: &'a str, text: &'a str },
}

/// A stretch of the writer's own words.
pub(super) enum Part<'a> {
    Prose(Vec<Piece<'a>>),
    Code(Vec<Vec<Token<'a>>>),
}

/// The messages of a page, and whether they are short lines as in a chat.
pub(super) fn rows<'a>(view: &'a ConversationPage, opener: Option<&PersonRef>) -> (Vec<Row<'a>>, bool) {
    let short = view.messages.iter().filter(|message| is_short(message)).count();
    let chat = view.messages.len() >= 3 && short * 10 >= view.messages.len() * 8;
    let (mut before, mut budget) = (None, COLOURED);
    let row = |message: &'a MessageView| {
        let author = message.author.as_ref();
        let previous = before.replace(author);
        Row {
            view: message,
            by_opener: opener.is_some() && author == opener,
            goes_on: chat && author.is_some() && previous == Some(author),
            parts: message.parts.iter().filter_map(|part| lay_out(part, &mut budget)).collect(),
            url: message.url.as_deref().and_then(web_address),
        }
    };
    (view.messages.iter().map(row).collect(), chat)
}

/// Whether a message is but a line or two.
fn is_short(message: &MessageView) -> bool {
    matches!(message.parts.as_slice(), [part] if part.kind == "own" && part.text.trim().lines().count() <= 2)
        && message.attachments.is_empty()
}

/// Lays out one part; `None` if there is nothing in it.
fn lay_out<'a>(part: &'a insight::views::Part, budget: &mut usize) -> Option<Laid<'a>> {
    let text = part.text.trim_end();
    let label = match part.kind {
        _ if text.is_empty() => return None,
        "quote" => "Quote",
        "signature" => "Signature",
        _ => return Some(Laid::Own(blocks(text).into_iter().map(|block| coloured(block, budget)).collect())),
    };
    Some(Laid::Folded { label, hint: hint(text), text })
}

fn coloured<'a>(block: Block<'a>, budget: &mut usize) -> Part<'a> {
    let (info, lines) = match block {
        Block::Prose(pieces) => return Part::Prose(pieces),
        Block::Code { info, lines } => (info, lines),
    };
    let bytes: usize = lines.iter().map(|line| line.len()).sum();
    match Language::of(info, &lines).filter(|_| bytes <= *budget) {
        Some(language) => {
            *budget -= bytes;
            Part::Code(highlight::lines(language, &lines))
        }
        None => Part::Code(highlight::plain(&lines)),
    }
}

/// What a folded part is about: its first quoted line that says something, else its first line.
fn hint(text: &str) -> &str {
    let bare = |line| str::trim_start_matches(line, ['>', '|', ' ', '\t']).trim_end();
    let says_something = |line: &&str| line.contains(char::is_alphanumeric);
    let quoted = text.lines().filter(|line| line.trim_start().starts_with('>')).map(bare).find(says_something);
    quoted.or_else(|| text.lines().map(bare).find(says_something)).unwrap_or_default()
}
