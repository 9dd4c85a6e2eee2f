//! Who is who, and who is where.

use arrow::array::{AsArray, RecordBatch};

use derive::Decided;
use model::Id;

use crate::community::{Community, texts};

#[test]
fn one_mail_in_two_archives_is_one_message_and_one_address_one_person() {
    let community = Community::new(&["one", "two"]);
    community
        .add("two", &["mail|a1|ann@x.org|0||Hi|Hi all", "mail|a1|ann@x.org|0||Hi|Hi all", "commit|k1|Ann@x.org|3|||"]);
    community.add("one", &["mail|a1|ann@x.org|0||Hi|Hi all", "commit|k1|bob@y.org|3|||", "garbage"]);
    let (outcome, _) = community.derive("tables");
    assert_eq!((outcome.messages, outcome.people, outcome.problems), (1, 2, 1));
    let messages = &community.rows("tables", "messages")[0];
    let seen = messages.column_by_name("seen_in").expect("is there").as_list::<i32>().value(0);
    let seen: Vec<_> = seen.as_string::<i32>().iter().flatten().map(str::to_owned).collect();
    assert_eq!(seen, ["one/talk", "two/talk"]);
    let source = messages.column_by_name("source").expect("is there").as_string::<i32>();
    assert_eq!(source.value(0), "one", "the first source of the configuration counts");
    let identities = &community.rows("tables", "identities")[0];
    let proof = identities.column_by_name("proof").expect("is there").as_string::<i32>();
    assert_eq!(proof.iter().flatten().collect::<Vec<_>>(), ["the same address", "the same address"]);
    let activities = community.rows("tables", "activities");
    assert_eq!(activities.iter().map(RecordBatch::num_rows).sum::<usize>(), 2);
}

#[test]
fn accounts_addresses_of_github_and_sources_that_say_so_prove_who_is_who() {
    let community = Community::new(&["one", "two"]);
    community.add(
        "one",
        &[
            "account|k1|7+ann@users.noreply.github.com|0|||",
            "mail|a1|7+bob@users.noreply.github.com|0||Hi|Hi",
            "same|k3|cid|0|dan||",
        ],
    );
    community.add("two", &["account|k2|bobby|0||github.com/bob|", "same|k4|x|0|y||"]);
    assert_eq!(community.derive("tables").0.people, 4);
    let mut proofs = texts(&community, "identities", &["value", "proof"]);
    proofs.sort();
    assert_eq!(
        proofs,
        [
            "7+ann@users.noreply.github.com ",
            "7+bob@users.noreply.github.com the same address",
            "bobby the same account",
            "cid named as one by a source",
            "dan named as one by a source",
            "x named as one by a source",
            "y named as one by a source",
        ]
    );
}

#[test]
fn organizations_are_imported_or_known_by_domain() {
    let community = Community::new(&["one", "two"]);
    community.add(
        "one",
        &[
            "mail|a1|ann@dev.acme.com|0||Hi|Hi",
            "mail|a2|bob@gmail.com|0||Hi|Hi",
            "mail|a3|cid@gmail.com|0||Hi|Hi",
            "mail|a4|dan@uni.edu|0||Hi|Hi",
            "mail|a5|eve@uni.edu|0||Hi|Hi",
            "mail|a6|fay@fay.name|0||Hi|Hi",
            "stay|s1|bob@gmail.com|||Umbrella|",
        ],
    );
    community.add("two", &["domain|d1|x|||ACME Inc.|acme.com", "domain|d2|x|||Google|gmail.com"]);
    community.derive("tables");
    let mut stays = texts(&community, "affiliations", &["organization", "basis", "source"]);
    stays.sort();
    assert_eq!(
        stays,
        ["ACME Inc. mail domain two", "Umbrella imported one", "uni.edu shared domain ", "uni.edu shared domain "]
    );
}

/// Three addresses of one name, and two mails of one address in two sources.
fn namesakes() -> Community {
    let community = Community::new(&["one", "two"]);
    community.add(
        "one",
        &[
            "mail|a1|zaphod.beeble@x.org|0||Hi|Hi",
            "mail|a2|zaphod.beeble@y.org|9000||Ho|Ho",
            "mail|a3|dave@x.org|0||Hm|Hm",
            "mail|a4|dave@y.org|9000||Ha|Ha",
        ],
    );
    community.add("two", &["mail|b1|zaphod.beeble@x.org|20000||He|He"]);
    community
}

fn id(source: &str, address: &str) -> String {
    Id::identity(source, address).as_str().to_owned()
}

/// Who is merged with whom after these decisions, and how many suggestions there are: the same made at once.
#[track_caller]
fn check_decided(community: &Community, decided: Decided, expected: &str) {
    community.decide(decided);
    let (_, manifest) = community.derive("tables");
    let mut people = std::collections::BTreeMap::<String, Vec<String>>::new();
    for row in texts(community, "identities", &["person_id", "source", "value"]) {
        let (person, identity) = row.split_once(' ').expect("two");
        people.entry(person.to_owned()).or_default().push(identity.replace(".beeble", "").replace(".org", ""));
    }
    people.values_mut().for_each(|all| all.sort());
    let mut people: Vec<String> = people.into_values().filter(|all| all.len() > 1).map(|all| all.join(" = ")).collect();
    people.sort();
    let suggestions: usize = community.rows("tables", "suggestions").iter().map(RecordBatch::num_rows).sum();
    assert_eq!(format!("{}; {suggestions}", people.join(", ")), expected);
    std::fs::remove_dir_all(community.folder("again")).ok();
    assert_eq!(community.derive("again").1, manifest, "at once and step by step are the same");
}

#[test]
fn what_people_decide_merges_parts_and_can_be_taken_back() {
    let community = namesakes();
    let decided = Decided::default();
    let (x, y, other) =
        (id("one", "zaphod.beeble@x.org"), id("one", "zaphod.beeble@y.org"), id("two", "zaphod.beeble@x.org"));
    let before = "one zaphod@x = two zaphod@x; 1";
    check_decided(&community, decided.clone(), before);
    let same = Decided { same: vec![(x.clone(), y.clone())], ..decided.clone() };
    check_decided(&community, same, "one zaphod@x = one zaphod@y = two zaphod@x; 0");
    let refused = Decided { refused: vec![(y.clone(), other.clone())], ..decided.clone() };
    check_decided(&community, refused, "one zaphod@x = two zaphod@x; 0");
    let apart = Decided { apart: vec![other.clone()], ..decided.clone() };
    check_decided(&community, apart.clone(), "; 3");
    let stays = Decided { same: vec![(x.clone(), y.clone())], ..apart };
    check_decided(&community, stays, "one zaphod@x = one zaphod@y; 1");
    let locked = Decided { locked: vec![vec![x.clone()]], ..decided.clone() };
    check_decided(&community, locked, "; 1");
    check_decided(&community, decided, before);
}

#[test]
fn a_decision_about_nobody_changes_nothing() {
    let community = namesakes();
    let nobody = || (id("one", "nobody"), "garbage".to_owned());
    let decided = Decided {
        same: vec![nobody()],
        refused: vec![nobody()],
        apart: vec![id("x", "y")],
        locked: vec![Vec::new()],
        ..Decided::default()
    };
    check_decided(&community, decided, "one zaphod@x = two zaphod@x; 1");
}
