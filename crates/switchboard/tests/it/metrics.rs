//! Every metric, checked against plain loops over the same tables; and the commands that show them.

mod plain;
mod values;
mod world;

use std::collections::BTreeMap;

use metric::{Ask, By, Catalogue, Measured, Who, measure};

use crate::common::Place;
use plain::{Plain, Row};
use values::{Context, Found, value};
use world::{DAY, Tables, time};

/// Whose rows count.
fn counts(who: Who, row: &Row) -> bool {
    match who {
        Who::Community => !row.staff,
        Who::Staff => row.staff,
        Who::Everybody => true,
    }
}

fn key(by: By, row: &Row) -> String {
    let zoned = jiff::Timestamp::from_microsecond(row.time).expect("it is there").to_zoned(jiff::tz::TimeZone::UTC);
    match by {
        By::Month => zoned.strftime("%Y-%m-01T00:00:00Z").to_string(),
        By::Channel => format!("{}/{}", row.source, row.channel),
        By::Tier => row.tier.map_or_else(|| "none".to_owned(), |tier| tier.to_string()),
        By::Organization => row.organization.clone().unwrap_or_else(|| "unknown".to_owned()),
        _ => "all".to_owned(),
    }
}

fn plainly(metric: &metric::Metric, plain: &Plain, ask: &Ask) -> BTreeMap<String, Found> {
    let context = Context { plain, from: ask.from, until: ask.until };
    let all = plain.rows.get(metric.view.as_str()).into_iter().flatten();
    let fits = |row: &&Row| {
        counts(ask.only.who, row)
            && ask.only.source.as_ref().is_none_or(|source| row.source == *source)
            && ask.only.organization.as_ref().is_none_or(|name| row.organization.as_ref() == Some(name))
    };
    let fitting: Vec<&Row> = all.filter(fits).filter(|row| row.time < ask.until).collect();
    let of_period = |from: i64| fitting.iter().copied().filter(move |row| row.time >= from).collect::<Vec<_>>();
    let rows = match metric.name.as_str() {
        "returned" => values::returned(&context, &of_period(ask.from - 90 * DAY)),
        _ => of_period(ask.from),
    };
    let mut groups = BTreeMap::<String, Vec<&Row>>::new();
    rows.into_iter().for_each(|row| groups.entry(key(ask.by, row)).or_default().push(row));
    let of = |(key, rows): (String, Vec<&Row>)| {
        let found = value(&metric.name, &context, &rows);
        (key, found.unwrap_or_else(|| panic!("{} has no plain computation: add one", metric.name)))
    };
    // Where nothing is left of a group, SQL gives no row of it.
    groups.into_iter().map(of).filter(|(_, (_, cases))| *cases > 0).collect()
}

