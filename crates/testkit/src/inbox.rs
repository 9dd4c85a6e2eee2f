//! Stores of public-inbox made up for a test.

use std::path::Path;

use crate::TestRepository;

/// One repository of a public-inbox, written commit by commit.
pub struct TestInbox {
    repository: TestRepository,
    /// Mails of the format v1 by path; `None` for v2.
    paths: Option<Vec<(String, String)>>,
    tip: Option<String>,
    /// The time of the next commit, seconds since 1970; each comes an hour after the one before.
    time: u64,
}

impl TestInbox {
    /// An empty epoch of the format v2 in `folder`.
    pub fn v2(folder: impl AsRef<Path>) -> TestInbox {
        let repository = TestRepository::new(folder.as_ref());
        TestInbox { repository, paths: None, tip: None, time: 1_500_000_000 }
    }

    /// An empty repository of the format v1 in `folder`.
    pub fn v1(folder: impl AsRef<Path>) -> TestInbox {
        TestInbox { paths: Some(Vec::new()), ..TestInbox::v2(folder) }
    }

    /// Adds a mail. In v1 it lies at `path`, as `aa/bbbb…`, which v2 does not look at. Gives its blob's hash.
    pub fn add(&mut self, path: &str, mail: &str) -> String {
        let blob = self.repository.blob(mail.as_bytes());
        self.commit(path, "m", Some(&blob), "a mail");
        blob
    }

    /// Removes a mail, as a moderator does.
    pub fn remove(&mut self, path: &str, mail: &str) {
        let blob = self.repository.blob(mail.as_bytes());
        let left = if self.paths.is_some() { None } else { Some(blob.as_str()) };
        self.commit(path, "d", left, "rm");
    }

    /// Writes what a purge leaves in place of a mail of v2.
    pub fn purged(&mut self, blob: &str) {
        let empty = self.repository.blob(b"");
        self.commit("", "m", Some(&empty), &format!("purged {blob}"));
    }

    /// Begins anew, as when history is rewritten.
    pub fn forget(&mut self) {
        self.tip = None;
        self.paths = self.paths.as_ref().map(|_| Vec::new());
        self.time = 1_500_000_000;
    }

    fn commit(&mut self, path: &str, name: &str, blob: Option<&str>, message: &str) {
        let tree = match &mut self.paths {
            None => self.repository.tree(&[(name, blob.expect("a blob in v2"))]),
            Some(paths) => {
                paths.retain(|(known, _)| known != path);
                paths.extend(blob.map(|blob| (path.to_owned(), blob.to_owned())));
                let files: Vec<(&str, &str)> =
                    paths.iter().map(|(path, blob)| (path.as_str(), blob.as_str())).collect();
                self.repository.tree(&files)
            }
        };
        let who = format!("dev <dev@example.org> {} +0000", self.time);
        let parents: Vec<&str> = self.tip.as_deref().into_iter().collect();
        let hash = self.repository.commit_of(&tree, &parents, &who, message);
        self.repository.branch("master", &hash);
        self.time += 3600;
        self.tip = Some(hash);
    }
}

/// A mail for a [`TestInbox`].
pub fn inbox_mail(number: usize, from: &str, subject: &str, answers: Option<usize>) -> String {
    let answers = answers.map(|number| format!("In-Reply-To: <{number}@example.org>\n")).unwrap_or_default();
    let (day, minute) = (14 + number / 1440 % 14, number % 1440);
    format!(
        "From: {from}\nSubject: {subject}\nMessage-ID: <{number}@example.org>\n{answers}\
         Date: {day} Jul 2017 {:02}:{:02}:00 +0000\n\nbody {number}\n",
        minute / 60,
        minute % 60
    )
}

/// Makes an example of a store in `folder`: two epochs, a thread, a mail removed as spam, one edited and one purged.
///
/// # Panics
/// If it cannot be written.
pub fn example_inbox(folder: &Path) {
    let (ada, bo) = ("Ada <ada@example.org>", "Bo <bo@example.com>");
    let spam = inbox_mail(3, "Cheap <cheap@example.com>", "Buy", None);
    let mut first = TestInbox::v2(folder.join("git/0.git"));
    first.add("", &inbox_mail(1, ada, "How do I stop the reactor?", None));
    first.add("", &inbox_mail(2, bo, "Re: How do I stop the reactor?", Some(1)));
    first.add("", &spam);
    first.purged("0123456789abcdef0123456789abcdef01234567");
    let mut second = TestInbox::v2(folder.join("git/1.git"));
    second.remove("", &spam);
    second.add("", &inbox_mail(4, "\"Cy\" <cy at example.org>", "Re: How do I stop the reactor?", Some(2)));
    second.add("", "From: Dee <dee@example.org>\nSubject: no date\nMessage-ID: <5@example.org>\n\nWhen was it?\n");
    second.add("", "no header at all");
}
