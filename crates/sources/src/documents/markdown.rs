//! Markdown cut at its headings. CommonMark is `pulldown-cmark`'s; each stretch becomes HTML and then the
//! plain text that all HTML becomes here.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::anchors::Anchors;
use super::page::Pieces;

/// Elements whose contents [`text::html_to_text`] drops. Within a line they are somebody's words about
/// them: GitHub shows them too (GFM, section 6.11).
const DROPPED: [&str; 6] = ["script", "style", "title", "template", "svg", "textarea"];

/// Cuts Markdown into pieces.
pub fn parse(text: &str, anchors: &mut Anchors) -> Pieces {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut reader = Reader { pieces: Pieces::new(), anchors, events: Vec::new(), depth: 0, heading: None };
    Parser::new_ext(text, options).for_each(|event| reader.take(event));
    reader.flush();
    reader.pieces
}

struct Reader<'a, 't> {
    pieces: Pieces,
    anchors: &'a mut Anchors,
    /// What was read since the last heading.
    events: Vec<Event<'t>>,
    /// Blocks that are open.
    depth: usize,
    /// The heading that is open, and the text of it so far.
    heading: Option<Heading>,
}

struct Heading {
    level: usize,
    text: String,
    /// Within a quote or a list, where it cuts nothing.
    nested: bool,
}

impl<'t> Reader<'_, 't> {
    fn take(&mut self, event: Event<'t>) {
        match &event {
            Event::Start(Tag::Heading { level, .. }) => {
                let nested = self.depth > 0;
                self.heading = Some(Heading { level: *level as usize, text: String::new(), nested });
                if !nested {
                    self.flush();
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut self.heading {
                    heading.text.push_str(text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(heading) = &mut self.heading {
                    heading.text.push(' ');
                }
            }
            _ => {}
        }
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let ended = matches!(event, Event::End(TagEnd::Heading(_)));
        if self.heading.as_ref().is_none_or(|heading| heading.nested) {
            self.events.push(shown(event));
        }
        if ended && let Some(heading) = self.heading.take() {
            self.end(heading);
        }
    }

    fn end(&mut self, heading: Heading) {
        let (text, id) = explicit_id(heading.text.trim());
        if heading.nested {
            // Its text stays where it is, but it has its anchor, and later ones of its name get another.
            self.anchors.of(text, id);
        } else {
            self.pieces.heading(heading.level, text, id, self.anchors);
        }
    }

    fn flush(&mut self) {
        let mut markup = String::new();
        html::push_html(&mut markup, self.events.drain(..));
        self.pieces.text(&text::html_to_text(&markup));
    }
}

/// Footnotes are told by their names, and words about markup are text.
fn shown(event: Event<'_>) -> Event<'_> {
    let tag = match &event {
        Event::InlineHtml(tag) => tag,
        Event::FootnoteReference(name) => return Event::Text(CowStr::from(format!("[{name}]"))),
        Event::Start(Tag::FootnoteDefinition(name)) => return Event::Text(CowStr::from(format!("[{name}]: "))),
        // Its paragraph begins on the line of its name.
        Event::End(TagEnd::FootnoteDefinition) => return Event::Text(CowStr::Borrowed("")),
        _ => return event,
    };
    let name = tag.trim_start_matches(['<', '/']);
    let dropped = |known: &&str| name.get(..known.len()).is_some_and(|name| name.eq_ignore_ascii_case(known));
    if DROPPED.iter().any(dropped) {
        return Event::Text(CowStr::from(tag.to_string()));
    }
    event
}

/// A heading without the id at its end, and the id: `Install {#setup}`, or kramdown's `{: #setup .wide}`.
fn explicit_id(heading: &str) -> (&str, Option<&str>) {
    let cut = heading.strip_suffix('}').and_then(|inner| inner.rsplit_once('{'));
    let Some((text, attributes)) = cut else { return (heading, None) };
    let mut attributes = attributes.trim_start_matches(':').split_whitespace();
    let first = attributes.next().and_then(|first| first.strip_prefix('#')).filter(|id| !id.is_empty());
    match first {
        Some(id) => (text.trim_end(), Some(id)),
        None => (heading, None),
    }
}
