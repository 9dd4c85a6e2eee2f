//! Blocks of text as a mail, as lines of chat, as a forum's HTML, or as one line.

use crate::clock::put;
use crate::say::Block;

/// Columns of a mail's text.
const WIDTH: usize = 72;

/// Paragraphs of at most 72 columns, code indented by four, empty lines in between.
pub(crate) fn mail_lines(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        match block {
            Block::Prose(text) => wrap(text, &mut lines),
            Block::Code(text) => lines.extend(text.lines().map(|line| format!("    {line}").trim_end().to_owned())),
        }
    }
    lines
}

fn wrap(text: &str, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            lines.push(std::mem::take(&mut line));
            width = 0;
        }
        if width > 0 {
            line.push(' ');
            width += 1;
        }
        line.push_str(word);
        width += length;
    }
    lines.push(line);
}

/// The prose on one line.
pub(crate) fn one_line(blocks: &[Block]) -> String {
    let prose: Vec<&str> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Prose(text) => Some(text.as_str()),
            Block::Code(_) => None,
        })
        .collect();
    prose.join(" ")
}

/// Part `part` of `parts` of the sentences; `None` if there are too few of them.
pub(crate) fn sentences(text: &str, (part, parts): (u8, u8)) -> Option<String> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(". ").chain(text.match_indices("? ")).chain(text.match_indices("! ")) {
        all.push(at + 1);
    }
    all.sort_unstable();
    all.push(text.len());
    let count = all.len();
    let (part, parts) = (usize::from(part), usize::from(parts).max(1));
    let (from, to) = (part * count / parts, (part + 1) * count / parts);
    if from == to {
        return None;
    }
    if from > 0 {
        start = all[from - 1];
    }
    let end = all[to - 1];
    Some(text[start..end].trim().to_owned())
}

/// As the forum shows it.
pub(crate) fn html(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        let (open, text, close) = match block {
            Block::Prose(text) => ("<p>", text, "</p>\n\n"),
            Block::Code(text) => ("<pre><code>", text, "\n</code></pre>\n\n"),
        };
        out.push_str(open);
        for letter in text.chars() {
            match letter {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                _ => out.push(letter),
            }
        }
        out.push_str(close);
    }
    out
}

/// As it was typed into the forum.
pub(crate) fn markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Prose(text) => put(&mut out, format_args!("{text}\n\n")),
            Block::Code(text) => {
                text.lines().for_each(|line| put(&mut out, format_args!("    {line}\n")));
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_are_wrapped_and_code_is_not() {
        let prose = "word ".repeat(20) + "end";
        let lines = mail_lines(&[Block::Prose(prose), Block::Code("a {\n  b\n}".into()), Block::Prose("Bye".into())]);
        assert!(lines.iter().all(|line| line.len() <= WIDTH));
        insta::assert_snapshot!(lines.join("\n"), @r"
        word word word word word word word word word word word word word word
        word word word word word word end

            a {
              b
            }

        Bye
        ");
    }

    #[test]
    fn sentences_are_dealt_out() {
        let text = "One. Two? Three! Version 3.1 is four.";
        let check = |part, expected: Option<&str>| assert_eq!(sentences(text, part).as_deref(), expected);
        check((0, 1), Some(text));
        check((0, 2), Some("One. Two?"));
        check((1, 2), Some("Three! Version 3.1 is four."));
        check((3, 4), Some("Version 3.1 is four."));
        check((0, 8), None);
        check((1, 8), Some("One."));
    }
}
