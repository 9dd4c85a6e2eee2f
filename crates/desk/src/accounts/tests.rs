//! What holds of accounts, whatever the pages make of it.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use super::*;
use crate::AuditAsk;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
const WORDS: &str = "harbour otter lantern";

fn desk() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
    (folder, desk)
}

fn account(desk: &mut Desk, name: &str, role: Role) -> Account {
    let new = NewAccount { sign_in: name.to_owned(), name: name.to_owned(), role, password: None, zone: None };
    desk.new_account(&new, "", 1).unwrap()
}

fn session(account: &Account, passed: bool) -> NewSession {
    NewSession { account: account.id, how: How::Password, passed, browser: "Firefox".to_owned() }
}

fn set_up(desk: &mut Desk, random: u8) -> String {
    let (kind, role) = (LinkKind::SetUp, Role::Administrator);
    let link = NewLink { kind, role, name: None, account: None, who: "serve".to_owned(), expires: 100 };
    desk.new_link(&link, 1, [random; 32]).unwrap()
}

fn join(name: &str) -> Join {
    let password = PasswordHash::new(WORDS, name, [3; 16]).unwrap();
    Join { sign_in: name.to_owned(), name: name.to_owned(), password, zone: None }
}

#[test]
fn a_session_lasts_as_long_as_its_owner_says_and_no_longer() {
    let (_folder, mut desk) = desk();
    let ada = account(&mut desk, "ada", Role::Administrator);
    let secret = desk.begin_session(&session(&ada, true), 0, [7; 32]).unwrap();
    assert_eq!(desk.session(&secret, 12 * HOUR - 1).unwrap().unwrap().account.name, "ada");
    assert_eq!(desk.session(&secret, 12 * HOUR).unwrap(), None);
    let half = desk.begin_session(&session(&ada, false), 0, [8; 32]).unwrap();
    assert!(!desk.session(&half, 1).unwrap().unwrap().passed);
    assert_eq!(desk.session(&half, HALF_MINUTES * MINUTE).unwrap(), None);
    for wrong in ["", "x", &secret[1..], &"a".repeat(100_000), "' OR 1=1 --"] {
        assert_eq!(desk.session(wrong, 1).unwrap(), None);
    }
}

#[test]
fn signing_out_and_being_disabled_count_at_once() {
    let (_folder, mut desk) = desk();
    let (ada, ben) = (account(&mut desk, "ada", Role::Administrator), account(&mut desk, "ben", Role::Member));
    let secrets: Vec<String> = (1..4).map(|n| desk.begin_session(&session(&ben, true), 0, [n; 32]).unwrap()).collect();
    let first = desk.session(&secrets[0], 1).unwrap().unwrap().id;
    assert!(!desk.end_session(ada.id, first).unwrap(), "somebody else's session");
    assert!(desk.end_session(ben.id, first).unwrap());
    assert_eq!(desk.session(&secrets[0], 1).unwrap(), None);
    let second = desk.session(&secrets[1], 1).unwrap().unwrap().id;
    assert_eq!(desk.end_sessions(ben.id, Some(second)).unwrap(), 1);
    desk.disable_account(ben.id, "ada", 2).unwrap();
    assert_eq!(desk.session(&secrets[1], 1).unwrap(), None);
    assert!(desk.begin_session(&session(&ben, true), 3, [9; 32]).is_err());
    desk.enable_account(ben.id, "ada", 4).unwrap();
    assert_eq!(desk.session(&secrets[1], 1).unwrap(), None, "an old session does not come back");
}

#[test]
fn a_password_lets_its_owner_in_and_nobody_else() {
    let (_folder, mut desk) = desk();
    let secret = set_up(&mut desk, 1);
    let ada = desk.join(&secret, &join("ada"), 2).unwrap();
    let let_in = |desk: &Desk, name: &str, password: &str| desk.check_password(name, password).unwrap().is_some();
    assert!(let_in(&desk, " ADA ", WORDS));
    for (name, password) in
        [("ada", "harbour otter"), ("ada", ""), ("ben", WORDS), ("", ""), ("ada", &"x".repeat(9999))]
    {
        assert!(!let_in(&desk, name, password), "{name}");
    }
    let ben = account(&mut desk, "ben", Role::Administrator);
    assert!(!let_in(&desk, "ben", ""), "without a password nobody signs in by one");
    desk.disable_account(ada.id, "ben", 3).unwrap();
    assert!(!let_in(&desk, "ada", WORDS));
    assert!(desk.disable_account(ben.id, "ben", 4).is_err(), "the last administrator stays");
    assert!(desk.set_role(ben.id, Role::Viewer, "ben", 4).is_err());
}

