//! Whom a text in GitHub's Markdown addresses, and which files it links that were attached to it.

/// The longest login: 39 characters, and those of Enterprise accounts with `_shortcode`.
const LONGEST: usize = 60;

/// The logins behind `@`, in lower case, each once. What stands in code is none, nor are teams (`@org/team`).
pub fn mentions(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if !text.contains('@') {
        return found;
    }
    let (mut fenced, mut rest) = (false, text);
    while !rest.is_empty() {
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            fenced = !fenced;
            continue;
        }
        if fenced || !line.contains('@') {
            continue;
        }
        // Every second stretch between backticks is code.
        for plain in line.split('`').step_by(2) {
            for login in in_line(plain) {
                if !found.contains(&login) {
                    found.push(login);
                }
            }
        }
    }
    found
}

fn in_line(line: &str) -> impl Iterator<Item = String> {
    line.match_indices('@').filter_map(|(at, _)| {
        let before = line[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | '@' | '-')) {
            return None;
        }
        let after = &line[at + 1..];
        let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(after.len());
        let login = after[..end].trim_end_matches(['-', '_']);
        let team = after[end..].starts_with('/');
        let fits = (1..=LONGEST).contains(&login.len()) && !login.starts_with('-');
        (fits && !team).then(|| login.to_ascii_lowercase())
    })
}

/// The names of files that were attached to a text by dropping them into it.
pub fn attached(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices("https://") {
        let url = &text[at + "https://".len()..];
        let end = url.find(|c: char| c.is_whitespace() || matches!(c, ')' | '"' | '\'' | '>' | '<' | ']'));
        let url = &url[..end.unwrap_or(url.len())];
        let mut parts = url.split('/');
        let name = match (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next()) {
            (_, Some("user-attachments"), Some("files"), Some(_), Some(name), None) => name,
            (Some("github.com"), Some(_), Some(_), Some("files"), Some(_), Some(name)) => name,
            (Some("user-images.githubusercontent.com"), Some(_), Some(name), None, ..) => name,
            _ => continue,
        };
        if !name.is_empty() {
            names.push(super::place::decoded(name));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn mentions_are_logins_outside_code() {
        for (text, logins) in [
            ("@Ada and (@bo-b), @cy.", vec!["ada", "bo-b", "cy"]),
            ("ada@example.org, a/@b, @org/team, @@x", vec![]),
            ("`@Override` @ada `@x", vec!["ada"]),
            ("```java\n@Test\n```\n@ada @ada", vec!["ada"]),
            ("@", vec![]),
            ("@-x @ada- é@bo ,@dee", vec!["ada", "dee"]),
        ] {
            assert_eq!(mentions(text), logins, "{text}");
        }
    }

    #[test]
    fn attached_files_have_names() {
        let text = "[log.txt](https://github.com/user-attachments/files/12/log.txt) https://github.com/o/r/files/3/a%20b.zip \
            ![x](https://user-images.githubusercontent.com/1/2-3.png) https://github.com/o/r/issues/1";
        assert_eq!(attached(text), ["log.txt", "a b.zip", "2-3.png"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([@`~a-z/é\n. -]|https://github.com/|files/){0,30}") {
            mentions(&text);
            attached(&text);
        }
    }
}
