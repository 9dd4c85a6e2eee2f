//! The HTML that Discourse makes of a post (`cooked`): who is mentioned, which files are attached, and the text.

use memchr::memchr;

use super::Written;

/// Links whose target says nothing to a reader of plain text: names, files and pictures of the forum itself.
const OWN_LINKS: [&str; 7] =
    ["mention", "mention-group", "hashtag", "hashtag-cooked", "attachment", "lightbox", "anchor"];
/// Numbers that the pages show beside pictures and polls.
const NOISE: [&str; 5] = ["informations", "filename", "info-number", "info-text", "info-label"];

/// No name of a person or a file is longer, in bytes and with its markup: looking further each time would
/// take for ever.
const LONGEST_NAME: usize = 2 << 10;

/// Reads a post's HTML.
pub(super) fn read(html: &str) -> Written {
    let mut written = Written::default();
    let mut clean = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = memchr(b'<', rest.as_bytes()) {
        clean.push_str(&rest[..open]);
        rest = &rest[open..];
        let end = memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let (tag, after) = rest.split_at(end);
        rest = after;
        let class = attribute(tag, "class").unwrap_or_default();
        let is = |names: &[&str]| class.split(' ').any(|class| names.contains(&class));
        if tag.starts_with("<a ") && is(&OWN_LINKS) {
            let text = plain(until(after, "</a>"));
            if is(&["mention"]) {
                written.mention(&text);
            } else if is(&["attachment"]) {
                written.attach(&text);
            }
            clean.push_str("<a>");
        } else if tag.starts_with("<span ") && is(&NOISE) {
            let text = until(after, "</span>");
            if is(&["filename"]) {
                written.attach(&plain(text));
            }
            rest = &after[text.len()..];
            clean.push_str("<span>");
        } else {
            // A picture that was uploaded and is shown as it is, without a frame that has its name.
            if tag.starts_with("<img ") && tag.contains("data-base62-sha1=") {
                written.attach(&plain(attribute(tag, "alt").unwrap_or_default()));
            }
            clean.push_str(tag);
        }
    }
    clean.push_str(rest);
    written.body = text::html_to_text(&clean);
    // A framed picture has its name twice: as it is shown, and with its ending as the file's.
    let framed = written.attachments.clone();
    let longer = |name: &String| framed.iter().any(|other| other.strip_prefix(name.as_str()).is_some_and(is_ending));
    written.attachments.retain(|name| !longer(name));
    written
}

/// Whether this is how a file's name ends, as `.png`.
fn is_ending(text: &str) -> bool {
    text.strip_prefix('.').is_some_and(|ending| ending.len() < 6 && !ending.contains('.'))
}

/// The text before the next `end`, nothing if there is none nearby.
fn until<'a>(text: &'a str, end: &str) -> &'a str {
    let near = &text.as_bytes()[..text.len().min(LONGEST_NAME)];
    memchr::memmem::find(near, end.as_bytes()).map_or("", |end| &text[..end])
}

/// An attribute as Discourse writes it, in double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    Some(value.split('"').next().unwrap_or_default())
}

fn plain(html: &str) -> String {
    text::html_to_text(html)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(html: &str, body: &str, mentions: &[&str], attachments: &[&str]) {
        let written = read(html);
        assert_eq!(written.body, body);
        assert_eq!(written.mentions, mentions);
        assert_eq!(written.attachments, attachments);
    }

    #[test]
    fn mentions_and_files() {
        check(
            r#"<p>Hi <a class="mention" href="/u/bo">@Bo</a>, see <a class="attachment" href="/uploads/x.txt">a &amp; b.txt</a> (1 KB)</p>"#,
            "Hi @Bo, see a & b.txt (1 KB)",
            &["bo"],
            &["a & b.txt"],
        );
        check(
            r#"<p><a class="mention-group notify" href="/g/team">@team</a> <a class="hashtag-cooked" href="/c/x"><span>Support</span></a></p>"#,
            "@team Support",
            &[],
            &[],
        );
    }

    #[test]
    fn pictures_quotes_and_polls() {
        check(
            r#"<div class="lightbox-wrapper"><a class="lightbox" href="https://example.org/x.png"><img src="x" alt="shot" data-base62-sha1="q"><div class="meta"><span class="filename">shot.png</span><span class="informations">9×9 1 KB</span></div></a></div>"#,
            "shot",
            &[],
            &["shot.png"],
        );
        check(
            r#"<aside class="quote" data-username="ada" data-post="1"><div class="title"><img alt="" class="avatar"> ada:</div><blockquote><p>How?</p></blockquote></aside><p>So.</p>"#,
            "ada:\n\n> How?\n\nSo.",
            &[],
            &[],
        );
        check(
            r#"<div class="poll"><div class="poll-container"><ul><li data-poll-option-id="1">Tabs</li><li data-poll-option-id="2">Spaces</li></ul></div><div class="poll-info"><span class="info-number">0</span><span class="info-label">voters</span></div></div>"#,
            "- Tabs\n- Spaces",
            &[],
            &[],
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read(html in r#"([<>a" =]|<a class="mention">|</a>|<span class="filename">|</span>|é){0,40}"#) {
            read(&html);
        }
    }
}
