use super::*;

fn group(key: &str, value: f64, cases: u64) -> Group {
    Group { key: key.to_owned(), value: Some(value), cases }
}

#[test]
fn counts_are_explained_by_what_came_on_top() {
    let blip = [group("list", 140.0, 140), group("chat", 30.0, 30)];
    let before = [group("list", 40.0, 40), group("chat", 60.0, 60)];
    // 58 were usual in the time of the blip: of the 112 more, the list has 116.8 and the chat 4.8 fewer.
    let found = most(Part::Channel, of_counts(&blip, &before, 0.58), 112.0);
    let said: Vec<_> = found.iter().map(|one| (one.key.as_str(), (one.share * 100.0).round())).collect();
    assert_eq!(said, [("list", 104.0)]);
}

#[test]
fn the_parts_of_a_mean_make_its_difference() {
    let blip = [group("a", 0.5, 100), group("b", 0.9, 100)];
    let before = [group("a", 0.9, 50), group("b", 0.9, 150)];
    let parts = of_means(&blip, &before);
    let sum: f64 = parts.iter().map(|part| part.3).sum();
    assert!((sum - (0.7 - 0.9)).abs() < 1e-12, "{parts:?}");
    assert_eq!(most(Part::Channel, parts, -0.2).len(), 1);
}

#[test]
fn one_group_explains_nothing() {
    assert_eq!(most(Part::Channel, vec![("a".to_owned(), 9.0, 1.0, 8.0)], 8.0), []);
}

#[test]
fn queries_stand_by_themselves() {
    let catalogue = Catalogue::shipped();
    for metric in catalogue.metrics() {
        for part in PARTS {
            if let Some(sql) = metric.parted_sql(catalogue, &Ask::period(0, 1), part) {
                assert!(!sql.contains('{'), "{}: {sql}", metric.name);
            }
        }
    }
    let questions = catalogue.named("questions").unwrap();
    let sql = questions.parted_sql(catalogue, &Ask::period(0, 1), Part::Topic).unwrap();
    assert!(sql.contains("unnest(t.topics) AS topic FROM questions AS v"), "{sql}");
}
