//! Writing `switchboard.toml`: the first one, and sections added to it. Comments and order are kept.

use std::fmt::Write as _;

use anyhow::{Result, anyhow};
use toml_edit::{Document, DocumentMut, Key};

/// What a new workspace is to say of itself.
pub struct Template<'a> {
    /// The community's name.
    pub name: &'a str,
    /// Whether it is made up.
    pub simulated: bool,
}

/// The text of a new `switchboard.toml`, with comments that say what may stand there.
pub fn template(template: &Template<'_>) -> String {
    let mut text = String::from("# What Switchboard knows about this community.\n\n[community]\n");
    let name = toml_edit::value(template.name);
    let _ = writeln!(text, "name = {}", name.to_string().trim());
    if template.simulated {
        text.push_str("# Every page says that these people were made up.\nsimulated = true\n");
    }
    text.push_str(
        "
[promise]
# How long somebody who asks should at most wait for the first answer (\"2d\", \"36h\").
first_response = \"2d\"
# How long until it is done, and when a promise is called soon broken: a share of it that is left, or a time.
# resolution = \"10d\"
# warn = \"20%\"
# [promise.channels.\"dev-list\"]   # a source, or \"source/channel\"; for one tier add .tiers.3
# first_response = \"1d\"

# The support model: what is not said here is as `switchboard tiers` shows it. Promises run in these hours, where a
# day is a working day; without them around the clock.
# [tiers.1]
# name = \"basic help\"
# where = \"the forum\"
# first_response = \"8h\"
# [hours]
# days = \"mon-fri\"
# from = \"09:00\"
# until = \"17:00\"
# zone = \"Europe/Berlin\"
# holidays = [\"2026-12-25\"]
# [helpers]
# spread = 0.5   # how much helping is spread over more people than the usual ones, 0 (not at all) to 1
# [levels]   # what makes a newcomer, a contributor, the core; and when it is time for the keys
# new_days = 90
# answers = 3            # questions of others that make a contributor
# core_months = 6        # months of the last twelve in which the core helped or added something
# keys_changes = 12      # changes and reviews of a year, in keys_months = 4 months of it
# [offered]   # the tier that a source or a channel offers, where it is not what its kind and name say
# \"dev-list\" = 3

# Who should be told what happens, at once or as a digest; `switchboard alerts list` shows the conditions.
# [mail]
# server = \"mail.example.org\"
# from = \"Desk <desk@example.org>\"
# [[alert]]
# name = \"late\"
# when = \"promise_broken\"
# to = [\"mail:ada@example.org\"]

# One section for each source. `switchboard sources` shows every kind with an example;
# `switchboard add PATH` looks at what is there and writes a section. Relative paths start at this file's folder.
# A secret is written { env = \"NAME\" } or { file = \"path\" }, never as itself.
",
    );
    text
}

/// Adds `[sources.NAME]` at the end of the text of a configuration, the rest of which stays as it is.
pub fn add_section(text: &str, name: &str, kind: &str, options: &toml::Table) -> Result<String> {
    let mut section = DocumentMut::new();
    section.insert("kind", toml_edit::value(kind));
    for (key, value) in options {
        section.insert(key, toml_edit::value(edited(value)?));
    }
    let section = section.to_string();
    Ok(format!("{}\n\n[sources.{}]\n{}\n", text.trim_end(), Key::new(name), section.trim_end()))
}

/// A value of the one TOML library as a value of the other.
pub fn edited(value: &toml::Value) -> Result<toml_edit::Value> {
    value.to_string().parse().map_err(|error: toml_edit::TomlError| anyhow!("{}", error.message()))
}

/// The column of an offset, in characters from 1.
pub fn column_of(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    before.rsplit('\n').next().unwrap_or_default().chars().count() + 1
}

/// Where the section of `name`, or its `key` if it has one of that name, begins in the text.
pub(super) fn span_of(text: &str, name: &str, key: Option<&str>) -> Option<usize> {
    let document = Document::parse(text).ok()?;
    let (head, section) = document.get("sources")?.as_table_like()?.get_key_value(name)?;
    let key = key.and_then(|key| section.as_table_like()?.get_key_value(key)?.0.span());
    key.or_else(|| head.span()).map(|span| span.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_added_and_the_rest_is_kept() {
        let first = template(&Template { name: "The \"X\" people", simulated: false });
        let options = toml::from_str("path = '../lists'\nglob = ['*.mbox']").expect("valid");
        let second = add_section(&first, "dev.list", "mbox", &options).expect("fits");
        assert!(second.starts_with(first.trim_end()) && second.ends_with("\n"), "{second}");
        insta::assert_snapshot!(second[first.len()..].trim_start(), @r#"
        [sources."dev.list"]
        kind = "mbox"
        glob = ["*.mbox"]
        path = "../lists"
        "#);
    }
}
