//! The list of Perceval's backends that are understood, one file for each family.

use super::data::Data;
use super::scribe::Scribe;

mod askbot;
mod bugzilla;
mod chat;
mod commit;
mod discourse;
mod gerrit;
mod github;
mod gitlab;
mod issue;
mod jira;
mod launchpad;
mod mail;
mod meetup;
mod numbers;
mod pagure;
mod phabricator;
mod redmine;
mod rss;
mod slack;
mod stackexchange;
mod wiki;

/// Reads the `data` of an item.
pub type Reader = fn(&mut Scribe<'_>, Data<'_>);

/// Backend, category and reader, alphabetical. Backends are written in small letters, as `backend_name` without
/// its capitals; old versions wrote no category: the first of a backend is meant then.
const BACKENDS: &[(&str, &str, Reader)] = &[
    ("askbot", "question", askbot::question),
    ("bugzilla", "bug", bugzilla::page),
    ("bugzillarest", "bug", bugzilla::bug),
    ("confluence", "historical content", wiki::confluence),
    ("crates", "crates", numbers::crates),
    ("discourse", "topic", discourse::topic),
    ("dockerhub", "dockerhub-data", numbers::dockerhub),
    ("gerrit", "review", gerrit::review),
    ("git", "commit", commit::commit),
    ("gitee", "issue", github::issue),
    ("gitee", "pull_request", github::pull_request),
    ("gitee", "repository", numbers::repository),
    ("github", "issue", github::issue),
    ("github", "pull_request", github::pull_request),
    ("github", "repository", numbers::repository),
    ("gitlab", "issue", gitlab::issue),
    ("gitlab", "merge_request", gitlab::merge_request),
    ("gitter", "message", chat::gitter),
    ("gmane", "message", mail::mail),
    ("groupsio", "message", mail::mail),
    ("hyperkitty", "message", mail::mail),
    ("jira", "issue", jira::issue),
    ("launchpad", "issue", launchpad::issue),
    ("mattermost", "post", chat::mattermost),
    ("mbox", "message", mail::mail),
    ("mediawiki", "page", wiki::mediawiki),
    ("meetup", "event", meetup::event),
    ("nntp", "article", mail::mail),
    ("pagure", "issue", pagure::issue),
    ("phabricator", "task", phabricator::task),
    ("phorge", "task", phabricator::task),
    ("pipermail", "message", mail::mail),
    ("redmine", "issue", redmine::issue),
    ("rocketchat", "message", chat::rocketchat),
    ("rss", "entry", rss::entry),
    ("slack", "message", slack::message),
    ("stackexchange", "question", stackexchange::question),
    ("supybot", "message", chat::supybot),
    ("telegram", "message", chat::telegram),
    ("zulip", "message", chat::zulip),
];

/// The reader of a category of a backend, if there is one.
pub fn reader(backend: &str, category: &str) -> Option<Reader> {
    let fits = |(known, kind, _): &&(&str, &str, Reader)| {
        known.eq_ignore_ascii_case(backend) && (category.is_empty() || *kind == category)
    };
    BACKENDS.iter().find(fits).map(|(_, _, reader)| *reader)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(BACKENDS.is_sorted_by_key(|(backend, category, _)| (*backend, *category)));
        assert!(reader("GitHub", "").is_some() && reader("GitHub", "pull_request").is_some());
        assert!(reader("GitHub", "commit").is_none() && reader("", "message").is_none());
    }
}
