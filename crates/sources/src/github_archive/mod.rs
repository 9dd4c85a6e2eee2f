//! GitHub from files: webhooks that were received, hours of GH Archive, migration archives, saved answers.
//!
//! [`collect`] finds the files, tells the forms of JSON in them apart ([`peek`]) and keeps each piece
//! unchanged; [`normalize`] hands them to [`crate::github`], which understands them.

use source::{Look, Peeked, Place, Seen, Source};

mod collect;
mod config;
mod normalize;
mod peek;
#[cfg(test)]
mod tests;

/// The `github-archive` source.
pub static SOURCE: Source = Source {
    kind: "github-archive",
    title: "GitHub from files: webhooks, GH Archive, migration archives, saved API answers",
    place: Place::Repository,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: false,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../github"                 # a file, or a folder, a zip or a tar of files; `.gz` or not
# glob = "**/2024-*.json.gz"       # only these files; everything that ends like JSON if left out
# repository = "example/project"   # for lists that do not name theirs: stargazers, forks
"#;

const ABOUT: &str = "\
Reads what GitHub said about repositories and was kept in files. All of these may lie in one folder, zip or tar, and
may overlap: what was said once is one message.

| form | how to get it |
|---|---|
| **webhooks** as they were received: a file for each delivery, or lines of JSON; bare, or wrapped as `{\"event\": …, \"payload\": {…}}` or `{\"headers\": {\"X-GitHub-Event\": …}, \"payload\": {…}}` | your receiver's log; or Settings, Webhooks, Recent deliveries |
| **GH Archive**: `2024-01-15-7.json.gz`, and pages of the Events API | gharchive.org; keep the lines of your own repositories (`zcat … \\| grep '\"name\":\"example/'`), an hour of all GitHub is half a gigabyte |
| **a migration archive**: a `tar.gz` of `issues_000001.json`, `users_000001.json` … | `gh api orgs/ORG/migrations -f 'repositories[]=ORG/REPO'`, `ghe-migrator`; of your own account Settings, Account, Export |
| **REST pages**: lists or single issues, pull requests, comments, reviews, releases, events, timelines, stargazers, forks, users | `gh api --paginate repos/OWNER/REPO/issues?state=all > issues.json`; stargazers with `-H 'Accept: application/vnd.github.star+json'` |
| **GraphQL answers**, also what `gh issue list --json …` prints | `gh api graphql --paginate -f query=…`; ask for `url`, `body`, `author { login __typename }`, `createdAt` |

**What becomes what**

| on GitHub | becomes |
|---|---|
| an issue, a pull request | a message of that kind with its labels as tags, and how it was closed (`completed`, `not planned`, `merged`) |
| a discussion | a question where its category lets answers be chosen, else a post; its category is its first tag |
| a comment, a review's text, a comment on a line or a commit | a comment below what it answers; in a question's discussion an answer |
| the chosen answer | the question's accepted answer, and `accepted` |
| a review | `reviewed` with its state |
| a release | `released`; its notes are a page |
| closing, merging, reopening, labels, assigning | `closed`, `merged`, `reopened`, `labelled`, `assigned` |
| editing, a new title, deleting | `edited`, `deleted`; the text seen last counts, a deleted one is kept |
| hidden comments, blocked users | `moderated` |
| stars, forks, members | `starred`, `forked`, `joined`, `left` |
| reactions | the score (approval less disapproval, or a discussion's votes); `reacted` where it is told whose |
| linked and duplicate issues | `linked` |
| pushes, branches, wiki pages, milestones, locking, pinning, transfers, requests for review … | `other` or `edited`, in a few words |
| what an author is to the repository (`MEMBER`, `CONTRIBUTOR` …) | `other`, once for each person, repository and word: `association member` |
| an account | an identity by its login, with its address and employer where told; bots marked. Deleted accounts (`ghost`) are nobody, placeholders of imports are apart |

Commits are left to the `git` source, which knows all of them; where a push or a list of commits tells which account
an address belongs to, both become one person. Events of programs only (`check_run`, `workflow_run`, `status`,
`deployment`, `ping` …) give nothing. Nor do `mentioned` and `subscribed`: nobody did them.

**Limits**: what happened in the same minute to the same thing in the same way is one activity, because webhooks,
events and the thing itself give times a second or two apart. A repository that was renamed is two, before and after.
Events of before 2015 tell who and when, and of what only numbers; since October 2025 they leave out the text of pull requests: then `other` tells that one was opened. An
issue's own list of events does not name the issue; save its timeline or the repository's list of events instead.
Where files overlap, the one whose name comes last counts (numbers in names by their value): name later ones so.
Attached files are named, not read.
";

/// Any of the forms by names and first bytes.
fn recognize(look: &Look) -> Option<Seen> {
    let json = || look.files.iter().filter(|file| collect::may_hold(&file.name));
    let count = |is: &dyn Fn(&Peeked) -> bool| json().filter(|file| is(file)).count();
    let mut seen = Vec::new();
    let mut note = |sure: u8, count: usize, what: &str| {
        if count > 0 {
            seen.push((sure, format!("{count} {what}")));
        }
    };
    let migrated = |file: &Peeked| {
        let name = file.base_name().split('_').next().unwrap_or_default();
        let numbered = file.base_name().trim_end_matches(".json").ends_with("_000001");
        numbered
            && matches!(name, "issues" | "issue" | "pull" | "users" | "repositories" | "organizations" | "releases")
    };
    note(95, count(&migrated), "files of a migration archive");
    let event = |file: &Peeked| file.holds("Event\"") && file.holds("\"actor\"") && file.holds("\"type\"");
    note(95, count(&|file| event(file) && !migrated(file)), "files of events");
    let api = |file: &Peeked| {
        ["api.github.com/repos/", "api.github.com/users/", "/api/v3/repos/", "\"starred_at\""]
            .iter()
            .any(|of| file.holds(of))
    };
    let delivered =
        |file: &Peeked| file.holds("\"action\"") || file.holds("X-GitHub-Event") || file.holds("\"pusher\"");
    note(92, count(&|file| api(file) && delivered(file) && !event(file)), "webhooks");
    note(85, count(&|file| api(file) && !delivered(file) && !event(file)), "saved API answers");
    let graph = |file: &Peeked| file.holds("\"data\"") && (file.holds("\"repository\"") || file.holds("github.com/"));
    note(70, count(&|file| graph(file) && !api(file) && !event(file)), "GraphQL answers");
    let sure = seen.iter().map(|(sure, _)| *sure).max()?;
    let what: Vec<String> = seen.into_iter().map(|(_, what)| what).collect();
    Some(Seen::new(sure, format!("GitHub: {}", what.join(", "))))
}
