//! Phrases, names, scripts without spaces, and what must hold besides.

use std::sync::Arc;

use index::{Fact, Holds, Index, Only, Wanted, conversation_key};
use model::Id;

use super::{Community, id};

const TRACE: &str = "Traceback (most recent call last):\n  File \"/opt/app/main.py\", line 12, in run\n    \
                     reactor.listenTCP(8080)\ntwisted.internet.error.CannotListenError: Couldn't listen on any:8080";

fn community() -> Community {
    let mut community = Community::new();
    community.month(
        "2020-01",
        &[
            ("lost", "Help", "It says: connection was lost (errno=104) and then stops."),
            ("other", "", "The connection works. I lost my keys."),
            ("trace", "Cannot listen", TRACE),
            ("asia", "", "東京で大きな会議がありました"),
            ("asia2", "", "京の東にある町"),
        ],
    );
    community
        .month("2020-02", &[("link", "Where?", "see https://a.example/x"), ("re-link", "Re: Where?", "lost again")]);
    community.update();
    community
}

fn names(index: &Index, wanted: &Wanted<'_>) -> Vec<String> {
    index.search(wanted, 10).expect("an answer").hits.into_iter().map(|hit| hit.message_id).collect()
}

#[track_caller]
fn check(index: &Index, wanted: &Wanted<'_>, expected: &[&str]) {
    let mut found = names(index, wanted);
    let mut expected: Vec<_> = expected.iter().map(|name| id(name)).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{wanted:?}");
}

#[test]
fn a_phrase_is_found_whatever_stands_between_its_words() {
    let community = community();
    let index = community.open();
    for (phrase, expected) in [
        ("connection was lost", &["lost"][..]),
        ("Connection [was] LOST: errno 104", &["lost"]),
        ("connection lost", &[]),
        ("lost connection", &[]),
        ("reactor listen TCP", &["trace"]),
        ("CannotListenError: Couldn't listen on", &["trace"]),
        ("File \"/opt/app/main.py\", line 12", &["trace"]),
        ("> File '/opt/app/main.py' | line 12, in run", &["trace"]),
        ("twisted.internet.error", &["trace"]),
        ("cannot listen error", &["trace"]),
        ("東京", &["asia"]),
        ("京東", &[]),
    ] {
        check(&index, &Wanted { phrases: &[phrase.to_owned()], ..Wanted::default() }, expected);
    }
}

#[test]
fn words_beside_each_other_come_first_and_scripts_without_spaces_go_in_twos() {
    let community = community();
    let index = community.open();
    let words = |words| Wanted { words, ..Wanted::default() };
    check(&index, &words("東京"), &["asia"]);
    check(&index, &words("大きな会議"), &["asia"]);
    assert_eq!(names(&index, &words(TRACE))[0], id("trace"));
    assert_eq!(names(&index, &words("connection was lost"))[0], id("lost"));
}

#[test]
fn what_must_hold_besides() {
    let community = community();
    let index = community.open();
    let facts = |not, fact| Only { facts: vec![(not, vec![fact])], ..Only::default() };
    let only = |only| Wanted { words: "lost", only, ..Wanted::default() };
    let all = &["lost", "other", "re-link"][..];
    check(&index, &only(Only::default()), all);
    check(&index, &only(facts(true, Fact::Has(Holds::Trace))), all);
    check(&index, &only(facts(false, Fact::Has(Holds::Trace))), &[]);
    check(&index, &only(facts(false, Fact::Author("nobody".to_owned()))), &[]);
    check(&index, &only(Only { facts: vec![(false, vec![])], ..Only::default() }), &[]);
    // The first message of each month has no time, the others 1, 2, 3 …
    check(&index, &only(Only { times: vec![(false, Some(1), None)], ..Only::default() }), &["other", "re-link"]);
    check(&index, &only(Only { times: vec![(false, None, Some(1))], ..Only::default() }), &[]);
    let key = conversation_key(Id::parse(&id("link")).expect("an id"));
    let conversations = Some(Arc::new([key].into_iter().collect()));
    check(&index, &only(Only { conversations, ..Only::default() }), &["re-link"]);
    check(
        &index,
        &Wanted { words: "lost", without: &["my keys".to_owned()], ..Wanted::default() },
        &["lost", "re-link"],
    );

    let trace = Wanted { only: facts(false, Fact::Has(Holds::Trace)), ..Wanted::default() };
    check(&index, &trace, &["trace"]);
    let link = Wanted { only: facts(false, Fact::Has(Holds::Link)), ..Wanted::default() };
    check(&index, &link, &["link"]);
    assert_eq!(index.conversations(&link.only).expect("an answer"), [key].into_iter().collect());
}

#[test]
fn a_larger_limit_gives_the_same_first() {
    let mut community = Community::new();
    let bodies: Vec<(String, String)> = (0..2_500)
        .map(|number| {
            (format!("m{number}"), format!("reactor {}{}", "stop ".repeat(number % 7), "x ".repeat(number % 11)))
        })
        .collect();
    let messages: Vec<_> = bodies.iter().map(|(name, body)| (name.as_str(), "", body.as_str())).collect();
    community.month("2020-01", &messages);
    community.update();
    let index = community.open();
    let wanted = Wanted { words: "reactor stop zebra", ..Wanted::default() };
    let ids = |limit| {
        let hits = index.search(&wanted, limit).expect("an answer").hits;
        hits.into_iter().map(|hit| hit.message_id).collect::<Vec<_>>()
    };
    let all = ids(2_500);
    assert_eq!(all.len(), 2_500);
    for limit in [1, 256, 1_000, 2_000] {
        assert!(ids(limit) == all[..limit], "{limit}");
    }
}

#[test]
fn a_hit_is_quoted_with_its_words_marked() {
    let community = community();
    let index = community.open();
    let hits = index.search(&Wanted { words: "errno", ..Wanted::default() }, 1).expect("an answer").hits;
    let excerpts = index.excerpts(&hits, "errno lost", 200).expect("quoted");
    assert_eq!(excerpts[0].text, "It says: connection was lost (errno=104) and then stops.");
    assert_eq!(excerpts[0].marks, [24..28, 30..35]);
    let by_id = index.excerpts_of(&[Id::parse(&id("lost")).expect("an id")], "errno lost", 200).expect("quoted");
    assert_eq!(by_id, excerpts);
}

#[test]
fn nothing_of_an_erased_message_is_left_in_any_file() {
    let mut community = Community::new();
    let month = |secret: bool| {
        let mut messages = vec![("stop", "Stopping", "How do I stop it?"), ("tls", "", "Certificates")];
        messages.extend(secret.then_some(("secret", "Xylophonequartz", "my zyzzyvaword is out")));
        messages
    };
    community.month("2020-01", &month(true));
    community.month("2020-02", &[("party", "", "Who comes?")]);
    community.update();
    let holds = |community: &Community, word: &str| {
        let files = std::fs::read_dir(community.index()).expect("a folder").map(|file| file.expect("a file").path());
        let holds = |bytes: Vec<u8>| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        files.filter(|path| path.is_file()).any(|path| holds(std::fs::read(path).expect("readable")))
    };
    assert!(holds(&community, "zyzzyvaword"), "the words of the others can be seen in the files");
    community.month("2020-01", &month(false));
    assert_eq!(community.update().added, 0, "what stays is not written again");
    for word in ["zyzzyva", "zyzzyvaword", "xylophon", "Xylophon"] {
        assert!(!holds(&community, word), "{word}");
    }
    assert_eq!(community.open().documents(), 3);
}
