//! Conversations of chat: lines and the lines they answer, as untangling tells or a person decided.

use crate::decided::Decided;
use crate::links::{Answer, Links};
use crate::union::Groups;

/// Joins every line of chat with the one it answers in `groups`, whose first members are the links.
pub fn group(links: &Links, decided: &Decided, groups: &mut Groups) {
    for (at, link) in (0..).zip(&links.all) {
        let to = match (decided.answers.get(&link.id), link.answer) {
            (Some(to), _) => to.as_ref().map(|id| id.short()),
            (None, Answer::To(to, _)) => Some(to),
            (None, Answer::None(_) | Answer::Unknown) => None,
        };
        if let Some(to) = to.and_then(|to| links.find(to)) {
            groups.join(at, to);
        }
    }
}
