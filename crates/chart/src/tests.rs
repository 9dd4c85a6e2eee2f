//! What every drawing promises, whatever it is given.

use proptest::prelude::*;
use resvg::usvg::roxmltree::Document;

use crate::calendar::extent;
use crate::{Bar, Bars, Mark, OverTime, Series, Shape, Step, Theme, Unit, sparkline};

const DAY: i64 = 86_400_000_000;
/// 2023-01-01T00:00:00Z.
const START: i64 = 1_672_531_200_000_000;

/// Beginnings of so many months from January 2023 on.
fn months(count: i64) -> Vec<i64> {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let days = (0..count).scan(0, |days, month| {
        let begins = *days;
        *days += lengths[month as usize % 12];
        Some(begins)
    });
    days.map(|days| START + days * DAY).collect()
}

fn questions() -> OverTime {
    let series = |name: &str, tone, values: &[f64]| Series {
        name: name.to_owned(),
        tone,
        values: values.iter().map(|value| Some(*value)).collect(),
    };
    OverTime {
        name: "questions".to_owned(),
        title: "Questions by month".to_owned(),
        about: "How much is asked.".to_owned(),
        starts: months(4),
        series: vec![series("asked", 0, &[12.0, 30.0, 22.0, 41.0]), series("answered", 2, &[10.0, 28.0, 22.0, 30.0])],
        links: (1..=4).map(|month| format!("/desk?month=2023-0{month}&all=yes")).collect(),
        marks: vec![Mark { at: START + 40 * DAY, label: "Release 2.0".to_owned(), ..Mark::default() }],
        ..OverTime::default()
    }
}

#[test]
fn a_drawing_says_what_it_shows() {
    let figure = questions().figure();
    let page = Document::parse(&figure).unwrap();
    let texts: Vec<&str> = page.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
    insta::assert_snapshot!(texts.join("\n"), @"
    Questions by month
    How much is asked.
    asked
    answered
    Questions by month
    How much is asked. asked: at most 41 (April 2023), at last 41. answered: at most 30 (April 2023), at last 30.
    0
    20
    40
    60
    Jan 2023
    Feb
    Mar
    Apr
    1
    January 2023: asked 12, answered 10
    February 2023: asked 30, answered 28
    March 2023: asked 22, answered 22
    April 2023: asked 41, answered 30
    Release 2.0
    The numbers as a table
    Questions by month
    When
    asked
    answered
    April 2023
    41
    30
    March 2023
    22
    22
    February 2023
    30
    28
    January 2023
    12
    10
    ");
    assert!(!figure.contains("style="), "the page's policy forbids it");
}

#[test]
fn labels_say_month_and_year() {
    let check = |step: Step, starts: &[i64], width: f64, expected: &str| {
        let labels: Vec<String> = step.labels(starts, width).into_iter().map(|label| label.text).collect();
        assert_eq!(labels.join(" "), expected, "{step:?} {width}");
    };
    let days: Vec<i64> = (0..30).map(|day| START + day * DAY).collect();
    let weeks: Vec<i64> = (0..52).map(|week| START + (1 + week * 7) * DAY).collect();
    let years: Vec<i64> = (0..30).map(|year| START + year * 365 * DAY + 8 * DAY).collect();
    check(Step::Month, &months(12), 560.0, "Jan 2023 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec");
    check(Step::Month, &months(12), 260.0, "Jan 2023 Apr Jul Oct");
    check(Step::Month, &months(72), 260.0, "2023 2024 2025 2026 2027 2028");
    check(Step::Month, &months(1), 260.0, "Jan 2023");
    check(Step::Day, &days, 560.0, "1 Jan 8 Jan 15 Jan 22 Jan 29 Jan");
    check(Step::Week, &weeks, 260.0, "Jan 2023 Apr Jul Oct");
    check(Step::Year, &years, 260.0, "2025 2030 2035 2040 2045 2050");
}

#[test]
fn a_picture_has_our_letters_in_it() {
    let blank = OverTime { title: String::new(), ..questions() };
    let (with, without) = (questions().picture(640, Theme::Light).unwrap(), blank.picture(640, Theme::Light).unwrap());
    assert!(with.starts_with(b"\x89PNG") && with != without);
    assert_ne!(questions().picture(640, Theme::Dark).unwrap(), with);
}

/// Numbers as nobody would expect them.
fn value() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        4 => (0.0..1e4).prop_map(Some),
        1 => any::<f64>().prop_map(Some),
        1 => Just(None),
        1 => Just(Some(0.0)),
        1 => Just(Some(f64::MAX)),
        1 => Just(Some(f64::MIN_POSITIVE)),
    ]
}

