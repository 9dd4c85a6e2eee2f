//! Canned answers: drafts with variables, filled in for one conversation. Never sent by the program.
//!
//! | variable | stands for |
//! |---|---|
//! | `{asker}` | the name of who asked |
//! | `{title}` | the conversation's title |
//! | `{channel}` | where it is |
//! | `{me}` | who answers |
//! | `{link}` | where the conversation can be read |
//! | `{link:ID}` | where another conversation or page can be read |

use crate::messages::Read;
use crate::views::FilledView;
use crate::{Community, Result};

/// What is written as a variable but is longer than this is text in braces.
const LONGEST: usize = 100;

impl Community {
    /// A canned answer filled in for a conversation; `None` if there is none of that id. `me` is who answers.
    pub fn fill(&self, template: &str, id: &str, me: &str) -> Result<Option<FilledView>> {
        let row = self.conversations.find(id);
        row.map(|row| self.settle(self.filled(template, row, me))).transpose()
    }

    fn filled(&self, template: &str, row: u32, me: &str) -> Result<FilledView> {
        let details = self.details([row])?;
        let conversation = details.conversation(row);
        let asker = self.person_ref(self.conversations.openers[row as usize]).map(|asker| asker.name);
        let mut failed = None;
        let (text, missing) = fill(template, |name| match name {
            "asker" => asker.clone(),
            "title" => Some(conversation.title.clone()),
            "channel" => Some(conversation.channel.clone()),
            "me" => Some(me.to_owned()),
            "link" => self.link(row).map_err(|error| failed = Some(error)).ok().flatten(),
            name => {
                let other = self.conversations.find(name.strip_prefix("link:")?.trim())?;
                self.link(other).map_err(|error| failed = Some(error)).ok().flatten()
            }
        });
        match failed {
            Some(error) => Err(error),
            None => Ok(FilledView { conversation, text, missing }),
        }
    }

    /// Where a conversation can be read on the web, if that is known.
    fn link(&self, row: u32) -> Result<Option<String>> {
        let messages = self.messages(row, Read::All)?;
        Ok(messages.into_iter().next().and_then(|opening| opening.url))
    }
}

/// `template` with every variable that has a value replaced by it, and those that have none, each once.
fn fill(template: &str, mut value: impl FnMut(&str) -> Option<String>) -> (String, Vec<String>) {
    let (mut text, mut missing) = (String::with_capacity(template.len()), Vec::new());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some(name) = variable(after) else {
            text.push('{');
            rest = after;
            continue;
        };
        match value(name) {
            Some(value) => text.push_str(&value),
            None => {
                let written = format!("{{{name}}}");
                text.push_str(&written);
                if !missing.contains(&written) {
                    missing.push(written);
                }
            }
        }
        rest = &after[name.len() + 1..];
    }
    text.push_str(rest);
    (text, missing)
}

/// The name of a variable at the beginning of what stands after its brace; code in braces is none.
fn variable(after: &str) -> Option<&str> {
    let end = after.bytes().take(LONGEST).position(|byte| matches!(byte, b'}' | b'{' | b'\n'))?;
    let name = after.get(..end).filter(|_| after.as_bytes()[end] == b'}')?;
    let word = name.split(':').next().unwrap_or_default();
    (!word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(template: &str, expected: &str, missing: &[&str]) {
        let value = |name: &str| match name {
            "asker" => Some("Ada".to_owned()),
            "link:m1" => Some("https://example.org/1".to_owned()),
            "title" => Some("How {me}?".to_owned()),
            _ => None,
        };
        let (text, found) = fill(template, value);
        assert_eq!(
            (text.as_str(), found.iter().map(String::as_str).collect::<Vec<_>>().as_slice()),
            (expected, missing)
        );
    }

    #[test]
    fn variables_are_filled_in_once() {
        check("Hello {asker}, see {link:m1}.", "Hello Ada, see https://example.org/1.", &[]);
        check("{asker}{asker}", "AdaAda", &[]);
        // What a stranger wrote is no template.
        check("“{title}”", "“How {me}?”", &[]);
        check("{nobody} {nobody} {link:m2}", "{nobody} {nobody} {link:m2}", &["{nobody}", "{link:m2}"]);
    }

    #[test]
    fn braces_of_code_stay() {
        for text in ["{", "}", "{}", "{ a }", "fn x() { y }", "{\n}", "{{x", "{A}", "{a{b", "{é}", "{aé", ""] {
            check(text, text, if text == "{a}" { &["{a}"] } else { &[] });
        }
        check("{{asker}}", "{Ada}", &[]);
    }

    proptest::proptest! {
        #[test]
        fn any_template_is_filled(template in "[{}a-z:é\\n ]{0,60}") {
            let (text, missing) = fill(&template, |_| None);
            proptest::prop_assert_eq!(text, template);
            proptest::prop_assert!(missing.len() <= 30);
        }
    }
}
