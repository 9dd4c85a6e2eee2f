//! What is known while an object is read: the source, where it was found, whose it is; and how rows are made.

use model::time::is_plausible;
use model::{Activity, ActivityKind, Channel, Id, Problem, Rows, Stage, Timestamp};

use super::field::{Field, Text};
use super::place::{Place, Thing, decoded};
use super::types::Repository;

/// The site that names without a host belong to.
pub const HUB: &str = "github.com";
/// 2100-01-01: later is nothing that was done.
const LATEST: Timestamp = 4_102_444_800 * model::time::SECOND;

/// A repository. Names are in lower case, so that they are the same however they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repo {
    /// The site: `github.com`, or an Enterprise's own. It is what ids are unique in.
    pub host: String,
    /// `owner/name`, or the name of an organization for what was done to no repository.
    pub name: String,
}

impl Repo {
    /// A repository by its full name on a site.
    pub fn new(host: &str, name: &str) -> Repo {
        Repo { host: host.to_ascii_lowercase(), name: name.to_lowercase() }
    }

    /// The repository of an address.
    pub fn of(place: &Place<'_>) -> Option<Repo> {
        let (owner, name) = place.repository?;
        Some(Repo::new(place.host, &format!("{owner}/{name}")))
    }

    /// The repository that an object describes; in events its `name` is the full one.
    pub fn told(repository: &Repository<'_>) -> Option<Repo> {
        let addresses = [&repository.html_url, &repository.url];
        let place = addresses.into_iter().filter_map(Field::text).find_map(Place::parse);
        let host = place.as_ref().map_or(HUB, |place| place.host);
        let full = repository.full_name.text().or_else(|| repository.name.text().filter(|name| name.contains('/')));
        match full {
            Some(full) => Some(Repo::new(host, full)),
            None => match (place.as_ref().and_then(Repo::of), repository.owner.get(), repository.name.text()) {
                (Some(repo), ..) => Some(repo),
                (None, Some(owner), Some(name)) => Some(Repo::new(host, &format!("{}/{name}", owner.login.text()?))),
                _ => None,
            },
        }
    }
}

/// Something that messages are: its id and its name within the site.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Where it is.
    pub repo: Repo,
    /// What ids are made of: `owner/repo#7`, `comment-123`.
    pub key: String,
    /// The same as people know it: `owner/repo#7/comment-123`.
    pub native: String,
    /// [`Id::message`] of the key.
    pub id: Id,
}

impl Subject {
    /// What is named by its place: an issue, a pull request, a discussion, a release.
    pub fn new(repo: Repo, key: String) -> Subject {
        Subject { id: Id::message(&repo.host, &key), native: key.clone(), key, repo }
    }

    /// The thing that an address names, if it is one that can be talked in.
    pub fn of(place: &Place<'_>) -> Option<Subject> {
        let repo = Repo::of(place)?;
        let key = match place.thing {
            Thing::Issue(number) | Thing::Pull(number) => format!("{}#{number}", repo.name),
            Thing::Discussion(number) => format!("{}/discussions/{number}", repo.name),
            Thing::Release(tag) => format!("{}/releases/{}", repo.name, decoded(tag)),
            Thing::Commit(hash) => format!("{}@{hash}", repo.name),
            _ => return None,
        };
        Some(Subject::new(repo, key))
    }

    /// A part of a thing: a comment or a review. Its number is unique on the site, whatever it is a part of.
    pub fn part(repo: Repo, whole: Option<&Subject>, sort: &str, number: u64) -> Subject {
        let key = format!("{sort}-{number}");
        let native = format!("{}/{key}", whole.map_or(&repo.name, |whole| &whole.native));
        Subject { id: Id::message(&repo.host, &key), native, key, repo }
    }
}

/// Something that was done, on its way to an [`Activity`].
#[derive(Debug, Default)]
pub struct Deed {
    /// What tells it from all others on the site, but its time.
    pub key: String,
    /// Who did it.
    pub who: Option<Id>,
    /// When.
    pub time: Option<Timestamp>,
    /// The message that it was done to.
    pub object: Option<Id>,
    /// A few words; none if empty.
    pub detail: String,
}

/// Objects on their way into rows.
pub struct Reading<'a> {
    /// The source's id.
    pub source: &'a str,
    /// Where rows go.
    pub rows: &'a mut Rows,
    /// The file that is read, for problems.
    pub file: &'a str,
    /// Where in it.
    pub offset: Option<u64>,
    /// The repository of what does not name its own.
    pub repo: Option<Repo>,
}

impl Reading<'_> {
    /// Records a problem. `what` is a short fixed phrase.
    pub fn problem(&mut self, what: &str, detail: &str) {
        let (what, file, detail) = (what.to_owned(), self.file.to_owned(), detail.to_owned());
        self.rows.problems.push(Problem { stage: Stage::Normalize, what, file, offset: self.offset, detail });
    }

    /// The time a field tells; a problem if it cannot be.
    pub fn time(&mut self, name: &str, field: &Text<'_>) -> Option<Timestamp> {
        let text = field.text()?;
        let time = text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_microsecond);
        let time = time.filter(|time| is_plausible(*time, LATEST));
        if time.is_none() {
            self.problem("date cannot be", name);
        }
        time
    }

    /// Notes that something was seen in a repository.
    pub fn channel(&mut self, repo: &Repo, title: Option<&str>) {
        // One sighting is enough for all that is read in a row.
        let known = |last: &Channel| last.name == repo.name && (title.is_none() || last.title.as_deref() == title);
        if !self.rows.channels.last().is_some_and(known) {
            let (name, title) = (repo.name.clone(), title.map(str::to_owned));
            self.rows.channels.push(Channel { name, kind: "repository".to_owned(), title });
        }
    }

    /// Adds an activity that can be done once only, such as giving a star.
    pub fn once(&mut self, kind: ActivityKind, repo: &Repo, deed: Deed) {
        self.channel(repo, None);
        self.rows.activities.push(Activity {
            who: deed.who,
            time: deed.time,
            order: deed.time.unwrap_or_default(),
            object: deed.object.map(|id| id.to_string()),
            detail: (!deed.detail.is_empty()).then_some(deed.detail),
            ..Activity::new(Id::activity(&repo.host, &deed.key), kind, &repo.name)
        });
    }

    /// Adds an activity that may be done again. It is told apart by its minute: the same deed bears times a
    /// second or two apart in a webhook, in an event and in the thing itself.
    pub fn act(&mut self, kind: ActivityKind, repo: &Repo, mut deed: Deed) {
        let minute = deed.time.map(|time| time.div_euclid(60 * model::time::SECOND));
        deed.key = match minute {
            Some(minute) => format!("{}/{minute}", deed.key),
            None => format!("{}/undated", deed.key),
        };
        self.once(kind, repo, deed);
    }
}
