//! A row to messages, activities and identities: what all tables share.

use model::{Activity, ActivityKind, Channel, Id, Identity, IdentityKind, Item, Problem, Rows, Stage, Timestamp};
use source::{Context, Normalizer, OptionsError};

use super::collect::Origin;
use super::config::DumpOptions;
use super::row::{Broken, Row};
use super::table::Table;
use super::{history, posts, users, votes};

/// The account that stands for the site itself.
const COMMUNITY: i64 = -1;

/// Gives the function that turns a row into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let options = DumpOptions::checked(context)?;
    let source = context.source.clone();
    let channel = options.channel.unwrap_or_else(|| source.clone());
    Ok(Box::new(move |item, rows| {
        let Some(table) = Table::named(&item.kind) else {
            return rows.problems.push(problem(item, "unknown table", &item.kind));
        };
        let site = Site { source: &source, channel: &channel, url: options.site_url.as_deref() };
        let result = Row::parse(&item.bytes).and_then(|row| Reading { site, item, row, rows }.read(table));
        match result {
            Ok(()) => {}
            Err(Broken::Row) => rows.problems.push(problem(item, "row cannot be read", &item.id)),
            Err(Broken::Value(name)) => {
                let detail = format!("{name} of {}", item.id);
                rows.problems.push(problem(item, "value cannot be read", &detail));
            }
        }
    }))
}

/// The site that all rows are from.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The source's id.
    pub source: &'a str,
    /// The channel's name.
    pub channel: &'a str,
    /// Without a `/` at its end.
    pub url: Option<&'a str>,
}

/// One row on its way into rows.
pub struct Reading<'a> {
    /// Where it is from.
    pub site: Site<'a>,
    /// What is read.
    pub item: &'a Item,
    /// Its attributes.
    pub row: Row<'a>,
    /// What comes of it.
    pub rows: &'a mut Rows,
}

impl Reading<'_> {
    fn read(mut self, table: Table) -> Result<(), Broken> {
        match table {
            Table::Users => users::user(&mut self),
            Table::Badges => users::badge(&mut self),
            Table::Tags => posts::tag(&mut self),
            Table::Posts => posts::post(&mut self),
            Table::Comments => posts::comment(&mut self),
            Table::PostLinks => posts::link(&mut self),
            Table::PostHistory => history::revision(&mut self),
            Table::Votes => votes::vote(&mut self),
        }?;
        // One sighting is enough for all the rows that are normalized one after the other.
        if self.rows.channels.last().is_none_or(|last| last.name != self.site.channel) {
            let (name, kind) = (self.site.channel.to_owned(), "site".to_owned());
            self.rows.channels.push(Channel { name, kind, title: None });
        }
        Ok(())
    }

    /// The row's own number.
    pub fn number(&self) -> i64 {
        self.row.number("Id").unwrap_or_default()
    }

    /// The time in the column `name`; a problem is recorded if there is none or it cannot be.
    pub fn time(&mut self, name: &'static str) -> Option<Timestamp> {
        let time = self.row.time(name);
        if time.is_none() {
            self.rows.problems.push(problem(self.item, "date cannot be", &format!("{name} of {}", self.item.id)));
        }
        time
    }

    /// The id of the post whose number is in the column `name`.
    pub fn post(&self, name: &'static str) -> Option<Id> {
        let number = self.row.number(name)?;
        Some(Id::message(self.site.source, &format!("{}/{number}", Table::Posts.as_str())))
    }

    /// Who it is by: the account whose number is in the column `account`, else the name in the column
    /// `name`, which is all that a deleted account leaves.
    pub fn who(
        &mut self,
        account: &'static str,
        name: &'static str,
        seen: Option<Timestamp>,
    ) -> Result<Option<Id>, Broken> {
        if let Some(number) = self.row.number(account) {
            return Ok(Some(self.account(number, None, seen)));
        }
        let Some(name) = self.row.text(name)?.map(|name| name.trim().to_owned()) else { return Ok(None) };
        if name.is_empty() {
            return Ok(None);
        }
        // So that a name made of digits is not somebody's account.
        let value = if name.parse::<i64>().is_ok() { format!("name {name}") } else { name.clone() };
        let id = Id::identity(self.site.source, &value);
        let (kind, name) = (IdentityKind::Name, Some(name));
        self.rows.identities.push(Identity { id, kind, value, name, email: None, account: None, bot: false, seen });
        Ok(Some(id))
    }

    /// The identity of an account, pushed as seen.
    pub fn account(&mut self, number: i64, name: Option<String>, seen: Option<Timestamp>) -> Id {
        let value = number.to_string();
        let id = Id::identity(self.site.source, &value);
        let (kind, bot) = (IdentityKind::Account, number == COMMUNITY);
        self.rows.identities.push(Identity { id, kind, value, name, email: None, account: None, bot, seen });
        id
    }

    /// An activity that this row tells of, without who did it, when and to what.
    pub fn activity(&self, kind: ActivityKind, detail: impl Into<String>) -> Activity {
        let detail = detail.into();
        Activity {
            order: self.number(),
            detail: (!detail.is_empty()).then_some(detail),
            ..Activity::new(Id::activity(self.site.source, &self.item.id), kind, self.site.channel)
        }
    }
}

fn problem(item: &Item, what: &str, detail: &str) -> Problem {
    let origin = serde_json::from_str::<Origin>(&item.origin).ok();
    let (file, offset) = origin.map_or((item.kind.clone(), None), |origin| (origin.file, Some(origin.offset)));
    Problem { stage: Stage::Normalize, what: what.to_owned(), file, offset, detail: detail.to_owned() }
}
