//! `switchboard search`: what was said and written, who is called so, what takes place.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use insight::Page;
use insight::query::Query;
use insight::views::{FoundConversation, FoundEvent, SearchView};

use super::Done;
use crate::printer::{BOLD, FAINT, GOOD, Out};
use crate::session::Session;
use crate::{cli, community, show};

/// Search messages, documents, people and events, by words and by meaning
///
/// Exit code 1 if nothing was found.
#[derive(Debug, Args)]
#[command(after_help = "\
What a query may hold (put all of it in quotes: 'reactor -windows \"connection lost\" is:unanswered'):
  words             messages with all of them first, then with some, or about the same
  \"a phrase\"        these words beside each other; error messages and lines of traces as they are
  -word             without it; also before a filter
  from:ada          written by somebody of that name, id or address
  in:list           in that source or channel, or in:list/dev
  tier:3  tier:2-4  what the conversation asks for
  after:2024-05  before:7d   also 2024, 2024-05-31, today, yesterday, 3w, 2m, 1y
  is:unanswered     waiting, answered, resolved, question, overdue, mine, nobody, parked …
  has:code          trace, log, diff, link, attachment
  who:ada  tag:tls  who has the case; a topic or a tag
  in:list,chat      either of them")]
pub struct Search {
    /// What to look for
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Look for the words alone, not for what they mean
    #[arg(long)]
    words: bool,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    limit: usize,
    /// Pass over so many first
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    offset: usize,
}

impl Search {
    /// Searches.
    pub fn run(self, session: &Session) -> Result<Done> {
        let text = joined(&self.query);
        if text.trim().is_empty() {
            return Err(cli::usage("the query is empty"));
        }
        let workspace = session.workspace()?;
        let community = community::open(&workspace, &workspace.config()?)?;
        let query = Query::parse(&text, community.now().time, None);
        let query = Query { words_only: self.words, me: std::env::var("USER").ok(), ..query };
        let found = community.search(&query, Page { offset: self.offset, limit: self.limit })?;
        let nothing = found.found.is_empty() && found.people.is_empty() && found.events.is_empty();
        if session.printer.json {
            session.printer.json(&found)?;
        } else {
            found.notes.iter().for_each(|note| session.printer.note(show::clean(note)));
            session.printer.data(|out| print(out, &found))?;
            if nothing {
                session.printer.note(advice(&query, self.offset));
            } else if found.more {
                let next = self.offset.saturating_add(found.found.len());
                session.printer.note(format_args!("there is more: --offset {next}"));
            }
        }
        Ok(if nothing { Done::NotFound } else { Done::Found })
    }
}

/// The arguments as one query. A shell takes quotes away: an argument with blanks beside others was a phrase, or a
/// filter's value.
fn joined(arguments: &[String]) -> String {
    if let [only] = arguments {
        return only.clone();
    }
    let argument = |argument: &String| match argument.split_once(':') {
        _ if !argument.contains(char::is_whitespace) || argument.contains('"') => argument.clone(),
        Some((name, value)) if !name.contains(char::is_whitespace) => format!("{name}:\"{value}\""),
        _ => format!("\"{argument}\""),
    };
    arguments.iter().map(argument).collect::<Vec<_>>().join(" ")
}

/// What else to try.
fn advice(query: &Query, offset: usize) -> &'static str {
    if offset > 0 {
        "there is nothing so far behind; try a smaller --offset"
    } else if !query.filter.is_empty() {
        "nothing fits; try without a filter"
    } else if !query.phrases.is_empty() || !query.without.is_empty() {
        "nothing fits; try the words without quotes, or leave none out"
    } else {
        "nothing was found; try fewer or other words, or `switchboard ask` with a whole question"
    }
}

fn print(out: &mut Out, view: &SearchView) -> io::Result<()> {
    if !view.people.is_empty() {
        writeln!(out, "{BOLD}People{BOLD:#}")?;
        for person in &view.people {
            writeln!(out, "  {} {FAINT}{}{FAINT:#}", show::clean(&person.name), person.id)?;
        }
        writeln!(out)?;
    }
    if !view.events.is_empty() {
        writeln!(out, "{BOLD}Events{BOLD:#}")?;
        view.events.iter().try_for_each(|event| print_event(out, event))?;
        writeln!(out)?;
    }
    view.found.iter().try_for_each(|found| print_found(out, found))
}

fn print_event(out: &mut Out, event: &FoundEvent) -> io::Result<()> {
    let starts = event.starts.map_or_else(String::new, |starts| format!("{} ", show::day(starts)));
    let place = event.place.as_deref().map_or_else(String::new, |place| format!(", {place}"));
    writeln!(out, "  {FAINT}{starts}{FAINT:#}{}{}", show::clean(&event.title), show::clean(&place))
}

fn print_found(out: &mut Out, found: &FoundConversation) -> io::Result<()> {
    let conversation = &found.conversation;
    writeln!(out, "{BOLD}{}{BOLD:#}", show::clean(&show::cut(&conversation.title, 90)))?;
    let mut facts = vec![show::place(conversation)];
    facts.extend(found.time.map(show::day));
    if found.document {
        facts.push("document".to_owned());
    } else {
        facts.push(found.state.replace('_', " "));
        facts.extend(found.tier.map(|tier| format!("tier {tier}")));
    }
    if found.by == "meaning" {
        facts.push("in other words".to_owned());
    }
    facts.push(conversation.id.clone());
    writeln!(out, "  {FAINT}{}{FAINT:#}", facts.join(" · "))?;
    if !found.excerpt.is_empty() {
        write!(out, "  ")?;
        for stretch in &found.excerpt {
            let text = show::clean(&stretch.text);
            match stretch.marked {
                true => write!(out, "{GOOD}{text}{GOOD:#}")?,
                false => write!(out, "{text}")?,
            }
        }
        writeln!(out)?;
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_took_away_is_put_back() {
        let check = |arguments: &[&str], expected| {
            let arguments: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
            assert_eq!(joined(&arguments), expected);
        };
        check(&["reactor stop is:waiting"], "reactor stop is:waiting");
        check(&["connection lost", "reactor"], "\"connection lost\" reactor");
        check(&["from:Ada L", "reactor"], "from:\"Ada L\" reactor");
        check(&["from:ada", "say \"hello you\" to"], "from:ada say \"hello you\" to");
        check(&["it says: no", "x"], "\"it says: no\" x");
    }
}
