//! Reports as the pages make, keep and give them.

use desk::{Kept, Report, Role};
use insight::support::TierOffer;
use insight::views::{ChannelTiers, ChannelView, CommitView, Events, GapView, GrowthView, PeriodView, SeriesView};
use insight::{Page, PeriodAsk, SeriesAsk};
use report::{Ask, Kind, Made, Period, Questions, ReportError, Sources, Templates};

use crate::answers::{AnswerError, Answers};
use crate::failure::{Failure, sentence};
use crate::room::Room;

/// Gaps that a report may tell of.
const GAPS: usize = 10;

/// The tables, asked as a report asks.
struct Through<'a>(&'a dyn Answers);

fn said<T>(answer: Result<T, AnswerError>) -> report::Result<T> {
    answer.map_err(|error| ReportError::Tables(error.to_string()))
}

impl Questions for Through<'_> {
    fn community(&self) -> String {
        self.0.about().community
    }

    fn now(&self) -> i64 {
        self.0.about().as_of
    }

    fn period(&self, ask: &PeriodAsk) -> report::Result<PeriodView> {
        said(self.0.period(ask))
    }

    fn series(&self, ask: &SeriesAsk) -> report::Result<SeriesView> {
        said(self.0.series(ask))
    }

    fn growth(&self) -> report::Result<GrowthView> {
        said(self.0.growth())
    }

    fn calendar(&self) -> report::Result<Events> {
        said(self.0.events())
    }

    fn channels(&self) -> report::Result<Vec<ChannelView>> {
        said(self.0.channels())
    }

    fn channel_tiers(&self) -> report::Result<Vec<ChannelTiers>> {
        said(self.0.channel_tiers())
    }

    fn tiers(&self) -> Vec<TierOffer> {
        self.0.tiers()
    }

    fn gaps(&self) -> report::Result<Vec<GapView>> {
        said(self.0.gaps_page(0, GAPS)).map(|(gaps, _)| gaps)
    }

    fn commits(&self, from: i64, until: i64, source: Option<&str>) -> report::Result<Vec<CommitView>> {
        said(self.0.commits(from, until, source))
    }

    fn release_time(&self, name: &str) -> report::Result<Option<i64>> {
        said(self.0.release_time(name))
    }

    fn address(&self, conversation: &str) -> report::Result<Option<String>> {
        let page = said(self.0.conversation_part(conversation, Page { offset: 0, limit: 1 }))?;
        Ok(page.and_then(|page| page.messages.into_iter().next()?.url))
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Failure {
        match error {
            ReportError::Ask(_) | ReportError::Template { .. } => Failure::Form(sentence(&error.to_string())),
            ReportError::Tables(text) => Failure::NoAnswer(AnswerError(text)),
            ReportError::Chart(_) | ReportError::Pdf(_) => {
                tracing::error!("a report could not be drawn: {error}");
                Failure::Broken
            }
        }
    }
}

/// What a form or an address asks for. Two releases or days are named with `..` between them.
pub(crate) fn asked(room: &Room<'_>, kind: &str, period: &str, of: &str) -> Result<Ask, Failure> {
    let kind = Kind::parse(kind).ok_or(Failure::BadQuery)?;
    may_make(room, kind)?;
    let questions = Through(tables(room, kind));
    if let (Kind::Release, Some((from, until))) = (kind, of.split_once("..")) {
        return Ok(Ask::release(&questions, from.trim(), until.trim())?);
    }
    let period = if period.trim().is_empty() { None } else { Some(Period::parse(period)?) };
    Ok(Ask::usual(kind, period, of, questions.now())?)
}

/// Makes a report. One for everybody is made of what everybody may see.
pub(crate) fn make(room: &Room<'_>, ask: &Ask) -> Result<Made, Failure> {
    may_make(room, ask.kind)?;
    let (desk, catalogue) = (room.reading()?, room.service.catalogue());
    let questions = Through(tables(room, ask.kind));
    let templates = match &room.service.reports {
        Some(folder) => Templates::with_folder(folder),
        None => Templates::shipped(),
    };
    let sources = Sources {
        questions: &questions,
        // A query sees private places too.
        sql: room.service.sql.as_deref().filter(|_| !ask.kind.is_public() || room.service.seen_by_viewers.is_none()),
        catalogue: &catalogue,
        desk: desk.as_ref(),
    };
    Ok(report::make(&sources, &templates, ask)?)
}

fn tables<'a>(room: &Room<'a>, kind: Kind) -> &'a dyn Answers {
    if kind.is_public() { room.service.answers_for(false) } else { room.answers }
}

/// Reports for everybody may be made by whoever may read; others are the team's.
fn may_make(room: &Room<'_>, kind: Kind) -> Result<(), Failure> {
    room.visitor.needs(if kind.is_public() { Role::Viewer } else { Role::Member })
}

/// The kept reports that the visitor may see: the team all of them, others what was sent to everybody.
pub(crate) fn kept(room: &Room<'_>) -> Result<Vec<Kept<Report>>, Failure> {
    let Some(desk) = room.reading()? else { return Ok(Vec::new()) };
    let all = desk.records::<Report>()?.into_values();
    let member = room.visitor.may(&Role::Member);
    let mut seen: Vec<Kept<Report>> = all.filter(|kept| member || is_open(&kept.record)).collect();
    seen.sort_by_key(|kept| std::cmp::Reverse((kept.record.sent.unwrap_or(kept.at), kept.name.clone())));
    Ok(seen)
}

/// One of them.
pub(crate) fn one(room: &Room<'_>, name: &str) -> Result<Kept<Report>, Failure> {
    let missing = || Failure::Missing("There is no such report. See all of them under Reports.".to_owned());
    kept(room)?.into_iter().find(|kept| kept.name == name).ok_or_else(missing)
}

fn is_open(report: &Report) -> bool {
    report.is_sent() && Kind::parse(&report.kind).is_some_and(Kind::is_public)
}
