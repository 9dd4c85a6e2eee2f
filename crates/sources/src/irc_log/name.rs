//! The channel that a file's name tells.

/// Endings that logs are given.
const ENDINGS: &[&str] = &[".gz", ".zst", ".log", ".txt", ".weechatlog"];

/// The channel in a path: its last part that holds a `#`, from there on, without a date and endings
/// (`freenode/#demo/2018-01-02.log`, `irc.oftc.#demo.weechatlog`, `#demo_20180102.log` are all `#demo`).
pub fn channel(path: &str) -> Option<String> {
    let part = path.rsplit(['/', '\\']).find(|part| part.contains('#'))?;
    let mut name = &part[part.find('#')?..];
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)) {
        name = shorter;
    }
    let date = |c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    let without = name.trim_end_matches(date);
    // A date has eight digits; `#python3` and `#node-0.10` are names.
    if name[without.len()..].chars().filter(char::is_ascii_digit).count() >= 8 {
        name = without;
    }
    (name.len() > 1).then(|| name.to_lowercase())
}
