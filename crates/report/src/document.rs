//! A document: the part of Markdown that reports are written in, read once for every form they are given in.
//!
//! Whatever else stands in the text (HTML, pictures from elsewhere, links that lead to no page of the web) is text, and
//! comments (`<!-- for the editor -->`) are left out. So nothing that is written, edited or pasted can become a script, a
//! request to somebody's server or a command of a PDF reader.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::Chart;

/// Blocks within blocks within blocks: what lies deeper is laid beside it.
const DEEPEST: usize = 8;

/// A document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

/// What stands for itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading, 1 for the highest.
    Heading(u8, Vec<Span>),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list; numbered from a number on, or with points.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A quote.
    Quote(Vec<Block>),
    /// Code, line by line as it is.
    Code(String),
    /// A table: its head, and its rows.
    Table(Vec<Vec<Span>>, Vec<Vec<Vec<Span>>>),
    /// A chart.
    Chart(Chart),
    /// A line across.
    Rule,
}

/// A stretch of text that looks the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// The text; a line break is `\n`.
    pub text: String,
    /// Strong.
    pub strong: bool,
    /// Stressed.
    pub stressed: bool,
    /// Code.
    pub code: bool,
    /// Where it leads: an address of the web, or somebody's mailbox.
    pub link: Option<String>,
}

impl Document {
    /// Reads a text. Any text is one.
    pub fn read(markdown: &str) -> Document {
        let mut reader = Reader::default();
        reader.open.push(Open { kind: Container::Plain, blocks: Vec::new() });
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
            reader.take(event);
        }
        while reader.open.len() > 1 {
            reader.close();
        }
        Document { blocks: reader.open.pop().map(|open| open.blocks).unwrap_or_default() }
    }

    /// What its first heading says.
    pub fn title(&self) -> Option<String> {
        let found = self.blocks.iter().find_map(|block| match block {
            Block::Heading(_, spans) => Some(said(spans)),
            _ => None,
        });
        found.filter(|title| !title.trim().is_empty())
    }

    /// Its charts, in order.
    pub fn charts(&self) -> impl Iterator<Item = &Chart> {
        // They stand between paragraphs: one within a list or a quote is text there.
        self.blocks.iter().filter_map(|block| match block {
            Block::Chart(chart) => Some(chart),
            _ => None,
        })
    }
}

/// The text of spans.
pub(crate) fn said(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

#[derive(Debug)]
enum Container {
    Plain,
    Quote,
    List(Option<u64>, Vec<Vec<Block>>),
    Item,
}

#[derive(Debug)]
struct Open {
    kind: Container,
    blocks: Vec<Block>,
}

#[derive(Debug, Default)]
struct Reader {
    open: Vec<Open>,
    spans: Vec<Span>,
    strong: u32,
    stressed: u32,
    links: Vec<Option<String>>,
    /// Within a fence: what stands behind it, and its text.
    code: Option<(String, String)>,
    table: Option<Vec<Vec<Vec<Span>>>>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.say(&text, false),
            Event::Code(text) => self.say(&text, true),
            // Of a block, its lines are looked at together when it ends.
            Event::Html(html) => self.say(&html, false),
            Event::InlineHtml(html) => self.say(&without_comments(&html), false),
            Event::SoftBreak => self.say(" ", false),
            Event::HardBreak => self.say("\n", false),
            Event::Rule => self.put(Block::Rule),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } => self.flush(),
            Tag::BlockQuote(_) => self.begin(Container::Quote),
            Tag::List(first) => self.begin(Container::List(first, Vec::new())),
            Tag::Item => self.begin(Container::Item),
            Tag::CodeBlock(kind) => {
                self.flush();
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.trim().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((info, String::new()));
            }
            Tag::HtmlBlock => {
                self.flush();
                self.code = Some((HTML.to_owned(), String::new()));
            }
            Tag::Table(_) => {
                self.flush();
                self.table = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => self.table.iter_mut().for_each(|rows| rows.push(Vec::new())),
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.stressed += 1,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.links.push(safe(&dest_url)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::Heading(level) => {
                let spans = std::mem::take(&mut self.spans);
                self.put(Block::Heading(level as u8, spans));
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.flush();
                self.close();
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.spans);
                if let Some(row) = self.table.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                let mut rows = self.table.take().unwrap_or_default().into_iter();
                let head = rows.next().unwrap_or_default();
                self.put(Block::Table(head, rows.collect()));
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.stressed = self.stressed.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => drop(self.links.pop()),
            _ => {}
        }
    }

    fn end_code(&mut self) {
        let Some((info, text)) = self.code.take() else { return };
        let is_top = self.open.len() == 1;
        let chart = (info == "chart" && is_top).then(|| Chart::read(&text)).flatten();
        self.put(chart.map_or(Block::Code(text.trim_end().to_owned()), Block::Chart));
    }

    /// HTML is text like any other, but for comments.
    fn end_html(&mut self) {
        let Some((_, text)) = self.code.take() else { return };
        let text = without_comments(&text);
        if !text.trim().is_empty() {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.put(Block::Paragraph(vec![Span { text, ..Span::default() }]));
        }
    }

    fn say(&mut self, text: &str, code: bool) {
        if let Some((_, lines)) = &mut self.code {
            lines.push_str(text);
            return;
        }
        let text: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        let span = Span {
            text,
            strong: self.strong > 0,
            stressed: self.stressed > 0,
            code,
            link: self.links.iter().rev().find_map(Clone::clone),
        };
        match self.spans.last_mut() {
            Some(last) if alike(last, &span) => last.text.push_str(&span.text),
            _ => self.spans.push(span),
        }
    }

    /// What was said outside of any paragraph (a tight list's item) is one.
    fn flush(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        if !said(&spans).trim().is_empty() {
            self.put(Block::Paragraph(spans));
        }
    }

    fn put(&mut self, block: Block) {
        if let Some(open) = self.open.last_mut() {
            open.blocks.push(block);
        }
    }

    fn begin(&mut self, kind: Container) {
        self.flush();
        self.open.push(Open { kind, blocks: Vec::new() });
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let too_deep = self.open.len() > DEEPEST * 2;
        let (Some(closed), Some(around)) = (self.open.pop(), self.open.last_mut()) else { return };
        match (closed.kind, &mut around.kind) {
            (Container::Item, Container::List(_, items)) => items.push(closed.blocks),
            (Container::List(_, items), _) if too_deep => around.blocks.extend(items.into_iter().flatten()),
            (Container::List(first, items), _) => around.blocks.push(Block::List(first, items)),
            (Container::Quote, _) if !too_deep => around.blocks.push(Block::Quote(closed.blocks)),
            _ => around.blocks.extend(closed.blocks),
        }
    }
}

/// What a stretch of HTML is kept as while it is read; no fence says so, for what stands behind one is trimmed.
const HTML: &str = " html";

fn alike(a: &Span, b: &Span) -> bool {
    (a.strong, a.stressed, a.code, &a.link) == (b.strong, b.stressed, b.code, &b.link)
}

/// An address that a reader may be led to.
fn safe(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    let known = ["https://", "http://", "mailto:"].iter().any(|start| lower.starts_with(start));
    let fine =
        |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '`' | '^' | '{' | '}' | '|' | '\'');
    (known && address.len() <= 2_000 && address.chars().all(fine)).then(|| address.to_owned())
}

fn without_comments(html: &str) -> String {
    let (mut out, mut rest) = (String::new(), html);
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}
