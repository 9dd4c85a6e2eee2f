//! A page cut at its headings, whatever it is written in.

use super::anchors::Anchors;
use super::front::Meta;

/// More sections than this are made up by a machine, or to hurt; the rest of the page is then one.
const MOST_SECTIONS: usize = 5_000;
/// Characters of a heading that stand in titles; a longer one is told in full in its section's text.
const LONGEST_HEADING: usize = 200;

/// A stretch of a page: a heading and the text up to the next one.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Piece {
    /// How deep the heading is, from 1; 0 for what stands before the first one.
    pub level: usize,
    /// The heading as one line of text.
    pub heading: String,
    /// Its anchor; empty if it has none.
    pub anchor: String,
    /// The text below it.
    pub body: String,
}

/// What a parser collects.
#[derive(Debug)]
pub struct Pieces {
    pieces: Vec<Piece>,
    /// Headings beyond [`MOST_SECTIONS`], which became text.
    pub left_over: usize,
}

impl Pieces {
    /// Nothing but the empty stretch before the first heading.
    pub fn new() -> Pieces {
        Pieces { pieces: vec![Piece::default()], left_over: 0 }
    }

    /// A heading comes. Its anchor is made here, so that equal ones are numbered in the page's order.
    pub fn heading(&mut self, level: usize, heading: &str, given: Option<&str>, anchors: &mut Anchors) {
        let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.pieces.len() > MOST_SECTIONS {
            self.left_over += 1;
            return self.text(&heading);
        }
        let anchor = anchors.of(&heading, given);
        self.pieces.push(Piece { level: level.max(1), heading, anchor, body: String::new() });
    }

    /// Text of the present stretch, a block of its own.
    pub fn text(&mut self, text: &str) {
        let text = text.trim_end();
        let text = text.trim_start_matches(['\n', '\r']);
        if let Some(last) = self.pieces.last_mut().filter(|_| !text.trim().is_empty()) {
            if !last.body.is_empty() {
                last.body.push_str("\n\n");
            }
            last.body.push_str(text);
        }
    }

    /// Everything, the stretch before the first heading first.
    pub fn done(self) -> Vec<Piece> {
        self.pieces
    }
}

/// A page and its sections.
#[derive(Debug, PartialEq)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// The text before its first section.
    pub body: String,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section of a page.
#[derive(Debug, PartialEq)]
pub struct Section {
    /// The headings that lead to it, its own last, without the page's title.
    pub path: Vec<String>,
    /// Its anchor; empty if it has none.
    pub anchor: String,
    /// The text below its heading, up to the next one.
    pub body: String,
}

impl Page {
    /// Makes a page of its pieces. The first heading is its title if it is of the first level, or if none
    /// other is as high and nothing else names the page; `name` is what it is called if nothing does.
    pub fn new(mut pieces: Vec<Piece>, meta: &Meta, name: &str) -> Page {
        let mut page = Page { title: String::new(), body: String::new(), sections: Vec::new() };
        let leads = match pieces.get(1..) {
            Some([first, others @ ..]) => {
                let alone = || meta.title.is_none() && others.iter().all(|other| other.level > first.level);
                first.level == 1 || alone()
            }
            _ => false,
        };
        let mut rest = pieces.split_off(pieces.len().min(1)).into_iter().peekable();
        page.body = pieces.pop().map(|piece| piece.body).unwrap_or_default();
        let mut heading = None;
        if let Some(first) = rest.next_if(|_| leads) {
            page.body = joined(&page.body, &first.body);
            heading = Some(first.heading).filter(|heading| !heading.is_empty());
        }
        page.title = match (&meta.title, heading) {
            (Some(title), Some(heading)) => {
                if *title != heading {
                    page.body = joined(&heading, &page.body);
                }
                title.clone()
            }
            (Some(title), None) => title.clone(),
            (None, Some(heading)) => heading,
            (None, None) => meta.called.as_deref().unwrap_or(name).to_owned(),
        };
        if let Some(cut) = shortened(&page.title) {
            page.body = joined(&page.title, &page.body);
            page.title = cut;
        }
        let mut above: Vec<(usize, String)> = Vec::new();
        for piece in rest {
            above.retain(|(level, _)| *level < piece.level);
            let (heading, body) = match shortened(&piece.heading) {
                Some(cut) => (cut, joined(&piece.heading, &piece.body)),
                None => (piece.heading, piece.body),
            };
            above.push((piece.level, heading));
            let path = above.iter().map(|(_, heading)| heading.clone()).collect();
            page.sections.push(Section { path, anchor: piece.anchor, body });
        }
        page
    }
}

/// Two texts with a blank line between them.
fn joined(first: &str, second: &str) -> String {
    let between = if first.is_empty() || second.is_empty() { "" } else { "\n\n" };
    format!("{first}{between}{second}")
}

/// A heading cut to its longest; `None` if it is not longer.
fn shortened(heading: &str) -> Option<String> {
    let (end, _) = heading.char_indices().nth(LONGEST_HEADING)?;
    Some(format!("{}…", &heading[..end]))
}
