//! What `switchboard add PATH` sees of a path before anybody reads it whole.

/// The files at a path: what [`crate::Source::recognize`] decides by. A single file is a look of one.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The first files, those near the top before those further down, then by name. Files within zips
    /// and tars are listed like those of folders.
    pub files: Vec<Peeked>,
    /// Files there are in all, as far as they were counted.
    pub total: usize,
}

/// One file of a [`Look`].
#[derive(Debug, Clone, Default)]
pub struct Peeked {
    /// Its name relative to the path, without `.gz` or `.zst`, parts joined by `/`.
    pub name: String,
    /// Its first bytes, decompressed, at most 4 KiB. Empty for files that were only listed.
    pub head: Vec<u8>,
}

/// What a source recognised.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// How sure it is: 90 and more for a format that says its own name or has a shape of its own, about 50
    /// for one that others share, below 30 for what reads anything. The surest one is proposed.
    pub sure: u8,
    /// What it saw, for a person: `a Slack export: users.json, 12 channels`. No text of a message.
    pub what: String,
    /// Options that fit what was seen, for the source's section (`preset`, `glob`); mostly none.
    pub options: toml::Table,
}

impl Seen {
    /// Something seen that needs no options.
    pub fn new(sure: u8, what: impl Into<String>) -> Seen {
        Seen { sure, what: what.into(), options: toml::Table::new() }
    }
}

impl Look {
    /// The file of this name, at the top or in a folder below it.
    pub fn named(&self, name: &str) -> Option<&Peeked> {
        self.files.iter().find(|file| file.base_name() == name)
    }

    /// Files whose name ends like this, as `.json`; letters' case does not count.
    pub fn ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = &'a Peeked> {
        self.files.iter().filter(move |file| {
            let (name, ending) = (file.name.as_bytes(), ending.as_bytes());
            name.len() >= ending.len() && name[name.len() - ending.len()..].eq_ignore_ascii_case(ending)
        })
    }
}

impl Peeked {
    /// Its name without folders.
    pub fn base_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    /// Its first bytes as text; what is no UTF-8 is replaced.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.head)
    }

    /// Whether its first bytes hold this text.
    pub fn holds(&self, text: &str) -> bool {
        memchr::memmem::find(&self.head, text.as_bytes()).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_name_and_ending() {
        let file = |name: &str| Peeked { name: name.to_owned(), head: b"\xffab".to_vec() };
        let look = Look { files: vec![file("a/Users.JSON"), file("b.txt"), file("é")], total: 3 };
        assert_eq!(look.ending(".json").count(), 1);
        assert!(look.named("b.txt").is_some() && look.named("a").is_none());
        assert!(look.files[0].holds("ab") && look.files[0].text().ends_with("ab"));
    }
}
