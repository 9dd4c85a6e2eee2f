//! Subjects without what mail programs and lists put in front of them.

/// A subject as it is compared with others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubjectKey {
    /// Lower-cased, white space collapsed, without reply and forward prefixes and `[list]` tags. Empty
    /// if nothing is left.
    pub key: String,
    /// Whether a reply prefix was there (`Re:`, `AW:`, …; a forward is none).
    pub reply: bool,
}

/// Reply prefixes in use: English and Latin, German, Scandinavian, Dutch, French, Spanish and
/// Portuguese, Italian, Polish, Finnish, Turkish, Hungarian, Chinese.
const REPLY: &[&str] =
    &["re", "aw", "antw", "antwort", "sv", "vs", "rép", "rep", "res", "r", "rif", "odp", "vá", "ynt", "回复", "答复"];
/// Forward prefixes of the same languages.
const FORWARD: &[&str] = &["fwd", "fw", "wg", "vb", "doorst", "tr", "rv", "enc", "i", "pd", "vl", "továbbítás", "转发"];
/// Longer brackets are part of what the subject says.
const LONGEST_TAG: usize = 40;

/// What makes two subjects the same conversation's, as a last resort where References are missing.
pub fn subject_key(subject: &str) -> SubjectKey {
    let mut rest = subject.trim();
    let mut reply = false;
    loop {
        if let Some((after, is_reply)) = after_prefix(rest) {
            reply |= is_reply;
            rest = after;
        } else if let Some(after) = after_tag(rest) {
            rest = after;
        } else {
            break;
        }
    }
    let mut key = String::with_capacity(rest.len());
    for word in rest.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
    SubjectKey { key, reply }
}

/// What follows a prefix such as `Re:`, `RE[2]:`, `Re (3) :` or `Re^2:`, and whether it was a reply's.
fn after_prefix(text: &str) -> Option<(&str, bool)> {
    let letters = text.find(|c: char| !c.is_alphabetic()).filter(|end| (1..=16).contains(end))?;
    let (word, rest) = text.split_at(letters);
    let counter = |c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | '^' | '*' | ' ');
    let rest = rest.trim_start_matches(counter);
    let rest = rest.strip_prefix(':').or_else(|| rest.strip_prefix('：'))?;
    let word = word.to_lowercase();
    let reply = REPLY.contains(&word.as_str());
    (reply || FORWARD.contains(&word.as_str())).then(|| (rest.trim_start(), reply))
}

/// What follows a tag such as `[list]`, unless nothing does.
fn after_tag(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find([']', '[']).filter(|end| *end <= LONGEST_TAG)?;
    let rest = inner[end..].strip_prefix(']')?.trim_start();
    (!rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_tags_go() {
        for (subject, key, reply) in [
            ("How to stop?", "how to stop?", false),
            ("Re: How  to\tstop?", "how to stop?", true),
            ("RE: Re:re : AW: Sv: [dev] Antw: Stop", "stop", true),
            ("[dev] [Bug 12] Stop", "stop", false),
            ("Fwd: [dev] Fw: Stop", "stop", false),
            ("Re[2]: Stop", "stop", true),
            ("Re (3): Stop", "stop", true),
            ("RE^2: Stop", "stop", true),
            ("回复：Stop", "stop", true),
            ("[VOTE]", "[vote]", false),
            ("Re: [VOTE]", "[vote]", true),
            ("Re: ", "", true),
            ("", "", false),
            ("Regarding: it", "regarding: it", false),
            ("Re-open: it", "re-open: it", false),
            ("ÜBER Straße", "über straße", false),
            ("[unclosed tag", "[unclosed tag", false),
        ] {
            assert_eq!(subject_key(subject), SubjectKey { key: key.to_owned(), reply }, "{subject}");
        }
    }
}
