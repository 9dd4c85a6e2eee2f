//! Which subtypes of messages are no messages but something that somebody did.

use model::ActivityKind;

/// What a subtype is.
#[derive(Debug, PartialEq, Eq)]
pub enum Subtype {
    /// Something said.
    Message,
    /// Something done: what, and the field that holds its details.
    Activity(ActivityKind, &'static str),
    /// An edit, with the message as it is now inside.
    Changed,
    /// A deletion.
    Deleted,
    /// What a deleted message that has replies leaves behind.
    Tombstone,
    /// None that is documented.
    Unknown,
}

/// Reads a subtype; the empty one is a plain message. Those of groups (private channels) are the same
/// as those of channels.
pub fn subtype(name: &str) -> Subtype {
    use ActivityKind::{Joined, Left, Other, SetTopic};
    let name = name.strip_prefix("group_").or_else(|| name.strip_prefix("channel_")).unwrap_or(name);
    match name {
        ""
        | "me_message"
        | "file_share"
        | "file_comment"
        | "file_mention"
        | "thread_broadcast"
        | "reply_broadcast"
        | "bot_message"
        | "slackbot_response"
        | "huddle_thread"
        | "assistant_app_thread"
        | "document_mention" => Subtype::Message,
        "join" => Subtype::Activity(Joined, ""),
        "leave" => Subtype::Activity(Left, ""),
        "topic" => Subtype::Activity(SetTopic, "topic"),
        "purpose" => Subtype::Activity(SetTopic, "purpose"),
        "name" => Subtype::Activity(Other, "name"),
        "archive"
        | "unarchive"
        | "convert_to_private"
        | "convert_to_public"
        | "posting_permissions"
        | "canvas_updated"
        | "pinned_item"
        | "unpinned_item"
        | "reminder_add"
        | "reminder_delete"
        | "bot_add"
        | "bot_remove"
        | "bot_enable"
        | "bot_disable"
        | "app_conversation_join"
        | "app_conversation_leave"
        | "sh_room_created"
        | "sh_room_shared"
        | "tabbed_canvas_updated"
        | "bookmark_added"
        | "bookmark_removed"
        | "joiner_notification"
        | "joiner_notification_for_inviter" => Subtype::Activity(Other, ""),
        "message_changed" => Subtype::Changed,
        "message_deleted" => Subtype::Deleted,
        "tombstone" => Subtype::Tombstone,
        _ => Subtype::Unknown,
    }
}
