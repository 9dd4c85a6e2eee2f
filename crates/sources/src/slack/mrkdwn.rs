//! Slack's `mrkdwn` to text ("Formatting text for app surfaces", docs.slack.dev).

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Names by the id of a user or channel, as far as a text mentions them.
pub type Names = BTreeMap<String, String>;

/// The text as people read it: `<@U1>` is `@ada`, `<#C1|dev>` is `#dev`, `<URL|label>` is `label (URL)`,
/// `&lt;` is `<`. Emphasis, code and emoji stay as they are written.
pub fn to_text(mrkdwn: &str, names: &Names) -> String {
    let mut text = String::with_capacity(mrkdwn.len());
    let mut rest = mrkdwn;
    while let Some((before, from)) = rest.split_once('<') {
        text.push_str(&unescaped(before));
        match from.split_once('>') {
            Some((inner, after)) => {
                reference(inner, names, &mut text);
                rest = after;
            }
            None => {
                text.push('<');
                rest = from;
            }
        }
    }
    text.push_str(&unescaped(rest));
    text
}

/// The ids of the users that a text mentions, in order.
pub fn mentioned(mrkdwn: &str) -> impl Iterator<Item = &str> {
    mrkdwn.split("<@").skip(1).filter_map(|from| {
        let id = &from[..from.find(['>', '|'])?];
        (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(id)
    })
}

fn reference(inner: &str, names: &Names, text: &mut String) {
    let (target, label) = match inner.split_once('|') {
        Some((target, label)) if !label.is_empty() => (target, Some(unescaped(label))),
        Some((target, _)) => (target, None),
        None => (inner, None),
    };
    let name = |id: &str| label.clone().unwrap_or_else(|| names.get(id).map_or(id.to_owned(), String::clone).into());
    match target.chars().next() {
        Some('@') => text.extend(["@", &name(&target[1..])]),
        Some('#') => text.extend(["#", &name(&target[1..])]),
        // `<!here>`, `<!subteam^S1|@team>`, `<!date^1500000000^{date}|14 July>`
        Some('!') => match &label {
            Some(label) => text.push_str(label),
            None => text.extend(["@", target[1..].split('^').next().unwrap_or_default()]),
        },
        _ => {
            let url = unescaped(target);
            match label {
                Some(label) if !same_place(&label, &url) => text.extend([&label, " (", &url, ")"]),
                _ => text.push_str(&url),
            }
        }
    }
}

/// Whether a label only repeats where its link leads: `example.org` for `http://example.org`.
fn same_place(label: &str, url: &str) -> bool {
    let bare = |text: &str| text.split_once(':').map_or(text, |(_, rest)| rest).trim_matches('/').to_owned();
    bare(label) == bare(url) || label.trim_matches('/') == bare(url)
}

/// The three characters that Slack escapes.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names() -> Names {
        [("U1", "ada"), ("C1", "dev")].map(|(id, name)| (id.to_owned(), name.to_owned())).into()
    }

    #[test]
    fn references_are_names() {
        for (mrkdwn, text) in [
            ("<@U1>: see <#C1> and <#C2|ops>", "@ada: see #dev and #ops"),
            ("<@U9> <@U9|bo>", "@U9 @bo"),
            ("<!here> <!subteam^S1|@team> <!date^1500000000^{date}|14 July>", "@here @team 14 July"),
            ("<https://example.org/a?b&amp;c>", "https://example.org/a?b&c"),
            ("<https://example.org|the docs>", "the docs (https://example.org)"),
            ("<http://example.org|example.org>", "http://example.org"),
            ("<mailto:jo@example.org|jo@example.org>", "mailto:jo@example.org"),
            ("a &lt; b &amp;&amp; c &gt; d &amp;lt;", "a < b && c > d &lt;"),
            ("```if (a &lt; b) {}``` *bold* :tada:", "```if (a < b) {}``` *bold* :tada:"),
            ("a < b, never closed", "a < b, never closed"),
            ("<> <@> <|x>", " @ x ()"),
        ] {
            assert_eq!(to_text(mrkdwn, &names()), text, "{mrkdwn}");
        }
    }

    #[test]
    fn mentions_are_ids() {
        let ids: Vec<&str> = mentioned("<@U1> and <@W2|bo>, not <@> <@a b> <#C1> <@U3").collect();
        assert_eq!(ids, ["U1", "W2"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(mrkdwn in "[<>@#!|&a-z^é;\n ]{0,40}") {
            to_text(&mrkdwn, &names());
            mentioned(&mrkdwn).count();
        }
    }
}
