//! What each metric comes to, worked out plainly from the rows of one group.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::plain::{Plain, Row};
use super::world::{DAY, time};

const HOUR: f64 = 3_600_000_000.0;

/// A period, and all there is.
pub struct Context<'a> {
    pub plain: &'a Plain,
    pub from: i64,
    pub until: i64,
}

/// A value and its cases.
pub type Found = (Option<f64>, u64);

fn at(row: &Row, column: &str) -> Option<i64> {
    row.more.get(column).and_then(time)
}

fn word<'a>(row: &'a Row, column: &str) -> &'a str {
    row.more.get(column).and_then(Value::as_str).unwrap_or_default()
}

fn number(row: &Row, column: &str) -> Option<f64> {
    row.more.get(column).and_then(Value::as_f64)
}

fn hours(row: &Row) -> Option<f64> {
    Some((at(row, "first_response")? - row.time) as f64 / HOUR).filter(|hours| *hours >= 0.0)
}

fn share<'a>(rows: impl Iterator<Item = &'a Row>, is: impl Fn(&Row) -> bool) -> Found {
    let all: Vec<&Row> = rows.collect();
    let yes = all.iter().filter(|row| is(row)).count();
    ((!all.is_empty()).then(|| yes as f64 / all.len() as f64), all.len() as u64)
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn spread(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    Some((values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt())
}

/// The value below which a share of them lies, between two neighbours in proportion.
fn quantile(mut values: Vec<f64>, share: f64) -> Found {
    values.sort_by(f64::total_cmp);
    let cases = values.len() as u64;
    let place = share * (values.len().max(1) - 1) as f64;
    let (low, high) = (values.get(place.floor() as usize), values.get(place.ceil() as usize));
    (low.zip(high).map(|(low, high)| low + (high - low) * place.fract()), cases)
}

fn count<'a>(rows: impl Iterator<Item = &'a Row>) -> Found {
    let count = rows.count();
    (Some(count as f64), count as u64)
}

fn people<'a>(rows: impl Iterator<Item = &'a Row>) -> Found {
    let rows: Vec<&Row> = rows.collect();
    let people: BTreeSet<&str> = rows.iter().map(|row| row.person.as_str()).collect();
    (Some(people.len() as f64), rows.len() as u64)
}

/// The fewest that together have half.
pub fn fewest(mut parts: Vec<u64>) -> Found {
    parts.sort_unstable_by(|a, b| b.cmp(a));
    let all: u64 = parts.iter().sum();
    let (mut sum, mut few) = (0, 0);
    while sum * 2 < all {
        sum += parts[few];
        few += 1;
    }
    (Some(few as f64), all)
}

fn parts<'a>(rows: impl Iterator<Item = &'a Row>, of: impl Fn(&Row) -> Option<String>) -> Vec<u64> {
    let mut parts = BTreeMap::<String, u64>::new();
    rows.filter_map(of).for_each(|one| *parts.entry(one).or_default() += 1);
    parts.into_values().collect()
}

fn change(row: &&Row) -> bool {
    row.kind == "authored" || row.kind == "co_authored"
}

fn quarter_after(time: i64) -> i64 {
    let date = jiff::Timestamp::from_microsecond(time).expect("it is there").to_zoned(jiff::tz::TimeZone::UTC).date();
    let first = jiff::civil::date(date.year(), (date.month() - 1) / 3 * 3 + 1, 1);
    let next = first.checked_add(jiff::Span::new().months(3)).expect("it is there");
    next.to_zoned(jiff::tz::TimeZone::UTC).expect("it is there").timestamp().as_microsecond()
}

/// Of the people who first did one thing among `rows`, who came to do another.
fn came_to(context: &Context<'_>, rows: &[&Row], kinds: &[&str], then: &[&str]) -> Found {
    let mut first = BTreeMap::<&str, i64>::new();
    for row in rows.iter().filter(|row| kinds.contains(&row.kind.as_str())) {
        let known = first.entry(&row.person).or_insert(row.time);
        *known = row.time.min(*known);
    }
    let came = |(person, time): &(&&str, &i64)| context.plain.first(person, then).is_some_and(|then| then >= **time);
    let yes = first.iter().filter(came).count();
    ((!first.is_empty()).then(|| yes as f64 / first.len() as f64), first.len() as u64)
}

