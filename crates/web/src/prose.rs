//! How a message's text is laid out: paragraphs, code where it is fenced or indented, links.
//!
//! Nothing is taken away and nothing is interpreted beyond that: what people wrote stays readable as
//! they wrote it, and no text can become markup (the pieces are escaped like any other).

/// A stretch of a message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Block<'a> {
    /// Prose, with its line breaks.
    Prose(Vec<Piece<'a>>),
    /// Lines of code, a log, a drawing: to be shown in monospace, unwrapped. Without the indentation
    /// that all of them share.
    Code {
        /// What stands behind the opening fence: most often a language's name.
        info: &'a str,
        lines: Vec<&'a str>,
    },
}

/// A stretch of prose.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// As it is.
    Text(&'a str),
    /// An http or https address, ASCII only, to be linked.
    Link(&'a str),
}

/// What a line is, as far as the layout goes.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    Blank,
    Fence,
    Indented,
    Plain,
}

/// Cuts a text into blocks. Blank lines between blocks are dropped, those within code are kept.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (first, after) = take_line(rest);
        rest = match kind(first) {
            Line::Blank => after,
            Line::Fence => {
                let (code, after) = fenced(after);
                let info = first.trim().trim_start_matches(['`', '~']);
                blocks.push(Block::Code { info, lines: code_lines(code) });
                after
            }
            Line::Indented => {
                let (code, after) = while_lines(rest, |line| matches!(line, Line::Indented | Line::Blank));
                blocks.push(Block::Code { info: "", lines: code_lines(code) });
                after
            }
            Line::Plain => {
                let (prose, after) = while_lines(rest, |line| line == Line::Plain);
                blocks.push(Block::Prose(pieces(prose.trim_end())));
                after
            }
        };
    }
    blocks
}

/// The lines of a stretch of code, without the indentation they share and the blank ones at its end.
fn code_lines(code: &str) -> Vec<&str> {
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let code = code.trim_end();
    let shared = code.lines().filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or(0);
    code.lines().map(|line| line.get(shared..).unwrap_or_default()).collect()
}

/// The first line with its line break, and the rest.
fn take_line(text: &str) -> (&str, &str) {
    text.split_at(text.find('\n').map_or(text.len(), |at| at + 1))
}

fn kind(line: &str) -> Line {
    let trimmed = line.trim();
    if trimmed.is_empty() {
        Line::Blank
    } else if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
        Line::Fence
    } else if line.starts_with("    ") || line.starts_with('\t') {
        Line::Indented
    } else {
        Line::Plain
    }
}

/// The lines up to a closing fence or the end, and what comes after the fence.
fn fenced(text: &str) -> (&str, &str) {
    let (code, rest) = while_lines(text, |line| line != Line::Fence);
    (code, take_line(rest).1)
}

/// The longest beginning whose lines all satisfy `keep`, and the rest.
fn while_lines(text: &str, keep: impl Fn(Line) -> bool) -> (&str, &str) {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if !keep(kind(line)) {
            break;
        }
        end += line.len();
    }
    text.split_at(end)
}

/// Finds the links in prose.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(found) = rest[from..].find("http") {
        let at = from + found;
        let inside_a_word = rest[..at].ends_with(char::is_alphanumeric);
        let length = if inside_a_word { 0 } else { link_length(&rest[at..]) };
        if length == 0 {
            from = at + "http".len();
            continue;
        }
        if at > 0 {
            pieces.push(Piece::Text(&rest[..at]));
        }
        pieces.push(Piece::Link(&rest[at..at + length]));
        rest = &rest[at + length..];
        from = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Bytes of the address that `text` begins with, without the punctuation of the sentence around it; 0
