//! Zulip's Markdown to text ("Message formatting" in Zulip's help): mentions and links to channels as people
//! read them, quotes as mail has them. All else stays as it is written.

use std::collections::BTreeMap;

use super::narrow::{self, Narrow};

/// Who is meant: the number of each user by the name that a text gives, and, where it gives only a number
/// (`@**|10**`), the name by `|10`.
pub type Names = BTreeMap<String, String>;

/// A text as people read it, and what it refers to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub body: String,
    /// The numbers of the users that it mentions aloud, in order, each once.
    pub mentions: Vec<String>,
    /// The names of the files that it links to, in order, each once.
    pub files: Vec<String>,
}

/// Reads a text.
pub fn read(content: &str, names: &Names) -> Text {
    let mut text = Text { files: files(content), ..Text::default() };
    let mut lines = Vec::new();
    let mut fences: Vec<Fence<'_>> = Vec::new();
    for line in content.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let depth = fences.iter().filter(|fence| fence.quote).count();
        let open = fences.last();
        let code = open.is_some_and(|fence| !fence.quote);
        if open.is_some_and(|fence| fence.mark == line.trim()) {
            if code {
                lines.push(format!("{}{line}", "> ".repeat(depth)));
            }
            fences.pop();
        } else if let Some(fence) = Fence::opened(line).filter(|_| !code) {
            if !fence.quote {
                lines.push(format!("{}{line}", "> ".repeat(depth)));
            }
            fences.push(fence);
        } else {
            let mut out = "> ".repeat(depth);
            match code {
                true => out.push_str(line),
                // Nobody is told of being mentioned in a quote.
                false => inline(line, names, &mut out, if depth == 0 { Some(&mut text.mentions) } else { None }),
            }
            lines.push(out);
        }
    }
    text.body = lines.join("\n");
    text
}

/// The names that a text mentions and that it gives no number to, and the numbers without a name (as `|10`).
pub fn unresolved(content: &str) -> impl Iterator<Item = &str> {
    let open = ["@**", "@_**"].into_iter().flat_map(|mark| content.split(mark).skip(1));
    open.filter_map(|from| {
        let inner = from.split("**").next()?;
        (numbered(inner).is_none_or(|(name, _)| name.is_empty()) && !inner.is_empty()).then_some(inner)
    })
}

/// The message that a text quotes first: `@_**Ada|10** [said](…#narrow/…/near/101):`.
pub fn quoted(content: &str) -> Option<Narrow> {
    let line = content.lines().find(|line| line.starts_with("@_**") && line.trim_end().ends_with("):"))?;
    let link = &line[line.find("#narrow/")?..];
    narrow::read(link.split(')').next()?)
}

/// An open block of code or of a quote.
struct Fence<'a> {
    mark: &'a str,
    quote: bool,
}

impl<'a> Fence<'a> {
    fn opened(line: &'a str) -> Option<Self> {
        let line = line.trim();
        let letter = line.chars().next().filter(|first| matches!(first, '`' | '~'))?;
        let (mark, info) = line.split_at(line.find(|other| other != letter).unwrap_or(line.len()));
        (mark.len() >= 3 && !info.contains('`')).then(|| Fence { mark, quote: info.trim() == "quote" })
    }
}

/// Reads a line outside of code. Who is mentioned is added to `mentions`, if any are wanted.
fn inline(line: &str, names: &Names, out: &mut String, mut mentions: Option<&mut Vec<String>>) {
    let mut rest = line;
    while let Some(at) = rest.find(['`', '@', '#']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let after = code(rest).or_else(|| channel(rest, out)).or_else(|| {
            let (after, aloud, inner) = mention(rest)?;
            let (name, number) = numbered(inner).unwrap_or((inner, names.get(inner).map_or("", String::as_str)));
            let name = if name.is_empty() { names.get(inner).map_or(number, String::as_str) } else { name };
            out.extend(["@", name]);
            if let Some(mentions) = mentions.as_mut().filter(|_| aloud && !number.is_empty())
                && !mentions.iter().any(|known| known == number)
            {
                mentions.push(number.to_owned());
            }
            Some(after)
        });
        match after {
            Some(after) if rest.starts_with('`') => {
                out.push_str(&rest[..rest.len() - after.len()]);
                rest = after;
            }
            Some(after) => rest = after,
            None => {
                // A run of backticks that nothing ends is not the beginning of a shorter one.
                let ticks = rest.len() - rest.trim_start_matches('`').len();
                let (plain, after) = rest.split_at(ticks.max(1));
                out.push_str(plain);
                rest = after;
            }
        }
    }
    out.push_str(rest);
}

