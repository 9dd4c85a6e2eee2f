//! Writing rows: what the readers of all backends share.

use model::{Activity, ActivityKind, Channel, Id, Identity, IdentityKind, Message, Problem, Rows, Stage, Timestamp};

/// An item on its way into rows.
pub struct Scribe<'a> {
    /// The source's id.
    pub source: &'a str,
    /// Where Perceval fetched it: an address of a site, a repository, a list.
    pub origin: &'a str,
    /// The item's `uuid`.
    pub uuid: &'a str,
    /// What ids are unique in: the host of the origin.
    pub site: String,
    /// The channel's name.
    pub channel: String,
    /// True if the configuration names one channel for everything.
    pub fixed: bool,
    /// When the item was changed last.
    pub updated: Option<Timestamp>,
    /// Where rows go.
    pub rows: &'a mut Rows,
    /// The file, and where in it.
    pub place: (&'a str, u64),
}

/// What a site tells of an account, apart from what makes it this one.
#[derive(Debug, Default, Clone, Copy)]
pub struct Known<'a> {
    /// The name shown.
    pub name: Option<&'a str>,
    /// Its address.
    pub email: Option<&'a str>,
    /// Whether it is a bot.
    pub bot: bool,
    /// When it was seen.
    pub seen: Option<Timestamp>,
}

/// Something that was done.
#[derive(Debug, Default, Clone)]
pub struct Deed {
    /// What tells it from all others on the site.
    pub key: String,
    /// Who did it.
    pub who: Option<Id>,
    /// When.
    pub time: Option<Timestamp>,
    /// The message or event that it was done to.
    pub object: Option<Id>,
    /// A few words; none if empty.
    pub detail: String,
}

/// Characters of a detail that are kept.
const DETAIL: usize = 200;

impl Scribe<'_> {
    /// Names the channel and tells of it; `kind` is the field's word: `repository`, `chat`, `site`.
    pub fn place(&mut self, name: &str, kind: &str, title: Option<&str>) {
        if !self.fixed && !name.is_empty() {
            self.channel = name.to_owned();
        }
        let (name, title) = (self.channel.clone(), title.filter(|title| !title.is_empty()).map(str::to_owned));
        self.rows.channels.push(Channel { name, kind: kind.to_owned(), title });
    }

    /// The id of the message that is called `native` on this site.
    pub fn id(&self, native: &str) -> Id {
        Id::message(&self.site, native)
    }

    /// A message of which only its name and text are known.
    pub fn message(&self, native: impl Into<String>, body: impl Into<String>, time: Option<Timestamp>) -> Message {
        let (native, body) = (native.into(), body.into());
        let body = if body.contains('\r') { body.replace("\r\n", "\n") } else { body };
        let order = time.unwrap_or_default();
        Message { time, order, ..Message::new(self.id(&native), native, self.channel.clone(), body) }
    }

    /// The identity of the account `name` on this site, pushed as seen.
    pub fn account(&mut self, name: &str, known: Known<'_>) -> Id {
        let account = format!("{}/{}", self.site, name.trim().to_lowercase());
        let bot = known.bot || name.ends_with("[bot]");
        let shown = known.name.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(name);
        let identity = Identity {
            name: Some(shown.to_owned()),
            email: known.email.and_then(address),
            account: Some(account.clone()),
            bot,
            seen: known.seen,
            ..Identity::new(self.source, IdentityKind::Account, account)
        };
        self.push(identity)
    }

    /// Somebody of whom no account is known: by address, else by name.
    pub fn somebody(&mut self, known: Known<'_>) -> Option<Id> {
        let name = known.name.map(str::trim).filter(|name| !name.is_empty());
        let email = known.email.and_then(address);
        let (kind, value) = match (&email, name) {
            (Some(email), _) => (IdentityKind::Email, email.clone()),
            (None, name) => (IdentityKind::Name, name?.to_lowercase()),
        };
        let name = name.map(str::to_owned);
        Some(self.push(Identity {
            name,
            email,
            bot: known.bot,
            seen: known.seen,
            ..Identity::new(self.source, kind, value)
        }))
    }

    /// Pushes an identity and gives its id.
    pub fn push(&mut self, identity: Identity) -> Id {
        let id = identity.id;
        self.rows.identities.push(identity);
        id
    }

    /// Tells of something that was done.
    pub fn did(&mut self, kind: ActivityKind, deed: Deed) {
        let detail: String = deed.detail.chars().take(DETAIL).collect();
        self.rows.activities.push(Activity {
            who: deed.who,
            time: deed.time,
            order: deed.time.unwrap_or_default(),
            object: deed.object.map(|id| id.to_string()),
            detail: (!detail.is_empty()).then_some(detail),
            ..Activity::new(Id::activity(&self.site, &deed.key), kind, self.channel.clone())
        });
    }

    /// Records a problem. `what` is a short fixed phrase; `detail` no body and no address.
    pub fn problem(&mut self, what: &str, detail: &str) {
        let (what, file, detail) = (what.to_owned(), self.place.0.to_owned(), detail.to_owned());
        let (stage, offset) = (Stage::Normalize, Some(self.place.1));
        self.rows.problems.push(Problem { stage, what, file, offset, detail });
    }
}

/// An address in lower case, if it is one.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, host) = text.rsplit_once('@')?;
    let fits = !local.is_empty() && host.contains('.') && !text.contains(char::is_whitespace);
    fits.then(|| text.to_lowercase())
}

/// The host of a web address, in lower case; without a scheme what stands before the first slash.
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.rsplit('@').next().unwrap_or(host).to_lowercase()
}

/// The path of a web address, without slashes at its ends.
pub fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    path.split(['?', '#']).next().unwrap_or(path).trim_matches('/')
}
