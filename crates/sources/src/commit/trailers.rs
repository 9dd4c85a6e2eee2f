//! The trailers of a commit message: `Reviewed-by: Name <address>` and alike (git-interpret-trailers).

use model::ActivityKind;

/// Which trailers say that somebody did something. Other than git's own, `Signed-off-by` is not among
/// them: whoever passes a patch on signs it.
const KEYS: &[(&str, ActivityKind)] = &[
    ("co-authored-by", ActivityKind::CoAuthored),
    ("reviewed-by", ActivityKind::Reviewed),
    ("acked-by", ActivityKind::Reviewed),
    ("reported-by", ActivityKind::Reported),
    ("tested-by", ActivityKind::Tested),
];

/// The trailers in the last paragraph of a message, in order: what was done, and by whom. A message
/// of one paragraph has none: that is its subject.
pub fn trailers(message: &str) -> impl Iterator<Item = (ActivityKind, &str)> {
    last_paragraph(message).lines().filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        let (_, kind) = KEYS.iter().find(|(known, _)| key.trim_end().eq_ignore_ascii_case(known))?;
        let value = value.trim();
        (!value.is_empty()).then_some((*kind, value))
    })
}

fn last_paragraph(message: &str) -> &str {
    let message = message.trim();
    let mut end = message.len();
    // From the end: a paragraph starts after the last line that is empty or blank.
    for line in message.rsplit('\n') {
        if line.trim().is_empty() {
            return &message[end..];
        }
        end = end.saturating_sub(line.len() + 1);
    }
    ""
}
