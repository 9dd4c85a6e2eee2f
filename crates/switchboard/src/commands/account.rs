//! `switchboard account`: who of the team gets in, for whoever has the workspace itself.

use std::io::Write;

use anyhow::{Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use desk::{Account as Known, Desk, LinkKind, NewLink, Role};
use model::time::DAY;
use serde_json::{Value, json};

use super::{Done, serve};
use crate::config::Config;
use crate::printer::FAINT;
use crate::session::{self, Session};
use crate::show;

/// Accounts: who of the team may open the pages, and what they may do
#[derive(Debug, Args)]
pub struct Account {
    /// What to do
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    List(List),
    SetUp(SetUp),
    Invite(Invite),
    Reset(Reset),
    Role(Change),
    Disable(Disable),
    Enable(Enable),
    SecondFactor(SecondFactor),
}

/// List the accounts
///
/// Exit code 1 if there are none.
#[derive(Debug, Args)]
struct List {}

/// Print a link to make the first account with; it works once, for a day
#[derive(Debug, Args)]
struct SetUp {}

/// Print a link for somebody to join the team with; it works once, for a week
#[derive(Debug, Args)]
struct Invite {
    /// Who it is for
    name: String,
    /// What they may do
    #[arg(long, value_enum, default_value_t = As::Member)]
    role: As,
}

/// Print a link for somebody to choose another password with; it works once, for a day
#[derive(Debug, Args)]
struct Reset {
    /// The name they sign in with
    name: String,
}

/// Give somebody another role
#[derive(Debug, Args)]
struct Change {
    /// The name they sign in with
    name: String,
    /// What they may do from now on
    #[arg(value_enum)]
    role: As,
}

/// Let somebody in no more: their sessions end at once
#[derive(Debug, Args)]
struct Disable {
    /// The name they sign in with
    name: String,
}

/// Let somebody in again
#[derive(Debug, Args)]
struct Enable {
    /// The name they sign in with
    name: String,
}

/// Turn off the second factor of somebody who lost it
#[derive(Debug, Args)]
struct SecondFactor {
    /// The name they sign in with
    name: String,
    /// Turn it off
    #[arg(long, required = true)]
    off: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    /// Reads; sees no mail addresses and no private channels
    Viewer,
    /// Works at the desk
    Member,
    /// Changes promises, sources and what everybody sees
    Maintainer,
    /// Decides who is in the team
    Administrator,
}

impl As {
    fn role(self) -> Role {
        match self {
            As::Viewer => Role::Viewer,
            As::Member => Role::Member,
            As::Maintainer => Role::Maintainer,
            As::Administrator => Role::Administrator,
        }
    }
}

/// Who did it, in the log: whoever can run this command could change the desk's file as well.
const WHO: &str = "the command line";

impl Account {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        match self.what {
            What::List(_) => list(session),
            What::SetUp(_) => link(session, LinkKind::SetUp, Role::Administrator, None, None, DAY),
            What::Invite(Invite { name, role }) => {
                link(session, LinkKind::Invitation, role.role(), Some(name), None, 7 * DAY)
            }
            What::Reset(Reset { name }) => {
                let (_, account) = find(session, &name)?;
                link(session, LinkKind::Reset, account.role, None, Some(account.id), DAY)
            }
            What::Role(Change { name, role }) => {
                let (mut desk, account) = find(session, &name)?;
                desk.set_role(account.id, role.role(), WHO, session::now())?;
                said(session, &account, &format!("is {} from now on", role.role()))
            }
            What::Disable(Disable { name }) => {
                let (mut desk, account) = find(session, &name)?;
                desk.disable_account(account.id, WHO, session::now())?;
                said(session, &account, "is let in no more")
            }
            What::Enable(Enable { name }) => {
                let (mut desk, account) = find(session, &name)?;
                desk.enable_account(account.id, WHO, session::now())?;
                said(session, &account, "is let in again")
            }
            What::SecondFactor(SecondFactor { name, off: _ }) => {
                let (mut desk, account) = find(session, &name)?;
                desk.turn_factor_off(account.id, WHO, session::now())?;
                said(session, &account, "has no second factor")
            }
        }
    }
}

