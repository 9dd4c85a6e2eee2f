//! Small actions: posts that say what was done to a topic.

use model::ActivityKind;

/// What a code says was done (`action_code`, the keys of `action_codes` in `config/locales/client.en.yml`),
/// and whether the person that the post is about (`action_code_who`) is whom the activity is of.
pub(super) fn action(code: &str) -> (ActivityKind, bool) {
    match code {
        "closed.enabled" | "autoclosed.enabled" => (ActivityKind::Closed, false),
        "closed.disabled" | "autoclosed.disabled" => (ActivityKind::Reopened, false),
        "user_left" => (ActivityKind::Left, true),
        "removed_user" => (ActivityKind::Kicked, true),
        // discourse-assign; a post may be assigned as well as a topic.
        "assigned" | "reassigned" | "assigned_to_post" | "reassigned_to_post" => (ActivityKind::Assigned, true),
        _ => (ActivityKind::Other, false),
    }
}

/// A code in words: `pinned_globally.enabled` is `pinned globally: enabled`.
pub(super) fn words(code: &str) -> String {
    text::lead(&code.replace('_', " ").replace('.', ": "), 80)
}
