//! The Markdown that a writer typed (`raw`): quotes, mentions and uploads in Discourse's own markup.

use super::Written;

/// Quotes within quotes beyond this depth count as this deep.
const DEEPEST: usize = 8;
/// No tag or link is longer, in bytes: looking further each time would take for ever.
const LONGEST_TAG: usize = 250;

/// Reads a post's Markdown: it stays as it is, but `[quote]…[/quote]` becomes lines that begin with `> `.
pub(super) fn read(markdown: &str) -> Written {
    let mut written = Written::default();
    let mut lines: Vec<String> = Vec::new();
    let (mut depth, mut fenced) = (0usize, false);
    for line in markdown.lines() {
        let mut rest = line;
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            uploads(line, &mut written);
            if depth == 0 {
                mentions(line, &mut written);
            }
        }
        // Tags stand anywhere in a line: `[quote="ada, post:1"]How?[/quote]`.
        while let Some((before, quote, after)) = next_tag(rest).filter(|_| !fenced) {
            push(&mut lines, before, depth);
            if let Some(who) = quote {
                push(&mut lines, &who, depth);
                depth = (depth + 1).min(DEEPEST);
            } else {
                depth = depth.saturating_sub(1);
                if !after.trim().is_empty() {
                    lines.push(String::new());
                }
            }
            rest = after;
        }
        if rest.len() == line.len() || !rest.trim().is_empty() {
            let marks = "> ".repeat(depth);
            lines.push(format!("{marks}{rest}"));
        }
    }
    written.body = lines.join("\n").trim().to_owned();
    written
}

fn push(lines: &mut Vec<String>, text: &str, depth: usize) {
    if !text.trim().is_empty() {
        lines.push(format!("{}{}", "> ".repeat(depth), text.trim()));
    }
}

/// The text before the next tag of a quote; who is quoted if one begins, nothing if one ends; what follows.
fn next_tag(line: &str) -> Option<(&str, Option<String>, &str)> {
    line.match_indices('[').find_map(|(at, _)| {
        let (before, tag) = line.split_at(at);
        if let Some(after) = tag.strip_prefix("[/quote]") {
            return Some((before, None, after));
        }
        let begun = tag.strip_prefix("[quote").filter(|rest| rest.starts_with(['=', ']']))?;
        let end = begun.bytes().take(LONGEST_TAG).position(|byte| byte == b']')?;
        let who = begun[..end].trim_matches(['=', '"', ' ']).split(',').next().unwrap_or_default();
        let who = if who.is_empty() { String::new() } else { format!("{who}:") };
        Some((before, Some(who), &begun[end + 1..]))
    })
}

/// Names of uploads: `[log.txt|attachment](upload://…)`, `![shot|690x388](upload://….png)`.
fn uploads(line: &str, written: &mut Written) {
    for (at, _) in line.match_indices("](upload://") {
        let from = at.saturating_sub(LONGEST_TAG);
        let Some(begin) = line.as_bytes()[from..at].iter().rposition(|byte| *byte == b'[') else { continue };
        let name = line[from + begin + 1..at].split('|').next().unwrap_or_default();
        let end = line[at..].bytes().take(LONGEST_TAG).position(|byte| byte == b')');
        let ending = end.and_then(|end| line[at..at + end].rsplit_once('.'));
        match ending {
            Some((_, ending)) if !name.contains('.') && !name.is_empty() => written.attach(&format!("{name}.{ending}")),
            _ => written.attach(name),
        }
    }
}

/// Names behind an `@` that begins a word. Names are letters, digits, `_`, `.` and `-` (`UsernameValidator`).
fn mentions(line: &str, written: &mut Written) {
    for (at, _) in line.match_indices('@') {
        if line[..at].ends_with(|c: char| c.is_alphanumeric() || "_./`@-".contains(c)) {
            continue;
        }
        let name = &line[at + 1..];
        let end = name.find(|c: char| !(c.is_alphanumeric() || "_.-".contains(c))).unwrap_or(name.len());
        if !name[end..].starts_with(['/', '@']) {
            written.mention(name[..end].trim_end_matches(['.', '-']));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(markdown: &str, body: &str, mentions: &[&str], attachments: &[&str]) {
        let written = read(markdown);
        assert_eq!(written.body, body);
        assert_eq!(written.mentions, mentions);
        assert_eq!(written.attachments, attachments);
    }

    #[test]
    fn quotes_mentions_and_uploads() {
        check("[quote=\"ada, post:1, topic:7\"]\nHow?\n[/quote]\n\nSo.", "ada:\n> How?\n\nSo.", &[], &[]);
        check("See [quote]a[quote]b[/quote][/quote] end", "See\n> a\n> > b\n\n\n end", &[], &[]);
        check(
            "Hi @Bo, write to ada@example.org or `@cy` (@dee.)",
            "Hi @Bo, write to ada@example.org or `@cy` (@dee.)",
            &["bo", "dee"],
            &[],
        );
        check("```\n@bo [quote]\n```", "```\n@bo [quote]\n```", &[], &[]);
        let files = "[log.txt|attachment](upload://q.txt) (1 KB) ![shot|9x9](upload://q.png)";
        check(files, files, &[], &["log.txt", "shot.png"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(markdown in r#"(\[quote|\[/quote\]|[\]=",@a. \né]|\]\(upload://){0,40}"#) {
            read(&markdown);
        }
    }
}
