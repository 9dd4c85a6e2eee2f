//! What belongs together, who waits, and what is resolved.

use crate::community::check;

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
fn chat_by_time_and_mention() {
    check(
        &[
            "chat|c1|ann|0|||how do I mount it?",
            "chat|c2|bob|1|||try mount",
            "chat|c3|cid|2|||what is the best editor?",
            "chat|c4|dan|3|||ann: with sudo",
            "chat|c5|ann|4|||dan: thank you, works!",
            "chat|c6|eve|200|||good morning",
        ],
        "c1 c2 c4 c5 resolved (thanked): how do I mount it?\nc3 waiting since 2: what is the best editor?\nc6 not_question: good morning",
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
