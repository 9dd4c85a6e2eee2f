//! Which types of posts are no messages but something that somebody did.

use model::ActivityKind;

/// What the type of a post says.
#[derive(Debug, PartialEq, Eq)]
pub enum PostType {
    /// Something said.
    Message,
    /// Something done by the one whom the first property names, else by the writer; the second property
    /// holds its details.
    Activity(ActivityKind, &'static str, &'static str),
    /// A system message of a type that is not documented.
    Unknown,
}

/// Reads a post's type; the empty one is a plain message. The list is that of `public/model/post.go` in
/// Mattermost's server; what plugins and integrations post has types of its own and is a message.
pub fn post_type(name: &str) -> PostType {
    use ActivityKind::{Joined, Kicked, Left, Other, SetTopic};
    let Some(name) = name.strip_prefix("system_") else { return PostType::Message };
    match name {
        "join_channel" | "guest_join_channel" | "join_team" => PostType::Activity(Joined, "username", ""),
        "leave_channel" | "leave_team" => PostType::Activity(Left, "username", ""),
        "add_to_channel" | "add_guest_to_chan" | "add_to_team" => PostType::Activity(Joined, "addedUsername", ""),
        "remove_from_channel" | "remove_from_team" => PostType::Activity(Kicked, "removedUsername", ""),
        "header_change" => PostType::Activity(SetTopic, "username", "new_header"),
        "purpose_change" => PostType::Activity(SetTopic, "username", "new_purpose"),
        "displayname_change" => PostType::Activity(Other, "username", "new_displayname"),
        "join_leave"
        | "add_remove"
        | "generic"
        | "auto_responder"
        | "move_channel"
        | "convert_channel"
        | "channel_deleted"
        | "channel_restored"
        | "ephemeral"
        | "change_chan_privacy"
        | "wrangler"
        | "gm_to_channel"
        | "autotranslation"
        | "welcome_post"
        | "combined_user_activity" => PostType::Activity(Other, "", ""),
        _ => PostType::Unknown,
    }
}
