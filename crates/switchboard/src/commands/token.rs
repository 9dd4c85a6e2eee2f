//! `switchboard token`: who of programs and assistants is let in, and what they may do.

use std::io::Write;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use desk::{Desk, NewToken, Scope, Scopes, Token as Known};
use model::time::DAY;
use serde_json::{Value, json};

use super::Done;
use crate::printer::FAINT;
use crate::session::{self, Session};
use crate::{cli, show};

/// Tokens: let programs and assistants in, and out again
#[derive(Debug, Args)]
pub struct Token {
    /// What to do
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    New(New),
    List(List),
    Revoke(Revoke),
}

/// Make a token: it is printed once, and cannot be had again
#[derive(Debug, Args)]
struct New {
    /// What to call it, such as the program that will use it
    name: String,
    /// What it may do; to read is in every token
    #[arg(long = "scope", value_enum, value_delimiter = ',')]
    scopes: Vec<May>,
    /// For how many days it is let in
    #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = clap::value_parser!(i64).range(1..=3_650))]
    days: i64,
    /// Who makes it
    #[arg(long = "by", value_name = "NAME", env = "USER", default_value = "somebody")]
    who: String,
}

/// List the tokens, without their secrets
///
/// Exit code 1 if there are none.
#[derive(Debug, Args)]
struct List {
    /// Those too that are let in no more
    #[arg(long)]
    all: bool,
}

/// Take a token back: it is let in no more
#[derive(Debug, Args)]
struct Revoke {
    /// Its name
    name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum May {
    /// Ask everything but SQL, without mail addresses
    Read,
    /// Change what stands on the desk
    Write,
    /// See mail addresses and accounts
    Addresses,
    /// Ask the tables in SQL
    Sql,
}

impl May {
    fn scope(self) -> Scope {
        match self {
            May::Read => Scope::Read,
            May::Write => Scope::Write,
            May::Addresses => Scope::Addresses,
            May::Sql => Scope::Sql,
        }
    }
}

impl Token {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        match self.what {
            What::New(new) => new.run(session),
            What::List(list) => list.run(session),
            What::Revoke(revoke) => revoke.run(session),
        }
    }
}

impl New {
    fn run(self, session: &Session) -> Result<Done> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().any(char::is_control) || name.chars().count() > 100 {
            return Err(cli::usage("the token's name must be a line of 1 to 100 characters"));
        }
        let workspace = session.workspace()?;
        let made = session::now();
        let scopes = Scopes::of(self.scopes.iter().map(|may| may.scope()));
        let expires = made.saturating_add(self.days.saturating_mul(DAY));
        let token = NewToken { name: name.to_owned(), scopes, who: self.who, made, expires: Some(expires) };
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(|error| anyhow::anyhow!("the system gives no random bytes: {error}"))?;
        let secret = Desk::open(&workspace.desk())?.new_token(&token, random)?;
        if session.printer.json {
            session.printer.json(&json!({ "name": token.name, "token": secret, "scopes": scopes.to_string(),
                "expires": expires }))?;
        } else {
            session.printer.data(|out| writeln!(out, "{secret}"))?;
        }
        session.printer.note(format_args!(
            "keep it where only the program can read it: it is not shown again. It may {scopes}, until {}",
            show::day(expires)
        ));
        Ok(Done::Found)
    }
}

impl List {
    fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let now = session::now();
        let mut tokens = match workspace.desk().exists() {
            true => Desk::open(&workspace.desk())?.tokens()?,
            false => Vec::new(),
        };
        tokens.retain(|token| self.all || state(token, now) == "let in");
        if session.printer.json {
            session.printer.json(&tokens.iter().map(|token| line(token, now)).collect::<Vec<_>>())?;
        } else if tokens.is_empty() {
            session.printer.note("no token is let in; `switchboard token new NAME` makes one");
        } else {
            let day = |time: Option<i64>| time.map_or_else(|| "never".to_owned(), show::day);
            let row = |token: &Known| {
                let scopes = token.scopes.to_string();
                let state = state(token, now).to_owned();
                vec![token.name.clone(), scopes, show::day(token.made), day(token.expires), day(token.last_used), state]
            };
            let head = ["token", "may", "made", "expires", "last used", ""];
            session.printer.data(|out| {
                show::columns(out, &head, &tokens.iter().map(row).collect::<Vec<_>>(), &[])?;
                writeln!(out, "\n{FAINT}`switchboard token revoke NAME` takes one back.{FAINT:#}")
            })?;
        }
        Ok(if tokens.is_empty() { Done::NotFound } else { Done::Found })
    }
}

impl Revoke {
    fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let revoked = Desk::open(&workspace.desk())
            .and_then(|mut desk| desk.revoke_token(&self.name, session::now()))
            .context("cannot take it back")?;
        if !revoked {
            bail!("no token `{}` is let in; `switchboard token list` lists them", show::clean(&self.name));
        }
        session.printer.note(format_args!("`{}` is let in no more", show::clean(&self.name)));
        if session.printer.json {
            session.printer.json(&json!({ "name": self.name, "revoked": true }))?;
        }
        Ok(Done::Found)
    }
}

/// How a token stands at the time `now`.
fn state(token: &Known, now: i64) -> &'static str {
    match (token.revoked, token.expires) {
        (Some(_), _) => "revoked",
        (None, Some(expires)) if expires <= now => "expired",
        _ => "let in",
    }
}

fn line(token: &Known, now: i64) -> Value {
    let Known { name, scopes, who, made, expires, revoked, last_used, .. } = token;
    json!({ "name": name, "scopes": scopes.to_string(), "who": who, "made": made, "expires": expires,
        "revoked": revoked, "last_used": last_used, "state": state(token, now) })
}
