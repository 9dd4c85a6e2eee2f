//! How the help goes: how much is asked, how much of it answered, how fast, and whether promises are kept.
//!
//! Counted are conversations that a person opened with a question; those of bots, and those that people said are
//! no questions, are not.

use std::collections::BTreeMap;

use model::time::{DAY, SECOND, month};

use crate::columns::known;
use crate::moment::Moment;
use crate::series::Facts;
use crate::views::{MetricValue, MetricView, Metrics, Standing};
use crate::{Community, Result};

/// How far back metrics go if nothing else is asked for, in days.
pub const METRIC_DAYS: u32 = 90;

/// Microseconds.
const HOUR: i64 = 3_600 * SECOND;

/// What metrics are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Nothing: one value each.
    #[default]
    All,
    /// The source.
    Source,
    /// The source and the channel.
    Channel,
    /// The support tier that is asked for.
    Tier,
    /// The UTC month in which the question was asked.
    Month,
}

impl By {
    /// Every grouping.
    pub const ALL: &'static [By] = &[By::All, By::Source, By::Channel, By::Tier, By::Month];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            By::All => "all",
            By::Source => "source",
            By::Channel => "channel",
            By::Tier => "tier",
            By::Month => "month",
        }
    }

    /// The grouping of this name.
    pub fn parse(text: &str) -> Option<By> {
        By::ALL.iter().copied().find(|by| by.as_str() == text)
    }
}

/// Which questions are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetricsFilter {
    /// Opened at this instant or later, microseconds UTC; [`METRIC_DAYS`] before `until` if not given.
    pub from: Option<i64>,
    /// Opened before this instant, microseconds UTC; now if not given.
    pub until: Option<i64>,
    /// On this source only.
    pub source: Option<String>,
    /// In this channel only, by its name within its source.
    pub channel: Option<String>,
    /// What the values are grouped by.
    pub by: By,
}

/// What one question says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    pub(crate) answered: bool,
    pub(crate) waiting: bool,
    /// Hours until the first response.
    pub(crate) response: Option<f64>,
    /// Whether the promise of a first response was kept; none while it may still be.
    pub(crate) kept: Option<bool>,
}

/// One metric: what it is, and how it comes from cases. The CHAOSS names are those of
/// <https://chaoss.community/kbtopic/all-metrics/>.
struct Metric {
    name: &'static str,
    title: &'static str,
    definition: &'static str,
    unit: &'static str,
    good: &'static str,
    chaoss: Option<&'static str>,
    caveat: Option<&'static str>,
    value: fn(&[Case]) -> (Option<f64>, usize),
}

/// Every metric there is so far.
const METRICS: [Metric; 6] = [
    Metric {
        name: "questions",
        title: "Questions",
        definition: "conversations that a person opened with a question in the period",
        unit: "questions",
        good: "neither",
        chaoss: None,
        caveat: None,
        value: |cases| (Some(cases.len() as f64), cases.len()),
    },
    Metric {
        name: "answered_share",
        title: "Questions answered",
        definition: "the share of the questions in which another person responded or which were resolved",
        unit: "share",
        good: "up",
        chaoss: None,
        caveat: Some("of the latest questions many will still be answered"),
        value: |cases| share(cases.iter().map(|case| case.answered)),
    },
    Metric {
        name: "first_response_median",
        title: "Time to first response (median)",
        definition: "half of the questions that got a response by another person who is no bot got it within this time",
        unit: "hours",
        good: "down",
        chaoss: Some("Time to First Response"),
        caveat: Some("questions without a response are not in it: read it beside the share answered"),
        value: |cases| median(responses(cases)),
    },
    Metric {
        name: "first_response_mean",
        title: "Time to first response (mean)",
        definition: "the mean time to the first response by another person who is no bot, of questions that got one",
        unit: "hours",
        good: "down",
        chaoss: Some("Time to First Response"),
        caveat: Some("a few very late responses move it far: read it beside the median"),
        value: |cases| mean(responses(cases)),
    },
    Metric {
        name: "within_promise",
        title: "Promises kept",
        definition: "the share of the questions with a first response before the promise of their tier ran out, of \
                     those with a response or whose promise has run out",
        unit: "share",
        good: "up",
        chaoss: None,
        caveat: Some("measured by today's promises, also for questions asked before they were made"),
        value: |cases| share(cases.iter().filter_map(|case| case.kept)),
    },
    Metric {
        name: "waiting",
        title: "Waiting now",
        definition: "those of the questions in which somebody waits for an answer now",
        unit: "questions",
        good: "down",
        chaoss: None,
        caveat: None,
        value: |cases| (Some(cases.iter().filter(|case| case.waiting).count() as f64), cases.len()),
    },
];

impl Community {
    /// Metrics of the questions that pass the filter.
    pub fn metrics(&self, filter: &MetricsFilter) -> Result<Metrics> {
        self.settle(self.moment().and_then(|moment| {
            let make = || Ok(self.measured(filter, &*self.question_facts(&moment)?, &moment));
            Ok(Metrics::clone(&*self.metrics_known.get(moment.stamp(), filter.clone(), make)?))
        }))
    }

