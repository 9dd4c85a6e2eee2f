//! `switchboard topics`: what people ask about, and what should be documented.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use insight::views::{GapView, TopicView};

use super::Done;
use crate::community;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// Show what people ask about, and which questions no page answers
///
/// Growing and fading topics by the questions of the last 90 days and of the 90 before. Tags, labels and
/// components of the community's own come before phrases found in its questions.
#[derive(Debug, Args)]
pub struct Topics {
    /// Questions asked again and again that no page answers, with the best answers given so far
    #[arg(long)]
    missing: bool,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 30)]
    limit: usize,
}

impl Topics {
    /// Shows them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let community = community::open(&workspace, &workspace.config()?)?;
        let printer = &session.printer;
        let empty = if self.missing {
            let mut gaps = community.gaps()?;
            gaps.truncate(self.limit);
            match printer.json {
                true => printer.json(&gaps)?,
                false => printer.data(|out| gaps.iter().try_for_each(|gap| print_gap(out, gap)))?,
            }
            gaps.is_empty()
        } else {
            let mut topics = community.topics()?;
            topics.truncate(self.limit);
            match printer.json {
                true => printer.json(&topics)?,
                false => printer.data(|out| print(out, &topics))?,
            }
            topics.is_empty()
        };
        Ok(if empty { Done::NotFound } else { Done::Found })
    }
}

fn print(out: &mut Out, topics: &[TopicView]) -> io::Result<()> {
    let row = |topic: &TopicView| {
        let trend = match (topic.recent, topic.before) {
            (recent, before) if recent > before + before / 2 && recent > 2 => "growing",
            (recent, before) if before > recent + recent / 2 && before > 2 => "fading",
            _ => "",
        };
        vec![
            topic.topic.clone(),
            topic.kind.clone(),
            show::count(topic.questions),
            show::count(topic.recent),
            show::count(topic.before),
            trend.to_owned(),
            format!("{} of {}", show::count(topic.unanswered), show::count(topic.questions)),
            topic.sentiment.map(|mood| format!("{mood:+.2}")).unwrap_or_default(),
        ]
    };
    let rows: Vec<_> = topics.iter().map(row).collect();
    let head = ["topic", "kind", "questions", "last 90 days", "90 before", "", "unanswered", "sentiment"];
    show::columns(out, &head, &rows, &[2, 3, 4, 7])
}

fn print_gap(out: &mut Out, gap: &GapView) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", show::clean(&show::cut(&gap.title, 90)))?;
    let when = gap.last.map(|last| format!(", last on {}", show::day(last))).unwrap_or_default();
    let (questions, people) = (show::counted(gap.questions, "time"), show::count(gap.people));
    let open = show::count(gap.unanswered);
    writeln!(out, "  {FAINT}asked {questions} by {people} people{when}; {open} unanswered{FAINT:#}")?;
    for conversation in &gap.conversations {
        writeln!(out, "  · {} {FAINT}{}{FAINT:#}", show::clean(&show::cut(&conversation.title, 80)), conversation.id)?;
    }
    for (conversation, words) in &gap.answers {
        writeln!(out, "  “{}” {FAINT}{}{FAINT:#}", show::clean(&show::cut(words, 200)), conversation.id)?;
    }
    writeln!(out)
}