/// What follows a span of code at the beginning of `text`.
fn code(text: &str) -> Option<&str> {
    let run = &text[..text.len() - text.trim_start_matches('`').len()];
    let end = text[run.len()..].find(run).filter(|_| !run.is_empty())?;
    Some(&text[run.len() + end + run.len()..])
}

/// What follows a mention at the beginning of `text`, whether it is a loud one of one user, and what it says.
fn mention(text: &str) -> Option<(&str, bool, &str)> {
    let text = text.strip_prefix('@')?;
    let (silent, text) = text.strip_prefix('_').map_or((false, text), |text| (true, text));
    let (mark, text) = match text.strip_prefix("**") {
        Some(text) => ("**", text),
        None => ("*", text.strip_prefix('*')?),
    };
    let (inner, after) = text.split_once(mark)?;
    let sound = !inner.is_empty() && !inner.starts_with([' ', '*']);
    sound.then_some((after, !silent && mark == "**", inner))
}

/// `Ada|10`: the name, which may be empty, and the number.
fn numbered(inner: &str) -> Option<(&str, &str)> {
    let (name, number) = inner.rsplit_once('|')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some((name, number))
}

/// What follows a link to a channel, a topic or a message at the beginning of `text`: `#**help>rules@101**`.
fn channel<'a>(text: &'a str, out: &mut String) -> Option<&'a str> {
    let (inner, after) = text.strip_prefix("#**")?.split_once("**")?;
    if inner.is_empty() {
        return None;
    }
    out.extend(["#", &inner.replacen('>', " > ", 1)]);
    Some(after)
}

/// The names of the files that a text links to.
fn files(content: &str) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    for from in content.split("/user_uploads/").skip(1) {
        let path = from.split([')', ']', '"', '>', ' ', '\n', '\t']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        let name = narrow::decoded(name, "%").unwrap_or_else(|| name.to_owned());
        if !name.is_empty() && !files.contains(&name) {
            files.push(name);
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names() -> Names {
        [("Cy", "12"), ("|10", "Ada")].map(|(name, id)| (name.to_owned(), id.to_owned())).into()
    }

    #[track_caller]
    fn check(content: &str, body: &str, mentions: &[&str]) {
        let text = read(content, &names());
        assert_eq!(
            (text.body.as_str(), text.mentions.as_slice()),
            (body, &mentions.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>()[..])
        );
    }

    #[test]
    fn mentions_are_names() {
        check("@**Bo [he]|11** and @**Cy**, @**|10**", "@Bo [he] and @Cy, @Ada", &["11", "12", "10"]);
        check("@_**Bo|11** @*helpers* @**all** @**Bo|11** @**Bo|11**", "@Bo @helpers @all @Bo @Bo", &["11"]);
        check("#**help desk>rules** #**ops** #**a>b>c@7**", "#help desk > rules #ops #a > b>c@7", &[]);
        check("`@**Cy**` ``#**a** ` `` @**Cy", "`@**Cy**` ``#**a** ` `` @**Cy", &[]);
        check("ada@example.org @ # @* * @** ** @@**Cy** ##**a**", "ada@example.org @ # @* * @** ** @@Cy ##a", &["12"]);
    }

    #[test]
    fn quotes_are_those_of_mail() {
        check("```quote\n@**Cy** hm\n```\n@**Cy** yes", "> @Cy hm\n@Cy yes", &["12"]);
        check("````quote\na\n```py\n@**Cy**\n```\n````\nb", "> a\n> ```py\n> @**Cy**\n> ```\nb", &[]);
        check("~~~ quote\r\na\r\n~~~~\r\n", "> a\n> ~~~~\n> ", &[]);
        check("```\n#**a**", "```\n#**a**", &[]);
    }

    #[test]
    fn files_and_quoted_messages() {
        let content = "@_**Bo|11** [said](https://x/#narrow/stream/5-a/topic/b/near/7):\n[a b](/user_uploads/2/c/a%20b.png) ![](/user_uploads/2/c/a%20b.png)";
        assert_eq!(read(content, &names()).files, ["a b.png"]);
        assert_eq!(quoted(content).map(|narrow| narrow.message), Some(7));
        assert_eq!(quoted("see https://x/#narrow/stream/5-a/topic/b/near/7"), None);
        assert_eq!(unresolved("@**Cy** @_**Bo|11** @**|10** @** @**x").collect::<Vec<_>>(), ["Cy", "|10", " ", "x"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(content in "[@#*`~_|>a-z1 é\n/]{0,60}") {
            read(&content, &names());
            quoted(&content);
            unresolved(&content).count();
        }
    }
}