#[test]
fn of_two_who_use_one_link_one_wins() {
    let (folder, mut desk) = desk();
    let secret = set_up(&mut desk, 1);
    let path = folder.path().join("desk.sqlite");
    let barrier = Barrier::new(2);
    let tries: Vec<Result<Account>> = thread::scope(|scope| {
        let one = |name: &'static str| {
            let (path, secret, barrier) = (&path, &secret, &barrier);
            scope.spawn(move || {
                let mut desk = Desk::open(path).unwrap();
                let join = join(name);
                barrier.wait();
                desk.join(secret, &join, 5)
            })
        };
        let both = [one("ada"), one("ben")];
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(tries.iter().filter(|tried| tried.is_ok()).count(), 1, "{tries:?}");
    assert!(tries.iter().any(|tried| matches!(tried, Err(DeskError::LinkGone))), "{tries:?}");
    assert_eq!(desk.accounts().unwrap().len(), 1);
}

#[test]
fn links_work_once_and_not_for_long() {
    let (_folder, mut desk) = desk();
    let (old, secret) = (set_up(&mut desk, 1), set_up(&mut desk, 2));
    assert!(desk.join(&old, &join("ada"), 2).is_err(), "a newer one takes its place");
    assert!(desk.join(&secret, &join("ada"), 100).is_err(), "it is too old");
    assert!(desk.join(&secret, &Join { sign_in: "a b".to_owned(), ..join("ada") }, 2).is_err());
    let ada = desk.join(&secret, &join("ada"), 2).unwrap();
    assert_eq!((ada.role, desk.link(&secret, 3).unwrap()), (Role::Administrator, None));
    let invitation = |role| {
        let (kind, who) = (LinkKind::Invitation, "ada".to_owned());
        NewLink { kind, role, name: Some("Ben".to_owned()), account: None, who, expires: 100 }
    };
    let first = desk.new_link(&invitation(Role::Viewer), 3, [3; 32]).unwrap();
    let second = desk.new_link(&invitation(Role::Member), 3, [4; 32]).unwrap();
    assert!(desk.join(&first, &join("Ada"), 4).is_err(), "the name is taken, the link still works");
    assert_eq!(desk.join(&first, &join("ben"), 4).unwrap().role, Role::Viewer);
    let left = desk.invitations(5).unwrap();
    assert_eq!(left.len(), 1);
    assert!(desk.withdraw_invitation(left[0].id, "ada", 5).unwrap());
    assert!(matches!(desk.join(&second, &join("cas"), 6), Err(DeskError::LinkGone)));
    assert!(desk.new_link(&NewLink { kind: LinkKind::SetUp, ..invitation(Role::Viewer) }, 7, [5; 32]).is_err());
}

#[test]
fn another_password_ends_what_the_old_one_began() {
    let (_folder, mut desk) = desk();
    let secret = set_up(&mut desk, 1);
    let ada = desk.join(&secret, &join("ada"), 2).unwrap();
    let cookie = desk.begin_session(&session(&ada, true), 3, [7; 32]).unwrap();
    let browser = desk.know_browser(ada.id, 3, [8; 32]).unwrap();
    assert!(desk.knows_browser(&browser, "ADA").unwrap() && !desk.knows_browser(&browser, "ben").unwrap());
    let link = NewLink {
        kind: LinkKind::Reset,
        role: ada.role,
        name: None,
        account: Some(ada.id),
        who: "ada".to_owned(),
        expires: 100,
    };
    let secret = desk.new_link(&link, 4, [9; 32]).unwrap();
    let other = PasswordHash::new("quarry violin teapot", "ada", [4; 16]).unwrap();
    desk.reset_password(&secret, &other, 5).unwrap();
    assert!(desk.reset_password(&secret, &other, 5).is_err());
    assert_eq!(desk.session(&cookie, 6).unwrap(), None);
    assert!(!desk.knows_browser(&browser, "ada").unwrap());
    assert!(desk.check_password("ada", WORDS).unwrap().is_none());
    assert!(desk.check_password("ada", "quarry violin teapot").unwrap().is_some());
}

#[test]
fn a_code_and_a_recovery_code_count_once() {
    let (_folder, mut desk) = desk();
    let ada = account(&mut desk, "ada", Role::Administrator);
    // The secret of RFC 6238, appendix B: its code at 59 seconds is 287082.
    desk.begin_factor(ada.id, *b"12345678901234567890").unwrap();
    let begun = desk.begun_factor(ada.id, "Desk: Tidepool").unwrap().unwrap();
    assert_eq!(
        begun.address,
        "otpauth://totp/Desk%20Tidepool:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Desk%20Tidepool"
    );
    assert_eq!(format!("{begun:?}"), "Begun(***)");
    assert_eq!(desk.confirm_factor(ada.id, "287083", 59_000_000, std::array::from_fn(|i| i as u8)).unwrap(), None);
    let codes = desk.confirm_factor(ada.id, "287082", 59_000_000, std::array::from_fn(|i| i as u8)).unwrap().unwrap();
    assert!(!desk.use_factor(ada.id, "287082", 60_000_000).unwrap(), "it was used to turn it on");
    assert!(desk.use_factor(ada.id, "081804", 1_111_111_109_000_000).unwrap());
    assert!(!desk.use_factor(ada.id, "081804", 1_111_111_110_000_000).unwrap());
    assert_eq!((codes.len(), codes[0].len()), (RECOVERY_CODES, 19));
    assert!(desk.use_recovery_code(ada.id, &format!(" {} ", codes[0].to_uppercase()), 9).unwrap());
    assert!(!desk.use_recovery_code(ada.id, &codes[0], 9).unwrap());
    for wrong in ["", "----", "abcd-efgh-ijkl-mnop", "é", &"a".repeat(99_999)] {
        assert!(!desk.use_recovery_code(ada.id, wrong, 9).unwrap(), "{wrong}");
    }
}

#[test]
fn whose_role_needs_a_second_factor_lacks_it_until_it_is_there() {
    let (_folder, mut desk) = desk();
    let ada = account(&mut desk, "ada", Role::Administrator);
    let secret = desk.begin_session(&session(&ada, true), 0, [7; 32]).unwrap();
    let elsewhere = NewSession { how: How::Elsewhere, ..session(&ada, true) };
    let elsewhere = desk.begin_session(&elsewhere, 0, [8; 32]).unwrap();
    let lacks = |desk: &Desk, secret: &str| desk.session(secret, 1).unwrap().unwrap().lacks_factor;
    assert!(!lacks(&desk, &secret));
    desk.require_factor(&BTreeSet::from([Role::Administrator]), "ada", 1).unwrap();
    assert!(lacks(&desk, &secret) && !lacks(&desk, &elsewhere));
    desk.begin_factor(ada.id, *b"12345678901234567890").unwrap();
    desk.confirm_factor(ada.id, "287082", 59_000_000, std::array::from_fn(|i| i as u8)).unwrap().unwrap();
    assert!(!lacks(&desk, &secret));
    desk.turn_factor_off(ada.id, "ada", 2).unwrap();
    assert!(lacks(&desk, &secret));
}

#[test]
fn everything_that_changed_stands_in_one_list() {
    let (_folder, mut desk) = desk();
    let ada = account(&mut desk, "ada", Role::Administrator);
    let ben = account(&mut desk, "ben", Role::Viewer);
    desk.set_role(ben.id, Role::Member, "ada", 2).unwrap();
    desk.rename_account(ada.id, "Ada King", 3).unwrap();
    desk.change(&["m1".into()], &[crate::Change::from(crate::Deed::Resolve).because("done")], "ben", 4).unwrap();
    desk.decide(&crate::Decision::new(5, "ben", "p1", crate::Kind::DoNotAsk)).unwrap();
    desk.save(crate::SavedKind::View, "mine", "is:mine", "ben", 6).unwrap();
    desk.note_change(&Noted { at: 7, who: "ada", area: "sources", what: "added", subject: Some("list") }).unwrap();
    let told = |desk: &Desk, ask: AuditAsk| -> Vec<String> {
        let lines = desk.audit(&ask).unwrap().into_iter();
        lines
            .map(|line| format!("{} {} {}: {}", line.at, line.who, line.what, line.subject.unwrap_or_default()))
            .collect()
    };
    let all = AuditAsk { limit: 50, ..AuditAsk::default() };
    assert_eq!(
        told(&desk, all.clone()),
        [
            "7 ada added: list",
            "6 ben saved the view: mine",
            "5 ben do_not_ask: p1",
            "4 ben resolved: m1",
            "3 ada is called Ada King from now on: ada",
            "2 ada made them member (was viewer): ben",
            "1 ben came to the team as viewer: ben",
            "1 ada came to the team as administrator: ada",
        ]
    );
    let page = AuditAsk { offset: 2, limit: 2, ..all.clone() };
    assert_eq!(told(&desk, page), told(&desk, all.clone())[2..4]);
    let who = AuditAsk { who: Some("ben".to_owned()), ..all.clone() };
    assert_eq!(told(&desk, who).len(), 4);
    assert_eq!(told(&desk, AuditAsk { area: Some("sources".to_owned()), ..all }).len(), 1);
    assert_eq!(desk.audit_names().unwrap(), ["ada", "ben"]);
    assert!(desk.connection.execute("DELETE FROM changes", []).is_err());
    assert!(desk.connection.execute("UPDATE changes SET who = 'eve'", []).is_err());
}

#[test]
fn no_secret_is_in_the_file() {
    let (folder, mut desk) = desk();
    let secret = set_up(&mut desk, 0xab);
    let ada = desk.join(&secret, &join("ada"), 2).unwrap();
    let cookie = desk.begin_session(&session(&ada, true), 3, [0xcd; 32]).unwrap();
    drop(desk);
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        assert!(!has(&secret.as_bytes()[..16]) && !has(&cookie.as_bytes()[..16]) && !has(WORDS.as_bytes()));
        assert!(!has(&[0xab; 16]) && !has(&[0xcd; 16]));
    }
}

