//! HTML as plain text, the way a careful person would have written the mail as plain text.
//!
//! Paragraphs are parted by a blank line; lists get `- ` or numbers; a link's target follows its text
//! in `<…>` where the two differ; a block of code is indented by four spaces and code within a line
//! stands between backticks; a quoted block gets `> ` before each line, so that [`crate::parts()`] sees
//! it; a horizontal line becomes one of underscores, which Outlook draws above what it quotes.
//! Scripts, styles, titles and comments are dropped.
//!
//! This is no browser: broken markup is read as well as it goes, in time linear in its length. Of the
//! HTML standard it follows the names of elements and of character references, no more.

use tags::{Tags, Token};
use writer::Writer;

mod entities;
mod tags;
#[cfg(test)]
mod tests;
mod writer;

/// Blocks may be nested to this depth in lists, quotes and links; deeper ones count as this deep.
const DEEPEST: usize = 16;

/// Turns HTML, a whole page or a piece of one, into plain text. Ends without a line end.
pub fn html_to_text(html: &str) -> String {
    let mut reader = Reader { out: Writer::new(html.len() / 2), lists: Vec::new(), links: Vec::new() };
    for token in Tags::new(html) {
        match token {
            Token::Text(text) => reader.out.text(&text),
            Token::Open(name, attributes) => reader.open(name.as_str(), attributes),
            Token::Close(name) => reader.close(name.as_str()),
        }
    }
    reader.out.finish()
}

struct Reader {
    out: Writer,
    /// The open lists: the number of the next point, `None` for a list without numbers.
    lists: Vec<Option<u32>>,
    /// The open links: target, and where in the output the text begins.
    links: Vec<(String, usize)>,
}

impl Reader {
    fn open(&mut self, name: &str, attributes: &str) {
        match name {
            "br" => self.out.line_break(),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "dl" => self.out.blank_line(),
            "hr" => self.out.rule(),
            "blockquote" => self.out.quote(true),
            "pre" => self.out.preformatted(true),
            "code" | "tt" | "kbd" | "samp" => self.out.code(true),
            "td" | "th" => self.out.cell(),
            "ul" | "ol" => {
                if self.lists.len() < DEEPEST {
                    self.lists.push((name == "ol").then_some(1));
                }
                if self.lists.len() == 1 { self.out.blank_line() } else { self.out.new_line() }
            }
            "li" => self.point(),
            "a" => {
                if let Some(target) = tags::attribute(attributes, "href")
                    && self.links.len() < DEEPEST
                {
                    self.links.push((target, self.out.len()));
                }
            }
            "img" => {
                if let Some(alt) = tags::attribute(attributes, "alt") {
                    self.out.text(&alt);
                }
            }
            name if is_block(name) => self.out.new_line(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "dl" => self.out.blank_line(),
            "blockquote" => self.out.quote(false),
            "pre" => self.out.preformatted(false),
            "code" | "tt" | "kbd" | "samp" => self.out.code(false),
            "ul" | "ol" => {
                self.lists.pop();
                if self.lists.is_empty() { self.out.blank_line() } else { self.out.new_line() }
            }
            "a" => {
                if let Some((target, begin)) = self.links.pop() {
                    self.out.link(&target, begin);
                }
            }
            name if is_block(name) || name == "li" => self.out.new_line(),
            _ => {}
        }
    }

    fn point(&mut self) {
        let depth = self.lists.len().saturating_sub(1);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number = number.saturating_add(1);
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        self.out.point(depth, &mark);
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "tr"
            | "dt"
            | "dd"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "address"
            | "center"
            | "form"
            | "fieldset"
            | "figure"
            | "figcaption"
            | "main"
            | "nav"
            | "aside"
            | "details"
            | "summary"
            | "tbody"
            | "thead"
            | "body"
            | "html"
            | "caption"
    )
}
