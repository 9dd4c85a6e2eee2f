//! To a chat, by its incoming webhook. The address is all the key there is, so it is a secret.
//!
//! Chats know no ids of messages: one that may have arrived is never sent again ([`Failure::Unsure`]).

use serde_json::{Value, json};

use crate::http::{self, Posted};
use crate::message::{link, one_line};
use crate::{Endpoint, Failure, Handing, Item, Message};

mod escape;

/// The chats whose incoming webhooks are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatKind {
    /// <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>
    Slack,
    /// <https://developers.mattermost.com/integrate/webhooks/incoming/>
    Mattermost,
    /// <https://docs.rocket.chat/docs/integrations>
    RocketChat,
    /// <https://discord.com/developers/docs/resources/webhook#execute-webhook>
    Discord,
    /// Matrix: <https://matrix-org.github.io/matrix-hookshot/latest/setup/webhooks.html>
    Hookshot,
}

impl ChatKind {
    /// All of them, alphabetical, as they are written in the configuration.
    pub const ALL: &'static [(&'static str, ChatKind)] = &[
        ("discord", ChatKind::Discord),
        ("hookshot", ChatKind::Hookshot),
        ("mattermost", ChatKind::Mattermost),
        ("rocketchat", ChatKind::RocketChat),
        ("slack", ChatKind::Slack),
    ];

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<ChatKind> {
        ChatKind::ALL.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    /// Characters of a message that every server of the kind takes.
    fn most(self) -> usize {
        match self {
            ChatKind::Discord => 2000,
            ChatKind::Slack | ChatKind::Mattermost | ChatKind::RocketChat => 4000,
            ChatKind::Hookshot => 10_000,
        }
    }

    /// The request's body for a text that is escaped for this kind.
    fn body(self, text: &str, message: &Message) -> Value {
        match self {
            // Without `mrkdwn`, stars and underscores are stars and underscores; `<` is escaped.
            ChatKind::Slack => json!({ "text": text, "mrkdwn": false, "unfurl_links": false, "unfurl_media": false }),
            ChatKind::Mattermost => json!({ "text": text }),
            ChatKind::RocketChat => json!({ "text": text, "parseUrls": false }),
            ChatKind::Discord => json!({ "content": text, "allowed_mentions": { "parse": [] } }),
            ChatKind::Hookshot => {
                let html = compose(message, self.most(), escape::html, |link| format!("<a href=\"{link}\">{link}</a>"));
                json!({ "text": text, "html": html.replace('\n', "<br>") })
            }
        }
    }
}

/// One channel of a chat.
#[derive(Debug)]
pub struct Chat {
    kind: ChatKind,
    endpoint: Endpoint,
}

impl Chat {
    /// A chat of a kind, by the address of its incoming webhook.
    pub fn new(kind: ChatKind, endpoint: Endpoint) -> Chat {
        Chat { kind, endpoint }
    }

    /// Posts the message as a text, cut to what the chat takes.
    pub fn deliver(&self, message: &Message, handing: Handing<'_>) -> Result<(), Failure> {
        let text = text(self.kind, message);
        let body = self.kind.body(&text, message).to_string();
        if !handing() {
            return Err(Failure::later("it is being sent elsewhere"));
        }
        match http::post(&self.endpoint, &[], &body) {
            Posted::Unsent(why) => Err(Failure::later(why)),
            Posted::Lost(why) => Err(Failure::unsure(why)),
            Posted::Status(code, after) => http::status(code, after),
        }
    }
}

fn text(kind: ChatKind, message: &Message) -> String {
    let angled = |link: &str| format!("<{}>", escape::slack(link));
    match kind {
        ChatKind::Slack => compose(message, kind.most(), escape::slack, angled),
        ChatKind::Discord => compose(message, kind.most(), escape::markdown, |link| format!("<{link}>")),
        _ => compose(message, kind.most(), escape::markdown, |link| format!("<{}>", link.replace('@', "%40"))),
    }
}

