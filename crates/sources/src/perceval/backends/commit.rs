//! Commits, which Perceval read from `git log --pretty=fuller`.

use super::super::data::Data;
use super::super::scribe::Scribe;
use crate::commit;

/// A commit, written as git would and read as all commits are, so that it is the same as in the repository.
pub fn commit(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(hash) = data.text("commit") else { return scribe.problem("has no id", "commit") };
    let signature = |name: &'static str, date: &'static str| {
        let seconds = data.time(date).map(|time| time.div_euclid(model::time::SECOND).to_string());
        let who = data.text(name).unwrap_or_default().replace('\n', " ");
        format!("{who} {} +0000", seconds.unwrap_or_default())
    };
    let parents: String = data.texts("parents").iter().map(|parent| format!("parent {parent}\n")).collect();
    let (author, committer) = (signature("Author", "AuthorDate"), signature("Commit", "CommitDate"));
    let message = data.text("message").unwrap_or_default();
    let raw = format!("{parents}author {author}\ncommitter {committer}\n\n{message}");
    let name = scribe.channel.trim_end_matches(".git").to_owned();
    commit::read(scribe.source, &name, hash, raw.as_bytes(), scribe.rows);
}