/// if it begins with none.
fn link_length(text: &str) -> usize {
    let Some(host) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return 0 };
    if !host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') {
        return 0;
    }
    // Characters that RFC 3986 (2) allows in a URI; letters of other scripts would allow look-alikes.
    let in_uri = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    let mut link = &text[..text.find(|c| !in_uri(c)).unwrap_or(text.len())];
    let opened = link.matches('(').count();
    let mut closed = link.matches(')').count();
    while let Some(last) = link.chars().next_back() {
        if last == ')' && closed > opened {
            closed -= 1;
        } else if !".,;:!?'\"]*_".contains(last) {
            break;
        }
        link = &link[..link.len() - 1];
    }
    link.len()
}

/// An address that a source gives for a message, if it is one to link.
pub(crate) fn web_address(url: &str) -> Option<&str> {
    (link_length(url) == url.len() && !url.is_empty()).then_some(url)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn laid_out(text: &str) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.replace('\n', "⏎"),
            Piece::Link(link) => format!("<{link}>"),
        };
        let block = |block: &Block| match block {
            Block::Prose(pieces) => format!("p {}", pieces.iter().map(piece).collect::<String>()),
            Block::Code { lines, .. } => format!("c {}", lines.join("⏎")),
        };
        blocks(text).iter().map(block).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn layout() {
        let check = |input: &str, expected: &str| assert_eq!(laid_out(input), expected);
        check("", "");
        check("\n\n \n", "");
        check("one\ntwo\n\nthree", "p one⏎two | p three");
        check("def:\n    a:\n      b\n\n    c", "p def: | c a:⏎  b⏎⏎c");
        check("try:\n    a = 1\n\n    b = 2\nthen", "p try: | c a = 1⏎⏎b = 2 | p then");
        check("log:\n```text\n$ make\nfail\n```\nwhy?", "p log: | c $ make⏎fail | p why?");
        check("```\nnever closed", "c never closed");
        check("\tTraceback\r\n\t  boom\r\n", "c Traceback⏎  boom");
    }

    #[test]
    fn links() {
        let check = |input: &str, expected: &str| assert_eq!(laid_out(input), format!("p {expected}"));
        check("see https://example.org/a?b=c#d.", "see <https://example.org/a?b=c#d>.");
        check("(http://example.org/x_(y))", "(<http://example.org/x_(y)>)");
        check("<https://example.org>", "<<https://example.org>>");
        check("https://a.example, https://b.example", "<https://a.example>, <https://b.example>");
        check("http https:// http://. xhttp://a.example", "http https:// http://. xhttp://a.example");
        check(
            "javascript:alert(1) data:text/html,x ftp://a.example",
            "javascript:alert(1) data:text/html,x ftp://a.example",
        );
        check("https://exаmple.org", "<https://ex>аmple.org");
        check("https://a.example/\"onclick=alert(1)", "<https://a.example/>\"onclick=alert(1)");
    }

    #[test]
    fn addresses_of_messages() {
        assert_eq!(web_address("https://example.org/list/1.html"), Some("https://example.org/list/1.html"));
        for bad in ["", "javascript:alert(1)", "//example.org", "https://", "https://a.example/ x", "HTTPS://a.example"]
        {
            assert_eq!(web_address(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn text_is_neither_lost_nor_made_up(text in "([a-z .`~\t\n(]|http://|    ){0,60}") {
            fn letters(text: &str) -> String {
                text.chars().filter(char::is_ascii_lowercase).collect()
            }
            let out: String = blocks(&text).iter().map(|block| match block {
                Block::Code { lines, .. } => letters(&lines.join("\n")),
                Block::Prose(pieces) => pieces.iter().map(|piece| match piece {
                    Piece::Text(text) | Piece::Link(text) => letters(text),
                }).collect(),
            }).collect();
            // Only what stands on a fence's own line (its language) is not shown.
            let fences = |line: &&str| kind(line) != Line::Fence;
            prop_assert_eq!(out, letters(&text.lines().filter(fences).collect::<String>()));
        }

        #[test]
        fn any_text_is_laid_out(text in any::<String>()) {
            blocks(&text);
            web_address(&text);
        }
    }
}
