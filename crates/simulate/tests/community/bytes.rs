//! The same settings give the same bytes; what is held back is the end of the same files.

use simulate::{Settings, SimulateError};

use super::{files, make};

fn small() -> Settings {
    Settings { years: 1, ..Settings::new(800) }
}

#[test]
fn equal_settings_give_equal_bytes() {
    let first = make(&small());
    assert!(files(first.folder.path()) == files(make(&small()).folder.path()));
    let other = make(&Settings { seed: 1, ..small() });
    assert!(files(first.folder.path()) != files(other.folder.path()));
}

#[test]
fn what_is_held_back_completes_the_files() {
    let whole = make(&small());
    let held = make(&Settings { hold_back: 60, ..small() });
    assert_eq!(held.summary.held_back, 60);
    let mut joined = files(held.folder.path());
    let later: Vec<String> = joined.keys().filter(|name| name.starts_with("later/")).cloned().collect();
    assert!(!later.is_empty());
    let mut messages = 0;
    for name in later {
        let rest = joined.remove(&name).expect("listed");
        let text = String::from_utf8_lossy(&rest);
        messages += text.lines().filter(|line| line.starts_with("From ") || line.starts_with('[')).count();
        joined.entry(name["later/".len()..].to_owned()).or_default().extend(rest);
    }
    assert_eq!(messages, 60);
    assert!(joined == files(whole.folder.path()));
}

#[test]
fn nothing_is_overwritten() {
    let community = make(&small());
    let again = simulate::write(&small(), community.folder.path(), &mut |_| ());
    assert!(matches!(again, Err(SimulateError::NotEmpty { .. })));
}

#[test]
fn tiny_communities_are_possible() {
    for messages in [0, 1, 10] {
        let community = make(&Settings { years: 1, ..Settings::new(messages) });
        assert!(community.summary.messages() >= messages.saturating_sub(1));
    }
}
