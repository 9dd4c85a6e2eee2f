//! Code, markup, configuration, commands and sessions, told by single lines.

/// What only code begins with.
const STARTS: &[&str] = &[
    "#include",
    "# include",
    "#!/",
    "#define ",
    "import ",
    "package ",
    "using ",
    "def ",
    "async def ",
    "class ",
    "public ",
    "private ",
    "protected ",
    "static ",
    "function ",
    "function(",
    "var ",
    "const ",
    "return ",
    "struct ",
    "namespace ",
    "template <",
    "<?xml",
    "<?php",
    "<!--",
    "/*",
    "//",
    "SELECT ",
    "INSERT INTO ",
    "CREATE TABLE ",
    "sudo ",
    "apt-get ",
    "apt install ",
    "pip install ",
    "npm install ",
    "docker run ",
    "git clone ",
    "git checkout ",
    "Out[",
    "print(",
    "assert ",
    "elif ",
    "except ",
    "@Override",
    "@Test",
    "export ",
    "raise ",
    "yield ",
];
/// What stands before what was typed in a shell, an interpreter or a debugger.
const PROMPTS: &[&str] = &[
    ">>> ",
    "$ ",
    "% ",
    "In [",
    "(gdb) ",
    "(pdb) ",
    "(Pdb) ",
    "mysql> ",
    "sqlite> ",
    "scala> ",
    "ghci> ",
    "irb(",
    "iex(",
    "C:\\>",
    "PS C:",
    "sql> ",
    "SQL> ",
    "redis> ",
    "postgres=# ",
    "jshell> ",
];
/// A line of more words than this is a sentence if it ends like one.
const LEAST_SENTENCE: usize = 5;

/// Whether a line was typed at a prompt.
pub(super) fn is_prompt(line: &str) -> bool {
    let text = line.trim_start();
    PROMPTS.iter().any(|prompt| text.starts_with(prompt)) || text == ">>>" || is_shell(text)
}

/// `jo@host:~$ make`, `[jo@host src]# make`.
fn is_shell(text: &str) -> bool {
    let Some(end) = text.find(['$', '#']).filter(|end| *end > 3) else { return false };
    let (before, after) = text.split_at(end);
    let prompt = before.trim_start_matches('[');
    let user = prompt.split_once('@').is_some_and(|(user, _)| !user.is_empty() && !user.contains(' '));
    user && (before.contains(':') || before.ends_with(']')) && after[1..].starts_with(' ')
}

/// Whether a line begins far to the right.
pub(super) fn is_indented(line: &str) -> bool {
    (line.starts_with("    ") || line.starts_with('\t')) && !line.trim().is_empty()
}

/// Whether a line reads as a sentence: some words, and its end.
pub(super) fn is_sentence(line: &str) -> bool {
    let text = line.trim_end();
    text.ends_with(['.', '?', '!', ':', ',']) && text.split(' ').count() >= LEAST_SENTENCE
}

/// Whether a line by itself, or as part of an indented block after a blank line, is code.
pub(super) fn is_code(line: &str, after_blank: bool) -> bool {
    let text = line.trim();
    if text.is_empty() {
        return false;
    }
    let starts = STARTS.iter().any(|start| text.starts_with(start)) || is_python_import(text);
    let ends = text.ends_with([';', '{', '}']) || text.ends_with("):") || text.ends_with("/>");
    starts && !is_wordy(text)
        || ends && !text.ends_with(" ;") && !is_wordy(text.trim_end_matches(';'))
        || is_markup(text)
        || is_assignment(text)
        || is_call(text)
        || is_indented(line) && after_blank && !is_item(text)
}

fn is_python_import(text: &str) -> bool {
    text.starts_with("from ") && text.contains(" import ")
}

/// `import duties are high.` is prose: words without the signs of code.
fn is_wordy(text: &str) -> bool {
    let plain = |word: &str| {
        let word = word.trim_matches(['.', ',', '?', '!', ':', '"', '\'', '(', ')']);
        !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
    };
    let (mut words, mut plains) = (0, 0);
    for word in text.split_whitespace() {
        words += 1;
        plains += usize::from(plain(word));
    }
    // `import this` is code, `import duties are high` is not.
    words > 3 && plains * 5 >= words * 4 || words > 3 && text.ends_with(['.', ',', '?']) && plains * 2 > words
}

/// `<dependency>`, `</div>`, and not `<https://example.org>`.
fn is_markup(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('<') else { return false };
    text.ends_with('>')
        && inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && !inner.contains("://")
        && !inner.contains('@')
}

/// `debug = true`, `x = f(y)`: a name, an equals sign and no sentence.
fn is_assignment(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else { return false };
    let name = name.trim_end_matches([':', '+', '-', '|', ' ']).trim_start_matches("self.");
    let is_name = !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']' | '"' | '\''));
    is_name && !value.trim().is_empty() && !is_wordy(value)
}

/// `reactor.run()`.
fn is_call(text: &str) -> bool {
    let Some((name, rest)) = text.split_once('(') else { return false };
    !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ':'))
        && rest.ends_with(')')
        && !is_wordy(rest)
        && (name.contains(['.', '_']) || rest == ")")
}

/// A point of a list is often indented.
fn is_item(text: &str) -> bool {
    text.starts_with(['*', '-', '•', '+']) || text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(". ")
}
