//! The deeds: taking, releasing, handing over, parking, resolving, tagging, linking, noting.

use anyhow::Result;
use clap::Args;
use desk::{Change, Deed};

use super::{By, Room, until};
use crate::commands::Done;
use crate::session::Session;

/// Which cases, and who acts.
#[derive(Debug, Args)]
struct Which {
    /// The cases' ids
    #[arg(value_name = "CASE", required = true)]
    cases: Vec<String>,
    /// Who.
    #[command(flatten)]
    by: By,
}

/// Which case, and who acts.
#[derive(Debug, Args)]
struct Who {
    /// Who.
    #[command(flatten)]
    by: By,
}

impl Which {
    fn change(self, session: &Session, change: impl FnOnce(&Room<'_>) -> Result<Change>) -> Result<Done> {
        let room = Room::enter(session, self.by)?;
        let ids = room.find_all(&self.cases)?;
        let change = change(&room)?;
        room.change(&ids, &[change])
    }
}

fn one(session: &Session, by: By, case: &str, changes: impl FnOnce(&Room<'_>) -> Result<Vec<Change>>) -> Result<Done> {
    let room = Room::enter(session, by)?;
    let id = room.find(case)?;
    let changes = changes(&room)?;
    room.change(&[id], &changes)
}

fn because(deed: Deed, why: Option<String>) -> Change {
    Change { deed, note: why }
}

/// Take cases: you have them from now on
///
/// What another has is not taken unless you say --force; the error says who has it and since when.
#[derive(Debug, Args)]
pub struct Take {
    #[command(flatten)]
    which: Which,
    /// Even if another has it
    #[arg(long)]
    force: bool,
}

impl Take {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let force = self.force;
        self.which.change(session, |room| Ok(Deed::Take { holder: room.who.clone(), force }.into()))
    }
}

/// Give cases back: nobody has them any more
#[derive(Debug, Args)]
pub struct Release {
    #[command(flatten)]
    which: Which,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

impl Release {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        self.which.change(session, |_| Ok(because(Deed::Release, self.why)))
    }
}

/// Give a case to somebody
#[derive(Debug, Args)]
pub struct Assign {
    /// The case's id
    #[arg(value_name = "CASE")]
    case: String,
    /// Who has it from now on, by the name they go by on the desk
    #[arg(value_name = "NAME")]
    name: String,
    /// Even if another has it
    #[arg(long)]
    force: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    #[command(flatten)]
    who: Who,
}

impl Assign {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let deed = Deed::Take { holder: self.name, force: self.force };
        one(session, self.who.by, &self.case, |_| Ok(vec![because(deed, self.why)]))
    }
}

/// Hand a case over to another support tier
#[derive(Debug, Args)]
pub struct HandOver {
    /// The case's id
    #[arg(value_name = "CASE")]
    case: String,
    /// The tier, 0 to 4: `switchboard tiers` shows who helps there
    #[arg(value_name = "TIER", value_parser = clap::value_parser!(u8).range(0..=4))]
    tier: u8,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// The conversation that it goes on in, by its id: an issue, a mail to the maintainers
    #[arg(long, value_name = "ID")]
    next: Option<String>,
    #[command(flatten)]
    who: Who,
}

impl HandOver {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let HandOver { case, tier, why, next, who } = self;
        one(session, who.by, &case, |room| {
            let next = next.map(|next| room.find(&next)).transpose()?;
            Ok(vec![because(Deed::HandOver { tier, next }, why)])
        })
    }
}

/// Park a case until a time; it comes back then, or when the asker writes again
#[derive(Debug, Args)]
pub struct Park {
    /// The case's id
    #[arg(value_name = "CASE")]
    case: String,
    /// Until when: `7d`, `2 weeks`, `2031-05-31`
    #[arg(value_name = "UNTIL")]
    until: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    #[command(flatten)]
    who: Who,
}

impl Park {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        one(session, self.who.by, &self.case, |room| {
            let until = until::read(&self.until, &room.community)?;
            Ok(vec![because(Deed::Park { until }, self.why)])
        })
    }
}

/// Say that cases are done; they come back when the asker writes again
#[derive(Debug, Args)]
pub struct Resolve {
    #[command(flatten)]
    which: Which,
    /// How
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

impl Resolve {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        self.which.change(session, |_| Ok(because(Deed::Resolve, self.why)))
    }
}

/// Say that cases need somebody after all, whatever was decided and whatever the channel says
#[derive(Debug, Args)]
pub struct Reopen {
    #[command(flatten)]
    which: Which,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

impl Reopen {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        self.which.change(session, |_| Ok(because(Deed::Reopen, self.why)))
    }
}

/// Say that conversations ask for no help; that holds until you reopen them
#[derive(Debug, Args)]
pub struct NotAQuestion {
    #[command(flatten)]
    which: Which,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

impl NotAQuestion {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        self.which.change(session, |_| Ok(because(Deed::NotQuestion, self.why)))
    }
}

/// Write a note on a case, for those who come after
#[derive(Debug, Args)]
pub struct Note {
    /// The case's id
    #[arg(value_name = "CASE")]
    case: String,
    /// The note
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
    #[command(flatten)]
    who: Who,
}

impl Note {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        one(session, self.who.by, &self.case, |_| Ok(vec![Change::note(self.text.join(" "))]))
    }
}

/// Give a case tags
#[derive(Debug, Args)]
pub struct Tag {
    /// The case's id
    #[arg(value_name = "CASE")]
    case: String,
    /// The tags, one word each
    #[arg(value_name = "TAG", required = true)]
    tags: Vec<String>,
    #[command(flatten)]
    who: Who,
}

impl Tag {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let changes = self.tags.into_iter().map(|tag| Deed::Tag(tag.to_lowercase()).into()).collect();
        one(session, self.who.by, &self.case, |_| Ok(changes))
    }
}

/// Take tags off a case
#[derive(Debug, Args)]
pub struct Untag {
    /// The case's id
    #[arg(value_name = "CASE")]
    case: String,
    /// The tags
    #[arg(value_name = "TAG", required = true)]
    tags: Vec<String>,
    #[command(flatten)]
    who: Who,
}

impl Untag {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let changes = self.tags.into_iter().map(|tag| Deed::Untag(tag.to_lowercase()).into()).collect();
        one(session, self.who.by, &self.case, |_| Ok(changes))
    }
}

/// Link two cases that belong together
#[derive(Debug, Args)]
pub struct Link {
    /// The case's id
    #[arg(value_name = "CASE")]
    case: String,
    /// The other's
    #[arg(value_name = "OTHER")]
    other: String,
    #[command(flatten)]
    who: Who,
}

impl Link {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        one(session, self.who.by, &self.case, |room| Ok(vec![Deed::Link(room.find(&self.other)?).into()]))
    }
}

/// Take the link between two cases away
#[derive(Debug, Args)]
pub struct Unlink {
    /// The case's id
    #[arg(value_name = "CASE")]
    case: String,
    /// The other's
    #[arg(value_name = "OTHER")]
    other: String,
    #[command(flatten)]
    who: Who,
}

impl Unlink {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        one(session, self.who.by, &self.case, |room| Ok(vec![Deed::Unlink(room.find(&self.other)?).into()]))
    }
}
