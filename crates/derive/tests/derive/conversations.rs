//! What belongs together, who waits, and what is resolved.

use crate::community::{Community, check, texts};

#[test]
fn mail_threads() {
    check(
        &[
            "mail|a1|ann@x.org|0||How do I stop it?|How do I stop it?",
            "mail|a2|bob@x.org|5|a1|Re: How do I stop it?|Call stop.",
            "mail|a3|ann@x.org|9|a2 a1|Re: How do I stop it?|Thank you, that worked!",
            "mail|b1|cid@x.org|7||Announcing 1.0|It is out.",
        ],
        "a1 a2 a3 resolved (worked): How do I stop it?\nb1 not_question: Announcing 1.0",
    );
}

#[test]
fn a_missing_parent_holds_its_replies_together_and_loops_do_no_harm() {
    check(
        &[
            "mail|a2|bob@x.org|5|gone|Re: Old|One.",
            "mail|a3|ann@x.org|9|gone|Re: Old|Two.",
            "mail|l1|ann@x.org|20|l2|Loop|Three.",
            "mail|l2|bob@x.org|21|l1|Loop|Four.",
            "mail|s1|bob@x.org|22|s1|Self|Five.",
        ],
        "a2 a3 not_question: Re: Old\nl1 l2 not_question: Loop\ns1 not_question: Self",
    );
}

#[test]
fn a_subject_is_the_last_resort_and_bounded() {
    let month = 31 * 24 * 60;
    check(
        &[
            "mail|a1|ann@x.org|0||Crash|It crashes. What can I do?",
            "mail|a2|bob@x.org|60||Re: Crash|Update.",
            "mail|a3|cid@x.org|70||Crash|Another one crashed, why?",
            &format!("mail|a4|dan@x.org|{}||Re: Crash|Late.", month + 100),
        ],
        "a1 a2 answered: Crash\na3 waiting since 70: Crash\na4 not_question: Re: Crash",
    );
}

#[test]
fn who_waits() {
    check(
        &[
            "mail|a1|ann@x.org|0||Help|How do I do it?",
            "mail|a2|bot@x.org|1|a1|Re: Help|I am a bot.",
            "mail|b1|ann@x.org|10||More|How do I go on?",
            "mail|b2|bob@x.org|11|b1|Re: More|Like this.",
            "mail|b3|ann@x.org|12|b2|Re: More|And how do I stop?",
            "accepts c2|c1|ann@x.org|20||Which|Which one?",
            "mail|c2|bob@x.org|21|c1|Re: Which|This one.",
            "mail|d1|ann@x.org|30||Alone|How do I do this alone?",
            "mail|d2|ann@x.org|31|d1|Re: Alone|Never mind, it works now, thanks!",
        ],
        "a1 a2 waiting since 0: Help\nb1 b2 b3 waiting since 12: More\nc1 c2 resolved (accepted): Which\nd1 d2 resolved (self): Alone",
    );
}

#[test]
fn chat_is_untangled() {
    check(
        &[
            "chat|c1|ann|0|||how do I mount it?",
            "chat|c2|bob|1|||try mount",
            "chat|c3|cid|2|||what is the best editor?",
            "chat|c4|dan|3|||ann: with sudo",
            "chat|c5|ann|4|||dan: thank you, works!",
            "chat|c6|eve|200|||good morning",
        ],
        "c1 c4 c5 resolved (thanked): how do I mount it?\nc2 not_question: try mount\nc3 waiting since 2: what is the best editor?\nc6 not_question: good morning",
    );
}

#[test]
fn issues_wait_until_they_are_closed() {
    check(
        &[
            "issue|a|ann@x.org|0||Crash|It crashes.",
            "issue completed|b|ann@x.org|1||Hang|It hangs.",
            "mail|b2|bob@x.org|2|b|Re: Hang|Fixed.",
        ],
        "a waiting since 0: Crash\nb b2 resolved (closed): Hang",
    );
}

#[test]
fn whose_turn_it_is() {
    let weeks = 20 * 24 * 60;
    check(
        &[
            "mail|a1|ann@x.org|0||Crash on start|It crashes on start with an error, how do I fix it?",
            "mail|a2|bob@x.org|1|a1|Re: Crash on start|Which version are you using? Please post the full traceback.",
            "mail|b1|ann@x.org|10||Slow import|How do I make the import faster?",
            "mail|b2|bob@x.org|11|b1|Re: Slow import|Which version are you using?",
            "mail|b3|ann@x.org|12|b2|Re: Slow import|Version 2.1 on Linux.",
            "mail|c1|ann@x.org|20||Printing|How do I print a page?",
            "mail|c2|bob@x.org|21|c1|Re: Printing|This is the wrong list, please ask on the users list.",
            "mail|d1|ann@x.org|30||Login|How do I log in?",
            "mail|d2|bob@x.org|31|d1|Re: Login|Same problem here.",
            &format!("mail|e1|ann@x.org|{weeks}||Late|How do I do this, please?"),
            &format!("mail|e2|bob@x.org|{weeks}|e1|Re: Late|Could you post your configuration?"),
        ],
        "a1 a2 abandoned: Crash on start
b1 b2 b3 waiting since 12: Slow import
c1 c2 moved: Printing
d1 d2 waiting since 30: Login
e1 e2 asked_back: Late",
    );
}

