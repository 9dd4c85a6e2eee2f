//! A document as HTML: written out of its blocks, so that nothing but what they are can stand in it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::document::{Block, Document, Span};
use crate::{Chart, Result};

/// The one style sheet: a column to be read, on paper too.
const STYLE: &str = include_str!("style.css");

/// Where the pictures of charts are.
pub(crate) enum Pictures {
    /// In the file itself.
    Inside,
    /// Beside it in a mail, by their content ids `chart-1`, `chart-2` … followed by this.
    Attached(String),
    /// Drawn as a page of the program draws them.
    Drawn,
}

impl Document {
    /// A file that stands for itself: it asks nothing of the network.
    ///
    /// # Errors
    ///
    /// If a chart cannot be drawn.
    pub fn html(&self) -> Result<String> {
        self.whole(&Pictures::Inside)
    }

    /// Its body, to be put into a page of the program as it is.
    ///
    /// # Errors
    ///
    /// If a chart cannot be drawn.
    pub fn body(&self) -> Result<String> {
        Writer { pictures: &Pictures::Drawn, charts: 0, out: String::new() }.write(&self.blocks)
    }

    pub(crate) fn whole(&self, pictures: &Pictures) -> Result<String> {
        let body = Writer { pictures, charts: 0, out: String::new() }.write(&self.blocks)?;
        let title = escaped(&self.title().unwrap_or_else(|| "Report".to_owned()));
        Ok(format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
        ))
    }
}

struct Writer<'a> {
    pictures: &'a Pictures,
    charts: usize,
    out: String,
}

impl Writer<'_> {
    fn write(mut self, all: &[Block]) -> Result<String> {
        self.blocks(all)?;
        Ok(self.out)
    }

    fn blocks(&mut self, all: &[Block]) -> Result<()> {
        all.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &Block) -> Result<()> {
        match block {
            Block::Heading(level, spans) => {
                let level = level.clamp(&1, &6);
                self.out += &format!("<h{level}>{}</h{level}>\n", inline(spans));
            }
            Block::Paragraph(spans) => self.out += &format!("<p>{}</p>\n", inline(spans)),
            Block::List(first, items) => self.list(*first, items)?,
            Block::Quote(inside) => {
                self.out += "<blockquote>\n";
                self.blocks(inside)?;
                self.out += "</blockquote>\n";
            }
            Block::Code(text) => self.out += &format!("<pre><code>{}</code></pre>\n", escaped(text)),
            Block::Table(head, rows) => self.table(head, rows),
            Block::Chart(chart) => self.chart(chart)?,
            Block::Rule => self.out += "<hr>\n",
        }
        Ok(())
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>]) -> Result<()> {
        let name = if first.is_some() { "ol" } else { "ul" };
        let start = first.filter(|first| *first != 1).map(|first| format!(" start=\"{first}\"")).unwrap_or_default();
        self.out += &format!("<{name}{start}>\n");
        for item in items {
            self.out += "<li>";
            // A single paragraph needs no frame of its own.
            match item.as_slice() {
                [Block::Paragraph(spans)] => self.out += &inline(spans),
                other => self.blocks(other)?,
            }
            self.out += "</li>\n";
        }
        self.out += &format!("</{name}>\n");
        Ok(())
    }

    fn table(&mut self, head: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) {
        self.out += "<div class=\"wide\"><table>\n<thead><tr>";
        head.iter().for_each(|cell| self.out += &format!("<th scope=\"col\">{}</th>", inline(cell)));
        self.out += "</tr></thead>\n<tbody>\n";
        for row in rows {
            self.out += "<tr>";
            row.iter().for_each(|cell| self.out += &format!("<td>{}</td>", inline(cell)));
            self.out += "</tr>\n";
        }
        self.out += "</tbody>\n</table></div>\n";
    }

    fn chart(&mut self, chart: &Chart) -> Result<()> {
        self.charts += 1;
        let source = match self.pictures {
            Pictures::Drawn => {
                self.out += &chart.figure(&format!("chart-{}", self.charts));
                return Ok(());
            }
            Pictures::Inside => format!("data:image/png;base64,{}", STANDARD.encode(chart.picture()?)),
            Pictures::Attached(rest) => format!("cid:chart-{}{rest}", self.charts),
        };
        let said = format!("{}. {}", chart.title(), chart.lines().join("; "));
        self.out +=
            &format!("<figure><img src=\"{}\" alt=\"{}\" width=\"680\"></figure>\n", escaped(&source), escaped(&said));
        Ok(())
    }
}

fn inline(spans: &[Span]) -> String {
    spans.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    let mut text = escaped(&span.text).replace('\n', "<br>");
    for (is, name) in [(span.code, "code"), (span.stressed, "em"), (span.strong, "strong")] {
        if is {
            text = format!("<{name}>{text}</{name}>");
        }
    }
    match &span.link {
        Some(link) => format!("<a href=\"{}\" rel=\"noopener noreferrer\">{text}</a>", escaped(link)),
        None => text,
    }
}

/// Text as it may stand in an element or in an attribute between `"`.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // What changes the direction of what follows (Unicode TR9) would show names as what they are not.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() && c != '\n' => {}
            c => out.push(c),
        }
    }
    out
}