    fn measured(&self, filter: &MetricsFilter, facts: &Facts, moment: &Moment) -> Metrics {
        // Including the last instant: a community's “now” may be its newest message's time.
        let until = filter.until.unwrap_or(moment.now.saturating_add(1));
        let days = i64::from(METRIC_DAYS) * DAY;
        let from = filter.from.unwrap_or_else(|| until.saturating_sub(days));
        let mut groups = BTreeMap::<String, Vec<Case>>::new();
        if filter.by == By::All {
            groups.insert(By::All.as_str().to_owned(), Vec::new());
        }
        let is = |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
        for (row, fact) in facts.rows().filter(|(_, fact)| (from..until).contains(&fact.opened)) {
            let (source, channel) = self.conversations.place(row);
            if is(&filter.source, source) && is(&filter.channel, channel) {
                let case = Case {
                    answered: fact.answered,
                    waiting: fact.waiting,
                    response: fact.hours.map(f64::from),
                    kept: fact.kept,
                };
                groups.entry(self.group(row, filter.by, moment)).or_default().push(case);
            }
        }
        let metric = |metric: &Metric| {
            let value = |(group, cases): (&String, &Vec<Case>)| {
                let (value, cases) = (metric.value)(cases);
                MetricValue { group: group.clone(), value, cases: cases as u64 }
            };
            let Metric { name, title, definition, unit, good, chaoss, caveat, .. } = *metric;
            let values = groups.iter().map(value).collect();
            MetricView { name, title, definition, unit, good, chaoss, caveat, values }
        };
        Metrics {
            from,
            until,
            as_of: moment.now,
            by: filter.by.as_str(),
            metrics: METRICS.iter().map(metric).collect(),
        }
    }

    /// Whether a conversation is a question of a person.
    pub(crate) fn is_counted(&self, row: u32, moment: &Moment) -> bool {
        let at = row as usize;
        // A person's word that no help is asked for makes it no question.
        let no_question = moment.asked.get(self.conversations.ids[at].as_str()) == Some(&None)
            || self.standing(row, moment) == Standing::NotQuestion;
        self.conversations.question[at] && !no_question && !self.people.is_bot(self.conversations.openers[at])
    }

    fn group(&self, row: u32, by: By, moment: &Moment) -> String {
        let (source, channel) = self.conversations.place(row);
        match by {
            By::All => by.as_str().to_owned(),
            By::Source => source.to_owned(),
            By::Channel => format!("{source}/{channel}"),
            By::Tier => self.asked_tier(row, moment).map_or_else(|| "none".to_owned(), |tier| tier.to_string()),
            By::Month => month(self.conversations.opened[row as usize]),
        }
    }

    pub(crate) fn counted(&self, row: u32, opened: i64, moment: &Moment) -> Case {
        let response = known(self.conversations.first_response[row as usize]).filter(|response| *response >= opened);
        let resolved = self.standing(row, moment) == Standing::Resolved;
        let (source, channel) = self.conversations.place(row);
        let support = &self.settings.support;
        let promised = support.promise(source, channel, self.asked_tier(row, moment)).first_response;
        let due = support.hours.after(opened, promised);
        Case {
            answered: response.is_some() || resolved,
            waiting: self.waits(row, moment),
            response: response.map(|response| response.saturating_sub(opened) as f64 / HOUR as f64),
            kept: match response {
                Some(response) => Some(response <= due),
                // Whoever found the answer alone was promised nothing more.
                None if resolved || moment.now <= due => None,
                None => Some(false),
            },
        }
    }
}

fn responses(cases: &[Case]) -> Vec<f64> {
    cases.iter().filter_map(|case| case.response).collect()
}

fn share(cases: impl Iterator<Item = bool>) -> (Option<f64>, usize) {
    let (yes, all) = cases.fold((0_usize, 0_usize), |(yes, all), case| (yes + usize::from(case), all + 1));
    ((all > 0).then(|| yes as f64 / all as f64), all)
}

fn mean(values: Vec<f64>) -> (Option<f64>, usize) {
    let all = values.len();
    ((all > 0).then(|| values.iter().sum::<f64>() / all as f64), all)
}

/// The value in the middle; of an even number, the mean of the two there.
fn median(mut values: Vec<f64>) -> (Option<f64>, usize) {
    let all = values.len();
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.get(all.saturating_sub(1) / 2), values.get(all / 2));
    (low.zip(high).map(|(low, high)| f64::midpoint(*low, *high)), all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_have_names_of_their_own() {
        let mut names: Vec<&str> = METRICS.iter().map(|metric| metric.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), METRICS.len());
    }

    #[test]
    fn shares_means_and_medians() {
        assert_eq!(share([].into_iter()), (None, 0));
        assert_eq!(share([true, false, true, true].into_iter()), (Some(0.75), 4));
        assert_eq!(mean(vec![]), (None, 0));
        assert_eq!(mean(vec![1.0, 2.0, 6.0]), (Some(3.0), 3));
        assert_eq!(median(vec![]), (None, 0));
        assert_eq!(median(vec![6.0, 1.0, 2.0]), (Some(2.0), 3));
        assert_eq!(median(vec![6.0, 1.0, 2.0, 4.0]), (Some(3.0), 4));
    }
}