/// Puts the lines together until no more fit; what was left out is counted.
fn compose(message: &Message, most: usize, escape: fn(&str) -> String, linked: impl Fn(&str) -> String) -> String {
    let line = |text: &str| escape(&one_line(text));
    // Room for the line that counts what was left out, and for the ending.
    let ending: Vec<String> = message.ending.iter().map(|text| line(text)).collect();
    let room = most.saturating_sub(40 + ending.iter().map(|text| text.chars().count() + 1).sum::<usize>());
    let mut text = line(&message.subject);
    let (mut length, mut left_out) = (text.chars().count(), 0);
    for group in &message.groups {
        let mut pieces: Vec<String> = group.items.iter().map(|item| piece(item, &line, &linked)).collect();
        if let Some(first) = pieces.first_mut() {
            first.insert_str(0, &format!("\n{}", line(&group.title)));
        }
        let note = line(&group.note);
        if let Some(last) = pieces.last_mut().filter(|_| !note.is_empty()) {
            last.push_str(&format!("\n{note}"));
        }
        for piece in pieces {
            length += piece.chars().count();
            match left_out == 0 && length <= room {
                true => text.push_str(&piece),
                false => left_out += 1,
            }
        }
    }
    if left_out > 0 {
        text.push_str(&format!("\n… and {left_out} more"));
    }
    ending.iter().for_each(|line| text.push_str(&format!("\n{line}")));
    text.chars().take(most).collect()
}

fn piece(item: &Item, line: &impl Fn(&str) -> String, linked: &impl Fn(&str) -> String) -> String {
    let link = item.link.as_deref().and_then(link).map(|link| format!("\n   {}", linked(&link)));
    let details: String = item.details.iter().map(|detail| format!("\n   {}", line(detail))).collect();
    format!("\n• {}{details}{}", line(&item.head), link.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Group;

    fn message(head: &str, items: usize) -> Message {
        let item = Item {
            head: head.to_owned(),
            details: vec!["on dev-list".into()],
            link: Some("https://example.org/a_b@c".into()),
        };
        let group = Group { title: "Broken promises".into(), items: vec![item; items], note: String::new() };
        let at = jiff::Timestamp::UNIX_EPOCH;
        Message {
            id: "m1".into(),
            at,
            subject: "2 alerts".into(),
            groups: vec![group],
            ending: vec!["Stop: x".into()],
            data: Value::Null,
        }
    }

    #[test]
    fn what_strangers_wrote_is_no_markup() {
        let evil = "<!channel> @here *b* [x](http://e) `c` <b>&amp;\n# head";
        let said = |kind| text(kind, &message(evil, 1));
        assert_eq!(
            said(ChatKind::Slack),
            "2 alerts\nBroken promises\n• &lt;!channel&gt; @here *b* [x](http://e) `c` &lt;b&gt;&amp;amp; # head\n   \
             on dev-list\n   <https://example.org/a_b@c>\nStop: x"
        );
        let markdown = "2 alerts\nBroken promises\n• \\<!channel\\> @\u{200b}here \\*b\\* \\[x\\]\\(http://e\\) \\`c\\` \
            \\<b\\>\\&amp; \\# head\n   on dev-list\n   <https://example.org/a_b";
        for kind in [ChatKind::Mattermost, ChatKind::RocketChat, ChatKind::Hookshot] {
            assert_eq!(said(kind), format!("{markdown}%40c>\nStop: x"));
        }
        assert_eq!(said(ChatKind::Discord), format!("{markdown}@c>\nStop: x"));
        let body = ChatKind::Hookshot.body("", &message(evil, 1));
        let html = body["html"].as_str().expect("a text");
        assert!(html.contains("&lt;!channel&gt; @\u{200b}here") && html.contains("&lt;b&gt;&amp;amp;"), "{html}");
    }

    #[test]
    fn what_is_too_long_is_counted() {
        for (_, kind) in ChatKind::ALL {
            let text = text(*kind, &message(&"*".repeat(250), 500));
            assert!(text.chars().count() <= kind.most(), "{kind:?}");
            assert!(text.contains("• ") && text.contains("… and 4") && text.ends_with("\nStop: x"), "{text}");
        }
    }
}
