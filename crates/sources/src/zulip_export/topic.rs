//! What makes messages of a channel one conversation.

/// What Zulip puts before the name of a topic that was resolved, with a blank behind it ("Resolve a topic" in
/// Zulip's help). Topics that were resolved twice by old apps have it twice.
const RESOLVED: char = '✔';
/// Messages that were sent without a topic, by the name that Zulip before 10.0 gave it.
const NONE: &str = "(no topic)";

/// A topic of a channel. Resolving it makes it no other one, and the case of letters does not count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Topic {
    place: i64,
    name: String,
}

impl Topic {
    /// The topic of a place (a recipient or a channel, by number) that is called so; `None` for messages without one, which are no conversation together.
    pub fn of(place: i64, subject: &str) -> Option<Topic> {
        let name = plain(subject);
        (!name.is_empty() && name != NONE).then(|| Topic { place, name: name.to_lowercase() })
    }
}

/// A topic's name without the sign that it is resolved.
pub fn plain(subject: &str) -> &str {
    subject.trim_start_matches([RESOLVED, ' ']).trim()
}

/// Whether a topic is resolved.
pub fn is_resolved(subject: &str) -> bool {
    subject.starts_with(RESOLVED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolved_topics_are_the_same() {
        assert_eq!(Topic::of(1, "✔ Stop it"), Topic::of(1, "stop it"));
        assert_ne!(Topic::of(2, "stop it"), Topic::of(1, "stop it"));
        assert_eq!((Topic::of(1, ""), Topic::of(1, "(no topic)"), Topic::of(1, "✔ ")), (None, None, None));
        assert!(is_resolved("✔ a") && !is_resolved("a ✔ "));
    }
}
