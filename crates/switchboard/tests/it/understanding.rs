//! What the program thinks, why, and how a person sets it right.

use crate::common::{Place, files, three_mails};

/// The id of the conversation that waits in [`Place::with_list`].
const WAITING: &str = "m0tk546y2mxdt6vfx";

fn asked(place: &Place) -> serde_json::Value {
    let waiting = place.json(&["desk"])["cases"][0].clone();
    assert_eq!(waiting["conversation"]["id"], WAITING);
    waiting["tier"].clone()
}

#[test]
fn a_tier_is_explained_corrected_and_kept() {
    let place = Place::with_list();
    place.w(&["sync"]);
    insta::assert_snapshot!(place.w(&["explain", WAITING]), @"
    Reactor does not stop
    conversation and message m0tk546y2mxdt6vfx

      asked tier: 1 (basic help) (79 % sure)
        because it asks something
        because it is short
        to correct it: switchboard correct m0tk546y2mxdt6vfx asked 0-4|none

      observed tier: none
        to correct it: switchboard correct m0tk546y2mxdt6vfx observed 0-4|none

      state: waiting
        because nobody has answered since 2020-05-06 09:00 UTC

      signal: question
        because “Why does the reactor not stop when I call stop?”

      sentiment: -0.09

      language: en
    ");
    let tier = asked(&place);
    assert!(tier["why"].as_array().is_some_and(|why| !why.is_empty()), "{tier}");

    let said = place.run(&["-C", "w", "correct", WAITING, "asked", "3", "--by", "grace", "--note", "a known bug"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let corrected = serde_json::json!(["a person said so"]);
    assert_eq!((asked(&place)["tier"].as_u64(), &asked(&place)["why"]), (Some(3), &corrected));
    let sql = format!("select asked_tier, asked_confidence from conversations where conversation_id = '{WAITING}'");
    assert_eq!(place.json(&["sql", &sql])["asked_tier"], 3);
    let explained = place.w(&["explain", WAITING]);
    assert!(explained.contains("grace asked_tier 3: a known bug"), "{explained}");

    let before = files(&place.path().join("w/tables"));
    assert_eq!(place.json(&["rebuild"])["same"], true);
    assert_eq!(files(&place.path().join("w/tables")), before);
    place.w(&["correct", WAITING, "asked", "auto"]);
    assert_eq!(asked(&place), tier);
}

#[test]
fn what_is_no_tier_and_no_id_is_refused() {
    let place = Place::with_list();
    place.w(&["sync"]);
    for (arguments, complaint) in [
        (["correct", WAITING, "asked", "5"], "`5` is no tier"),
        (["correct", WAITING, "answers", "yes"], "`yes` is no id"),
        (["correct", "everything", "asked", "1"], "`everything` is no id"),
    ] {
        let said = place.run(&[&["-C", "w"][..], &arguments].concat()).fails(2);
        assert!(said.contains(complaint), "{said}");
    }
    assert_eq!(place.run(&["-C", "w", "explain", "m00000000000000000"]).code, Some(1));
}

#[test]
fn a_message_and_a_person_are_explained() {
    let place = Place::with_list();
    place.w(&["sync"]);
    let id = |native: &str| {
        let sql = format!("select message_id, identity_id from messages where native_id = '{native}@example.org'");
        place.json(&["sql", &sql])
    };
    let thanks = id("3");
    insta::assert_snapshot!(place.w(&["explain", thanks["message_id"].as_str().expect("an id")]), @"
    m2nxn5jvcdptj60f2
    message m2nxn5jvcdptj60f2
    in the conversation mxbfks14d3efjgvn3

      signal: thanks
        because “Thank you”

      signal: works
        because “that works now”

      sentiment: +0.98
        because “Thank”
        because “!”
        because “works”

      language: en
    ");
    insta::assert_snapshot!(place.w(&["explain", thanks["identity_id"].as_str().expect("an id")]), @"
    ada Example
    person i86h70s62ykhz2hhf

      bot: no

      identity: ada Example · email on list · i86h70s62ykhz2hhf
        to correct it: switchboard people split i86h70s62ykhz2hhf
    ");
}

#[test]
fn the_support_model_is_the_communitys() {
    let place = Place::with_list();
    // Newer than the others, of yet another tier: no example of what most ask for.
    let crash = "From dan@example.org Thu, 7 May 2020 09:00:00\nFrom: dan <dan@example.org>\nDate: Thu, 7 May 2020 09:00:00 +0000\n\
                 Message-ID: <5@example.org>\nSubject: Crash since 2.3\n\nIt crashes since upgrading to 2.3. Steps to reproduce: \
                 start it. Is this a known bug?\n\n";
    place.write("mail/list.mbox", three_mails() + crash);
    let config = std::fs::read_to_string(place.path().join("w/switchboard.toml")).expect("there");
    let more = "
[tiers.1]
name = \"first aid\"
where = \"the forum\"
first_response = \"4h\"

[hours]
from = \"09:00\"
until = \"17:00\"

[offered]
list = 2
";
    place.write("w/switchboard.toml", config + more);
    place.w(&["sync"]);
    insta::assert_snapshot!(place.w(&["tiers"]), @"
    tier  what           who                                                   where      first response            examples
    0     self-service   the person alone, with documents, search and courses  –          16 hours of working time  answered by a page; an old answer found
    1     first aid      any community member                                  the forum  4 hours of working time   how do I, which version, where is, a known problem
    2     in-depth help  experienced users and experts                         –          16 hours of working time  my configuration, my logs, performance, a deployment's design
    3     engineering    maintainers                                           –          16 hours of working time  a defect, a change to the code, a release
    4     outside help   another project or a vendor                           –          16 hours of working time  a defect of something below, commercial support

    list offers tier 2: configured
      3 questions for tier 1 (2), tier 3 (1)
      1 of them took tier 1 (1)
      offered as tier 2; 2 of 3 asked for tier 1
        Reactor does not stop m0tk546y2mxdt6vfx
        Stopping the reactor mxbfks14d3efjgvn3
    ");
}

#[test]
fn topics_and_gaps() {
    let place = Place::new();
    let mail = |number: u32, subject: &str, body: &str| {
        format!(
            "From a@example.org Tue May  5 10:{number:02}:00 2020\nFrom: p{number} <p{number}@example.org>\nDate: Tue, 5 May 2020 \
             10:{number:02}:00 +0000\nMessage-ID: <{number}@example.org>\nSubject: {subject}\n\n{body}\n\n"
        )
    };
    let certificates =
        (0..4).map(|number| mail(number, "Renewing TLS certificates", "How do I renew a TLS certificate?"));
    place.write("mail/list.mbox", certificates.collect::<String>());
    place.run(&["init", "w"]).ok();
    place.w(&["add", "mbox", "list", "--path", "mail/list.mbox"]);
    assert_eq!(place.run(&["-C", "w", "sync"]).code, Some(0));
    insta::assert_snapshot!(place.w(&["topics"]), @"
    topic             kind    questions  last 90 days  90 before           unanswered  sentiment
    renewing tls      phrase          4             4          0  growing  4 of 4          -0.01
    tls certificates  phrase          4             4          0  growing  4 of 4          -0.01
    ");
    insta::assert_snapshot!(place.w(&["topics", "--missing"]), @"
    Renewing TLS certificates
      asked 4 times by 4 people, last on 2020-05-05; 4 unanswered
      · Renewing TLS certificates m2nxn5jvcdptj60f2
      · Renewing TLS certificates m25qwanfzt0ne2b5z
      · Renewing TLS certificates mxbfks14d3efjgvn3
      · Renewing TLS certificates m7v176rpe3d1cac73
    ");
}