fn list(session: &Session) -> Result<Done> {
    let workspace = session.workspace()?;
    let accounts = match workspace.desk().exists() {
        true => Desk::open(&workspace.desk())?.accounts()?,
        false => Vec::new(),
    };
    if session.printer.json {
        session.printer.json(&accounts.iter().map(line).collect::<Vec<_>>())?;
    } else if accounts.is_empty() {
        session.printer.note("there are no accounts; `switchboard account set-up` begins with the first");
    } else {
        let row = |account: &Known| {
            let seen = account.seen.map_or_else(|| "never".to_owned(), show::day);
            let factor = if account.has_factor { "on" } else { "off" };
            let state = if account.disabled.is_some() { "not let in" } else { "" };
            let names = [show::clean(&account.sign_in).into_owned(), show::clean(&account.name).into_owned()];
            let rest = [account.role.to_string(), factor.to_owned(), seen, state.to_owned()];
            names.into_iter().chain(rest).collect()
        };
        let head = ["signs in as", "name", "role", "second factor", "last signed in", ""];
        let rows: Vec<Vec<String>> = accounts.iter().map(row).collect();
        session.printer.data(|out| {
            show::columns(out, &head, &rows, &[])?;
            writeln!(out, "\n{FAINT}`switchboard account reset NAME` gives a link for another password.{FAINT:#}")
        })?;
    }
    Ok(if accounts.is_empty() { Done::NotFound } else { Done::Found })
}

/// Makes a link and prints it: to stdout alone, because whoever has it can use it.
fn link(
    session: &Session,
    kind: LinkKind,
    role: Role,
    name: Option<String>,
    account: Option<i64>,
    lasts: i64,
) -> Result<Done> {
    let workspace = session.workspace()?;
    let now = session::now();
    let expires = now.saturating_add(lasts);
    let new = NewLink { kind, role, name, account, who: WHO.to_owned(), expires };
    let secret = Desk::open(&workspace.desk())?.new_link(&new, now, random()?)?;
    let address = format!("{}{}{secret}", origin(&workspace.config()?), kind.path());
    if session.printer.json {
        session.printer.json(&json!({ "link": address, "expires": expires }))?;
    } else {
        session.printer.data(|out| writeln!(out, "{address}"))?;
    }
    session.printer.note(format_args!("it works once, until {}, while `switchboard serve` runs", show::time(expires)));
    Ok(Done::Found)
}

/// The link to make the first account with, if there is none yet.
pub fn set_up_link(desk: &std::path::Path, origin: &str) -> Result<Option<String>> {
    let mut desk = Desk::open(desk)?;
    if desk.has_accounts()? {
        return Ok(None);
    }
    let (kind, role, now) = (LinkKind::SetUp, Role::Administrator, session::now());
    let new = NewLink { kind, role, name: None, account: None, who: WHO.to_owned(), expires: now.saturating_add(DAY) };
    let secret = desk.new_link(&new, now, random()?)?;
    Ok(Some(format!("{origin}{}{secret}", kind.path())))
}

/// Where people reach the pages: the configured address, else where they are served.
fn origin(config: &Config) -> String {
    match &config.server.address {
        Some(address) => address.trim_end_matches('/').to_owned(),
        None => {
            let scheme = if config.server.certificate.is_some() { "https" } else { "http" };
            let listening = config.server.listen.unwrap_or(serve::LISTEN);
            format!("{scheme}://{listening}")
        }
    }
}

fn find(session: &Session, name: &str) -> Result<(Desk, Known)> {
    let desk = Desk::open(&session.workspace()?.desk())?;
    match desk.account_by_name(name)? {
        Some(account) => Ok((desk, account)),
        None => bail!("nobody signs in as `{}`; `switchboard account list` lists everybody", show::clean(name)),
    }
}

fn said(session: &Session, account: &Known, what: &str) -> Result<Done> {
    session.printer.note(format_args!("{} {what}", show::clean(&account.name)));
    if session.printer.json {
        session.printer.json(&line(account))?;
    }
    Ok(Done::Found)
}

fn random() -> Result<[u8; 32]> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| anyhow::anyhow!("the system gives no random bytes: {error}"))?;
    Ok(random)
}

fn line(account: &Known) -> Value {
    let Known { sign_in, name, role, has_factor, has_password, made, seen, disabled, .. } = account;
    json!({ "sign_in": sign_in, "name": name, "role": role.as_str(), "second_factor": has_factor,
        "password": has_password, "made": made, "seen": seen, "disabled": disabled })
}