fn unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::Count), Just(Unit::Share), Just(Unit::Hours), Just(Unit::Number)]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![Just(Step::Day), Just(Step::Week), Just(Step::Month), Just(Step::Year)]
}

prop_compose! {
    fn over_time()(
        unit in unit(), step in step(), bars in any::<bool>(), words in any::<String>(),
        begin in prop_oneof![3 => START - 9_000 * DAY..START + 9_000 * DAY, 1 => any::<i64>()],
        length in 1..400_i64,
        values in prop::collection::vec(prop::collection::vec(value(), 0..40), 0..4),
        marks in prop::collection::vec((0..400_i64, any::<Option<u8>>(), any::<String>()), 0..6),
    ) -> OverTime {
        let slots = values.iter().map(Vec::len).max().unwrap_or_default() as i64;
        let at = |days: i64| begin.saturating_add(days.saturating_mul(DAY));
        OverTime {
            name: "x".to_owned(), title: words.clone(), about: words.clone(), unit, step,
            shape: if bars { Shape::Bars } else { Shape::Lines },
            starts: (0..slots).map(|slot| at(slot * length)).collect(),
            series: values.into_iter().map(|values| Series { name: words.clone(), tone: 9, values }).collect(),
            links: vec![words.clone(); slots as usize / 2],
            marks: marks.into_iter().map(|(day, days, label)| Mark {
                at: at(day), until: days.map(|days| at(day + i64::from(days))), href: Some(label.clone()), label,
            }).collect(),
        }
    }
}

/// Well-formed, and without anything that is no number.
fn is_sound(markup: &str) {
    let page = Document::parse(markup).unwrap_or_else(|error| panic!("{error}: {markup}"));
    for attribute in page.descendants().flat_map(|node| node.attributes()) {
        let numeric = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height"].contains(&attribute.name());
        let value = attribute.value().trim_end_matches('%');
        let fine = !numeric || value.parse::<f64>().is_ok_and(|value| value.is_finite() && value.abs() < 1e7);
        assert!(fine, "{}={}", attribute.name(), attribute.value());
    }
}

proptest! {
    #[test]
    fn any_numbers_give_a_sound_drawing(chart in over_time()) {
        is_sound(&chart.figure());
        is_sound(&chart.standalone(640, Theme::Dark));
    }

    #[test]
    fn any_list_gives_a_sound_drawing(
        unit in unit(), names in prop::collection::vec((any::<String>(), prop::collection::vec(any::<f64>(), 0..4)), 0..8)
    ) {
        let bars = names.iter().map(|(name, values)| Bar { name: name.clone(), link: Some(name.clone()), values: values.clone() });
        let parts = names.iter().take(3).map(|(name, _)| name.clone()).collect();
        let chart = Bars { name: "x".to_owned(), unit, parts, bars: bars.collect(), ..Bars::default() };
        is_sound(&chart.figure());
        is_sound(&chart.standalone(1, Theme::Light));
    }

    #[test]
    fn any_values_give_a_sound_line(values in prop::collection::vec(value(), 0..40), about in any::<String>()) {
        is_sound(&sparkline(&values, &about));
    }

    #[test]
    fn labels_never_touch(step in step(), begin in START - 9_000 * DAY..START + 9_000 * DAY, count in 0..400_usize,
        length in 1..400_i64, width in 200.0..2000.0) {
        let starts: Vec<i64> = (0..count).map(|slot| begin + slot as i64 * length * DAY).collect();
        let labels = step.labels(&starts, width);
        for pair in labels.windows(2) {
            let (before, after) = (extent(&pair[0], count, width), extent(&pair[1], count, width));
            prop_assert!(before.1 < after.0, "{pair:?}");
        }
    }
}

#[test]
fn pictures_of_awkward_numbers_are_pictures() {
    let check = |values: &[Option<f64>], unit| {
        let series = vec![Series { name: "a".to_owned(), tone: 0, values: values.to_vec() }];
        let chart = OverTime { unit, starts: months(values.len() as i64), series, ..OverTime::default() };
        assert!(chart.picture(320, Theme::Light).unwrap().starts_with(b"\x89PNG"), "{values:?}");
    };
    check(&[], Unit::Count);
    check(&[Some(3.0)], Unit::Share);
    check(&[Some(-3.0), None, Some(f64::NAN), Some(5.0)], Unit::Number);
    check(&[Some(0.01), Some(20_000.0), Some(f64::INFINITY)], Unit::Hours);
    check(&[Some(f64::MAX), Some(f64::MIN)], Unit::Count);
}
