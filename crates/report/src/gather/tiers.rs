//! Support tiers, on how many the help rests, and who stays.

use insight::views::{ChannelTiers, SeriesLine};
use insight::{MetricsFilter, SeriesAsk, Stretch};

use super::Ask;
use super::words::{NONE, hours, place, quarter, share};
use crate::facts::{Cohort, Facts, Load, Mismatch, Tier};
use crate::{Kind, Questions, Result};

/// A channel whose questions are fewer says nothing about what is asked there.
const ENOUGH: u64 = 10;
/// Quarters shown of those who came and stayed.
const COHORTS: usize = 6;
/// An hour in microseconds.
const HOUR: i64 = 3_600_000_000;

pub(super) fn add(questions: &dyn Questions, ask: &Ask, facts: &mut Facts) -> Result<()> {
    if !ask.kind.is_public() {
        let channels = questions.channel_tiers()?;
        facts.tiers = tiers(questions, ask, &channels)?;
        facts.mismatches = channels.iter().filter_map(mismatch).collect();
        facts.mismatches.sort_by(|a, b| b.questions.cmp(&a.questions).then_with(|| a.channel.cmp(&b.channel)));
    }
    if matches!(ask.kind, Kind::Review | Kind::Year) && ask.is_lately(questions.now()) {
        let growth = questions.growth()?;
        let load = growth.load;
        facts.load = Load { answers: load.answers, helpers: load.helpers, half: load.absence_factor };
        let cohorts = growth.cohorts.iter().filter(|cohort| cohort.people > 0).take(COHORTS);
        facts.cohorts = cohorts
            .map(|cohort| {
                let stayed = |at: usize| cohort.stayed.get(at).map(|share| chart::Unit::Share.long(*share));
                Cohort {
                    name: quarter(cohort.start),
                    people: cohort.people,
                    next: stayed(0).unwrap_or_default(),
                    year: stayed(3).unwrap_or_default(),
                }
            })
            .collect();
    }
    Ok(())
}

fn tiers(questions: &dyn Questions, ask: &Ask, channels: &[ChannelTiers]) -> Result<Vec<Tier>> {
    let sum = |of: fn(&ChannelTiers) -> &[u64; 5], tier: u8| -> u64 {
        channels.iter().filter_map(|channel| of(channel).get(usize::from(tier))).sum()
    };
    let mut all = Vec::new();
    for offer in questions.tiers() {
        let period = MetricsFilter {
            from: Some(ask.period.from()),
            until: Some(ask.period.until().saturating_sub(1)),
            ..MetricsFilter::default()
        };
        // Years hold whole periods of any length; a period over two years counts in both.
        let series =
            questions.series(&SeriesAsk { stretch: Stretch::Month, questions: period, tier: Some(offer.tier) })?;
        let (within, asked, median) =
            (series.line("within_promise"), series.line("questions"), series.line("first_response_median"));
        all.push(Tier {
            tier: offer.tier,
            name: offer.name,
            who: offer.who,
            promise: hours(Some(offer.first_response as f64 / HOUR as f64)),
            asked: sum(|channel| &channel.asked, offer.tier),
            took: sum(|channel| &channel.observed, offer.tier),
            kept: kept(&within),
            questions: asked.cases.iter().sum(),
            first_response: hours(middle(&median)),
        });
    }
    Ok(all)
}

/// The share of all stretches together.
fn kept(line: &SeriesLine) -> String {
    let of: u64 = line.cases.iter().sum();
    let parts = line.values.iter().zip(&line.cases);
    let part: f64 = parts.filter_map(|(value, cases)| Some((*value)? * *cases as f64)).sum();
    if of == 0 { NONE.to_owned() } else { share(part.round() as u64, of) }
}

/// The median of the one stretch there is, or of the months' medians the one in the middle by cases.
fn middle(line: &SeriesLine) -> Option<f64> {
    let mut all: Vec<(f64, u64)> =
        line.values.iter().zip(&line.cases).filter_map(|(value, cases)| Some(((*value)?, *cases))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = all.iter().map(|(_, cases)| cases).sum::<u64>().div_ceil(2);
    let mut sum = 0;
    all.iter()
        .find(|(_, cases)| {
            sum += cases;
            sum >= half
        })
        .map(|(value, _)| *value)
}

fn mismatch(channel: &ChannelTiers) -> Option<Mismatch> {
    let of: u64 = channel.asked.iter().sum();
    let others = (0_u8..).zip(channel.asked).filter(|(tier, _)| *tier != channel.offered);
    let (asked, questions) = others.max_by_key(|(_, count)| *count)?;
    let offered = channel.asked.get(usize::from(channel.offered)).copied().unwrap_or_default();
    (of >= ENOUGH && questions > offered).then(|| Mismatch {
        channel: place(&channel.source, &channel.channel),
        offered: channel.offered,
        asked,
        questions,
        of,
    })
}
