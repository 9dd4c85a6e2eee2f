//! What somebody wrote in an issue's body, apart from the form they filled in and the code they showed.

use std::fmt::Write;

/// Bytes of a body that are read.
const MOST: usize = 40_000;
/// A heading in bold has at most this many bytes.
const LONGEST_HEADING: usize = 80;

/// A body in two.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Prose {
    /// Lines of prose. A block of code, an image and an address each became a word: `xcode`, `ximage`, `xlink`.
    pub(super) text: String,
    /// The headings, a line each.
    pub(super) headings: String,
}

/// Takes a body in Markdown apart: comments left out, blocks of code and addresses as a word.
pub(super) fn prose(body: &str) -> Prose {
    let end = (0..=body.len().min(MOST)).rev().find(|end| body.is_char_boundary(*end)).unwrap_or(0);
    let mut prose = Prose::default();
    let (mut comment, mut code) = (false, false);
    for line in body[..end].lines() {
        let line = without_comments(line, &mut comment);
        if line.trim_start().starts_with("```") {
            code = !code;
            if code {
                prose.text.push_str("xcode\n");
            }
        } else if !code {
            if is_heading(&line) {
                prose.headings.push_str(line.trim());
                prose.headings.push('\n');
            }
            add_line(&mut prose.text, &line);
        }
    }
    prose
}

/// A line without what is inside `<!-- -->`.
fn without_comments(line: &str, comment: &mut bool) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        let mark = if *comment { "-->" } else { "<!--" };
        let (head, tail) = rest.split_once(mark).map_or((rest, None), |(head, tail)| (head, Some(tail)));
        if !*comment {
            kept.push_str(head);
        }
        *comment ^= tail.is_some();
        rest = tail.unwrap_or_default();
    }
    kept
}

fn is_heading(line: &str) -> bool {
    let line = line.trim();
    let bold = line.starts_with("**") && line.ends_with("**") && line.len() <= LONGEST_HEADING;
    bold || line.starts_with("# ") || line.starts_with("## ") || line.starts_with("###")
}

fn add_line(text: &mut String, line: &str) {
    for chunk in line.split_whitespace() {
        let word = if chunk.contains("![") {
            "ximage"
        } else if chunk.contains("http://") || chunk.contains("https://") {
            "xlink"
        } else {
            chunk
        };
        // Writing to a string cannot fail.
        let _ = write!(text, "{word} ");
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_code_are_apart() {
        let body = "<!-- fill\nthis in --> ### Steps\nIt <!-- a --> stops, see https://a.example/b\n```\ncode\n```\n**Expected**\n![shot](https://a.example)\n";
        let found = prose(body);
        assert_eq!(found.headings, "### Steps\n**Expected**\n");
        assert_eq!(found.text, "\n### Steps \nIt stops, see xlink \nxcode\n**Expected** \nximage \n");
    }
}
