//! What an address at GitHub names, in the forms that pages, the REST API and migration archives have.

/// What an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The site, `github.com`; a GitHub Enterprise has its own. As written.
    pub host: &'a str,
    /// Owner and name of the repository, as written.
    pub repository: Option<(&'a str, &'a str)>,
    /// What it is.
    pub thing: Thing<'a>,
    /// The part of it.
    pub part: Part,
    /// True for an address of the API, which is no page for people.
    pub api: bool,
}

/// A thing with a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing<'a> {
    /// An account, by its login.
    User(&'a str),
    /// A repository itself.
    Repository,
    /// An issue.
    Issue(u64),
    /// A pull request.
    Pull(u64),
    /// A discussion.
    Discussion(u64),
    /// A release, by its tag, still percent-encoded.
    Release(&'a str),
    /// A commit, by its hash.
    Commit(&'a str),
    /// Something else.
    Other,
}

/// A part of a thing, by its number in GitHub's database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The thing itself.
    Whole,
    /// A comment on an issue or a pull request.
    Comment(u64),
    /// A review of a pull request.
    Review(u64),
    /// A comment on a line of a pull request.
    ReviewComment(u64),
    /// A comment on a commit.
    CommitComment(u64),
    /// A comment in a discussion.
    DiscussionComment(u64),
    /// Something that was done to the thing.
    Event(u64),
}

impl<'a> Place<'a> {
    /// Reads an address; `None` if it is none.
    pub fn parse(url: &'a str) -> Option<Place<'a>> {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let rest = rest.split('?').next().unwrap_or(rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (site, path, api) = site(host, path);
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let place = |repository, thing, part| Place { host: site, repository, thing, part, api };
        let first = parts.next();
        let (owner, name) = match (api, first, parts.next()) {
            (_, None, _) => return None,
            (true, Some("repos"), Some(owner)) => (owner, parts.next()?),
            (true, Some("users" | "orgs"), Some(login)) => {
                return Some(place(None, Thing::User(login), Part::Whole));
            }
            (true, ..) => return None,
            (false, Some(login), None) => return Some(place(None, Thing::User(login), Part::Whole)),
            (false, Some("orgs"), Some(login)) => return Some(place(None, Thing::User(login), Part::Whole)),
            (false, Some(owner), Some(name)) => (owner, name),
        };
        let rest: [Option<&str>; 4] = std::array::from_fn(|_| parts.next());
        let (thing, part) = named(rest, path, fragment, api);
        Some(place(Some((owner, name)), thing, part))
    }
}

/// The site of a host, the path below it, and whether it is an API: `api.github.com/`, `api.NAME.ghe.com/` and
/// `HOST/api/v3/`.
fn site<'a>(host: &'a str, path: &'a str) -> (&'a str, &'a str, bool) {
    let of_github = |host: &str| host == "github.com" || host.ends_with(".ghe.com");
    match (host.strip_prefix("api.").filter(|host| of_github(host)), path.strip_prefix("api/v3/")) {
        (Some(host), _) => (host, path, true),
        (None, Some(path)) => (host, path, true),
        (None, None) => (host, path, false),
    }
}

fn named<'a>(rest: [Option<&'a str>; 4], path: &'a str, fragment: &str, api: bool) -> (Thing<'a>, Part) {
    let number = |text: &str| text.parse::<u64>().ok();
    if api {
        let comment = |of: Option<&str>| match of {
            Some("issues") => Part::Comment,
            Some("pulls") => Part::ReviewComment,
            _ => Part::CommitComment,
        };
        match rest {
            [of, Some("comments"), Some(id), _] => {
                if let Some(id) = number(id) {
                    return (Thing::Other, comment(of)(id));
                }
            }
            [Some("comments"), Some(id), ..] => {
                return (Thing::Other, number(id).map_or(Part::Whole, Part::CommitComment));
            }
            [Some("issues"), Some("events"), Some(id), _] => {
                return (Thing::Other, number(id).map_or(Part::Whole, Part::Event));
            }
            [Some("pulls"), Some(pull), Some("reviews"), Some(id)] => {
                let thing = number(pull).map_or(Thing::Other, Thing::Pull);
                return (thing, number(id).map_or(Part::Whole, Part::Review));
            }
            _ => {}
        }
    }
    let thing = match rest {
        [None, ..] => Thing::Repository,
        [Some("issues"), Some(id), ..] => number(id).map_or(Thing::Other, Thing::Issue),
        [Some("pull" | "pulls"), Some(id), ..] => number(id).map_or(Thing::Other, Thing::Pull),
        [Some("discussions"), Some(id), ..] => number(id).map_or(Thing::Other, Thing::Discussion),
        [Some("commit" | "commits"), Some(hash), ..] => Thing::Commit(hash),
        // A tag may have slashes of its own.
        [Some("releases"), Some("tag"), Some(_), _] => {
            path.split_once("/releases/tag/").map_or(Thing::Other, |(_, tag)| Thing::Release(tag))
        }
        _ => Thing::Other,
    };
    (thing, part(thing, fragment))
}