#[track_caller]
fn check(metric: &metric::Metric, tables: &Tables, plain: &Plain, ask: &Ask) -> usize {
    let catalogue = Catalogue::shipped();
    let found = measure(tables, catalogue, metric, ask).unwrap_or_else(|error| panic!("{}: {error}", metric.name));
    let expected = plainly(metric, plain, ask);
    let place = || format!("{} by {} of {:?}", metric.name, ask.by.as_str(), ask.only);
    let groups: BTreeMap<&str, Found> = found
        .groups
        .iter()
        .filter(|group| group.cases > 0)
        .map(|group| (group.key.as_str(), (group.value, group.cases)))
        .collect();
    assert_eq!(groups.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{}", place());
    // DataFusion's percentile_cont lies between two cases to a millionth of what is between them: of waiting times,
    // that may be weeks.
    let exact = if metric.name.ends_with("_p90") { 1e-3 } else { 1e-6 };
    for (key, (value, cases)) in &expected {
        let (found, of) = groups[key.as_str()];
        let same = match (found, *value) {
            (Some(found), Some(value)) => (found - value).abs() <= exact * value.abs().max(1.0),
            (found, value) => found.is_none() && value.is_none(),
        };
        assert!(same && of == *cases, "{} {key}: {found:?} of {of}, plainly {value:?} of {cases}", place());
    }
    expected.len()
}

#[test]
fn every_metric_is_what_plain_loops_come_to() {
    let place = world::community();
    let tables = Tables::open(&place.path().join("w"));
    let plain = Plain::read(&tables);
    let newest = time(&tables.all("SELECT max(last_time) AS time FROM channels")[0]["time"]).expect("it is there");
    let metrics: Vec<&metric::Metric> = Catalogue::shipped().metrics().collect();
    let (first, second) = metrics.split_at(metrics.len() / 2);
    let of = |metrics: &[&'static metric::Metric]| -> Vec<&str> {
        let says_nothing = |metric: &&&metric::Metric| check_all_ways(metric, &tables, &plain, newest) == 0;
        metrics.iter().filter(says_nothing).map(|metric| metric.name.as_str()).collect()
    };
    let empty = std::thread::scope(|scope| {
        let second = scope.spawn(|| of(second));
        [of(first), second.join().expect("the other half is as it should be")].concat()
    });
    assert_eq!(empty, [] as [&str; 0], "nothing in the made-up community says anything of these");
    shown(&place, newest);
}

/// Checks a metric over all time, and over a year in every way that it can be split and narrowed; gives the number of
/// values that were looked at.
fn check_all_ways(metric: &metric::Metric, tables: &Tables, plain: &Plain, newest: i64) -> usize {
    let view = Catalogue::shipped().view(&metric.view).expect("it is there");
    let mut asks = vec![Ask::period(0, newest + 1)];
    let year = Ask::period(newest - 400 * DAY, newest - 30 * DAY);
    let ways = [By::Channel, By::Tier, By::Organization].into_iter().filter(|by| view.has(by.as_str()));
    asks.extend([By::Month].into_iter().chain(ways).map(|by| year.clone().by(by)));
    for who in [Who::Staff, Who::Everybody].into_iter().filter(|_| view.has("staff")) {
        asks.push(Ask { only: metric::Only { who, ..year.only.clone() }, ..year.clone() });
    }
    if view.has("source") {
        let only = metric::Only { source: Some("list".to_owned()), ..year.only.clone() };
        asks.push(Ask { only, ..year });
    }
    asks.iter().map(|ask| check(metric, tables, plain, ask)).sum()
}

/// The commands, on the same community.
fn shown(place: &Place, newest: i64) {
    let list = place.json(&["metrics"]);
    assert_eq!(list["metrics"].as_array().expect("it is there").len(), Catalogue::shipped().metrics().count());
    let until = jiff::Timestamp::from_microsecond(newest).expect("it is there").to_string();
    let shown = place.json(&["metric", "questions", "--by", "tier", "--until", &until, "--from", "2000-01-01"]);
    assert_eq!(shown["measured"]["by"], "tier");
    let measured: u64 = shown["measured"]["groups"]
        .as_array()
        .expect("it is there")
        .iter()
        .map(|one| one["cases"].as_u64().expect("it is there"))
        .sum();
    let sql = place.w(&["metric", "questions", "--sql", "--until", &until, "--from", "2000-01-01"]);
    let by_hand = place.json(&["sql", &sql]);
    assert_eq!((by_hand["cases"].as_u64(), by_hand["key"].as_str()), (Some(measured), Some("all")));
    let rows =
        place.w(&["metric", "questions", "--rows", "--format", "csv", "--until", &until, "--from", "2000-01-01"]);
    assert_eq!(rows.lines().count() as u64, measured + 1);
    let said = place.w(&["metric", "answered_share"]);
    assert!(said.starts_with("Share of questions answered\n") && said.contains('%'), "{said}");
    assert!(place.run(&["-C", "w", "metric", "nonsense"]).fails(2).contains("no metric `nonsense`"));
    let refused = place.run(&["-C", "w", "metric", "gaps", "--by", "channel"]).fails(1);
    assert!(refused.contains("Missing documentation has no channel"), "{refused}");

    let checked = place.json(&["metrics", "check"]);
    assert_eq!(checked["wrong"], serde_json::json!([]));
    let own = include_str!("../../../metric/metrics/questions.sql");
    place.write("w/metrics/long_questions.sql", own.replace("FROM rows", "FROM rows\nWHERE mesages > 10"));
    place.write("w/metrics/headless.sql", "SELECT 1");
    let checked = place.run(&["-C", "w", "metrics", "check"]).fails_with(1);
    assert!(checked.contains("headless.sql:1:1: the header lacks"), "{checked}");
    assert!(checked.contains("long_questions.sql:7:7: no column `mesages`"), "{checked}");
}

/// Beer's figures, worked out by hand from its XML in Python: a question is a row of Posts.xml with PostTypeId 1; its first
/// response is the earliest of its answers (PostTypeId 2, ParentId) and of the comments (Comments.xml, PostId) on it or on
/// one of those, by another OwnerUserId or UserId than its own that is not -1.
///
/// ```text
/// hours = [(min(said) - asked).total_seconds() / 3600 for asked, said in questions if said]
/// len(questions), len(hours), statistics.median(hours), statistics.mean(hours)
/// → 591, 583, 4.305519444444444, 112.90781249952354; by year 2014: 329, 2015: 122, 2016: 140; 359 accepted
/// ```
#[test]
fn beer_is_what_was_worked_out_by_hand() {
    let beer = testkit::shared_data().join("stackexchange/beer");
    if !beer.is_dir() {
        eprintln!("not tested: ../shared/data is not here");
        return;
    }
    let place = Place::new();
    place.run(&["init", "w"]).ok();
    place.w(&["add", "stackexchange-dump", "beer", "--path", &beer.to_string_lossy()]);
    place.w(&["sync"]);
    let tables = Tables::open(&place.path().join("w"));
    let catalogue = Catalogue::shipped();
    let until = "2030-01-01T00:00:00Z".parse::<jiff::Timestamp>().expect("it is there").as_microsecond();
    let measured = |name: &str, by: By| {
        measure(&tables, catalogue, catalogue.named(name).expect("it is there"), &Ask::period(0, until).by(by))
            .expect("it is there")
    };
    for (name, value, cases) in [
        ("questions", 591.0, 591),
        ("first_response_median", 4.305_519_444_444, 583),
        ("first_response_mean", 112.907_812_499_5, 583),
    ] {
        let found = measured(name, By::All);
        let near = found.value().is_some_and(|found| (found - value).abs() < 1e-6 * value);
        assert!(near && found.cases() == cases, "{name}: {found:?}, by hand {value} of {cases}");
    }
    let years: Vec<u64> = measured("questions", By::Year).groups.iter().map(|group| group.cases).collect();
    assert_eq!(years, [329, 122, 140]);
}

#[test]
fn half_is_carried_by_the_fewest() {
    // The figures of CHAOSS's own example of the Contributor Absence Factor.
    let answers = [1000, 433, 343, 332, 202, 90, 42, 33];
    assert_eq!(values::fewest(answers.to_vec()), (Some(2.0), 2475));
    let place = Place::new();
    let mut commits = "id,time,email,what,channel\n".to_owned();
    let mut stays = "email,organization\n".to_owned();
    for (who, count) in answers.into_iter().enumerate() {
        let commit = |number: u64| {
            format!("{who}-{number},2024-03-0{}T10:00:00Z,p{who}@example.org,authored,code\n", who % 8 + 1)
        };
        commits.extend((0..count).map(commit));
        stays += &format!("p{who}@example.org,Company {who}\n");
    }
    place.write("commits.csv", commits);
    place.write("stays.csv", stays);
    place.run(&["init", "w"]).ok();
    let author = "columns.id = 'id'\ncolumns.time = 'time'\ncolumns.author_email = 'email'\ncolumns.what = 'what'\ncolumns.channel = 'channel'";
    let mut config = std::fs::read_to_string(place.path().join("w/switchboard.toml")).expect("it is there");
    config += &format!("\n[sources.code]\nkind = 'table'\npath = '../commits.csv'\nrows = 'activities'\n{author}\n");
    config += "\n[sources.stays]\nkind = 'table'\npath = '../stays.csv'\nrows = 'people'\ncolumns.email = 'email'\ncolumns.organization = 'organization'\n";
    place.write("w/switchboard.toml", config);
    place.w(&["sync"]);
    let tables = Tables::open(&place.path().join("w"));
    let catalogue = Catalogue::shipped();
    for name in ["absence_factor_code", "elephant_factor_code"] {
        let ask = Ask::period(0, 1_800_000_000_000_000);
        let measured: Measured =
            measure(&tables, catalogue, catalogue.named(name).expect("it is there"), &ask).expect("it is there");
        assert_eq!((measured.value(), measured.cases()), (Some(2.0), 2475), "{name}");
    }
}
