//! `switchboard correct`: a person's word on a conversation or a line of chat, which then stands.

use anyhow::Result;
use clap::{Args, ValueEnum};
use desk::{Decision, Desk, Kind, NONE};
use model::Id;
use serde_json::json;

use super::Done;
use crate::cli::{Wait, usage};
use crate::lock::Lock;
use crate::pipeline::Pipeline;
use crate::session::{self, Session};

/// Say what is right: your word stands from then on, also through `rebuild`
///
/// Corrections of asked tiers teach: from ten on, what this community corrected counts for its other
/// conversations as well. `auto` takes a correction back.
#[derive(Debug, Args)]
pub struct Correct {
    /// The conversation's or message's id
    id: String,
    /// What is to be corrected
    #[arg(value_enum)]
    what: What,
    /// A tier (0 to 4), the id of the line that is answered, `none`, or `auto` to take the correction back
    value: String,
    /// Why, for those who come after
    #[arg(long)]
    note: Option<String>,
    /// Who says so
    #[arg(long = "by", value_name = "NAME", env = "USER", default_value = "somebody")]
    who: String,
    /// How long to wait.
    #[command(flatten)]
    wait: Wait,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The tier that a conversation asks for
    Asked,
    /// The tier that a conversation took
    Observed,
    /// The line that a line of chat answers
    Answers,
}

impl Correct {
    /// Records it and brings the tables up to it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let value = self.value()?;
        if Id::parse(&self.id).is_none_or(|id| !id.as_str().starts_with('m')) {
            return Err(usage(format!("`{}` is no id of a conversation or message", self.id)));
        }
        let workspace = session.workspace()?;
        let printer = &session.printer;
        let _lock = Lock::take(&workspace, "correct", self.wait.duration(), printer)?;
        let config = workspace.config()?;
        let kind = match self.what {
            What::Asked => Kind::AskedTier,
            What::Observed => Kind::ObservedTier,
            What::Answers => Kind::Answers,
        };
        let decision = Decision { value, note: self.note, ..Decision::new(session::now(), &self.who, &self.id, kind) };
        Desk::open(&workspace.desk())?.decide(&decision)?;
        Pipeline { workspace: &workspace, config: &config, printer }.derive()?;
        match decision.value {
            Some(_) => printer.note(format_args!("noted; `switchboard explain {}` shows it", self.id)),
            None => printer.note("taken back: it is as the program thinks"),
        }
        if printer.json {
            printer.json(&json!({ "id": self.id, "kind": kind.as_str(), "value": decision.value }))?;
        }
        Ok(Done::Found)
    }

    /// The value to write; none to take a correction back.
    fn value(&self) -> Result<Option<String>> {
        let tier = |text: &str| text.parse::<u8>().is_ok_and(|tier| tier <= 4);
        match (self.value.as_str(), self.what) {
            ("auto", _) => Ok(None),
            (NONE, _) => Ok(Some(NONE.to_owned())),
            (value, What::Asked | What::Observed) if tier(value) => Ok(Some(value.to_owned())),
            (value, What::Answers) if Id::parse(value).is_some() => Ok(Some(value.to_owned())),
            (value, What::Answers) => Err(usage(format!("`{value}` is no id; write a message's id, none or auto"))),
            (value, _) => Err(usage(format!("`{value}` is no tier; write 0 to 4, none or auto"))),
        }
    }
}
