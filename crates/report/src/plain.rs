//! A document as plain text: the part of a mail for those who read no HTML, and what its words are.

use crate::document::{Block, Document, Span, said};

impl Document {
    /// Plain text, without any markup. Links stand behind the words that lead there.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        blocks(&self.blocks, "", &mut out);
        out.trim_end().to_owned() + "\n"
    }
}

fn blocks(blocks: &[Block], indent: &str, out: &mut String) {
    for block in blocks {
        one(block, indent, out);
    }
}

fn one(block: &Block, indent: &str, out: &mut String) {
    match block {
        Block::Heading(level, spans) => {
            let text = words(spans);
            line(&text, indent, out);
            let under = if *level == 1 { "=" } else { "-" };
            line(&under.repeat(text.chars().count().min(72)), indent, out);
            out.push('\n');
        }
        Block::Paragraph(spans) => {
            words(spans).lines().for_each(|text| line(text, indent, out));
            out.push('\n');
        }
        Block::List(first, items) => {
            for (number, item) in items.iter().enumerate() {
                let sign = first.map_or("*".to_owned(), |first| format!("{}.", first.saturating_add(number as u64)));
                let mut inner = String::new();
                blocks(item, "", &mut inner);
                let mut lines = inner.lines().filter(|line| !line.is_empty());
                line(&format!("{sign} {}", lines.next().unwrap_or_default()), indent, out);
                lines.for_each(|text| line(&format!("  {text}"), indent, out));
            }
            out.push('\n');
        }
        Block::Quote(inside) => blocks(inside, &format!("{indent}> "), out),
        Block::Code(text) => {
            text.lines().for_each(|text| line(&format!("    {text}"), indent, out));
            out.push('\n');
        }
        Block::Table(head, rows) => {
            for row in std::iter::once(head).chain(rows) {
                line(&row.iter().map(|cell| words(cell)).collect::<Vec<_>>().join(" | "), indent, out);
            }
            out.push('\n');
        }
        Block::Chart(chart) => {
            line(chart.title(), indent, out);
            chart.lines().iter().for_each(|text| line(&format!("  {text}"), indent, out));
            out.push('\n');
        }
        Block::Rule => line("--------\n", indent, out),
    }
}

fn line(text: &str, indent: &str, out: &mut String) {
    out.push_str(indent);
    out.push_str(text);
    out.push('\n');
}

/// Words, with the address behind those that lead somewhere else than they say.
fn words(spans: &[Span]) -> String {
    let mut out = String::new();
    let mut rest = spans;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|span| span.link == first.link).count();
        let (these, after) = rest.split_at(same);
        let text = said(these);
        out.push_str(&text);
        if let Some(link) = first.link.as_deref().filter(|link| *link != text) {
            out.push_str(&format!(" <{link}>"));
        }
        rest = after;
    }
    out
}
