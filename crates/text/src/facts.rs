//! Plain facts about own words, cheap to have, for whoever judges what kind of help a message needs.

use crate::prose::Prose;

/// What stands in own words beside what they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Code, a configuration, commands or a session; also code within a sentence.
    pub code: bool,
    /// Lines of a log.
    pub log: bool,
    /// A stack trace.
    pub trace: bool,
    /// A diff.
    pub diff: bool,
    /// How many links.
    pub links: u32,
    /// Mentions a version's number: `16.0.1`, `v2`, `version 3`.
    pub versions: bool,
    /// How many issues, changes or commits it names: `#123`, `PROJECT-12`, `r45678`, `deadbeef1`.
    pub references: u32,
    /// Words of prose.
    pub words: u32,
}

/// Reads the facts of own words ([`crate::own_words`]).
pub fn facts(own: &str) -> Facts {
    Prose::new(own).facts
}

impl Facts {
    /// Adds what the words of prose tell.
    pub(crate) fn read(&mut self, prose: &str) {
        let mut before = "";
        for word in prose.split_whitespace() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
            if !bare.contains(char::is_alphanumeric) {
                continue;
            }
            self.words = self.words.saturating_add(1);
            // Few words hold a digit, and all that are of interest do.
            if bare.bytes().any(|byte| byte.is_ascii_digit()) {
                self.versions |= is_version(bare, before);
                self.references = self.references.saturating_add(u32::from(is_reference(bare)));
            }
            before = bare;
        }
    }
}

/// `16.0.1`, `v2`, `2.7` after a name or `version`.
fn is_version(word: &str, before: &str) -> bool {
    let number = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 || number.contains([':', '/', '%', '$', ',']) {
        return false;
    }
    let dots = number.bytes().filter(|byte| *byte == b'.').count();
    let marked = number.len() < word.len()
        || ["version", "release", "python", "java", "jdk", "ubuntu"]
            .iter()
            .any(|name| before.eq_ignore_ascii_case(name));
    let named = before.starts_with(|c: char| c.is_ascii_uppercase()) && dots == 1;
    match dots {
        0 => marked && digits == number.len() && digits < 3,
        1 => (marked || named) && number.ends_with(|c: char| c.is_alphanumeric()),
        // Four numbers may be a host's address.
        2 => true,
        _ => number.contains(|c: char| c.is_ascii_alphabetic()),
    }
}

/// `#123`, `PROJECT-12`, `r45678`, seven or more hexadecimal digits of both kinds.
fn is_reference(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let issue = word.rsplit_once('#').is_some_and(|(_, number)| digits(number));
    let ticket = word.split_once('-').is_some_and(|(name, number)| {
        name.len() >= 2
            && name.bytes().all(|byte| byte.is_ascii_uppercase())
            && digits(number)
            && name != "UTF"
            && name != "ISO"
    });
    let revision = word.strip_prefix('r').is_some_and(|number| number.len() >= 4 && digits(number));
    let hash = (7..=40).contains(&word.len())
        && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_alphabetic());
    issue || ticket || revision || hash
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is set: `c`ode, `l`og, `t`race, `d`iff, `v`ersions; links, references and words as numbers.
    fn check(own: &str, letters: &str, numbers: (u32, u32, u32)) {
        let facts = facts(own);
        let flags = [(facts.code, 'c'), (facts.log, 'l'), (facts.trace, 't'), (facts.diff, 'd'), (facts.versions, 'v')];
        let set: String = flags.iter().filter(|(is, _)| *is).map(|(_, letter)| letter).collect();
        assert_eq!((set.as_str(), (facts.links, facts.references, facts.words)), (letters, numbers), "{own:?}");
    }

    #[test]
    fn facts_are_read() {
        check("", "", (0, 0, 0));
        check("One two -- three\n\n    code()\n", "c", (0, 0, 3));
        check("run `make all` first", "c", (0, 0, 2));
        check("a lone ` tick?", "", (0, 0, 3));
        check("Twisted 16.0.1 on Python 3.5", "v", (0, 0, 5));
        check("since v2, or version 3", "v", (0, 0, 5));
        check("It took 2.5 hours on 2016-05-02 at 10:00, for 3 of 4.", "", (0, 0, 12));
        check("from 10.0.0.1", "", (0, 0, 2));
        check("see #12, PROJECT-7 and r45678, or deadbeef12 (UTF-8)", "", (0, 4, 8));
        check("see https://example.org/1.2.3 and http://example.org", "", (2, 0, 2));
        check("[INFO] up\n\nTraceback (most recent call last):\n  File \"a\", line 1\nKeyError\n", "lt", (0, 0, 0));
    }
}