#[test]
fn names_are_of_one_person_each_and_look_like_no_other() {
    let (_folder, mut desk) = desk();
    account(&mut desk, "ada", Role::Administrator);
    let make = |desk: &mut Desk, sign_in: &str, name: &str| {
        let (sign_in, name) = (sign_in.to_owned(), name.to_owned());
        desk.new_account(&NewAccount { sign_in, name, role: Role::Viewer, password: None, zone: None }, "ada", 1)
            .is_ok()
    };
    for (sign_in, name) in
        [("ADA", "x"), ("b", "Ada"), ("аda", "y"), ("", "z"), ("c", ""), ("c d", "z"), ("c", "a\nb\u{7}")]
    {
        assert!(!make(&mut desk, sign_in, name), "{sign_in:?} {name:?}");
    }
    assert!(make(&mut desk, "ben@example.org", "  Ben   B. "));
    assert_eq!(desk.account_by_name("ben@example.org").unwrap().unwrap().name, "Ben B.");
    assert!(desk.set_habits(1, Some("Europe/Berlin"), 8).is_ok());
    assert!(desk.set_habits(1, Some("Moon/Tycho"), 8).is_err() && desk.set_habits(1, None, 0).is_err());
}

#[test]
fn the_first_account_is_an_administrator_s() {
    let (_folder, mut desk) = desk();
    assert!(!desk.has_accounts().unwrap());
    let viewer = NewAccount {
        sign_in: "eve".to_owned(),
        name: "Eve".to_owned(),
        role: Role::Viewer,
        password: None,
        zone: None,
    };
    assert!(desk.new_account(&viewer, "", 1).is_err());
    let ada = account(&mut desk, "ada", Role::Administrator);
    assert!(desk.has_accounts().unwrap());
    desk.link_subject(ada.id, "https://id.example.org", "42", "ada", 1).unwrap();
    desk.link_subject(ada.id, "https://id.example.org", "42", "ada", 1).unwrap();
    let of = |desk: &Desk, subject: &str| desk.account_of_subject("https://id.example.org", subject).unwrap();
    assert_eq!((of(&desk, "42").map(|account| account.id), of(&desk, "43")), (Some(ada.id), None));
    let eve = desk.new_account(&viewer, "", 1).unwrap();
    assert!(desk.link_subject(eve.id, "https://id.example.org", "42", "eve", 1).is_err());
}