/// A part that is told by its number.
type Numbered = fn(u64) -> Part;

fn part(thing: Thing<'_>, fragment: &str) -> Part {
    let after = |prefix: &str| fragment.strip_prefix(prefix).and_then(|id| id.parse::<u64>().ok());
    let on_line: Numbered = match thing {
        Thing::Commit(_) => Part::CommitComment,
        _ => Part::ReviewComment,
    };
    let forms: [(&str, Numbered); 7] = [
        ("issuecomment-", Part::Comment),
        ("pullrequestreview-", Part::Review),
        ("discussion_r", Part::ReviewComment),
        ("discussioncomment-", Part::DiscussionComment),
        ("commitcomment-", Part::CommitComment),
        ("event-", Part::Event),
        ("r", on_line),
    ];
    forms.iter().find_map(|(prefix, part)| after(prefix).map(part)).unwrap_or(Part::Whole)
}

/// Text without its percent-encoding; what is none, or no UTF-8, stays as it is.
pub fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| *byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(url: &str, host: &str, repository: &str, thing: Thing<'_>, part: Part) {
        let place = Place::parse(url).expect("it is an address");
        let full = place.repository.map(|(owner, name)| format!("{owner}/{name}")).unwrap_or_default();
        assert_eq!((place.host, full.as_str(), place.thing, place.part), (host, repository, thing, part), "{url}");
    }

    #[test]
    fn pages_and_the_api_name_the_same() {
        use Part::{Comment, CommitComment, DiscussionComment, Event, Review, ReviewComment, Whole};
        use Thing::{Commit, Discussion, Issue, Other, Pull, Release, Repository, User};
        let (hub, repo) = ("github.com", "O/r");
        for (url, thing, part) in [
            ("https://github.com/O/r", Repository, Whole),
            ("https://api.github.com/repos/O/r", Repository, Whole),
            ("https://github.com/O/r/issues/7", Issue(7), Whole),
            ("https://api.github.com/repos/O/r/issues/7", Issue(7), Whole),
            ("https://github.com/O/r/pull/7/files#r363", Pull(7), ReviewComment(363)),
            ("https://github.com/O/r/pull/7#discussion_r363", Pull(7), ReviewComment(363)),
            ("https://github.com/O/r/pull/7/files#pullrequestreview-9", Pull(7), Review(9)),
            ("https://api.github.com/repos/O/r/pulls/7/reviews/9", Pull(7), Review(9)),
            ("https://api.github.com/repos/O/r/pulls/comments/363", Other, ReviewComment(363)),
            ("https://github.com/O/r/issues/7#issuecomment-123", Issue(7), Comment(123)),
            ("https://api.github.com/repos/O/r/issues/comments/123", Other, Comment(123)),
            ("https://github.com/O/r/discussions/4#discussioncomment-5", Discussion(4), DiscussionComment(5)),
            ("https://github.com/O/r/commit/abc#commitcomment-6", Commit("abc"), CommitComment(6)),
            ("https://github.com/O/r/commit/abc#r6", Commit("abc"), CommitComment(6)),
            ("https://api.github.com/repos/O/r/comments/6", Other, CommitComment(6)),
            ("https://github.com/O/r/issues/7#event-55", Issue(7), Event(55)),
            ("https://api.github.com/repos/O/r/issues/events/55", Other, Event(55)),
            ("https://github.com/O/r/releases/tag/@a/b%2F1?x=1", Release("@a/b%2F1"), Whole),
            ("https://github.com/O/r/milestones/1", Other, Whole),
        ] {
            check(url, hub, repo, thing, part);
        }
        check("https://github.com/ada", hub, "", User("ada"), Whole);
        check("https://api.github.com/users/ada", hub, "", User("ada"), Whole);
        check("https://git.example.org/api/v3/repos/O/r/issues/7", "git.example.org", repo, Issue(7), Whole);
        check("https://api.acme.ghe.com/repos/O/r/pulls/7", "acme.ghe.com", repo, Pull(7), Whole);
        assert_eq!(Place::parse("ada"), None);
        assert_eq!(decoded("good%20first%20issue%"), "good first issue%");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(https://)?(api\\.)?(github\\.com)?[a-z0-9/#?%é:_r-]{0,40}") {
            Place::parse(&text);
            decoded(&text);
        }
    }
}