#[test]
fn a_new_question_in_an_old_thread_is_a_conversation_of_its_own() {
    let community = Community::new(&["list"]);
    community.add(
        "list",
        &[
            "mail|a1|ann@x.org|0||Reactor|How do I stop the reactor?",
            "mail|a2|bob@x.org|5|a1|Re: Reactor|Call stop.",
            "mail|b1|cid@x.org|9|a2 a1|TLS certificates|How do I renew a certificate?",
            "mail|b2|bob@x.org|10|b1 a2 a1|Re: TLS certificates|With the tool.",
            "mail|c1|dan@x.org|11|a2 a1|New subject (was: Reactor)|I agree with all of it.",
        ],
    );
    community.derive("tables");
    assert_eq!(community.conversations(), "a1 a2 c1 answered: Reactor\nb1 b2 answered: TLS certificates",);
    let related = texts(&community, "conversations", &["title", "related_ids"]);
    let id = |native: &str| model::Id::message("mail", native);
    assert_eq!(related, [format!("Reactor [{}]", id("b1")), format!("TLS certificates [{}]", id("a1"))]);
}

#[test]
fn one_question_in_two_places_is_related() {
    let community = Community::new(&["list", "other"]);
    community.add("list", &["mail|a1|ann@x.org|0||Reactor|How do I stop the reactor?"]);
    community.add("other", &["account|x|ann@x.org|0|||", "chat|c1|ann@x.org|30|||how do I stop the reactor?"]);
    community.derive("tables");
    let related = texts(&community, "conversations", &["related_ids"]);
    assert!(related.iter().all(|ids| ids.len() == 19), "{related:?}");
}

#[test]
fn tiers_are_judged_and_corrected() {
    let community = Community::new(&["list"]);
    community.add(
        "list",
        &[
            "mail|a1|ann@x.org|0||Reactor|How do I stop the reactor?",
            "mail|a2|bob@x.org|5|a1|Re: Reactor|There is a page about this: https://docs.example.org/reactor",
            "mail|b1|cid@x.org|9||Crash since 2.3|It crashes since upgrading. Steps to reproduce: start it. Is this a known bug?",
        ],
    );
    community.derive("tables");
    let tiers = || texts(&community, "conversations", &["title", "asked_tier", "observed_tier"]);
    assert_eq!(tiers(), ["Reactor 1 0", "Crash since 2.3 3 "]);
    let why = texts(&community, "conversations", &["asked_why"]);
    assert!(why[0].contains("it asks how to do something"), "{why:?}");
    assert!(why[1].contains("it says that it worked before"), "{why:?}");
    let id = |native: &str| model::Id::message("mail", native);
    let decided = derive::Decided {
        asked: [(id("a1"), Some(2)), (id("b1"), None)].into(),
        offered: [("list".to_owned(), 4)].into(),
        ..Default::default()
    };
    community.decide(decided);
    community.derive("tables");
    assert_eq!(tiers(), ["Reactor 2 0", "Crash since 2.3  "]);
    assert_eq!(texts(&community, "conversations", &["asked_why"]), ["[a person said so]", "[a person said so]"]);
    assert_eq!(texts(&community, "channels", &["offered_tier", "offered_why"]), ["4 configured"]);
    community.decide(derive::Decided::default());
    community.derive("tables");
    assert_eq!(tiers(), ["Reactor 1 0", "Crash since 2.3 3 "]);
}

#[test]
fn a_line_of_chat_answers_what_a_person_says() {
    let community = Community::new(&["chat"]);
    community.add("chat", &["chat|c1|ann|0|||how do I mount it?", "chat|c2|bob|1|||what a day"]);
    let id = |native: &str| model::Id::message("chat", native);
    community.decide(derive::Decided { answers: [(id("c2"), Some(id("c1")))].into(), ..Default::default() });
    community.derive("tables");
    assert_eq!(community.conversations(), "c1 c2 answered: how do I mount it?");
    community.decide(derive::Decided { answers: [(id("c2"), None)].into(), ..Default::default() });
    community.derive("tables");
    assert_eq!(community.conversations().lines().count(), 2);
}

#[test]
fn topics_and_what_should_be_documented() {
    let community = Community::new(&["list"]);
    const DAY: usize = 24 * 60;
    let question = |number: usize, who: &str, subject: &str| {
        let day = number * DAY;
        format!("mail|q{number}|{who}@x.org|{day}||{subject}|How do I renew the TLS certificate of the server?")
    };
    let mut lines: Vec<String> = ["ann", "bob", "cid", "dan"]
        .iter()
        .enumerate()
        .map(|(number, who)| question(number, who, "Renewing TLS certificates"))
        .collect();
    lines.extend(
        (10..20).map(|number| format!("mail|o{number}|eve@x.org|{number}||Thing {number}|How is thing {number}?")),
    );
    // The same words from many nicks within minutes are a flood, no question that pages should answer.
    lines.extend(
        (20..30).map(|number| format!("chat|f{number}|nick{number}|{number}|||how do I buy cheap pills fast?")),
    );
    community.add("list", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    community.derive("tables");
    let topics = texts(&community, "topics", &["topic", "kind", "questions", "unanswered"]);
    assert!(topics.contains(&"tls certificates phrase 4 4".to_owned()), "{topics:?}");
    let gaps = texts(&community, "gaps", &["title", "questions", "people", "unanswered"]);
    assert_eq!(gaps, ["Renewing TLS certificates 4 4 4"]);
}
