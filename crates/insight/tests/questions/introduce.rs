//! Who can introduce whom.

use crate::village::{Village, ago, person};

/// Ada helps Ben, Ben helps Cleo, Cleo helps Dan; nobody knows Eve.
fn village() -> Village {
    let mut village = Village::new();
    for (key, name) in [("ada", "Ada"), ("ben", "Ben"), ("cleo", "Cleo"), ("dan", "Dan"), ("eve", "Eve")] {
        village.person(key, Some(name), &[]);
    }
    for (number, (helper, asker)) in [("ada", "ben"), ("ben", "cleo"), ("cleo", "dan")].into_iter().enumerate() {
        let said = [(asker, ago(20), "How?"), (helper, ago(19), "So.")];
        village.conversation(&format!("q{number}"), "How", &said, &[]);
    }
    village
}

fn check(from: &str, to: &str, expected: &str) {
    let community = village().open().expect("opens");
    let found = community.introduce(&person(from), &person(to)).expect("answers").expect("both are known");
    let direct = found.direct.map(|tie| format!("{} {}", tie.helped, tie.was_helped));
    let by: Vec<_> = found.introducers.iter().map(|one| one.person.name.as_str()).collect();
    let chain: Vec<_> = found.chain.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(format!("{} | {} | {}", direct.unwrap_or_default(), by.join(" "), chain.join(" ")), expected);
}

#[test]
fn who_helped_each_other_can_introduce() {
    check("ada", "ben", "1 0 |  | ");
    check("ben", "ada", "0 1 |  | ");
    check("ada", "cleo", " | Ben | ");
    check("ada", "dan", " |  | Ada Ben Cleo Dan");
    check("ada", "eve", " |  | ");
    check("ada", "ada", " |  | ");
}

#[test]
fn whom_somebody_knows() {
    let community = village().open().expect("opens");
    let known = community.introducers(&person("cleo")).expect("answers").expect("known");
    let known: Vec<_> =
        known.iter().map(|one| (one.person.name.as_str(), one.tie.helped, one.tie.was_helped)).collect();
    // Dan was helped by Cleo; Ben helped her.
    assert!(known.contains(&("Ben", 1, 0)) && known.contains(&("Dan", 0, 1)), "{known:?}");
    assert_eq!(community.introducers("nobody").expect("answers"), None);
    assert_eq!(community.introduce("nobody", &person("ada")).expect("answers"), None);
}
