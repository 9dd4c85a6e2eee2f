//! An announcement, written once, as each audience would get it. Drafts: nothing is sent.

use desk::Announcement;

use crate::views::Drafted;

/// Letters that a post may have where they are counted: Mastodon's default; the shortest of the common ones is 300.
const SOCIAL: usize = 300;
/// What people read in a chat without opening it.
const CHAT: usize = 600;
/// The width at which mails are folded (RFC 3676, section 4.2 counsels 78 at most, 72 leaves room for quoting).
const WIDTH: usize = 72;

/// The drafts: for a mailing list, a blog, a chat and social media.
pub fn drafts(announcement: &Announcement) -> Vec<Drafted> {
    let Announcement { title, text, link, .. } = announcement;
    let link = link.as_deref().unwrap_or_default();
    let first = plain(text.split("\n\n").map(str::trim).find(|part| !part.is_empty()).unwrap_or_default());
    let more = if link.is_empty() { String::new() } else { format!("\n\n{link}") };
    let list = format!("Subject: [ANN] {title}\n\n{}{more}\n", folded(&plain_paragraphs(text)));
    let blog = format!("# {title}\n\n{}{more}\n", text.trim());
    let chat = fitted(&format!("*{title}*\n{first}"), link, "\n", CHAT);
    let social = fitted(&format!("{title}. {first}"), link, " ", SOCIAL);
    let draft =
        |audience, about, text: String, most| Drafted { audience, about, characters: text.chars().count(), text, most };
    vec![
        draft(
            "list",
            "Plain text, folded for mail. Say in the first sentence why it matters to this list.",
            list,
            None,
        ),
        draft("blog", "Markdown. Add who did it, and a picture.", blog, None),
        draft("chat", "The first paragraph. Stay for the questions.", chat, Some(CHAT)),
        draft("social", "One thought and the link.", social, Some(SOCIAL)),
    ]
}

/// A text cut at a word so that it and the link are no longer than `most` characters.
fn fitted(text: &str, link: &str, between: &str, most: usize) -> String {
    let tail = if link.is_empty() { String::new() } else { format!("{between}{link}") };
    let room = most.saturating_sub(tail.chars().count());
    if text.chars().count() <= room {
        return format!("{text}{tail}");
    }
    let cut: String = text.chars().take(room.saturating_sub(1)).collect();
    let at_word = cut.rfind(char::is_whitespace).filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…{tail}", cut[..at_word].trim_end())
}

/// Markdown as plain text: links as their words and address, emphasis without its signs.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let link = after.split_once("](").and_then(|(words, tail)| Some((words, tail.split_once(')')?)));
        match link.filter(|(words, _)| !words.contains('[')) {
            Some((words, (address, tail))) => {
                text.push_str(&format!("{words} ({address})"));
                rest = tail;
            }
            None => {
                text.push('[');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    let text = text.replace("**", "").replace('`', "");
    let lines = text.lines().map(|line| line.trim_start_matches('#').trim());
    lines.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// Paragraph by paragraph; lists keep their lines.
fn plain_paragraphs(markdown: &str) -> String {
    let is_item = |line: &str| line.trim_start().starts_with(['-', '*', '+']) && line.contains(' ');
    let paragraph = |part: &str| match part.lines().any(is_item) {
        true => part.lines().map(plain).collect::<Vec<_>>().join("\n"),
        false => plain(part),
    };
    markdown.split("\n\n").map(paragraph).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut width = 0;
        for word in line.split_whitespace() {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > WIDTH {
                out.push('\n');
                width = 0;
            } else if width > 0 {
                out.push(' ');
                width += 1;
            }
            out.push_str(word);
            width += length;
        }
        out.push('\n');
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn announcement(text: &str) -> Announcement {
        Announcement {
            title: "Version 3 is out".to_owned(),
            text: text.to_owned(),
            link: Some("https://example.org/3".to_owned()),
            ..Announcement::default()
        }
    }

    #[test]
    fn each_audience_gets_its_own() {
        let text = "It **starts** twice as fast, see [the notes](https://example.org/n). Thanks to the fourteen people who \
                    wrote it.\n\n## Changes\n\n- `reload` works\n- fewer crashes\n";
        let drafts = drafts(&announcement(text));
        let list = "Subject: [ANN] Version 3 is out\n\nIt starts twice as fast, see the notes (https://example.org/n). \
                    Thanks\nto the fourteen people who wrote it.\n\nChanges\n\n- reload works\n- fewer crashes\n\n\
                    https://example.org/3\n";
        assert_eq!(drafts[0].text, list);
        assert!(drafts[1].text.starts_with("# Version 3 is out\n\nIt **starts**"));
        assert_eq!(
            drafts[3].text,
            "Version 3 is out. It starts twice as fast, see the notes (https://example.org/n). Thanks to the fourteen people \
             who wrote it. https://example.org/3"
        );
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_too_long(text in "(?s)([a-z]{1,12}|[ \n]|\\[|\\]\\(|\\)|é|#|\\*\\*){0,400}") {
            for draft in drafts(&announcement(&text)) {
                proptest::prop_assert!(draft.most.is_none_or(|most| draft.text.chars().count() <= most), "{draft:?}");
                proptest::prop_assert!(draft.text.contains("https://example.org/3"));
            }
        }
    }
}