/// What a metric comes to for one group of rows; none where it is not known here.
pub fn value(name: &str, context: &Context<'_>, rows: &[&Row]) -> Option<Found> {
    let all = || rows.iter().copied();
    let until = context.until;
    let answered = |row: &Row| at(row, "first_response").is_some() || word(row, "state") == "resolved";
    let of_kind = |kind: &'static str| all().filter(move |row| row.kind == kind);
    let code = &["authored", "co_authored"][..];
    let responded = || all().filter(|row| at(row, "first_response").is_some());
    Some(match name {
        "questions" | "gaps" | "messages" | "newcomers" | "channel_joins" => count(all()),
        "answered" => count(all().filter(|row| answered(row))),
        "answered_share" => share(all(), answered),
        "first_response_median" => quantile(all().filter_map(hours).collect(), 0.5),
        "first_response_p90" => quantile(all().filter_map(hours).collect(), 0.9),
        "first_response_mean" => {
            let hours: Vec<f64> = all().filter_map(hours).collect();
            (mean(&hours), hours.len() as u64)
        }
        "within_promise" => {
            let due = |row: &Row| at(row, "promised_until").expect("it is there");
            let counts = |row: &&Row| match at(row, "first_response") {
                Some(response) if response >= row.time && response < until => true,
                _ => word(row, "state") != "resolved" && due(row) < until,
            };
            share(all().filter(counts), |row| at(row, "first_response").is_some_and(|response| response <= due(row)))
        }
        "resolution_median" => {
            let resolved = all().filter(|row| word(row, "state") == "resolved");
            quantile(
                resolved.map(|row| (at(row, "last_time").expect("it is there") - row.time) as f64 / HOUR).collect(),
                0.5,
            )
        }
        "outsider_share" => share(responded(), |row| !context.plain.is_staff(word(row, "first_responder_id"))),
        "waiting" => count(all().filter(|row| word(row, "state") == "waiting")),
        "waiting_age_median" => {
            let since = all().filter(|row| word(row, "state") == "waiting").filter_map(|row| at(row, "waiting_since"));
            quantile(since.filter(|since| *since < until).map(|since| (until - since) as f64 / HOUR).collect(), 0.5)
        }
        "unanswered" => count(all().filter(|row| {
            at(row, "first_response").is_none_or(|response| response >= until)
                && word(row, "state") != "resolved"
                && row.time >= until - 30 * DAY
        })),
        "tier_mismatch" => share(all().filter(|row| row.tier.is_some()), |row| row.tier != context.plain.offered(row)),
        "tier_risen" => {
            share(all().filter(|row| row.tier.is_some() && number(row, "observed_tier").is_some()), |row| {
                number(row, "observed_tier") > row.tier.map(|tier| tier as f64)
            })
        }
        "deflected" => share(responded(), |row| {
            let signs = number(row, "observed_signs").expect("it is there") as u64;
            [text::tier::Observed::PageLinked, text::tier::Observed::BotPage]
                .iter()
                .any(|sign| signs >> (*sign as u64) & 1 == 1)
        }),
        "absence_factor" => fewest(parts(all(), |row| Some(row.person.clone()))),
        "absence_factor_code" => fewest(parts(all().filter(change), |row| Some(row.person.clone()))),
        "elephant_factor" => fewest(parts(all(), |row| row.organization.clone())),
        "elephant_factor_code" => fewest(parts(all().filter(change), |row| row.organization.clone())),
        "organization_spread" => {
            let parts = parts(all().filter(change), |row| row.organization.clone());
            let sum: u64 = parts.iter().sum();
            let squares: f64 = parts.iter().map(|part| (*part as f64 / sum as f64).powi(2)).sum();
            ((sum > 0).then(|| 1.0 / squares), sum)
        }
        "organizations" => {
            let known = all().filter(|row| row.organization.is_some());
            let parts = parts(known, |row| row.organization.clone());
            (Some(parts.len() as f64), parts.iter().sum())
        }
        "helpers" | "active_people" | "contributors" => people(all()),
        "returned" => {
            let people = people(all()).0;
            (people, people.unwrap_or_default() as u64)
        }
        "growing_topics" => {
            let grows = all().filter(|row| {
                let (recent, before) =
                    (number(row, "recent").expect("it is there"), number(row, "before").expect("it is there"));
                recent > 2.0 && recent > before * 1.5
            });
            let grown: Vec<f64> = grows.filter_map(|row| number(row, "recent")).collect();
            (Some(grown.len() as f64), grown.iter().sum::<f64>() as u64)
        }
        "new_askers" => people(of_kind("asked")),
        "new_helpers" => people(of_kind("answered")),
        "new_reviewers" => people(of_kind("reviewed")),
        "new_reporters" => people(of_kind("reported")),
        "new_contributors" => {
            let new = all().filter(change).filter(|row| context.plain.first(&row.person, code) == Some(row.time));
            let people = new.map(|row| row.person.as_str()).collect::<BTreeSet<_>>().len();
            (Some(people as f64), people as u64)
        }
        "askers_to_helpers" => came_to(context, rows, &["asked"], &["answered"]),
        "helpers_to_contributors" => came_to(context, rows, &["answered"], code),
        "contributors_to_maintainers" => came_to(context, rows, code, &["committed", "merged"]),
        "time_to_keys" => {
            let change = |row: &Row| row.more["change"].as_i64().filter(|change| *change <= row.time);
            quantile(all().filter_map(|row| Some((row.time - change(row)?) as f64 / DAY as f64)).collect(), 0.5)
        }
        "stayed" => {
            let whole = all().filter(|row| quarter_after(row.time) < until);
            share(whole, |row| at(row, "last_seen").expect("it is there") >= quarter_after(row.time))
        }
        "came_back" => {
            let old = all().filter(|row| row.time < until - 30 * DAY);
            share(old, |row| at(row, "last_seen").expect("it is there") >= row.time + 30 * DAY)
        }
        "gone_quiet" => count(all().filter(|row| {
            let did = number(row, "messages").expect("it is there") + number(row, "activities").expect("it is there");
            did >= 10.0 && row.time < until - 90 * DAY
        })),
        "drop_off" => {
            let old = all().filter(|row| row.time < until - 30 * DAY);
            share(old, |row| row.more["last"].as_i64().expect("it is there") < row.time + DAY)
        }
        "joins" => people(of_kind("joined")),
        "leavers" => {
            let mut last = BTreeMap::<&str, (i64, i64)>::new();
            for row in rows {
                let known = last.entry(&row.person).or_insert((context.from, i64::MIN));
                match row.kind.as_str() {
                    "joined" => known.0 = known.0.max(row.time),
                    _ => known.1 = known.1.max(row.time),
                }
            }
            let gone = last.values().filter(|(joined, left)| left > joined).count();
            ((!last.is_empty()).then(|| gone as f64 / last.len() as f64), last.len() as u64)
        }
        "burstiness" => {
            let mut times: Vec<i64> = rows.iter().map(|row| row.time).collect();
            times.sort_unstable();
            let gaps: Vec<f64> = times.windows(2).map(|pair| (pair[1] - pair[0]) as f64 / 1e6).collect();
            let spread = spread(&gaps).zip(mean(&gaps));
            (spread.map(|(spread, mean)| (spread - mean) / (spread + mean)), gaps.len() as u64)
        }
        "contribution_types" => {
            let kinds: BTreeSet<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
            (Some(kinds.len() as f64), rows.len() as u64)
        }
        "mood" | "mood_spread" => {
            let moods: Vec<f64> = all().filter_map(|row| number(row, "sentiment")).collect();
            (if name == "mood" { mean(&moods) } else { spread(&moods) }, moods.len() as u64)
        }
        "change_requests" => count(of_kind("change_request")),
        "change_closure_ratio" => share(of_kind("change_request"), |row| !word(row, "closed").is_empty()),
        "change_acceptance_ratio" => {
            let closed = of_kind("change_request").filter(|row| !word(row, "closed").is_empty());
            share(closed, |row| word(row, "closed") == "merged")
        }
        "issues" => count(of_kind("issue")),
        "issue_age_median" => {
            let open = of_kind("issue").filter(|row| word(row, "closed").is_empty());
            quantile(open.map(|row| (until - row.time) as f64 / DAY as f64).collect(), 0.5)
        }
        "downloads" | "visits" | "mentions" => {
            let values: Vec<f64> =
                all().filter(|row| word(row, "name") == name).filter_map(|row| number(row, "value")).collect();
            (Some(values.iter().sum()), values.len() as u64)
        }
        _ => return None,
    })
}

/// Of all rows of the period and of the 90 days before it, those that count where that depends on what was before.
pub fn returned<'a>(context: &Context<'_>, rows: &[&'a Row]) -> Vec<&'a Row> {
    let mut times = BTreeMap::<&str, Vec<i64>>::new();
    rows.iter().for_each(|row| times.entry(&row.person).or_default().push(row.time));
    let back = |row: &&&'a Row| {
        let before = times[row.person.as_str()].iter().filter(|time| **time < row.time).max();
        row.time >= context.from
            && context.plain.first_seen(&row.person) <= row.time - 90 * DAY
            && before.is_none_or(|before| *before <= row.time - 90 * DAY)
    };
    rows.iter().filter(back).copied().collect()
}
