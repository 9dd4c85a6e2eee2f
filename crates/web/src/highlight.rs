//! Colours for code in messages: words, strings, numbers, comments; what a diff adds and takes away.
//!
//! Our own small reader of tokens and not `syntect`: its grammars are regular expressions that step back, so that a
//! line made to hurt costs seconds, and what people paste into mails is half a language at best. This one looks at each
//! byte once, knows families of languages by their comments and key words, and leaves plain what it does not know.

mod language;

pub(crate) use language::Language;

/// A stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// For the style sheet: `word`, `string`, `number`, `comment`, `added`, `removed`, `place`; empty for the rest.
    pub class: &'static str,
    pub text: &'a str,
}

/// Lines of code, each cut into tokens. Nothing is lost: the tokens of a line joined are the line.
pub(crate) fn lines<'a>(language: Language, lines: &[&'a str]) -> Vec<Vec<Token<'a>>> {
    let mut open = None;
    lines.iter().map(|line| tokens(language, line, &mut open)).collect()
}

/// Lines without colours.
pub(crate) fn plain<'a>(lines: &[&'a str]) -> Vec<Vec<Token<'a>>> {
    lines.iter().map(|line| vec![Token { class: "", text: line }]).collect()
}

/// What goes on from one line to the next: what ends it, and its class.
type Open = Option<(&'static str, &'static str)>;

fn tokens<'a>(language: Language, line: &'a str, open: &mut Open) -> Vec<Token<'a>> {
    if let Some(class) = language.whole_line(line) {
        return vec![Token { class, text: line }];
    }
    let mut tokens = Vec::new();
    let mut rest = line;
    if let Some((end, class)) = *open {
        let (inside, after) = match rest.find(end) {
            Some(at) => {
                *open = None;
                rest.split_at(at + end.len())
            }
            None => (rest, ""),
        };
        push(&mut tokens, class, inside);
        rest = after;
    }
    while !rest.is_empty() {
        let (class, length) = language.next(rest, open);
        let (token, after) = rest.split_at(length.clamp(1, rest.len()));
        push(&mut tokens, class, token);
        rest = after;
    }
    tokens
}

/// Adds a token; what is of the same class as the last one goes on from it only where neither has one, so that pages
/// stay small.
fn push<'a>(tokens: &mut Vec<Token<'a>>, class: &'static str, text: &'a str) {
    if !text.is_empty() {
        tokens.push(Token { class, text });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(info: &str, code: &str, expected: &str) {
        let code: Vec<&str> = code.lines().collect();
        let shown = match Language::of(info, &code) {
            None => "plain".to_owned(),
            Some(language) => {
                let token = |token: &Token<'_>| match token.class {
                    "" => token.text.to_owned(),
                    class => format!("[{class}:{}]", token.text),
                };
                let lines = lines(language, &code);
                lines.iter().map(|line| line.iter().map(token).collect::<String>()).collect::<Vec<_>>().join("\n")
            }
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn code_is_coloured_by_its_family() {
        check("python", "def f(x): # why\n    return 'a' + \"b\" * 3", "[word:def] f(x): [comment:# why]\n    [word:return] [string:'a'] + [string:\"b\"] * [number:3]");
        check("", "import os\nfor a in b:\n    pass", "[word:import] os\n[word:for] a [word:in] b:\n    [word:pass]");
        check("c", "int x = 0x1f; /* a\nb */ return x;", "int x = [number:0x1f]; [comment:/* a]\n[comment:b */] [word:return] x;");
        check("toml", "[backfill]\nstrict = false # x", "[place:[backfill]]\nstrict = [word:false] [comment:# x]");
        check("", "$ make test\nok", "[place:$ ][word:make] test\nok");
        check("", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new", "[place:--- a/x]\n[place:+++ b/x]\n[place:@@ -1 +1 @@]\n[removed:-old]\n[added:+new]");
        check("", "the quick brown fox\njumps", "plain");
        check("python", "s = \"\"\"a\nb\"\"\" + c", "s = [string:\"\"\"a]\n[string:b\"\"\"] + c");
        check("sql", "SELECT a FROM b -- c", "[word:SELECT] a [word:FROM] b [comment:-- c]");
    }

    proptest! {
        #[test]
        fn no_text_is_lost(text in "(?s)([a-z0-9'\"#/*$+@= é-]|\n|\"\"\"){0,120}", info in "(python|c|sql|toml|sh|diff|)") {
            let code: Vec<&str> = text.lines().collect();
            if let Some(language) = Language::of(&info, &code) {
                for (line, tokens) in code.iter().zip(lines(language, &code)) {
                    prop_assert_eq!(tokens.iter().map(|token| token.text).collect::<String>(), *line);
                }
            }
        }
    }
}
