//! Git repositories made up for a test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::objs::{Kind, Write};
use rustc_hash::FxHashMap;

/// A bare repository whose commits all have the empty tree.
pub struct TestRepository {
    folder: PathBuf,
    repository: gix::Repository,
}

impl TestRepository {
    /// An empty repository in `folder`, which is created if need be.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn new(folder: impl Into<PathBuf>) -> TestRepository {
        let folder = folder.into();
        fs::create_dir_all(&folder).expect("a folder for a repository");
        let repository = gix::init_bare(&folder).expect("a folder for a repository");
        repository.write_object(gix::objs::Tree::empty()).expect("the empty tree is written");
        TestRepository { folder, repository }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes `bytes` as a commit, whatever they are, and gives its hash.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn raw_commit(&self, bytes: &[u8]) -> String {
        self.repository.objects.write_buf(Kind::Commit, bytes).expect("a commit is written").to_string()
    }

    /// Writes a commit of `parents`; `author` and `committer` are whole headers: `Name <address> seconds +0000`.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn commit(&self, parents: &[&str], author: &str, committer: &str, message: &str) -> String {
        let tree = ObjectId::empty_tree(self.repository.object_hash());
        let parents: String = parents.iter().map(|hash| format!("parent {hash}\n")).collect();
        let text = format!("tree {tree}\n{parents}author {author}\ncommitter {committer}\n\n{message}");
        self.raw_commit(text.as_bytes())
    }

    /// Writes a file's content and gives its hash.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn blob(&self, bytes: &[u8]) -> String {
        self.repository.objects.write_buf(Kind::Blob, bytes).expect("a blob is written").to_string()
    }

    /// Writes a tree of files, each a name and its blob's hash; a name may be one within folders: `aa/b`.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn tree(&self, files: &[(&str, &str)]) -> String {
        let mut entries: BTreeMap<&str, (&str, String)> = BTreeMap::new();
        let mut folders: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for (name, hash) in files {
            match name.split_once('/') {
                Some((folder, rest)) => folders.entry(folder).or_default().push((rest, hash)),
                None => _ = entries.insert(name, ("100644", (*hash).to_owned())),
            }
        }
        for (folder, files) in &folders {
            entries.insert(folder, ("40000", self.tree(files)));
        }
        let mut bytes = Vec::new();
        for (name, (mode, hash)) in entries {
            bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            bytes.extend_from_slice(ObjectId::from_hex(hash.as_bytes()).expect("a hash").as_bytes());
        }
        self.repository.objects.write_buf(Kind::Tree, &bytes).expect("a tree is written").to_string()
    }

    /// Writes a commit of a tree; `who` is author and committer, a whole header.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn commit_of(&self, tree: &str, parents: &[&str], who: &str, message: &str) -> String {
        let parents: String = parents.iter().map(|hash| format!("parent {hash}\n")).collect();
        self.raw_commit(format!("tree {tree}\n{parents}author {who}\ncommitter {who}\n\n{message}").as_bytes())
    }

    /// Points the branch `name` to a commit.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn branch(&self, name: &str, hash: &str) {
        let path = self.folder.join("refs/heads").join(name);
        fs::create_dir_all(path.parent().expect("a branch lies in a folder")).expect("a folder for the branch");
        fs::write(path, format!("{hash}\n")).expect("a branch is written");
    }
}

/// Makes a bare repository in `folder` of a list of commits as in `../shared/data/commits` (hash,
/// parents, author's name, address and date, committer's, subject; separated by tabs). Trees are
/// empty, so hashes are others; parents outside the list are left out; every commit without a child
/// is a branch. Gives the number of commits.
///
/// # Panics
/// If the list is not as described, or the repository cannot be written.
pub fn repository_from_tsv(list: &Path, folder: &Path) -> usize {
    let text = fs::read_to_string(list).expect("a list of commits");
    let lines: FxHashMap<&str, Vec<&str>> =
        text.lines().map(|line| line.splitn(9, '\t').collect::<Vec<_>>()).map(|fields| (fields[0], fields)).collect();
    let repository = TestRepository::new(folder);
    let mut written: FxHashMap<&str, String> = FxHashMap::default();
    let mut childless: FxHashMap<String, bool> = FxHashMap::default();
    for hash in parents_first(&text, &lines) {
        let fields = &lines[hash];
        let parents: Vec<&str> =
            fields[1].split(' ').filter_map(|parent| written.get(parent)).map(String::as_str).collect();
        parents.iter().for_each(|parent| _ = childless.insert((*parent).to_owned(), false));
        let (author, committer) = (signature(&fields[2..5]), signature(&fields[5..8]));
        let new = repository.commit(&parents, &author, &committer, fields[8]);
        childless.entry(new.clone()).or_insert(true);
        written.insert(hash, new);
    }
    for (hash, _) in childless.iter().filter(|(_, childless)| **childless) {
        repository.branch(&format!("tip-{}", &hash[..10]), hash);
    }
    childless.len()
}

/// `Name <address> seconds zone` of a name, an address and a date with its zone.
fn signature(fields: &[&str]) -> String {
    let time: jiff::Timestamp = fields[2].parse().expect("a date");
    format!("{} <{}> {} +0000", fields[0], fields[1], time.as_second())
}

/// The hashes of the list, parents before children.
fn parents_first<'a>(text: &'a str, lines: &FxHashMap<&'a str, Vec<&'a str>>) -> Vec<&'a str> {
    let mut sorted = Vec::new();
    let mut entered: FxHashMap<&str, bool> = FxHashMap::default();
    let mut path: Vec<&str> = text.lines().rev().filter_map(|line| line.split('\t').next()).collect();
    while let Some(hash) = path.pop() {
        match entered.get(hash) {
            // Its parents are done by now.
            Some(false) => {
                entered.insert(hash, true);
                sorted.push(hash);
            }
            Some(true) => {}
            None => {
                entered.insert(hash, false);
                path.push(hash);
                let parents = lines[hash][1].split(' ').filter(|parent| lines.contains_key(parent));
                path.extend(parents.filter(|parent| !entered.contains_key(parent)));
            }
        }
    }
    sorted
}
