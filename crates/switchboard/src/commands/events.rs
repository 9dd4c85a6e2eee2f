//! `switchboard events`: the calendar, and what is planned.

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, Subcommand};
use insight::calendar::icalendar;
use insight::views::{EventView, Events as Calendar};

use super::Done;
use super::record::RecordCommand;
use crate::community;
use crate::printer::{BOLD, Out};
use crate::session::Session;
use crate::show;

/// Show the calendar, and write down what is planned for an event
///
/// A plan is kept under the event's id (`events keep --name ID …`), or under a name of its own for one that no calendar has.
/// Fields: title, starts, ends, place, url, cfp, going, talks, gatherings, budget, outcome.
#[derive(Debug, Args)]
pub struct Events {
    #[command(subcommand)]
    command: Option<EventsCommand>,
    /// Print it as iCalendar (RFC 5545), for other programs
    #[arg(long)]
    ics: bool,
    /// At most so many of each kind
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
}

#[derive(Debug, Subcommand)]
enum EventsCommand {
    #[command(flatten)]
    Plan(RecordCommand),
}

impl Events {
    /// Does it; shows the calendar if nothing else is said.
    pub fn run(self, session: &Session) -> Result<Done> {
        if let Some(EventsCommand::Plan(command)) = self.command {
            return command.run(session, "events");
        }
        let workspace = session.workspace()?;
        let community = community::open(&workspace, &workspace.config()?)?;
        let mut events = community.calendar()?;
        let empty = events.coming.is_empty() && events.past.is_empty();
        let printer = &session.printer;
        if self.ics {
            let all: Vec<EventView> = events.coming.into_iter().chain(events.past).collect();
            let text = icalendar(&community.settings().community, &all, community.now().time);
            printer.data(|out| out.write_all(text.as_bytes()))?;
        } else if printer.json {
            printer.json(&events)?;
        } else {
            events.coming.truncate(self.limit);
            events.past.truncate(self.limit);
            printer.data(|out| print(out, &events))?;
        }
        Ok(if empty { Done::NotFound } else { Done::Found })
    }
}

fn print(out: &mut Out, events: &Calendar) -> io::Result<()> {
    for (heading, list) in [("Coming", &events.coming), ("Past", &events.past)] {
        writeln!(out, "{BOLD}{heading}{BOLD:#}")?;
        let row = |event: &EventView| {
            let when = event.starts.map_or_else(|| "no date yet".to_owned(), show::day);
            let off = if event.cancelled { " (called off)" } else { "" };
            let place = event.place.as_deref().unwrap_or_default();
            let title = format!("{}{off}", show::clean(&show::cut(&event.title, 60)));
            vec![when, title, show::clean(&show::cut(place, 40)).into_owned(), event.id.clone()]
        };
        let rows: Vec<_> = list.iter().map(row).collect();
        show::columns(out, &["when", "event", "where", "id"], &rows, &[])?;
    }
    Ok(())
}
