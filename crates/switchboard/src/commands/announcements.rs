//! `switchboard announcements`: written once, drafted for each audience.

use std::io::Write;

use anyhow::Result;
use clap::{Args, Subcommand};
use desk::Announcement;
use insight::announce::drafts;

use super::Done;
use super::record::RecordCommand;
use super::saved::reading;
use crate::printer::{BOLD, FAINT};
use crate::session::Session;
use crate::show;

/// Write an announcement once, and draft it for the list, the blog, the chat and social media
///
/// Fields: title, text, link, day, said, outcome. Nothing is sent.
#[derive(Debug, Args)]
pub struct Announcements {
    #[command(subcommand)]
    command: Option<AnnouncementsCommand>,
}

#[derive(Debug, Subcommand)]
enum AnnouncementsCommand {
    /// The drafts of one, for each audience
    Draft {
        /// Its name
        name: String,
    },
    #[command(flatten)]
    Record(RecordCommand),
}

impl Announcements {
    /// Does it; lists them if nothing else is said.
    pub fn run(self, session: &Session) -> Result<Done> {
        match self.command {
            Some(AnnouncementsCommand::Draft { name }) => draft(session, &name),
            Some(AnnouncementsCommand::Record(command)) => command.run(session, "announcements"),
            None => RecordCommand::List.run(session, "announcements"),
        }
    }
}

fn draft(session: &Session, name: &str) -> Result<Done> {
    let kept = reading(&session.workspace()?)?.record::<Announcement>(name)?;
    let drafts = drafts(&kept.record);
    if session.printer.json {
        session.printer.json(&drafts)?;
    } else {
        session.printer.data(|out| {
            drafts.iter().try_for_each(|draft| {
                let most = draft.most.map(|most| format!(" of {most}")).unwrap_or_default();
                let (audience, characters) = (draft.audience, draft.characters);
                writeln!(
                    out,
                    "{BOLD}{audience}{BOLD:#} {FAINT}{characters} characters{most}. {}{FAINT:#}\n",
                    draft.about
                )?;
                draft.text.lines().try_for_each(|line| writeln!(out, "{}", show::clean(line)))?;
                writeln!(out)
            })
        })?;
    }
    Ok(Done::Found)
}
