//! `switchboard stories`: leads, and stories on their way to being published.

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, Subcommand};
use insight::views::StoryLead;

use super::Done;
use super::record::RecordCommand;
use crate::community;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// Show messages in which somebody tells how they use the project, and keep track of whom you asked
///
/// A story is kept under the id of the message that told it (`stories keep --name ID …`). Fields: title, state (lead, asked,
/// drafted, published, declined), person, message, quote, consent, consent_note, draft, link.
#[derive(Debug, Args)]
pub struct Stories {
    #[command(subcommand)]
    command: Option<StoriesCommand>,
    /// At most so many leads
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
}

#[derive(Debug, Subcommand)]
enum StoriesCommand {
    #[command(flatten)]
    Story(RecordCommand),
}

impl Stories {
    /// Does it; shows the leads if nothing else is said.
    pub fn run(self, session: &Session) -> Result<Done> {
        if let Some(StoriesCommand::Story(command)) = self.command {
            return command.run(session, "stories");
        }
        let workspace = session.workspace()?;
        let community = community::open(&workspace, &workspace.config()?)?;
        let stories = community.stories(0, self.limit)?;
        match session.printer.json {
            true => session.printer.json(&stories)?,
            false => session.printer.data(|out| stories.leads.iter().try_for_each(|lead| print(out, lead)))?,
        }
        Ok(if stories.leads.is_empty() { Done::NotFound } else { Done::Found })
    }
}

fn print(out: &mut Out, lead: &StoryLead) -> io::Result<()> {
    let who = lead.person.as_ref().map_or("somebody", |person| person.name.as_str());
    let (title, id) = (show::cut(&lead.conversation.title, 80), &lead.message);
    writeln!(out, "{BOLD}{}{BOLD:#} {FAINT}{id}{FAINT:#}", show::clean(&title))?;
    writeln!(out, "  {FAINT}{}, {}{FAINT:#}", show::clean(who), show::day(lead.time))?;
    writeln!(out, "  {}\n", show::clean(&lead.lead))
}
