//! The text of `switchboard.toml` in blocks, one for each header of a section: what a page shows of it and puts back. All
//! other blocks stay as they are, byte for byte.

use toml_edit::{Document, Item, Table, TomlError};

/// One block: from a header (and the comment right above it) to the next.
#[derive(Debug, PartialEq, Eq)]
struct Block {
    /// The first part of its header: `tiers` of `[tiers.1]`.
    root: String,
    start: usize,
    end: usize,
}

/// The text of the sections whose headers begin with one of `keys`; empty if there are none.
pub fn text_of(text: &str, keys: &[&str]) -> Result<String, TomlError> {
    let blocks = blocks(text)?;
    let chosen = blocks.iter().filter(|block| keys.contains(&block.root.as_str()));
    let chosen: String = chosen.map(|block| &text[block.start..block.end]).collect();
    Ok(chosen.trim_end().to_owned())
}

/// Puts `new` in the place of the sections whose headers begin with one of `keys`, or at the end. Gives the whole text, and
/// the line (from 1) where `new` begins in it.
pub fn replace(text: &str, keys: &[&str], new: &str) -> Result<(String, usize), TomlError> {
    let blocks = blocks(text)?;
    let ours = |block: &&Block| keys.contains(&block.root.as_str());
    let at = blocks.iter().find(ours).map_or(text.len(), |block| block.start);
    let mut whole = text[..at].to_owned();
    if !whole.is_empty() && !whole.ends_with("\n\n") {
        whole.push_str(if whole.ends_with('\n') { "\n" } else { "\n\n" });
    }
    let line = whole.matches('\n').count() + 1;
    let new = new.trim_end();
    whole.push_str(new);
    if !new.is_empty() {
        whole.push_str("\n\n");
    }
    for block in blocks.iter().filter(|block| block.start >= at && !ours(block)) {
        whole.push_str(&text[block.start..block.end]);
    }
    let whole = format!("{}\n", whole.trim_end());
    Ok((whole, line))
}

/// The first key of a text that stands in no section of one of `keys`; `None` if all do.
pub fn stranger(text: &str, keys: &[&str]) -> Result<Option<String>, TomlError> {
    let document = Document::parse(text)?;
    let in_section = |item: &Item| match item {
        Item::Table(table) => !table.is_dotted(),
        Item::ArrayOfTables(_) => true,
        _ => false,
    };
    let stranger = document.as_table().iter().find(|(key, item)| !keys.contains(key) || !in_section(item));
    Ok(stranger.map(|(key, _)| key.to_owned()))
}

/// Every block, in the order of the text.
fn blocks(text: &str) -> Result<Vec<Block>, TomlError> {
    let document = Document::parse(text)?;
    let mut heads = Vec::new();
    headers(document.as_table(), None, &mut heads);
    heads.sort();
    let heads: Vec<(usize, String)> =
        heads.into_iter().map(|(start, root)| (with_comment(text, start), root)).collect();
    let ends = heads.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    Ok(heads.iter().zip(ends).map(|((start, root), end)| Block { root: root.clone(), start: *start, end }).collect())
}

/// Where each header begins, and the first part of its name.
fn headers(table: &Table, root: Option<&str>, found: &mut Vec<(usize, String)>) {
    for (key, item) in table.iter() {
        let root = root.unwrap_or(key);
        let mut one = |table: &Table| {
            if !table.is_implicit() && !table.is_dotted() {
                found.extend(table.span().map(|span| (span.start, root.to_owned())));
            }
            headers(table, Some(root), found);
        };
        match item {
            Item::Table(table) => one(table),
            Item::ArrayOfTables(tables) => tables.iter().for_each(one),
            _ => {}
        }
    }
}

/// The beginning of the comment that stands right above a header.
fn with_comment(text: &str, header: usize) -> usize {
    let mut start = header;
    while let Some(above) = text[..start].strip_suffix('\n') {
        let line = above.rfind('\n').map_or(0, |end| end + 1);
        if !above[line..].trim_start().starts_with('#') {
            break;
        }
        start = line;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# head\n\n[community]\nname = \"x\"\n\n# what we promise\n[promise]\nwarn = \"20%\" # early\n\n\
        [sources.a]\nkind = \"mbox\"\nnote = \"\"\"\n[promise]\n\"\"\"\n\n[promise.channels.\"a\"]\nfirst_response = \"1d\"\n";

    #[test]
    fn sections_are_found_wherever_they_stand() {
        insta::assert_snapshot!(text_of(TEXT, &["promise", "tiers"]).expect("valid"), @r#"
        # what we promise
        [promise]
        warn = "20%" # early

        [promise.channels."a"]
        first_response = "1d"
        "#);
        assert_eq!(text_of(TEXT, &["hours"]).expect("valid"), "");
    }

    #[test]
    fn what_is_put_back_stands_in_one_place_and_the_rest_is_kept() {
        let (whole, line) = replace(TEXT, &["promise"], "[promise]\nwarn = \"4h\"\n").expect("valid");
        assert_eq!(whole.lines().nth(line - 1), Some("[promise]"));
        insta::assert_snapshot!(whole, @r#"
        # head

        [community]
        name = "x"

        [promise]
        warn = "4h"

        [sources.a]
        kind = "mbox"
        note = """
        [promise]
        """
        "#);
        let (whole, line) = replace(TEXT, &["hours"], "[hours]\nfrom = \"9:00\"").expect("valid");
        assert!(whole.starts_with(TEXT) && whole.ends_with("\n\n[hours]\nfrom = \"9:00\"\n"), "{whole}");
        assert_eq!(whole.lines().nth(line - 1), Some("[hours]"));
        let same = replace(TEXT, &["community"], &text_of(TEXT, &["community"]).expect("valid")).expect("valid");
        assert_eq!(same.0, TEXT);
    }

    #[test]
    fn what_does_not_belong_is_named() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(stranger(text, &["promise", "alert"]).expect("valid").as_deref(), expected, "{text}");
        };
        check("[promise]\nwarn = 1\n[[alert]]\n[promise.channels.x]", None);
        check("# only a comment", None);
        check("[tiers.1]", Some("tiers"));
        check("promise.warn = 1", Some("promise"));
        check("warn = 1", Some("warn"));
    }
}
