use super::*;

/// 2022-01-01T00:00:00Z.
const BEGIN: i64 = 1_640_995_200_000_000;

fn series(step: Step, unit: Unit, values: impl IntoIterator<Item = f64>) -> Series {
    let values: Vec<Option<f64>> = values.into_iter().map(Some).collect();
    let mut start = step.after(step.floor(BEGIN), 1);
    let mut starts = Vec::new();
    for _ in &values {
        starts.push(start);
        start = step.after(start, 1);
    }
    Series { step, unit, cases: vec![40; values.len()], starts, values }
}

/// What was found: where it begins, how long it is, which way, and whether it lasted.
fn found(series: &Series) -> Vec<(usize, usize, Way, Option<bool>)> {
    watch(series).blips.iter().map(|blip| (blip.first, blip.length, blip.way, blip.lasted)).collect()
}

/// Numbers around a level that look like chance and are always the same: steps of the golden ratio.
fn around(level: f64, reach: f64, count: usize) -> Vec<f64> {
    (0..count).map(|at| (level + reach * (2.0 * (at as f64 * 0.618_034).fract() - 1.0)).round()).collect()
}

fn changed(mut values: Vec<f64>, at: std::ops::Range<usize>, times: f64) -> Vec<f64> {
    values[at].iter_mut().for_each(|value| *value = (*value * times).round());
    values
}

fn check(values: Vec<f64>, expected: &[(usize, usize, Way, Option<bool>)]) {
    assert_eq!(found(&series(Step::Week, Unit::Count, values)), expected);
}

#[test]
fn nothing_is_said_of_nothing() {
    check(vec![], &[]);
    check(vec![5.0; 200], &[]);
    check(vec![0.0; 200], &[]);
    check(around(40.0, 9.0, 150), &[]);
    // Too short to know what is usual.
    check(changed(around(40.0, 9.0, 14), 12..14, 9.0), &[]);
}

#[test]
fn a_wave_is_found_and_passes() {
    check(changed(around(40.0, 9.0, 100), 60..63, 3.0), &[(60, 3, Way::Up, Some(false))]);
    check(changed(around(40.0, 9.0, 100), 60..61, 3.0), &[(60, 1, Way::Up, Some(false))]);
    // It is too soon to tell.
    check(changed(around(40.0, 9.0, 100), 98..100, 3.0), &[(98, 2, Way::Up, None)]);
}

#[test]
fn a_step_lasts_and_is_the_new_usual() {
    check(changed(around(400.0, 30.0, 120), 60..120, 0.25), &[(60, 8, Way::Down, Some(true))]);
}

#[test]
fn three_after_one_is_nothing() {
    let rare = (0..120).map(|at| if at % 3 == 0 { 1.0 } else { 0.0 });
    check(rare.enumerate().map(|(at, value)| if at == 90 { 3.0 } else { value }).collect(), &[]);
}

#[test]
fn growth_and_weekends_are_usual() {
    let grown = around(40.0, 6.0, 150).into_iter().enumerate().map(|(at, value)| value + at as f64 / 2.0);
    check(grown.collect(), &[]);
    let weekends = |at: usize| if at % 7 >= 5 { 0.2 } else { 1.2 };
    let days: Vec<f64> =
        around(60.0, 10.0, 200).into_iter().enumerate().map(|(at, value)| (value * weekends(at)).round()).collect();
    assert_eq!(found(&series(Step::Day, Unit::Count, days.clone())), []);
    let busy = changed(days, 150..153, 3.0);
    let blips = found(&series(Step::Day, Unit::Count, busy));
    assert_eq!(blips.iter().map(|blip| (blip.0, blip.1, blip.2)).collect::<Vec<_>>(), [(150, 3, Way::Up)]);
}

#[test]
fn a_christmas_that_comes_each_year_is_the_season() {
    let christmas = |at: usize| if at % 52 >= 50 { 0.4 } else { 1.0 };
    let weeks = around(100.0, 9.0, 208).into_iter().enumerate().map(|(at, value)| (value * christmas(at)).round());
    check(weeks.collect(), &[]);
}

#[test]
fn how_much_more_and_what_came_after_is_said() {
    let watched = watch(&series(Step::Week, Unit::Count, changed(vec![40.0; 100], 60..62, 3.0)));
    let blip = &watched.blips[0];
    assert_eq!(
        (blip.usual.round(), blip.was, blip.extra.map(f64::round), blip.after),
        (40.0, 120.0, Some(160.0), Some(40.0))
    );
    let usual = watched.usual[61].unwrap();
    assert!(usual.low < 40.0 && usual.high > 40.0 && usual.high < 120.0, "{usual:?}");
    assert_eq!(watched.usual[3], None);
}

#[test]
fn shares_and_times_have_blips_too() {
    let share = changed(vec![0.8; 60], 40..43, 0.0).into_iter().map(|value: f64| if value == 0.0 { 0.3 } else { 0.8 });
    assert_eq!(found(&series(Step::Month, Unit::Share, share)).len(), 1);
    let hours =
        around(24.0, 4.0, 60).into_iter().enumerate().map(|(at, value)| if at == 50 { value * 9.0 } else { value });
    assert_eq!(found(&series(Step::Month, Unit::Hours, hours)), [(50, 1, Way::Up, Some(false))]);
}

#[test]
fn gaps_are_no_blips() {
    let mut gaps = series(Step::Week, Unit::Share, vec![0.5; 100]);
    gaps.values.iter_mut().skip(1).step_by(3).for_each(|value| *value = None);
    assert_eq!(found(&gaps), []);
}

proptest::proptest! {
    #[test]
    fn a_number_may_be_moved_and_stretched(
        values in proptest::collection::vec(-50.0_f64..50.0, 40..90),
        moved in -1e4_f64..1e4,
        times in 0.1_f64..100.0,
        at in 30_usize..40,
    ) {
        let values = |plant: bool| values.clone().into_iter().enumerate().map(move |(slot, value)| {
            if plant && slot == at { 2_000.0 } else { value }
        });
        let plain = found(&series(Step::Week, Unit::Number, values(true)));
        let other = found(&series(Step::Week, Unit::Number, values(true).map(|value| value * times + moved)));
        proptest::prop_assert_eq!(&plain, &other);
        proptest::prop_assert!(plain.iter().any(|blip| (blip.0..blip.0 + blip.1).contains(&at) && blip.2 == Way::Up));
    }

    #[test]
    fn no_series_is_too_strange(
        values in proptest::collection::vec(proptest::option::of(proptest::num::f64::ANY), 0..80),
        cases in 0_u64..5,
        unit in proptest::sample::select(vec![Unit::Count, Unit::Share, Unit::Hours, Unit::Number]),
    ) {
        let mut strange = series(Step::Month, unit, values.iter().map(|_| 0.0));
        strange.values = values;
        strange.cases.fill(cases);
        let watched = watch(&strange);
        proptest::prop_assert_eq!(watched.usual.len(), strange.values.len());
    }
}
