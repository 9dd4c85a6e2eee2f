//! Families of languages: how their comments and strings look, and their key words.

use super::Open;

/// A family of languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Python,
    /// Those with braces: C, Java, JavaScript, Rust, Go …
    Braces,
    /// A session at a prompt, or a script.
    Shell,
    /// `key = value` and `key: value`.
    Settings,
    Sql,
    Diff,
}

/// How many lines are looked at to guess a language.
const LOOKED_AT: usize = 40;

impl Language {
    /// The language that stands behind a fence, else the likeliest by how the lines look; `None` where neither says
    /// anything.
    pub(crate) fn of(info: &str, lines: &[&str]) -> Option<Language> {
        Language::named(info).or_else(|| Language::guess(lines))
    }

    fn named(info: &str) -> Option<Language> {
        let name = info.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| !word.is_empty())?;
        Some(match name.to_ascii_lowercase().as_str() {
            "python" | "py" | "python3" | "pycon" | "pytb" | "ruby" | "rb" => Language::Python,
            "c" | "cpp" | "h" | "java" | "js" | "javascript" | "ts" | "typescript" | "rust" | "rs" | "go" | "php"
            | "cs" | "csharp" | "kotlin" | "scala" | "swift" | "json" | "css" => Language::Braces,
            "sh" | "bash" | "shell" | "console" | "zsh" | "terminal" => Language::Shell,
            "toml" | "ini" | "cfg" | "conf" | "yaml" | "yml" | "properties" => Language::Settings,
            "sql" | "postgres" | "mysql" => Language::Sql,
            "diff" | "patch" => Language::Diff,
            _ => return None,
        })
    }

    fn guess(lines: &[&str]) -> Option<Language> {
        let lines = || lines.iter().take(LOOKED_AT).map(|line| line.trim_start());
        let starts = |words: &[&str]| lines().filter(|line| words.iter().any(|word| line.starts_with(word))).count();
        if starts(&["@@ -", "diff --git", "--- a/"]) > 0 {
            return Some(Language::Diff);
        }
        if starts(&["$ ", "# apt", "# yum", "#!/bin", "sudo "]) > 0 {
            return Some(Language::Shell);
        }
        let python =
            starts(&["def ", "import ", "from ", "class ", ">>> ", "@", "elif ", "except", "Traceback (most", "print("]);
        let braces = lines().filter(|line| line.ends_with(['{', '}', ';'])).count();
        let sql = starts(&["SELECT ", "select ", "INSERT ", "UPDATE ", "CREATE TABLE"]);
        let settings = starts(&["["]) + lines().filter(|line| line.contains(" = ") || line.contains(": ")).count();
        let all = lines().filter(|line| !line.is_empty()).count();
        match () {
            () if sql > 0 => Some(Language::Sql),
            () if braces * 3 > all => Some(Language::Braces),
            () if python > 0 => Some(Language::Python),
            () if settings * 2 > all && settings > 1 => Some(Language::Settings),
            () => None,
        }
    }

    /// The class of a line that is one thing from start to end.
    pub(super) fn whole_line(self, line: &str) -> Option<&'static str> {
        let start = line.trim_start();
        match self {
            Language::Diff => Some(match line.as_bytes().first() {
                _ if ["@@", "diff ", "--- ", "+++ ", "index "].iter().any(|mark| line.starts_with(mark)) => "place",
                Some(b'+') => "added",
                Some(b'-') => "removed",
                _ => "",
            }),
            Language::Settings if start.starts_with('[') && start.trim_end().ends_with(']') => Some("place"),
            // What a command printed.
            Language::Shell if !start.starts_with(['$', '#']) && !start.starts_with("sudo ") => Some(""),
            _ => None,
        }
    }

    /// The class and the bytes of the token that a text begins with; `open` is set where it goes on in the next line.
    pub(super) fn next(self, text: &str, open: &mut Open) -> (&'static str, usize) {
        let first = text.chars().next().unwrap_or(' ');
        if self.comments().iter().any(|mark| text.starts_with(mark)) {
            return ("comment", text.len());
        }
        if self == Language::Shell && text.starts_with("$ ") {
            return ("place", 2);
        }
        if let Some((start, end, class)) = self.long().iter().copied().find(|(start, ..)| text.starts_with(start)) {
            return match text[start.len()..].find(end) {
                Some(at) => (class, start.len() + at + end.len()),
                None => {
                    *open = Some((end, class));
                    (class, text.len())
                }
            };
        }
        match first {
            '"' | '\'' | '`' => string(text, first),
            c if c.is_ascii_digit() => ("number", span(text, |c| c.is_ascii_alphanumeric() || c == '.' || c == '_')),
            c if is_word(c) => {
                let length = span(text, is_word);
                (if self.knows(&text[..length]) { "word" } else { "" }, length)
            }
            _ => ("", span(text, |c| !is_word(c) && !"\"'`#/-$;".contains(c)).max(first.len_utf8())),
        }
    }

    /// What may go on over lines: how it starts, how it ends, its class.
    fn long(self) -> &'static [(&'static str, &'static str, &'static str)] {
        match self {
            Language::Python => &[("\"\"\"", "\"\"\"", "string"), ("'''", "'''", "string")],
            Language::Braces | Language::Sql => &[("/*", "*/", "comment")],
            _ => &[],
        }
    }

    fn comments(self) -> &'static [&'static str] {
        match self {
            Language::Python | Language::Settings => &["#"],
            Language::Shell => &["# "],
            Language::Braces => &["//", "#"],
            Language::Sql => &["--"],
            Language::Diff => &[],
        }
    }

    fn knows(self, word: &str) -> bool {
        let words: &[&str] = match self {
            Language::Python => &[
                "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
                "del", "elif", "else", "end", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
                "lambda", "not", "or", "pass", "raise", "return", "self", "try", "while", "with", "yield",
            ],
            Language::Braces => &[
                "async", "await", "break", "case", "catch", "class", "const", "continue", "default", "do", "else",
                "enum", "extends", "false", "fn", "for", "func", "function", "if", "impl", "import", "let", "match",
                "mut", "new", "null", "package", "private", "pub", "public", "return", "static", "struct", "switch",
                "this", "throw", "true", "try", "type", "typedef", "use", "var", "void", "while",
            ],
            Language::Shell => &[
                "apt", "cargo", "cat", "cd", "cp", "curl", "do", "docker", "done", "echo", "else", "export", "fi",
                "for", "git", "grep", "if", "kubectl", "ls", "make", "mv", "npm", "pip", "python", "rm", "ssh", "sudo",
                "then", "while",
            ],
            Language::Settings => &["false", "no", "null", "off", "on", "true", "yes"],
            Language::Sql => &[
                "AND", "AS", "BY", "CREATE", "DELETE", "DROP", "FROM", "GROUP", "HAVING", "IN", "INSERT", "INTO",
                "JOIN", "LEFT", "LIMIT", "NOT", "NULL", "ON", "OR", "ORDER", "SELECT", "SET", "TABLE", "UPDATE",
                "VALUES", "WHERE",
            ],
            Language::Diff => &[],
        };
        match self {
            Language::Sql => words.contains(&word.to_ascii_uppercase().as_str()),
            _ => words.contains(&word),
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Bytes of the longest beginning of such characters.
fn span(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is(c)).unwrap_or(text.len())
}

/// Characters of a string on one line: looked for no further, so that a line of quotes costs no more than any other.
const STRING: usize = 400;

/// A string up to its closing quote; a quote that is never closed is an apostrophe.
fn string(text: &str, quote: char) -> (&'static str, usize) {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1).take(STRING) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return ("string", at + 1),
            _ => (),
        }
    }
    ("", 1)
}
