//! What the types of messages are (discord.com/developers/docs/resources/message, "Message Types"). The
//! exporter writes the names of those it knows and the numbers of all others.

use model::ActivityKind;

/// What a message is.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// Something said.
    Message,
    /// Something said in answer to the message that it refers to.
    Reply,
    /// Something done: what, in words, and whether the text says more than its type.
    Activity(ActivityKind, &'static str, bool),
    /// Somebody was brought into a thread or a group.
    Added,
    /// Somebody left a thread or a group, or was made to.
    Removed,
    /// Its thread's id is the channel that it refers to.
    ThreadCreated,
    /// None that is documented.
    Unknown,
}

/// Reads a type; a message without one is a plain message.
pub fn event(name: &str) -> Event {
    use ActivityKind::{Joined, Moderated, Other, SetTopic};
    let done = |what| Event::Activity(Other, what, false);
    match name {
        "" | "Default" | "0" | "ChatInputCommand" | "20" | "ContextMenuCommand" | "23" => Event::Message,
        "Reply" | "19" => Event::Reply,
        "RecipientAdd" | "1" => Event::Added,
        "RecipientRemove" | "2" => Event::Removed,
        "Call" | "3" => Event::Activity(Other, "call", true),
        "ChannelNameChange" | "4" => Event::Activity(Other, "channel renamed", true),
        "ChannelIconChange" | "5" => done("channel has a new picture"),
        "ChannelPinnedMessage" | "6" => done("message pinned"),
        "GuildMemberJoin" | "7" => Event::Activity(Joined, "", false),
        "8" | "9" | "10" | "11" => done("server boosted"),
        "12" => done("channel follows another"),
        "14" | "15" | "16" | "17" => done("server in the directory"),
        "ThreadCreated" | "18" => Event::ThreadCreated,
        "ThreadStarterMessage" | "21" => done("thread begins with this message"),
        "22" => done("reminder to invite"),
        "24" => Event::Activity(Moderated, "by a rule", false),
        "25" => done("role bought"),
        "26" => done("app advertised"),
        "27" => Event::Activity(Other, "stage begun", true),
        "28" => Event::Activity(Other, "stage ended", true),
        "29" | "30" => done("stage speaker"),
        "31" => Event::Activity(SetTopic, "", true),
        "32" => done("app bought"),
        "36" | "37" | "38" | "39" => Event::Activity(Moderated, "incident", false),
        "44" => done("something bought"),
        "46" => done("poll ended"),
        _ => Event::Unknown,
    }
}
